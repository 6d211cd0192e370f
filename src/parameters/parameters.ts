import { Duration, Size } from 'aws-cdk-lib';
import { MaxmemoryPolicy } from './maxmemory-policy';
import { MemcachedParameters } from './memcached-parameters';
import { fail } from '../private/errors';
import { asText } from '../private/tokens';

/** The common settings of Valkey and Redis OSS. Whatever is left out keeps the service's default. */
export interface EngineParameters {
  /**
   * What to do with a write when memory is full.
   *
   * @default - the service's: MaxmemoryPolicy.VOLATILE_LRU
   */
  readonly maxmemoryPolicy?: MaxmemoryPolicy;

  /**
   * How many keys the engine looks at to find one to evict; more is more exact and costs more CPU.
   *
   * @default - the service's: 3
   */
  readonly maxmemorySamples?: number;

  /**
   * Which changes of keys are published to subscribers, a set of letters, for example `Ex` for expiries.
   *
   * @default - the service's: none
   */
  readonly notifyKeyspaceEvents?: string;

  /**
   * How long an idle client stays connected: whole seconds, zero for ever, otherwise at least 20.
   *
   * @default - the service's: for ever
   */
  readonly timeout?: Duration;

  /**
   * How often the engine probes idle connections, whole seconds.
   *
   * @default - the service's: 300 seconds
   */
  readonly tcpKeepalive?: Duration;

  /**
   * Commands that take longer are written to the slow log.
   *
   * @default - the service's: 10 milliseconds
   */
  readonly slowlogLogSlowerThan?: Duration;

  /**
   * How many entries the engine's own slow log holds.
   *
   * @default - the service's: 128
   */
  readonly slowlogMaxLength?: number;

  /**
   * Requests that are larger are written to the command log. From Valkey 8.1 on.
   *
   * @default - the service's: 1 MiB
   */
  readonly commandlogRequestLargerThan?: Size;

  /**
   * Replies that are larger are written to the command log. From Valkey 8.1 on.
   *
   * @default - the service's: 1 MiB
   */
  readonly commandlogReplyLargerThan?: Size;

  /**
   * How many large requests the engine's own command log holds, up to 1024. From Valkey 8.1 on.
   *
   * @default - the service's: 128
   */
  readonly commandlogLargeRequestMaxLength?: number;

  /**
   * How many large replies the engine's own command log holds, up to 1024. From Valkey 8.1 on.
   *
   * @default - the service's: 128
   */
  readonly commandlogLargeReplyMaxLength?: number;

  /**
   * Whether the engine moves data in memory to fight fragmentation.
   *
   * @default - the service's: false
   */
  readonly activeDefragmentation?: boolean;

  /**
   * How many numbered databases there are, when cluster mode is disabled.
   *
   * @default - the service's: 16
   */
  readonly databases?: number;

  /**
   * The share of memory that is kept free of data for backups and failover, 0 to 100 percent.
   *
   * @default - the service's: 25
   */
  readonly reservedMemoryPercent?: number;
}

/**
 * Settings of an engine: typed ones for the common cases, `custom` for all others.
 *
 * Names and values are checked against the family of the engine when they meet it: in a `ParameterGroup` or a cache.
 *
 * @see https://docs.aws.amazon.com/AmazonElastiCache/latest/dg/ParameterGroups.Engine.html
 *
 * @example
 * Parameters.combine(
 *   Parameters.valkey({ maxmemoryPolicy: MaxmemoryPolicy.ALLKEYS_LRU }),
 *   Parameters.custom({ 'lazyfree-lazy-user-flush': 'yes' }),
 * );
 */
export class Parameters {
  /**
   * Settings of Valkey.
   *
   * @param parameters the settings
   */
  public static valkey(parameters: EngineParameters): Parameters {
    return new Parameters(render(parameters));
  }

  /**
   * Settings of Redis OSS.
   *
   * @param parameters the settings
   */
  public static redis(parameters: EngineParameters): Parameters {
    return new Parameters(render(parameters));
  }

  /**
   * Settings of Memcached.
   *
   * @param parameters the settings
   */
  public static memcached(parameters: MemcachedParameters): Parameters {
    return new Parameters(renderMemcached(parameters));
  }

