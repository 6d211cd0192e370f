// Two caches with a user that has a password and one that has none but IAM, and a function that is a client of the first. Written with the
// classes of CDK itself: what is tried are the clients.
import { join } from 'path';
import { App, CfnOutput, Duration, Fn, Stack } from 'aws-cdk-lib';
import { CfnReplicationGroup, CfnServerlessCache, CfnUser, CfnUserGroup } from 'aws-cdk-lib/aws-elasticache';
import { Runtime } from 'aws-cdk-lib/aws-lambda';
import { NodejsFunction } from 'aws-cdk-lib/aws-lambda-nodejs';
import { Secret } from 'aws-cdk-lib/aws-secretsmanager';

const app = new App();
const stack = new Stack(app, 'Clients');

const secret = new Secret(stack, 'Secret', {
  generateSecretString: { secretStringTemplate: JSON.stringify({ username: 'app' }), generateStringKey: 'password', excludePunctuation: true },
});
const users = [
  new CfnUser(stack, 'App', {
    engine: 'valkey',
    userId: 'clients-app',
    userName: 'app',
    accessString: 'on ~* &* +@all',
    authenticationMode: { Type: 'password', Passwords: [secret.secretValueFromJson('password').unsafeUnwrap()] },
  }),
  new CfnUser(stack, 'Reports', {
    engine: 'valkey', userId: 'reports', userName: 'reports', accessString: 'on ~* &* +@all', authenticationMode: { Type: 'iam' },
  }),
];
const group = new CfnUserGroup(stack, 'Users', { engine: 'valkey', userGroupId: 'clients', userIds: users.map(({ userId }) => userId) });
users.forEach((user) => group.addDependency(user));

const orders = new CfnReplicationGroup(stack, 'Orders', {
  replicationGroupId: 'orders',
  replicationGroupDescription: 'A cache of clients',
  engine: 'valkey',
  cacheNodeType: 'cache.t4g.micro',
  numCacheClusters: 2,
  automaticFailoverEnabled: true,
  transitEncryptionEnabled: true,
  userGroupIds: ['clients'],
});
const feed = new CfnServerlessCache(stack, 'Feed', { serverlessCacheName: 'feed', engine: 'valkey', userGroupId: 'clients' });
[orders, feed].forEach((cache) => cache.addDependency(group));

const fn = new NodejsFunction(stack, 'Client', {
  entry: join(__dirname, '..', '..', '..', 'examples', 'clients', 'nodejs', 'iam.ts'),
  runtime: Runtime.NODEJS_22_X,
  timeout: Duration.seconds(30),
  environment: {
    CACHE_HOST: orders.attrPrimaryEndPointAddress,
    CACHE_PORT: orders.attrPrimaryEndPointPort,
    CACHE_TLS: 'true',
    CACHE_USERNAME: 'reports',
    CACHE_IAM_NAME: orders.ref,
  },
});

const outputs = {
  ClientName: fn.functionName,
  SecretArn: secret.secretArn,
  OrdersHost: orders.attrPrimaryEndPointAddress,
  OrdersPort: orders.attrPrimaryEndPointPort,
  FeedHost: feed.attrEndpointAddress,
  FeedPort: Fn.join('', [feed.attrEndpointPort]),
};
Object.entries(outputs).forEach(([name, value]) => new CfnOutput(stack, name, { value }));
