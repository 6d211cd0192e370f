// Codes are permanent: people acknowledge them and match on them. One may be added; none may be renamed or leave before a major version.
import * as fs from 'fs';
import * as path from 'path';
import * as ts from 'typescript';
import { evaluate, ResourceView, Rule } from '../../src/checks/rule';
import { TEMPLATE_RULES } from '../../src/checks/rules/index';
import { evaluateTemplate } from '../../src/checks/template/evaluate-template';
import { caseOfRule } from '../checks/cases';

const SRC = path.join(__dirname, '..', '..', 'src');
const FILES = fs.readdirSync(SRC, { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.ts')).sort();

// A type of resource may have its rules in several files, and one that lists them all.
const RULES: Rule[] = [...new Set(FILES.filter((file) => file.endsWith('-rules.ts'))
  .flatMap((file) => Object.values<Rule[]>(jest.requireActual(path.join(SRC, file))).filter(Array.isArray)).flat())];

/** A code in the source and the message that is written beside it, with … for what is only known at run time. */
interface Written {
  readonly code: string;
  readonly where: string;
  readonly message?: string;
}

/** The texts an expression can have; … stands for what is not written out. */
function texts(node: ts.Expression): string[] {
  if (ts.isStringLiteralLike(node)) {
    return [node.text];
  }
  if (ts.isTemplateExpression(node)) {
    return [node.head.text + node.templateSpans.map(({ literal }) => `…${literal.text}`).join('')];
  }
  if (ts.isBinaryExpression(node) && node.operatorToken.kind === ts.SyntaxKind.PlusToken) {
    return texts(node.left).flatMap((left) => texts(node.right).map((right) => left + right));
  }
  if (ts.isConditionalExpression(node)) {
    return [...texts(node.whenTrue), ...texts(node.whenFalse)];
  }
  return ts.isParenthesizedExpression(node) ? texts(node.expression) : ['…'];
}

/** Which argument of a call is the code; the message follows it. */
const CODE_ARGUMENT: Record<string, number> = { fail: 1, misuse: 0, warn: 0 };

function writtenIn(file: string): Written[] {
  const source = ts.createSourceFile(file, fs.readFileSync(path.join(SRC, file), 'utf8'), ts.ScriptTarget.Latest, true);
  const found: Written[] = [];
  const add = (code: ts.Expression, message?: ts.Expression) => {
    const where = `${file}:${source.getLineAndCharacterOfPosition(code.getStart()).line + 1}`;
    texts(code).filter((text) => text !== '…').forEach((text) => (message ? texts(message) : [undefined]).forEach((each) =>
      found.push({ code: text, where, message: each })));
  };
  const visit = (node: ts.Node): void => {
    if (ts.isCallExpression(node)) {
      const name = ts.isPropertyAccessExpression(node.expression) ? node.expression.name.text : node.expression.getText();
      if (Object.hasOwn(CODE_ARGUMENT, name)) {
        add(node.arguments[CODE_ARGUMENT[name]], node.arguments[CODE_ARGUMENT[name] + 1]);
      }
    }
    if (ts.isObjectLiteralExpression(node)) {
      const property = (name: string) => node.properties.filter(ts.isPropertyAssignment).find((each) => each.name.getText() === name);
      const code = property('code');
      if (code) {
        add(code.initializer, property('message')?.initializer);
      }
    }
    ts.forEachChild(node, visit);
  };
  visit(source);
  return found;
}

const WRITTEN = FILES.flatMap(writtenIn);

test('the codes of rules', () => {
  expect([...new Set(RULES.map(({ code, severity }) => `${severity} ${code}`))].sort()).toEqual([
    'error AccessStringInvalid',
    'error AccessStringMissing',
    'error AttributeUnknown',
    'error AuthTokenInvalid',
    'error AuthTokenNeedsTls',
    'error AuthTokenWithUserGroup',
    'error AuthenticationContradicts',
    'error AuthenticationTypeInvalid',
    'error BackupRetentionOutOfRange',
    'error CacheClusterEngineUnsupported',
    'error CacheClustersNeedOneShard',
    'error CacheOpenToWorld',
    'error CacheSecurityGroupGone',
    'error CacheSecurityGroupsGone',
    'error ClusterBackupWindowInvalid',
    'error ClusterLogDeliveryInvalid',
    'error ClusterModeNeedsFailover',
    'error ClusterNameInvalid',
    'error ClusterSnapshotArnInvalid',
    'error ConnectToEverything',
    'error ConnectionTypeInvalid',
    'error CrossZoneNeedsTwoNodes',
    'error DailyBackupTimeInvalid',
    'error DataTieringEvictionPolicy',
    'error DataTieringMustMatchNodeType',
    'error DataTieringNeedsReplicationGroup',
    'error DefaultParameterGroupUnfit',
    'error DefaultUserRequired',
    'error DescriptionInvalid',
    'error DurabilityUnsupported',
    'error EcpuLimitInvalid',
    'error EndpointNotOfEngine',
    'error EndpointNotOfMode',
    'error EngineHasNoReplicationGroups',
    'error EngineLogUnsupported',
    'error EngineVersionGone',
    'error EngineVersionNotCreatable',
    'error FailoverMustBeSaid',
    'error FailoverNeedsReplica',
    'error FinalSnapshotNameInvalid',
    'error GlobalFailoverNeeded',
    'error GlobalMembersUnfit',
    'error GlobalNeedsOnePrimary',
    'error GlobalPrimaryUnfit',
    'error GlobalSuffixInvalid',
    'error IamUserNameMustBeId',
    'error IamUsersUnsupported',
    'error ItemRepeated',
    'error KeyInOtherRegion',
    'error KeyNeedsAtRestEncryption',
    'error KeyUnfit',
    'error LogDestinationUnfit',
    'error LogTypeTwice',
    'error MaintenanceWindowInvalid',
    'error MemberInheritsProps',
    'error MemcachedCannotRestore',
    'error MemcachedHasNoBackups',
    'error MemcachedHasNoLogs',
    'error MemcachedTlsNeedsVpc',
    'error MemcachedTlsNodeType',
    'error MemcachedTlsUnsupported',
    'error MemcachedVersionIncomplete',
    'error MultiAzNeedsFailover',
    'error MultiAzNeedsReplica',
    'error NetworkTypeUnfitForSubnets',
    'error NetworkTypeUnsupported',
    'error NodeTypeInvalid',
    'error NodeTypeMissing',
    'error NodeTypeNotCreatable',
    'error NodeTypeUnfitForEngine',
    'error NodesOutOfRange',
    'error NotificationTopicElsewhere',
    'error NotificationTopicEncrypted',
    'error ParameterFamilyUnknown',
    'error ParameterGroupFamilyMismatch',
    'error ParameterNotModifiable',
    'error ParameterRemoved',
    'error ParameterValueInvalid',
    'error PasswordCountInvalid',
    'error PasswordLengthInvalid',
    'error PasswordsContradict',
    'error PlacementNeedsMemcached',
    'error PlacementTwice',
    'error PortOutOfRange',
    'error PropertyNotOfType',
    'error PropertyReadOnly',
    'error PropertyRequired',
    'error PropertyTypeWrong',
    'error PublicEndpointNeedsIam',
    'error PublicEndpointNeedsUserGroup',
    'error PublicEndpointUnsupported',
    'error RedisClusterHasNoTls',
    'error RedisClusterHasOneNode',
    'error RedisClusterModeUnsupported',
    'error ReplicasOutOfRange',
    'error ReplicationGroupIdInvalid',
    'error ResourceTypeUnknown',
    'error RestoreNeedsSlots',
    'error ScalingBoundsInvalid',
    'error ScalingDimensionInvalid',
    'error ScalingInGlobalDatastore',
    'error ScalingMetricInvalid',
    'error ScalingMetricUnfitForDataTiering',
    'error ScalingNeedsClusterMode',
    'error ScalingResourceInvalid',
    'error ScalingUnsupportedByEngine',
    'error ScalingUnsupportedByNodeType',
    'error SecurityGroupInOtherVpc',
    'error ServerlessCacheNameInvalid',
    'error ServerlessDescriptionInvalid',
    'error ServerlessEngineUnknown',
    'error ServerlessRetentionOutOfRange',
    'error ServerlessSnapshotNameInvalid',
    'error ServerlessUserGroupEngineUnfit',
    'error ServerlessUserGroupUnsupported',
    'error ServerlessVersionUnsupported',
    'error ShardIdInvalid',
    'error ShardZonesMatchReplicas',
    'error ShardsNeedClusterParameter',
    'error ShardsOutOfRange',
    'error SlotsInvalid',
    'error SlowLogUnsupported',
    'error SnapshotArnInvalid',
    'error SnapshotPolicyUnsupported',
    'error SnapshottingClusterUnfit',
    'error StepScalingUnsupported',
    'error StorageLimitInvalid',
    'error StorageUnitInvalid',
    'error SubnetGroupNameInvalid',
    'error SubnetsInTwoVpcs',
    'error SubnetsMissing',
    'error TagsInvalid',
    'error TlsModeNeedsTls',
    'error TlsNeedsSubnetGroup',
    'error TooManyNodes',
    'error TooManyUsers',
    'error UserEngineUnknown',
    'error UserGroupEngineMismatch',
    'error UserGroupEngineUnfit',
    'error UserGroupIdInvalid',
    'error UserGroupNeedsTls',
    'error UserGroupNeedsTlsOnly',
    'error UserGroupTwice',
    'error UserGroupUnsupported',
    'error UserIdInvalid',
    'error UserIdTwice',
    'error UserNameTwice',
    'error ValkeyGroupNeedsPasswords',
    'error ValkeyTlsMustBeSaid',
    'error ValkeyUserNeedsPassword',
    'error ValueNotOffered',
    'error WindowsOverlap',
    'error ZonesMatchNodes',
    'warning AccessStringDoubtful',
    'warning AccessStringNeedsNewerEngine',
    'warning AtRestEncryptionMayStay',
    'warning AtRestEncryptionOff',
    'warning AuthTokenInPlainText',
    'warning AuthTokenReplacesGroup',
    'warning AuthTokenSuperseded',
    'warning AuthTokenWithoutTlsOnly',
    'warning BackupWindowWithoutBackups',
    'warning CachePortOpenToWorld',
    'warning ClusterDiscoveryContradicts',
    'warning ClusterLostWithStack',
    'warning ClusterModeContradicts',
    'warning ClusterModeUnsupported',
    'warning ClusterNodeTypePhasingOut',
    'warning ClusterParameterMissing',
    'warning ClusterSnapshotTwice',
    'warning ClusterTopicIsFifo',
    'warning CompatibleModeNeedsReplica',
    'warning CompatibleModeTemporary',
    'warning ConnectTooWide',
    'warning DailyBackupTimeWithoutBackups',
    'warning DefaultUserOpen',
    'warning DurabilityEncryptsAtRest',
    'warning DurabilityWithoutTls',
    'warning EngineVersionUnknown',
    'warning FixedName',
    'warning GlobalMinorUpgrades',
    'warning GlobalParameterGroupAlone',
    'warning GlobalPrimarySingleNode',
    'warning IpDiscoveryUnfit',
    'warning LogsKeptForever',
    'warning MemberNeedsReplica',
    'warning MemcachedSnapshotPolicy',
    'warning MinorUpgradesUnsupported',
    'warning MultiAzInOneZone',
    'warning NameBlocksReplacement',
    'warning NoAuthentication',
    'warning NodeCountTwice',
    'warning NodeTypePhasingOut',
    'warning NodeTypeUnknown',
    'warning NodesBeyondQuota',
    'warning NodesNotSaid',
    'warning NotificationTopicFifo',
    'warning ParameterFamilyNew',
    'warning ParameterUnknown',
    'warning PasswordInPlainText',
    'warning PlacementContradicts',
    'warning PrimaryClusterDecides',
    'warning PropertyUnknown',
    'warning PublicEndpointHasNoVpc',
    'warning RedisExtendedSupport',
    'warning RestoreSourceTwice',
    'warning ScalingBoundsUnusual',
    'warning ScalingMetricUnknown',
    'warning ScalingTargetValueUnusual',
    'warning ServerlessCacheNameLong',
    'warning ServerlessLostWithStack',
    'warning ServerlessNearThePublic',
    'warning ServerlessSubnetCount',
    'warning ServerlessSubnetsShareZone',
    'warning ServerlessVersionOpen',
    'warning ServerlessVersionUnknown',
    'warning ServerlessWithoutUsers',
    'warning ShardIdMissing',
    'warning ShardsMatchConfiguration',
    'warning ShardsWithoutReplicas',
    'warning SlotsIncomplete',
    'warning SlotsOutdated',
    'warning StaticCountUnderScaling',
    'warning SubnetGroupMissing',
    'warning SubnetsBeyondQuota',
    'warning TlsModeUnsupported',
    'warning TlsNotRequired',
    'warning TransitEncryptionOff',
    'warning UserIdMixedCase',
    'warning WindowsMayOverlap',
    'warning ZonesRepeated',
  ]);
});

test('the codes of mistakes and warnings that no rule makes', () => {
  const rules = new Set(RULES.map(({ code }) => code));
  expect([...new Set(WRITTEN.map(({ code }) => code))].filter((code) => !rules.has(code)).sort()).toEqual([
    'AlarmUnfit',
    'AuthTokenNotOffered',
    'AuthTokenOfTwoCaches',
    'AuthTokenUnused',
    'ClientEnvironmentFixed',
    'ClientHasNoContainer',
    'ClientHasNoPrincipal',
    'ClientInOtherRegion',
    'ClientNotInVpc',
    'DashboardEmpty',
    'DashboardQuota',
    'DashboardTooLarge',
    'DnsNameNotInCertificate',
    'EndpointNotInMode',
    'EngineTopologyMismatch',
    'EnvironmentTaken',
    'EventIdTaken',
    'EventNamesEmpty',
    'EventNotKnown',
    'EventNotOffered',
    'EventTargetPolicyUnknown',
    'GlobalEngineUnknown',
    'ImportLacksAttribute',
    'InvalidAccessString',
    'InvalidBackupWindow',
    'InvalidMaintenanceWindow',
    'InvalidNodeType',
    'InvalidUsageLimits',
    'LogNotEncryptedWithKey',
    'MemberUnfit',
    'MembersUnknown',
    'MemcachedNodeIdInvalid',
    'MetricNeedsReplica',
    'MetricNotKnown',
    'MetricNotOfGroup',
    'MetricNotOfTier',
    'MetricNotPublished',
    'MigrationKeepsOneShard',
    'MinorVersionIgnored',
    'NoPrivateSubnets',
    'NoReaderEndpoint',
    'NoSecurityGroups',
    'NoSubnets',
    'NodesNotKnown',
    'NothingToGrant',
    'NotificationTopicPolicyUnknown',
    'OutpostsNotSupported',
    'ParameterNotKnown',
    'PropNotForTopology',
    'PropsExclusive',
    'PublicEndpointInVpc',
    'PublicSubnets',
    'ReplicasNotKnown',
    'ReshardingReplaces',
    'RotationIntervalInvalid',
    'RotationNeedsEndpoints',
    'RotationNeedsSecret',
    'RotationNeedsVpc',
    'RotationNotInVpc',
    'RotationTwice',
    'SecondaryInRegionOfPrimary',
    'SecretNeedsEndpoint',
    'ShardCountContradicts',
    'ShardUnfit',
    'SlowCommandInvalid',
    'SlowLogNotJson',
    'SlowLogUnknown',
    'SnapshotBucketPolicyUnknown',
    'SnapshotFileEncrypted',
    'SnapshotFileInvalid',
    'SnapshotNotOffered',
    'ThresholdUnknown',
    'TooManyEventsForTarget',
    'TooManyNodesForOneAlarm',
    'UnknownEngine',
    'UnknownParameterGroupFamily',
    'UserGroupNotOwned',
    'UserNotInGroup',
    'UserNotPossible',
    'UserRequired',
    'UserSecretUnknown',
    'VpcMissing',
  ]);
});

test('every code is PascalCase and written in one place', () => {
  WRITTEN.forEach(({ code }) => expect(code).toMatch(/^([A-Z][a-z]+)+$/));
  const places = new Map<string, Set<string>>();
  WRITTEN.forEach(({ code, where }) => places.set(code, (places.get(code) ?? new Set()).add(where)));
  // A value object refuses at once, a construct collects its problems: the one mistake that both can see is written in both ways.
  // A fact that holds of several types of resource has a row for each, under one code.
  const twice = [
    'SnapshotNotOffered', 'NodesBeyondQuota', 'NetworkTypeUnsupported', 'NetworkTypeUnfitForSubnets', 'CacheSecurityGroupsGone', 'SnapshotArnInvalid',
  ];
  expect([...places].filter(([code, { size }]) => size > 1 && !twice.includes(code)).map(([code, set]) => [code, ...set])).toEqual([]);
});

test('every row of every rule file is of one code for its type of resource', () => {
  const codes = RULES.map(({ code, resourceType }) => `${resourceType} ${code}`);
  expect(codes.filter((code, index) => codes.indexOf(code) !== index)).toEqual([]);
});

/** Lower case, but for what is a name. */
const START = /^([a-z"'@…]|Redis OSS|Valkey|Memcached|ElastiCache)/;

function expectGoodMessage(message: string): void {
  expect(message).toMatch(START);
  expect(message).not.toContain('${');
  expect(message).not.toMatch(/\.$|\.\s*\(http|!|\s$|\s\s|undefined|\[object|NaN/);
  expect(message).not.toMatch(/\b(please|sorry|oops|invalid value)\b/i);
}

describe('messages that are written out', () => {
  test.each(WRITTEN.filter(({ message }) => message !== undefined).map(({ code, where, message }) => [code, where, message!]))('%s in %s', (_, __, message) => {
    expectGoodMessage(message);
  });
});

type Case = [code: string, properties: Record<string, unknown>, relations?: Record<string, ResourceView[]>];
const view = (properties: Record<string, unknown>, relations: Record<string, ResourceView[]> = {}) => new ResourceView('x', properties, {}, relations);
const VALKEY = { Engine: 'valkey', EngineVersion: '8.2' };
const REDIS5 = { Engine: 'redis', EngineVersion: '5.0.6' };
const log = (LogType: string) => ({ ...REDIS5, LogDeliveryConfigurations: [{ LogType }] });
const passwordUser = (UserName: string, Engine = 'valkey') => view({ UserName, Engine, AuthenticationMode: { Type: 'password' } });

/** For every rule a resource that it finds fault with. */
const CASES: Case[] = [
  ['EngineHasNoReplicationGroups', { Engine: 'memcached' }],
  ['CacheClusterEngineUnsupported', { Engine: 'valkey' }],
  ['ClusterNameInvalid', { ClusterName: '-a' }],
  ['NodesOutOfRange', { NumCacheNodes: 0 }],
  ['NodesBeyondQuota', { NumCacheNodes: 41 }],
  ['RedisClusterHasOneNode', { Engine: 'redis', NumCacheNodes: 2 }],
  ['CrossZoneNeedsTwoNodes', { AZMode: 'cross-az', NumCacheNodes: 1 }],
  ['PlacementNeedsMemcached', { Engine: 'redis', AZMode: 'cross-az' }],
  ['PlacementContradicts', { AZMode: 'single-az', PreferredAvailabilityZones: ['a', 'b'] }],
  ['ZonesRepeated', { PreferredAvailabilityZones: ['a', 'a'] }],
  ['MemcachedHasNoBackups', { Engine: 'memcached', SnapshotRetentionLimit: 0 }],
  ['MemcachedCannotRestore', { Engine: 'memcached', SnapshotName: 'a' }],
  ['MemcachedHasNoLogs', { Engine: 'memcached', LogDeliveryConfigurations: [{ LogType: 'slow-log' }] }],
  ['RedisClusterModeUnsupported', { Engine: 'redis', CacheParameterGroupName: 'default.redis7.cluster.on' }],
  ['RedisClusterHasNoTls', { Engine: 'redis', TransitEncryptionEnabled: true }],
  ['MemcachedTlsUnsupported', { Engine: 'memcached', EngineVersion: '1.6.6', TransitEncryptionEnabled: true }],
  ['MemcachedTlsNodeType', { Engine: 'memcached', CacheNodeType: 'cache.t2.micro', TransitEncryptionEnabled: true }],
  ['MemcachedTlsNeedsVpc', { Engine: 'memcached', TransitEncryptionEnabled: true }],
  ['NetworkTypeUnsupported', { Engine: 'memcached', EngineVersion: '1.5.16', NetworkType: 'ipv6' }],
  ['DataTieringNeedsReplicationGroup', { Engine: 'redis', CacheNodeType: 'cache.r6gd.xlarge' }],
  ['MemcachedVersionIncomplete', { Engine: 'memcached', EngineVersion: '1.6' }],
  ['MaintenanceWindowInvalid', { PreferredMaintenanceWindow: 'sunday' }],
  ['CacheSecurityGroupsGone', { CacheSecurityGroupNames: ['a'] }],
  ['SubnetGroupMissing', {}],
  ['ReplicationGroupIdInvalid', { ReplicationGroupId: '-a' }],
  ['ReplicasOutOfRange', { NumCacheClusters: 7 }],
  ['FailoverNeedsReplica', { AutomaticFailoverEnabled: true, NumCacheClusters: 1 }],
  ['MultiAzNeedsFailover', { MultiAZEnabled: true, AutomaticFailoverEnabled: false }],
  ['MultiAzInOneZone', { MultiAZEnabled: true, AutomaticFailoverEnabled: true },
    { CacheSubnetGroupName: [view({}, { SubnetIds: ['a', 'a'].map((AvailabilityZone) => view({ AvailabilityZone })) })] }],
  ['ZonesMatchNodes', { PreferredCacheClusterAZs: ['a'], NumCacheClusters: 2 }],
  ['UserGroupNeedsTls', { UserGroupIds: ['a'], TransitEncryptionEnabled: false }],
  ['UserGroupUnsupported', { UserGroupIds: ['a'], TransitEncryptionEnabled: true, ...REDIS5 }],
  ['UserGroupEngineUnfit', { UserGroupIds: ['a'], TransitEncryptionEnabled: true, Engine: 'redis', EngineVersion: '7.1' },
    { UserGroupIds: [view({ Engine: 'valkey' })] }],
  ['KeyNeedsAtRestEncryption', { KmsKeyId: 'a', AtRestEncryptionEnabled: false }],
  ['ParameterGroupFamilyMismatch', VALKEY, { CacheParameterGroupName: [view({ CacheParameterGroupFamily: 'valkey7' })] }],
  ['EngineVersionNotCreatable', { Engine: 'redis', EngineVersion: '3.2.6' }],
  ['NodeTypeNotCreatable', { CacheNodeType: 'cache.m3.medium' }],
  ['NodeTypeUnfitForEngine', { CacheNodeType: 'cache.m7g.large', ...REDIS5 }],
  ['DataTieringMustMatchNodeType', { CacheNodeType: 'cache.m7g.large', DataTieringEnabled: true }],
  ['DataTieringEvictionPolicy', { DataTieringEnabled: true }, { CacheParameterGroupName: [view({ Properties: { 'maxmemory-policy': 'volatile-ttl' } })] }],
  ['SlowLogUnsupported', log('slow-log')],
  ['EngineLogUnsupported', log('engine-log')],
  ['PortOutOfRange', { Port: 8005 }],
  ['BackupRetentionOutOfRange', { SnapshotRetentionLimit: 36 }],
  ['WindowsOverlap', { SnapshotWindow: '05:00-06:00', PreferredMaintenanceWindow: 'sun:05:00-sun:06:00' }],
  ['WindowsMayOverlap', { SnapshotWindow: '23:30-00:30', PreferredMaintenanceWindow: 'sun:00:00-sun:01:00' }],
  ['BackupWindowWithoutBackups', { SnapshotWindow: '05:00-06:00', SnapshotRetentionLimit: 0 }],
  ['NotificationTopicElsewhere', { TopicRegion: 'us-east-1', Region: 'eu-central-1' }],
  ['NotificationTopicEncrypted', { NotificationTopicArn: 'a' }, { NotificationTopicArn: [view({ KmsMasterKeyId: 'a' })] }],
  ['DescriptionInvalid', { ReplicationGroupDescription: '' }],
  ['RedisExtendedSupport', REDIS5],
  ['AuthTokenReplacesGroup', { AuthToken: 'a' }],
  ['MinorUpgradesUnsupported', { AutoMinorVersionUpgrade: true, ...REDIS5 }],
  ['NodeTypeMissing', {}],
  ['NodeTypePhasingOut', { CacheNodeType: 'cache.t2.micro' }],
  ['DurabilityUnsupported', { Durability: 'sync', ClusterMode: 'disabled' }],
  ['DurabilityWithoutTls', { Durability: 'sync', TransitEncryptionEnabled: false }],
  ['DurabilityEncryptsAtRest', { Durability: 'sync', AtRestEncryptionEnabled: false }],
  ['FailoverMustBeSaid', { NumCacheClusters: 1 }],
  ['CacheClustersNeedOneShard', { NumCacheClusters: 2, NumNodeGroups: 2 }],
  ['NodeCountTwice', { NumCacheClusters: 2, ReplicasPerNodeGroup: 1 }],
  ['NodesNotSaid', {}],
  ['PrimaryClusterDecides', { PrimaryClusterId: 'a', NumNodeGroups: 1 }],
  ['PlacementTwice', { NodeGroupConfiguration: [{}], PreferredCacheClusterAZs: ['a'] }],
  ['TooManyNodes', { NumNodeGroups: 251, ReplicasPerNodeGroup: 1 }],
  ['ShardsNeedClusterParameter', { NumNodeGroups: 2, CacheParameterGroupName: 'default.valkey8' }],
  ['ClusterParameterMissing', { ClusterMode: 'enabled', CacheParameterGroupName: 'default.valkey8' }],
  ['ClusterModeContradicts', { ClusterMode: 'disabled', NumNodeGroups: 2 }],
  ['ClusterModeNeedsFailover', { ClusterMode: 'enabled', AutomaticFailoverEnabled: false }],
  ['ClusterModeUnsupported', { ClusterMode: 'compatible', ...REDIS5 }],
  ['CompatibleModeNeedsReplica', { ClusterMode: 'compatible', NumCacheClusters: 1 }],
  ['CompatibleModeTemporary', { ClusterMode: 'compatible' }],
  ['ShardsOutOfRange', { NumNodeGroups: 501 }],
  ['ShardsMatchConfiguration', { NumNodeGroups: 2, NodeGroupConfiguration: [{}] }],
  ['ShardIdInvalid', { NodeGroupConfiguration: [{ NodeGroupId: 'a' }] }],
  ['ShardIdMissing', { NodeGroupConfiguration: [{}] }],
  ['ShardZonesMatchReplicas', { NodeGroupConfiguration: [{ ReplicaCount: 1, ReplicaAvailabilityZones: [] }] }],
  ['SlotsInvalid', { NodeGroupConfiguration: [{ Slots: '0-16384' }] }],
  ['SlotsIncomplete', { NodeGroupConfiguration: [{ Slots: '0-1' }] }],
  ['SlotsOutdated', { NodeGroupConfiguration: [{ Slots: '0-16383' }] }],
  ['MultiAzNeedsReplica', { MultiAZEnabled: true, ReplicasPerNodeGroup: 0 }],
  ['ShardsWithoutReplicas', { ReplicasPerNodeGroup: 0, NumNodeGroups: 2 }],
  ['SnapshottingClusterUnfit', { SnapshottingClusterId: 'a', NumNodeGroups: 2 }],
  ['UserGroupTwice', { UserGroupIds: ['a', 'b'] }],
  ['UserGroupNeedsTlsOnly', { UserGroupIds: ['a'], TransitEncryptionMode: 'preferred' }],
  ['TlsModeNeedsTls', { TransitEncryptionMode: 'required' }],
  ['TlsModeUnsupported', { TransitEncryptionMode: 'required', ...REDIS5 }],
  ['TlsNotRequired', { TransitEncryptionMode: 'preferred' }],
  ['TlsNeedsSubnetGroup', { TransitEncryptionEnabled: true }],
  ['ValkeyTlsMustBeSaid', { Engine: 'valkey' }],
  ['AtRestEncryptionMayStay', { Engine: 'valkey', AtRestEncryptionEnabled: false }],
  ['AuthTokenNeedsTls', { AuthToken: 'a' }],
  ['AuthTokenInvalid', { AuthToken: 'a' }],
  ['AuthTokenWithUserGroup', { AuthToken: 'a', UserGroupIds: ['a'] }],
  ['AuthTokenWithoutTlsOnly', { AuthToken: 'a', TransitEncryptionMode: 'preferred' }],
  ['AuthTokenSuperseded', { AuthToken: 'a' }],
  ['NameBlocksReplacement', { ReplicationGroupId: 'a' }],
  ['IpDiscoveryUnfit', { IpDiscovery: 'ipv6' }],
  ['LogTypeTwice', { LogDeliveryConfigurations: [{ LogType: 'slow-log' }, { LogType: 'slow-log' }] }],
  ['LogDestinationUnfit', { LogDeliveryConfigurations: [{ DestinationType: 'cloudwatch-logs', DestinationDetails: { KinesisFirehoseDetails: {} } }] }],
  ['NotificationTopicFifo', { NotificationTopicArn: 'a' }, { NotificationTopicArn: [view({ FifoTopic: true })] }],
  ['RestoreNeedsSlots', { SnapshotArns: ['a'], ClusterMode: 'enabled' }],
  ['RestoreSourceTwice', { SnapshotName: 'a', SnapshotArns: ['a'] }],
  ['MemberInheritsProps', { GlobalReplicationGroupId: 'a', Engine: 'valkey' }],
  ['MemberNeedsReplica', { GlobalReplicationGroupId: 'a', NumCacheClusters: 1 }],
  ['GlobalSuffixInvalid', { GlobalReplicationGroupIdSuffix: '-a' }],
  ['GlobalNeedsOnePrimary', { Members: [] }],
  ['GlobalMembersUnfit', { Members: ['a', 'a'].map((ReplicationGroupRegion) => ({ ReplicationGroupRegion })) }],
  ['GlobalFailoverNeeded', { AutomaticFailoverEnabled: false }, { Members: [view({ ClusterMode: 'enabled' })] }],
  ['GlobalPrimaryUnfit', { Members: [] }, { Members: [view({ NetworkType: 'ipv6' })] }],
  ['GlobalPrimarySingleNode', { Members: [] }, { Members: [view({ NumCacheClusters: 1 })] }],
  ['GlobalMinorUpgrades', { Members: [] }, { Members: [view({ AutoMinorVersionUpgrade: true })] }],
  ['GlobalParameterGroupAlone', { CacheParameterGroupName: 'a' }],
  ['UserIdInvalid', { UserId: 'default' }],
  ['PasswordLengthInvalid', { AuthenticationMode: { Type: 'password', Passwords: ['short'] } }],
  ['PasswordCountInvalid', { AuthenticationMode: { Type: 'password', Passwords: [] } }],
  ['AccessStringInvalid', { AccessString: 'on reset' }],
  ['AccessStringDoubtful', { AccessString: 'on +@bloom' }],
  ['UserEngineUnknown', { Engine: 'Valkey' }],
  ['UserIdMixedCase', { UserId: 'App' }],
  ['AccessStringMissing', {}],
  ['AuthenticationTypeInvalid', { AuthenticationMode: { Type: 'token' } }],
  ['PasswordsContradict', { AuthenticationMode: { Type: 'iam', Passwords: ['x'] } }],
  ['AuthenticationContradicts', { AuthenticationMode: { Type: 'iam' }, NoPasswordRequired: true }],
  ['IamUserNameMustBeId', { UserId: 'app', UserName: 'other', AuthenticationMode: { Type: 'iam' } }],
  ['IamUsersUnsupported', { Engine: 'redis', EngineVersion: '6.2' }, { UserGroupIds: [view({}, { UserIds: [view({ UserName: 'a', AuthenticationMode: { Type: 'iam' } })] })] }],
  ['AccessStringNeedsNewerEngine', VALKEY, { UserGroupIds: [view({}, { UserIds: [view({ UserName: 'a', AccessString: 'on db=0' })] })] }],
  ['ConnectionTypeInvalid', { ConnectionType: 'private' }],
  ['PublicEndpointUnsupported', { ConnectionType: 'public', Engine: 'valkey', MajorEngineVersion: '8' }],
  ['PublicEndpointNeedsUserGroup', { ConnectionType: 'public' }],
  ['PublicEndpointNeedsIam', { ConnectionType: 'public', UserGroupId: 'g' }, { UserGroupId: [view({}, { UserIds: [passwordUser('a')] })] }],
  ['PublicEndpointHasNoVpc', { ConnectionType: 'public', SubnetIds: ['s'] }],
  ['UserIdTwice', { UserIds: ['a', 'a'] }],
  ['TooManyUsers', { UserIds: Array.from({ length: 101 }, (_, index) => `u${index}`) }],
  ['ValkeyUserNeedsPassword', { Engine: 'valkey', UserName: 'a', AuthenticationMode: { Type: 'no-password-required' } }],
  ['UserGroupIdInvalid', { UserGroupId: 'a--b' }],
  ['DefaultUserRequired', { Engine: 'redis', UserIds: ['a'] }, { UserIds: [passwordUser('a', 'redis')] }],
  ['UserGroupEngineMismatch', { Engine: 'redis', UserIds: ['default', 'a'] }, { UserIds: [passwordUser('a')] }],
  ['ValkeyGroupNeedsPasswords', { Engine: 'valkey', UserIds: ['a'] }, { UserIds: [view({ UserName: 'a', AuthenticationMode: { Type: 'no-password-required' } })] }],
  ['UserNameTwice', { Engine: 'valkey', UserIds: ['a', 'b'] }, { UserIds: [passwordUser('a'), passwordUser('a')] }],
  ['ParameterValueInvalid', { CacheParameterGroupFamily: 'valkey8', Properties: { 'maxmemory-policy': 'x' } }],
  ['ParameterNotModifiable', { CacheParameterGroupFamily: 'valkey8', Properties: { maxmemory: '1' } }],
  ['ParameterRemoved', { CacheParameterGroupFamily: 'valkey8', Properties: { 'min-slaves-to-write': '1' } }],
  ['ParameterUnknown', { CacheParameterGroupFamily: 'valkey8', Properties: { 'no-such': '1' } }],
  ['SubnetGroupNameInvalid', { CacheSubnetGroupName: 'default' }],
  ['ServerlessEngineUnknown', { Engine: 'keydb' }],
  ['ServerlessVersionUnsupported', { Engine: 'redis', MajorEngineVersion: '6' }],
  ['ServerlessVersionUnknown', { Engine: 'valkey', MajorEngineVersion: '10' }],
  ['ServerlessCacheNameInvalid', { ServerlessCacheName: 'a_b' }],
  ['ServerlessCacheNameLong', { ServerlessCacheName: 'x'.repeat(41) }],
  ['ServerlessUserGroupUnsupported', { Engine: 'memcached', UserGroupId: 'a' }],
  ['ServerlessUserGroupEngineUnfit', { Engine: 'redis', UserGroupId: 'a' }, { UserGroupId: [view({ Engine: 'valkey' })] }],
  ['StorageLimitInvalid', { CacheUsageLimits: { DataStorage: { Maximum: 5001, Unit: 'GB' } } }],
  ['StorageUnitInvalid', { CacheUsageLimits: { DataStorage: { Maximum: 1, Unit: 'MB' } } }],
  ['EcpuLimitInvalid', { CacheUsageLimits: { ECPUPerSecond: { Maximum: 1 } } }],
  ['ServerlessDescriptionInvalid', { Description: '<' }],
  ['ServerlessRetentionOutOfRange', { SnapshotRetentionLimit: 36 }],
  ['DailyBackupTimeInvalid', { DailySnapshotTime: '3:00' }],
  ['DailyBackupTimeWithoutBackups', { DailySnapshotTime: '03:00' }],
  ['SnapshotArnInvalid', { SnapshotArnsToRestore: ['last'] }],
  ['FinalSnapshotNameInvalid', { FinalSnapshotName: 'a_b' }],
  ['ServerlessSubnetCount', { SubnetIds: ['a'] }],
  ['ServerlessSubnetsShareZone', { SubnetIds: ['a', 'b'] }, { SubnetIds: ['a', 'a'].map((AvailabilityZone) => view({ AvailabilityZone })) }],
  ['NetworkTypeUnfitForSubnets', { NetworkType: 'dual_stack', SubnetIds: ['a'] }, { SubnetIds: [view({ CidrBlock: '10.0.0.0/24' })] }],
];

test('every rule can fail: there is a case for each', () => {
  const overTemplates = Object.values(TEMPLATE_RULES).flat().map(({ code }) => code);
  expect([...new Set([...CASES.map(([code]) => code), ...overTemplates])].sort()).toEqual([...new Set(RULES.map(({ code }) => code))].sort());
});

describe('messages of rules', () => {
  test.each(CASES.map(([code, properties, relations = {}]) => [code, properties, relations] as const))('%s', (code, properties, relations) => {
    const rule = RULES.find((each) => each.code === code && Object.keys(properties).every((key) => each.reads.includes(key)))
      ?? RULES.find((each) => each.code === code)!;
    // A construct calls its props in lower case; a template calls its properties in upper case.
    const wordings = Object.fromEntries([...Object.keys(properties), ...rule.reads].map((key) => [key, key[0].toLowerCase() + key.slice(1)]));
    const messages = evaluate([rule], new ResourceView(rule.resourceType, properties, wordings, relations)).map(({ message }) => message);
    expect(messages).toHaveLength(1);
    expectGoodMessage(messages[0]);
  });

  test.each(Object.entries(TEMPLATE_RULES).flatMap(([folder, rules]) => rules.map((rule) => [rule.code, rule.resourceType, folder, rule] as const)))(
    '%s of %s over a template', (_, type, folder, rule) => {
      const found = evaluateTemplate(new Map([[type, [rule]]]), { Resources: caseOfRule(folder, rule).bad }, { region: 'eu-west-1' });
      expect(found).toHaveLength(1);
      // A property of a template begins with a capital letter.
      expectGoodMessage(found[0].message.replace(/^[A-Z]/, (letter) => letter.toLowerCase()));
    });

  test.each(RULES.map((rule) => [rule.code, rule] as const))('%s says what it reads, on what evidence, and where it is written', (_, rule) => {
    expect(rule.source).toMatch(/^https:\/\/docs\.aws\.amazon\.com\//);
    expect(rule.checked).toMatch(/^\d{4}-\d{2}-\d{2}$/);
    expect(rule.since).toMatch(/^\d+\.\d+\.\d+$/);
    expect(rule.reads.length).toBeGreaterThan(0);
    // What only follows from other facts must not stop anyone.
    expect(rule.evidence === 'inferred' ? rule.severity : 'any').not.toBe('error');
  });
});
