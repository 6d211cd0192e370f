import { caseOf, Cases, one, TemplateResources } from './case';

const GROUP = 'AWS::ElastiCache::ReplicationGroup';
const CLUSTER = 'AWS::ElastiCache::CacheCluster';
const REPLICATED = { ReplicationGroupDescription: 'Cache', Engine: 'valkey', CacheNodeType: 'cache.t4g.micro', TransitEncryptionEnabled: true };
const NODE = { NumCacheNodes: 1, CacheNodeType: 'cache.t4g.micro', CacheSubnetGroupName: 'subnets' };
const SUBNETS = { Description: 'Subnets', SubnetIds: ['subnet-1', 'subnet-2'] };
const SERVERLESS = { ServerlessCacheName: 'cache', Engine: 'valkey', MajorEngineVersion: '8' };
const none = {};

/** A resource one of whose attributes something else reads. */
function read(attribute: string, Type: string, Properties: Record<string, unknown>): TemplateResources {
  return { Thing: { Type, Properties }, Host: { Type: 'AWS::SSM::Parameter', Properties: { Type: 'String', Value: { 'Fn::GetAtt': ['Thing', attribute] } } } };
}

export const SCHEMA_CASES: Cases = {
  PropertyRequired: caseOf('AWS::ElastiCache::SubnetGroup', { SubnetIds: ['subnet-1'] }, none, { Description: 'Subnets' }),
  PropertyNotOfType: caseOf(CLUSTER, { ...NODE, Engine: 'memcached' }, { SecurityGroupIds: ['sg-1'] }, { VpcSecurityGroupIds: ['sg-1'] }),
  PropertyUnknown: caseOf(GROUP, { ...REPLICATED, NumCacheClusters: 2 }, { Colour: 'red' }, none),
  PropertyTypeWrong: caseOf('AWS::ElastiCache::SubnetGroup', { Description: 'Subnets' }, { SubnetIds: { First: 'subnet-1' } }, { SubnetIds: ['subnet-1'] }),
  PropertyReadOnly: caseOf('AWS::ElastiCache::ParameterGroup', { Description: 'Settings', CacheParameterGroupFamily: 'valkey8' },
    { CacheParameterGroupName: 'mine' }, none),
  TagsInvalid: caseOf('AWS::ElastiCache::SubnetGroup', SUBNETS, { Tags: [{ Key: 'aws:mine', Value: 'x' }] }, { Tags: [{ Key: 'mine', Value: 'x' }] }),
  ItemRepeated: caseOf('AWS::ElastiCache::ServerlessCache', SERVERLESS,
    { SubnetIds: ['subnet-1', 'subnet-1'] }, { SubnetIds: ['subnet-1', 'subnet-2'] }),
  AttributeUnknown: { bad: read('Arn', GROUP, { ...REPLICATED, NumCacheClusters: 2 }), good: read('PrimaryEndPoint.Address', GROUP, { ...REPLICATED, NumCacheClusters: 2 }) },
  EndpointNotOfMode: {
    bad: read('PrimaryEndPoint.Address', GROUP, { ...REPLICATED, NumNodeGroups: 2, ReplicasPerNodeGroup: 1 }),
    good: read('ConfigurationEndPoint.Address', GROUP, { ...REPLICATED, NumNodeGroups: 2, ReplicasPerNodeGroup: 1 }),
  },
  EndpointNotOfEngine: {
    bad: read('RedisEndpoint.Address', CLUSTER, { ...NODE, Engine: 'memcached' }),
    good: read('ConfigurationEndpoint.Address', CLUSTER, { ...NODE, Engine: 'memcached' }),
  },
  SnapshotPolicyUnsupported: {
    bad: { Thing: { Type: 'AWS::ElastiCache::ServerlessCache', DeletionPolicy: 'Snapshot', Properties: { ...SERVERLESS, FinalSnapshotName: 'last' } } },
    good: { Thing: { Type: 'AWS::ElastiCache::ServerlessCache', DeletionPolicy: 'Retain', Properties: { ...SERVERLESS, FinalSnapshotName: 'last' } } },
  },
  ValueNotOffered: caseOf(CLUSTER, { ...NODE, NumCacheNodes: 2, Engine: 'memcached' }, { AZMode: 'multi-az' }, { AZMode: 'cross-az' }),
  CacheSecurityGroupGone: {
    bad: one('AWS::ElastiCache::SecurityGroup', { Description: 'Clients' }),
    good: one('AWS::EC2::SecurityGroup', { GroupDescription: 'Clients' }),
  },
};