  /**
   * Settings by the engine's own names.
   *
   * @param values name to value, for example `{ 'maxmemory-policy': 'allkeys-lru' }`
   */
  public static custom(values: { [name: string]: string }): Parameters {
    return new Parameters({ ...values });
  }

  /**
   * Several settings as one; of two values for one name the later wins.
   *
   * @param parameters the settings, the most important last
   */
  public static combine(...parameters: Parameters[]): Parameters {
    return new Parameters(Object.assign({}, ...parameters.map((each) => each.values)));
  }

  /** Name to value, under the engine's own names. */
  public readonly values: { [name: string]: string };

  private constructor(values: { [name: string]: string }) {
    this.values = values;
  }
}

function render(parameters: EngineParameters): { [name: string]: string } {
  const entries: [string, string | number | undefined][] = [
    ['maxmemory-policy', parameters.maxmemoryPolicy],
    ['maxmemory-samples', parameters.maxmemorySamples],
    ['notify-keyspace-events', parameters.notifyKeyspaceEvents],
    ['timeout', parameters.timeout?.toSeconds()],
    ['tcp-keepalive', parameters.tcpKeepalive?.toSeconds()],
    ['slowlog-log-slower-than', microseconds(parameters.slowlogLogSlowerThan)],
    ['slowlog-max-len', parameters.slowlogMaxLength],
    ['commandlog-request-larger-than', parameters.commandlogRequestLargerThan?.toBytes()],
    ['commandlog-reply-larger-than', parameters.commandlogReplyLargerThan?.toBytes()],
    ['commandlog-large-request-max-len', parameters.commandlogLargeRequestMaxLength],
    ['commandlog-large-reply-max-len', parameters.commandlogLargeReplyMaxLength],
    ['activedefrag', yesNo(parameters.activeDefragmentation)],
    ['databases', parameters.databases],
    ['reserved-memory-percent', parameters.reservedMemoryPercent],
  ];
  return written(entries);
}

function renderMemcached(parameters: MemcachedParameters): { [name: string]: string } {
  return written([
    ['max_item_size', parameters.maxItemSize?.toBytes()],
    ['chunk_size', parameters.chunkSize?.toBytes()],
    ['chunk_size_growth_factor', parameters.chunkSizeGrowthFactor],
    ['slab_chunk_max', parameters.slabChunkMax?.toBytes()],
    ['memcached_connections_overhead', parameters.connectionsOverhead?.toMebibytes()],
    ['idle_timeout', parameters.idleTimeout?.toSeconds()],
    ['error_on_memory_exhausted', oneZero(parameters.errorOnMemoryExhausted)],
    ['cas_disabled', oneZero(parameters.casDisabled)],
    ['disable_flush_all', oneZero(parameters.disableFlushAll)],
    ['binding_protocol', parameters.bindingProtocol],
    ['hash_algorithm', parameters.hashAlgorithm],
    ['slab_reassign', oneZero(parameters.slabReassign)],
    ['slab_automove', parameters.slabAutomove],
    ['lru_crawler', oneZero(parameters.lruCrawler)],
    ['lru_maintainer', oneZero(parameters.lruMaintainer)],
  ]);
}

function written(entries: [string, string | number | undefined][]): { [name: string]: string } {
  return Object.fromEntries(entries.filter(([, value]) => value !== undefined).map(([name, value]) => [name, typeof value === 'number' ? asText(value) : value!]));
}

function oneZero(value: boolean | undefined): string | undefined {
  return value === undefined ? undefined : value ? '1' : '0';
}

function microseconds(duration: Duration | undefined): number | undefined {
  if (duration?.isUnresolved()) {
    fail(undefined, 'ParameterNotKnown', 'slowlogLogSlowerThan must be known at synthesis, got: a token; the engine counts in microseconds, ' +
      'and CloudFormation cannot multiply: give the number with Parameters.custom({ \'slowlog-log-slower-than\': ... })');
  }
  return duration && duration.toMilliseconds() * 1000;
}

function yesNo(value: boolean | undefined): string | undefined {
  return value === undefined ? undefined : value ? 'yes' : 'no';
}
