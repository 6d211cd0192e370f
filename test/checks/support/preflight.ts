// The passing sides of cdk-preflight's rules about ElastiCache, in our own words: its authors deploy them to learn what AWS takes.
import type { Independent } from './independent';
import { TemplateResources } from '../cases';

const AT = (rule: string, commit: string) =>
  `https://github.com/badmintoncryer/cdk-preflight/blob/${commit}/rules/elasticache/pf-elasticache-${rule}/templates/pass.template.json`;
const A = '5b3ec91dcbd7bda01c9a6e8a6d06711699414498';
const B = 'a2062247c00851edc8925d0211c63e9b58c69c9b';
const C = '1e3cb812ff1856c1be282ed4ff98da12a42e3d33';
const D = '3161c914f5f8e7ad973da2c063b4dcf6ef7dfe64';

type Properties = Readonly<Record<string, unknown>>;

/** The smallest group of Redis OSS that is one node, with more properties. */
const node = (properties: Properties = {}): TemplateResources => ({
  Group: {
    Type: 'AWS::ElastiCache::ReplicationGroup',
    Properties: {
      ReplicationGroupId: 'a-group',
      ReplicationGroupDescription: 'A group',
      CacheNodeType: 'cache.t4g.micro',
      Engine: 'redis',
      NumCacheClusters: 1,
      AutomaticFailoverEnabled: false,
      ...properties,
    },
  },
});
const pair = (properties: Properties = {}) => node({ NumCacheClusters: 2, AutomaticFailoverEnabled: true, ...properties });

const subnet = (index: number) => ({
  Type: 'AWS::EC2::Subnet',
  Properties: { VpcId: { Ref: 'Network' }, CidrBlock: `10.0.${index}.0/24`, AvailabilityZone: { 'Fn::Select': [index, { 'Fn::GetAZs': '' }] } },
});
const NETWORK: TemplateResources = {
  Network: { Type: 'AWS::EC2::VPC', Properties: { CidrBlock: '10.0.0.0/16' } },
  One: subnet(0),
  Two: subnet(1),
  Subnets: { Type: 'AWS::ElastiCache::SubnetGroup', Properties: { Description: 'Subnets', SubnetIds: [{ Ref: 'One' }, { Ref: 'Two' }] } },
  Firewall: { Type: 'AWS::EC2::SecurityGroup', Properties: { GroupDescription: 'Firewall', VpcId: { Ref: 'Network' } } },
};
const cluster = (engine: string): TemplateResources => ({
  ...NETWORK,
  Cluster: {
    Type: 'AWS::ElastiCache::CacheCluster',
    Properties: {
      ClusterName: 'a-cluster',
      CacheNodeType: 'cache.t4g.micro',
      Engine: engine,
      NumCacheNodes: 1,
      CacheSubnetGroupName: { Ref: 'Subnets' },
      VpcSecurityGroupIds: [{ 'Fn::GetAtt': ['Firewall', 'GroupId'] }],
    },
  },
});
const user = (UserName: string) => ({
  Type: 'AWS::ElastiCache::User', Properties: { Engine: 'redis', UserId: 'a-user', UserName, NoPasswordRequired: true, AccessString: 'on ~* +@all' },
});
const zone = (index: number) => ({ 'Fn::Select': [index, { 'Fn::GetAZs': '' }] });
const token = (length: number) => ({
  ...NETWORK, ...node({ CacheSubnetGroupName: { Ref: 'Subnets' }, AuthToken: 'x'.repeat(length), TransitEncryptionEnabled: true }),
});

export const PREFLIGHT: readonly Independent[] = [
  { link: AT('auth-token', C), resources: token(16) },
  { link: AT('auth-token', C), resources: token(128) },
  { link: AT('cache-cluster-nodes', A), resources: cluster('redis') },
  { link: AT('snapshot-source-engine', A), resources: cluster('memcached') },
  { link: AT('engine', B), resources: node() },
  { link: AT('identifier', A), resources: node({ ReplicationGroupId: 'a-longer-identifier' }) },
  { link: AT('kms-key', B), resources: node({ AtRestEncryptionEnabled: true }) },
  { link: AT('maintenance-window', A), resources: node({ PreferredMaintenanceWindow: 'sun:23:00-mon:01:30' }) },
  { link: AT('port', D), resources: node({ Port: 1150 }) },
  { link: AT('preferred-availability-zones', A), resources: pair({ PreferredCacheClusterAZs: [zone(0), zone(1)] }) },
  { link: AT('replication-group-clusters', C), resources: pair() },
  { link: AT('snapshot-retention', C), resources: node({ SnapshotRetentionLimit: 35 }) },
  {
    link: AT('snapshot-window', A),
    resources: node({ SnapshotRetentionLimit: 1, PreferredMaintenanceWindow: 'sun:05:00-sun:07:00', SnapshotWindow: '10:00-12:00' }),
  },
  { link: AT('user-access-string', A), resources: { User: user('a-user') } },
  {
    link: AT('user-group-default-user', B),
    resources: { User: user('default'), Users: { Type: 'AWS::ElastiCache::UserGroup', Properties: { Engine: 'redis', UserGroupId: 'users', UserIds: [{ Ref: 'User' }] } } },
  },
  {
    link: AT('cluster-mode-parameter-group', B),
    resources: {
      Group: {
        Type: 'AWS::ElastiCache::ReplicationGroup',
        Properties: {
          ReplicationGroupId: 'a-group',
          ReplicationGroupDescription: 'A group',
          CacheNodeType: 'cache.t4g.micro',
          Engine: 'redis',
          NumNodeGroups: 2,
          ReplicasPerNodeGroup: 0,
          CacheParameterGroupName: { Ref: 'Parameters' },
        },
      },
      Parameters: {
        Type: 'AWS::ElastiCache::ParameterGroup',
        Properties: { CacheParameterGroupFamily: 'redis7', Description: 'Parameters', Properties: { 'cluster-enabled': 'yes' } },
      },
    },
  },
];
