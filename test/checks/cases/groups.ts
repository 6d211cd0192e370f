import { caseOf, Cases } from './case';

const PARAMETERS = 'AWS::ElastiCache::ParameterGroup';
const SUBNETS = 'AWS::ElastiCache::SubnetGroup';
const subnets = (count: number) => ({ SubnetIds: Array.from({ length: count }, (_, index) => `subnet-${index}`) });

const member = (Role: string, ReplicationGroupRegion: string) => ({ ReplicationGroupId: `shop-${Role.toLowerCase()}`, ReplicationGroupRegion, Role });

export const GROUP_CASES: Cases = {
  SubnetsMissing: caseOf(SUBNETS, { Description: 'Subnets' }, subnets(0), subnets(1)),
  SubnetsBeyondQuota: caseOf(SUBNETS, { Description: 'Subnets' }, subnets(21), subnets(20)),
  ParameterFamilyUnknown: caseOf(PARAMETERS, { Description: 'Settings' }, { CacheParameterGroupFamily: 'redis7.0' }, { CacheParameterGroupFamily: 'redis7' }),
  ParameterFamilyNew: caseOf(PARAMETERS, { Description: 'Settings' }, { CacheParameterGroupFamily: 'valkey10' }, { CacheParameterGroupFamily: 'valkey9' }),
  GlobalCreatedWithOneMember: caseOf('AWS::ElastiCache::GlobalReplicationGroup', {},
    { Members: [member('PRIMARY', 'eu-west-1'), member('SECONDARY', 'us-east-1')] }, { Members: [member('PRIMARY', 'eu-west-1')] }),
  ParameterNameInvalid: caseOf(PARAMETERS, { Description: 'Settings', CacheParameterGroupFamily: 'redis7' },
    { Properties: { maxmemory_policy: 'noeviction' } }, { Properties: { 'maxmemory-policy': 'noeviction' } }),
  ServerlessSnapshotNameInvalid: caseOf('AWS::ElastiCache::ServerlessCacheSnapshot', { ServerlessCacheName: 'cache' },
    { ServerlessCacheSnapshotName: 'My-last' }, { ServerlessCacheSnapshotName: 'my-last' }),
};
