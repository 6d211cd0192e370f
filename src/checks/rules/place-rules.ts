// What is in another account than the cache. Imports nothing of CDK.
import { Rule } from '../rule';

const API = 'https://docs.aws.amazon.com/AmazonElastiCache/latest/APIReference';

/** The types that publish to a topic, with the page that says whose it must be. */
const PUBLISHERS: Readonly<Record<string, string>> = { ReplicationGroup: 'API_CreateReplicationGroup.html', CacheCluster: 'API_CreateCacheCluster.html' };

/** Rules about the account of what a cache uses. */
export const PLACE_RULES: readonly Rule[] = Object.entries(PUBLISHERS).map(([short, page]): Rule => ({
  code: 'TopicOfOtherAccount',
  severity: 'error',
  resourceType: `AWS::ElastiCache::${short}`,
  reads: ['NotificationTopicArn'],
  evidence: 'documented',
  source: `${API}/${page}`,
  checked: '2026-11-21',
  since: '0.1.0',
  judge: (cache) => {
    const owner = /^arn:[^:]+:sns:[^:]*:(\d{12}):/.exec(cache.text('NotificationTopicArn') ?? '')?.[1];
    return owner !== undefined && cache.account !== undefined && owner !== cache.account
      ? `${cache.name('NotificationTopicArn')} must be a topic of the account of the cache, ${cache.account}, got: a topic of ${owner}` : undefined;
  },
}));
