import { CUSTOMARY_SUBNETS, LIMITS, limitProblems, serverlessEngine, SERVERLESS_ENGINES, ServerlessEngineRow } from './private/serverless-table';
import { ResourceView, Rule } from '../checks/rule';
import { engineRow, oldestWith } from '../engine/private/engine-table';
import { unfitSubnets } from '../network/private/ip-versions';
import { identifierProblem } from '../private/identifiers';

const TYPE = 'AWS::ElastiCache::ServerlessCache';
const API = 'https://docs.aws.amazon.com/AmazonElastiCache/latest/APIReference/API_CreateServerlessCache.html';
const GUIDE = 'https://docs.aws.amazon.com/AmazonElastiCache/latest/dg';
const COMMON = { resourceType: TYPE, severity: 'error', checked: '2026-11-21', since: '0.1.0' } as const;
const LONGEST_NAME = 40;
const LONGEST_SNAPSHOT_NAME = 255;
const MOST_DAYS = 35;

function rowOf(cache: ResourceView): ServerlessEngineRow | undefined {
  return serverlessEngine(cache.text('Engine')?.toLowerCase() ?? '');
}

function titleOf(row: ServerlessEngineRow): string {
  return engineRow(row.engine)!.title;
}

/** A number below a property; `undefined` when it is absent or not known. */
function numberIn(value: unknown, ...path: string[]): number | undefined {
  const found = path.reduce<unknown>((inner, key) => typeof inner === 'object' && inner !== null ? (inner as Record<string, unknown>)[key] : undefined, value);
  return typeof found === 'number' ? found : undefined;
}

/** Minimum and maximum of a limit. */
function limitsOf(cache: ResourceView, limit: 'DataStorage' | 'ECPUPerSecond'): [number | undefined, number | undefined] {
  const limits = cache.value('CacheUsageLimits');
  return [numberIn(limits, limit, 'Minimum'), numberIn(limits, limit, 'Maximum')];
}

/** The subnets behind the cache as far as they are in this app. */
function subnetsOf(cache: ResourceView): readonly ResourceView[] {
  return cache.related('SubnetIds');
}

