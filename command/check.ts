import { Input } from './inputs';
import { RULES_BY_TYPE } from '../src/checks/rules';
import { evaluateTemplate, TemplateFinding } from '../src/checks/template/evaluate-template';
import { exportsOf } from '../src/checks/template/exports';
import { isObject, Template } from '../src/checks/template/template';

/** What was found, where it is in a file, and why it was acknowledged if it was. */
export interface Result extends TemplateFinding {
  readonly path: string;
  readonly line?: number;
  readonly acknowledged?: string;
}

export interface CheckOptions {
  readonly region?: string;
  readonly parameters: Readonly<Record<string, string>>;
  /** Reasons by code. */
  readonly acknowledge: Readonly<Record<string, string>>;
}

const METADATA = 'cdk-elasticache';

/** Judges templates. */
export function check(inputs: readonly Input[], options: CheckOptions): Result[] {
  const factsOf = ({ region, account }: Input) => ({ region: options.region ?? region, account, parameters: options.parameters });
  const deployedIn = (assembly: string) => inputs.filter((input) => input.assembly === assembly)
    .map((input) => ({ template: input.file.whole, facts: factsOf(input) }));
  const assemblies = new Set(inputs.flatMap(({ assembly }) => assembly ?? []));
  const together = new Map([...assemblies].map((assembly) => [assembly, exportsOf(() => deployedIn(assembly))]));
  return inputs.flatMap((input) => {
    const { file, acknowledged } = input;
    const { template } = file;
    if (!template) {
      return [];
    }
    const facts = { ...factsOf(input), exported: together.get(input.assembly ?? '') };
    return evaluateTemplate(RULES_BY_TYPE, template, facts).map((finding): Result => {
      const { rule, logicalId, place = placeIn(template, finding) } = finding;
      const [section, name] = place;
      const reason = options.acknowledge[rule.code] ?? acknowledged(`${METADATA}::${rule.code}`, name === undefined ? undefined : logicalId)
        ?? inMetadata(template, section === 'Resources' ? name : undefined, rule.code);
      const line = file.lineOf(place);
      return { ...finding, path: file.path, ...line === undefined ? {} : { line }, ...reason === undefined ? {} : { acknowledged: reason } };
    });
  });
}

/** The first property that is written of those that a rule reads, or the resource itself. */
function placeIn(template: Template, { rule, logicalId }: TemplateFinding): readonly string[] {
  const properties = template.Resources?.[logicalId]?.Properties;
  const written = rule.reads.find((property) => isObject(properties) && property in properties);
  return ['Resources', logicalId, ...written === undefined ? [] : ['Properties', written]];
}

/** The reason in the metadata of the resource or of the template: `cdk-elasticache: { acknowledge: { Code: reason } }`. */
function inMetadata(template: Template, logicalId: string | undefined, code: string): string | undefined {
  for (const metadata of [logicalId === undefined ? undefined : template.Resources?.[logicalId]?.Metadata, template.Metadata]) {
    const own = isObject(metadata) ? metadata[METADATA] : undefined;
    const reasons = isObject(own) ? own.acknowledge : undefined;
    if (isObject(reasons) && typeof reasons[code] === 'string') {
      return reasons[code];
    }
  }
  return undefined;
}

/** Whether the deployment would fail or lose data. */
export function isError({ severity, acknowledged }: Result): boolean {
  return severity === 'error' && acknowledged === undefined;
}

/** What a report is about. */
export interface Report {
  readonly version: string;
  readonly templates: readonly string[];
  readonly results: readonly Result[];
}

/** What is wrong, and what has to be chosen for it. */
export function messageOf({ message, when }: Result): string {
  return when === undefined ? message : `${message} (when ${when})`;
}
