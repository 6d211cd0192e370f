import { cluster, DEFAULT_USER, group, node, parameters, redis, resources, serverless, SUBNETS, Template, TUNING, type, user, Valid, valkey } from './bases';

const LOGS = (LogType: string, LogGroup: unknown = 'logs'): Readonly<Record<string, unknown>> => (
  { LogType, LogFormat: 'json', DestinationType: 'cloudwatch-logs', DestinationDetails: { CloudWatchLogsDetails: { LogGroup } } });
const PARAMETER = (more: Readonly<Record<string, unknown>> = {}, name = 'Value') => ({ Parameters: { [name]: { Type: 'String', ...more } } });
const VALUE = { Ref: 'Value' };
const SINGLE = { NumCacheClusters: 1, AutomaticFailoverEnabled: false };
const ABSENT = { Ref: 'AWS::NoValue' };

const REPLICATION_GROUPS: Readonly<Record<string, Template>> = {
  'a primary and a replica': redis(),
  'two shards of Valkey': valkey(),
  'a group as texts alone': redis({ NumCacheClusters: '2', AutomaticFailoverEnabled: 'true', AtRestEncryptionEnabled: 'true', Port: '6380' }),
  'one node': redis(SINGLE),
  'one node, with Multi-AZ off': redis({ ...SINGLE, MultiAZEnabled: false }),
  'a count of nodes that nobody knows': redis({ NumCacheClusters: VALUE }, {}, { Parameters: { Value: { Type: 'Number' } } }),
  'failover that nobody knows': redis({ NumCacheClusters: 1, AutomaticFailoverEnabled: VALUE }, {}, PARAMETER()),
  'failover by parameter, off by default, with one node': redis({ NumCacheClusters: 1, AutomaticFailoverEnabled: VALUE }, {},
    PARAMETER({ Default: 'false', AllowedValues: ['false'] })),
  'six nodes over three zones': redis({ NumCacheClusters: 6, PreferredCacheClusterAZs: ['a', 'b', 'c', 'a', 'b', 'c'].map((zone) => `eu-west-1${zone}`) }),
  'zones of the region': redis({ PreferredCacheClusterAZs: [0, 1].map((index) => ({ 'Fn::Select': [index, { 'Fn::GetAZs': '' }] })) }),
  'a list of zones by parameter': redis({ PreferredCacheClusterAZs: VALUE }, {}, { Parameters: { Value: { Type: 'CommaDelimitedList' } } }),
  'a version of the service': redis({ EngineVersion: undefined }),
  'Valkey in a version of the service': valkey({ EngineVersion: undefined }),
  'Redis OSS 6.0': redis({ EngineVersion: '6.0', CacheParameterGroupName: 'default.redis6.x' }),
  'Redis OSS 7.0 on r7g': redis({ EngineVersion: '7.0', CacheNodeType: 'cache.r7g.16xlarge' }),
  'Valkey 9.1 on m8g': valkey({ EngineVersion: '9.1', CacheNodeType: 'cache.m8g.large' }),
  'a Valkey of next year': valkey({ EngineVersion: '10.0' }),
  'a node type of next year': valkey({ CacheNodeType: 'cache.r9g.large' }),
  'Redis OSS on r4': redis({ CacheNodeType: 'cache.r4.large' }),
  'Redis OSS on t2 with failover': redis({ CacheNodeType: 'cache.t2.medium' }),
  'the default parameters of cluster mode, and no counts': redis({
    NumCacheClusters: undefined, NumNodeGroups: 2, ReplicasPerNodeGroup: 1, CacheParameterGroupName: 'default.redis7.cluster.on',
  }),
  'several shards without a group of parameters': redis({ NumCacheClusters: undefined, NumNodeGroups: 3, ReplicasPerNodeGroup: 2 }),
  'shards without replicas, failover on': valkey({ ReplicasPerNodeGroup: 0, MultiAZEnabled: false }),
  'shards in a group of parameters of elsewhere': valkey({ CacheParameterGroupName: 'shop-valkey8-cluster' }),
  'parameters of another stack': valkey({ CacheParameterGroupName: { 'Fn::ImportValue': 'parameters' } }),
  'parameters of the template': redis(TUNING, parameters('redis7', { 'maxmemory-policy': 'volatile-lru', 'timeout': '0', 'databases': '32' })),
  'parameters as numbers': redis(TUNING, parameters('redis7', { 'timeout': 300, 'reserved-memory-percent': 30, 'slowlog-max-len': 256 })),
  'parameters of Redis OSS 6 for version 6.2': redis({ ...TUNING, EngineVersion: '6.2' }, parameters('redis6.x', { 'cluster-enabled': 'no' })),
  'a parameter that nobody knows': redis(TUNING, parameters('redis7', { 'a-parameter-of-tomorrow': 'yes' })),
  'eighty shards': valkey({ NumNodeGroups: 80, ReplicasPerNodeGroup: 0, MultiAZEnabled: false }),
  'five hundred nodes': valkey({ NumNodeGroups: 250, ReplicasPerNodeGroup: 1 }),
  'slots': valkey({ NodeGroupConfiguration: [{ Slots: '0-8191' }, { Slots: '8192-16383' }], ReplicasPerNodeGroup: 1 }),
  'slots in pieces': valkey({ NodeGroupConfiguration: [{ Slots: '0-100,200-8191' }, { Slots: '101-199,8192-16383' }] }),
  'one shard with its zones, cluster mode disabled': redis({
    NumCacheClusters: undefined,
    NumNodeGroups: 1,
    NodeGroupConfiguration: [{ PrimaryAvailabilityZone: 'eu-west-1a', ReplicaAvailabilityZones: ['eu-west-1b'], ReplicaCount: 1 }],
  }),
  'the node to snapshot': redis({ ReplicationGroupId: 'shop', SnapshottingClusterId: 'shop-002', SnapshotRetentionLimit: 1 }),
  'a key': redis({ KmsKeyId: 'arn:aws:kms:eu-west-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab' }),
  'a key of China, by its id': redis({ KmsKeyId: '1234abcd-12ab-34cd-56ef-1234567890ab' }),
  'the key of the template': redis({ KmsKeyId: { 'Fn::GetAtt': ['Key', 'Arn'] } }, { Key: { Type: 'AWS::KMS::Key', Properties: { KeyPolicy: {} } } }),
  'Valkey with a key, at-rest encryption said': valkey({ KmsKeyId: VALUE }, {}, PARAMETER()),
  'a token of Secrets Manager': redis({ AuthToken: '{{resolve:secretsmanager:cache/token:SecretString:token}}' }),
  'a token as it may be': redis({ AuthToken: 'abcdefgh-IJKLMNOP&1234!#$^<>' }),
  'a token of a secret of the template': redis({ AuthToken: { 'Fn::Sub': '{{resolve:secretsmanager:${Token}}}' } }, {
    Token: { Type: 'AWS::SecretsManager::Secret', Properties: { GenerateSecretString: { PasswordLength: 64, ExcludePunctuation: true } } },
  }),
  'a token of a secret that leaves out what is not allowed': redis({ AuthToken: { 'Fn::Sub': '{{resolve:secretsmanager:${Token}::}}' } }, {
    Token: { Type: 'AWS::SecretsManager::Secret', Properties: { GenerateSecretString: { ExcludeCharacters: '"@/\\\'%*()_+=~`[]{}|:;,.?' } } },
  }),
  'a token inside a JSON secret': redis({ AuthToken: { 'Fn::Sub': '{{resolve:secretsmanager:${Token}:SecretString:token}}' } }, {
    Token: {
      Type: 'AWS::SecretsManager::Secret',
      Properties: { GenerateSecretString: { SecretStringTemplate: '{}', GenerateStringKey: 'token', PasswordLength: 32, ExcludePunctuation: true } },
    },
  }),
  'TLS preferred, in a migration': redis({ TransitEncryptionMode: 'preferred' }),
  'a token that is there by condition': redis({
    AuthToken: { 'Fn::If': ['Safe', '{{resolve:secretsmanager:token}}', ABSENT] }, TransitEncryptionEnabled: { 'Fn::If': ['Safe', true, false] },
  }, {}, { ...PARAMETER({ Default: 'yes', AllowedValues: ['yes', 'no'] }), Conditions: { Safe: { 'Fn::Equals': [VALUE, 'yes'] } } }),
  'users': valkey({ UserGroupIds: ['app-users'], TransitEncryptionMode: 'required' }),
  'no users in a list': valkey({ UserGroupIds: [] }),
  'users of Redis OSS on Valkey': valkey({ UserGroupIds: [{ Ref: 'Group' }] },
    { Closed: DEFAULT_USER, Group: group([{ Ref: 'Closed' }], 'redis') }),
  'logs of both types': valkey({ LogDeliveryConfigurations: [LOGS('slow-log'), LOGS('engine-log')] }),
  'slow logs of Redis OSS 6.0': redis({ EngineVersion: '6.0', LogDeliveryConfigurations: [LOGS('slow-log', { Ref: 'Logs' })] },
    { Logs: { Type: 'AWS::Logs::LogGroup', Properties: { RetentionInDays: 30 } } }),
  'logs into the stream of a Firehose': valkey({
    LogDeliveryConfigurations: [{
      LogType: 'slow-log', LogFormat: 'text', DestinationType: 'kinesis-firehose', DestinationDetails: { KinesisFirehoseDetails: { DeliveryStream: VALUE } },
    }],
  }, {}, PARAMETER()),
  'durable shards': valkey({ EngineVersion: '9.0', CacheNodeType: 'cache.r7g.large', Durability: 'sync' }),
  'windows side by side': redis({ SnapshotRetentionLimit: 7, SnapshotWindow: '04:00-05:00', PreferredMaintenanceWindow: 'sun:05:00-sun:06:00' }),
  'a snapshot window over midnight': redis({ SnapshotRetentionLimit: 7, SnapshotWindow: '23:30-00:30', PreferredMaintenanceWindow: 'tue:10:00-tue:11:00' }),
  'a retention of zero': redis({ SnapshotRetentionLimit: 0 }),
  'a backup out of a bucket': redis({ SnapshotArns: ['arn:aws:s3:::backups/shop.rdb'] }),
  'a backup by name': redis({ SnapshotName: 'yesterday' }),
  'ports at the borders': redis({ Port: 1150 }),
  'the last port': redis({ Port: 65535 }),
  'a name with capitals': redis({ ReplicationGroupId: 'Shop-Sessions' }),
  'a name of 40 characters': redis({ ReplicationGroupId: 's'.repeat(40) }),
  'a name by stack': redis({ ReplicationGroupId: { 'Fn::Join': ['-', [{ Ref: 'AWS::StackName' }, 'cache']] } }),
  'a primary that is there already': redis({
    PrimaryClusterId: 'old-cache',
    Engine: undefined,
    EngineVersion: undefined,
    NumCacheClusters: undefined,
    TransitEncryptionEnabled: undefined,
    AtRestEncryptionEnabled: undefined,
  }),
  'no subnet group and no TLS: the default VPC': redis({ CacheSubnetGroupName: undefined, TransitEncryptionEnabled: false, AtRestEncryptionEnabled: false }),
  'TLS in a group of subnets of elsewhere': redis({ CacheSubnetGroupName: 'default' }),
  'what is absent by NoValue': redis({ KmsKeyId: ABSENT, AuthToken: ABSENT, SnapshotWindow: ABSENT, UserGroupIds: ABSENT, Port: ABSENT, Tags: ABSENT }),
  'security groups out of a function': redis({ SecurityGroupIds: { 'Fn::Split': [',', { 'Fn::ImportValue': 'groups' }] } }),
  'a compatible mode': redis({ ClusterMode: 'compatible' }),
  'a disabled mode': redis({ ClusterMode: 'disabled' }),
  'a description out of functions': redis({ ReplicationGroupDescription: { 'Fn::Sub': ['${a} of ${AWS::StackName}', { a: { Ref: 'AWS::Region' } }] } }),
  'a transform inside': redis({ 'Fn::Transform': { Name: 'AWS::Include', Parameters: { Location: 's3://shared/cache.yaml' } } }),
  'a policy of deletion': resources({ ...redis().Resources, Sessions: { ...redis().Resources.Sessions, DeletionPolicy: 'Snapshot', UpdateReplacePolicy: 'Retain' } }),
};

