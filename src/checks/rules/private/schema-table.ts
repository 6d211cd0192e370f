// Data only: the properties of each ElastiCache type as the CloudFormation registry declares them. Imports nothing of CDK.
// To follow a new property, add its name to the line of its type.
import { FROM_ELSEWHERE } from '../../../replication-group/private/rule-words';

const PAGES = 'https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference';

/** What a property holds. */
export type PropertyKind = 'text' | 'flag' | 'number' | 'list' | 'object';

/** One resource type. */
export interface TypeRow {
  readonly type: string;
  /** Properties that must be written. */
  readonly required: readonly string[];
  /** Properties that must be written unless one of others is. */
  readonly requiredUnless?: Readonly<Record<string, readonly string[]>>;
  /** Properties that may be written, by what they hold; names separated by spaces. */
  readonly properties: Readonly<Partial<Record<PropertyKind, string>>>;
  /** What the service alone writes. */
  readonly readOnly?: string;
  /** The attributes for `Fn::GetAtt`. */
  readonly attributes?: string;
  /** Lists that hold nothing twice. */
  readonly unique?: string;
  /** The most tags, where the schema says so. */
  readonly tags?: number;
  /** Whether a snapshot can be taken when the resource goes. */
  readonly snapshotPolicy?: boolean;
  readonly source: string;
}

/** When the schemas were last read. */
export const SCHEMAS_CHECKED = '2026-11-21';

