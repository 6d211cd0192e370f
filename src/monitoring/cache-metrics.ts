import { Duration } from 'aws-cdk-lib';
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
  readonly nodeType?: CacheNodeType;
  /** The engine's name; `undefined` when it is not known. */
  readonly engine?: string;
  /** Between what a serverless cache scales. */
  readonly limits?: UsageLimits;
}

/** The longest list of metrics that one alarm on a math expression may have. */
const MOST_METRICS_OF_AN_ALARM = 10;

/**
 * The metrics of a cache. A metric of a cache with several nodes is the highest value of any node, so that one alarm watches all of them.
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
   * Connections that clients opened, of all nodes together.
   *
   * @param options period, statistic, label and the like
   */
  public newConnections(options?: MetricOptions): IMetric {
    return this.ofAllNodes(METRICS.newConnections, options);
  }

  /**
   * Keys in the cache; with several nodes the highest number of any.
   *
   * @param options period, statistic, label and the like
   */
  public currItems(options?: MetricOptions): IMetric {
    return this.ofAllNodes(METRICS.currItems, options);
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
   * @param memberId the id of the member, for example `my-cache-001`; left out for a serverless cache, which has no members
   * @param options period, statistic, label and the like
   */
  public metric(metricName: string, memberId?: string, options?: MetricOptions): Metric {
    const { level, statistic }: Pick<MetricRow, 'level' | 'statistic'> = metricRow(metricName) ?? { level: 'engine', statistic: 'Average' };
    return this.ofNode({ name: metricName, level, statistic }, this.nodeNamed(metricName, memberId), options);
  }

  /**
   * Whether the cache has a metric.
   *
   * @internal
   */
  public _publishes(metric: keyof typeof METRICS): boolean {
    return publishes(METRICS[metric], this._subject.kind, this._subject.engine);
  }

  private ofAllNodes(row: MetricRow, options?: MetricOptions): IMetric {
    const nodes = this.nodesWith(row);
    const single = nodes.map((node) => this.ofNode(row, node, nodes.length > 1 ? { ...options, label: undefined } : options));
    return single.length === 1 ? single[0] : new MathExpression({
      expression: `${row.acrossNodes}([${single.map((_, index) => `m${index + 1}`).join(', ')}])`,
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
      return fail(cache, 'MembersUnknown', `metric ${row.name} needs the nodes of the cache, which are not known here: pass clusterMode when it is imported, or ask for one node with metric()`);
    }
    if (row.replicasOnly && nodes.length < 2) {
      return fail(cache, 'MetricNeedsReplica', `metric ${row.name} exists on replicas only, and the cache has none`);
    }
    // Any member can become the primary, so that replicas are not told apart here: a primary publishes no such metric, and MAX passes over it.
    if (nodes.length > MOST_METRICS_OF_AN_ALARM) {
      return fail(cache, 'TooManyNodesForOneAlarm',
        `metric ${row.name} over all nodes may have at most ${MOST_METRICS_OF_AN_ALARM} of them, got: ${nodes.length}; ask for one node with metric()`);
    }
    return nodes;
  }

  private nodeNamed(metricName: string, memberId: string | undefined): NodeDimensions {
    const { cache, kind, nodes } = this._subject;
    const whole = kind === 'serverless' ? nodes?.[0] : undefined;
    if (whole ? memberId !== undefined : memberId === undefined) {
      return fail(cache, 'MemberUnfit', whole ? `metric ${metricName} is of the whole serverless cache, got a memberId: ${memberId}; leave it out`
        : `metric ${metricName} is of one node: give its memberId, for example my-cache-001`);
    }
    return whole ?? memberDimensions(memberId!);
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
