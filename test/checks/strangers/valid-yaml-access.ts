import { Valid } from './bases';

const subnets = `
  Subnets:
    Type: AWS::ElastiCache::SubnetGroup
    Properties: {Description: Private, SubnetIds: [subnet-0a1b2c3d, subnet-4e5f6a7b]}`;

/** Serverless caches, users, global datastores and Memcached as people write them. */
export const VALID_YAML_ACCESS: readonly Valid[] = [
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
];
