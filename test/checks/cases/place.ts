import { caseOf, Cases } from './case';

const CACHE = { CacheNodeType: 'cache.t4g.micro', CacheSubnetGroupName: 'subnets' };
const GROUP = {
  ...CACHE, ReplicationGroupDescription: 'Cache', Engine: 'valkey', EngineVersion: '8.2', NumCacheClusters: 2, AutomaticFailoverEnabled: true, TransitEncryptionEnabled: true,
};
const CLUSTER = { ...CACHE, Engine: 'memcached', EngineVersion: '1.6.22', NumCacheNodes: 1 };
const topicOf = (account: string) => ({ NotificationTopicArn: `arn:aws:sns:eu-west-1:${account}:events` });

export const PLACE_CASES: Cases = {
  'TopicOfOtherAccount': caseOf('AWS::ElastiCache::ReplicationGroup', GROUP, topicOf('444455556666'), topicOf('111122223333')),
  'TopicOfOtherAccount:CacheCluster': caseOf('AWS::ElastiCache::CacheCluster', CLUSTER, topicOf('444455556666'), topicOf('111122223333')),
};
