import { Duration, Token } from 'aws-cdk-lib';
import { IMetric, MathExpression, Metric, MetricOptions } from 'aws-cdk-lib/aws-cloudwatch';
import { IConstruct } from 'constructs';
import {
  CacheKind, KIND_TITLES, memberDimensions, METRICS, metricRow, MetricRow, metricsOf, NAMESPACE, NodeDimensions, publishes,
} from './private/metric-catalog';
import { CacheNodeType } from '../node-type/cache-node-type';
import { fail } from '../private/errors';
import { UsageLimits } from '../serverless/usage-limits';

/**
 * What metrics need to know of a cache.
 *
 * @internal
 */
export interface MetricSubject {
  readonly cache: IConstruct;
  readonly kind: CacheKind;
  /** The dimensions of each node, the primary's first at creation; `undefined` when they cannot be known. */
  readonly nodes?: readonly NodeDimensions[];
  /**
   * The dimensions of a node by the id that users know it by.
   *
   * @default - those of a member of a replication group
   */
  readonly nodeOf?: (id: string) => NodeDimensions;
  readonly nodeType?: CacheNodeType;
  /** The engine's name; `undefined` when it is not known. */
  readonly engine?: string;
  /** Between what a serverless cache scales. */
  readonly limits?: UsageLimits;
}

/**
 * Nodes that one alarm watches, counted from 1.
 *
 * @internal
 */
export interface WatchedNodes {
  readonly metric: IMetric;
  readonly first: number;
  readonly last: number;
}

/** The longest list of metrics that one alarm on a math expression may have. */
const MOST_METRICS_OF_AN_ALARM = 10;

/** The form of the id of a node of Memcached. */
const MEMCACHED_NODE = /^\d{4}$/;

/**
 * The metrics of a cache. A metric of a cache with several nodes is the worst value of any node, so that one alarm watches all of them; amounts
 * that add up, such as items and commands of Memcached, are the sum.
 *
 * @see https://docs.aws.amazon.com/AmazonElastiCache/latest/dg/CacheMetrics.html
 */
export class CacheMetrics {
  /** @internal */
  public static _of(subject: MetricSubject): CacheMetrics {
    return new CacheMetrics(subject);
  }

  /** @internal */
  public readonly _subject: MetricSubject;

  private constructor(subject: MetricSubject) {
    this._subject = subject;
  }

  /**
   * Use of the one core that the engine's main thread runs on, in percent. The measure for node types with four vCPUs and more.
   *
   * @param options period, statistic, label and the like
   */
  public engineCpuUtilization(options?: MetricOptions): IMetric {
    return this.ofAllNodes(METRICS.engineCpuUtilization, options);
  }

  /**
   * Use of all cores of the node, in percent. The measure for node types with one or two vCPUs, where other work takes from the engine.
   *
   * @param options period, statistic, label and the like
   */
  public cpuUtilization(options?: MetricOptions): IMetric {
    return this.ofAllNodes(METRICS.cpuUtilization, options);
  }

  /**
   * Memory in use by data, in percent of what the node has for it. Beyond 100 the engine evicts or refuses writes.
   *
   * @param options period, statistic, label and the like
   */
  public databaseMemoryUsagePercentage(options?: MetricOptions): IMetric {
    return this.ofAllNodes(METRICS.databaseMemoryUsagePercentage, options);
  }

  /**
   * Keys that were evicted because memory was full.
   *
   * @param options period, statistic, label and the like
   */
  public evictions(options?: MetricOptions): IMetric {
    return this.ofAllNodes(METRICS.evictions, options);
  }

  /**
   * Open client connections, of at most 65,000 a node.
   *
   * @param options period, statistic, label and the like
   */
  public currConnections(options?: MetricOptions): IMetric {
    return this.ofAllNodes(METRICS.currConnections, options);
  }

