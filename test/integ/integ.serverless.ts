// A serverless cache with limits.
import { App, RemovalPolicy, Size } from 'aws-cdk-lib';
import { assertAfter, IntegStack } from './support/app';
import { CacheCluster, CacheTopology, UsageLimits } from 'cdk-elasticache';

const stack = new IntegStack(new App(), 'IntegServerless');
const cache = new CacheCluster(stack, 'Cache', {
  vpc: stack.vpc,
  topology: CacheTopology.serverless({ limits: UsageLimits.of({ maxStorage: Size.gibibytes(1), maxEcpuPerSecond: 1000 }) }),
  removalPolicy: RemovalPolicy.DESTROY,
});

assertAfter(stack, [{
  service: 'ElastiCache',
  api: 'describeServerlessCaches',
  parameters: { ServerlessCacheName: cache.serverlessCache!.serverlessCacheName },
  expected: {
    ServerlessCaches: [{
      Status: 'available',
      Engine: 'valkey',
      CacheUsageLimits: { DataStorage: { Maximum: 1, Unit: 'GB' }, ECPUPerSecond: { Maximum: 1000 } },
    }],
  },
}]);
