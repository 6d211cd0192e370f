import { Broken, broken, cluster, DEFAULT_USER, group, node, parameters, redis, Resources, resources, serverless, TUNING, type, user, valkey } from './bases';
import { api, cloudFormation, guide, SCALING_POLICY } from './sources';

const GROUP = cloudFormation('replicationgroup');
const CREATE = api('CreateReplicationGroup');
const CREATE_CLUSTER = api('CreateCacheCluster');
const PARAMETER_GROUP = guide('ParameterGroups.Engine');
const GLOBAL = cloudFormation('globalreplicationgroup');
const EXTRANEOUS = 'extraneous key is not permitted';

const ref = (id: string) => ({ Ref: id });
const attribute = (id: string, name: string) => ({ 'Fn::GetAtt': [id, name] });
const VPC = { Vpc: { Type: 'AWS::EC2::VPC', Properties: { CidrBlock: '10.0.0.0/16' } } };
const subnet = (zone: string) => ({ Type: 'AWS::EC2::Subnet', Properties: { VpcId: ref('Vpc'), CidrBlock: '10.0.0.0/24', AvailabilityZone: zone } });
const TWO_ZONES: Resources = {
  ...VPC,
  A: subnet('eu-west-1a'),
  B: subnet('eu-west-1b'),
  Own: { Type: type('SubnetGroup'), Properties: { Description: 'Private', SubnetIds: [ref('A'), ref('B')] } },
};
const IN_TWO_ZONES = { CacheSubnetGroupName: ref('Own') };
const NO_COUNTS = { NumCacheClusters: undefined };

const log = (more: object) => ({
  LogDeliveryConfigurations: [{
    LogType: 'slow-log', LogFormat: 'json', DestinationType: 'cloudwatch-logs', DestinationDetails: { CloudWatchLogsDetails: { LogGroup: 'slow' } }, ...more,
  }],
});
const world = (Members: object[], more: object = {}) => redis({ ReplicationGroupId: 'shop' }, {
  World: { Type: type('GlobalReplicationGroup'), Properties: { GlobalReplicationGroupIdSuffix: 'world', Members, ...more } },
});
const PRIMARY = { ReplicationGroupId: ref('Sessions'), ReplicationGroupRegion: 'eu-west-1', Role: 'PRIMARY' };

