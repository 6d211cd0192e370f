import { ResourceView, Rule } from '../checks/rule';

const SOURCE = 'https://docs.aws.amazon.com/AmazonElastiCache/latest/dg/ElastiCacheSNS.html';

/** What of a topic is elsewhere, beside the same of the cache. */
const PLACES = [['TopicAccount', 'Account', 'account'], ['TopicRegion', 'Region', 'Region']] as const;

/**
 * Where the topic of a cache may be. Judged while a cache is made, where the account and the Region of both are known; no template tells them.
 */
export const NOTIFICATION_TOPIC_RULES: readonly Rule[] = [
  {
    code: 'NotificationTopicElsewhere',
    resourceType: 'AWS::ElastiCache::ReplicationGroup',
    severity: 'error',
    reads: ['NotificationTopicArn'],
    evidence: 'documented',
    source: SOURCE,
    checked: '2026-11-21',
    since: '0.1.0',
    judge: (cache: ResourceView) => PLACES.flatMap(([topic, own, word]) => {
      const [there, here] = [cache.text(topic), cache.text(own)];
      return there === undefined || here === undefined || there === here ? []
        : [`${cache.name('NotificationTopicArn')} must be in the ${word} of the cache, ${here}, got: one of ${there}; use a topic beside the cache`];
    }),
  },
];
