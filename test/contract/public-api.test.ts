// Walks the assembly that jsii makes of the library: what other languages see is what is promised.
import * as fs from 'fs';
import * as path from 'path';

const FILE = path.join(__dirname, '..', '..', '.jsii');
if (!fs.existsSync(FILE)) {
  throw new Error('.jsii is missing: run npx projen compile before this test, which reads the public API from it');
}

interface Docs { summary?: string; default?: string; custom?: Record<string, string> }
interface Member {
  name: string; docs?: Docs; optional?: boolean; static?: boolean; protected?: boolean; overrides?: string; parameters?: { name: string }[];
}
interface Type {
  fqn: string;
  name: string;
  kind: 'class' | 'interface' | 'enum';
  datatype?: boolean;
  abstract?: boolean;
  base?: string;
  interfaces?: string[];
  docs?: Docs;
  methods?: Member[];
  properties?: Member[];
  members?: Member[];
  locationInModule?: { filename: string };
}

const assembly = JSON.parse(fs.readFileSync(FILE, 'utf8'));
const TYPES: Type[] = Object.values(assembly.types);
const membersOf = (type: Type): Member[] => [...type.methods ?? [], ...type.properties ?? [], ...type.members ?? []];
const allMembers = TYPES.flatMap((type) => membersOf(type).map((member) => ({ type, member, where: `${type.name}.${member.name}` })));

/** The classes a class is made from, nearest first. */
function ancestors(type: Type): string[] {
  const base = TYPES.find(({ fqn }) => fqn === type.base);
  return type.base ? [type.base, ...base ? ancestors(base) : []] : [];
}

const RESOURCES = TYPES.filter((type) => type.kind === 'class' && ancestors(type).includes('aws-cdk-lib.Resource'));
const statics = (type: Type) => (type.methods ?? []).filter((method) => method.static).map(({ name }) => name);

test('the assembly was walked', () => {
  expect(assembly.name).toBe('cdk-elasticache');
  expect(TYPES.length).toBeGreaterThan(50);
  expect(RESOURCES.map(({ name }) => name).sort()).toEqual([
    'GlobalDatastore', 'IamUser', 'MemcachedCluster', 'NoPasswordUser', 'ParameterGroup', 'PasswordUser', 'ReplicationGroup',
    'SecondaryReplicationGroup', 'ServerlessCache', 'SubnetGroup', 'User', 'UserGroup',
  ]);
});

test('the names that are exported', () => {
  expect(TYPES.map(({ name }) => name).sort()).toEqual([
    'AccessString', 'AddIamUserOptions', 'AddUserOptions', 'AlarmSeverity', 'AlarmThresholds', 'AnyCacheEventOptions', 'AuthToken',
    'AuthTokenAttributes', 'AuthTokenProps', 'BackupWindow', 'CacheAccess', 'CacheAlarmOptions', 'CacheAlarms', 'CacheAlarmsProps',
    'CacheAuthentication', 'CacheCluster', 'CacheClusterOptions', 'CacheClusterProps', 'CacheDashboard', 'CacheDashboardProps', 'CacheDefaults',
    'CacheDnsNames', 'CacheDnsNamesProps', 'CacheEndpointOutputs', 'CacheEndpointOutputsProps', 'CacheEndpointParameters',
    'CacheEndpointParametersProps', 'CacheEngine', 'CacheEventOptions', 'CacheEventTarget', 'CacheEvents', 'CacheGrants', 'CacheMetrics',
    'CacheNodeType', 'CacheProfile', 'CacheSymptom', 'CacheTopology', 'CloudWatchLogDeliveryOptions', 'ClusterMode', 'CommandFamily',
    'CompatibleClusterModeOptions', 'ConnectionType', 'CredentialRotation', 'DailyWindowOptions', 'DisabledClusterModeOptions', 'Durability',
    'ElastiCacheChecks', 'EnabledClusterModeOptions', 'Endpoint', 'EngineFeatures', 'EngineParameters', 'FirehoseLogDeliveryOptions',
    'GlobalDatastore', 'GlobalDatastoreAttributes', 'GlobalDatastoreProps', 'GrantAccessOptions', 'IAuthToken', 'ICacheCluster', 'IGlobalDatastore',
    'IMemcachedCluster', 'IParameterGroup', 'IReplicationGroup', 'IServerlessCache', 'ISubnetGroup', 'IUser', 'IUserGroup',
    'IamAuthenticationOptions', 'IamUser', 'IamUserProps', 'IpDiscovery', 'LogDelivery', 'LogFormat', 'MaintenanceWindow', 'MaxmemoryPolicy',
    'MemcachedCluster', 'MemcachedClusterAttributes', 'MemcachedClusterOptions', 'MemcachedClusterProps', 'MemcachedHashAlgorithm',
    'MemcachedParameters', 'MemcachedProtocol', 'MemcachedSlabAutomove', 'MemcachedTopologyOptions', 'MemcachedVersion', 'NetworkType',
    'NoPasswordUser', 'NoPasswordUserProps', 'NodeRole', 'NodeTypeFeatures', 'ParameterGroup', 'ParameterGroupProps', 'Parameters',
    'PasswordAuthenticationOptions', 'PasswordUser', 'PasswordUserProps', 'RedisVersion', 'ReplicatedTopologyOptions', 'ReplicationGroup',
    'ReplicationGroupAttributes', 'ReplicationGroupOptions', 'ReplicationGroupProps', 'RestoreSource', 'RotationOptions',
    'SecondaryReplicationGroup', 'SecondaryReplicationGroupProps', 'ServerlessCache', 'ServerlessCacheAttributes', 'ServerlessCacheOptions',
    'ServerlessCacheProps', 'ServerlessTopologyOptions', 'ShardConfiguration', 'ShardedTopologyOptions', 'SingleNodeTopologyOptions',
    'SlowLogAnalysis', 'SlowLogAnalysisProps', 'StorageTier', 'SubnetGroup', 'SubnetGroupProps', 'TransitEncryptionMode', 'UsageLimits',
    'UsageLimitsOptions', 'User', 'UserAttributes', 'UserAuthentication', 'UserGroup', 'UserGroupAttributes', 'UserGroupProps', 'UserOptions',
    'ValkeyVersion', 'VersionOptions', 'Weekday', 'WeeklyWindowOptions',
  ]);
});

