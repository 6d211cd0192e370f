import { Valid } from './bases';

const NETWORK = `
  Vpc: {Type: AWS::EC2::VPC, Properties: {CidrBlock: 10.0.0.0/16}}
  A: {Type: AWS::EC2::Subnet, Properties: {VpcId: !Ref Vpc, CidrBlock: 10.0.0.0/24, AvailabilityZone: !Select [0, !GetAZs '']}}
  B: {Type: AWS::EC2::Subnet, Properties: {VpcId: !Ref Vpc, CidrBlock: 10.0.1.0/24, AvailabilityZone: !Select [1, !GetAZs '']}}
  Firewall:
    Type: AWS::EC2::SecurityGroup
    Properties:
      GroupDescription: Cache
      VpcId: !Ref Vpc
      SecurityGroupIngress: [{IpProtocol: tcp, FromPort: 6379, ToPort: 6380, CidrIp: 10.0.0.0/16}]
  Subnets:
    Type: AWS::ElastiCache::SubnetGroup
    Properties: {Description: Private, SubnetIds: [!Ref A, !Ref B]}`;

/** Templates with their network, and the smallest there are. */
export const VALID_YAML_SHAPES: readonly Valid[] = [
  {
    name: 'a stack with its network',
    template: `
Resources:${NETWORK}
  Cache:
    Type: AWS::ElastiCache::ReplicationGroup
    Properties:
      ReplicationGroupDescription: Cache
      Engine: redis
      CacheNodeType: cache.t3.micro
      NumNodeGroups: 1
      ReplicasPerNodeGroup: 1
      AutomaticFailoverEnabled: 'true'
      SecurityGroupIds: [!GetAtt Firewall.GroupId]
      CacheSubnetGroupName: !Ref Subnets
`,
  },
  {
    name: 'a serverless cache with its network',
    template: `
Resources:${NETWORK}
  Cache:
    Type: AWS::ElastiCache::ServerlessCache
    Properties:
      ServerlessCacheName: shop
      Engine: valkey
      MajorEngineVersion: 8
      SubnetIds: [!Ref A, !Ref B]
      SecurityGroupIds: [!GetAtt Firewall.GroupId]
      SnapshotRetentionLimit: '7'
      DailySnapshotTime: '03:00'
      Tags: [{Key: team, Value: shop}]
Outputs:
  Url: {Value: !Sub 'rediss://\${Cache.Endpoint.Address}:\${Cache.Endpoint.Port}'}
  Reader: {Value: !GetAtt Cache.ReaderEndpoint.Address}
  Arn: {Value: !GetAtt Cache.ARN}
`,
  },
  {
    name: 'a group of the old days: Redis OSS 4.0.10 on m4, no encryption',
    template: `
Resources:${NETWORK}
  Cache:
    Type: AWS::ElastiCache::ReplicationGroup
    Properties:
      ReplicationGroupDescription: Old
      Engine: redis
      EngineVersion: 4.0.10
      CacheNodeType: cache.m4.large
      NumCacheClusters: 2
      CacheParameterGroupName: default.redis4.0
      CacheSubnetGroupName: !Ref Subnets
`,
  },
  {
    name: 'Redis OSS 5.0.6 with a group of parameters on t2',
    template: `
Resources:${NETWORK}
  Tuning:
    Type: AWS::ElastiCache::ParameterGroup
    Properties: {CacheParameterGroupFamily: redis5.0, Description: Old, Properties: {maxmemory-policy: volatile-ttl, reserved-memory-percent: 25}}
  Cache:
    Type: AWS::ElastiCache::ReplicationGroup
    DeletionPolicy: Snapshot
    Properties:
      ReplicationGroupDescription: Old
      Engine: redis
      EngineVersion: 5.0.6
      CacheNodeType: cache.t2.small
      NumCacheClusters: 2
      AutomaticFailoverEnabled: true
      CacheParameterGroupName: !Ref Tuning
      CacheSubnetGroupName: !Ref Subnets
`,
  },
  {
    name: 'Redis with a capital letter',
    template: `
Resources:${NETWORK}
  Cache:
    Type: AWS::ElastiCache::ReplicationGroup
    Properties:
      ReplicationGroupDescription: Cache
      Engine: Redis
      EngineVersion: '6.x'
      CacheNodeType: cache.m5.large
      NumCacheClusters: 2
      CacheParameterGroupName: default.redis6.x
      CacheSubnetGroupName: !Ref Subnets
`,
  },
  {
    name: 'a single Valkey node without TLS',
    template: `
Resources:${NETWORK}
  Cache:
    Type: AWS::ElastiCache::ReplicationGroup
    Properties:
      ReplicationGroupDescription: One
      Engine: valkey
      EngineVersion: '7.2'
      CacheNodeType: cache.t4g.micro
      NumCacheClusters: 1
      AutomaticFailoverEnabled: false
      TransitEncryptionEnabled: false
      CacheParameterGroupName: default.valkey7
      CacheSubnetGroupName: !Ref Subnets
`,
  },
  {
    name: 'shards without replicas',
    template: `
Resources:${NETWORK}
  Cache:
    Type: AWS::ElastiCache::ReplicationGroup
    Properties:
      ReplicationGroupDescription: Wide
      Engine: redis
      EngineVersion: '7.0'
      CacheNodeType: cache.t3.small
      NumNodeGroups: 3
      ReplicasPerNodeGroup: 0
      AutomaticFailoverEnabled: true
      CacheParameterGroupName: default.redis7.cluster.on
      CacheSubnetGroupName: !Ref Subnets
`,
  },
  {
    name: 'one shard in cluster mode',
    template: `
Resources:${NETWORK}
  Cache:
    Type: AWS::ElastiCache::ReplicationGroup
    Properties:
      ReplicationGroupDescription: One shard
      Engine: valkey
      EngineVersion: '9.0'
      CacheNodeType: cache.c7gn.large
      ClusterMode: enabled
      NumNodeGroups: 1
      ReplicasPerNodeGroup: 1
      AutomaticFailoverEnabled: true
      TransitEncryptionEnabled: true
      CacheParameterGroupName: default.valkey9.cluster.on
      CacheSubnetGroupName: !Ref Subnets
`,
  },
  {
    name: 'shards with their slots and zones',
    template: `
Resources:${NETWORK}
  Cache:
    Type: AWS::ElastiCache::ReplicationGroup
    Properties:
      ReplicationGroupDescription: Slots
      Engine: redis
      EngineVersion: '6.2'
      CacheNodeType: cache.m6g.large
      NumNodeGroups: '2'
      AutomaticFailoverEnabled: true
      CacheSubnetGroupName: !Ref Subnets
      NodeGroupConfiguration:
        - {NodeGroupId: '0001', Slots: '0-8191', ReplicaCount: 1, PrimaryAvailabilityZone: eu-west-1a, ReplicaAvailabilityZones: [eu-west-1b]}
        - {NodeGroupId: '0002', Slots: '8192-16383', ReplicaCount: '1', PrimaryAvailabilityZone: eu-west-1b, ReplicaAvailabilityZones: [eu-west-1a]}
`,
  },
  {
    name: 'tiered nodes',
    template: `
Resources:${NETWORK}
  Cache:
    Type: AWS::ElastiCache::ReplicationGroup
    Properties:
      ReplicationGroupDescription: Tiered
      Engine: valkey
      EngineVersion: '8.0'
      CacheNodeType: cache.r6gd.xlarge
      DataTieringEnabled: true
      NumCacheClusters: 2
      TransitEncryptionEnabled: true
      CacheSubnetGroupName: !Ref Subnets
`,
  },
  {
    name: 'IPv6 beside IPv4, over subnets that have both',
    template: `
Resources:
  Vpc: {Type: AWS::EC2::VPC, Properties: {CidrBlock: 10.0.0.0/16}}
  V6: {Type: AWS::EC2::VPCCidrBlock, Properties: {VpcId: !Ref Vpc, AmazonProvidedIpv6CidrBlock: true}}
  A:
    Type: AWS::EC2::Subnet
    DependsOn: V6
    Properties:
      VpcId: !Ref Vpc
      CidrBlock: 10.0.0.0/24
      Ipv6CidrBlock: !Select [0, !Cidr [!Select [0, !GetAtt Vpc.Ipv6CidrBlocks], 8, 64]]
  Subnets: {Type: AWS::ElastiCache::SubnetGroup, Properties: {Description: Both, SubnetIds: [!Ref A]}}
  Cache:
    Type: AWS::ElastiCache::ReplicationGroup
    Properties:
      ReplicationGroupDescription: Both
      Engine: redis
      EngineVersion: '7.1'
      CacheNodeType: cache.t4g.medium
      NumCacheClusters: 2
      NetworkType: dual_stack
      IpDiscovery: ipv4
      CacheSubnetGroupName: !Ref Subnets
`,
  },
  {
    name: 'Memcached with TLS',
    template: `
Resources:${NETWORK}
  Cache:
    Type: AWS::ElastiCache::CacheCluster
    Properties:
      ClusterName: pages
      Engine: memcached
      EngineVersion: 1.6.12
      CacheNodeType: cache.m6g.large
      NumCacheNodes: 3
      PreferredAvailabilityZones: [eu-west-1a, eu-west-1b, eu-west-1c]
      AZMode: cross-az
      TransitEncryptionEnabled: true
      CacheSubnetGroupName: !Ref Subnets
      VpcSecurityGroupIds: [!GetAtt Firewall.GroupId]
`,
  },
  {
    name: 'Memcached 1.4 with slabs of its own',
    template: `
Resources:
  Tuning:
    Type: AWS::ElastiCache::ParameterGroup
    Properties: {CacheParameterGroupFamily: memcached1.4, Description: Slabs, Properties: {cas_disabled: '1', chunk_size_growth_factor: '1.02'}}
  Cache:
    Type: AWS::ElastiCache::CacheCluster
    Properties:
      Engine: memcached
      EngineVersion: 1.4.34
      CacheNodeType: cache.m4.large
      NumCacheNodes: 2
      CacheParameterGroupName: !Ref Tuning
`,
  },
  {
    name: 'the smallest cache cluster',
    template: `
Resources:
  Cache: {Type: 'AWS::ElastiCache::CacheCluster', Properties: {Engine: memcached, CacheNodeType: cache.t2.micro, NumCacheNodes: '1'}}
`,
  },
  {
    name: 'the smallest serverless cache',
    template: `
Resources:
  Cache: {Type: AWS::ElastiCache::ServerlessCache, Properties: {Engine: valkey, ServerlessCacheName: c}}
`,
  },
  {
    name: 'the smallest group of parameters, of a family by condition',
    template: `
Parameters: {Valkey: {Type: String, AllowedValues: [yes, no], Default: yes}}
Conditions: {Valkey: !Equals [!Ref Valkey, yes]}
Resources:${NETWORK}
  Tuning:
    Type: AWS::ElastiCache::ParameterGroup
    Properties: {CacheParameterGroupFamily: !If [Valkey, valkey8, redis7], Description: Either}
  Cache:
    Type: AWS::ElastiCache::ReplicationGroup
    Properties:
      ReplicationGroupDescription: Either
      Engine: !If [Valkey, valkey, redis]
      EngineVersion: !If [Valkey, '8.0', '7.1']
      CacheNodeType: cache.m7g.large
      NumCacheClusters: 2
      TransitEncryptionEnabled: !If [Valkey, false, !Ref AWS::NoValue]
      CacheParameterGroupName: !Ref Tuning
      CacheSubnetGroupName: !Ref Subnets
`,
  },
  {
    name: 'cluster mode by condition, with the shards of the one and the nodes of the other',
    template: `
Parameters: {Shards: {Type: Number, Default: 1}}
Conditions:
  Sharded: !Not [!Equals [!Ref Shards, 1]]
  Single: !Not [!Condition Sharded]
Resources:${NETWORK}
  Cache:
    Type: AWS::ElastiCache::ReplicationGroup
    Properties:
      ReplicationGroupDescription: Either
      Engine: redis
      EngineVersion: '7.1'
      CacheNodeType: cache.m7g.large
      NumCacheClusters: !If [Single, 2, !Ref AWS::NoValue]
      NumNodeGroups: !If [Sharded, !Ref Shards, !Ref AWS::NoValue]
      ReplicasPerNodeGroup: !If [Sharded, 1, !Ref 'AWS::NoValue']
      AutomaticFailoverEnabled: true
      CacheParameterGroupName: !If [Sharded, default.redis7.cluster.on, default.redis7]
      CacheSubnetGroupName: !Ref Subnets
Outputs:
  Host: {Value: !If [Sharded, !GetAtt Cache.ConfigurationEndPoint.Address, !GetAtt Cache.PrimaryEndPoint.Address]}
`,
  },
  {
    name: 'a topic, tags and windows over midnight',
    template: `
Resources:${NETWORK}
  Events: {Type: AWS::SNS::Topic}
  Cache:
    Type: AWS::ElastiCache::ReplicationGroup
    Properties:
      ReplicationGroupDescription: Cache
      Engine: redis
      CacheNodeType: cache.t3.micro
      NumCacheClusters: 2
      NotificationTopicArn: !Ref Events
      PreferredMaintenanceWindow: Sun:23:00-Mon:01:30
      SnapshotWindow: 05:00-09:00
      SnapshotRetentionLimit: 35
      AutoMinorVersionUpgrade: 'false'
      CacheSubnetGroupName: !Ref Subnets
      Tags: [{Key: cost:center, Value: 'a/b=c'}, {Key: empty, Value: ''}]
`,
  },
  {
    name: 'an alarm and a policy that name a cache',
    template: `
Resources:${NETWORK}
  Cache:
    Type: AWS::ElastiCache::CacheCluster
    Properties: {Engine: redis, CacheNodeType: cache.t3.micro, NumCacheNodes: 1, CacheSubnetGroupName: !Ref Subnets}
  Alarm:
    Type: AWS::CloudWatch::Alarm
    Properties:
      Namespace: AWS/ElastiCache
      MetricName: CPUUtilization
      Dimensions: [{Name: CacheClusterId, Value: !Ref Cache}]
      Statistic: Average
      Period: 60
      EvaluationPeriods: 5
      Threshold: 90
      ComparisonOperator: GreaterThanThreshold
  Policy:
    Type: AWS::IAM::ManagedPolicy
    Properties:
      PolicyDocument:
        Version: '2012-10-17'
        Statement: [{Effect: Allow, Action: ['elasticache:Describe*', 'elasticache:List*'], Resource: '*'}]
`,
  },
];
