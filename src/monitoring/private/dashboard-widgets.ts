// Makes the widgets of a dashboard from its table. Loaded with the first dashboard.
import { Duration, Token } from 'aws-cdk-lib';
import {
  Alarm, AlarmBase, AlarmStatusWidget, AlarmStatusWidgetSortBy, Color, ConcreteWidget, GraphWidget, HorizontalAnnotation, IMetric, IWidget,
  LegendPosition, MathExpression, Metric, TextWidget,
} from 'aws-cdk-lib/aws-cloudwatch';
import { DASHBOARD_LIMITS, DASHBOARD_ROWS, DashboardRow, GraphLine, GraphRow, MOST_NODES_APART } from './dashboard-table';
import { DIMENSIONS, KIND_TITLES, MetricRow, METRICS } from './metric-catalog';
import type { ICacheCluster } from '../../cache/cache-cluster-ref';

export { DASHBOARD_LIMITS };

const GRAPH_HEIGHT = 6;
const TEXT_HEIGHT = 2;

/** What a dashboard is made of. */
export interface Shown {
  readonly cache: ICacheCluster;
  /** Its alarms, one a symptom; those that are made later too, as it is asked for at synthesis. */
  readonly alarms: () => readonly AlarmBase[];
  /** Its alarms that have a metric and a threshold. */
  readonly metricAlarms: () => readonly Alarm[];
}

/** A line with what an alarm on the same is known by. */
interface Line {
  readonly metrics: IMetric[];
  readonly names: readonly string[];
  /** How many metrics CloudWatch counts. */
  readonly count: number;
  readonly cache: Shown;
}

/** A graph whose thresholds are drawn at synthesis, when all alarms are made. */
class CacheGraph extends ConcreteWidget {
  /** How many metrics CloudWatch counts in it. */
  public readonly count: number;

  public constructor(private readonly row: GraphRow, private readonly lines: readonly Line[], width: number) {
    super(width, GRAPH_HEIGHT);
    this.count = lines.reduce((sum, line) => sum + line.count, 0);
  }

  public toJson(): any[] {
    const widget = new GraphWidget({
      title: this.row.title,
      width: this.width,
      height: this.height,
      left: this.lines.flatMap(({ metrics }) => metrics),
      leftYAxis: { min: 0, max: this.row.max, showUnits: true },
      leftAnnotations: this.annotations(),
      legendPosition: LegendPosition.BOTTOM,
      period: Duration.minutes(1),
    });
    widget.position(this.x ?? 0, this.y ?? 0);
    return widget.toJson();
  }

  /** The thresholds of alarms on what a line shows, each once. */
  private annotations(): HorizontalAnnotation[] {
    const found = this.lines.flatMap(({ names, cache }) => cache.metricAlarms().filter((alarm) => sameNames(namesOf(alarm.metric), names)));
    const annotations = found.map((alarm) => ({ ...alarm.toAnnotation(), color: Color.RED }));
    const keys = annotations.map(({ value }) => Token.isUnresolved(value) ? Token.asString(value) : `${value}`);
    return annotations.filter((_, index) => keys.indexOf(keys[index]) === index);
  }
}

/** The state of alarms, as many as there are at synthesis; where there is none, a word on it. More than one widget holds are side by side. */
class AlarmStates extends ConcreteWidget {
  public constructor(private readonly shown: readonly Shown[]) {
    super(DASHBOARD_LIMITS.columns, 3);
  }

  public toJson(): any[] {
    const alarms = this.shown.flatMap((each) => each.alarms());
    const size = DASHBOARD_LIMITS.alarmsOfWidget;
    const parts = Array.from({ length: Math.ceil(alarms.length / size) }, (_, index) => alarms.slice(index * size, (index + 1) * size));
    const width = Math.floor(this.width / Math.max(parts.length, 1));
    const widgets = parts.length === 0 ? [text('There are no alarms: nobody hears when something is wrong.', this.height)]
      : parts.map((part) => new AlarmStatusWidget({
        title: 'Alarms', alarms: part, width, height: this.height, sortBy: AlarmStatusWidgetSortBy.STATE_UPDATED_TIMESTAMP,
      }));
    return widgets.flatMap((widget, index) => {
      widget.position((this.x ?? 0) + index * width, this.y ?? 0);
      return widget.toJson();
    });
  }
}

