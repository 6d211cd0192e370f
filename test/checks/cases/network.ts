import { caseOf, Cases } from './case';

const TYPE = 'AWS::ElastiCache::SubnetGroup';
const COMMON = { Description: 'Subnets of the cache', SubnetIds: ['subnet-1', 'subnet-2'] };
const subnets = (count: number) => ({ SubnetIds: Array.from({ length: count }, (_, index) => `subnet-${index}`) });

export const NETWORK_CASES: Cases = {
  SubnetGroupNameInvalid: caseOf(TYPE, COMMON, { CacheSubnetGroupName: 'my_subnets' }, { CacheSubnetGroupName: 'my-subnets' }),
  SubnetsMissing: caseOf(TYPE, COMMON, subnets(0), subnets(1)),
  SubnetsBeyondQuota: caseOf(TYPE, COMMON, subnets(21), subnets(20)),
};
