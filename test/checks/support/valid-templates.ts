// Valid caches as raw CloudFormation, drawn from the tables: nothing here may be rejected.
import * as fc from 'fast-check';
import { EngineName, familyOf, supports, VERSIONS } from '../../../src/engine/private/engine-table';
import { NODE_TYPE_ROWS, NodeTypeRow } from '../../../src/node-type/private/node-type-table';
import { isAtLeast } from '../../../src/private/version-number';
import { SERVERLESS_ENGINES } from '../../../src/serverless/private/serverless-table';
import { TemplateResources } from '../cases';

type Properties = Record<string, unknown>;

/** Whether AWS's tables let a node type run an engine at a version. */
export function fits(row: NodeTypeRow, engine: EngineName, version: string): boolean {
  const minimum = { valkey: row.minValkey, redis: row.minRedis, memcached: row.minMemcached }[engine];
  return row.creatable && row.engines?.includes(engine) === true && (minimum === undefined || isAtLeast(version, minimum) === true);
}

/** Every version with every node type that runs it. */
export const ON_NODES = VERSIONS.flatMap(({ engine, version }) =>
  NODE_TYPE_ROWS.filter((row) => fits(row, engine, version)).map((row) => ({ engine, version, row, family: familyOf(engine, version)! })));

const letters = fc.constantFrom(...'abcdefghijklmnopqrstuvwxyz');
/** Names that every type takes. */
export const name = fc.tuple(letters, fc.array(fc.constantFrom(...'abcdefghijklmnopqrstuvwxyz0123456789'), { maxLength: 30 }))
  .map(([first, rest]) => first + rest.join(''));
const hour = (value: number) => String(value).padStart(2, '0');
const tags = fc.array(fc.record({ Key: name, Value: name }), { maxLength: 3 });
const backupWindow = fc.integer({ min: 0, max: 8 }).map((start) => `${hour(start)}:00-${hour(start + 1)}:30`);
const maintenanceWindow = fc.tuple(fc.constantFrom('sun', 'Wed', 'sat'), fc.integer({ min: 12, max: 20 }))
  .map(([day, start]) => `${day}:${hour(start)}:00-${day}:${hour(start + 2)}:00`);
const port = fc.integer({ min: 1150, max: 65535 }).filter((value) => value !== 8005);
/** CloudFormation takes numbers and flags as texts too. */
const asText = fc.boolean();
const number = (value: number, text: boolean) => text ? String(value) : value;

function maybe(properties: Record<string, fc.Arbitrary<unknown>>): fc.Arbitrary<Properties> {
  return fc.record(properties, { requiredKeys: [] }).map((drawn) => ({ ...drawn }));
}

function logs(...types: string[]): object[] {
  return types.map((LogType) => (
    { LogType, LogFormat: 'json', DestinationType: 'cloudwatch-logs', DestinationDetails: { CloudWatchLogsDetails: { LogGroup: { Ref: 'Logs' } } } }));
}

/** What caches on nodes stand on. */
const SURROUNDINGS: TemplateResources = {
  One: { Type: 'AWS::EC2::Subnet', Properties: { VpcId: 'vpc-1', AvailabilityZone: 'eu-west-1a', CidrBlock: '10.0.0.0/24' } },
  Two: { Type: 'AWS::EC2::Subnet', Properties: { VpcId: 'vpc-1', AvailabilityZone: 'eu-west-1b', CidrBlock: '10.0.1.0/24' } },
  Subnets: { Type: 'AWS::ElastiCache::SubnetGroup', Properties: { Description: 'Subnets', SubnetIds: [{ Ref: 'One' }, { Ref: 'Two' }] } },
  Clients: { Type: 'AWS::EC2::SecurityGroup', Properties: { GroupDescription: 'Clients', VpcId: 'vpc-1' } },
  Security: {
    Type: 'AWS::EC2::SecurityGroup',
    Properties: {
      GroupDescription: 'Cache',
      VpcId: 'vpc-1',
      SecurityGroupIngress: [{ IpProtocol: 'tcp', FromPort: 1150, ToPort: 65535, SourceSecurityGroupId: { 'Fn::GetAtt': ['Clients', 'GroupId'] } }],
    },
  },
  Logs: { Type: 'AWS::Logs::LogGroup', Properties: { RetentionInDays: 30 } },
  Key: { Type: 'AWS::KMS::Key', Properties: { KeyPolicy: {} } },
  Topic: { Type: 'AWS::SNS::Topic', Properties: {} },
};

