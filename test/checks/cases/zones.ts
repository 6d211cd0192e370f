import { Case, caseOf, Cases, TemplateResources } from './case';
import { LEAST } from './schema';

/** A cache in two subnets. */
function placed(short: string, bad: Record<string, unknown>, good: Record<string, unknown>): Case {
  const subnet = (zone: string) => ({ Type: 'AWS::EC2::Subnet', Properties: { VpcId: 'vpc-1', CidrBlock: '10.0.0.0/24', AvailabilityZone: zone } });
  const made = (properties: Record<string, unknown>): TemplateResources => ({
    A: subnet('eu-west-1a'),
    B: subnet('eu-west-1b'),
    Subnets: { Type: 'AWS::ElastiCache::SubnetGroup', Properties: { Description: 'Private', SubnetIds: [{ Ref: 'A' }, { Ref: 'B' }] } },
    Thing: { Type: `AWS::ElastiCache::${short}`, Properties: { ...LEAST[short], CacheSubnetGroupName: { Ref: 'Subnets' }, ...properties } },
  });
  return { bad: made(bad), good: made(good) };
}

export const ZONE_CASES: Cases = {
  'ZonesOutsideSubnets': placed('ReplicationGroup',
    { PreferredCacheClusterAZs: ['eu-west-1a', 'eu-west-1c'] }, { PreferredCacheClusterAZs: ['eu-west-1a', 'eu-west-1b'] }),
  'ZonesOutsideSubnets:CacheCluster': placed('CacheCluster', { PreferredAvailabilityZone: 'eu-west-1c' }, { PreferredAvailabilityZone: 'eu-west-1b' }),
  'ZonesOfOtherRegion': caseOf('AWS::ElastiCache::ReplicationGroup', LEAST.ReplicationGroup,
    { PreferredCacheClusterAZs: ['eu-west-1a', 'us-east-1b'] }, { PreferredCacheClusterAZs: ['eu-west-1a', 'eu-west-1b'] }),
  'ZonesOfOtherRegion:CacheCluster': caseOf('AWS::ElastiCache::CacheCluster', LEAST.CacheCluster,
    { PreferredAvailabilityZone: 'us-gov-west-1a' }, { PreferredAvailabilityZone: 'eu-west-1-ham-1a' }),
};
