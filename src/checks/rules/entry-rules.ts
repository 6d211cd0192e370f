// Mappings, resources and outputs of a template, as they are declared, and the names of all. Imports nothing of CDK.
import { PARAMETER_ENTRY_RULES } from './parameter-entry-rules';
import { ResourceView, Rule } from '../rule';
import { meant } from './private/property-kinds';
import { texts } from './private/template-facts';
import { isObject } from '../template/template';
import { WHOLE } from '../template/whole/facts';

const GUIDE = 'https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide';
const REFERENCE = 'https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference';
const COMMON = { severity: 'error', evidence: 'documented', checked: '2026-11-28', since: '0.1.0' } as const;

const NAMED: readonly (readonly [type: string, what: string, page: string])[] = [
  [WHOLE.parameter, 'parameter', 'parameters-section-structure.html'],
  [WHOLE.mapping, 'mapping', 'mappings-section-structure.html'],
  [WHOLE.resource, 'resource', 'resources-section-structure.html'],
  [WHOLE.output, 'output', 'outputs-section-structure.html'],
];

const NAME_RULES: readonly Rule[] = NAMED.map(([resourceType, what, page]): Rule => ({
  ...COMMON,
  code: 'LogicalIdInvalid',
  resourceType,
  reads: ['LogicalId'],
  source: `${GUIDE}/${page}`,
  judge: (entry) => entry.logicalId !== undefined && !/^[A-Za-z0-9]+$/.test(entry.logicalId)
    ? `the name of a ${what} must be letters and digits, got: ${JSON.stringify(entry.logicalId)}` : undefined,
}));

function isFunction(value: unknown): boolean {
  return isObject(value) && Object.keys(value).some((key) => key === 'Ref' || key.startsWith('Fn::'));
}

function keysOf(entry: ResourceView): string[] | undefined {
  const keys = entry.attribute('Keys');
  return Array.isArray(keys) ? texts(keys) : undefined;
}

/** What is wrong inside of a mapping. */
function mappingProblems(mapping: ResourceView): string[] {
  const keys = isTransformed(mapping) ? [] : (keysOf(mapping) ?? []).filter((key) => !key.startsWith('Fn::'));
  return keys.flatMap((first) => {
    const inner = mapping.value(first);
    if (!isObject(inner)) {
      return inner === '' || inner === null ? [] : [`${first} must hold names with their values, got: ${JSON.stringify(inner)}`];
    }
    return Object.entries(inner).filter(() => !('Fn::Transform' in inner)).flatMap(([second, value]) => [
      ...isObject(value) ? [`${first}: ${second} must be a text or a list, got: ${isFunction(value) ? 'a function' : 'an object'}`] : [],
      ...Array.isArray(value) && value.some(isFunction) ? [`${first}: ${second} must be written out, got: a function`] : [],
      ...second.startsWith('Fn::') || /^[A-Za-z0-9]+$/.test(second) ? [] : [`${first}: a name must be letters and digits, got: ${JSON.stringify(second)}`],
    ]);
  });
}

const ATTRIBUTES = [
  'Type', 'Properties', 'DependsOn', 'Condition', 'Metadata', 'CreationPolicy', 'UpdatePolicy', 'DeletionPolicy', 'UpdateReplacePolicy', 'Version',
];
/** Attributes that people write for others: the properties of a resource are not looked for here. */
const MEANT: Readonly<Record<string, string>> = { DeletePolicy: 'DeletionPolicy', UpdateDeletePolicy: 'UpdateReplacePolicy', ReplacePolicy: 'UpdateReplacePolicy', Depends: 'DependsOn' };

/** What CloudFormation can make a snapshot of. */
const SNAPSHOTS = [
  'AWS::DocDB::DBCluster', 'AWS::EC2::Volume', 'AWS::ElastiCache::CacheCluster', 'AWS::ElastiCache::ReplicationGroup', 'AWS::Neptune::DBCluster', 'AWS::RDS::DBCluster',
  'AWS::RDS::DBInstance', 'AWS::Redshift::Cluster',
];
const POLICIES: readonly (readonly [policy: string, values: readonly string[]])[] = [
  ['DeletionPolicy', ['Delete', 'Retain', 'RetainExceptOnCreate', 'Snapshot']], ['UpdateReplacePolicy', ['Delete', 'Retain', 'Snapshot']],
];
/** Types with rules of their own about a policy: `ValueNotOffered` and `SnapshotPolicyUnsupported`. */
const JUDGED_ELSEWHERE = ['ReplicationGroup', 'CacheCluster', 'ServerlessCache'].map((short) => `AWS::ElastiCache::${short}`);
/** Services of which no other type has snapshots of CloudFormation. */
const WITHOUT_SNAPSHOTS = /^AWS::(ElastiCache|CloudFormation|EC2|IAM|Logs|SNS|SQS|S3|KMS|SSM|SecretsManager|Lambda|Route53|CloudWatch|Events|StepFunctions|DynamoDB|ECS|ApplicationAutoScaling)::/;

function isTransformed(entry: ResourceView): boolean {
  return entry.attribute('Transformed') === true;
}

function policyProblems(resource: ResourceView): string[] {
  const type = resource.text('Type') ?? '';
  return isTransformed(resource) ? [] : POLICIES.flatMap(([policy, values]) => {
    const value = resource.value(policy);
    if (value === undefined || value === null || value === '') {
      return [];
    }
    const isJudged = JUDGED_ELSEWHERE.includes(type);
    return isObject(value) || Array.isArray(value)
      ? [`${policy} must be written out, got: ${isFunction(value) ? 'a function, which needs Transform: AWS::LanguageExtensions' : 'no text'}`]
      : !values.includes(String(value)) && !(isJudged && value !== 'RetainExceptOnCreate')
        ? [`${policy} must be one of ${values.join(', ')}, got: ${JSON.stringify(value)}`]
        : value === 'Snapshot' && !SNAPSHOTS.includes(type) && WITHOUT_SNAPSHOTS.test(type) && !type.startsWith('AWS::ElastiCache::')
          ? [`${policy} cannot be Snapshot here; use Retain or Delete`] : [];
  });
}

