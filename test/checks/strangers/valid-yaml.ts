import { Valid } from './bases';

const subnets = `
  Subnets:
    Type: AWS::ElastiCache::SubnetGroup
    Properties: {Description: Private, SubnetIds: [subnet-0a1b2c3d, subnet-4e5f6a7b]}`;

/** Templates as people write them. */
export const VALID_YAML: readonly Valid[] = [
  {
    name: 'stages by condition, one node in all but the live one',
    template: `
AWSTemplateFormatVersion: '2010-09-09'
Parameters:
  Stage: {Type: String, AllowedValues: [dev, test, live], Default: dev}
  Token: {Type: String, NoEcho: true, MinLength: 16}
Conditions:
  Live: !Equals [!Ref Stage, live]
Resources:${subnets}
  Tuning:
    Type: AWS::ElastiCache::ParameterGroup
    Properties:
      CacheParameterGroupFamily: redis7
      Description: Sessions
      Properties: {maxmemory-policy: allkeys-lru, notify-keyspace-events: Ex, timeout: "300"}
  Cache:
    Type: AWS::ElastiCache::ReplicationGroup
    Properties:
      ReplicationGroupId: !Sub \${AWS::StackName}-redis
      ReplicationGroupDescription: Sessions
      Engine: redis
      EngineVersion: "7.1"
      CacheNodeType: !If [Live, cache.r7g.large, cache.t4g.micro]
      NumCacheClusters: !If [Live, 3, 1]
      AutomaticFailoverEnabled: !If [Live, true, false]
      MultiAZEnabled: !If [Live, true, false]
      CacheParameterGroupName: !Ref Tuning
      CacheSubnetGroupName: !Ref Subnets
      AtRestEncryptionEnabled: true
      TransitEncryptionEnabled: true
      TransitEncryptionMode: required
      AuthToken: !If [Live, !Ref Token, !Ref AWS::NoValue]
      SnapshotRetentionLimit: !If [Live, 7, 0]
`,
  },
  {
    name: 'a version that YAML would read as a number',
    template: `
Resources:${subnets}
  Cache:
    Type: AWS::ElastiCache::ReplicationGroup
    Properties:
      ReplicationGroupDescription: Cache
      Engine: redis
      EngineVersion: 7.0
      CacheNodeType: cache.t3.micro
      NumCacheClusters: 2
      CacheSubnetGroupName: !Ref Subnets
      CacheParameterGroupName: default.redis7
`,
  },
  {
    name: 'three nodes over zones, with a key of the template',
    source: 'https://github.com/giuseppe-trisciuoglio/developer-kit',
    template: `
Resources:${subnets}
  Key:
    Type: AWS::KMS::Key
    Properties: {EnableKeyRotation: true, KeyPolicy: {Version: '2012-10-17', Statement: []}}
  Cache:
    Type: AWS::ElastiCache::ReplicationGroup
    DeletionPolicy: Delete
    UpdateReplacePolicy: Delete
    Properties:
      ReplicationGroupDescription: Payments
      Engine: redis
      EngineVersion: '7.0'
      CacheNodeType: cache.r6g.large
      NumCacheClusters: 3
      MultiAZEnabled: true
      AutomaticFailoverEnabled: true
      AtRestEncryptionEnabled: true
      TransitEncryptionEnabled: true
      KmsKeyId: !Ref Key
      CacheSubnetGroupName: !Ref Subnets
      PreferredMaintenanceWindow: sun:05:00-sun:07:00
      SnapshotWindow: 03:00-05:00
      SnapshotRetentionLimit: 5
      Tags: [{Key: Name, Value: !Sub 'redis-\${AWS::StackName}'}]
Outputs:
  Host: {Value: !GetAtt Cache.PrimaryEndPoint.Address, Export: {Name: !Sub '\${AWS::StackName}-Host'}}
  Port: {Value: !GetAtt Cache.PrimaryEndPoint.Port}
  Reader: {Value: !GetAtt Cache.ReaderEndPoint.Address}
  Nodes: {Value: !Join [',', !GetAtt Cache.ReadEndPoint.Addresses]}
`,
  },
  {
    name: 'subnets of another stack, as a list in one export',
    template: `
Resources:
  Subnets:
    Type: AWS::ElastiCache::SubnetGroup
    Properties:
      CacheSubnetGroupName: !Sub '\${AWS::StackName}-cache'
      Description: !Sub 'Subnets of \${AWS::StackName}'
      SubnetIds: !Split [',', !ImportValue network-PrivateSubnets]
  Cache:
    Type: AWS::ElastiCache::CacheCluster
    Properties:
      Engine: redis
      CacheNodeType: cache.t3.micro
      NumCacheNodes: 1
      CacheSubnetGroupName: !Ref Subnets
      VpcSecurityGroupIds: [Fn::ImportValue: !Sub 'network-\${AWS::Region}-CacheSecurityGroup']
Outputs:
  Address: {Value: !GetAtt Cache.RedisEndpoint.Address}
  Port: {Value: !GetAtt Cache.RedisEndpoint.Port}
`,
  },
  {
    name: 'engine, version and family by parameters with allowed values',
    template: `
Parameters:
  Engine: {Type: String, Default: valkey, AllowedValues: [valkey, redis]}
  Version: {Type: String, Default: '8.0'}
  Nodes: {Type: Number, Default: 2, AllowedValues: [2, 3, 4, 5, 6]}
  NodeType: {Type: String, Default: cache.t4g.small, AllowedValues: [cache.t4g.small, cache.m7g.large, cache.r7g.xlarge]}
  Subnets: {Type: 'List<AWS::EC2::Subnet::Id>'}
  Groups: {Type: 'List<AWS::EC2::SecurityGroup::Id>'}
Resources:
  SubnetGroup:
    Type: AWS::ElastiCache::SubnetGroup
    Properties: {Description: Private, SubnetIds: !Ref Subnets}
  Cache:
    Type: AWS::ElastiCache::ReplicationGroup
    Properties:
      ReplicationGroupDescription: Cache
      Engine: !Ref Engine
      EngineVersion: !Ref Version
      CacheNodeType: !Ref NodeType
      NumCacheClusters: !Ref Nodes
      AutomaticFailoverEnabled: true
      TransitEncryptionEnabled: true
      CacheSubnetGroupName: !Ref SubnetGroup
      SecurityGroupIds: !Ref Groups
`,
  },
  {
    name: 'sizes by a mapping of accounts and regions',
    template: `
Mappings:
  Sizes:
    dev: {Type: cache.t4g.micro, Nodes: 1, Failover: false}
    live: {Type: cache.m7g.large, Nodes: 3, Failover: true}
  Regions:
    eu-west-1: {Zones: [eu-west-1a, eu-west-1b]}
    us-east-1: {Zones: [us-east-1a, us-east-1b]}
Parameters:
  Stage: {Type: String, AllowedValues: [dev, live]}
Resources:${subnets}
  Cache:
    Type: AWS::ElastiCache::ReplicationGroup
    Properties:
      ReplicationGroupDescription: Cache
      Engine: valkey
      EngineVersion: '8.1'
      CacheNodeType: !FindInMap [Sizes, !Ref Stage, Type]
      NumCacheClusters: !FindInMap [Sizes, !Ref Stage, Nodes]
      AutomaticFailoverEnabled: !FindInMap [Sizes, !Ref Stage, Failover]
      TransitEncryptionEnabled: true
      CacheSubnetGroupName: !Ref Subnets
`,
  },
  {
    name: 'cluster mode in four shards by parameters of the template',
    template: `
Resources:${subnets}
  Tuning:
    Type: AWS::ElastiCache::ParameterGroup
    Properties:
      CacheParameterGroupFamily: valkey8
      Description: Cluster
      Properties: {cluster-enabled: 'yes', maxmemory-policy: volatile-lfu}
  Cache:
    Type: AWS::ElastiCache::ReplicationGroup
    UpdatePolicy: {UseOnlineResharding: true}
    Properties:
      ReplicationGroupDescription: Cluster
      Engine: valkey
      EngineVersion: '8.2'
      CacheNodeType: cache.r8g.large
      NumNodeGroups: 4
      ReplicasPerNodeGroup: 2
      AutomaticFailoverEnabled: true
      MultiAZEnabled: true
      TransitEncryptionEnabled: true
      CacheParameterGroupName: !Ref Tuning
      CacheSubnetGroupName: !Ref Subnets
Outputs:
  Host: {Value: !GetAtt Cache.ConfigurationEndPoint.Address}
  Port: {Value: !GetAtt Cache.ConfigurationEndPoint.Port}
`,
  },
  {
    name: 'Memcached across zones behind a function of SAM',
    template: `
Transform: AWS::Serverless-2016-10-31
Globals:
  Function: {Runtime: python3.13, Timeout: 10}
Resources:${subnets}
  Pages:
    Type: AWS::ElastiCache::CacheCluster
    Properties:
      Engine: memcached
      CacheNodeType: cache.t3.small
      NumCacheNodes: '2'
      AZMode: cross-az
      CacheSubnetGroupName: !Ref Subnets
  Reader:
    Type: AWS::Serverless::Function
    Properties:
      Handler: app.handler
      CodeUri: src/
      VpcConfig: {SubnetIds: [subnet-0a1b2c3d], SecurityGroupIds: [sg-0123456789abcdef0]}
      Environment:
        Variables:
          ENDPOINT: !Sub '\${Pages.ConfigurationEndpoint.Address}:\${Pages.ConfigurationEndpoint.Port}'
`,
  },
  {
    name: 'a serverless cache for idempotency',
    source: 'https://docs.powertools.aws.dev/lambda/python/latest/utilities/idempotency/',
    template: `
AWSTemplateFormatVersion: "2010-09-09"
Transform: AWS::Serverless-2016-10-31
Resources:
  Idempotency:
    Type: AWS::ElastiCache::ServerlessCache
    Properties:
      Engine: redis
      ServerlessCacheName: redis-cache
      SecurityGroupIds: [sg-07d998809154f9d88]
      SubnetIds: [subnet-0a1b2c3d, subnet-4e5f6a7b]
  Function:
    Type: AWS::Serverless::Function
    Properties:
      Runtime: python3.13
      Handler: app.py
      Environment:
        Variables: {CACHE_HOST: !GetAtt Idempotency.Endpoint.Address, CACHE_PORT: !GetAtt Idempotency.Endpoint.Port}
`,
  },
  {
    name: 'a serverless cache with limits and nothing else',
    template: `
Resources:
  Cache:
    Type: AWS::ElastiCache::ServerlessCache
    Properties:
      ServerlessCacheName: !Sub '\${AWS::StackName}-cache'
      Engine: valkey
      CacheUsageLimits:
        DataStorage: {Minimum: 1, Maximum: 100, Unit: GB}
        ECPUPerSecond: {Minimum: 1000, Maximum: 10000000}
`,
  },
  {
    name: 'users, a group and a cache that takes them by reference',
    template: `
Resources:${subnets}
  Secret:
    Type: AWS::SecretsManager::Secret
    Properties: {GenerateSecretString: {PasswordLength: 32, ExcludePunctuation: true}}
  Default:
    Type: AWS::ElastiCache::User
    Properties:
      UserId: shop-default
      UserName: default
      Engine: redis
      AccessString: 'off ~keys* -@all'
      NoPasswordRequired: true
  App:
    Type: AWS::ElastiCache::User
    Properties:
      UserId: shop-app
      UserName: app
      Engine: redis
      AccessString: 'on ~* &* +@all -@dangerous'
      Passwords: [!Sub '{{resolve:secretsmanager:\${Secret}}}']
  Group:
    Type: AWS::ElastiCache::UserGroup
    Properties: {UserGroupId: shop, Engine: redis, UserIds: [!Ref Default, !Ref App]}
  Cache:
    Type: AWS::ElastiCache::ReplicationGroup
    Properties:
      ReplicationGroupDescription: Shop
      Engine: redis
      EngineVersion: '6.2'
      CacheNodeType: cache.m6g.large
      NumCacheClusters: 2
      TransitEncryptionEnabled: true
      UserGroupIds: [!Ref Group]
      CacheSubnetGroupName: !Ref Subnets
`,
  },
  {
    name: 'a group of users with literal ids and DependsOn',
    template: `
Resources:
  Reader:
    Type: AWS::ElastiCache::User
    Properties: {UserId: reader, UserName: reader, Engine: valkey, AccessString: 'on ~app:* +@read', AuthenticationMode: {Type: iam}}
  Group:
    Type: AWS::ElastiCache::UserGroup
    DependsOn: Reader
    Properties: {UserGroupId: readers, Engine: valkey, UserIds: [reader]}
  Cache:
    Type: AWS::ElastiCache::ServerlessCache
    DependsOn: [Group]
    Properties: {ServerlessCacheName: readers, Engine: valkey, MajorEngineVersion: '8', UserGroupId: readers}
`,
  },
  {
    name: 'the built-in default user in a group of Redis OSS',
    template: `
Resources:
  Group:
    Type: AWS::ElastiCache::UserGroup
    Properties: {UserGroupId: everyone, Engine: redis, UserIds: [default]}
`,
  },
  {
    name: 'logs to a log group and to Firehose',
    template: `
Resources:${subnets}
  Logs: {Type: AWS::Logs::LogGroup, Properties: {LogGroupName: /cache/slow, RetentionInDays: 14}}
  Cache:
    Type: AWS::ElastiCache::ReplicationGroup
    Properties:
      ReplicationGroupDescription: Cache
      Engine: redis
      EngineVersion: '7.0'
      CacheNodeType: cache.m5.large
      NumCacheClusters: 2
      CacheSubnetGroupName: !Ref Subnets
      LogDeliveryConfigurations:
        - LogType: slow-log
          LogFormat: json
          DestinationType: cloudwatch-logs
          DestinationDetails: {CloudWatchLogsDetails: {LogGroup: !Ref Logs}}
        - LogType: engine-log
          LogFormat: text
          DestinationType: kinesis-firehose
          DestinationDetails: {KinesisFirehoseDetails: {DeliveryStream: engine-logs}}
`,
  },
  {
    name: 'version and node type from Systems Manager',
    template: `
Parameters:
  Type: {Type: 'AWS::SSM::Parameter::Value<String>', Default: /cache/type}
Resources:${subnets}
  Cache:
    Type: AWS::ElastiCache::ReplicationGroup
    Properties:
      ReplicationGroupDescription: '{{resolve:ssm:/cache/description}}'
      Engine: valkey
      EngineVersion: '{{resolve:ssm:/cache/version:3}}'
      CacheNodeType: !Ref Type
      NumCacheClusters: '{{resolve:ssm:/cache/nodes}}'
      Port: '{{resolve:ssm:/cache/port}}'
      TransitEncryptionEnabled: 'true'
      CacheSubnetGroupName: !Ref Subnets
      AuthToken: '{{resolve:secretsmanager:cache:SecretString:token}}'
`,
  },
  {
    name: 'a resource that is there or not, and one that reads it',
    template: `
Parameters:
  WithCache: {Type: String, Default: 'false', AllowedValues: ['true', 'false']}
Conditions:
  WithCache: !Equals [!Ref WithCache, 'true']
Resources:
  Cache:
    Type: AWS::ElastiCache::CacheCluster
    Condition: WithCache
    Properties: {Engine: memcached, CacheNodeType: cache.t4g.micro, NumCacheNodes: 1}
Outputs:
  Host: {Condition: WithCache, Value: !GetAtt Cache.ConfigurationEndpoint.Address}
`,
  },
  {
    name: 'the primary of a global datastore and its global group',
    template: `
Resources:${subnets}
  Primary:
    Type: AWS::ElastiCache::ReplicationGroup
    Properties:
      ReplicationGroupId: shop-eu
      ReplicationGroupDescription: Primary
      Engine: valkey
      EngineVersion: '8.0'
      CacheNodeType: cache.r7g.large
      NumNodeGroups: 2
      ReplicasPerNodeGroup: 1
      AutomaticFailoverEnabled: true
      TransitEncryptionEnabled: true
      CacheSubnetGroupName: !Ref Subnets
  Global:
    Type: AWS::ElastiCache::GlobalReplicationGroup
    Properties:
      GlobalReplicationGroupIdSuffix: shop
      AutomaticFailoverEnabled: true
      Members: [{ReplicationGroupId: !Ref Primary, ReplicationGroupRegion: !Ref AWS::Region, Role: PRIMARY}]
`,
  },
  {
    name: 'a secondary of a global datastore',
    template: `
Parameters:
  GlobalId: {Type: String}
Resources:${subnets}
  Secondary:
    Type: AWS::ElastiCache::ReplicationGroup
    Properties:
      ReplicationGroupDescription: Secondary
      GlobalReplicationGroupId: !Ref GlobalId
      NumCacheClusters: 2
      AutomaticFailoverEnabled: true
      CacheSubnetGroupName: !Ref Subnets
`,
  },
  {
    name: 'replicas that scale',
    template: `
Resources:${subnets}
  Cache:
    Type: AWS::ElastiCache::ReplicationGroup
    Properties:
      ReplicationGroupDescription: Cluster
      Engine: redis
      EngineVersion: '7.1'
      CacheNodeType: cache.r6g.xlarge
      NumNodeGroups: 2
      ReplicasPerNodeGroup: 1
      AutomaticFailoverEnabled: true
      CacheParameterGroupName: default.redis7.cluster.on
      CacheSubnetGroupName: !Ref Subnets
  Target:
    Type: AWS::ApplicationAutoScaling::ScalableTarget
    Properties:
      MaxCapacity: 5
      MinCapacity: 1
      ResourceId: !Sub replication-group/\${Cache}
      ScalableDimension: elasticache:replication-group:Replicas
      ServiceNamespace: elasticache
      RoleARN: !Sub arn:\${AWS::Partition}:iam::\${AWS::AccountId}:role/scaling
  Policy:
    Type: AWS::ApplicationAutoScaling::ScalingPolicy
    Properties:
      PolicyName: replicas
      PolicyType: TargetTrackingScaling
      ScalingTargetId: !Ref Target
      TargetTrackingScalingPolicyConfiguration:
        TargetValue: 40
        PredefinedMetricSpecification: {PredefinedMetricType: ElastiCacheReplicaEngineCPUUtilization}
`,
  },
];