export const TYPES: readonly TypeRow[] = [
  {
    type: 'AWS::ElastiCache::ReplicationGroup',
    required: ['ReplicationGroupDescription'],
    // "The parameter Engine must be provided and must not be null.": https://github.com/awsdocs/aws-cloudformation-user-guide/pull/1072
    requiredUnless: { Engine: FROM_ELSEWHERE },
    properties: {
      text: 'AuthToken CacheNodeType CacheParameterGroupName CacheSubnetGroupName ClusterMode Durability Engine EngineVersion GlobalReplicationGroupId ' +
        'IpDiscovery KmsKeyId NetworkType NotificationTopicArn PreferredMaintenanceWindow PrimaryClusterId ReplicationGroupDescription ReplicationGroupId ' +
        'SnapshotName SnapshotWindow SnapshottingClusterId TransitEncryptionMode',
      flag: 'AtRestEncryptionEnabled AutoMinorVersionUpgrade AutomaticFailoverEnabled DataTieringEnabled MultiAZEnabled TransitEncryptionEnabled',
      number: 'NumCacheClusters NumNodeGroups Port ReplicasPerNodeGroup SnapshotRetentionLimit',
      list: 'CacheSecurityGroupNames LogDeliveryConfigurations NodeGroupConfiguration PreferredCacheClusterAZs SecurityGroupIds SnapshotArns Tags UserGroupIds',
    },
    readOnly: 'ConfigurationEndPoint PrimaryEndPoint ReadEndPoint ReaderEndPoint EffectiveDurability',
    attributes: 'ConfigurationEndPoint.Address ConfigurationEndPoint.Port PrimaryEndPoint.Address PrimaryEndPoint.Port ReadEndPoint.Addresses ' +
      'ReadEndPoint.Addresses.List ReadEndPoint.AddressesList ReadEndPoint.Ports ReadEndPoint.Ports.List ReadEndPoint.PortsList ' +
      'ReaderEndPoint.Address ReaderEndPoint.Port EffectiveDurability',
    unique: 'SecurityGroupIds SnapshotArns',
    snapshotPolicy: true,
    source: `${PAGES}/aws-resource-elasticache-replicationgroup.html`,
  },
  {
    type: 'AWS::ElastiCache::CacheCluster',
    required: ['CacheNodeType', 'Engine', 'NumCacheNodes'],
    properties: {
      text: 'AZMode CacheNodeType CacheParameterGroupName CacheSubnetGroupName ClusterName Engine EngineVersion IpDiscovery NetworkType NotificationTopicArn ' +
        'PreferredAvailabilityZone PreferredMaintenanceWindow SnapshotName SnapshotWindow',
      flag: 'AutoMinorVersionUpgrade TransitEncryptionEnabled',
      number: 'NumCacheNodes Port SnapshotRetentionLimit',
      list: 'CacheSecurityGroupNames LogDeliveryConfigurations PreferredAvailabilityZones SnapshotArns Tags VpcSecurityGroupIds',
    },
    readOnly: 'ConfigurationEndpoint RedisEndpoint',
    attributes: 'ConfigurationEndpoint.Address ConfigurationEndpoint.Port RedisEndpoint.Address RedisEndpoint.Port',
    snapshotPolicy: true,
    source: `${PAGES}/aws-resource-elasticache-cachecluster.html`,
  },
  {
    type: 'AWS::ElastiCache::ServerlessCache',
    required: ['Engine', 'ServerlessCacheName'],
    properties: {
      text: 'ConnectionType DailySnapshotTime Description Engine FinalSnapshotName KmsKeyId MajorEngineVersion NetworkType ServerlessCacheName UserGroupId',
      number: 'SnapshotRetentionLimit',
      list: 'SecurityGroupIds SnapshotArnsToRestore SubnetIds Tags',
      object: 'CacheUsageLimits',
    },
    readOnly: 'ARN CreateTime Endpoint FullEngineVersion ReaderEndpoint Status',
    attributes: 'ARN CreateTime Endpoint.Address Endpoint.Port FullEngineVersion ReaderEndpoint.Address ReaderEndpoint.Port Status',
    unique: 'SecurityGroupIds SnapshotArnsToRestore SubnetIds',
    source: `${PAGES}/aws-resource-elasticache-serverlesscache.html`,
  },
  {
    type: 'AWS::ElastiCache::ServerlessCacheSnapshot',
    required: ['ServerlessCacheName', 'ServerlessCacheSnapshotName'],
    properties: { text: 'KmsKeyId ServerlessCacheName ServerlessCacheSnapshotName', list: 'Tags' },
    readOnly: 'ARN BytesUsedForCache CreateTime ServerlessCacheConfiguration SnapshotType Status',
    attributes: 'ARN BytesUsedForCache CreateTime ServerlessCacheConfiguration.Engine ServerlessCacheConfiguration.MajorEngineVersion ' +
      'ServerlessCacheConfiguration.ServerlessCacheName SnapshotType Status',
    source: `${PAGES}/aws-resource-elasticache-serverlesscachesnapshot.html`,
  },
  {
    type: 'AWS::ElastiCache::SubnetGroup',
    required: ['Description', 'SubnetIds'],
    properties: { text: 'CacheSubnetGroupName Description', list: 'SubnetIds Tags' },
    attributes: '',
    source: `${PAGES}/aws-resource-elasticache-subnetgroup.html`,
  },
  {
    type: 'AWS::ElastiCache::ParameterGroup',
    required: ['CacheParameterGroupFamily', 'Description'],
    properties: { text: 'CacheParameterGroupFamily Description', list: 'Tags', object: 'Properties' },
    readOnly: 'CacheParameterGroupName',
    attributes: 'CacheParameterGroupName',
    source: `${PAGES}/aws-resource-elasticache-parametergroup.html`,
  },
  {
    type: 'AWS::ElastiCache::User',
    required: ['Engine', 'UserId', 'UserName'],
    properties: { text: 'AccessString Engine UserId UserName', flag: 'NoPasswordRequired', list: 'Passwords Tags', object: 'AuthenticationMode' },
    readOnly: 'Arn Status',
    attributes: 'Arn Status',
    unique: 'Passwords',
    tags: 50,
    source: `${PAGES}/aws-resource-elasticache-user.html`,
  },
  {
    type: 'AWS::ElastiCache::UserGroup',
    required: ['Engine', 'UserGroupId', 'UserIds'],
    properties: { text: 'Engine UserGroupId', list: 'Tags UserIds' },
    readOnly: 'Arn Status',
    attributes: 'Arn Status',
    tags: 50,
    source: `${PAGES}/aws-resource-elasticache-usergroup.html`,
  },
  {
    type: 'AWS::ElastiCache::GlobalReplicationGroup',
    required: ['Members'],
    properties: {
      text: 'CacheNodeType CacheParameterGroupName Engine EngineVersion GlobalReplicationGroupDescription GlobalReplicationGroupIdSuffix',
      flag: 'AutomaticFailoverEnabled',
      number: 'GlobalNodeGroupCount',
      list: 'Members RegionalConfigurations Tags',
    },
    readOnly: 'Arn GlobalReplicationGroupId Status',
    attributes: 'Arn GlobalReplicationGroupId Status',
    unique: 'Members RegionalConfigurations',
    tags: 50,
    source: `${PAGES}/aws-resource-elasticache-globalreplicationgroup.html`,
  },
];

/** Names of a column of the table. */
export function names(column: string | undefined): string[] {
  return column ? column.split(' ') : [];
}

/** Every property that may be written, with what it holds. */
export function kindsOf(row: TypeRow): ReadonlyMap<string, PropertyKind> {
  const entries = Object.entries(row.properties) as [PropertyKind, string][];
  return new Map(entries.flatMap(([kind, column]) => names(column).map((name): [string, PropertyKind] => [name, kind])));
}

/** A property whose value is one of a few, in any case. */
export interface ChoiceRow {
  readonly types: readonly string[];
  readonly property: string;
  readonly values: readonly string[];
  readonly source: string;
}