/** Counts, versions and names. */
const CACHES: readonly Broken[] = [
  broken('failover of nobody knows how many nodes', 'NumCacheClusters is 1 when it is left out, and at least 2 for failover', CREATE,
    redis(NO_COUNTS), 'FailoverWithoutNodes'),
  broken('failover of one shard without replicas', 'there is no replica to fail over to', guide('AutoFailover'),
    redis({ ...NO_COUNTS, NumNodeGroups: 1, ReplicasPerNodeGroup: '0', CacheParameterGroupName: 'default.redis7' }), 'FailoverWithoutNodes'),
  broken('a mode of TLS with Redis OSS 6.2', 'Transit encryption mode is not supported for engine version 6.2.6. Please use engine version 7.0.5 or higher.',
    'https://github.com/cloudposse/terraform-aws-elasticache-redis/pull/231', redis({ EngineVersion: '6.2', TransitEncryptionMode: 'preferred' }), 'TlsModeUnsupported'),
  broken('two shards with cluster mode disabled', 'for cluster mode disabled NumNodeGroups is left out or 1', CREATE,
    valkey({ ClusterMode: 'disabled' }), 'DisabledModeHasOneShard'),
  broken('parameters of Redis OSS 6 and no version', 'Expected a parameter group of family redis7 but found one of family redis6.x',
    'https://github.com/hashicorp/terraform-provider-aws/issues/27748', redis({ EngineVersion: undefined, ...TUNING }, parameters('redis6.x', {})), 'FamilyNeedsVersion'),
  broken('default parameters of Memcached 1.5 and no version', 'Expected a parameter group of family memcached1.6 but found one of family memcached1.5',
    'https://github.com/hashicorp/terraform-provider-aws/pull/7033', cluster({ CacheParameterGroupName: 'default.memcached1.5' }), 'FamilyNeedsVersion'),
  broken('a name with an underscore beside the name of the stack', 'The parameter ReplicationGroupIdentifier is not a valid identifier', CREATE,
    redis({ ReplicationGroupId: { 'Fn::Sub': '${AWS::StackName}_sessions' } }), 'NamePartInvalid'),
  broken('a name that ends with a hyphen whatever the stage', 'The parameter CacheClusterId is not a valid identifier', CREATE_CLUSTER,
    cluster({ ClusterName: { 'Fn::Join': ['-', [ref('Stage'), 'pages', '']] } }, {}, { Parameters: { Stage: { Type: 'String' } } }), 'NamePartInvalid'),
  broken('a name that begins with a digit', 'the first character is a letter', cloudFormation('serverlesscache'),
    serverless({ ServerlessCacheName: { 'Fn::Sub': '2nd-${AWS::StackName}' } }), 'NamePartInvalid'),
  broken('nodes in a zone without a subnet', 'nodes are only in zones of the subnets of the group', CREATE,
    redis({ ...IN_TWO_ZONES, PreferredCacheClusterAZs: ['eu-west-1a', 'eu-west-1c'] }, TWO_ZONES), 'ZonesOutsideSubnets'),
  broken('a replica in a zone without a subnet', 'nodes are only in zones of the subnets of the group', api('NodeGroupConfiguration'),
    valkey({
      ...IN_TWO_ZONES,
      NumNodeGroups: 1,
      CacheParameterGroupName: 'default.valkey8.cluster.on',
      NodeGroupConfiguration: [{ PrimaryAvailabilityZone: 'eu-west-1a', ReplicaAvailabilityZones: ['eu-west-1d'], ReplicaCount: 1 }],
    }, TWO_ZONES), 'ZonesOutsideSubnets'),
  broken('Memcached in a zone without a subnet', 'nodes are only in zones of the subnets of the group', CREATE_CLUSTER,
    cluster({ ...IN_TWO_ZONES, PreferredAvailabilityZone: 'eu-west-1c' }, TWO_ZONES), 'ZonesOutsideSubnets'),
  broken('a global datastore of two members', 'GlobalReplicationGroup cannot be created with multiple members.',
    'https://github.com/awsdocs/aws-cloudformation-user-guide/issues/1120',
    world([PRIMARY, { ReplicationGroupId: 'shop-us', ReplicationGroupRegion: 'us-east-1', Role: 'SECONDARY' }]), 'GlobalCreatedWithOneMember'),
  broken('a metric nobody publishes', 'the metrics are enumerated', SCALING_POLICY, valkey({ CacheNodeType: 'cache.r7g.large' }, {
    Target: {
      Type: 'AWS::ApplicationAutoScaling::ScalableTarget',
      Properties: {
        ServiceNamespace: 'elasticache',
        ScalableDimension: 'elasticache:replication-group:NodeGroups',
        ResourceId: { 'Fn::Sub': 'replication-group/${Sessions}' },
        MinCapacity: 1,
        MaxCapacity: 5,
      },
    },
    Policy: {
      Type: 'AWS::ApplicationAutoScaling::ScalingPolicy',
      Properties: {
        PolicyName: 'cpu',
        PolicyType: 'TargetTrackingScaling',
        ScalingTargetId: ref('Target'),
        TargetTrackingScalingPolicyConfiguration: { TargetValue: 50, PredefinedMetricSpecification: { PredefinedMetricType: 'ElastiCachePrimaryCPU' } },
      },
    },
  }), 'ScalingMetricInvalid'),
];

