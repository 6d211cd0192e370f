// A cache of each kind that publishes metrics of its own.
import { App, CfnOutput, Stack } from 'aws-cdk-lib';
import { Vpc } from 'aws-cdk-lib/aws-ec2';
import { CacheAuthentication, CacheCluster, CacheEngine, CacheTopology, ValkeyVersion } from 'cdk-elasticache';

const stack = new Stack(new App(), 'Metrics');
const vpc = new Vpc(stack, 'Vpc', { maxAzs: 2, natGateways: 0 });

const group = new CacheCluster(stack, 'Group', {
  vpc,
  engine: CacheEngine.valkey(ValkeyVersion.V9_0),
  topology: CacheTopology.sharded({ shards: 1, replicasPerShard: 1 }),
  authentication: CacheAuthentication.none(),
});
new CfnOutput(stack, 'GroupId', { value: group.replicationGroup!.replicationGroupId });

const memcached = new CacheCluster(stack, 'Memcached', { vpc, topology: CacheTopology.memcached({ nodes: 2 }) });
new CfnOutput(stack, 'MemcachedId', { value: memcached.memcachedCluster!.clusterName });

[CacheEngine.valkey(), CacheEngine.memcached()].forEach((engine, index) => {
  const cache = new CacheCluster(stack, `Serverless${index}`, { vpc, engine, topology: CacheTopology.serverless() });
  new CfnOutput(stack, `Serverless${index}Id`, { value: cache.serverlessCache!.serverlessCacheName });
});