function text(markdown: string, height: number = TEXT_HEIGHT): TextWidget {
  return new TextWidget({ markdown, width: DASHBOARD_LIMITS.columns, height });
}

/** The rows of widgets of one cache, in detail. */
export function widgetsOfCache(shown: Shown, level: 1 | 2 = 1): IWidget[][] {
  const rows = DASHBOARD_ROWS.map((row) => graphsOf(row, '#'.repeat(level + 1), (graph) => linesOf(shown, graph.lines, '')));
  return [[text(headOf(shown.cache, '#'.repeat(level)))], [new AlarmStates([shown])], ...rows.flat()];
}

/** The rows of widgets of several caches beside each other, one line each: the worst node, or all nodes together. */
export function widgetsOfFleet(all: readonly Shown[]): IWidget[][] {
  const rows = DASHBOARD_ROWS.map((row) => graphsOf({ ...row, graphs: merged(row.graphs.filter(({ fleet }) => fleet)) }, '##',
    (graph) => all.flatMap((shown, index) => linesOf(shown, graph.lines, `c${index + 1}`, shown.cache.node.path))));
  const head = `# ${all.length} caches\nOne line a cache: the worst of its nodes, or all of them together.`;
  return [[text(head)], [new AlarmStates(all)], ...rows.flat()];
}

/** Graphs with one title show the same of different kinds of cache. */
function merged(graphs: readonly GraphRow[]): GraphRow[] {
  return graphs.filter(({ title }, index) => graphs.findIndex((other) => other.title === title) === index)
    .map((graph) => ({ ...graph, lines: graphs.filter(({ title }) => title === graph.title).flatMap(({ lines }) => lines) }));
}

/** How many metrics widgets have: of all, and of the one that has most. */
export function countOf(widgets: readonly IWidget[][]): { widgets: number; metrics: number; most: number } {
  const counts = widgets.flat().map((widget) => widget instanceof CacheGraph ? widget.count : 0);
  return { widgets: counts.length, metrics: counts.reduce((sum, count) => sum + count, 0), most: Math.max(0, ...counts) };
}

function graphsOf(row: DashboardRow, heading: string, lines: (graph: GraphRow) => Line[]): IWidget[][] {
  const graphs = row.graphs.map((graph) => ({ graph, lines: lines(graph) })).filter((each) => each.lines.length > 0);
  // At most four beside each other.
  const perRow = Math.ceil(graphs.length / Math.ceil(graphs.length / 4));
  const width = DASHBOARD_LIMITS.columns / Math.max(perRow, 2);
  const widgets = graphs.map((each) => new CacheGraph(each.graph, each.lines, Math.floor(width)));
  const split = Array.from({ length: Math.ceil(widgets.length / perRow) || 0 }, (_, index) => widgets.slice(index * perRow, (index + 1) * perRow));
  return widgets.length === 0 ? [] : [[text(`${heading} ${row.title}\n${row.text}`)], ...split];
}

function headOf(cache: ICacheCluster, heading: string): string {
  const { kind, engine, engineVersion, nodeType, nodes, shards } = cache.metrics._subject;
  const count = nodes?.length ?? shards?.reduce((sum, each) => sum + each.nodes.length, 0);
  const facts = [
    engine && `${engine}${engineVersion && !Token.isUnresolved(engineVersion) ? ` ${engineVersion}` : ''}`,
    KIND_TITLES[kind].replace(/s$/, ''),
    nodeType && !Token.isUnresolved(nodeType.name) ? nodeType.name : undefined,
    kind === 'serverless' || count === undefined ? undefined : `${count} ${count === 1 ? 'node' : 'nodes'}`,
    shards && shards.length > 1 ? `${shards.length} shards` : undefined,
  ].filter((fact) => fact);
  return `${heading} ${cache.node.path}\n${facts.join(' · ')}`;
}

/** The lines of a graph that the cache has metrics for; one a cache where a name for it is given. */
function linesOf(shown: Shown, lines: readonly GraphLine[], prefix: string, name?: string): Line[] {
  const published = lines.filter((line) => isPublished(shown.cache, line));
  return published.map((line, index) => ({
    ...render(shown.cache, line, { prefix: `${prefix}l${index + 1}`, alone: published.length === 1, name }),
    names: line.metrics.map((metric) => METRICS[metric].name),
    cache: shown,
  }));
}

