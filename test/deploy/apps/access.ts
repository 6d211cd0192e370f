// Two caches in one stack, and their clients in another: what a client knows is what `grantAccess` told it.
import { join } from 'path';
import { App, Duration, Stack } from 'aws-cdk-lib';
import { IVpc, Vpc } from 'aws-cdk-lib/aws-ec2';
import { Runtime } from 'aws-cdk-lib/aws-lambda';
import { NodejsFunction } from 'aws-cdk-lib/aws-lambda-nodejs';
import { CacheCluster, CacheProfile } from 'cdk-elasticache';

const app = new App();
const caches = new Stack(app, 'AccessCaches');
const clients = new Stack(app, 'AccessClients');
const vpc = new Vpc(caches, 'Vpc', { maxAzs: 2, natGateways: 0 });

const orders = new CacheCluster(caches, 'Orders', { vpc });
const sessions = new CacheCluster(caches, 'Sessions', { vpc, profile: CacheProfile.DEVELOPMENT, port: 7000 });

orders.grantAccess(client('One', vpc));

const both = client('Both', vpc);
orders.grantAccess(both, { environmentPrefix: 'ORDERS_' });
sessions.grantAccess(both, { environmentPrefix: 'SESSIONS_' });

function client(id: string, clientVpc: IVpc): NodejsFunction {
  return new NodejsFunction(clients, id, {
    functionName: `access-${id.toLowerCase()}`,
    entry: join(__dirname, 'access-client.ts'),
    runtime: Runtime.NODEJS_22_X,
    timeout: Duration.seconds(30),
    vpc: clientVpc,
    vpcSubnets: { subnets: clientVpc.isolatedSubnets },
    environment: { KEEP: 'what was there before' },
  });
}