function users(engine: string): TemplateResources {
  return {
    App: {
      Type: 'AWS::ElastiCache::User',
      Properties: {
        UserId: 'the-app',
        UserName: 'app',
        Engine: engine,
        AccessString: 'on ~app:* +@all -@dangerous',
        AuthenticationMode: { Type: 'password', Passwords: ['{{resolve:secretsmanager:app:SecretString:password}}'] },
      },
    },
    ...engine === 'redis' ? {
      Nobody: {
        Type: 'AWS::ElastiCache::User',
        Properties: { UserId: 'the-nobody', UserName: 'default', Engine: 'redis', AccessString: 'off ~* -@all', NoPasswordRequired: true },
      },
    } : {},
    Users: {
      Type: 'AWS::ElastiCache::UserGroup',
      DependsOn: engine === 'redis' ? ['App', 'Nobody'] : ['App'],
      Properties: { UserGroupId: 'the-users', Engine: engine, UserIds: engine === 'redis' ? ['the-app', 'the-nobody'] : ['the-app'] },
    },
  };
}

const ON_REPLICAS = ON_NODES.filter(({ engine }) => engine !== 'memcached');

/** A replication group of any engine, version, node type and mode, with whatever else it can have. */
export const replicationGroups: fc.Arbitrary<TemplateResources> = fc.record({
  on: fc.constantFrom(...ON_REPLICAS),
  mode: fc.constantFrom('single', 'replicated', 'sharded'),
  shards: fc.integer({ min: 1, max: 20 }),
  replicas: fc.integer({ min: 1, max: 4 }),
  multiAz: fc.boolean(),
  custom: fc.boolean(),
  secured: fc.constantFrom('none', 'tls', 'users'),
  logged: fc.boolean(),
  encrypted: fc.boolean(),
  text: asText,
  more: maybe({
    ReplicationGroupId: name,
    Port: port,
    Tags: tags,
    SnapshotRetentionLimit: fc.integer({ min: 0, max: 35 }),
    SnapshotWindow: backupWindow,
    PreferredMaintenanceWindow: maintenanceWindow,
    AutoMinorVersionUpgrade: fc.boolean(),
    NotificationTopicArn: fc.constant({ Ref: 'Topic' }),
  }),
}).map(({ on: { engine, version, row, family }, mode, shards, replicas, multiAz, custom, secured, logged, encrypted, text, more }) => {
  const replicated = mode !== 'single';
  const withUsers = secured === 'users' && supports('userGroups', engine, version) === true;
  const delivered = [
    ...supports('slowLog', engine, version) ? ['slow-log'] : [], ...supports('engineLog', engine, version) ? ['engine-log'] : [],
  ];
  return {
    ...SURROUNDINGS,
    ...withUsers ? users(engine) : {},
    ...custom ? {
      Parameters: {
        Type: 'AWS::ElastiCache::ParameterGroup',
        Properties: {
          CacheParameterGroupFamily: family,
          Description: 'Settings',
          Properties: { 'maxmemory-policy': 'allkeys-lru', ...mode === 'sharded' ? { 'cluster-enabled': 'yes' } : {} },
        },
      },
    } : {},
    Thing: {
      Type: 'AWS::ElastiCache::ReplicationGroup',
      Properties: {
        ReplicationGroupDescription: 'Cache',
        Engine: engine,
        EngineVersion: version,
        CacheNodeType: row.name,
        ...row.dataTiering ? { DataTieringEnabled: true } : {},
        ...mode === 'sharded' ? { NumNodeGroups: number(shards, text), ReplicasPerNodeGroup: number(replicas, text) }
          : { NumCacheClusters: number(replicated ? 1 + replicas : 1, text) },
        AutomaticFailoverEnabled: text ? String(replicated) : replicated,
        MultiAZEnabled: replicated && multiAz,
        CacheSubnetGroupName: { Ref: 'Subnets' },
        SecurityGroupIds: [{ 'Fn::GetAtt': ['Security', 'GroupId'] }],
        CacheParameterGroupName: custom ? { Ref: 'Parameters' } : `default.${family}${mode === 'sharded' ? '.cluster.on' : ''}`,
        TransitEncryptionEnabled: secured !== 'none',
        ...withUsers ? { UserGroupIds: ['the-users'] } : {},
        ...encrypted ? { AtRestEncryptionEnabled: true, KmsKeyId: { 'Fn::GetAtt': ['Key', 'Arn'] } } : {},
        ...logged && delivered.length > 0 ? { LogDeliveryConfigurations: logs(...delivered) } : {},
        ...more,
      },
      ...withUsers ? { DependsOn: 'Users' } : {},
    },
  };
});

