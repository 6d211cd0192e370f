import { Cases, TemplateResources } from './case';

const CLUSTER = { NumCacheNodes: 1, CacheNodeType: 'cache.t4g.micro', Engine: 'memcached', EngineVersion: '1.6.22' };

/** What makes a template one about caches. */
const CACHE: TemplateResources = { Cache: { Type: 'AWS::ElastiCache::CacheCluster', Properties: { ...CLUSTER, CacheSubnetGroupName: 'subnets' } } };

/** A security group that lets an address range in on a port. */
function opened(CidrIp: string, FromPort: number): TemplateResources[string] {
  return {
    Type: 'AWS::EC2::SecurityGroup',
    Properties: { GroupDescription: 'Cache', VpcId: 'vpc-1', SecurityGroupIngress: [{ IpProtocol: 'tcp', FromPort, ToPort: FromPort, CidrIp }] },
  };
}

const CACHES: Readonly<Record<string, { groups: string; properties: Record<string, unknown>; port: number }>> = {
  CacheCluster: { groups: 'VpcSecurityGroupIds', port: 11211, properties: CLUSTER },
  ReplicationGroup: {
    groups: 'SecurityGroupIds',
    port: 6379,
    properties: {
      ReplicationGroupDescription: 'Cache',
      Engine: 'valkey',
      EngineVersion: '8.2',
      CacheNodeType: 'cache.t4g.micro',
      NumCacheClusters: 2,
      AutomaticFailoverEnabled: true,
      TransitEncryptionEnabled: true,
    },
  },
  ServerlessCache: { groups: 'SecurityGroupIds', port: 6380, properties: { ServerlessCacheName: 'cache', Engine: 'valkey', MajorEngineVersion: '8' } },
};

function behind(short: string, group: TemplateResources[string], placed: Record<string, unknown>): TemplateResources {
  const { groups, properties } = CACHES[short];
  return {
    Group: group,
    Thing: { Type: `AWS::ElastiCache::${short}`, Properties: { ...properties, ...placed, [groups]: [{ 'Fn::GetAtt': ['Group', 'GroupId'] }] } },
  };
}

function reached(short: string, from: string, login: Record<string, unknown> = {}): TemplateResources {
  return behind(short, opened(from, CACHES[short].port), { ...login, ...short === 'ServerlessCache' ? {} : { CacheSubnetGroupName: 'subnets' } });
}

/** What makes clients log in. */
const LOGINS = { ReplicationGroup: { UserGroupIds: ['users'] }, ServerlessCache: { UserGroupId: 'users' } };

function inVpcs(short: string, group: string, ...subnets: string[]): TemplateResources {
  const SubnetIds = subnets.map((_, index) => ({ Ref: `Subnet${index}` }));
  return {
    ...Object.fromEntries(subnets.map((VpcId, index) => [`Subnet${index}`, { Type: 'AWS::EC2::Subnet', Properties: { VpcId } }])),
    ...short === 'ServerlessCache' ? {} : { Subnets: { Type: 'AWS::ElastiCache::SubnetGroup', Properties: { Description: 'Subnets', SubnetIds } } },
    ...behind(short, { Type: 'AWS::EC2::SecurityGroup', Properties: { GroupDescription: 'Cache', VpcId: group } },
      short === 'ServerlessCache' ? { SubnetIds } : { CacheSubnetGroupName: { Ref: 'Subnets' } }),
  };
}

/** A cache without subnets of its own, and a security group of some VPC. */
function inDefaultVpc(short: string, VpcId: unknown): TemplateResources {
  const { TransitEncryptionEnabled: tls, ...properties } = CACHES[short].properties;
  return {
    Vpc: { Type: 'AWS::EC2::VPC', Properties: { CidrBlock: '10.0.0.0/16' } },
    ...behind(short, { Type: 'AWS::EC2::SecurityGroup', Properties: { GroupDescription: 'Cache', VpcId } }, { ...properties, ...tls === undefined ? {} : { TransitEncryptionEnabled: false } }),
  };
}

const shorts = Object.keys(CACHES);

export const NETWORK_ACCESS_CASES: Cases = {
  ...Object.fromEntries(shorts.map((short) => [`CacheOpenToWorld:${short}`, { bad: reached(short, '0.0.0.0/0'), good: reached(short, '10.0.0.0/8') }])),
  ...Object.fromEntries(Object.entries(LOGINS).map(([short, login]) => [
    `LoginOpenToWorld:${short}`, { bad: reached(short, '0.0.0.0/0', login), good: reached(short, '10.0.0.0/8', login) },
  ])),
  ...Object.fromEntries(shorts.map((short) => [
    `SecurityGroupInOtherVpc:${short}`, { bad: inVpcs(short, 'vpc-2', 'vpc-1', 'vpc-1'), good: inVpcs(short, 'vpc-1', 'vpc-1', 'vpc-1') },
  ])),
  ...Object.fromEntries(shorts.map((short) => [`SecurityGroupNotOfDefaultVpc:${short}`, { bad: inDefaultVpc(short, { Ref: 'Vpc' }), good: inDefaultVpc(short, 'vpc-1') }])),
  'SubnetsInTwoVpcs': { bad: inVpcs('ServerlessCache', 'vpc-1', 'vpc-1', 'vpc-2'), good: inVpcs('ServerlessCache', 'vpc-1', 'vpc-1', 'vpc-1') },
  'SubnetsInTwoVpcs:SubnetGroup': {
    bad: inVpcs('CacheCluster', 'vpc-1', 'vpc-1', 'vpc-2'), good: inVpcs('CacheCluster', 'vpc-1', 'vpc-1', 'vpc-1'),
  },
  'CachePortOpenToWorld': { bad: { Group: opened('0.0.0.0/0', 6379), ...CACHE }, good: { Group: opened('10.0.0.0/8', 6379), ...CACHE } },
  'CachePortOpenToWorld:SecurityGroupIngress': { bad: ingress('0.0.0.0/0'), good: ingress('10.0.0.0/8') },
};

function ingress(CidrIp: string): TemplateResources {
  return { Rule: { Type: 'AWS::EC2::SecurityGroupIngress', Properties: { GroupId: 'sg-1', IpProtocol: 'tcp', FromPort: 6379, ToPort: 6379, CidrIp } }, ...CACHE };
}