  /**
   * How far the replicas are behind the primary, in seconds. An error for a cache without replicas.
   *
   * @param options period, statistic, label and the like
   */
  public replicationLag(options?: MetricOptions): IMetric {
    return this.ofAllNodes(METRICS.replicationLag, options);
  }

  /**
   * Memory of the node that neither the engine nor anything else uses, in bytes: the least of any node.
   *
   * @param options period, statistic, label and the like
   */
  public freeableMemory(options?: MetricOptions): IMetric {
    return this.ofAllNodes(METRICS.freeableMemory, options);
  }

  /**
   * Memory of the node that was moved to disk, in bytes. More than 50 MiB slows a node of Memcached down.
   *
   * @param options period, statistic, label and the like
   */
  public swapUsage(options?: MetricOptions): IMetric {
    return this.ofAllNodes(METRICS.swapUsage, options);
  }

  /**
   * Memory in use by items of Memcached on all nodes, in bytes.
   *
   * @param options period, statistic, label and the like
   */
  public bytesUsedForCacheItems(options?: MetricOptions): IMetric {
    return this.ofAllNodes(METRICS.bytesUsedForCacheItems, options);
  }

  /**
   * Memory that items of Memcached do not use, in bytes: the least of any node.
   *
   * @param options period, statistic, label and the like
   */
  public unusedMemory(options?: MetricOptions): IMetric {
    return this.ofAllNodes(METRICS.unusedMemory, options);
  }

  /**
   * Keys in the cache: of Memcached on all nodes together, with replicas the highest number of any node.
   *
   * @param options period, statistic, label and the like
   */
  public currItems(options?: MetricOptions): IMetric {
    return this.ofAllNodes(METRICS.currItems, options);
  }

  /**
   * Get commands to all nodes of Memcached.
   *
   * @param options period, statistic, label and the like
   */
  public cmdGet(options?: MetricOptions): IMetric {
    return this.ofAllNodes(METRICS.cmdGet, options);
  }

  /**
   * Set commands to all nodes of Memcached.
   *
   * @param options period, statistic, label and the like
   */
  public cmdSet(options?: MetricOptions): IMetric {
    return this.ofAllNodes(METRICS.cmdSet, options);
  }

  /**
   * Get commands of Memcached that found an item, on all nodes.
   *
   * @param options period, statistic, label and the like
   */
  public hits(options?: MetricOptions): IMetric {
    return this.ofAllNodes(METRICS.hits, options);
  }

  /**
   * Get commands of Memcached that found nothing, on all nodes.
   *
   * @param options period, statistic, label and the like
   */
  public misses(options?: MetricOptions): IMetric {
    return this.ofAllNodes(METRICS.misses, options);
  }

  /**
   * Connections that clients opened, of all nodes together.
   *
   * @param options period, statistic, label and the like
   */
  public newConnections(options?: MetricOptions): IMetric {
    return this.ofAllNodes(METRICS.newConnections, options);
  }

  /**
   * Items of Memcached that had expired and made room for others, on all nodes.
   *
   * @param options period, statistic, label and the like
   */
  public reclaimed(options?: MetricOptions): IMetric {
    return this.ofAllNodes(METRICS.reclaimed, options);
  }

  /**
   * Memory in use by data, in bytes: of the node, or of the whole serverless cache.
   *
   * @param options period, statistic, label and the like
   */
  public bytesUsedForCache(options?: MetricOptions): IMetric {
    return this.ofAllNodes(METRICS.bytesUsedForCache, options);
  }

  /**
   * Processing units (ECPU) that were used. Serverless caches only.
   *
   * @param options period, statistic, label and the like
   */
  public elastiCacheProcessingUnits(options?: MetricOptions): IMetric {
    return this.ofAllNodes(METRICS.elastiCacheProcessingUnits, options);
  }

  /**
   * Commands that were throttled because the cache grew less fast than its use, or has reached its limit. Serverless caches only.
   *
   * @param options period, statistic, label and the like
   */
  public throttledCmds(options?: MetricOptions): IMetric {
    return this.ofAllNodes(METRICS.throttledCmds, options);
  }