const CLUSTERS: Readonly<Record<string, Template>> = {
  'two nodes of Memcached': cluster(),
  'one node of Redis OSS': node(),
  'forty nodes': cluster({ NumCacheNodes: 40 }),
  'Memcached 1.6.22 on c7gn': cluster({ EngineVersion: '1.6.22', CacheNodeType: 'cache.c7gn.large' }),
  'Memcached 1.5.16 with its parameters': cluster({ EngineVersion: '1.5.16', CacheParameterGroupName: 'default.memcached1.5' }),
  'Memcached 1.4.5 on t2': cluster({ EngineVersion: '1.4.5', CacheNodeType: 'cache.t2.micro' }),
  'items of 8 MB': cluster({ EngineVersion: '1.6.12', ...TUNING }, parameters('memcached1.6', { max_item_size: '8388608' })),
  'one zone': cluster({ PreferredAvailabilityZone: 'eu-west-1a', AZMode: 'single-az' }),
  'a zone of one Redis OSS node': node({ PreferredAvailabilityZone: 'eu-west-1a' }),
  'snapshots of Redis OSS': node({ SnapshotRetentionLimit: 5, SnapshotWindow: '03:00-04:00', SnapshotName: 'old' }),
  'one backup out of a bucket': node({ SnapshotArns: ['arn:aws:s3:::backups/one.rdb'] }),
  'logs of one node': node({ LogDeliveryConfigurations: [LOGS('slow-log'), LOGS('engine-log')] }),
  'IPv6 of Memcached': cluster({ EngineVersion: '1.6.6', NetworkType: 'ipv6', IpDiscovery: 'ipv6' }),
  'TLS said to be off': node({ TransitEncryptionEnabled: false }),
  'a name of 50 characters': cluster({ ClusterName: 'p'.repeat(50) }),
  'Memcached in capitals': cluster({ Engine: 'Memcached' }),
  'a port as a text': cluster({ Port: '11212' }),
  'nodes by parameter': cluster({ NumCacheNodes: VALUE, AZMode: 'cross-az' }, {}, { Parameters: { Value: { Type: 'Number', Default: 2 } } }),
  'an engine by parameter, either': cluster({ Engine: VALUE, NumCacheNodes: 1 }, {}, PARAMETER({ AllowedValues: ['memcached', 'redis'] })),
  'subnets by parameter': resources({ Subnets: { Type: SUBNETS.Type, Properties: { Description: 'Given', SubnetIds: { Ref: 'Ids' } } } },
    { Parameters: { Ids: { Type: 'List<AWS::EC2::Subnet::Id>' } } }),
};

