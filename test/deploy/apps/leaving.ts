// A cache with further users, and a client in another stack that comes and goes: -c client=true, -c keep=true.
// The VPC has a stack of its own: what the client imports of it is used by the cache as well, and stays.
import { App, Stack } from 'aws-cdk-lib';
import { Vpc } from 'aws-cdk-lib/aws-ec2';
import { Code, Function, Runtime } from 'aws-cdk-lib/aws-lambda';
import { AccessString, CacheCluster, CacheProfile } from 'cdk-elasticache';

const app = new App();
const caches = new Stack(app, 'LeavingCaches');
const vpc = new Vpc(new Stack(app, 'LeavingNet'), 'Vpc', { maxAzs: 2, natGateways: 0 });
const cache = new CacheCluster(caches, 'Cache', { vpc, profile: CacheProfile.DEVELOPMENT });
const reader = cache.addUser('Reader', { accessString: AccessString.readOnly().keys('app:*') });

if (app.node.tryGetContext('client')) {
  const clients = new Stack(app, 'LeavingClients');
  const client = new Function(clients, 'Client', { vpc, vpcSubnets: { subnets: vpc.isolatedSubnets }, runtime: Runtime.NODEJS_22_X, handler: 'i.h', code: Code.fromInline('exports.h = () => 1') });
  cache.grantAccess(client, { user: reader });
}
if (app.node.tryGetContext('keep')) {
  cache.grants.keepExports(reader);
}
