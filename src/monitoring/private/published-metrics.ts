import { Duration, Token } from 'aws-cdk-lib';
import { IMetric, MathExpression, Metric, MetricOptions } from 'aws-cdk-lib/aws-cloudwatch';
import { IConstruct } from 'constructs';
import { CacheKind, KIND_TITLES, memberDimensions, metricRow, MetricRow, metricsOf, NAMESPACE, NodeDimensions, publishes } from './metric-catalog';
import { CacheNodeType } from '../../node-type/cache-node-type';
import { fail } from '../../private/errors';
import { UsageLimits } from '../../serverless/usage-limits';

/** What metrics need to know of a cache. */
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

/** Nodes that one alarm watches, counted from 1. */
export interface WatchedNodes {
  readonly metric: IMetric;
  readonly first: number;
  readonly last: number;
}

/** The longest list of metrics that one alarm on a math expression may have. */
const MOST_METRICS_OF_AN_ALARM = 10;

/** The form of the id of a node of Memcached. */
const MEMCACHED_NODE = /^\d{4}$/;

/** Makes the metrics that the service publishes of a cache, from rows of the catalogue. */
export class PublishedMetrics {
  public constructor(private readonly subject: MetricSubject) {}

  /** A metric by its name in CloudWatch, of one node or of a serverless cache. */
  public named(metricName: string, memberId?: string, options?: MetricOptions): Metric {
    const { level, statistic }: Pick<MetricRow, 'level' | 'statistic'> = metricRow(metricName) ?? { level: 'engine', statistic: 'Average' };
    return this.ofNode({ name: metricName, level, statistic }, this.nodeOf(metricName, memberId), options);
  }

  /** A metric over all nodes as one alarm can watch it: one for every ten nodes, in their order. */
  public forAlarms(row: MetricRow): WatchedNodes[] {
    const nodes = this.nodesWith(row);
    const starts = nodes.map((_, index) => index).filter((index) => index % MOST_METRICS_OF_AN_ALARM === 0);
    return starts.map((start) => {
      const watched = nodes.slice(start, start + MOST_METRICS_OF_AN_ALARM);
      return { metric: this.over(row, watched), first: start + 1, last: start + watched.length };
    });
  }

  /** A metric of all nodes as one. */
  public ofAllNodes(row: MetricRow, options?: MetricOptions): IMetric {
    const nodes = this.nodesWith(row);
    if (nodes.length > MOST_METRICS_OF_AN_ALARM) {
      return fail(this.subject.cache, 'TooManyNodesForOneAlarm',
        `metric ${row.name} over all nodes may have at most ${MOST_METRICS_OF_AN_ALARM} of them, got: ${nodes.length}; ask for one node with metric(), ` +
        'or let CacheAlarms make one alarm for every ten nodes');
    }
    return this.over(row, nodes, options);
  }

  private over(row: MetricRow, nodes: readonly NodeDimensions[], options?: MetricOptions): IMetric {
    const across = row.acrossNodesOf?.[this.subject.kind] ?? row.acrossNodes;
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
    const { cache, kind, nodes, engine } = this.subject;
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
    const { cache, kind, nodes, nodeOf } = this.subject;
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
    }).attachTo(this.subject.cache);
  }
}

/** The options that hold a value: one set to `undefined` must not hide a default. */
function given(options: MetricOptions = {}): MetricOptions {
  return Object.fromEntries(Object.entries(options).filter(([, value]) => value !== undefined));
}