const SERVERLESS: Readonly<Record<string, Template>> = {
  'serverless Valkey 8': serverless(),
  'serverless Valkey 7 with users': serverless({ MajorEngineVersion: '7', UserGroupId: { Ref: 'Group' } }, { Reader: user(), Group: group([{ Ref: 'Reader' }]) }),
  'serverless Redis OSS 7': serverless({ Engine: 'redis', MajorEngineVersion: '7' }),
  'serverless Memcached 1.6': serverless({ Engine: 'memcached', MajorEngineVersion: '1.6' }),
  'limits at their borders': serverless({
    CacheUsageLimits: { DataStorage: { Minimum: 1, Maximum: 5000, Unit: 'GB' }, ECPUPerSecond: { Minimum: 1000, Maximum: 15000000 } },
  }),
  'limits as texts': serverless({ CacheUsageLimits: { DataStorage: { Maximum: '10', Unit: 'GB' }, ECPUPerSecond: { Maximum: '5000' } } }),
  'snapshots': serverless({ SnapshotRetentionLimit: 35, DailySnapshotTime: '23:59', FinalSnapshotName: 'the-end', Description: 'd'.repeat(255) }),
  'restored from a snapshot': serverless({ SnapshotArnsToRestore: ['arn:aws:elasticache:eu-west-1:111122223333:serverlesscachesnapshot:yesterday'] }),
  'a snapshot of a serverless cache': resources({
    ...serverless().Resources,
    Snapshot: { Type: type('ServerlessCacheSnapshot'), Properties: { ServerlessCacheName: { Ref: 'Store' }, ServerlessCacheSnapshotName: 'monday' } },
  }),
};

