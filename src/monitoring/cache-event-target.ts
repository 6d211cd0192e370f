import { IFunction } from 'aws-cdk-lib/aws-lambda';
import { ITopic } from 'aws-cdk-lib/aws-sns';
import { IQueue } from 'aws-cdk-lib/aws-sqs';
import { EventReceiver } from './private/event-receiver';

/**
 * Who hears of the events of a cache. What is made for it belongs to its stack, which comes to depend on the stack of the cache.
 *
 * A cache on nodes sends what is in a notification of ElastiCache, such as `{"ElastiCache:FailoverComplete":"my-cache-001"}`; a serverless one
 * sends an event of EventBridge, with `detail-type`, `resources` and `detail`.
 *
 * @example
 * cache.events.onSnapshotFailed('SnapshotFailed', { target: CacheEventTarget.fn(fn) });
 */
export class CacheEventTarget {
  /**
   * A Lambda function. That of a cache on nodes gets records of SNS, that of a serverless cache gets the event.
   *
   * @param fn the function
   */
  public static fn(fn: IFunction): CacheEventTarget {
    return new CacheEventTarget({ kind: 'function', construct: fn });
  }

  /**
   * An SQS queue. A message is what the service sent, without an envelope.
   *
   * @param queue the queue; not one that is encrypted with the key that AWS manages for SQS, which nobody else may use
   */
  public static queue(queue: IQueue): CacheEventTarget {
    return new CacheEventTarget({ kind: 'queue', construct: queue });
  }

  /**
   * An SNS topic, for example that of your alarms. No topic can subscribe to another: for a cache on nodes a small function passes events on.
   *
   * @param topic the topic; may be encrypted
   */
  public static topic(topic: ITopic): CacheEventTarget {
    return new CacheEventTarget({ kind: 'topic', construct: topic });
  }

  /** @internal */
  public readonly _receiver: EventReceiver;

  private constructor(receiver: EventReceiver) {
    this._receiver = receiver;
  }
}