function isPublished(cache: ICacheCluster, { metrics, kinds, tier }: GraphLine): boolean {
  const { _subject: { kind }, _published: published } = cache.metrics;
  const { dataTiering } = published.facts();
  return (kinds?.includes(kind) ?? true) && !metrics.some((metric) => published.lacks(METRICS[metric])) &&
    (tier === undefined || dataTiering === true) && metrics.every((metric) => dataTiering === true || !ON_TIERED_NODES.includes(metric));
}

/** Where a node keeps all data in memory, these say nothing more than others, or nothing. */
const ON_TIERED_NODES: readonly string[] = [
  'databaseCapacityUsagePercentage', 'numItemsReadFromDisk', 'bytesReadFromDisk', 'bytesWrittenToDisk',
];

interface Rendering {
  /** What ids begin with, which are unique in a graph. */
  readonly prefix: string;
  /** Whether it is the only line of its cache in the graph. */
  readonly alone: boolean;
  readonly name?: string;
}

function render(cache: ICacheCluster, line: GraphLine, { prefix, alone, name }: Rendering): Pick<Line, 'metrics' | 'count'> {
  const rows = line.metrics.map((metric) => METRICS[metric] as MetricRow);
  const nodes = rows.map((row) => ofEachNode(cache, row, line.tier));
  const wanted = name ?? line.label ?? (alone ? undefined : rows[0].name);
  if (nodes[0].length === 1 && !line.expression) {
    const [metric] = nodes[0];
    return { metrics: [metric.with({ label: wanted ?? nodeLabel(cache) })], count: 1 };
  }
  if (line.expression || line.total || name !== undefined) {
    return expression(rows, nodes, { prefix, label: wanted ?? rows[0].name, of: line.expression });
  }
  if (nodes[0].length > MOST_NODES_APART) {
    const worst = expression(rows, nodes, { prefix, label: 'Worst node' });
    // The average takes the same metrics: its ids stand for the same.
    const average = expression(rows, nodes, { prefix, label: 'Average', of: (ids) => `AVG([${ids.flat().join(', ')}])` });
    return { metrics: [...worst.metrics, ...average.metrics], count: worst.count + 1 };
  }
  const label = nodeLabel(cache);
  return { metrics: nodes[0].map((metric) => metric.with({ label: alone ? label : `${rows[0].name} ${label}` })), count: nodes[0].length };
}

/** All nodes as one line. */
function expression(
  rows: readonly MetricRow[], nodes: readonly Metric[][], { prefix, label, of }: { prefix: string; label: string; of?: GraphLine['expression'] },
): Pick<Line, 'metrics' | 'count'> {
  const usingMetrics: Record<string, IMetric> = {};
  const ids = nodes[0].map((_, node) => rows.map((__, row) => {
    const id = `${prefix}m${node * rows.length + row + 1}`;
    usingMetrics[id] = nodes[row][node];
    return id;
  }));
  const math = of?.(ids) ?? `${rows[0].acrossNodes}([${ids.flat().join(', ')}])`;
  return {
    metrics: [new MathExpression({ expression: math, usingMetrics, label, period: Duration.minutes(1) })],
    count: Object.keys(usingMetrics).length + 1,
  };
}

function ofEachNode(cache: ICacheCluster, row: MetricRow, tier?: string): Metric[] {
  const metrics = cache.metrics.metricOfEachNode(row.name);
  return tier === undefined ? metrics
    : metrics.map((metric) => metric.with({ dimensionsMap: { ...metric.dimensions as Record<string, string>, [DIMENSIONS.tier]: tier } }));
}

/** CloudWatch fills in the node. */
function nodeLabel(cache: ICacheCluster): string {
  const { kind } = cache.metrics._subject;
  const dimension = { replicationGroup: DIMENSIONS.member, memcached: DIMENSIONS.node, serverless: DIMENSIONS.serverless }[kind];
  return `\${PROP('Dim.${dimension}')}`;
}

/** The names of the metrics behind a metric. */
function namesOf(metric: IMetric): string[] {
  const { metricStat, mathExpression } = metric.toMetricConfig();
  return metricStat ? [metricStat.metricName] : Object.values(mathExpression?.usingMetrics ?? {}).flatMap(namesOf);
}

function sameNames(one: readonly string[], other: readonly string[]): boolean {
  const names = new Set(one);
  return names.size === new Set(other).size && other.every((name) => names.has(name));
}
