// Parameters of a template, as they are declared. Imports nothing of CDK.
import { ResourceView, Rule } from '../rule';
import { parameterTypeVerdict } from './private/parameter-types';
import { meant } from './private/property-kinds';
import { texts } from './private/template-facts';
import { isScalar } from '../template/template';
import { WHOLE } from '../template/whole/facts';

const PAGE = 'https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/parameters-section-structure.html';
const COMMON = {
  severity: 'error', evidence: 'documented', resourceType: WHOLE.parameter, source: PAGE, checked: '2026-11-28', since: '0.1.0',
} as const;

const KEYS = [
  'AllowedPattern', 'AllowedValues', 'ConstraintDescription', 'Default', 'Description', 'MaxLength', 'MaxValue', 'MinLength', 'MinValue', 'NoEcho', 'Type',
];
const LISTS = ['CommaDelimitedList', 'List<Number>', 'List<String>'];

/** What the pattern languages of Java and of this library do not have in common. */
const JAVA_ALONE = /\\[pPQEAzZGRhHvVXN]|\(\?[a-z-]*[idmsuxU]|\(\?>|\(\?<[^=!]|&&|\[[^\]]*\[|[*+?}]\+/;
const LONGEST_TRIED = 100;

/** The pattern that a whole value has to match; `undefined` for one that may mean something else in Java. */
function wholePattern(pattern: string): RegExp | undefined {
  // Repetitions of repetitions take forever.
  if (JAVA_ALONE.test(pattern) || /[*+}]\)[*+{]/.test(pattern)) {
    return undefined;
  }
  try {
    return new RegExp(`^(?:${pattern})$`);
  } catch {
    return undefined;
  }
}

/** A whole number or a part of one; `undefined` where it is none. */
function numberOf(value: unknown): number | undefined {
  const text = isScalar(value) ? String(value).trim() : '';
  return /^[-+]?(\d+\.?\d*|\.\d+)([eE][-+]?\d+)?$/.test(text) ? Number(text) : undefined;
}

/** What a default must not be. */
function defaultProblems(parameter: ResourceView): string[] {
  const [type, written] = [parameter.text('Type') ?? '', parameter.value('Default')];
  // What is looked up in Systems Manager is not known; what is nothing is left to whoever deploys.
  if (!isScalar(written) || type.startsWith('AWS::SSM::Parameter::Value')) {
    return [];
  }
  const text = String(written);
  const items = LISTS.includes(type) ? text.split(',').map((item) => item.trim()) : [text];
  const allowed = texts((parameter.list('AllowedValues') ?? []).map((each) => isScalar(each) ? String(each) : each));
  const isNumber = type === 'Number' || type === 'List<Number>';
  const same = (one: string, other: string) => one === other || (isNumber && numberOf(one) !== undefined && numberOf(one) === numberOf(other));
  return [
    ...allowed.length > 0 && !(items.length > 1 && allowed.some((each) => each.includes(','))) ? items.filter((item) => !allowed.some((each) => same(each, item)))
      .map((item) => `Default must be one of AllowedValues, ${allowed.slice(0, 12).join(', ')}, got: ${shown(parameter, item)}`) : [],
    ...isNumber && text !== '' ? items.filter((item) => numberOf(item) === undefined).map((item) => `Default must be a number, got: ${shown(parameter, item)}`) : [],
    ...text === '' ? [] : type === 'Number' ? rangeProblems(parameter, numberOf(text)) : type === 'String' ? textProblems(parameter, text) : [],
  ];
}

function shown(parameter: ResourceView, text: string): string {
  return String(parameter.value('NoEcho')).toLowerCase() === 'true' ? 'something else' : JSON.stringify(text);
}

function rangeProblems(parameter: ResourceView, value: number | undefined): string[] {
  const [least, most] = [numberOf(parameter.value('MinValue')), numberOf(parameter.value('MaxValue'))];
  return value === undefined ? [] : [
    ...least !== undefined && value < least ? [`Default must be at least MinValue, ${least}, got: ${value}`] : [],
    ...most !== undefined && value > most ? [`Default must be at most MaxValue, ${most}, got: ${value}`] : [],
  ];
}

function textProblems(parameter: ResourceView, text: string): string[] {
  const [least, most] = [numberOf(parameter.value('MinLength')), numberOf(parameter.value('MaxLength'))];
  const pattern = text.length > LONGEST_TRIED ? undefined : wholePattern(parameter.text('AllowedPattern') ?? '.*');
  return [
    ...least !== undefined && text.length < least ? [`Default must have at least ${least} characters, got: ${text.length}`] : [],
    ...most !== undefined && text.length > most ? [`Default must have at most ${most} characters, got: ${text.length}`] : [],
    // Parts of lines are another matter.
    ...pattern && !text.includes('\n') && !pattern.test(text) ? [`Default must match AllowedPattern as a whole, ${parameter.text('AllowedPattern')}, got: ${shown(parameter, text)}`] : [],
  ];
}

function keysOf(entry: ResourceView): string[] {
  const keys = entry.attribute('Keys');
  return Array.isArray(keys) ? texts(keys) : [];
}

/** Rules about parameters. */
export const PARAMETER_ENTRY_RULES: readonly Rule[] = [
  {
    ...COMMON,
    // "Every Parameters object must contain a Type member.": https://github.com/bridgecrewio/checkov/issues/2965
    code: 'ParameterTypeInvalid',
    reads: ['Type'],
    evidence: 'live',
    judge: (parameter) => {
      const type = parameter.value('Type');
      return type === undefined ? 'a parameter must have a Type, as String'
        : typeof type !== 'string' || parameterTypeVerdict(type) === 'never' ? `Type must be a type of parameters, as String, Number or List<AWS::EC2::Subnet::Id>, got: ${JSON.stringify(type)}`
          : undefined;
    },
  },
  {
    ...COMMON,
    code: 'ParameterTypeUnknown',
    severity: 'warning',
    reads: ['Type'],
    evidence: 'inferred',
    judge: (parameter) => parameterTypeVerdict(parameter.text('Type') ?? 'String') === 'unknown'
      ? `Type ${parameter.text('Type')} is not known to this library; the deployment fails if AWS does not know it either` : undefined,
  },
  {
    ...COMMON,
    code: 'ParameterDefaultInvalid',
    reads: ['Default', 'AllowedValues', 'AllowedPattern', 'MinLength', 'MaxLength', 'MinValue', 'MaxValue', 'Type'],
    judge: (parameter) => {
      const written = parameter.value('Default');
      return typeof written === 'object' && written !== null ? 'Default must be a text: lists are written with commas, and functions are not called here' : defaultProblems(parameter);
    },
  },
  {
    ...COMMON,
    code: 'ParameterKeyUnknown',
    reads: ['Type'],
    evidence: 'live',
    judge: (parameter) => keysOf(parameter).filter((key) => !KEYS.includes(key) && !key.startsWith('Fn::')).map((key) => {
      const instead = meant(key, KEYS);
      return `a parameter has no ${key}; ${instead ? `use ${instead}` : 'leave it out'}`;
    }),
  },
];
