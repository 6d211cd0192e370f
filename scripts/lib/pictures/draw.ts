// A graph as an SVG; Graphviz does the layout.
import { Area, Box, Picture } from './graph';

const COLOURS: Readonly<Record<Area, { readonly fill: string; readonly border: string; readonly title: string }>> = {
  cache: { fill: '#dbeafe', border: '#1d4ed8', title: 'cache' },
  network: { fill: '#ede9fe', border: '#6d28d9', title: 'network' },
  access: { fill: '#fee2e2', border: '#b91c1c', title: 'who may connect' },
  observation: { fill: '#dcfce7', border: '#15803d', title: 'logs and alarms' },
};
const FONT = 'fontname="Helvetica" fontcolor="#111827"';

export async function draw(title: string, picture: Picture): Promise<string> {
  const { instance } = await import('@viz-js/viz');
  const viz = await instance();
  const svg = viz.renderString(dot(title, picture), { format: 'svg' });
  return svg.slice(svg.indexOf('<svg')).replace(/<!--[\s\S]*?-->\n?/g, '');
}

function dot(title: string, { boxes, arrows }: Picture): string {
  const clusters = (Object.keys(COLOURS) as Area[]).map((area) => ({ area, members: boxes.filter((box) => box.area === area) }));
  return `digraph {
    graph [rankdir=LR bgcolor="white" pad=0.3 ranksep=0.9 nodesep=0.35 labelloc=t label=${quote(title)} fontsize=18 ${FONT}]
    node [shape=box style="filled,rounded" penwidth=1.2 fontsize=12 margin="0.22,0.14" ${FONT}]
    edge [color="#6b7280" arrowsize=0.7]
    ${clusters.filter(({ members }) => members.length > 0).map(({ area, members }) => cluster(area, members)).join('\n')}
    ${arrows.map(([from, to]) => `${quote(from)} -> ${quote(to)}`).join('\n')}
  }`;
}

function cluster(area: Area, boxes: readonly Box[]): string {
  const { fill, border, title } = COLOURS[area];
  const nodes = boxes.map(({ id, lines, isCache }) =>
    `${quote(id)} [label=${quote(lines.join('\n'))} fillcolor="${fill}" color="${border}" penwidth=${isCache ? 2.4 : 1.2}]`);
  return `subgraph ${quote(`cluster_${area}`)} { label=${quote(title)} fontsize=12 style="rounded,dashed" color="#9ca3af" ${FONT}\n${nodes.join('\n')} }`;
}

function quote(text: string): string {
  return `"${text.replace(/\\/g, '\\\\').replace(/"/g, '\\"').replace(/\n/g, '\\n')}"`;
}