  /**
   * Commands that were run. Serverless caches only.
   *
   * @param options period, statistic, label and the like
   */
  public totalCmdsCount(options?: MetricOptions): IMetric {
    return this.ofAllNodes(METRICS.totalCmdsCount, options);
  }

  /**
   * Time in which successful read commands were answered, in microseconds. Takes percentiles: `statistic: 'p99'`.
   *
   * @param options period, statistic, label and the like
   */
  public successfulReadRequestLatency(options?: MetricOptions): IMetric {
    return this.ofAllNodes(METRICS.successfulReadRequestLatency, options);
  }

  /**
   * Time in which successful write commands were answered, in microseconds. Takes percentiles: `statistic: 'p99'`.
   *
   * @param options period, statistic, label and the like
   */
  public successfulWriteRequestLatency(options?: MetricOptions): IMetric {
    return this.ofAllNodes(METRICS.successfulWriteRequestLatency, options);
  }

  /**
   * Reads that found their key, of all nodes together. Valkey and Redis OSS only.
   *
   * @param options period, statistic, label and the like
   */
  public cacheHits(options?: MetricOptions): IMetric {
    return this.ofAllNodes(METRICS.cacheHits, options);
  }

  /**
   * Reads that did not find their key, of all nodes together. Valkey and Redis OSS only.
   *
   * @param options period, statistic, label and the like
   */
  public cacheMisses(options?: MetricOptions): IMetric {
    return this.ofAllNodes(METRICS.cacheMisses, options);
  }

  /**
   * Reads that found their key, in percent; with several nodes the average of them. Valkey and Redis OSS only.
   *
   * @param options period, statistic, label and the like
   */
  public cacheHitRate(options?: MetricOptions): IMetric {
    return this.ofAllNodes(METRICS.cacheHitRate, options);
  }

  /**
   * Bytes that were received, of all nodes together.
   *
   * @param options period, statistic, label and the like
   */
  public networkBytesIn(options?: MetricOptions): IMetric {
    return this.ofAllNodes(METRICS.networkBytesIn, options);
  }

  /**
   * Bytes that were sent, of all nodes together.
   *
   * @param options period, statistic, label and the like
   */
  public networkBytesOut(options?: MetricOptions): IMetric {
    return this.ofAllNodes(METRICS.networkBytesOut, options);
  }

  /**
   * A metric by its name in CloudWatch: of one node, or of a serverless cache.
   *
   * @param metricName for example `Reclaimed`
   * @param memberId the id of the member, for example `my-cache-001`; of Memcached on nodes the id of
   * the node, for example `0001`; left out for a serverless cache, which has no members
   * @param options period, statistic, label and the like
   */
  public metric(metricName: string, memberId?: string, options?: MetricOptions): Metric {
    const { level, statistic }: Pick<MetricRow, 'level' | 'statistic'> = metricRow(metricName) ?? { level: 'engine', statistic: 'Average' };
    return this.ofNode({ name: metricName, level, statistic }, this.nodeOf(metricName, memberId), options);
  }

  /**
   * A metric over all nodes as one alarm can watch it: one for every ten nodes, in their order.
   *
   * @internal
   */
  public _forAlarms(metric: keyof typeof METRICS): WatchedNodes[] {
    const row: MetricRow = METRICS[metric];
    const nodes = this.nodesWith(row);
    const starts = nodes.map((_, index) => index).filter((index) => index % MOST_METRICS_OF_AN_ALARM === 0);
    return starts.map((start) => {
      const watched = nodes.slice(start, start + MOST_METRICS_OF_AN_ALARM);
      return { metric: this.over(row, watched), first: start + 1, last: start + watched.length };
    });
  }

