import { Case, Cases, one } from './case';
import { LEAST } from './schema';

/** A name of which the stack's name is a part. */
function named(short: string, property: string): Case {
  const withName = (text: string) => one(`AWS::ElastiCache::${short}`, { ...LEAST[short], [property]: { 'Fn::Sub': text } });
  return { bad: withName('${AWS::StackName}_cache'), good: withName('${AWS::StackName}-cache') };
}

export const NAME_CASES: Cases = {
  'NamePartInvalid': named('ReplicationGroup', 'ReplicationGroupId'),
  'NamePartInvalid:CacheCluster': named('CacheCluster', 'ClusterName'),
  'NamePartInvalid:ServerlessCache': named('ServerlessCache', 'ServerlessCacheName'),
  'NamePartInvalid:SubnetGroup': named('SubnetGroup', 'CacheSubnetGroupName'),
  'NamePartInvalid:User': named('User', 'UserId'),
  'NamePartInvalid:UserGroup': named('UserGroup', 'UserGroupId'),
};
