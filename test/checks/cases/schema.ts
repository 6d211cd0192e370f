import { Case, caseOf, Cases, one, TemplateResources } from './case';
import { WRONG_TYPES } from '../../../src/checks/rules/private/schema-table';

/** The least that each type takes. */
export const LEAST: Readonly<Record<string, Readonly<Record<string, unknown>>>> = {
  ReplicationGroup: {
    ReplicationGroupDescription: 'Cache',
    Engine: 'valkey',
    EngineVersion: '8.2',
    CacheNodeType: 'cache.t4g.micro',
    NumCacheClusters: 2,
    AutomaticFailoverEnabled: true,
    TransitEncryptionEnabled: true,
    CacheSubnetGroupName: 'subnets',
    CacheParameterGroupName: 'default.valkey8',
  },
  CacheCluster: { NumCacheNodes: 2, CacheNodeType: 'cache.t4g.micro', CacheSubnetGroupName: 'subnets', Engine: 'memcached', EngineVersion: '1.6.22' },
  ServerlessCache: { ServerlessCacheName: 'cache', Engine: 'valkey', MajorEngineVersion: '8', FinalSnapshotName: 'last' },
  ServerlessCacheSnapshot: { ServerlessCacheName: 'cache', ServerlessCacheSnapshotName: 'last' },
  SubnetGroup: { Description: 'Subnets', SubnetIds: ['subnet-1', 'subnet-2'] },
  ParameterGroup: { Description: 'Settings', CacheParameterGroupFamily: 'valkey8' },
  User: { UserId: 'app', UserName: 'app', Engine: 'valkey', AccessString: 'on ~* +@all', AuthenticationMode: { Type: 'password', Passwords: ['sixteen-letters-1'] } },
  UserGroup: { UserGroupId: 'users', Engine: 'valkey', UserIds: ['app'] },
  GlobalReplicationGroup: { Members: [{ ReplicationGroupId: 'cache', ReplicationGroupRegion: 'eu-west-1', Role: 'PRIMARY' }] },
};

const typeOf = (short: string) => `AWS::ElastiCache::${short}`;

function both(short: string, bad: Record<string, unknown>, good: Record<string, unknown> = {}, common: Record<string, unknown> = LEAST[short]): Case {
  return caseOf(typeOf(short), common, bad, good);
}

/** A resource one of whose attributes something else reads. */
function read(attribute: string, short: string, properties: Record<string, unknown> = LEAST[short]): TemplateResources {
  return {
    Thing: { Type: typeOf(short), Properties: properties },
    Host: { Type: 'AWS::SSM::Parameter', Properties: { Type: 'String', Value: { 'Fn::GetAtt': ['Thing', attribute] } } },
  };
}

function policy(short: string, DeletionPolicy: string): TemplateResources {
  return { Thing: { Type: typeOf(short), DeletionPolicy, Properties: { ...LEAST[short] } } };
}

const FIRST_REQUIRED: Readonly<Record<string, string>> = {
  ReplicationGroup: 'ReplicationGroupDescription',
  CacheCluster: 'CacheNodeType',
  ServerlessCache: 'ServerlessCacheName',
  ServerlessCacheSnapshot: 'ServerlessCacheName',
  SubnetGroup: 'Description',
  ParameterGroup: 'Description',
  User: 'UserId',
  UserGroup: 'UserGroupId',
  GlobalReplicationGroup: 'Members',
};
const FOREIGN: Readonly<Record<string, [string, unknown]>> = {
  ReplicationGroup: ['NumCacheNodes', 2],
  CacheCluster: ['SecurityGroupIds', ['sg-1']],
  ServerlessCache: ['CacheNodeType', 'cache.t4g.micro'],
  ServerlessCacheSnapshot: ['SnapshotName', 'last'],
  SubnetGroup: ['SecurityGroupIds', ['sg-1']],
  ParameterGroup: ['EngineVersion', '8.2'],
  User: ['UserGroupId', 'users'],
  UserGroup: ['AccessString', 'on ~* +@all'],
  GlobalReplicationGroup: ['NumCacheClusters', 2],
};
const READ_ONLY: Readonly<Record<string, string>> = {
  ReplicationGroup: 'PrimaryEndPoint',
  CacheCluster: 'RedisEndpoint',
  ServerlessCache: 'Endpoint',
  ServerlessCacheSnapshot: 'Status',
  ParameterGroup: 'CacheParameterGroupName',
  User: 'Status',
  UserGroup: 'Status',
  GlobalReplicationGroup: 'Status',
};
const PRIMARY = { ReplicationGroupId: 'cache', ReplicationGroupRegion: 'eu-west-1', Role: 'PRIMARY' };
const LISTS: Readonly<Record<string, [string, unknown[], unknown[]]>> = {
  ReplicationGroup: ['SecurityGroupIds', ['sg-1', 'sg-1'], ['sg-1', 'sg-2']],
  ServerlessCache: ['SubnetIds', ['subnet-1', 'subnet-1'], ['subnet-1', 'subnet-2']],
  User: ['Passwords', ['sixteen-letters-1', 'sixteen-letters-1'], ['sixteen-letters-1']],
  GlobalReplicationGroup: ['Members', [PRIMARY, PRIMARY], [PRIMARY]],
};

