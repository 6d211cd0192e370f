// Values of the resources beside caches that their services enumerate or bound. Imports nothing of CDK.
import { ResourceView, Rule } from '../rule';
import { NEIGHBOR_CHOICES, NEIGHBOR_RANGES, NEIGHBOR_TEXTS, NeighborText } from './private/neighbor-value-table';
import { amountOf, COMMON, Inner, PAGES, partsOf, textOf } from './private/neighbor-values';
import { FACTS, factsOf } from './private/template-facts';
import { isObject } from '../template/template';

/** The rows of each type that has some. */
function byType<Row extends { readonly type: string }>(rows: readonly Row[]): [type: string, rows: Row[]][] {
  return [...new Set(rows.map(({ type }) => type))].map((type) => [type, rows.filter((row) => row.type === type)]);
}

const CHOICE_RULES: readonly Rule[] = byType(NEIGHBOR_CHOICES).map(([resourceType, rows]): Rule => ({
  ...COMMON,
  code: 'ValueNotOffered',
  resourceType,
  reads: rows.map(({ property }) => property),
  source: rows[0].source,
  judge: (resource) => rows.filter(({ property }) => !resource.isAbsent(property)).flatMap(({ property, values, exact }) => {
    const text = textOf(resource.value(property))?.trim();
    return text === undefined || values.includes(text) || (!exact && values.some((each) => each.toLowerCase() === text.toLowerCase())) ? []
      : [`${property} must be one of ${values.join(', ')}, got: ${JSON.stringify(text)}`];
  }),
}));

const RANGE_RULES: readonly Rule[] = byType(NEIGHBOR_RANGES).map(([resourceType, rows]): Rule => ({
  ...COMMON,
  code: 'ValueOutOfRange',
  resourceType,
  reads: rows.map(({ property }) => property),
  source: rows[0].source,
  judge: (resource) => rows.flatMap(({ property, least, most = Infinity }) => {
    const amount = amountOf(resource.value(property));
    return amount === undefined || (amount >= least && amount <= most) ? []
      : [`${property} must be ${most === Infinity ? `${least} or more` : `${least} to ${most}`}, got: ${amount}`];
  }),
}));

/** What is wrong with a text, of which a part may be unknown. */
function textProblem({ property, never, most, must, start, notStart = [] }: NeighborText, resource: ResourceView): string[] {
  const parts = partsOf(resource, property);
  const [first = ''] = parts;
  const isWhole = parts.length === 1;
  const isBegun = start === undefined || first.startsWith(start) || (!isWhole && start.startsWith(first));
  const forbidden = notStart.find((each) => first.toLowerCase().startsWith(each));
  const isFine = parts.length === 0 || (isBegun && forbidden === undefined && parts.join('').length <= most && !parts.some((part) => never.test(part)));
  return isFine ? [] : [`${property} must ${forbidden === undefined ? `be ${must}` : `not begin with ${forbidden}`}, got: ${JSON.stringify(parts.join('…'))}`];
}

const TEXT_RULES: readonly Rule[] = byType(NEIGHBOR_TEXTS).map(([resourceType, rows]): Rule => ({
  ...COMMON,
  code: rows[0].code,
  resourceType,
  reads: rows.map(({ property }) => property),
  source: rows[0].source,
  judge: (resource) => rows.filter(({ property }) => !resource.isAbsent(property)).flatMap((row) => textProblem(row, resource)),
}));

/** Whether a text is a JSON object. */
function isJsonObject(text: string): boolean {
  try {
    return isObject(JSON.parse(text));
  } catch {
    return false;
  }
}

function generatedProblems(generated: Inner): string[] {
  const { SecretStringTemplate: template, GenerateStringKey: key, PasswordLength } = generated;
  const length = amountOf(PasswordLength);
  return [
    ...(template === undefined) === (key === undefined) ? []
      : [`GenerateSecretString must have SecretStringTemplate and GenerateStringKey together, got: ${key === undefined ? 'SecretStringTemplate' : 'GenerateStringKey'} alone`],
    ...typeof template !== 'string' || isJsonObject(template) ? [] : ['SecretStringTemplate must be the text of a JSON object, got: something else'],
    ...length === undefined || (length >= 1 && length <= 4096) ? [] : [`PasswordLength must be 1 to 4096, got: ${length}`],
  ];
}