/** Rules about serverless caches. */
export const SERVERLESS_RULES: readonly Rule[] = [
  {
    ...COMMON,
    code: 'ServerlessEngineUnknown',
    reads: ['Engine'],
    evidence: 'schema',
    source: API,
    judge: (cache) => {
      const engine = cache.text('Engine');
      return engine === undefined || rowOf(cache) ? undefined
        : `${cache.name('Engine')} must be one of ${SERVERLESS_ENGINES.map((row) => row.engine).join(', ')}, got: ${JSON.stringify(engine)}`;
    },
  },
  {
    ...COMMON,
    code: 'ServerlessVersionUnsupported',
    reads: ['Engine', 'MajorEngineVersion'],
    evidence: 'documented',
    source: `${GUIDE}/engine-versions.html`,
    judge: (cache) => {
      const [row, version] = [rowOf(cache), cache.text('MajorEngineVersion')];
      if (!row || row.unsure.includes('majors') || version === undefined || row.majors.includes(version)) {
        return undefined;
      }
      const notMajor = version.split('.').length > row.majorNumbers;
      return notMajor ? `${cache.name('MajorEngineVersion')} must be a major version such as ${row.majors.at(-1)} of ${titleOf(row)}, got: ${JSON.stringify(version)}`
        : row.complete ? `${titleOf(row)} is serverless in version ${row.majors.join(', ')} only, got: ${JSON.stringify(version)}; its successor is Valkey` : undefined;
    },
  },
  {
    ...COMMON,
    code: 'ServerlessVersionUnknown',
    severity: 'warning',
    reads: ['Engine', 'MajorEngineVersion'],
    evidence: 'inferred',
    source: `${GUIDE}/engine-versions.html`,
    judge: (cache) => {
      const [row, version] = [rowOf(cache), cache.text('MajorEngineVersion')];
      const unsure = row && (row.unsure.includes('majors') || (!row.complete && (version ?? '').split('.').length <= row.majorNumbers));
      return unsure && version !== undefined && !row.majors.includes(version)
        ? `${titleOf(row)} ${version} is not known to be offered serverless; known: ${row.majors.join(', ')}` : undefined;
    },
  },
  {
    ...COMMON,
    code: 'ServerlessCacheNameInvalid',
    reads: ['ServerlessCacheName'],
    evidence: 'live',
    source: API,
    judge: (cache) => {
      const name = cache.text('ServerlessCacheName');
      return name !== undefined && identifierProblem(name, Number.MAX_SAFE_INTEGER)
        ? `${cache.name('ServerlessCacheName')} must have letters, digits and single hyphens, begin with a letter and not end with a hyphen, got: ${JSON.stringify(name)}`
        : undefined;
    },
  },
  {
    ...COMMON,
    code: 'ServerlessCacheNameLong',
    severity: 'warning',
    reads: ['ServerlessCacheName'],
    evidence: 'inferred',
    source: API,
    judge: (cache) => {
      const length = cache.text('ServerlessCacheName')?.length ?? 0;
      return length > LONGEST_NAME
        ? `${cache.name('ServerlessCacheName')} has ${length} characters, and the service probably takes no more than ${LONGEST_NAME}` : undefined;
    },
  },
  {
    ...COMMON,
    code: 'ServerlessUserGroupUnsupported',
    reads: ['Engine', 'UserGroupId'],
    evidence: 'documented',
    source: API,
    judge: (cache) => {
      const row = rowOf(cache);
      return row && cache.isPresent('UserGroupId') && !oldestWith('userGroups', row.engine)
        ? `${cache.name('UserGroupId')} is not offered by ${titleOf(row)}, which has no users; leave it out` : undefined;
    },
  },
  {
    ...COMMON,
    code: 'ServerlessUserGroupEngineUnfit',
    reads: ['Engine', 'UserGroupId'],
    evidence: 'documented',
    source: `${GUIDE}/Clusters.RBAC.html`,
    judge: (cache) => {
      const group = cache.related('UserGroupId')[0]?.text('Engine')?.toLowerCase();
      return rowOf(cache)?.engine === 'redis' && group === 'valkey'
        ? `a Redis OSS cache takes only user groups of Redis OSS, got for ${cache.name('UserGroupId')}: a group of Valkey; make the group with ${cache.advice('engine: CacheEngine.redis()', 'Engine redis')}`
        : undefined;
    },
  },
  {
    ...COMMON,
    code: 'StorageLimitInvalid',
    reads: ['CacheUsageLimits'],
    evidence: 'documented',
    source: LIMITS.storage.source,
    judge: (cache) => {
      const name = cache.name('CacheUsageLimits');
      return limitProblems(LIMITS.storage, ...limitsOf(cache, 'DataStorage'), [`${name}: the minimum of storage`, `${name}: the maximum of storage`]);
    },
  },
  {
    ...COMMON,
    code: 'StorageUnitInvalid',
    reads: ['CacheUsageLimits'],
    evidence: 'schema',
    source: API,
    judge: (cache) => {
      const limits = cache.value('CacheUsageLimits') as { DataStorage?: { Unit?: unknown } } | undefined;
      const unit = limits?.DataStorage?.Unit;
      return typeof unit === 'string' && unit.toUpperCase() !== LIMITS.storage.unit
        ? `${cache.name('CacheUsageLimits')}: the unit of storage must be ${LIMITS.storage.unit}, got: ${JSON.stringify(unit)}` : undefined;
    },
  },
  {
    ...COMMON,
    code: 'EcpuLimitInvalid',
    reads: ['CacheUsageLimits'],
    evidence: 'documented',
    source: LIMITS.ecpu.source,
    judge: (cache) => {
      const name = cache.name('CacheUsageLimits');
      return limitProblems(LIMITS.ecpu, ...limitsOf(cache, 'ECPUPerSecond'), [`${name}: the minimum of ECPUs per second`, `${name}: the maximum of ECPUs per second`]);
    },
  },
  {
    ...COMMON,
    code: 'ServerlessDescriptionInvalid',
    reads: ['Description'],
    evidence: 'documented',
    source: API,
    judge: (cache) => {
      const description = cache.text('Description');
      return description === undefined || (description.length <= 255 && !/[<>]/.test(description)) ? undefined
        : `${cache.name('Description')} must have at most 255 characters and neither < nor >, got: ${description.length} characters`;
    },
  },
  {
    ...COMMON,
    code: 'ServerlessRetentionOutOfRange',
    reads: ['SnapshotRetentionLimit'],
    evidence: 'documented',
    source: API,
    judge: (cache) => {
      const days = cache.number('SnapshotRetentionLimit');
      return days === undefined || (Number.isInteger(days) && days >= 0 && days <= MOST_DAYS) ? undefined
        : `${cache.name('SnapshotRetentionLimit')} must be 0 to ${MOST_DAYS} whole days, 0 for no backups, got: ${days}`;
    },
  },
  {
    ...COMMON,
    code: 'DailyBackupTimeInvalid',
    reads: ['DailySnapshotTime'],
    evidence: 'documented',
    source: API,
    judge: (cache) => {
      const time = cache.text('DailySnapshotTime');
      return time === undefined || /^([01]\d|2[0-3]):[0-5]\d$/.test(time) ? undefined
        : `${cache.name('DailySnapshotTime')} must be a time of day hh:mm in UTC, got: ${JSON.stringify(time)}`;
    },
  },
  {
    ...COMMON,
    code: 'DailyBackupTimeWithoutBackups',
    severity: 'warning',
    reads: ['DailySnapshotTime', 'SnapshotRetentionLimit'],
    evidence: 'inferred',
    source: API,
    judge: (cache) => cache.isPresent('DailySnapshotTime') && (cache.isAbsent('SnapshotRetentionLimit') || cache.number('SnapshotRetentionLimit') === 0)
      ? `${cache.name('DailySnapshotTime')} has no effect while no backups are kept` : undefined,
  },
  {
    ...COMMON,
    code: 'SnapshotArnInvalid',
    reads: ['SnapshotArnsToRestore'],
    evidence: 'documented',
    source: API,
    judge: (cache) => (cache.list('SnapshotArnsToRestore') ?? []).flatMap((arn) =>
      typeof arn !== 'string' || (/^arn:[^:]+:(s3|elasticache):/.test(arn) && !(arn.split(':')[2] === 's3' && arn.includes(','))) ? []
        : [`${cache.name('SnapshotArnsToRestore')} must be ARNs of snapshots, or of files in S3 without a comma in their names, got: ${JSON.stringify(arn)}`]),
  },
  {
    ...COMMON,
    code: 'FinalSnapshotNameInvalid',
    reads: ['FinalSnapshotName'],
    evidence: 'documented',
    source: API,
    judge: (cache) => {
      const name = cache.text('FinalSnapshotName');
      const problem = name === undefined ? undefined : identifierProblem(name, LONGEST_SNAPSHOT_NAME);
      return problem && `${cache.name('FinalSnapshotName')} must ${problem}, got: ${JSON.stringify(name)}`;
    },
  },
  {
    ...COMMON,
    code: 'ServerlessSubnetCount',
    severity: 'warning',
    reads: ['SubnetIds'],
    evidence: 'inferred',
    source: CUSTOMARY_SUBNETS.source,
    judge: (cache) => {
      const count = cache.count('SubnetIds');
      return count === undefined || (count >= CUSTOMARY_SUBNETS.least && count <= CUSTOMARY_SUBNETS.most) ? undefined
        : `${cache.name('SubnetIds')} should be ${CUSTOMARY_SUBNETS.least} or ${CUSTOMARY_SUBNETS.most} subnets in different availability zones, got: ${count}`;
    },
  },
  {
    ...COMMON,
    code: 'ServerlessSubnetsShareZone',
    severity: 'warning',
    reads: ['SubnetIds'],
    evidence: 'inferred',
    source: CUSTOMARY_SUBNETS.source,
    judge: (cache) => {
      const zones = subnetsOf(cache).map((subnet) => subnet.text('AvailabilityZone')).filter((zone) => zone !== undefined);
      const twice = [...new Set(zones.filter((zone, index) => zones.indexOf(zone) !== index))];
      return twice.length > 0 ? `${cache.name('SubnetIds')} should be in different availability zones, got several in: ${twice.join(', ')}` : undefined;
    },
  },
  {
    ...COMMON,
    code: 'NetworkTypeUnfitForSubnets',
    reads: ['NetworkType', 'SubnetIds'],
    evidence: 'documented',
    source: API,
    judge: (cache) => unfitSubnets(cache, subnetsOf(cache), 'SubnetIds'),
  },
];
