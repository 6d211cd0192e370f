// Imports nothing of CDK.
import { API, COMMON, GUIDE, isSharded, replicaCountsOf, shardsOf } from './rule-words';
import { Rule } from '../../checks/rule';

const SHARD = 'https://docs.aws.amazon.com/AmazonElastiCache/latest/APIReference/API_NodeGroupConfiguration.html';
const LAST_SLOT = 16383;

/** The first and last slots of a text such as `0-99,200`; `undefined` when it is not of that form. */
function slotRanges(text: string): [number, number][] | undefined {
  const parts = text.split(',').map((part) => /^\s*(\d+)(?:-(\d+))?\s*$/.exec(part));
  return parts.every((part) => part !== null) ? parts.map(([, first, last]) => [Number(first), Number(last ?? first)]) : undefined;
}

/** Texts that are there more than once. */
function repeated(values: readonly (string | undefined)[]): string[] {
  return [...new Set(values.filter((value, index): value is string => value !== undefined && values.indexOf(value) !== index))];
}

/** Rules about shards of replication groups. */
export const SHARD_RULES: readonly Rule[] = [
  {
    ...COMMON,
    code: 'ShardsOutOfRange',
    reads: ['NumNodeGroups'],
    evidence: 'documented',
    source: API,
    judge: (group) => {
      const shards = group.number('NumNodeGroups');
      return shards === undefined || (Number.isInteger(shards) && shards >= 1 && shards <= 500) ? undefined
        : `${group.name('NumNodeGroups')} must be 1 to 500, got: ${shards}`;
    },
  },
  {
    ...COMMON,
    code: 'ShardsMatchConfiguration',
    severity: 'warning',
    reads: ['NumNodeGroups', 'NodeGroupConfiguration'],
    evidence: 'inferred',
    source: API,
    judge: (group) => {
      const [shards, configured] = [group.number('NumNodeGroups'), shardsOf(group)?.length];
      return shards !== undefined && configured !== undefined && shards !== configured
        ? `${group.name('NodeGroupConfiguration')} should have an entry for each shard, ${shards} for ${group.given('NumNodeGroups')}, got: ${configured}` : undefined;
    },
  },
  {
    ...COMMON,
    code: 'ShardIdInvalid',
    reads: ['NodeGroupConfiguration'],
    evidence: 'documented',
    source: SHARD,
    judge: (group) => {
      const ids = shardsOf(group)?.map((shard) => shard.text('NodeGroupId')) ?? [];
      const odd = ids.filter((id) => id !== undefined && !/^\d{1,4}$/.test(id));
      const twice = repeated(ids);
      return odd.length > 0 ? `${group.advice('nodeGroupId', 'NodeGroupId')} of a shard must be 1 to 4 digits, got: ${odd.map((id) => JSON.stringify(id)).join(', ')}`
        : twice.length > 0 ? `${group.advice('nodeGroupId', 'NodeGroupId')} must differ from shard to shard, got twice: ${twice.join(', ')}` : undefined;
    },
  },
  {
    ...COMMON,
    code: 'ShardIdMissing',
    severity: 'warning',
    reads: ['NodeGroupConfiguration'],
    evidence: 'documented',
    source: 'https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/aws-attribute-updatepolicy.html',
    judge: (group) => shardsOf(group)?.some((shard) => shard.isAbsent('NodeGroupId'))
      ? `${group.name('NodeGroupConfiguration')} should give every shard its NodeGroupId from the first deployment on, got: an entry without; ` +
        'a later change of shards cannot tell otherwise which one it is about' : undefined,
  },
  {
    ...COMMON,
    code: 'ShardZonesMatchReplicas',
    reads: ['NodeGroupConfiguration', 'ReplicasPerNodeGroup'],
    evidence: 'documented',
    source: SHARD,
    judge: (group) => {
      const counts = replicaCountsOf(group);
      const wrong = shardsOf(group)?.findIndex((shard, index) => {
        const zones = shard.count('ReplicaAvailabilityZones');
        return zones !== undefined && counts[index] !== undefined && zones !== counts[index];
      }) ?? -1;
      return wrong < 0 ? undefined : `${group.advice('replicaAvailabilityZones', 'ReplicaAvailabilityZones')} of shard ${wrong + 1} must name one zone a replica, ${counts[wrong]}, ` +
        `got: ${shardsOf(group)![wrong].count('ReplicaAvailabilityZones')}`;
    },
  },
  {
    ...COMMON,
    code: 'SlotsInvalid',
    reads: ['NodeGroupConfiguration'],
    evidence: 'documented',
    source: SHARD,
    judge: (group) => {
      const ranges = (shardsOf(group) ?? []).flatMap((shard) => slotRanges(shard.text('Slots') ?? '') ?? []).sort(([left], [right]) => left - right);
      const outside = ranges.find(([first, last]) => first > last || last > LAST_SLOT);
      const overlap = ranges.find(([first], index) => index > 0 && first <= ranges[index - 1][1]);
      return outside ? `slots of a shard must be first to last of 0 to ${LAST_SLOT}, got: ${outside.join('-')}`
        : overlap ? `slots must belong to one shard each, got twice: ${overlap[0]}` : undefined;
    },
  },
  {
    ...COMMON,
    code: 'SlotsIncomplete',
    severity: 'warning',
    reads: ['NodeGroupConfiguration'],
    evidence: 'inferred',
    source: SHARD,
    judge: (group) => {
      const texts = shardsOf(group)?.map((shard) => shard.isAbsent('Slots') ? '' : shard.text('Slots')) ?? [];
      const ranges = texts.map((text) => text === undefined ? undefined : slotRanges(text) ?? (text === '' ? [] : undefined));
      if (ranges.includes(undefined) || ranges.every((each) => each!.length === 0)) {
        return undefined;
      }
      const covered = ranges.flat().reduce((sum, range) => sum + range![1] - range![0] + 1, 0);
      return ranges.some((each) => each!.length === 0) ? 'slots should be given for every shard or for none, got: some shards without'
        : covered < LAST_SLOT + 1 ? `slots of all shards together should be 0 to ${LAST_SLOT}, got: ${covered} of ${LAST_SLOT + 1} slots` : undefined;
    },
  },
  {
    ...COMMON,
    code: 'SlotsOutdated',
    severity: 'warning',
    reads: ['NodeGroupConfiguration'],
    evidence: 'documented',
    source: SHARD,
    judge: (group) => shardsOf(group)?.some((shard) => shard.isPresent('Slots'))
      ? 'slots count only when the cache is made: after the number of shards has changed AWS has spread them evenly; leave them out then' : undefined,
  },
  {
    ...COMMON,
    code: 'MultiAzNeedsReplica',
    reads: ['MultiAZEnabled', 'ReplicasPerNodeGroup', 'NodeGroupConfiguration'],
    evidence: 'documented',
    source: `${GUIDE}/AutoFailover.html`,
    judge: (group) => group.isTrue('MultiAZEnabled') && replicaCountsOf(group).includes(0)
      ? `${group.name('MultiAZEnabled')} needs a replica in every shard, got: a shard with 0 replicas; add one or set ${group.name('MultiAZEnabled')}: false` : undefined,
  },
  {
    ...COMMON,
    code: 'ShardsWithoutReplicas',
    severity: 'warning',
    reads: ['ReplicasPerNodeGroup', 'NodeGroupConfiguration', 'NumNodeGroups', 'ClusterMode', 'CacheParameterGroupName'],
    evidence: 'live',
    source: `${GUIDE}/AutoFailover.html`,
    judge: (group) => isSharded(group) && replicaCountsOf(group).includes(0)
      ? 'a shard without replicas loses its data when its node fails, and later updates of the cache may fail for the lack of a replica to fail over to; ' +
        'add one replica a shard' : undefined,
  },
  {
    ...COMMON,
    code: 'SnapshottingClusterUnfit',
    reads: ['SnapshottingClusterId', 'NumNodeGroups'],
    evidence: 'live',
    source: API,
    judge: (group) => group.isPresent('SnapshottingClusterId') && (group.number('NumNodeGroups') ?? 1) > 1
      ? `${group.name('SnapshottingClusterId')} cannot be set in cluster mode, where every shard is backed up; leave it out` : undefined,
  },
];
