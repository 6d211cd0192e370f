// When you need it: a cache for a function, with nothing to decide.
// What it creates: a VPC, Valkey with a primary and a replica in two zones, its user and password, alarms, and a function that uses it.
// Run it: npx cdk deploy
import { App, CfnOutput, Duration, Stack } from 'aws-cdk-lib';
import { Vpc } from 'aws-cdk-lib/aws-ec2';
import { Runtime } from 'aws-cdk-lib/aws-lambda';
import { NodejsFunction } from 'aws-cdk-lib/aws-lambda-nodejs';
import { Topic } from 'aws-cdk-lib/aws-sns';
import { CacheCluster, Parameters } from 'cdk-elasticache';

const app = new App();
const stack = new Stack(app, 'Quickstart');
const vpc = new Vpc(stack, 'Vpc', { maxAzs: 2, natGateways: 1 });
const alarmTopic = new Topic(stack, 'AlarmTopic', { enforceSSL: true });
const parameters = Parameters.valkey({ maxmemoryPolicy: app.node.tryGetContext('maxmemoryPolicy') });

const cache = new CacheCluster(stack, 'Cache', { vpc, alarmTopic, parameters });
const client = new NodejsFunction(stack, 'Client', {
  entry: `${__dirname}/client.ts`, runtime: Runtime.NODEJS_22_X, timeout: Duration.seconds(30), vpc,
});
cache.grantAccess(client);

new CfnOutput(stack, 'ClientName', { value: client.functionName });
