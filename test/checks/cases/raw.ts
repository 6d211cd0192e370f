import { caseOf, Cases, one } from './case';

const PARAMETERS = 'AWS::ElastiCache::ParameterGroup';
const SUBNETS = 'AWS::ElastiCache::SubnetGroup';
const subnets = (count: number) => ({ SubnetIds: Array.from({ length: count }, (_, index) => `subnet-${index}`) });

/** Cases of rows in the folders of serverless caches, subnet groups and parameter groups that only raw templates reach. */
export const RAW_CASES: Cases = {
  SubnetsMissing: caseOf(SUBNETS, { Description: 'Subnets' }, subnets(0), subnets(1)),
  SubnetsBeyondQuota: caseOf(SUBNETS, { Description: 'Subnets' }, subnets(21), subnets(20)),
  ParameterFamilyUnknown: caseOf(PARAMETERS, { Description: 'Settings' }, { CacheParameterGroupFamily: 'redis7.0' }, { CacheParameterGroupFamily: 'redis7' }),
  ParameterFamilyNew: caseOf(PARAMETERS, { Description: 'Settings' }, { CacheParameterGroupFamily: 'valkey10' }, { CacheParameterGroupFamily: 'valkey9' }),
  ServerlessSnapshotNameInvalid: {
    bad: one('AWS::ElastiCache::ServerlessCacheSnapshot', { ServerlessCacheName: 'cache', ServerlessCacheSnapshotName: 'My-last' }),
    good: one('AWS::ElastiCache::ServerlessCacheSnapshot', { ServerlessCacheName: 'cache', ServerlessCacheSnapshotName: 'my-last' }),
  },
};
