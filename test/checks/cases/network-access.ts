import { Cases, TemplateResources } from './case';

const CLUSTER = { NumCacheNodes: 1, CacheNodeType: 'cache.t4g.micro', Engine: 'memcached', EngineVersion: '1.6.22' };

/** A security group that lets an address range in on a port. */
function opened(CidrIp: string, FromPort: number): TemplateResources[string] {
  return {
    Type: 'AWS::EC2::SecurityGroup',
    Properties: { GroupDescription: 'Cache', VpcId: 'vpc-1', SecurityGroupIngress: [{ IpProtocol: 'tcp', FromPort, ToPort: FromPort, CidrIp }] },
  };
}

function cluster(group: TemplateResources[string]): TemplateResources {
  return {
    Group: group,
    Thing: { Type: 'AWS::ElastiCache::CacheCluster', Properties: { ...CLUSTER, CacheSubnetGroupName: 'subnets', VpcSecurityGroupIds: [{ 'Fn::GetAtt': ['Group', 'GroupId'] }] } },
  };
}

function inVpcs(group: string, ...subnets: string[]): TemplateResources {
  return {
    ...Object.fromEntries(subnets.map((VpcId, index) => [`Subnet${index}`, { Type: 'AWS::EC2::Subnet', Properties: { VpcId } }])),
    Group: { Type: 'AWS::EC2::SecurityGroup', Properties: { GroupDescription: 'Cache', VpcId: group } },
    Thing: {
      Type: 'AWS::ElastiCache::ServerlessCache',
      Properties: {
        ServerlessCacheName: 'cache',
        Engine: 'valkey',
        MajorEngineVersion: '8',
        SubnetIds: subnets.map((_, index) => ({ Ref: `Subnet${index}` })),
        SecurityGroupIds: [{ 'Fn::GetAtt': ['Group', 'GroupId'] }],
      },
    },
  };
}

export const NETWORK_ACCESS_CASES: Cases = {
  CacheOpenToWorld: { bad: cluster(opened('0.0.0.0/0', 11211)), good: cluster(opened('10.0.0.0/8', 11211)) },
  CachePortOpenToWorld: { bad: { Group: opened('0.0.0.0/0', 6379) }, good: { Group: opened('10.0.0.0/8', 6379) } },
  SecurityGroupInOtherVpc: { bad: inVpcs('vpc-2', 'vpc-1', 'vpc-1'), good: inVpcs('vpc-1', 'vpc-1', 'vpc-1') },
  SubnetsInTwoVpcs: { bad: inVpcs('vpc-1', 'vpc-1', 'vpc-2'), good: inVpcs('vpc-1', 'vpc-1', 'vpc-1') },
};
