// What the apps in the other languages must synthesize, to the byte: the quickstart of examples/quickstart, and three more topologies.
import { readFileSync } from 'fs';
import { join } from 'path';
import { App, CfnOutput, Duration, RemovalPolicy, Size, Stack } from 'aws-cdk-lib';
import { Vpc } from 'aws-cdk-lib/aws-ec2';
import { Code, Function, Runtime } from 'aws-cdk-lib/aws-lambda';
import { Topic } from 'aws-cdk-lib/aws-sns';
import {
  CacheCluster, CacheEngine, CacheNodeType, CacheProfile, CacheTopology, MaintenanceWindow, MaxmemoryPolicy, Parameters, UsageLimits,
  ValkeyVersion, Weekday,
} from 'cdk-elasticache';

/** The function of the quickstart in Python, Java and Go. */
const client = process.argv[2] ?? join(__dirname, '..', '..', '..', 'examples', 'quickstart', 'client.py');

const app = new App();

function quickstart(): void {
  const stack = new Stack(app, 'Quickstart');
  const vpc = new Vpc(stack, 'Vpc', { maxAzs: 2, natGateways: 1 });
  const alarmTopic = new Topic(stack, 'AlarmTopic', { enforceSSL: true });
  const cache = new CacheCluster(stack, 'Cache', { vpc, alarmTopic });
  const visitor = new Function(stack, 'Client', {
    runtime: Runtime.PYTHON_3_13,
    handler: 'index.handler',
    code: Code.fromInline(readFileSync(client, 'utf8')),
    timeout: Duration.seconds(30),
    vpc,
  });
  cache.grantAccess(visitor);
  new CfnOutput(stack, 'ClientName', { value: visitor.functionName });
}

function sharded(): void {
  const stack = new Stack(app, 'Sharded');
  const vpc = new Vpc(stack, 'Vpc', { maxAzs: 2, natGateways: 1 });
  const cache = new CacheCluster(stack, 'Cache', {
    vpc,
    profile: CacheProfile.SESSION_STORE,
    engine: CacheEngine.valkey(ValkeyVersion.V9_0),
    topology: CacheTopology.sharded({ shards: 2, replicasPerShard: 1, nodeType: CacheNodeType.R7G_LARGE }),
    parameters: Parameters.valkey({ maxmemoryPolicy: MaxmemoryPolicy.VOLATILE_TTL }),
    maintenanceWindow: MaintenanceWindow.weekly({ day: Weekday.TUESDAY, hour: 2 }),
    alarmTopic: new Topic(stack, 'AlarmTopic'),
    alarmThresholds: { evictionsPerMinute: 0 },
  });
  new CfnOutput(stack, 'Endpoint', { value: cache.endpoint.socketAddress });
}

function serverless(): void {
  const stack = new Stack(app, 'Serverless');
  const vpc = new Vpc(stack, 'Vpc', { maxAzs: 2, natGateways: 1 });
  const cache = new CacheCluster(stack, 'Cache', {
    vpc,
    topology: CacheTopology.serverless({ limits: UsageLimits.of({ maxStorage: Size.gibibytes(10), maxEcpuPerSecond: 5000 }) }),
    removalPolicy: RemovalPolicy.DESTROY,
  });
  cache.addUser('Reports');
  new CfnOutput(stack, 'Reader', { value: cache.readerEndpoint!.socketAddress });
}

function memcached(): void {
  const stack = new Stack(app, 'Memcached', { env: { account: '111111111111', region: 'eu-central-1' } });
  const zones = ['eu-central-1a', 'eu-central-1b'];
  const vpc = new Vpc(stack, 'Vpc', { availabilityZones: zones, natGateways: 1 });
  new CacheCluster(stack, 'Cache', {
    vpc,
    topology: CacheTopology.memcached({ nodes: 2, availabilityZones: zones, nodeType: CacheNodeType.M7G_LARGE }),
    parameters: Parameters.memcached({ maxItemSize: Size.mebibytes(4) }),
  });
}

quickstart();
sharded();
serverless();
memcached();
app.synth();
