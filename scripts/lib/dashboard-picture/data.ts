// The data of a dashboard, from CloudWatch alone: every line, expressions too, is what GetMetricData answers.
import { CloudWatchClient, DescribeAlarmsCommand, GetDashboardCommand, GetMetricDataCommand, MetricDataQuery } from '@aws-sdk/client-cloudwatch';
import { queriesOf, Widget } from './body';

/** A point of a line. */
export type Point = readonly [time: Date, value: number];

export interface DrawnLine {
  readonly label: string;
  readonly metricName?: string;
  readonly points: readonly Point[];
}

/** What is drawn of a widget. */
export interface DrawnWidget {
  readonly widget: Widget;
  /** Of a graph. */
  readonly lines?: readonly DrawnLine[];
  /** Of the states of alarms. */
  readonly alarms?: readonly { readonly name: string; readonly state: string }[];
}

/** What answers queries: CloudWatch, or a test. */
export type Answer = (queries: readonly MetricDataQuery[]) => Promise<Readonly<Record<string, readonly Point[]>>>;

/** The widgets of a dashboard that exists. */
export async function widgetsOf(dashboardName: string): Promise<Widget[]> {
  const { DashboardBody: body } = await new CloudWatchClient().send(new GetDashboardCommand({ DashboardName: dashboardName }));
  return JSON.parse(body!).widgets;
}

/** Asks CloudWatch, between two times. */
export function fromCloudWatch(start: Date, end: Date): Answer {
  const client = new CloudWatchClient();
  return async (queries) => {
    const points: Record<string, Point[]> = {};
    for (let token: string | undefined, more = true; more; more = token !== undefined) {
      const answer = await client.send(new GetMetricDataCommand({ MetricDataQueries: [...queries], StartTime: start, EndTime: end, NextToken: token, ScanBy: 'TimestampAscending' }));
      for (const { Id: id, Timestamps: times = [], Values: values = [] } of answer.MetricDataResults ?? []) {
        points[id!] = [...points[id!] ?? [], ...times.map((time, index): Point => [time, values[index]])];
      }
      token = answer.NextToken;
    }
    return points;
  };
}

/** The state of each alarm, by name. */
export async function alarmStates(): Promise<Record<string, string>> {
  const { MetricAlarms: alarms = [] } = await new CloudWatchClient().send(new DescribeAlarmsCommand({ MaxRecords: 100 }));
  return Object.fromEntries(alarms.map(({ AlarmName: name, StateValue: state }) => [name!, state!]));
}

/** The data of every widget. */
export async function dataOf(widgets: readonly Widget[], answer: Answer, states: Readonly<Record<string, string>>): Promise<DrawnWidget[]> {
  const drawn: DrawnWidget[] = [];
  for (const widget of widgets) {
    if (widget.type === 'metric') {
      const { lines, queries } = queriesOf(widget);
      const points = await answer(queries);
      const byTime = ([one]: Point, [other]: Point) => one.getTime() - other.getTime();
      drawn.push({
        widget,
        lines: lines.filter(({ visible }) => visible)
          .map(({ id, label, metricName }) => ({ label, metricName, points: [...points[id] ?? []].sort(byTime) })),
      });
    } else if (widget.type === 'alarm') {
      const names = (widget.properties.alarms as string[]).map((arn) => arn.split(':alarm:')[1]);
      drawn.push({ widget, alarms: names.map((name) => ({ name, state: states[name] ?? 'INSUFFICIENT_DATA' })) });
    } else {
      drawn.push({ widget });
    }
  }
  return drawn;
}

/** What is missing: a graph without data, or a line without. Of what only replicas have one line of a graph is enough. */
export function missingOf(drawn: readonly DrawnWidget[], ofReplicas: (metricName: string) => boolean): string[] {
  return drawn.flatMap(({ widget, lines, alarms }) => {
    const title = widget.properties.title ?? widget.type;
    if (alarms?.length === 0 || (lines && lines.every(({ points }) => points.length === 0))) {
      return [`${title}: empty`];
    }
    return (lines ?? []).filter(({ points, metricName }) => points.length === 0 && !(metricName && ofReplicas(metricName)))
      .map(({ label }) => `${title}: no data for ${label}`);
  });
}
