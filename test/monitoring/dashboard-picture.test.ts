// The picture of a dashboard in the guide: what it asks for, when it refuses to be drawn, and what is on it.
import { queriesOf, Widget } from '../../scripts/lib/dashboard-picture/body';
import { Answer, dataOf, DrawnWidget, missingOf, Point } from '../../scripts/lib/dashboard-picture/data';
import { draw, short } from '../../scripts/lib/dashboard-picture/draw';

const NONE = () => false;
const POINTS: readonly Point[] = [[new Date('2026-01-01T00:00:00Z'), 1], [new Date('2026-01-01T00:01:00Z'), 3]];

function graph(metrics: unknown[][], more: Record<string, unknown> = {}): Widget {
  return { type: 'metric', x: 0, y: 0, width: 12, height: 6, properties: { title: 'Hits', period: 60, metrics, ...more } };
}

/** Two hidden metrics and an expression over them, and a metric of its own. */
const GRAPH = graph([
  [{ expression: '100 * m1 / (m1 + m2)', id: 'rate', label: 'Hit rate' }],
  ['AWS/ElastiCache', 'CacheHits', 'CacheClusterId', 'orders-001', { id: 'm1', stat: 'Sum', visible: false }],
  ['.', 'CacheMisses', '.', '.', { id: 'm2', stat: 'Sum', visible: false }],
  ['.', 'Evictions', '.', '.', { label: "${PROP('MetricName')} of ${PROP('Dim.CacheClusterId')}" }],
]);

/** Answers with the same points for each id, as CloudWatch does: only for what returns data. */
function answering(points: Readonly<Record<string, readonly Point[]>>): Answer & jest.Mock {
  return jest.fn(async () => points) as any;
}

describe('what is asked for', () => {
  const { lines, queries } = queriesOf(GRAPH);

  test('an expression is left to CloudWatch, with the hidden metrics that it needs', () => {
    expect(queries[0]).toEqual({ Id: 'rate', Expression: '100 * m1 / (m1 + m2)', Period: 60, ReturnData: true });
    expect(queries.map(({ Id: id, ReturnData: returned }) => [id, returned])).toEqual([['rate', true], ['m1', false], ['m2', false], ['line4', true]]);
  });

  test('a dot stands for what stood there before', () => {
    expect(queries[2].MetricStat).toEqual({
      Metric: { Namespace: 'AWS/ElastiCache', MetricName: 'CacheMisses', Dimensions: [{ Name: 'CacheClusterId', Value: 'orders-001' }] }, Period: 60, Stat: 'Sum',
    });
    expect(queries[3].MetricStat).toMatchObject({ Metric: { MetricName: 'Evictions' }, Stat: 'Average' });
  });

  test('labels are filled in', () => {
    expect(lines.map(({ label }) => label)).toEqual(['Hit rate', 'CacheHits', 'CacheMisses', 'Evictions of orders-001']);
  });

  test('statistic and period of the graph are those of a line that has none', () => {
    const [query] = queriesOf(graph([['AWS/ElastiCache', 'Evictions', 'CacheClusterId', 'a']], { stat: 'Maximum', period: 120 })).queries;
    expect(query.MetricStat).toMatchObject({ Stat: 'Maximum', Period: 120 });
  });
});

describe('the data', () => {
  test('of a graph are its visible lines, oldest point first', async () => {
    const [drawn] = await dataOf([GRAPH], answering({ rate: [...POINTS].reverse(), line4: POINTS, m1: POINTS }), {});
    expect(drawn.lines!.map(({ label, points }) => [label, points])).toEqual([['Hit rate', POINTS], ['Evictions of orders-001', POINTS]]);
  });

  test('of alarms are their states; one that is not known has no data', async () => {
    const alarms = ['arn:aws:cloudwatch:eu-central-1:111122223333:alarm:One', 'arn:aws:cloudwatch:eu-central-1:111122223333:alarm:Two'];
    const widget = { type: 'alarm', x: 0, y: 0, width: 24, height: 3, properties: { title: 'Alarms', alarms } };
    const [drawn] = await dataOf([widget], answering({}), { One: 'ALARM' });
    expect(drawn.alarms).toEqual([{ name: 'One', state: 'ALARM' }, { name: 'Two', state: 'INSUFFICIENT_DATA' }]);
  });
});

