// What a dashboard asks of CloudWatch: its widgets, and for each graph the queries of GetMetricData behind its lines.
import type { MetricDataQuery } from '@aws-sdk/client-cloudwatch';

/** A widget of the body of a dashboard. */
export interface Widget {
  readonly type: string;
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
  readonly properties: any;
}

/** A line of a graph. */
export interface LineQuery {
  readonly id: string;
  readonly label: string;
  readonly visible: boolean;
  /** The name of the metric; of an expression none. */
  readonly metricName?: string;
}

/** What a graph needs: the queries, and which of them are its lines. */
export interface GraphQueries {
  readonly lines: readonly LineQuery[];
  readonly queries: readonly MetricDataQuery[];
}

/** The queries behind a graph, expressions among them: whoever answers them evaluates those too. */
export function queriesOf({ properties }: Widget): GraphQueries {
  const lines: LineQuery[] = [];
  let before: string[] = [];
  const queries = (properties.metrics as any[][]).map((entry, index): MetricDataQuery => {
    const last = entry[entry.length - 1];
    const rendering = typeof last === 'object' ? last : {};
    const id = rendering.id ?? `line${index + 1}`;
    const visible = rendering.visible !== false;
    if (rendering.expression) {
      lines.push({ id, visible, label: rendering.label ?? rendering.expression });
      return { Id: id, Expression: rendering.expression, Period: rendering.period ?? properties.period, ReturnData: visible };
    }
    // A dot stands for what stood in the same place before.
    const words = (typeof last === 'object' ? entry.slice(0, -1) : entry).map((word: string, place: number) => word === '.' ? before[place] : word);
    before = words;
    const [namespace, name, ...rest] = words;
    const dimensions = Array.from({ length: rest.length / 2 }, (_, place) => ({ Name: rest[2 * place], Value: rest[2 * place + 1] }));
    lines.push({ id, visible, label: labelOf(rendering.label ?? name, name, dimensions), metricName: name });
    return {
      Id: id,
      MetricStat: {
        Metric: { Namespace: namespace, MetricName: name, Dimensions: dimensions },
        Period: rendering.period ?? properties.period ?? 300,
        Stat: rendering.stat ?? properties.stat ?? 'Average',
      },
      ReturnData: visible,
    };
  });
  return { lines, queries };
}

/** A label with its properties filled in. See https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/graph-dynamic-labels.html */
function labelOf(label: string, name: string, dimensions: readonly { Name: string; Value: string }[]): string {
  return label.replace(/\$\{PROP\('([^']+)'\)\}/g, (whole, property: string) => property === 'MetricName' ? name
    : dimensions.find((each) => `Dim.${each.Name}` === property)?.Value ?? whole);
}
