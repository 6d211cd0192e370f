import { Duration, Token } from 'aws-cdk-lib';
import { IMetric, MathExpression, Metric, MetricOptions } from 'aws-cdk-lib/aws-cloudwatch';
import { METRIC_ALARM_LIMITS } from './alarm-limits';
import type { MetricRow, PublisherFacts } from './metric-catalog';
import { DIMENSIONS, KIND_TITLES, memberDimensions, NAMESPACE, NodeDimensions, ShardDimensions } from './metric-dimensions';
import { MetricSubject } from './metric-subject';
import { catalog } from './tables';
import { attach } from '../../private/check';
import { fail } from '../../private/errors';

/** Nodes that one alarm watches, counted from 1. */
export interface WatchedNodes {
  readonly metric: IMetric;
  readonly first: number;
  readonly last: number;
}

/** Several metrics of each node as one value. */
export interface Combination {
  /** The expression over the ids of the metrics of each node. */
  readonly expression: (idsOfNodes: readonly (readonly string[])[]) => string;
  /** Whether the nodes of a shard may not be parted: the expression then gets all ids of each shard. */
  readonly byShard?: boolean;
  readonly label: string;
}

/** The form of the id of a node of Memcached. */
const MEMCACHED_NODE = /^\d{4}$/;

/** The one shard of a replication group with cluster mode disabled. */
const ONLY_SHARD = '0001';

/** What a metric is taken for that is not in the catalogue. */
const UNKNOWN = { unit: 'Count', level: 'engine', statistic: 'Average', acrossNodes: 'MAX', source: '' } as const;

/** Makes the metrics that the service publishes of a cache, from rows of the catalogue. */
export class PublishedMetrics {
  public constructor(private readonly subject: MetricSubject) {}

  /** A metric by its name in CloudWatch, of one node or of a serverless cache. */
  public named(metricName: string, memberId?: string, options?: MetricOptions): Metric {
    const row = this.rowOf(metricName);
    return this.ofNode(row, this.nodeOf(metricName, memberId), options);
  }

  /** A metric by its name of every node, in their order. */
  public ofEachNode(metricName: string, options?: MetricOptions): Metric[] {
    const row = this.rowOf(metricName);
    return this.knownNodes(metricName).map((node) => this.ofNode(row, node, options));
  }

  /** A metric by its name over the nodes of a shard. */
  public ofShard(metricName: string, shard: string, options?: MetricOptions): IMetric {
    const { cache, kind } = this.subject;
    const row = this.rowOf(metricName);
    const shards = (kind === 'replicationGroup' ? this.shards() : undefined) ?? [];
    const found = shards.find(({ id }) => id === shard);
    return found ? this.over(row, found.nodes, options) : fail(cache, 'ShardUnfit', `metric ${metricName} of shard ${JSON.stringify(shard)}: ${shards.length > 0
      ? `the cache has the shards ${shards.map(({ id }) => id).join(', ')}`
      : `of ${KIND_TITLES[kind]} such as this one no shards are known; ask for all nodes, or for one with metric()`}`);
  }

  /** A metric that the service publishes under the id of a replication group. */
  public ofGroup(metricName: string, role?: string, options?: MetricOptions): Metric {
    const { cache, kind } = this.subject;
    const groupId = this.subject.replicationGroupId ?? (cache as { readonly replicationGroupId?: string }).replicationGroupId;
    const row: MetricRow | undefined = catalog().metricRow(metricName);
    if (kind !== 'replicationGroup' || groupId === undefined || !row?.ofGroup?.includes((role ?? 'all') as 'all')) {
      const published = catalog().ALL_METRICS.filter((each) => each.ofGroup).map((each) => `${each.name} (${each.ofGroup!.join(', ')})`);
      return fail(cache, 'MetricNotOfGroup', `metric ${metricName}${role ? ` of role ${role}` : ''} is not published for a whole cache of the kind ${KIND_TITLES[kind]}; ` +
        `replication groups publish ${published.join(', ')}; ask for all nodes, or for one with metric()`);
    }
    const dimensions = { [DIMENSIONS.group]: groupId, ...role ? { [DIMENSIONS.role]: role } : {} };
    return this.ofNode(row, { engine: dimensions, host: dimensions }, options);
  }

  /** A metric of one tier of the nodes' storage, over all nodes. */
  public ofTier(metricName: string, tier: string, options?: MetricOptions): IMetric {
    const row: MetricRow | undefined = catalog().metricRow(metricName);
    const { cache, kind } = this.subject;
    const { nodeType, dataTiering } = this.facts();
    if (!row?.byTier || kind !== 'replicationGroup' || dataTiering === false) {
      const published = catalog().ALL_METRICS.filter((each) => each.byTier).map((each) => each.name);
      return fail(cache, 'MetricNotOfTier', `metric ${metricName} is not published by tier for ${KIND_TITLES[kind]}${dataTiering === false ? ` on ${nodeType}` : ''}; ` +
        `replication groups on nodes with data tiering publish ${published.join(', ')} so; ask without a tier`);
    }
    const nodes = this.nodesWith(row).map(({ engine, host }) => ({ engine: { ...engine, [DIMENSIONS.tier]: tier }, host }));
    return this.over(row, nodes, options);
  }