const ACCESS: Readonly<Record<string, Template>> = {
  'an IAM user': resources({ Reader: user() }),
  'a user with passwords': resources({
    App: user({ AuthenticationMode: { Type: 'password', Passwords: ['{{resolve:secretsmanager:app:SecretString:password}}', 'p'.repeat(128)] } }),
  }),
  'a user with commands one by one': resources({ App: user({ AccessString: 'on ~app:* %R~shared:* resetchannels &news -@all +get +set +config|get' }) }),
  'a user with selectors': resources({ App: user({ AccessString: 'on ~a* +@read (~b* +@write)' }) }),
  'an access string by parameter': resources({ App: user({ AccessString: VALUE }) }, PARAMETER()),
  'a group without users': resources({ Nobody: group([]) }),
  'a group of users of elsewhere': resources({ Some: group([{ 'Fn::ImportValue': 'reader-id' }, 'writer']) }),
  'a group of Redis OSS with unknown members': resources({ Some: group([{ 'Fn::ImportValue': 'default-id' }], 'redis') }),
  'a Valkey group with a Redis OSS user who has a password': resources({
    App: user({ Engine: 'redis', AuthenticationMode: { Type: 'password', Passwords: ['{{resolve:secretsmanager:password}}'] } }), Some: group([{ Ref: 'App' }]),
  }),
};

export const VALID_JSON: readonly Valid[] = [REPLICATION_GROUPS, CLUSTERS, SERVERLESS, ACCESS]
  .flatMap((templates) => Object.entries(templates).map(([name, template]) => ({ name, template })));
