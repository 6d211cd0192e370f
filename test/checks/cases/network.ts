import { caseOf, Cases } from './case';

const TYPE = 'AWS::ElastiCache::SubnetGroup';
const COMMON = { Description: 'Subnets of the cache', SubnetIds: ['subnet-1', 'subnet-2'] };
export const NETWORK_CASES: Cases = {
  SubnetGroupNameInvalid: caseOf(TYPE, COMMON, { CacheSubnetGroupName: 'my_subnets' }, { CacheSubnetGroupName: 'my-subnets' }),
};