/** What is inside of properties. */
const PARTS: readonly Broken[] = [
  broken('a log delivery without a format', 'LogFormat is required', GROUP, redis(log({ LogFormat: undefined })), 'PropertyRequired'),
  broken('a log delivery to nowhere', 'DestinationDetails is required', GROUP, node(log({ DestinationDetails: undefined })), 'PropertyRequired'),
  broken('a log group where its details belong', EXTRANEOUS, GROUP, redis(log({ DestinationDetails: { LogGroup: 'slow' } })), 'PropertyNotOfType'),
  broken('details of CloudWatch with a typing error', EXTRANEOUS, GROUP,
    redis(log({ DestinationDetails: { CloudwatchLogsDetails: { LogGroup: 'slow' } } })), 'PropertyNotOfType'),
  broken('tags in lower case', EXTRANEOUS, GROUP, redis({ Tags: [{ key: 'team', value: 'shop' }] }), 'PropertyNotOfType', 'PropertyRequired'),
  broken('limits that are numbers', 'expected type: JSONObject, found: Integer', cloudFormation('serverlesscache'),
    serverless({ CacheUsageLimits: { DataStorage: 10, ECPUPerSecond: 5000 } }), 'PropertyTypeWrong'),
  broken('one zone for the replicas as a text', 'ReplicaAvailabilityZones is a list', api('NodeGroupConfiguration'),
    valkey({ NodeGroupConfiguration: [{ ReplicaAvailabilityZones: 'eu-west-1b' }, {}] }), 'PropertyTypeWrong'),
  broken('a number of replicas that is a word', 'ReplicaCount is an integer', api('NodeGroupConfiguration'),
    valkey({ ReplicasPerNodeGroup: undefined, MultiAZEnabled: false, NodeGroupConfiguration: [{ ReplicaCount: 'one' }, { ReplicaCount: 'two' }] }), 'PropertyTypeWrong'),
  broken('passwords without a type', 'Type is required', cloudFormation('user'),
    resources({ User: user({ AuthenticationMode: { Passwords: ['sixteen-letters-1'] } }) }), 'PropertyRequired'),
  broken('the parameters of a group as the API calls them', EXTRANEOUS, cloudFormation('parametergroup'),
    resources({ Tuning: { Type: type('ParameterGroup'), Properties: { CacheParameterGroupFamily: 'redis7', Description: 'Tuned', Parameters: { timeout: '60' } } } }), 'PropertyNotOfType'),
  broken('the id of a cluster on a group', EXTRANEOUS, GROUP, redis({ CacheClusterId: 'sessions' }), 'PropertyNotOfType'),
  broken('a database\'s encryption', EXTRANEOUS, GROUP, redis({ StorageEncrypted: true }), 'PropertyNotOfType'),
  broken('a parameter with underscores', 'Could not find parameter', PARAMETER_GROUP,
    resources(parameters('redis7', { maxmemory_policy: 'noeviction' })), 'ParameterNameInvalid'),
  broken('a parameter of Redis OSS for Memcached', 'Could not find parameter', PARAMETER_GROUP,
    resources(parameters('memcached1.6', { 'maxmemory-policy': 'noeviction' })), 'ParameterNameInvalid'),
  broken('a group of Redis OSS 8', 'redis8 is not a valid parameter group family', api('CreateCacheParameterGroup'),
    resources(parameters('redis8', {})), 'ParameterFamilyUnknown'),
];

/** References to something else. */
const ELSEWHERE: readonly Broken[] = [
  broken('the VPC as a subnet', 'Some input subnets in :[...] are invalid.', api('CreateCacheSubnetGroup'),
    resources({ ...VPC, Own: { Type: type('SubnetGroup'), Properties: { Description: 'Private', SubnetIds: [ref('Vpc')] } } }), 'ReferenceUnfit'),
  broken('the VPC of a security group as the group', 'one or more VPC security groups', GROUP, redis({ SecurityGroupIds: [attribute('Firewall', 'VpcId')] }, {
    Firewall: { Type: 'AWS::EC2::SecurityGroup', Properties: { GroupDescription: 'Cache' } },
  }), 'ReferenceUnfit'),
  broken('the subnet group of a database', 'CacheSubnetGroup not found', CREATE, redis({ CacheSubnetGroupName: ref('Rds') }, {
    Rds: { Type: 'AWS::RDS::DBSubnetGroup', Properties: { DBSubnetGroupDescription: 'Private', SubnetIds: ['subnet-0a1b2c3d'] } },
  }), 'ReferenceUnfit'),
  broken('a queue for notifications', 'the ARN is one of a topic', CREATE, redis({ NotificationTopicArn: attribute('Queue', 'Arn') }, { Queue: { Type: 'AWS::SQS::Queue' } }), 'ReferenceUnfit'),
  broken('a user as a group of users', 'UserGroup not found', CREATE, valkey({ UserGroupIds: [ref('User')] }, { User: user() }), 'ReferenceUnfit'),
  broken('a group of users as a user', 'User not found', api('CreateUserGroup'),
    resources({ User: user(), Users: group([ref('User')]), All: group([ref('Users')], 'valkey', { UserGroupId: 'all' }) }), 'ReferenceUnfit'),
  broken('two users named default, one of them AWS\'s', 'a user with this name is in the group already', api('CreateUserGroup'),
    resources({ Closed: DEFAULT_USER, Users: group(['default', ref('Closed')], 'redis') }), 'UserNameTwice'),
  broken('a primary of its own name', EXTRANEOUS, GLOBAL, world([PRIMARY], { PrimaryReplicationGroupId: 'shop' }), 'PropertyNotOfType'),
];

export const BROKEN_PARTS = [...CACHES, ...PARTS, ...ELSEWHERE];