/** The enumerations of the API. */
export const CHOICES: readonly ChoiceRow[] = [
  {
    types: ['ReplicationGroup', 'CacheCluster'],
    property: 'Engine',
    values: ['valkey', 'redis', 'memcached'],
    source: 'https://docs.aws.amazon.com/AmazonElastiCache/latest/APIReference/API_CreateCacheCluster.html',
  },
  {
    types: ['ReplicationGroup', 'CacheCluster', 'ServerlessCache'],
    property: 'NetworkType',
    values: ['ipv4', 'ipv6', 'dual_stack'],
    source: 'https://docs.aws.amazon.com/AmazonElastiCache/latest/APIReference/API_CreateReplicationGroup.html',
  },
  {
    types: ['ReplicationGroup', 'CacheCluster'],
    property: 'IpDiscovery',
    values: ['ipv4', 'ipv6'],
    source: 'https://docs.aws.amazon.com/AmazonElastiCache/latest/APIReference/API_CreateReplicationGroup.html',
  },
  {
    types: ['ReplicationGroup'],
    property: 'TransitEncryptionMode',
    values: ['preferred', 'required'],
    source: 'https://docs.aws.amazon.com/AmazonElastiCache/latest/APIReference/API_CreateReplicationGroup.html',
  },
  {
    types: ['ReplicationGroup'],
    property: 'ClusterMode',
    values: ['enabled', 'disabled', 'compatible'],
    source: 'https://docs.aws.amazon.com/AmazonElastiCache/latest/APIReference/API_CreateReplicationGroup.html',
  },
  {
    types: ['CacheCluster'],
    property: 'AZMode',
    values: ['single-az', 'cross-az'],
    source: 'https://docs.aws.amazon.com/AmazonElastiCache/latest/APIReference/API_CreateCacheCluster.html',
  },
];

/** What the API, the command line and other tools call a property, and what CloudFormation calls it. */
export const ALIASES: Readonly<Record<string, readonly string[]>> = {
  CacheClusterId: ['ClusterName'],
  CacheClusterIdentifier: ['ClusterName'],
  CacheParameterGroupDescription: ['Description'],
  CacheSubnetGroupDescription: ['Description'],
  ClusterId: ['ClusterName'],
  ClusterModeEnabled: ['ClusterMode'],
  Description: ['ReplicationGroupDescription'],
  Max: ['Maximum'],
  Min: ['Minimum'],
  MultiAZ: ['MultiAZEnabled'],
  NumCacheNodes: ['NumCacheClusters'],
  NumberCacheClusters: ['NumCacheClusters'],
  NumberOfNodes: ['NumCacheNodes', 'NumCacheClusters'],
  ParameterGroupFamily: ['CacheParameterGroupFamily'],
  ParameterNameValues: ['Properties'],
  Parameters: ['Properties'],
  PrimaryReplicationGroupId: ['Members'],
  SecurityGroupIds: ['VpcSecurityGroupIds'],
  SubnetGroupDescription: ['Description'],
  Users: ['UserIds'],
  VpcSecurityGroupIds: ['SecurityGroupIds'],
};

/**
 * What other tools and other services call what CloudFormation gives no name here, or another one: AWS will not add these names to
 * these types. Sources: the Terraform provider of AWS, `AWS::RDS::*`, `AWS::MemoryDB::*`, and the API reference of ElastiCache.
 */
export const ELSEWHERE = 'ACLName ApplyImmediately AuthEnabled AuthTokenEnabled AutomaticFailover AvailabilityZone AvailabilityZones ' +
  'BackupRetentionPeriod CacheClusters ClusterEnabled ClusterModeEnabled DBSubnetGroupName DeletionProtection EncryptionAtRest EncryptionAtRestEnabled ' +
  'EncryptionInTransit EngineType FinalSnapshotIdentifier InstanceClass InstanceType MaintenanceWindow MemberClusters MultiAz Name NodeGroups NumNodes NumReplicas ' +
  'NumReplicasPerShard NumShards NumberOfCacheNodes NumberOfNodeGroups NumberOfReplicas NumberOfShards ParameterGroup Password PreferredBackupWindow ' +
  'RetainPrimaryCluster SecurityGroupNames SecurityGroups SnapshotRetentionPeriod ' +
  'SnapshotSource SnsTopicArn StorageEncrypted SubnetGroup Subnets TLSEnabled TransitEncryption UseOnlineResharding Username Version VpcId';

/** Types that do not exist, and those that are meant. */
export const NO_TYPES: Readonly<Record<string, string>> = {
  CacheParameterGroup: 'ParameterGroup',
  CacheSubnetGroup: 'SubnetGroup',
  Cluster: 'CacheCluster',
  GlobalDatastore: 'GlobalReplicationGroup',
  RedisCluster: 'ReplicationGroup',
  Serverless: 'ServerlessCache',
};

/** How the name of the service is misspelt in types, and the types it is misspelt in: CloudFormation minds the case. */
export const MISSPELT = { services: ['Elasticache'], types: ['CacheCluster', 'ReplicationGroup', 'SubnetGroup', 'ServerlessCache'] } as const;

/** The types that CloudFormation does not have, each with the one that is meant. */
export const WRONG_TYPES: readonly (readonly [wrong: string, meant: string])[] = [
  ...Object.entries(NO_TYPES).map(([wrong, meant]) => [`AWS::ElastiCache::${wrong}`, `AWS::ElastiCache::${meant}`] as const),
  ...MISSPELT.services.flatMap((service) => MISSPELT.types.map((type) => [`AWS::${service}::${type}`, `AWS::ElastiCache::${type}`] as const)),
];
