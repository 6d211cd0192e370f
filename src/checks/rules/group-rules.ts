// Groups and snapshots in ways that constructs cannot get wrong. Imports nothing of CDK.
import { knownParameter, parameterFamilies, parameterNames } from '../../parameters/private/parameter-table';
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
  // Redis OSS ends with 7 here: its successor is Valkey.
  const newer = (engine === 'valkey' && minor === undefined && Number(major) > 9)
    || (engine === 'memcached' && minor !== undefined && (Number(major) > 1 || Number(minor) > 6));
  return parameterFamilies().includes(family) || OLD_FAMILIES.includes(family) ? 'known' : newer ? 'unknown' : 'never';
}

/** What is certainly wrong with the name of a parameter: a spelling of one there is, or one of an engine that has nothing in common with this. */
function nameProblem(family: string, name: string): string | undefined {
  const [engine, known] = [engineOfFamily(family), parameterNames(family)];
  if (knownParameter(family, name)) {
    return undefined;
  }
  const plain = (text: string) => text.toLowerCase().replace(/[-_ ]/g, '');
  const right = known.find((each) => plain(each) === plain(name));
  const isOther = (other: string) => (engineOfFamily(other) === 'memcached') !== (engine === 'memcached') && knownParameter(other, name) !== undefined;
  const later = familyWith(family, name);
  return right ? `Properties: there is no parameter ${name}; use ${right}`
    : later ? `Properties: ${name} came with family ${later}, and is not a parameter of ${family}; leave it out`
      : parameterFamilies().some(isOther) ? `Properties: ${name} is a parameter of ${engine === 'memcached' ? 'Valkey and Redis OSS' : 'Memcached'}, not of ${family}` : undefined;
}

/** The first family after another, of engines that follow each other, with a parameter. */
function familyWith(family: string, name: string): string | undefined {
  const isMemcached = (each: string) => engineOfFamily(each) === 'memcached';
  const lineage = parameterFamilies().filter((each) => isMemcached(each) === isMemcached(family));
  const at = lineage.indexOf(family);
  const isEarlier = lineage.slice(0, Math.max(at, 0)).some((each) => knownParameter(each, name));
  return at < 0 || isEarlier ? undefined : lineage.slice(at + 1).find((each) => knownParameter(each, name));
}

function engineOfFamily(family: string): string {
  return /^[a-z]+/.exec(family)![0];
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
    judge: (group) => group.count('SubnetIds') === 0 ? `${group.name('SubnetIds')} must be one subnet or more, got: none` : undefined,
  },
  {
    ...COMMON,
    code: 'SubnetsBeyondQuota',
    severity: 'warning',
    resourceType: SUBNETS,
    reads: ['SubnetIds'],
    evidence: 'documented',
    source: 'https://docs.aws.amazon.com/AmazonElastiCache/latest/dg/quota-limits.html',
    judge: (group) => (group.count('SubnetIds') ?? 0) > USUAL_SUBNETS
      ? `${group.name('SubnetIds')} may be beyond the quota of the account: AWS names ${USUAL_SUBNETS} subnets a group, got: ${group.count('SubnetIds')}`
      : undefined,
  },
  {
    ...COMMON,
    code: 'GlobalCreatedWithOneMember',
    resourceType: 'AWS::ElastiCache::GlobalReplicationGroup',
    reads: ['Members'],
    // "GlobalReplicationGroup cannot be created with multiple members.": https://github.com/awsdocs/aws-cloudformation-user-guide/issues/1120
    evidence: 'live',
    source: 'https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-elasticache-globalreplicationgroup.html',
    judge: (global) => {
      // One that is written twice is said to be so by the rule about lists.
      const members = new Set(global.list('Members')?.map((member) => JSON.stringify(member))).size;
      return members > 1 ? `${global.name('Members')} must be the primary alone when a global datastore is made, got: ${members} members; ` +
        'make the others as replication groups with its GlobalReplicationGroupId' : undefined;
    },
  },
  {
    ...COMMON,
    code: 'ParameterNameInvalid',
    resourceType: PARAMETERS,
    reads: ['CacheParameterGroupFamily', 'Properties'],
    evidence: 'documented',
    source: 'https://docs.aws.amazon.com/AmazonElastiCache/latest/dg/ParameterGroups.Engine.html',
    judge: (group) => {
      const [family, settings] = [group.text('CacheParameterGroupFamily') ?? '', group.value('Properties')];
      return !parameterFamilies().includes(family) || typeof settings !== 'object' || settings === null ? undefined
        : Object.keys(settings).flatMap((name) => nameProblem(family, name) ?? []);
    },
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
