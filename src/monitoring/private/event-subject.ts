import type { ITopicRef } from 'aws-cdk-lib/aws-sns';
import { IConstruct } from 'constructs';
import type { CacheKind } from './metric-row';

/** What events need to know of a cache. */
export interface EventSubject {
  readonly cache: IConstruct;
  readonly kind: CacheKind;
  /** The ARN of a serverless cache. */
  readonly cacheArn?: () => string;
  /** The topic to which the service sends notifications of nodes; makes one where the cache has none. An error where that cannot be. */
  readonly topic?: () => ITopicRef;
}
