// Groups and snapshots in ways that constructs cannot get wrong. Imports nothing of CDK.
import { parameterFamilies } from '../../parameters/private/parameter-table';
import { identifierProblem } from '../../private/identifiers';
import { Rule } from '../rule';

const API = 'https://docs.aws.amazon.com/AmazonElastiCache/latest/APIReference';
const COMMON = { severity: 'error', checked: '2026-11-21', since: '0.1.0' } as const;
const SUBNETS = 'AWS::ElastiCache::SubnetGroup';
const PARAMETERS = 'AWS::ElastiCache::ParameterGroup';

/** The quota of subnets of a group; it can be raised. */
const USUAL_SUBNETS = 20;
const LONGEST_SNAPSHOT_NAME = 255;

/** Families that groups can still be made of, though no cache can be made with them. */
const OLD_FAMILIES = ['redis2.6', 'redis2.8', 'redis3.2'];

/** What is known of a family that the table does not have: `never` for one that would be older than what the table has. */
function familyVerdict(family: string): 'known' | 'never' | 'unknown' {
  const [, engine, major, minor] = /^(memcached|redis|valkey)(\d+)(?:\.(\d+|x))?$/.exec(family) ?? [];
  const newer = (engine === 'valkey' && minor === undefined && Number(major) > 9) || (engine === 'redis' && Number(major) > 7)
    || (engine === 'memcached' && minor !== undefined && (Number(major) > 1 || Number(minor) > 6));
  return parameterFamilies().includes(family) || OLD_FAMILIES.includes(family) ? 'known' : newer ? 'unknown' : 'never';
}

/** Rules about groups and snapshots in raw templates. */
export const GROUP_RULES: readonly Rule[] = [
  {
    ...COMMON,
    code: 'SubnetsMissing',
    resourceType: SUBNETS,
    reads: ['SubnetIds'],
    evidence: 'live',
    source: `${API}/API_CreateCacheSubnetGroup.html`,
    judge: (group) => group.list('SubnetIds')?.length === 0 ? `${group.name('SubnetIds')} must be one subnet or more, got: none` : undefined,
  },
  {
    ...COMMON,
    code: 'SubnetsBeyondQuota',
    severity: 'warning',
    resourceType: SUBNETS,
    reads: ['SubnetIds'],
    evidence: 'documented',
    source: 'https://docs.aws.amazon.com/AmazonElastiCache/latest/dg/quota-limits.html',
    judge: (group) => (group.list('SubnetIds')?.length ?? 0) > USUAL_SUBNETS
      ? `${group.name('SubnetIds')} may be beyond the quota of the account: AWS names ${USUAL_SUBNETS} subnets a group, got: ${group.list('SubnetIds')!.length}`
      : undefined,
  },
  {
    ...COMMON,
    code: 'ParameterFamilyUnknown',
    resourceType: PARAMETERS,
    reads: ['CacheParameterGroupFamily'],
    evidence: 'documented',
    source: `${API}/API_CreateCacheParameterGroup.html`,
    judge: (group) => {
      const family = group.text('CacheParameterGroupFamily');
      return family !== undefined && familyVerdict(family) === 'never'
        ? `${group.name('CacheParameterGroupFamily')} must be one of ${parameterFamilies().join(', ')}, got: ${JSON.stringify(family)}` : undefined;
    },
  },
  {
    ...COMMON,
    code: 'ParameterFamilyNew',
    severity: 'warning',
    resourceType: PARAMETERS,
    reads: ['CacheParameterGroupFamily'],
    evidence: 'inferred',
    source: `${API}/API_CreateCacheParameterGroup.html`,
    judge: (group) => {
      const family = group.text('CacheParameterGroupFamily');
      return family !== undefined && familyVerdict(family) === 'unknown'
        ? `${group.name('CacheParameterGroupFamily')} ${family} is newer than this library, which judges none of its parameters` : undefined;
    },
  },
  {
    ...COMMON,
    resourceType: 'AWS::ElastiCache::ServerlessCacheSnapshot',
    code: 'ServerlessSnapshotNameInvalid',
    reads: ['ServerlessCacheName', 'ServerlessCacheSnapshotName'],
    evidence: 'schema',
    source: 'https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-elasticache-serverlesscachesnapshot.html',
    judge: (snapshot) => ['ServerlessCacheName', 'ServerlessCacheSnapshotName'].flatMap((property) => {
      const name = snapshot.text(property);
      const problem = name === undefined ? undefined : name === name.toLowerCase() ? identifierProblem(name, LONGEST_SNAPSHOT_NAME) : 'be in lower case';
      return problem ? [`${snapshot.name(property)} must ${problem}, got: ${JSON.stringify(name)}`] : [];
    }),
  },
];
