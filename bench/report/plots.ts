// Plots as SVG, drawn without a browser.
import * as echarts from 'echarts';
import { Results } from './results';

const COLOURS = { library: '#2563eb', hand: '#9ca3af', budget: '#dc2626' };

function svg(option: echarts.EChartsCoreOption, height: number): string {
  const chart = echarts.init(null, null, { renderer: 'svg', ssr: true, width: 760, height });
  chart.setOption({ animation: false, backgroundColor: '#ffffff', textStyle: { fontFamily: 'sans-serif' }, ...option } as echarts.EChartsCoreOption);
  const picture = chart.renderToSVGString();
  chart.dispose();
  return `${picture}\n`;
}

/** The ratio to the same template by hand, with its middle half. */
export function plotTimes({ defaults, growth, topologies }: Results): string {
  const rows = [
    ...defaults.map((each) => ({ title: `${each.caches} default`, ratio: each.ratio })),
    ...growth ? [{ title: `${growth.many.toLocaleString('en-US')} default`, ratio: growth.ratio }] : [],
    ...topologies.map((each) => ({ title: `${each.caches} ${each.subject}`, ratio: each.ratio })),
  ];
  const whiskers = (_: unknown, api: any) => {
    const [low, high] = [api.coord([api.value(0), api.value(1)]), api.coord([api.value(0), api.value(2)])];
    return { type: 'line', shape: { x1: low[0], y1: low[1], x2: high[0], y2: high[1] }, style: { stroke: '#111827', lineWidth: 2 } };
  };
  return svg({
    title: { text: 'Construction and synthesis, against the same template by hand', subtext: 'median of pairs; the line is the middle half; at most 1.15 from 10 caches on', left: 'center', textStyle: { fontSize: 14 } },
    grid: { left: 50, right: 30, top: 70, bottom: 50 },
    xAxis: { type: 'category', data: rows.map(({ title }) => title), axisLabel: { interval: 0, fontSize: 10 } },
    yAxis: { type: 'value', min: 0.8, name: 'times by hand', scale: true },
    series: [
      {
        type: 'bar',
        data: rows.map(({ ratio }) => Number(ratio.median.toFixed(3))),
        itemStyle: { color: COLOURS.library },
        label: { show: true, position: 'insideBottom', color: '#fff', fontSize: 11 },
        markLine: { symbol: 'none', data: [{ yAxis: 1.15 }], lineStyle: { color: COLOURS.budget, type: 'solid' }, label: { formatter: '1.15' } },
      },
      { type: 'custom', renderItem: whiskers, data: rows.map(({ ratio }, index) => [index, ratio.lowerQuartile, ratio.upperQuartile]), z: 10 },
    ],
  }, 380);
}

/** Peak memory of both sides. */
export function plotMemory({ memory }: Results): string {
  return svg({
    title: { text: 'Peak memory of a process', left: 'center', textStyle: { fontSize: 14 } },
    legend: { top: 28 },
    grid: { left: 60, right: 30, top: 70, bottom: 40 },
    xAxis: { type: 'category', data: memory.map(({ caches }) => `${caches.toLocaleString('en-US')} caches`) },
    yAxis: { type: 'value', name: 'MiB' },
    series: [
      { name: 'library', type: 'bar', itemStyle: { color: COLOURS.library }, data: memory.map(({ libraryMebibytes }) => Math.round(libraryMebibytes)), label: { show: true, position: 'top' } },
      { name: 'by hand', type: 'bar', itemStyle: { color: COLOURS.hand }, data: memory.map(({ handMebibytes }) => Math.round(handMebibytes)), label: { show: true, position: 'top' } },
    ],
  }, 320);
}
