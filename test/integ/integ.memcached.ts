// Two nodes of Memcached.
import { App } from 'aws-cdk-lib';
import { assertAfter, IntegStack } from './support/app';
import { CacheCluster, CacheNodeType, CacheTopology } from 'cdk-elasticache';

const stack = new IntegStack(new App(), 'IntegMemcached');
const cache = new CacheCluster(stack, 'Cache', {
  vpc: stack.vpc,
  topology: CacheTopology.memcached({ nodes: 2, nodeType: CacheNodeType.T4G_MICRO, availabilityZones: stack.availabilityZones.slice(0, 2) }),
});

assertAfter(stack, [{
  service: 'ElastiCache',
  api: 'describeCacheClusters',
  parameters: { CacheClusterId: cache.memcachedCluster!.clusterName },
  expected: { CacheClusters: [{ CacheClusterStatus: 'available', Engine: 'memcached', NumCacheNodes: 2, TransitEncryptionEnabled: true }] },
}]);
