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
      const { rule, logicalId } = finding;
      const reason = options.acknowledge[rule.code] ?? acknowledged(`${METADATA}::${rule.code}`, logicalId) ?? inMetadata(template, logicalId, rule.code);
      const properties = template.Resources?.[logicalId]?.Properties;
      const written = rule.reads.find((property) => isObject(properties) && property in properties);
      const line = file.lineOf(['Resources', logicalId, ...written === undefined ? [] : ['Properties', written]]);
      return { ...finding, path: file.path, ...line === undefined ? {} : { line }, ...reason === undefined ? {} : { acknowledged: reason } };
    });
  });
}

/** The reason in the metadata of the resource or of the template: `cdk-elasticache: { acknowledge: { Code: reason } }`. */
function inMetadata(template: Template, logicalId: string, code: string): string | undefined {
  for (const metadata of [template.Resources?.[logicalId]?.Metadata, template.Metadata]) {
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
