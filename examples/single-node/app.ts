// When you need it: development, or data that can be computed again at once; the cheapest cache, which grows up without being replaced.
// What it creates: a VPC, one small Valkey node without backups, its user and password, and a function that uses it.
// Run it: npx cdk deploy; then npx cdk deploy -c replicas=1, which adds a replica that takes over when the first node fails.
import { App, CfnOutput, Duration, Stack } from 'aws-cdk-lib';
import { Vpc } from 'aws-cdk-lib/aws-ec2';
import { Runtime } from 'aws-cdk-lib/aws-lambda';
import { NodejsFunction } from 'aws-cdk-lib/aws-lambda-nodejs';
import { CacheCluster, CacheProfile, CacheTopology } from 'cdk-elasticache';

const app = new App();
const stack = new Stack(app, 'Development');
const vpc = new Vpc(stack, 'Vpc', { maxAzs: 2, natGateways: 1 });
const replicas = Number(app.node.tryGetContext('replicas') ?? 0);

const cache = new CacheCluster(stack, 'Cache', {
  vpc,
  profile: CacheProfile.DEVELOPMENT,
  topology: replicas > 0 ? CacheTopology.replicated({ replicas }) : CacheTopology.singleNode(),
});
const client = new NodejsFunction(stack, 'Client', {
  entry: `${__dirname}/../quickstart/client.ts`, runtime: Runtime.NODEJS_22_X, timeout: Duration.seconds(30), vpc,
});
cache.grantAccess(client);

new CfnOutput(stack, 'ClientName', { value: client.functionName });
