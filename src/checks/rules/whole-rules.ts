// What CloudFormation refuses of a template as a whole, wherever it stands. Imports nothing of CDK.
import { Rule } from '../rule';
import { texts } from './private/template-facts';
import { WHOLE, WHOLE_FACTS, WholeFact } from '../template/whole/facts';

const GUIDE = 'https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide';
const REFERENCE = 'https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference';
const COMMON = { severity: 'error', evidence: 'documented', checked: '2026-11-28', since: '0.1.0' } as const;

interface Row extends Partial<Pick<Rule, 'severity' | 'evidence'>> {
  readonly code: string;
  /** The sections. */
  readonly reads: readonly string[];
  readonly source: string;
  readonly fact: WholeFact;
  /** What is wrong, in words; the fact says it where this is left out. */
  readonly says?: (fact: string) => string;
}

/** The first word of a text, and the rest. */
function parted(fact: string): [first: string, rest: string] {
  const [first, ...rest] = fact.split(' ');
  return [first, rest.join(' ')];
}

const ANYWHERE = ['Conditions', 'Resources', 'Outputs'];

const ROWS: readonly Row[] = [
  {
    code: 'ReferenceUnresolved',
    reads: ANYWHERE,
    evidence: 'live',
    source: `${GUIDE}/troubleshooting.html`,
    fact: WHOLE_FACTS.unresolved,
    says: (fact) => {
      const [what, missing] = parted(fact);
      return `${what} refers to ${missing}, which the template does not have`;
    },
  },
  {
    code: 'ReferencesCircular',
    reads: ['Resources'],
    source: `${GUIDE}/troubleshooting.html`,
    fact: WHOLE_FACTS.circle,
    says: (way) => `none of these can be made before the other: ${way}`,
  },
  {
    code: 'ConditionsCircular',
    reads: ['Conditions'],
    evidence: 'live',
    source: `${GUIDE}/conditions-section-structure.html`,
    fact: WHOLE_FACTS.conditionCircle,
    says: (way) => `none of these conditions can be decided before the other: ${way}`,
  },
  {
    // "Unresolved dependencies [X]. Cannot reference resources in the Conditions block of the template": https://github.com/aws-cloudformation/cfn-lint/issues/99
    code: 'ConditionReadsResource',
    reads: ['Conditions'],
    evidence: 'live',
    source: `${GUIDE}/conditions-section-structure.html`,
    fact: WHOLE_FACTS.conditionReads,
    says: (id) => `a condition can read parameters and mappings alone, got: the resource ${id}`,
  },
  {
    code: 'FunctionMalformed',
    reads: ANYWHERE,
    source: `${REFERENCE}/intrinsic-function-reference.html`,
    fact: WHOLE_FACTS.malformed,
  },
  {
    code: 'FunctionMisspelt',
    reads: ANYWHERE,
    evidence: 'live',
    source: `${REFERENCE}/intrinsic-function-reference.html`,
    fact: WHOLE_FACTS.misspelt,
    says: (fact) => {
      const [name, meant] = parted(fact);
      return `there is no function ${name}; use ${meant}`;
    },
  },
  {
    code: 'FunctionUnknown',
    severity: 'warning',
    reads: ANYWHERE,
    evidence: 'inferred',
    source: `${REFERENCE}/intrinsic-function-reference.html`,
    fact: WHOLE_FACTS.unknown,
    says: (name) => `${name} is not a function that this library knows; the deployment fails if AWS does not know it either`,
  },
  {
    code: 'FunctionBesideKeys',
    severity: 'warning',
    reads: ANYWHERE,
    evidence: 'inferred',
    source: `${REFERENCE}/intrinsic-function-reference.html`,
    fact: WHOLE_FACTS.beside,
    says: (fact) => {
      const [what, name] = parted(fact);
      return `${what} has ${name} with other keys beside it: a function stands alone in its object`;
    },
  },
  {
    // "Invalid template property or properties [outputs]": https://github.com/Versent/cfn-check/issues/3
    code: 'SectionUnknown',
    reads: ['Sections'],
    evidence: 'live',
    source: `${GUIDE}/template-anatomy.html`,
    fact: WHOLE_FACTS.sections,
    says: (name) => `a template has no section ${name}; sections are Parameters, Mappings, Conditions, Rules, Resources, Outputs, Metadata, Description, Transform and Hooks`,
  },
  {
    code: 'SectionInvalid',
    reads: ['Description', 'Parameters', 'Mappings', 'Conditions', 'Outputs'],
    source: `${GUIDE}/template-anatomy.html`,
    fact: WHOLE_FACTS.form,
  },
  {
    code: 'FormatVersionInvalid',
    reads: ['AWSTemplateFormatVersion'],
    source: `${GUIDE}/format-version-structure.html`,
    fact: WHOLE_FACTS.version,
    says: (version) => `AWSTemplateFormatVersion must be 2010-09-09, got: ${JSON.stringify(version)}`,
  },
  {
    code: 'TemplateTooLarge',
    reads: ['Description', 'Resources', 'Parameters', 'Outputs', 'Mappings'],
    source: `${GUIDE}/cloudformation-limits.html`,
    fact: WHOLE_FACTS.limit,
  },
  {
    code: 'LogicalIdTwice',
    reads: ['Parameters', 'Resources'],
    source: `${GUIDE}/parameters-section-structure.html`,
    fact: WHOLE_FACTS.taken,
    says: (name) => `a parameter must have a name of its own, got: ${name}, which is a resource as well`,
  },
  {
    // "The Value field of every Outputs member must evaluate to a String and not a List": https://github.com/aws/aws-toolkit-visual-studio/issues/421
    code: 'OutputNotText',
    reads: ['Outputs'],
    evidence: 'live',
    source: `${GUIDE}/outputs-section-structure.html`,
    fact: WHOLE_FACTS.notText,
    says: (what) => `Value must be a text, got: ${what}; join a list, or select one of it`,
  },
  {
    code: 'ExportNameInvalid',
    reads: ['Outputs'],
    source: `${GUIDE}/outputs-section-structure.html`,
    fact: WHOLE_FACTS.exportName,
  },
  {
    code: 'SecretInOutput',
    reads: ['Outputs'],
    source: `${GUIDE}/outputs-section-structure.html`,
    fact: WHOLE_FACTS.secrets,
    says: (what) => `Value shows ${what} to everyone who may read the stack: outputs are not masked; leave it out`,
  },
  {
    code: 'NestedStackReadWrongly',
    reads: ['Resources', 'Outputs'],
    source: `${REFERENCE}/aws-resource-cloudformation-stack.html`,
    fact: WHOLE_FACTS.nested,
  },
];

/** Rules about templates as a whole. */
export const WHOLE_RULES: readonly Rule[] = ROWS.map(({ fact, says = (text) => text, ...row }): Rule => ({
  ...COMMON,
  ...row,
  resourceType: WHOLE.template,
  judge: (template) => {
    const facts = template.attribute(fact);
    return Array.isArray(facts) ? texts(facts).map(says) : undefined;
  },
}));
