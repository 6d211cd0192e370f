// When you need it: more data, or more writes, than one node can take; shards are added while the cache runs.
// What it creates: a VPC, a Valkey cluster of shards with a replica each, its user and password, alarms, and a function that uses it.
// Run it: npx cdk deploy; then npx cdk deploy -c shards=3, which moves a part of the keys to a third shard while clients read and write.
import { App, CfnOutput, Duration, Stack } from 'aws-cdk-lib';
import { Vpc } from 'aws-cdk-lib/aws-ec2';
import { Runtime } from 'aws-cdk-lib/aws-lambda';
import { NodejsFunction } from 'aws-cdk-lib/aws-lambda-nodejs';
import { Topic } from 'aws-cdk-lib/aws-sns';
import { CacheCluster, CacheEngine, CacheNodeType, CacheProfile, CacheTopology, ValkeyVersion } from 'cdk-elasticache';

const app = new App();
const stack = new Stack(app, 'Sessions');
const vpc = new Vpc(stack, 'Vpc', { maxAzs: 2, natGateways: 1 });
const shards = Number(app.node.tryGetContext('shards') ?? 2);

const cache = new CacheCluster(stack, 'Cache', {
  vpc,
  profile: CacheProfile.SESSION_STORE,
  engine: CacheEngine.valkey(ValkeyVersion.V9_0),
  topology: CacheTopology.sharded({ shards, replicasPerShard: 1, nodeType: CacheNodeType.R7G_LARGE }),
  alarmTopic: new Topic(stack, 'AlarmTopic', { enforceSSL: true }),
});
const client = new NodejsFunction(stack, 'Client', {
  entry: `${__dirname}/client.ts`, runtime: Runtime.NODEJS_22_X, timeout: Duration.seconds(30), vpc,
});
cache.grantAccess(client);

new CfnOutput(stack, 'ClientName', { value: client.functionName });