const SERVICE_RULES: readonly Rule[] = [
  {
    ...COMMON,
    code: 'GeneratedSecretInvalid',
    resourceType: 'AWS::SecretsManager::Secret',
    reads: ['GenerateSecretString'],
    source: `${PAGES}/aws-properties-secretsmanager-secret-generatesecretstring.html`,
    judge: (secret) => {
      const generated = secret.value('GenerateSecretString');
      return isObject(generated) ? generatedProblems(generated) : undefined;
    },
  },
  {
    ...COMMON,
    code: 'SecretStringTwice',
    resourceType: 'AWS::SecretsManager::Secret',
    reads: ['SecretString', 'GenerateSecretString'],
    source: `${PAGES}/aws-resource-secretsmanager-secret.html`,
    judge: (secret) => secret.isPresent('SecretString') && secret.isPresent('GenerateSecretString')
      ? 'a secret must have SecretString or GenerateSecretString, got: both' : undefined,
  },
  {
    ...COMMON,
    code: 'TopicNameInvalid',
    resourceType: 'AWS::SNS::Topic',
    reads: ['TopicName', 'FifoTopic'],
    source: `${PAGES}/aws-resource-sns-topic.html`,
    judge: (topic) => {
      if (topic.isAbsent('TopicName')) {
        return undefined;
      }
      const parts = partsOf(topic, 'TopicName');
      const name = parts.join('…');
      const isFifo = parts.length > 0 && parts.at(-1)!.endsWith('.fifo');
      const isEndKnown = parts.length > 0 && parts.at(-1)!.length >= '.fifo'.length;
      return parts.length === 0 ? undefined
        : parts.join('').length > 256 || /[^a-zA-Z0-9_-]/.test(parts.join('').replace(/\.fifo$/, ''))
          ? `TopicName must be at most 256 letters, digits, _ or -, got: ${JSON.stringify(name)}`
          : isFifo && topic.isNotTrue('FifoTopic') ? `TopicName must end with .fifo only where FifoTopic is true, got: ${JSON.stringify(name)}`
            : !isFifo && isEndKnown && topic.isTrue('FifoTopic') ? `TopicName must end with .fifo where FifoTopic is true, got: ${JSON.stringify(name)}` : undefined;
    },
  },
  {
    ...COMMON,
    code: 'SsmParameterNameInvalid',
    resourceType: 'AWS::SSM::Parameter',
    reads: ['Name'],
    source: 'https://docs.aws.amazon.com/systems-manager/latest/APIReference/API_PutParameter.html',
    judge: (parameter) => {
      const parts = partsOf(parameter, 'Name').map((part, index, all) => all.length === 1 ? part.trim() : index === 0 ? part.trimStart() : part.trimEnd());
      const [first = ''] = parts;
      const name = JSON.stringify(parts.join('…'));
      const inside = parts.length === 1 ? parts : parts.map((part) => part.replace(/^ | $/g, ''));
      return parts.length === 0 ? undefined : [
        ...inside.some((part) => /[^a-zA-Z0-9_./-]/.test(part)) ? [`Name must be made of letters, digits or _.-/, got: ${name}`] : [],
        ...first !== '' && !first.startsWith('/') && parts.some((part) => part.includes('/')) ? [`Name must begin with / where it has one, got: ${name}`] : [],
        ...parts.join('').length > 1011 ? ['Name must have at most 1011 characters, got: more'] : [],
        ...parts.length === 1 && parts[0].split('/').length > 16 ? [`Name must have at most 15 levels, got: ${name}`] : [],
        .../^\/?(aws|ssm)/i.test(first) ? [`Name must not begin with aws or ssm, got: ${name}`] : [],
      ];
    },
  },
  {
    ...COMMON,
    code: 'RotationNotPermitted',
    evidence: 'live',
    resourceType: 'AWS::SecretsManager::RotationSchedule',
    reads: ['RotationLambdaARN'],
    source: 'https://docs.aws.amazon.com/secretsmanager/latest/userguide/troubleshoot_rotation.html',
    judge: (schedule) => {
      if (!factsOf(schedule, FACTS.targets).some((fact) => /^RotationLambdaARN (Ref|Arn) AWS::Lambda::Function$/.test(fact))) {
        return undefined;
      }
      // What other stacks and programs of the template's own permit is not known.
      const isOpen = factsOf(schedule, FACTS.types).some((type) => /^(AWS::(CloudFormation|Serverless)::|Custom::)/.test(type));
      return isOpen || factsOf(schedule, FACTS.callers).some((caller) => /[\u0000*]|secretsmanager|^\d+$|^arn:/.test(caller)) ? undefined
        : 'Secrets Manager may not call the function; add an AWS::Lambda::Permission for secretsmanager.amazonaws.com';
    },
  },
  {
    ...COMMON,
    code: 'ScalingPolicyTargetUnclear',
    resourceType: 'AWS::ApplicationAutoScaling::ScalingPolicy',
    reads: ['ScalingTargetId', 'ResourceId', 'ScalableDimension', 'ServiceNamespace'],
    source: `${PAGES}/aws-resource-applicationautoscaling-scalingpolicy.html`,
    judge: (policy) => {
      const named = ['ResourceId', 'ScalableDimension', 'ServiceNamespace'];
      const must = 'a policy must have ScalingTargetId, or ResourceId, ScalableDimension and ServiceNamespace';
      return policy.isPresent('ScalingTargetId') && named.every((name) => policy.isPresent(name)) ? `${must}, got: all of them`
        : policy.isAbsent('ScalingTargetId') && named.some((name) => policy.isAbsent(name)) ? `${must}, got: neither` : undefined;
    },
  },
];

/** Rules about values of resources beside caches. */
export const NEIGHBOR_VALUE_RULES: readonly Rule[] = [...CHOICE_RULES, ...RANGE_RULES, ...TEXT_RULES, ...SERVICE_RULES];

