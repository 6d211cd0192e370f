import { Valid } from './bases';

const subnets = `
  Subnets:
    Type: AWS::ElastiCache::SubnetGroup
    Properties: {Description: Private, SubnetIds: [subnet-0a1b2c3d, subnet-4e5f6a7b]}`;

/** Replication groups and clusters as people write them. */
export const VALID_YAML_GROUPS: readonly Valid[] = [
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
