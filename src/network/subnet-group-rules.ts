import { Rule } from '../checks/rule';
import { identifierProblem } from '../private/identifiers';

const TYPE = 'AWS::ElastiCache::SubnetGroup';
const COMMON = {
  resourceType: TYPE,
  source: 'https://docs.aws.amazon.com/AmazonElastiCache/latest/APIReference/API_CreateCacheSubnetGroup.html',
  checked: '2026-11-21',
  since: '0.1.0',
} as const;

/** The quota of subnets of a group; it can be raised. */
const USUAL_SUBNETS = 20;

/** Rules about subnet groups. */
export const SUBNET_GROUP_RULES: readonly Rule[] = [
  {
    ...COMMON,
    code: 'SubnetGroupNameInvalid',
    severity: 'error',
    reads: ['CacheSubnetGroupName'],
    evidence: 'live',
    judge: (group) => {
      const name = group.text('CacheSubnetGroupName');
      if (name === undefined) {
        return undefined;
      }
      const problem = name.toLowerCase() === 'default' ? 'not be "default", which AWS reserves' : identifierProblem(name, 255);
      return problem && `${group.name('CacheSubnetGroupName')} must ${problem}, got: ${JSON.stringify(name)}`;
    },
  },
  {
    ...COMMON,
    code: 'SubnetsMissing',
    severity: 'error',
    reads: ['SubnetIds'],
    evidence: 'live',
    judge: (group) => group.list('SubnetIds')?.length === 0 ? `${group.name('SubnetIds')} must be one subnet or more, got: none` : undefined,
  },
  {
    ...COMMON,
    code: 'SubnetsBeyondQuota',
    severity: 'warning',
    reads: ['SubnetIds'],
    evidence: 'documented',
    source: 'https://docs.aws.amazon.com/AmazonElastiCache/latest/dg/quota-limits.html',
    judge: (group) => (group.list('SubnetIds')?.length ?? 0) > USUAL_SUBNETS
      ? `${group.name('SubnetIds')} may be beyond the quota of the account: AWS names ${USUAL_SUBNETS} subnets a group, got: ${group.list('SubnetIds')!.length}`
      : undefined,
  },
];
