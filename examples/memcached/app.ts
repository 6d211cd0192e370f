// When you need it: a plain cache of pages or query results that may vanish at any time, spread over several nodes.
// What it creates: a VPC, three nodes of Memcached with TLS, alarms, and a function that finds the nodes by auto discovery.
// Run it: npx cdk deploy; then npx cdk deploy -c nodes=2, which keeps the other nodes and their items, because the zones are given.
import { App, CfnOutput, Duration, Size, Stack } from 'aws-cdk-lib';
import { Vpc } from 'aws-cdk-lib/aws-ec2';
import { Runtime } from 'aws-cdk-lib/aws-lambda';
import { NodejsFunction } from 'aws-cdk-lib/aws-lambda-nodejs';
import { Topic } from 'aws-cdk-lib/aws-sns';
import { CacheCluster, CacheTopology, Parameters } from 'cdk-elasticache';

const app = new App();
const stack = new Stack(app, 'Pages', { env: { account: process.env.CDK_DEFAULT_ACCOUNT, region: process.env.CDK_DEFAULT_REGION ?? 'us-east-1' } });
const zones = ['a', 'b', 'c'].map((zone) => `${stack.region}${zone}`);
const vpc = new Vpc(stack, 'Vpc', { availabilityZones: zones, natGateways: 1 });

const nodes = Number(app.node.tryGetContext('nodes') ?? 3);
const cache = new CacheCluster(stack, 'Cache', {
  vpc,
  topology: CacheTopology.memcached({ nodes, availabilityZones: zones.slice(0, nodes) }),
  parameters: Parameters.memcached({ maxItemSize: Size.mebibytes(4) }),
  alarmTopic: new Topic(stack, 'AlarmTopic', { enforceSSL: true }),
});
const client = new NodejsFunction(stack, 'Client', {
  entry: `${__dirname}/client.ts`, runtime: Runtime.NODEJS_22_X, timeout: Duration.seconds(30), vpc,
});
cache.grantAccess(client);

new CfnOutput(stack, 'ClientName', { value: client.functionName });
new CfnOutput(stack, 'CacheEndpoint', { value: cache.endpoint.socketAddress });
