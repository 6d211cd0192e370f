import { ResourceView, Rule } from '../checks/rule';
import { CAPABILITIES } from '../engine/private/engine-table';
import { NODE_TYPE_SOURCES, nodeTypeRow } from '../node-type/private/node-type-table';
import { isSharded, lacks, needs } from '../replication-group/private/rule-words';

const TYPE = 'AWS::ElastiCache::GlobalReplicationGroup';
const GUIDE = 'https://docs.aws.amazon.com/AmazonElastiCache/latest/dg/Redis-Global-Datastores-Getting-Started.html';
const API = 'https://docs.aws.amazon.com/AmazonElastiCache/latest/APIReference/API_CreateGlobalReplicationGroup.html';
const TEMPLATE = 'https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-elasticache-globalreplicationgroup.html';
const COMMON = { resourceType: TYPE, severity: 'error', checked: '2026-11-21', since: '0.1.0' } as const;

/** One primary and two secondaries. */
const MOST_MEMBERS = 3;

/** The members; `undefined` when not all are known. */
function membersOf(global: ResourceView): readonly ResourceView[] | undefined {
  const members = global.list('Members') as readonly Readonly<Record<string, unknown>>[] | undefined;
  const isKnown = (member: object) => Object.values(member).every((value) => typeof value !== 'symbol');
  // One that is written twice is said to be so by the rule about lists.
  const texts = members?.map((member) => isKnown(member) ? JSON.stringify(member) : undefined) ?? [];
  return members?.filter((_, index) => texts[index] === undefined || texts.indexOf(texts[index]) === index)
    .map((member) => new ResourceView('Member', member));
}

/** The Regions of China replicate to each other alone. */
function isInChina(region: string): boolean {
  return region.startsWith('cn-');
}

/** The primary, when it is of this app. */
function primaryOf(global: ResourceView): ResourceView | undefined {
  return global.related('Members')[0];
}

/** Rules about global datastores. */
export const GLOBAL_DATASTORE_RULES: readonly Rule[] = [
  {
    ...COMMON,
    code: 'GlobalSuffixInvalid',
    reads: ['GlobalReplicationGroupIdSuffix'],
    evidence: 'schema',
    source: TEMPLATE,
    judge: (global) => {
      const suffix = global.text('GlobalReplicationGroupIdSuffix');
      return suffix === undefined || /^[A-Za-z0-9]+(-[A-Za-z0-9]+)*$/.test(suffix) ? undefined
        : `${global.name('GlobalReplicationGroupIdSuffix')} must have letters, digits and single hyphens, none at the ends, got: ${JSON.stringify(suffix)}`;
    },
  },
  {
    ...COMMON,
    code: 'GlobalNeedsOnePrimary',
    reads: ['Members'],
    evidence: 'documented',
    source: API,
    judge: (global) => {
      const roles = membersOf(global)?.map((member) => member.isAbsent('Role') ? undefined : member.text('Role') ?? '');
      const primaries = roles?.filter((role) => role === 'PRIMARY').length;
      return roles && !roles.includes('') && primaries !== 1
        ? `${global.name('Members')} must have one PRIMARY, got: ${primaries}` : undefined;
    },
  },
  {
    ...COMMON,
    code: 'GlobalMembersUnfit',
    reads: ['Members'],
    evidence: 'documented',
    source: GUIDE,
    judge: (global) => {
      const members = membersOf(global) ?? [];
      const regions = members.map((member) => member.text('ReplicationGroupRegion')).filter((region) => region !== undefined);
      const twice = regions.find((region, index) => regions.indexOf(region) !== index);
      const abroad = regions.some(isInChina) ? regions.find((region) => !isInChina(region)) : undefined;
      return members.length > MOST_MEMBERS ? `${global.name('Members')} must be one primary and at most ${MOST_MEMBERS - 1} secondaries, got: ${members.length} members`
        : twice ? `${global.name('Members')} must be in a Region each, got twice: ${twice}`
          : abroad ? `${global.name('Members')} in China must all be in China, got: ${abroad} beside ${regions.find(isInChina)}` : undefined;
    },
  },
  {
    ...COMMON,
    code: 'GlobalFailoverNeeded',
    reads: ['AutomaticFailoverEnabled', 'Members'],
    evidence: 'documented',
    source: TEMPLATE,
    judge: (global) => {
      const primary = primaryOf(global);
      return global.value('AutomaticFailoverEnabled') === false && primary && isSharded(primary)
        ? `${global.name('AutomaticFailoverEnabled')} must be true for a primary in cluster mode, got: false; leave it out` : undefined;
    },
  },
  {
    ...COMMON,
    code: 'GlobalPrimaryUnfit',
    reads: ['Members'],
    evidence: 'documented',
    source: NODE_TYPE_SOURCES.globalDatastore,
    judge: (global) => {
      const primary = primaryOf(global);
      if (!primary) {
        return undefined;
      }
      const reasons: [boolean, string][] = [
        [nodeTypeRow(primary.text('CacheNodeType') ?? '')?.globalDatastore === false,
          `a node type of size large or more of the families that AWS names, such as cache.r7g.large, got: ${primary.text('CacheNodeType')}`],
        [['ipv6', 'dual_stack'].includes(primary.text('NetworkType') ?? ''), `network type ipv4, got: ${primary.text('NetworkType')}`],
        [['sync', 'async'].includes(primary.text('Durability') ?? ''), `no durability, got: ${primary.text('Durability')}`],
      ];
      const version = lacks(primary, 'globalDatastore') ? [`${global.name('Members')}: the primary ${needs(primary, 'globalDatastore')} (${CAPABILITIES.globalDatastore.source})`] : [];
      return [...version, ...reasons.filter(([applies]) => applies).map(([, reason]) => `${global.name('Members')}: the primary needs ${reason}`)];
    },
  },
  {
    ...COMMON,
    code: 'GlobalPrimarySingleNode',
    severity: 'warning',
    reads: ['Members'],
    evidence: 'documented',
    source: GUIDE,
    judge: (global) => primaryOf(global)?.number('NumCacheClusters') === 1
      ? `${global.name('Members')}: the primary should have a replica, AWS makes no global datastore of a single node; add one` : undefined,
  },
  {
    ...COMMON,
    code: 'GlobalMinorUpgrades',
    severity: 'warning',
    reads: ['Members'],
    evidence: 'documented',
    source: GUIDE,
    judge: (global) => primaryOf(global)?.isTrue('AutoMinorVersionUpgrade')
      ? `${global.name('Members')}: AWS turns ${global.advice('autoMinorVersionUpgrade', 'AutoMinorVersionUpgrade')} of the primary off; leave it out there` : undefined,
  },
  {
    ...COMMON,
    code: 'GlobalParameterGroupAlone',
    severity: 'warning',
    reads: ['CacheParameterGroupName', 'EngineVersion'],
    evidence: 'schema',
    source: TEMPLATE,
    judge: (global) => global.isPresent('CacheParameterGroupName') && global.isAbsent('EngineVersion')
      ? `${global.name('CacheParameterGroupName')} changes only together with ${global.name('EngineVersion')}; leave it out or give both` : undefined,
  },
];
