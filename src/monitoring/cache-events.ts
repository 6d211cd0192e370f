import { Token } from 'aws-cdk-lib';
import { CacheEventTarget } from './cache-event-target';
import { EventSubject } from './private/event-subject';
import type { AskedEvent } from './private/event-table';
import { KIND_TITLES } from './private/metric-dimensions';
import { eventDelivery, events } from './private/tables';
import { attach } from '../private/check';
import { fail } from '../private/errors';

/** Who hears of an event of a cache. */
export interface CacheEventOptions {
  /** Who hears of it. */
  readonly target: CacheEventTarget;
}

/** Who hears of which events of a cache. */
export interface AnyCacheEventOptions extends CacheEventOptions {
  /**
   * The names of the events: keys of notifications such as `ElastiCache:CacheNodesRebooted` for a cache on nodes, detail types such as
   * `Cache Limit Approaching` for a serverless one. At most five for each target of a cache on nodes, over all calls.
   *
   * @default - every event of the cache
   */
  readonly eventNames?: string[];
}

/**
 * What happens to a cache, told to a function, a queue or a topic.
 *
 * A cache on nodes has one notification topic; its events go there alone, and a target subscribes to it with a filter. The topic is the cache's
 * `notificationTopic`, or is made when the first target is added. It cannot be encrypted. A target hears of every cache that shares the topic.
 * A serverless cache sends its events to EventBridge, and has a rule for each call.
 *
 * An event that the kind of cache does not have is an error that says what there is in place of it.
 *
 * @see https://docs.aws.amazon.com/AmazonElastiCache/latest/dg/ElastiCacheSNS.html
 *
 * @example
 * cache.events.onFailover('Failover', { target: CacheEventTarget.topic(topic) });
 * cache.events.onSnapshotFailed('SnapshotFailed', { target: CacheEventTarget.fn(fn) });
 */
export class CacheEvents {
  /** @internal */
  public static _of(subject: EventSubject): CacheEvents {
    return new CacheEvents(subject);
  }

  private readonly ids = new Set<string>();

  private constructor(private readonly subject: EventSubject) {}

  /**
   * A replica took over from its primary: what was not yet replicated is lost, and clients were disconnected. Replication groups have it.
   *
   * @param id the id of what is made
   * @param options who hears of it
   */
  public onFailover(id: string, options: CacheEventOptions): void {
    this.onAsked('onFailover', id, options);
  }

  /**
   * A backup failed. Replication groups and serverless caches have it. A serverless cache's event names the backup, not the cache: the target
   * hears of backups of every serverless cache of the account and Region.
   *
   * @param id the id of what is made
   * @param options who hears of it
   */
  public onSnapshotFailed(id: string, options: CacheEventOptions): void {
    this.onAsked('onSnapshotFailed', id, options);
  }

  /**
   * A node failed and was replaced: without a replica its data is gone. Caches on nodes have it.
   *
   * @param id the id of what is made
   * @param options who hears of it
   */
  public onNodeReplaced(id: string, options: CacheEventOptions): void {
    this.onAsked('onNodeReplaced', id, options);
  }

  /**
   * Nodes have a new type, or there are more of them. Caches on nodes have it.
   *
   * @param id the id of what is made
   * @param options who hears of it
   */
  public onScalingComplete(id: string, options: CacheEventOptions): void {
    this.onAsked('onScalingComplete', id, options);
  }

  /**
   * The replacement of a node was planned, moved or called off, or an update can be installed. Caches on nodes have it.
   *
   * @param id the id of what is made
   * @param options who hears of it
   */
  public onMaintenance(id: string, options: CacheEventOptions): void {
    this.onAsked('onMaintenance', id, options);
  }

  /**
   * Every event, or those that are named. A name that this library does not know is taken as it is, with a warning.
   *
   * @param id the id of what is made
   * @param options who hears of which events
   */
  public onEvent(id: string, options: AnyCacheEventOptions): void {
    const { eventNames } = options;
    if (eventNames?.length === 0) {
      fail(this.subject.cache, 'EventNamesEmpty', `eventNames of ${id} must name at least one event, got: an empty list; leave it out for every event`);
    }
    const names = Token.isUnresolved(eventNames) ? eventNames : eventNames?.map((name) => this.checked(name));
    this.deliver(id, options.target, names);
  }

  private onAsked(asked: AskedEvent, id: string, { target }: CacheEventOptions): void {
    const { kind } = this.subject;
    const names = events().ASKED_EVENTS[asked][kind];
    if (typeof names === 'string') {
      return this.refuse(asked, `: ${names}`);
    }
    return this.deliver(id, target, names);
  }

  /** A name, if the cache can have such an event. */
  private checked(name: string): string {
    const { cache, kind } = this.subject;
    const row = Token.isUnresolved(name) ? undefined : events().EVENTS.find((each) => each.name === name);
    if (row && !row.kinds.includes(kind)) {
      this.refuse(`event ${JSON.stringify(name)}`, `; they have: ${events().eventsOf(kind).map((each) => each.name).join(', ')}`);
    }
    if (!row && !Token.isUnresolved(name)) {
      attach(cache, [{
        code: 'EventNotKnown',
        message: `event ${JSON.stringify(name)} is not among those that AWS lists for ElastiCache as far as this library knows: if the name is wrong, nobody hears of it`,
      }]);
    }
    return name;
  }

  private refuse(what: string, why: string): never {
    const { cache, kind } = this.subject;
    return fail(cache, 'EventNotOffered', `${what} does not exist for ${KIND_TITLES[kind]}${why}`);
  }

  private deliver(id: string, { _receiver }: CacheEventTarget, names: readonly string[] | undefined): void {
    const { cache, kind, topic, cacheArn } = this.subject;
    if (this.ids.has(id)) {
      fail(cache, 'EventIdTaken', `the id ${JSON.stringify(id)} of an event is taken by another one of this cache; choose another`);
    }
    this.ids.add(id);
    if (kind === 'serverless') {
      eventDelivery().deliverByRule({ cache, cacheArn: cacheArn!() }, id, _receiver, names);
    } else {
      eventDelivery().deliverByTopic({ cache, topic: topic!() }, id, _receiver, names);
    }
  }
}