describe('what is missing', () => {
  const missing = async (points: Readonly<Record<string, readonly Point[]>>, ofReplicas: (name: string) => boolean = NONE) =>
    missingOf(await dataOf([GRAPH], answering(points), {}), ofReplicas);

  test('nothing when every line has data', async () => expect(await missing({ rate: POINTS, line4: POINTS })).toEqual([]));

  test('a graph without any data', async () => expect(await missing({})).toEqual(['Hits: empty']));

  test('a graph whose hidden metrics alone have data', async () => expect(await missing({ m1: POINTS, m2: POINTS })).toEqual(['Hits: empty']));

  test('an expression without a value', async () => expect(await missing({ line4: POINTS })).toEqual(['Hits: no data for Hit rate']));

  test('a line without data, unless only replicas have it', async () => {
    expect(await missing({ rate: POINTS })).toEqual(['Hits: no data for Evictions of orders-001']);
    expect(await missing({ rate: POINTS }, (name) => name === 'Evictions')).toEqual([]);
  });

  test('a graph of replicas alone that is empty', async () => expect(await missing({}, () => true)).toEqual(['Hits: empty']));

  test('alarms of which there are none', () => {
    const widget = { type: 'alarm', x: 0, y: 0, width: 24, height: 3, properties: { alarms: [] } };
    expect(missingOf([{ widget, alarms: [] }], NONE)).toEqual(['alarm: empty']);
  });
});

describe('the picture', () => {
  const drawnGraph: DrawnWidget = {
    widget: graph([], { annotations: { horizontal: [{ value: 80, label: 'Memory > 80 for 5 datapoints within 5 minutes', color: '#d13212' }] } }),
    lines: [{ label: 'Hit rate', points: POINTS }, { label: 'orders-001', points: POINTS }],
  };
  const heading: DrawnWidget = { widget: { type: 'text', x: 12, y: 0, width: 12, height: 6, properties: { markdown: '# A & B\nWhat <it> means' } } };
  const alarms: DrawnWidget = {
    widget: { type: 'alarm', x: 0, y: 6, width: 24, height: 3, properties: {} },
    alarms: [{ name: 'Stack-CacheAlarmsEvictions12345678-AbCd', state: 'OK' }, { name: 'Stack-CacheAlarmsMemory12345678-AbCd', state: 'ALARM' }],
  };
  const svg = draw([drawnGraph, heading, alarms], 'A cache');

  test('has the title, the legend and the threshold of a graph', () => {
    ['A cache', 'Hits', 'Hit rate', 'orders-001', '&gt; 80'].forEach((text) => expect(svg).toContain(text));
    expect(svg).not.toContain('datapoints within');
  });

  test('has a line for each line of a graph', () => {
    const one = draw([{ ...drawnGraph, lines: drawnGraph.lines!.slice(0, 1) }], '');
    const paths = (text: string, color: string) => text.split(`stroke="${color}"`).length - 1;
    expect([paths(svg, '#1f77b4') > 0, paths(svg, '#ff7f0e') > 0]).toEqual([true, true]);
    expect(paths(one, '#ff7f0e')).toBe(0);
  });

  test('has text that is no markup', () => {
    expect(svg).toContain('A &amp; B');
    expect(svg).toContain('What &lt;it&gt; means');
  });

  test('shows the state of each alarm under its short name', () => {
    expect(svg).toMatch(/fill="#1d8102".*Evictions/s);
    expect(svg).toMatch(/fill="#d13212".*Memory/s);
    expect(svg).not.toContain('12345678');
  });

  test('has room for all widgets', () => expect(svg).toContain('viewBox="0 0 1206 312"'));

  test.each([[0, '0'], [950, '950'], [1500, '1.5k'], [2_345_678, '2.35M'], [-4e9, '-4G']])('%d is written as %s', (value, text) => expect(short(value)).toBe(text));
});