/** A cache cluster: Memcached, or one node of Redis OSS. */
export const cacheClusters: fc.Arbitrary<TemplateResources> = fc.record({
  on: fc.constantFrom(...ON_NODES.filter(({ engine, row }) => engine === 'memcached' || (engine === 'redis' && !row.dataTiering))),
  nodes: fc.integer({ min: 2, max: 20 }),
  crossAz: fc.boolean(),
  custom: fc.boolean(),
  tls: fc.boolean(),
  text: asText,
  more: maybe({ ClusterName: name, Port: port, Tags: tags, PreferredMaintenanceWindow: maintenanceWindow, AutoMinorVersionUpgrade: fc.boolean() }),
  backups: maybe({ SnapshotRetentionLimit: fc.integer({ min: 0, max: 35 }), SnapshotWindow: backupWindow, SnapshotName: name }),
}).map(({ on: { engine, version, row, family }, nodes, crossAz, custom, tls, text, more, backups }) => {
  const memcached = engine === 'memcached';
  const encrypts = memcached && tls && supports('transitEncryption', engine, version) === true && row.memcachedTls === true;
  return {
    ...SURROUNDINGS,
    ...custom ? { Parameters: { Type: 'AWS::ElastiCache::ParameterGroup', Properties: { CacheParameterGroupFamily: family, Description: 'Settings' } } } : {},
    Thing: {
      Type: 'AWS::ElastiCache::CacheCluster',
      Properties: {
        Engine: engine,
        EngineVersion: version,
        CacheNodeType: row.name,
        NumCacheNodes: number(memcached ? nodes : 1, text),
        CacheSubnetGroupName: { Ref: 'Subnets' },
        VpcSecurityGroupIds: [{ 'Fn::GetAtt': ['Security', 'GroupId'] }],
        ...memcached && crossAz ? { AZMode: 'cross-az' } : {},
        ...custom ? { CacheParameterGroupName: { Ref: 'Parameters' } } : {},
        ...encrypts ? { TransitEncryptionEnabled: true } : {},
        ...memcached ? {} : backups,
        ...more,
      },
    },
  };
});

/** A serverless cache. */
export const serverlessCaches: fc.Arbitrary<TemplateResources> = fc.record({
  on: fc.constantFrom(...SERVERLESS_ENGINES.flatMap((row) => row.majors.map((major) => ({ row, major })))),
  storage: fc.tuple(fc.integer({ min: 1, max: 2500 }), fc.integer({ min: 2500, max: 5000 })),
  limited: fc.boolean(),
  withUsers: fc.boolean(),
  more: maybe({
    Description: name,
    DailySnapshotTime: fc.integer({ min: 0, max: 23 }).map((value) => `${hour(value)}:30`),
    Tags: tags,
    FinalSnapshotName: name,
    SnapshotRetentionLimit: fc.integer({ min: 1, max: 35 }),
    KmsKeyId: fc.constant({ 'Fn::GetAtt': ['Key', 'Arn'] }),
  }),
}).map(({ on: { row, major }, storage: [Minimum, Maximum], limited, withUsers, more }) => ({
  ...SURROUNDINGS,
  ...withUsers && row.engine !== 'memcached' ? users(row.engine) : {},
  Thing: {
    Type: 'AWS::ElastiCache::ServerlessCache',
    Properties: {
      ServerlessCacheName: 'cache',
      Engine: row.engine,
      MajorEngineVersion: major,
      SubnetIds: [{ Ref: 'One' }, { Ref: 'Two' }],
      SecurityGroupIds: [{ 'Fn::GetAtt': ['Security', 'GroupId'] }],
      ...limited ? { CacheUsageLimits: { DataStorage: { Minimum, Maximum, Unit: 'GB' }, ECPUPerSecond: { Minimum: 1000, Maximum: 15_000_000 } } } : {},
      ...withUsers && row.engine !== 'memcached' ? { UserGroupId: { Ref: 'Users' } } : {},
      ...more,
    },
  },
}));

export const VALID: readonly fc.Arbitrary<TemplateResources>[] = [replicationGroups, cacheClusters, serverlessCaches];