function formProblems(resource: ResourceView): string[] {
  const [Properties, DependsOn, Condition, Type] = [resource.value('Properties'), resource.value('DependsOn'), resource.value('Condition'), resource.value('Type')];
  if (keysOf(resource) === undefined) {
    return ['a resource must be an object with a Type'];
  }
  return [
    ...Type === undefined ? ['a resource must have a Type'] : typeof Type !== 'string' ? ['Type must be a text'] : [],
    ...Properties === undefined || Properties === null || Properties === '' || isObject(Properties) ? [] : ['Properties must be an object with a name for each, got: '
      + (Array.isArray(Properties) ? 'a list' : 'a text')],
    ...isTransformed(resource) ? [] : [
      ...DependsOn === undefined || DependsOn === '' || [DependsOn].flat().every((each) => typeof each === 'string') ? [] : ['DependsOn must be names of resources, got: something else'],
      ...Condition === undefined || typeof Condition === 'string' ? [] : ['Condition must be the name of a condition, got: something else'],
    ],
  ];
}

/** The attributes that no resource has; a macro may have its own. */
function strangersOf(resource: ResourceView): string[] {
  return isTransformed(resource) ? [] : (keysOf(resource) ?? []).filter((key) => !ATTRIBUTES.includes(key) && !key.startsWith('Fn::'));
}

const RESOURCE_RULES: readonly Rule[] = [
  {
    ...COMMON,
    // "Every Type member must be a string.": https://github.com/aws-cloudformation/cfn-lint/issues/1630
    code: 'ResourceMalformed',
    resourceType: WHOLE.resource,
    reads: ['Type', 'Properties', 'DependsOn', 'Condition'],
    evidence: 'live',
    source: `${GUIDE}/resources-section-structure.html`,
    judge: formProblems,
  },
  {
    ...COMMON,
    // "Invalid template resource property 'OptionSettings'": https://github.com/cloudtools/troposphere/pull/140
    code: 'ResourceAttributeUnknown',
    resourceType: WHOLE.resource,
    reads: ['Attributes'],
    evidence: 'live',
    source: `${GUIDE}/resources-section-structure.html`,
    judge: (resource) => strangersOf(resource).map((key) => {
      const instead = MEANT[key] ?? meant(key, ATTRIBUTES);
      return `a resource has no ${key} beside its Properties; ${instead ? `use ${instead}` : 'move it among them, or leave it out'}`;
    }),
  },
  {
    ...COMMON,
    code: 'DeletionPolicyInvalid',
    resourceType: WHOLE.resource,
    reads: ['DeletionPolicy', 'UpdateReplacePolicy', 'Type'],
    source: `${REFERENCE}/aws-attribute-deletionpolicy.html`,
    judge: policyProblems,
  },
  {
    ...COMMON,
    code: 'UpdatePolicyUnfit',
    severity: 'warning',
    resourceType: WHOLE.resource,
    reads: ['UpdatePolicy', 'Type'],
    source: `${REFERENCE}/aws-attribute-updatepolicy.html`,
    judge: (resource) => {
      const policy = resource.value('UpdatePolicy');
      return resource.text('Type') !== 'AWS::ElastiCache::ReplicationGroup' || !isObject(policy) || isFunction(policy) ? undefined
        : Object.keys(policy).filter((key) => key !== 'UseOnlineResharding')
          .map((key) => `UpdatePolicy of a replication group is UseOnlineResharding alone, got: ${key}`);
    },
  },
  {
    ...COMMON,
    code: 'NestedParameterNotText',
    resourceType: WHOLE.resource,
    reads: ['Properties', 'Type'],
    source: `${REFERENCE}/aws-resource-cloudformation-stack.html`,
    judge: (resource) => {
      const properties = resource.value('Properties');
      const given = resource.text('Type') === 'AWS::CloudFormation::Stack' && isObject(properties) ? properties.Parameters : undefined;
      const isNoText = (value: unknown) => Array.isArray(value) || (isObject(value) && !isFunction(value));
      return Object.entries(isObject(given) && !isFunction(given) ? given : {}).filter(([, value]) => isNoText(value))
        .map(([name, value]) => `Parameters: ${name} must be a text, got: ${Array.isArray(value) ? 'a list; join it with commas' : 'an object'}`);
    },
  },
];

/** Rules about the entries of sections. */
export const ENTRY_RULES: readonly Rule[] = [
  ...PARAMETER_ENTRY_RULES,
  ...NAME_RULES,
  {
    ...COMMON,
    code: 'MappingMalformed',
    resourceType: WHOLE.mapping,
    reads: ['Keys'],
    source: `${GUIDE}/mappings-section-structure.html`,
    judge: mappingProblems,
  },
  ...RESOURCE_RULES,
  {
    ...COMMON,
    // "Every Outputs member must contain a Value object": https://github.com/aws-samples/aws-iot-chat-example/issues/1
    code: 'OutputWithoutValue',
    resourceType: WHOLE.output,
    reads: ['Value'],
    evidence: 'live',
    source: `${GUIDE}/outputs-section-structure.html`,
    judge: (output) => output.isAbsent('Value') && !(keysOf(output) ?? []).some((key) => key.startsWith('Fn::')) ? 'an output must have a Value' : undefined,
  },
];
