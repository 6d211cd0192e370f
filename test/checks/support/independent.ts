// Caches that others deploy, in our own words: the facts of templates and tests elsewhere, each with its address.
import { TemplateResources } from '../cases';

export interface Independent {
  readonly link: string;
  readonly resources: TemplateResources;
}

const SUBNETS = { Type: 'AWS::ElastiCache::SubnetGroup', Properties: { Description: 'Subnets', SubnetIds: ['subnet-1', 'subnet-2'] } };
const GROUP = 'AWS::ElastiCache::ReplicationGroup';

export const INDEPENDENT: readonly Independent[] = [
  {
    link: 'https://github.com/widdix/aws-cf-templates/blob/d05bfb974a594c97b8dfeda6a0caf5357baa3d7d/state/elasticache-redis.yaml',
    resources: {
      Subnets: SUBNETS,
      Cache: {
        Type: GROUP,
        DeletionPolicy: 'Snapshot',
        UpdateReplacePolicy: 'Snapshot',
        Properties: {
          ReplicationGroupDescription: 'Cache',
          Engine: 'redis',
          EngineVersion: '5.0.6',
          CacheNodeType: 'cache.t2.micro',
          NumNodeGroups: '1',
          ReplicasPerNodeGroup: '1',
          AutomaticFailoverEnabled: 'true',
          MultiAZEnabled: true,
          CacheParameterGroupName: 'default.redis5.0',
          CacheSubnetGroupName: { Ref: 'Subnets' },
          TransitEncryptionEnabled: false,
          AtRestEncryptionEnabled: true,
          SnapshotRetentionLimit: 35,
          SnapshotWindow: '00:00-03:00',
          PreferredMaintenanceWindow: 'sat:07:00-sat:08:00',
        },
      },
    },
  },
  {
    link: 'https://github.com/widdix/aws-cf-templates/blob/abd54436ac9318e3803b75ac617f4caa3f47c4b9/state/elasticache-memcached.yaml',
    resources: {
      Subnets: SUBNETS,
      Cache: {
        Type: 'AWS::ElastiCache::CacheCluster',
        Properties: {
          Engine: 'memcached',
          EngineVersion: '1.5.16',
          CacheNodeType: 'cache.t2.micro',
          NumCacheNodes: '2',
          AZMode: 'cross-az',
          CacheSubnetGroupName: { Ref: 'Subnets' },
          PreferredMaintenanceWindow: 'sat:07:00-sat:08:00',
        },
      },
    },
  },
  {
    link: 'https://github.com/aws/aws-cdk/blob/608d86b16fdda40ead5c708ec6007d56d28a9ec0/packages/%40aws-cdk/aws-elasticache-alpha/test/integ.serverless-cache.ts',
    resources: {
      User: {
        Type: 'AWS::ElastiCache::User',
        Properties: {
          UserId: 'user', UserName: 'user', Engine: 'valkey', AccessString: 'on ~* +@all', AuthenticationMode: { Type: 'iam' }, NoPasswordRequired: false,
        },
      },
      Users: { Type: 'AWS::ElastiCache::UserGroup', DependsOn: ['User'], Properties: { Engine: 'valkey', UserGroupId: 'usergroup', UserIds: ['user'] } },
      Cache: {
        Type: 'AWS::ElastiCache::ServerlessCache',
        DependsOn: ['Users'],
        Properties: {
          ServerlessCacheName: 'serverlesscache',
          Engine: 'valkey',
          MajorEngineVersion: '8',
          UserGroupId: 'usergroup',
          Description: 'Serverless cache',
          CacheUsageLimits: { DataStorage: { Minimum: 1, Maximum: 1, Unit: 'GB' }, ECPUPerSecond: { Minimum: 1000, Maximum: 2000 } },
          FinalSnapshotName: 'last-snapshot-name',
          SnapshotRetentionLimit: 2,
          SubnetIds: ['subnet-1', 'subnet-2'],
          SecurityGroupIds: ['sg-1'],
        },
      },
    },
  },
  {
    // An acceptance test that makes the cluster: one node of Redis OSS takes the mode of one zone.
    link: 'https://github.com/hashicorp/terraform-provider-aws/blob/main/internal/service/elasticache/cluster_test.go',
    resources: {
      Cache: {
        Type: 'AWS::ElastiCache::CacheCluster',
        Properties: { Engine: 'redis', CacheNodeType: 'cache.t3.medium', NumCacheNodes: 1, Port: 6379, AZMode: 'single-az' },
      },
    },
  },
  {
    // An acceptance test that makes the group: cluster mode without replicas, and failover on.
    link: 'https://github.com/hashicorp/terraform-provider-aws/blob/main/internal/service/elasticache/replication_group_test.go',
    resources: {
      Cache: {
        Type: GROUP,
        Properties: {
          ReplicationGroupDescription: 'Cache',
          Engine: 'redis',
          CacheNodeType: 'cache.t2.medium',
          NumNodeGroups: 1,
          ReplicasPerNodeGroup: 0,
          AutomaticFailoverEnabled: true,
          CacheParameterGroupName: 'default.redis7.cluster.on',
          Port: 6379,
        },
      },
    },
  },
];

/** Templates that others call good and we reject, with the reason. */
export const REFUSED: readonly (Independent & { readonly codes: readonly string[]; readonly reason: string })[] = [
  {
    link: 'https://github.com/aws-cloudformation/cfn-lint/blob/158ef5c7973552f81d682830e5a208f8bb728659/test/fixtures/templates/good/resources/elasticache/cache_cluster_failover.yaml',
    resources: {
      Cache: {
        Type: GROUP,
        Properties: {
          ReplicationGroupDescription: 'Cache',
          Engine: 'redis',
          EngineVersion: '3.2',
          CacheNodeType: 'cache.r3.large',
          NumNodeGroups: 2,
          ReplicasPerNodeGroup: 3,
          AutomaticFailoverEnabled: true,
          CacheSubnetGroupName: 'subnetgroup',
        },
      },
    },
    codes: ['EngineVersionNotCreatable', 'NodeTypeNotCreatable'],
    reason: 'The fixture is about one rule of the linter; neither its version nor its node type can be created any more.',
  },
  {
    link: 'https://github.com/aws-cloudformation/aws-cloudformation-templates/blob/d92ae9b9a579db627c58e3c1c630440f42ca69b9/ElastiCache/Elasticache-snapshot.yaml',
    resources: {
      Cache: {
        Type: GROUP,
        Properties: {
          ReplicationGroupDescription: 'Cache',
          Engine: 'redis',
          EngineVersion: '2.8.24',
          CacheNodeType: 'cache.m3.medium',
          NumCacheClusters: 2,
          AutomaticFailoverEnabled: true,
          CacheSubnetGroupName: 'subnetgroup',
        },
      },
    },
    codes: ['EngineVersionNotCreatable', 'NodeTypeNotCreatable'],
    reason: 'The sample is of 2016; neither its version nor its node type can be created any more.',
  },
];