  /** A metric by its name over all nodes. */
  public namedOfAllNodes(metricName: string, options?: MetricOptions): IMetric {
    return this.ofAllNodes(this.rowOf(metricName), options);
  }

  /** A metric over all nodes as one alarm can watch it: one for every ten nodes, in their order. */
  public forAlarms(row: MetricRow, across?: MetricRow['acrossNodes'], options?: MetricOptions): WatchedNodes[] {
    const nodes = this.nodesWith(row);
    return chunks(nodes.map((node) => [node]), 1).map(({ groups, first, last }) =>
      ({ metric: this.over(row, groups.flat(), options, across), first, last }));
  }

  /** Several metrics of all nodes combined, as one alarm can watch them: as many nodes as the limit of metrics lets in. */
  public combined(rows: readonly MetricRow[], { expression, byShard, label }: Combination, options?: MetricOptions): WatchedNodes[] {
    const all = rows.map((row) => this.nodesWith(row))[0];
    const units = byShard ? this.shards()!.map(({ nodes }) => nodes) : all.map((node) => [node]);
    return chunks(units, rows.length).map(({ groups, first, last }) => {
      let count = 0;
      const usingMetrics: Record<string, IMetric> = {};
      const ids = groups.map((nodes) => nodes.flatMap((node) => rows.map((row) => {
        const id = `m${++count}`;
        usingMetrics[id] = this.ofNode(row, node, { ...options, label: undefined });
        return id;
      })));
      const { period = Duration.minutes(1), color } = options ?? {};
      const metric = new MathExpression({ expression: expression(ids), usingMetrics, label: options?.label ?? label, period, color });
      return { metric, first, last };
    });
  }

  /** A metric of all nodes as one. */
  public ofAllNodes(row: MetricRow, options?: MetricOptions): IMetric {
    const nodes = this.nodesWith(row);
    if (nodes.length > METRIC_ALARM_LIMITS.metrics) {
      this.tooMany(row.name, nodes.length);
    }
    return this.over(row, nodes, options);
  }

  public tooMany(metricName: string, nodes: number): never {
    return fail(this.subject.cache, 'TooManyNodesForOneAlarm',
      `metric ${metricName} over all nodes may have at most ${METRIC_ALARM_LIMITS.metrics} of them, got: ${nodes}; ask for one node with metric(), ` +
      'or let CacheAlarms make its alarms');
  }

  /** What of a row keeps the cache from publishing it. */
  public lacks(row: MetricRow): boolean {
    return catalog().lackOf(row, this.facts()) !== undefined || (row.replicasOnly === true && !this.hasReplicas());
  }

  /** Whether there is a replica as far as is known. */
  public hasReplicas(): boolean {
    const shards = this.shards();
    return shards === undefined ? (this.nodes()?.length ?? 0) > 1 : shards.some(({ nodes }) => nodes.length > 1);
  }

  /** The shards, when they are known. */
  public shards(): readonly ShardDimensions[] | undefined {
    const { kind, nodes, shards } = this.subject;
    return shards ?? (kind === 'replicationGroup' && nodes ? [{ id: ONLY_SHARD, nodes }] : undefined);
  }

  /** What decides which metrics there are, as far as it is known. */
  public facts(): PublisherFacts & { readonly nodeType?: string } {
    const { kind, engine, engineVersion, nodeType } = this.subject;
    // Of a node type that is not in the table nothing is refused: its family may be one more that has the metric.
    const inTable = nodeType?.features.creatable !== undefined;
    return {
      kind,
      engine,
      engineVersion: Token.isUnresolved(engineVersion) ? undefined : engineVersion,
      family: inTable ? nodeType!.features.family : undefined,
      dataTiering: inTable ? nodeType!.features.dataTiering : undefined,
      nodeType: nodeType?.name,
    };
  }

  private nodes(): readonly NodeDimensions[] | undefined {
    return this.subject.nodes ?? this.subject.shards?.flatMap(({ nodes }) => nodes);
  }

  private over(row: MetricRow, nodes: readonly NodeDimensions[], options?: MetricOptions, asked?: MetricRow['acrossNodes']): IMetric {
    const across = asked ?? row.acrossNodesOf?.[this.subject.kind] ?? row.acrossNodes;
    const single = nodes.map((node) => this.ofNode(row, node, nodes.length > 1 ? { ...options, label: undefined } : options));
    return single.length === 1 ? single[0] : new MathExpression({
      expression: `${across}([${single.map((_, index) => `m${index + 1}`).join(', ')}])`,
      usingMetrics: Object.fromEntries(single.map((metric, index) => [`m${index + 1}`, metric])),
      label: options?.label ?? row.name,
      period: options?.period ?? Duration.seconds(row.period ?? 60),
      color: options?.color,
    });
  }

