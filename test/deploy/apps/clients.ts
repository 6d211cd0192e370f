// Two caches: one on nodes whose clients have a password or IAM, one serverless whose clients have IAM. A function is a client of the first, and
// others outside of the stack find in its outputs what they were granted.
import { join } from 'path';
import { App, CfnOutput, Duration, Stack } from 'aws-cdk-lib';
import { SecurityGroup, Vpc } from 'aws-cdk-lib/aws-ec2';
import { AccountRootPrincipal, Role } from 'aws-cdk-lib/aws-iam';
import { Runtime } from 'aws-cdk-lib/aws-lambda';
import { NodejsFunction } from 'aws-cdk-lib/aws-lambda-nodejs';
import { CacheAccess, CacheAuthentication, CacheCluster, CacheTopology } from 'cdk-elasticache';

const app = new App();
const stack = new Stack(app, 'Clients');
const vpc = new Vpc(stack, 'Vpc', { maxAzs: 2, natGateways: 1 });

const orders = new CacheCluster(stack, 'Orders', { vpc, cacheName: 'orders' });
const reports = orders.addIamUser('Reports', { userId: 'reports' });
const feed = new CacheCluster(stack, 'Feed', {
  vpc, cacheName: 'feed', topology: CacheTopology.serverless(), authentication: CacheAuthentication.iam(),
});

const fn = new NodejsFunction(stack, 'Client', {
  vpc,
  entry: join(__dirname, '..', '..', '..', 'examples', 'clients', 'nodejs', 'iam.ts'),
  runtime: Runtime.NODEJS_22_X,
  timeout: Duration.seconds(30),
});
orders.grantAccess(fn, { user: reports });

// Something that has connections and a role, and no environment.
const people = new SecurityGroup(stack, 'People', { vpc });
const grantee = new Role(stack, 'PeopleRole', { assumedBy: new AccountRootPrincipal() });
tell('Password', orders.grantAccess(people, { grantee }));
tell('Iam', orders.grantAccess(people, { grantee, user: reports }));
tell('Serverless', feed.grantAccess(people, { grantee }));

const outputs = { ClientName: fn.functionName, SecretArn: orders.applicationUser!.secret!.secretArn, UserId: orders.applicationUser!.userId };
Object.entries(outputs).forEach(([name, value]) => new CfnOutput(stack, name, { value }));

function tell(name: string, { environment }: CacheAccess): void {
  new CfnOutput(stack, `${name}Environment`, { value: stack.toJsonString(environment) });
}