  private ofAllNodes(row: MetricRow, options?: MetricOptions): IMetric {
    const nodes = this.nodesWith(row);
    if (nodes.length > MOST_METRICS_OF_AN_ALARM) {
      return fail(this._subject.cache, 'TooManyNodesForOneAlarm',
        `metric ${row.name} over all nodes may have at most ${MOST_METRICS_OF_AN_ALARM} of them, got: ${nodes.length}; ask for one node with metric(), ` +
        'or let CacheAlarms make one alarm for every ten nodes');
    }
    return this.over(row, nodes, options);
  }

  private over(row: MetricRow, nodes: readonly NodeDimensions[], options?: MetricOptions): IMetric {
    const across = row.acrossNodesOf?.[this._subject.kind] ?? row.acrossNodes;
    const single = nodes.map((node) => this.ofNode(row, node, nodes.length > 1 ? { ...options, label: undefined } : options));
    return single.length === 1 ? single[0] : new MathExpression({
      expression: `${across}([${single.map((_, index) => `m${index + 1}`).join(', ')}])`,
      usingMetrics: Object.fromEntries(single.map((metric, index) => [`m${index + 1}`, metric])),
      label: options?.label ?? row.name,
      period: options?.period ?? Duration.minutes(1),
      color: options?.color,
    });
  }

  private nodesWith(row: MetricRow): readonly NodeDimensions[] {
    const { cache, kind, nodes, engine } = this._subject;
    if (!publishes(row, kind, engine)) {
      return fail(cache, 'MetricNotPublished', `metric ${row.name} does not exist for ${KIND_TITLES[kind]}${row.kinds.includes(kind) ? ` of ${engine}` : ''}; ` +
        `it exists for ${row.kinds.map((each) => KIND_TITLES[each]).join(', ')}, and ${KIND_TITLES[kind]} have: ${metricsOf(kind, engine).join(', ')}`);
    }
    if (!nodes?.length) {
      return fail(cache, 'MembersUnknown', `metric ${row.name} needs the nodes of the cache, which are not known here: pass clusterMode, for Memcached nodes, when it is imported, or ask for one node with metric()`);
    }
    if (row.replicasOnly && nodes.length < 2) {
      return fail(cache, 'MetricNeedsReplica', `metric ${row.name} exists on replicas only, and the cache has none`);
    }
    // Any member can become the primary, so that replicas are not told apart here: a primary publishes no such metric, and MAX passes over it.
    return nodes;
  }

  private nodeOf(metricName: string, id: string | undefined): NodeDimensions {
    const { cache, kind, nodes, nodeOf } = this._subject;
    const whole = kind === 'serverless' ? nodes?.[0] : undefined;
    if (whole ? id !== undefined : id === undefined) {
      return fail(cache, 'MemberUnfit', whole ? `metric ${metricName} is of the whole serverless cache, got a memberId: ${id}; leave it out`
        : `metric ${metricName} is of one node: give its memberId, for example ${kind === 'memcached' ? '0001' : 'my-cache-001'}`);
    }
    if (kind === 'memcached' && !Token.isUnresolved(id) && !MEMCACHED_NODE.test(id!)) {
      return fail(cache, 'MemcachedNodeIdInvalid', `the id of a node of Memcached must be four digits such as 0001, got: ${JSON.stringify(id)}`);
    }
    return whole ?? (nodeOf ?? memberDimensions)(id!);
  }

  private ofNode(row: Pick<MetricRow, 'name' | 'level' | 'statistic'>, node: NodeDimensions, options?: MetricOptions): Metric {
    return new Metric({
      namespace: NAMESPACE,
      metricName: row.name,
      dimensionsMap: { ...node[row.level] },
      statistic: row.statistic,
      period: Duration.minutes(1),
      ...given(options),
    }).attachTo(this._subject.cache);
  }
}

/** The options that hold a value: one set to `undefined` must not hide a default. */
function given(options: MetricOptions = {}): MetricOptions {
  return Object.fromEntries(Object.entries(options).filter(([, value]) => value !== undefined));
}