  /** The row behind a name; for a name that is not in the catalogue what most metrics are like, and a warning. */
  private rowOf(metricName: string): MetricRow {
    const row = catalog().metricRow(metricName);
    if (row) {
      this.checkPublished(row);
      return row;
    }
    if (!Token.isUnresolved(metricName)) {
      attach(this.subject.cache, [{
        code: 'MetricNotKnown',
        message: `metric ${metricName} is not among those that AWS lists for ElastiCache as far as this library knows: ` +
          'if the name is wrong, alarms and graphs of it stay without data',
      }]);
    }
    return { ...UNKNOWN, name: metricName, kinds: [this.subject.kind] };
  }

  private checkPublished(row: MetricRow): void {
    const { cache } = this.subject;
    const facts = this.facts();
    const lack = catalog().lackOf(row, facts);
    if (lack === undefined) {
      return;
    }
    const title = KIND_TITLES[facts.kind];
    const whose = { kind: '', engine: ` of ${facts.engine}`, version: ` of ${facts.engine} ${facts.engineVersion}`, nodeType: ` on ${facts.nodeType}` }[lack];
    const elsewhere = lack === 'kind' ? `; it exists for ${row.kinds.map((each) => KIND_TITLES[each]).join(', ')}`
      : lack === 'version' ? `; it exists from ${facts.engine} ${row.nodeVersions![facts.engine!]}`
        : lack === 'nodeType' && row.families ? `; it exists on nodes of the families ${row.families.join(', ')}` : '';
    const other = row.instead?.[facts.kind];
    const otherRow = other === undefined ? undefined : catalog().metricRow(other);
    const advice = otherRow && catalog().lackOf(otherRow, facts) === undefined ? `use ${other}` : `${title} have: ${catalog().metricsOf(facts).join(', ')}`;
    fail(cache, 'MetricNotPublished', `metric ${row.name} does not exist for ${title}${whose}${elsewhere}; ${advice}`);
  }

  private nodesWith(row: MetricRow): readonly NodeDimensions[] {
    this.checkPublished(row);
    const nodes = this.knownNodes(row.name);
    if (row.replicasOnly && !this.hasReplicas()) {
      return fail(this.subject.cache, 'MetricNeedsReplica', `metric ${row.name} exists on replicas only, and the cache has none`);
    }
    // Any member can become the primary, so that replicas are not told apart here: a primary publishes no such metric, and MAX passes over it.
    return nodes;
  }

  private knownNodes(metricName: string): readonly NodeDimensions[] {
    const { cache, nodesUnknown } = this.subject;
    const nodes = this.nodes();
    return nodes?.length ? nodes : fail(cache, 'MembersUnknown', `metric ${metricName} needs the nodes of the cache, which are not known here: ${
      nodesUnknown ?? 'pass clusterMode, for Memcached nodes, when it is imported'}, or ask for one node with metric()`);
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

  private ofNode(row: MetricRow, node: NodeDimensions, options?: MetricOptions): Metric {
    return new Metric({
      namespace: NAMESPACE,
      metricName: row.name,
      dimensionsMap: { ...node[row.level] },
      statistic: row.statistic,
      period: Duration.seconds(row.period ?? 60),
      ...given(options),
    }).attachTo(this.subject.cache);
  }
}

/** Nodes that one alarm watches, counted from 1. */
interface NodesOfAnAlarm {
  readonly groups: (readonly NodeDimensions[])[];
  readonly first: number;
  last: number;
}

/** Groups of nodes, as many together as one alarm may have metrics; a group is never parted. Nodes are counted from 1. */
function chunks(groups: readonly (readonly NodeDimensions[])[], metricsPerNode: number): NodesOfAnAlarm[] {
  const result: NodesOfAnAlarm[] = [];
  groups.forEach((group) => {
    const current = result[result.length - 1];
    const size = current ? current.last - current.first + 1 + group.length : Infinity;
    if (current && size * metricsPerNode <= METRIC_ALARM_LIMITS.metrics) {
      current.groups.push(group);
      current.last += group.length;
    } else {
      const first = (current?.last ?? 0) + 1;
      result.push({ groups: [group], first, last: first + group.length - 1 });
    }
  });
  return result;
}

/** The options that hold a value: one set to `undefined` must not hide a default. */
function given(options: MetricOptions = {}): MetricOptions {
  return Object.fromEntries(Object.entries(options).filter(([, value]) => value !== undefined));
}