/** One case a type. */
function perType(code: string, make: (short: string) => Case | undefined): Cases {
  return Object.fromEntries(Object.keys(LEAST).flatMap((short) => {
    const made = make(short);
    return made ? [[`${code}:${short}`, made]] : [];
  }));
}

export const SCHEMA_CASES: Cases = {
  ...perType('PropertyRequired', (short) => {
    const { [FIRST_REQUIRED[short]]: required, ...rest } = LEAST[short];
    return both(short, {}, { [FIRST_REQUIRED[short]]: required }, rest);
  }),
  ...perType('PropertyNotOfType', (short) => both(short, { [FOREIGN[short][0]]: FOREIGN[short][1] })),
  ...perType('PropertyUnknown', (short) => both(short, { Colour: 'red' })),
  ...perType('PropertyTypeWrong', (short) => both(short, { Tags: { Team: 'web' } }, { Tags: [{ Key: 'Team', Value: 'web' }] })),
  ...perType('TagsInvalid', (short) => both(short, { Tags: [{ Key: 'aws:mine', Value: 'x' }] }, { Tags: [{ Key: 'mine', Value: 'x' }] })),
  ...perType('PropertyReadOnly', (short) => READ_ONLY[short] ? both(short, { [READ_ONLY[short]]: 'mine' }) : undefined),
  ...perType('ItemRepeated', (short) => {
    const [property, bad, good] = LISTS[short] ?? [];
    const common = short === 'User' ? { UserId: 'app', UserName: 'app', Engine: 'valkey', AccessString: 'on ~* +@all' } : LEAST[short];
    return property === undefined ? undefined : both(short, { [property]: bad }, { [property]: good }, common);
  }),
  ...perType('AttributeUnknown', (short) => (
    { bad: read('Nothing.Such', short), good: { Thing: { Type: typeOf(short), Properties: { ...LEAST[short] } } } })),
  ...perType('SnapshotPolicyUnsupported', (short) => short === 'ReplicationGroup' || short === 'CacheCluster' ? undefined
    : { bad: policy(short, 'Snapshot'), good: policy(short, 'Retain') }),
  'EndpointNotOfMode': {
    bad: read('ConfigurationEndPoint.Address', 'ReplicationGroup'), good: read('PrimaryEndPoint.Address', 'ReplicationGroup'),
  },
  'EndpointNotOfEngine': { bad: read('RedisEndpoint.Address', 'CacheCluster'), good: read('ConfigurationEndpoint.Address', 'CacheCluster') },
  'ValueNotOffered': both('CacheCluster', { AZMode: 'multi-az' }, { AZMode: 'cross-az' }),
  'ValueNotOffered:ReplicationGroup': both('ReplicationGroup', { NetworkType: 'dual' }, { NetworkType: 'ipv4' }),
  'ValueNotOffered:ServerlessCache': both('ServerlessCache', { NetworkType: 'dual' }, { NetworkType: 'ipv4' }),
  ...Object.fromEntries(WRONG_TYPES.map(([wrong, right]) => [`ResourceTypeUnknown:${wrong}`, {
    bad: one(wrong, LEAST[right.split('::')[2]]), good: one(right, LEAST[right.split('::')[2]]),
  }])),
  'CacheSecurityGroupGone': {
    bad: one(typeOf('SecurityGroup'), { Description: 'Clients' }), good: one('AWS::EC2::SecurityGroup', { GroupDescription: 'Clients' }),
  },
  'CacheSecurityGroupGone:SecurityGroupIngress': {
    bad: one(typeOf('SecurityGroupIngress'), { CacheSecurityGroupName: 'clients', EC2SecurityGroupName: 'web' }),
    good: one('AWS::EC2::SecurityGroup', { GroupDescription: 'Clients' }),
  },
};
