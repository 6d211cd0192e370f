// A dashboard as one SVG: ECharts draws the graphs, the rest is text on the same grid.
import * as echarts from 'echarts';
import type { DrawnLine, DrawnWidget } from './data';

const COLUMN = 50;
const ROW = 34;
const GAP = 6;
const COLUMNS = 24;
const FONT = 'Helvetica, Arial, sans-serif';
const INK = '#16191f';
const STATES: Readonly<Record<string, string>> = { OK: '#1d8102', ALARM: '#d13212', INSUFFICIENT_DATA: '#687078' };
const LINES = ['#1f77b4', '#ff7f0e', '#2ca02c', '#9467bd', '#8c564b', '#17becf', '#7f7f7f', '#bcbd22'];
/** About how wide a letter is, for lines that SVG does not break. */
const LETTER = 6.4;

/** The whole picture. */
export function draw(drawn: readonly DrawnWidget[], title: string): string {
  const height = Math.max(...drawn.map(({ widget }) => widget.y + widget.height)) * ROW + GAP;
  const parts = drawn.map((each) => {
    const { x, y, width, height: rows } = each.widget;
    const size = { width: width * COLUMN - GAP, height: rows * ROW - GAP };
    return `<g transform="translate(${x * COLUMN + GAP} ${y * ROW + GAP})">${frame(size)}${content(each, size)}</g>`;
  });
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${COLUMNS * COLUMN + GAP} ${height}" font-family="${FONT}" role="img" aria-label="${escape(title)}">` +
    `<title>${escape(title)}</title><rect width="100%" height="100%" fill="#f2f3f3"/>${parts.join('\n')}</svg>\n`;
}

interface Size { readonly width: number; readonly height: number }

function frame({ width, height }: Size): string {
  return `<rect width="${width}" height="${height}" rx="4" fill="#ffffff" stroke="#d5dbdb"/>`;
}

function content({ widget, lines, alarms }: DrawnWidget, size: Size): string {
  if (lines) {
    return graph(widget.properties, lines, size);
  }
  return alarms ? states(alarms, size) : markdown(widget.properties.markdown ?? '', size);
}

function graph(properties: any, lines: readonly DrawnLine[], size: Size): string {
  const chart = echarts.init(null, null, { renderer: 'svg', ssr: true, ...size });
  const limits = (properties.annotations?.horizontal ?? []) as { value: number; label?: string; color?: string }[];
  const names = lines.map(({ label }) => shortened(label));
  const left = properties.yAxis?.left ?? {};
  const highest = Math.max(0, ...lines.flatMap(({ points }) => points.map(([, value]) => value)), ...limits.map(({ value }) => value));
  chart.setOption({
    animation: false,
    color: LINES,
    textStyle: { fontFamily: FONT },
    title: { text: properties.title, left: 8, top: 6, textStyle: { fontSize: 13, color: INK } },
    grid: { left: 62, right: 18, top: 34, bottom: 34 + 18 * legendRows(names, size.width) },
    legend: { bottom: 4, left: 8, right: 8, itemWidth: 12, itemHeight: 8, type: 'plain', textStyle: { fontSize: 10 } },
    xAxis: { type: 'time', axisLabel: { fontSize: 9, hideOverlap: true, formatter: '{HH}:{mm}' }, splitNumber: 4 },
    yAxis: {
      type: 'value', min: left.min, max: left.max ?? (limits.length > 0 ? highest * 1.05 : undefined), splitNumber: 3, axisLabel: { fontSize: 9, formatter: short },
    },
    series: lines.map(({ points }, index) => ({
      name: names[index],
      type: 'line',
      showSymbol: points.length < 2,
      lineStyle: { width: 1.5 },
      data: points.map(([time, value]) => [time.getTime(), value]),
      markLine: index > 0 ? undefined : {
        silent: true,
        symbol: 'none',
        lineStyle: { type: 'solid', width: 1 },
        data: limits.map(({ value, color, label: text }) => ({
          yAxis: value,
          lineStyle: { color: color ?? '#d13212' },
          label: { formatter: threshold(text, value), position: 'insideEndTop', fontSize: 9, color: color ?? '#d13212' },
        })),
      },
    })),
    useUTC: true,
  });
  const svg = chart.renderToSVGString();
  chart.dispose();
  return svg;
}

