// Two shards with a replica each.
import { App, RemovalPolicy } from 'aws-cdk-lib';
import { assertAfter, IntegStack } from './support/app';
import { CacheCluster, CacheEngine, CacheNodeType, CacheTopology, ValkeyVersion } from 'cdk-elasticache';

const stack = new IntegStack(new App(), 'IntegSharded');
const cache = new CacheCluster(stack, 'Cache', {
  vpc: stack.vpc,
  engine: CacheEngine.valkey(ValkeyVersion.V9_0),
  topology: CacheTopology.sharded({ shards: 2, replicasPerShard: 1, nodeType: CacheNodeType.T4G_MICRO }),
  removalPolicy: RemovalPolicy.DESTROY,
});

assertAfter(stack, [{
  service: 'ElastiCache',
  api: 'describeReplicationGroups',
  parameters: { ReplicationGroupId: cache.replicationGroup!.replicationGroupId },
  expected: {
    ReplicationGroups: [{ Status: 'available', ClusterEnabled: true, TransitEncryptionEnabled: true, NodeGroups: [{ Status: 'available' }, { Status: 'available' }] }],
  },
}]);
