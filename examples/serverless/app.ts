// When you need it: a cache whose load nobody knows yet, or that comes and goes; you pay for what is used, and choose no nodes.
// What it creates: a VPC, a serverless Valkey cache with limits, its user and password, alarms near the limits, and a function that uses it.
// Run it: npx cdk deploy
import { App, CfnOutput, Duration, RemovalPolicy, Size, Stack } from 'aws-cdk-lib';
import { Vpc } from 'aws-cdk-lib/aws-ec2';
import { Runtime } from 'aws-cdk-lib/aws-lambda';
import { NodejsFunction } from 'aws-cdk-lib/aws-lambda-nodejs';
import { Topic } from 'aws-cdk-lib/aws-sns';
import { CacheCluster, CacheTopology, UsageLimits } from 'cdk-elasticache';

const app = new App();
const stack = new Stack(app, 'Serverless');
const vpc = new Vpc(stack, 'Vpc', { maxAzs: 2, natGateways: 1 });
const alarmTopic = new Topic(stack, 'AlarmTopic', { enforceSSL: true });

// A maximum is a cap on the bill: beyond it keys are evicted and commands throttled, and the alarms go off at 75 % of it.
const limits = UsageLimits.of({ maxStorage: Size.gibibytes(Number(app.node.tryGetContext('gigabytes') ?? 10)), maxEcpuPerSecond: 5000 });

const cache = new CacheCluster(stack, 'Cache', {
  vpc, alarmTopic, topology: CacheTopology.serverless({ limits }), removalPolicy: RemovalPolicy.DESTROY,
});
const client = new NodejsFunction(stack, 'Client', {
  entry: `${__dirname}/client.ts`, runtime: Runtime.NODEJS_22_X, timeout: Duration.seconds(30), vpc,
});
cache.grantAccess(client);

new CfnOutput(stack, 'ClientName', { value: client.functionName });