test('every optional prop says its default', () => {
  const silent = allMembers.filter(({ type, member }) => type.datatype && member.optional && !member.docs?.default);
  expect(silent.map(({ where }) => where)).toEqual([]);
});

test('no required prop has a default', () => {
  const odd = allMembers.filter(({ type, member }) => type.datatype && !member.optional && member.docs?.default);
  expect(odd.map(({ where }) => where)).toEqual([]);
});

test('every type and every member has a summary', () => {
  expect(TYPES.filter(({ docs }) => !docs?.summary).map(({ name }) => name)).toEqual([]);
  expect(allMembers.filter(({ member }) => !member.docs?.summary && !member.overrides).map(({ where }) => where)).toEqual([]);
});

describe.each(RESOURCES.filter(({ base }) => base === 'aws-cdk-lib.Resource').map((type) => [type.name, type] as const))('the construct %s', (name, type) => {
  // A secondary that this app does not own is a replication group like any other.
  const kind = name === 'SecondaryReplicationGroup' ? TYPES.find((each) => each.name === 'ReplicationGroup')! : type;
  test('can be told from others', () => expect(statics(type)).toContain(`is${name}`));
  test('can be imported', () => expect(statics(kind).filter((each) => each.startsWith(`from${kind.name}`)).length).toBeGreaterThan(0));
  test('has an interface', () => expect(TYPES.map((each) => each.name)).toContain(`I${kind.name}`));
  test('says its resource', () => expect(type.docs?.custom?.resource).toMatch(/^AWS::ElastiCache::/));
});

test('a construct above the resources can be told from others too', () => {
  expect(statics(TYPES.find(({ name }) => name === 'CacheCluster')!)).toContain('isCacheCluster');
});

test('nothing private is exported', () => {
  expect(TYPES.filter(({ locationInModule }) => /\/private\//.test(locationInModule?.filename ?? '')).map(({ name }) => name)).toEqual([]);
  expect(allMembers.filter(({ member }) => member.name.startsWith('_')).map(({ where }) => where)).toEqual([]);
});

test('no member is called getXxx, which Java takes for the getter of a property', () => {
  expect(allMembers.filter(({ member }) => /^get[A-Z]/.test(member.name)).map(({ where }) => where)).toEqual([]);
});

test('no class has 300 statics: Java and .NET initialise all of them at once', () => {
  TYPES.forEach((type) => expect(membersOf(type).filter((member) => member.static).length).toBeLessThan(300));
});

test('no member is called like its class, which C# renames', () => {
  expect(allMembers.filter(({ type, member }) => member.name.toLowerCase() === type.name.toLowerCase()).map(({ where }) => where)).toEqual([]);
});

test('no name is a keyword of Python, Java, C# or Go', () => {
  const KEYWORDS = /^(lambda|and|or|not|def|del|pass|yield|None|default|class|import|package|object|ref|out|in|is|func|type|range|map|var|public|static|void|int|null)$/;
  const parameters = allMembers.flatMap(({ member, where }) => (member.parameters ?? []).map(({ name }) => ({ name, where: `${where}(${name})` })));
  const named = [...allMembers.map(({ member, where }) => ({ name: member.name, where })), ...parameters];
  expect(named.filter(({ name }) => KEYWORDS.test(name)).map(({ where }) => where)).toEqual([]);
});

test('interfaces of behaviour begin with I, structs do not', () => {
  const interfaces = TYPES.filter(({ kind }) => kind === 'interface');
  expect(interfaces.filter(({ name, datatype }) => /^I[A-Z]/.test(name) === Boolean(datatype)).map(({ name }) => name)).toEqual([]);
});

test('nothing protected is promised: subclasses in other languages would rely on it', () => {
  expect(allMembers.filter(({ member }) => member.protected).map(({ where }) => where)).toEqual([]);
});
