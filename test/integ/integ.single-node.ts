// One small node, as for development.
import { App } from 'aws-cdk-lib';
import { assertAfter, IntegStack } from './support/app';
import { CacheCluster, CacheProfile } from 'cdk-elasticache';

const stack = new IntegStack(new App(), 'IntegSingleNode');
const cache = new CacheCluster(stack, 'Cache', { vpc: stack.vpc, profile: CacheProfile.DEVELOPMENT });

assertAfter(stack, [{
  service: 'ElastiCache',
  api: 'describeReplicationGroups',
  parameters: { ReplicationGroupId: cache.replicationGroup!.replicationGroupId },
  expected: { ReplicationGroups: [{ Status: 'available', AutomaticFailover: 'disabled', SnapshotRetentionLimit: 0 }] },
}]);
