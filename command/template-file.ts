import { readFileSync } from 'fs';
import { extname } from 'path';
import { CollectionTag, Document, isMap, isNode, isScalar, LineCounter, Pair, parseDocument, Scalar, ScalarTag, YAMLMap } from 'yaml';
import { UsageProblem } from './problem';
import { isObject, Template } from '../src/checks/template/template';
import { mayConcernElastiCache } from '../src/checks/template/template-text';

/** A template as it is on disk. */
export interface TemplateFile {
  readonly path: string;
  /** `undefined` when nothing in it concerns ElastiCache. */
  readonly template: Template | undefined;
  /** The template, whatever is in it. */
  readonly whole: Template;
  /** The line, from 1, of something in the template; `undefined` when it is not to be found. */
  readonly lineOf: (place: readonly string[]) => number | undefined;
}

const FUNCTIONS = [
  'And', 'Base64', 'Cidr', 'Equals', 'FindInMap', 'GetAtt', 'GetAZs', 'If', 'ImportValue', 'Join', 'Length', 'Not', 'Or', 'Select', 'Split', 'Sub',
  'ToJsonString', 'Transform',
];

/** The short forms of CloudFormation's functions, for texts, lists and maps alike. */
const TAGS = [['!Ref', 'Ref'], ['!Condition', 'Condition'], ...FUNCTIONS.map((name) => [`!${name}`, `Fn::${name}`])].flatMap(([tag, name]) => [
  { tag, resolve: (text: string) => ({ [name]: text }) } satisfies ScalarTag,
  { tag, collection: 'seq', resolve: (list) => call(name, list) } satisfies CollectionTag,
  { tag, collection: 'map', resolve: (map) => call(name, map) } satisfies CollectionTag,
]);

function call(name: string, argument: unknown): YAMLMap {
  const map = new YAMLMap();
  map.items.push(new Pair(new Scalar(name), argument));
  return map;
}

/** Reads a template in JSON or YAML. */
export function readTemplate(path: string): TemplateFile {
  const text = read(path);
  const isJson = extname(path) === '.json' || /^\s*\{/.test(text);
  const template = isJson ? parseJson(path, text) : parseYaml(path, text).document.toJS() as unknown;
  if (!isObject(template) || !isObject(template.Resources)) {
    throw new UsageProblem(`${path} is no CloudFormation template: it has no Resources`);
  }
  let parsed: ReturnType<typeof parseYaml> | undefined;
  return {
    path,
    template: mayConcernElastiCache(text) ? template : undefined,
    whole: template,
    lineOf: (place) => lineOf(parsed ??= parseYaml(path, text), place), // JSON is YAML as well
  };
}

export function read(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    throw new UsageProblem(`${path} cannot be read: ${(error as Error).message}`);
  }
}

export function parseJson(path: string, text: string): unknown {
  try {
    return JSON.parse(text.replace(/^\uFEFF/, ''));
  } catch (error) {
    throw new UsageProblem(`${path} is not JSON: ${(error as Error).message}`);
  }
}

/** Texts stay as they are written, for `7.0` is a version and no number: what a value is follows from its property. */
function parseYaml(path: string, text: string): { document: Document.Parsed; lines: LineCounter } {
  const lines = new LineCounter();
  const document = parseDocument(text, { schema: 'failsafe', customTags: TAGS, merge: true, uniqueKeys: false, lineCounter: lines, logLevel: 'error' });
  if (document.errors.length > 0) {
    throw new UsageProblem(`${path} is not YAML: ${document.errors[0].message}`);
  }
  return { document, lines };
}

function lineOf({ document, lines }: ReturnType<typeof parseYaml>, place: readonly string[]): number | undefined {
  let node: unknown = document.contents;
  let start: number | undefined;
  for (const name of place) {
    const pair = isMap(node) ? node.items.find(({ key }) => isScalar(key) && key.value === name) : undefined;
    if (!pair) {
      break;
    }
    start = isNode(pair.key) ? pair.key.range?.[0] : start;
    node = pair.value;
  }
  return start === undefined ? undefined : lines.linePos(start).line;
}
