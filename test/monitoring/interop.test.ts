// The metrics are plain metrics of CloudWatch: cdk-monitoring-constructs puts them on its dashboards and into its alarms.
import * as path from 'path';
import { exampleApp } from '../oracle/support/example-app';

const [stack] = exampleApp(path.join(__dirname, '..', '..', 'examples', 'monitoring', 'app.ts')).synth().stacks;
const resources = Object.entries<any>(stack.template.Resources);
const ofType = (type: string) => resources.filter(([, { Type }]) => Type === type);
const alarms = ofType('AWS::CloudWatch::Alarm');
const member = (number: number) => ({ 'Fn::Join': ['-', [{ Ref: expect.stringMatching(/^JobsReplicationGroup/) }, `00${number}`]] });

test('a dashboard of cdk-monitoring-constructs has a graph with a line for each node', () => {
  const [[, { Properties }]] = ofType('AWS::CloudWatch::Dashboard');
  const body = Properties.DashboardBody['Fn::Join'][1].map((part: any) => typeof part === 'string' ? part : 'TOKEN').join('');
  const { widgets } = JSON.parse(body);
  const graphs = widgets.filter(({ type }: any) => type === 'metric').map(({ properties }: any) => [properties.title, properties.metrics]);
  const lines = Object.fromEntries<any[][]>(graphs);
  expect(lines['Connections of each node'].map((line) => line.slice(0, 3))).toEqual(Array(2).fill(['AWS/ElastiCache', 'CurrConnections', 'CacheClusterId']));
  expect(lines['Writes of each node'].map(([, name]) => name)).toEqual(['SetTypeCmds', 'SetTypeCmds']);
  expect(lines['Hit rate'].filter(([first]) => first.expression)).toHaveLength(1);
});

test('an alarm of cdk-monitoring-constructs watches the hits and misses of every node', () => {
  const [, { Properties }] = alarms.find(([id]) => id.startsWith('Facade'))!;
  expect(Properties).toMatchObject({ Threshold: 50, ComparisonOperator: 'LessThanThreshold', AlarmActions: [{ Ref: expect.stringMatching(/^Pager/) }] });
  const single = Properties.Metrics.filter(({ MetricStat }: any) => MetricStat).map(({ MetricStat: { Metric, Stat } }: any) =>
    [Metric.MetricName, Stat, Metric.Dimensions]);
  expect(single).toEqual([1, 1, 2, 2].map((node, index) =>
    [index % 2 ? 'CacheMisses' : 'CacheHits', 'Sum', [{ Name: 'CacheClusterId', Value: member(node) }]]));
});

test('our own alarms stand beside it, with warnings for other people', () => {
  const own = alarms.filter(([id]) => id.startsWith('Alarms'));
  expect(own.map(([id]) => id.replace(/^Alarms|[0-9A-F]{8}$/g, ''))).toEqual([
    'HostCpu', 'HostCpuWarning', 'Memory', 'MemoryWarning', 'Evictions', 'Connections', 'ConnectionsWarning',
    'ReplicationLag', 'ReplicationLagWarning', 'CpuCredits', 'TrafficManagement', 'AuthenticationFailures',
  ]);
});
