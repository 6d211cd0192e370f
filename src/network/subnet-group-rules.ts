import { Rule } from '../checks/rule';
import { identifierProblem } from '../private/identifiers';

const TYPE = 'AWS::ElastiCache::SubnetGroup';

/** Rules about subnet groups. */
export const SUBNET_GROUP_RULES: readonly Rule[] = [
  {
    code: 'SubnetGroupNameInvalid',
    severity: 'error',
    resourceType: TYPE,
    reads: ['CacheSubnetGroupName'],
    evidence: 'live',
    source: 'https://docs.aws.amazon.com/AmazonElastiCache/latest/APIReference/API_CreateCacheSubnetGroup.html',
    checked: '2026-11-21',
    since: '0.1.0',
    judge: (group) => {
      const name = group.text('CacheSubnetGroupName');
      if (name === undefined) {
        return undefined;
      }
      const problem = name.toLowerCase() === 'default' ? 'not be "default", which AWS reserves' : identifierProblem(name, 255);
      return problem && `${group.name('CacheSubnetGroupName')} must ${problem}, got: ${JSON.stringify(name)}`;
    },
  },
];