/** The end of a long label, where members of a cache differ. */
function shortened(label: string): string {
  return label.length > 36 ? `…${label.slice(-14)}` : label;
}

/** How many rows the legend takes. */
function legendRows(names: readonly string[], width: number): number {
  const widths = names.map((name) => name.length * LETTER + 30);
  const place = (rows: number[], each: number): number[] => {
    const last = rows[rows.length - 1] + each;
    return last <= width - 16 ? [...rows.slice(0, -1), last] : [...rows, each];
  };
  return widths.reduce(place, [0]).length;
}

/** What fits beside a line: the threshold, without for how long. */
function threshold(label: string | undefined, value: number): string {
  return (label ?? `${value}`).replace(/ for .*$/, '').replace(/^.* (?=[<>])/, '');
}

/** A number as an axis shows it. */
export function short(value: number): string {
  const unit = ([[1e9, 'G'], [1e6, 'M'], [1e3, 'k']] as const).find(([size]) => Math.abs(value) >= size);
  const shown = unit ? value / unit[0] : value;
  return `${Number(shown.toPrecision(3))}${unit?.[1] ?? ''}`;
}

function states(alarms: NonNullable<DrawnWidget['alarms']>, { width, height }: Size): string {
  const each = width / Math.max(alarms.length, 1);
  const boxes = alarms.map(({ name, state }, index) => `<g transform="translate(${index * each + 6} 30)">` +
    `<rect width="${each - 12}" height="${height - 40}" rx="3" fill="${STATES[state]}"/>` +
    wrapped(nameOf(name), (each - 20) / LETTER, 3).map((line, row) => `<text x="6" y="${18 + 14 * row}" font-size="11" fill="#ffffff">${escape(line)}</text>`).join('') +
    '</g>');
  return `<text x="8" y="19" font-size="13" font-weight="bold" fill="${INK}">Alarms</text>${boxes.join('')}`;
}

/** CloudFormation puts the stack before a name and a random end behind it. */
function nameOf(name: string): string {
  return name.replace(/[0-9A-F]{8}(-[0-9A-Za-z]+)?$/, '').replace(/^[^-]+-(CacheAlarms)?/, '');
}

/** A heading and a paragraph, which is all that the dashboards of this library write. */
function markdown(text: string, { width }: Size): string {
  const rows = text.split('\n').flatMap((line) => {
    const heading = /^(#+) (.*)$/.exec(line);
    return heading ? [{ text: heading[2], size: heading[1].length === 1 ? 18 : 15, bold: true }]
      : wrapped(line, (width - 16) / LETTER, 3).map((each) => ({ text: each, size: 12, bold: false }));
  });
  let y = 4;
  return rows.map((row) => {
    y += row.size + 5;
    return `<text x="8" y="${y}" font-size="${row.size}" fill="${INK}"${row.bold ? ' font-weight="bold"' : ''}>${escape(row.text)}</text>`;
  }).join('');
}

/** Words in lines of so many letters. */
function wrapped(text: string, letters: number, most: number): string[] {
  const lines = text.split(/(?<=[ /])|(?<=[a-z])(?=[A-Z])/).reduce<string[]>((all, word) => {
    const last = all[all.length - 1];
    return last !== undefined && last.length + word.length <= letters ? [...all.slice(0, -1), last + word] : [...all, word];
  }, []);
  return lines.slice(0, most).map((line) => line.trim());
}

function escape(text: string): string {
  return text.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;').replace(/"/g, '&quot;');
}
