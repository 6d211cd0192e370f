/** To what the value of a property can lead. */
export interface RelationRow {
  /** The types of the resources, each with the property by which a literal names it, where one does. */
  readonly to: Readonly<Record<string, string | undefined>>;
  /** Whether the name is a part of the value, as in an ARN, rather than all of it. */
  readonly within?: true;
}

const GROUPS = { 'AWS::ElastiCache::ReplicationGroup': 'ReplicationGroupId' };
const CLUSTERS = { 'AWS::ElastiCache::CacheCluster': 'ClusterName' };
const KEYS: RelationRow = { to: { 'AWS::KMS::Key': undefined, 'AWS::KMS::Alias': 'AliasName' }, within: true };
const SECURITY_GROUPS: RelationRow = { to: { 'AWS::EC2::SecurityGroup': undefined } };
const SECRETS: RelationRow = { to: { 'AWS::SecretsManager::Secret': undefined }, within: true };
const BUCKETS: RelationRow = { to: { 'AWS::S3::Bucket': undefined }, within: true };

/** What properties refer to, by their names in CloudFormation. */
export const RELATIONS: Readonly<Record<string, RelationRow>> = {
  AuthToken: SECRETS,
  AuthenticationMode: SECRETS,
  CacheClusterId: { to: CLUSTERS },
  CacheParameterGroupName: { to: { 'AWS::ElastiCache::ParameterGroup': undefined } },
  CacheSubnetGroupName: { to: { 'AWS::ElastiCache::SubnetGroup': 'CacheSubnetGroupName' } },
  ClusterName: { to: CLUSTERS },
  GlobalReplicationGroupId: { to: { 'AWS::ElastiCache::GlobalReplicationGroup': undefined } },
  GroupId: SECURITY_GROUPS,
  KmsKeyId: KEYS,
  KmsMasterKeyId: KEYS,
  LogDeliveryConfigurations: {
    to: { 'AWS::Logs::LogGroup': 'LogGroupName', 'AWS::KinesisFirehose::DeliveryStream': 'DeliveryStreamName' }, within: true,
  },
  Members: { to: GROUPS, within: true },
  NotificationTopicArn: { to: { 'AWS::SNS::Topic': undefined }, within: true },
  Passwords: SECRETS,
  PrimaryClusterId: { to: CLUSTERS },
  ReplicationGroupId: { to: GROUPS },
  ResourceId: { to: { ...GROUPS, ...CLUSTERS, 'AWS::ElastiCache::ServerlessCache': 'ServerlessCacheName' }, within: true },
  ScalingTargetId: { to: { 'AWS::ApplicationAutoScaling::ScalableTarget': undefined } },
  SecurityGroupIds: SECURITY_GROUPS,
  ServerlessCacheName: { to: { 'AWS::ElastiCache::ServerlessCache': 'ServerlessCacheName' } },
  SnapshotArns: BUCKETS,
  SnapshotArnsToRestore: BUCKETS,
  SnapshottingClusterId: { to: CLUSTERS },
  SourceSecurityGroupId: SECURITY_GROUPS,
  SubnetId: { to: { 'AWS::EC2::Subnet': undefined } },
  SubnetIds: { to: { 'AWS::EC2::Subnet': undefined } },
  UserGroupId: { to: { 'AWS::ElastiCache::UserGroup': 'UserGroupId' } },
  UserGroupIds: { to: { 'AWS::ElastiCache::UserGroup': 'UserGroupId' } },
  UserId: { to: { 'AWS::ElastiCache::User': 'UserId' } },
  UserIds: { to: { 'AWS::ElastiCache::User': 'UserId' }, within: true },
  VpcId: { to: { 'AWS::EC2::VPC': undefined } },
  VpcSecurityGroupIds: SECURITY_GROUPS,
};

/** The types of resources at the end of a relation. */
export const RELATED_TYPES: ReadonlySet<string> = new Set(Object.values(RELATIONS).flatMap(({ to }) => Object.keys(to)));

/** Where a property can lead: the types, each with the property that names it. */
interface Targets {
  readonly types: readonly (readonly [type: string, naming: string | undefined])[];
  readonly within: boolean;
}

const TARGETS: ReadonlyMap<string, Targets> = new Map(
  Object.entries(RELATIONS).map(([property, { to, within }]) => [property, { types: Object.entries(to), within: within === true }]),
);

/** Where the value of a property can lead; `undefined` for one that leads nowhere. */
export function targetsOf(property: string): Targets | undefined {
  return TARGETS.get(property);
}
