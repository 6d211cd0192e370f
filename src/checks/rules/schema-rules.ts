// What CloudFormation refuses of any ElastiCache resource before the service sees it. Imports nothing of CDK.
import { ResourceView, Rule } from '../rule';
import { clusterModeOf } from './private/cluster-mode-of';
import { HOLDS, isNot, meant } from './private/property-kinds';
import { ALIASES, CHOICES, ELSEWHERE, kindsOf, names, PropertyKind, SCHEMAS_CHECKED, TypeRow, TYPES, WRONG_TYPES } from './private/schema-table';
import { propertiesWithShapes, shapeProblems } from './private/shape-problems';
import { FACTS, factsOf, texts } from './private/template-facts';

const COMMON = { severity: 'error', evidence: 'schema', checked: SCHEMAS_CHECKED, since: '0.1.0' } as const;
const ALL_NAMES = new Set([...TYPES.flatMap((row) => [...kindsOf(row).keys()]), ...Object.keys(ALIASES), ...names(ELSEWHERE)]);
/** What is never shown. */
const SECRETS = ['AuthToken', 'AuthenticationMode', 'Passwords'];
const POLICIES = ['DeletionPolicy', 'UpdateReplacePolicy'];
/** What may become of a resource that goes: https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-attribute-deletionpolicy.html */
const KEEPING = ['Delete', 'Retain', 'RetainExceptOnCreate', 'Snapshot'];
const TAG_TEXT = /^[\p{L}\p{Z}\p{N}_.:/=+\-@]*$/u;

/** An item as a text to compare; `undefined` for one of which a part is not known. */
function written(item: unknown): unknown {
  const isKnown = (value: unknown): boolean => typeof value === 'symbol' ? false : typeof value !== 'object' || value === null || Object.values(value).every(isKnown);
  return typeof item === 'object' && item !== null ? isKnown(item) ? JSON.stringify(item) : undefined : item;
}

/** The written properties that a type does not have. */
function strangers(known: ReadonlySet<string>, resource: ResourceView): string[] {
  return factsOf(resource, FACTS.written).filter((name) => !known.has(name) && resource.isPresent(name));
}

/** What must be written because nothing else that stands for it may be. */
function requiredHere(row: TypeRow, resource: ResourceView): string[] {
  return row.requiredUnless === undefined ? []
    : Object.entries(row.requiredUnless).filter(([, others]) => others.every((other) => resource.isAbsent(other))).map(([name]) => name);
}

/** Whether a value is known, and not of a kind. */
function isOther(kind: PropertyKind, value: unknown): boolean {
  return value !== undefined && isNot(kind, value);
}

/** The parameters that are lists where a text has to be, or texts where a list has to be. */
export function parameterProblems(resource: ResourceView, kinds: ReadonlyMap<string, PropertyKind>): string[] {
  return factsOf(resource, FACTS.parameters).flatMap((fact) => {
    const [property, place, holds, name] = fact.split(' ');
    const kind = kinds.get(property);
    if (place === 'whole' && resource.value(property) !== undefined) {
      return []; // its value is judged
    }
    if (place === 'item') {
      return kind === 'list' && holds === 'list' ? [`${property} must be a list of texts, got: the list ${name} as one of its items; refer to ${name} alone`] : [];
    }
    return kind === 'list' && holds === 'text' ? [`${property} must be a list, got: a reference to ${name}, which is one text`]
      : kind !== undefined && kind !== 'list' && holds === 'list' ? [`${property} must be ${HOLDS[kind]}, got: the parameter ${name}, which is a list`] : [];
  });
}

function kindRules(row: TypeRow): Rule[] {
  const [kinds, short] = [kindsOf(row), row.type.split('::')[2]];
  const known = [...kinds.keys()];
  const all = new Set([...known, ...names(row.readOnly)]);
  const [readOnly, unique] = [names(row.readOnly), names(row.unique)];
  const common = { ...COMMON, resourceType: row.type, source: row.source };
  const isMistaken = (name: string) => ALL_NAMES.has(name) || meant(name, known) !== undefined;
  return [
    {
      ...common,
      code: 'PropertyRequired',
      reads: [...new Set([
        ...row.required, ...Object.entries(row.requiredUnless ?? {}).flatMap(([name, others]) => [name, ...others]), ...propertiesWithShapes(kinds),
      ])],
      judge: (resource) => [
        ...[...row.required, ...requiredHere(row, resource)].filter((name) => resource.isAbsent(name)).map((name) => `${name} must be given for a ${short}`),
        ...shapeProblems(resource, kinds, 'missing'),
      ],
    },
    {
      ...common,
      code: 'PropertyNotOfType',
      reads: known,
      judge: (resource) => [
        ...strangers(all, resource).filter(isMistaken).map((name) => {
          const instead = meant(name, known);
          return `a ${short} has no property ${name}${instead ? `; use ${instead}` : '; leave it out'}`;
        }),
        ...shapeProblems(resource, kinds, 'mistaken'),
      ],
    },
    {
      ...common,
      code: 'PropertyUnknown',
      severity: 'warning',
      reads: known,
      judge: (resource) => [
        ...strangers(all, resource).filter((name) => !isMistaken(name))
          .map((name) => `${name} is not a property of a ${short} that this library knows; the deployment fails if AWS does not know it either`),
        ...shapeProblems(resource, kinds, 'unknown'),
      ],
    },
    {
      ...common,
      code: 'PropertyTypeWrong',
      reads: known,
      judge: (resource) => [
        ...known.filter((name) => isOther(kinds.get(name)!, resource.value(name)))
          .map((name) => `${name} must be ${HOLDS[kinds.get(name)!]}, got: ${SECRETS.includes(name) ? 'something else' : JSON.stringify(resource.value(name))}`),
        ...parameterProblems(resource, kinds),
        ...shapeProblems(resource, kinds, 'kind'),
      ],
    },
    ...kinds.has('Tags') ? [tagRule(row)] : [],
    ...readOnly.length > 0 ? [{
      ...common,
      code: 'PropertyReadOnly',
      reads: readOnly,
      judge: (resource: ResourceView) => readOnly.filter((name) => resource.isPresent(name))
        .map((name) => `${name} is written by the service alone; leave it out`),
    }] : [],
    ...unique.length > 0 ? [{
      ...common,
      code: 'ItemRepeated',
      reads: unique,
      judge: (resource: ResourceView) => unique.flatMap((name) => {
        const items = texts((resource.list(name) ?? []).map(written));
        const twice = [...new Set(items.filter((item, index) => items.indexOf(item) !== index))];
        return twice.length === 0 ? [] : [`${name} must hold nothing twice${name === 'Passwords' ? '' : `, got: ${twice.join(', ')}`}`];
      }),
    }] : [],
  ];
}

function tagRule(row: TypeRow): Rule {
  return {
    ...COMMON,
    code: 'TagsInvalid',
    resourceType: row.type,
    reads: ['Tags'],
    source: 'https://docs.aws.amazon.com/AmazonElastiCache/latest/dg/Tagging-Resources.html',
    judge: (resource) => {
      const tags = (resource.list('Tags') ?? []) as { Key?: unknown; Value?: unknown }[];
      const wrong = (text: unknown, most: number) => typeof text === 'string' && (text.length > most || !TAG_TEXT.test(text));
      return [
        ...tags.length > 50 ? [`Tags must be at most 50, got: ${tags.length}`] : [],
        ...tags.filter(({ Key }) => typeof Key === 'string' && /^aws:/i.test(Key)).map(({ Key }) => `a tag must not begin with aws:, got: ${Key as string}`),
        ...tags.filter(({ Key }) => Key === '' || wrong(Key, 128)).map(({ Key }) => `a tag's key must have 1 to 128 letters, digits, spaces or _.:/=+-@, got: ${JSON.stringify(Key)}`),
        ...tags.filter(({ Value }) => wrong(Value, 256)).map(({ Key }) => `a tag's value must have at most 256 letters, digits, spaces or _.:/=+-@, got it for: ${JSON.stringify(Key)}`),
      ];
    },
  };
}

/** Rules about attributes that something in the template reads, and about what happens to a resource that goes. */
function besideRules(row: TypeRow): Rule[] {
  const attributes = names(row.attributes);
  return [
    ...row.attributes === undefined ? [] : [{
      ...COMMON,
      code: 'AttributeUnknown',
      resourceType: row.type,
      reads: [FACTS.attributesRead],
      source: row.source,
      judge: (resource: ResourceView) => factsOf(resource, FACTS.attributesRead)
        .filter((name) => !attributes.includes(name) && !kindsOf(row).has(name) && !names(row.readOnly).includes(name))
        .map((name) => `there is no attribute ${name}; ${attributes.length > 0 ? `there are ${attributes.join(', ')}` : 'Ref gives the name'}`),
    }],
    ...row.snapshotPolicy ? [] : [{
      ...COMMON,
      code: 'SnapshotPolicyUnsupported',
      evidence: 'documented' as const,
      resourceType: row.type,
      reads: POLICIES,
      source: 'https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-attribute-deletionpolicy.html',
      judge: (resource: ResourceView) => POLICIES.filter((policy) => resource.attribute(policy) === 'Snapshot')
        .map((policy) => `${policy} cannot be Snapshot here; ${row.type.endsWith('::ServerlessCache') ? 'set FinalSnapshotName' : 'use Retain or Delete'}`),
    }],
  ];
}

/** Values that are one of a few. */
const CHOICE_RULES: readonly Rule[] = [...new Set(CHOICES.flatMap(({ types }) => types))].map((short): Rule => {
  const choices = CHOICES.filter(({ types }) => types.includes(short));
  return {
    ...COMMON,
    code: 'ValueNotOffered',
    evidence: 'documented',
    resourceType: `AWS::ElastiCache::${short}`,
    reads: [...choices.map(({ property }) => property), ...POLICIES],
    source: choices[0].source,
    judge: (resource) => [
      ...choices.flatMap(({ property, values }) => {
        const value = resource.text(property);
        return value === undefined || values.includes(value.toLowerCase()) ? [] : [`${property} must be one of ${values.join(', ')}, got: ${JSON.stringify(value)}`];
      }),
      ...POLICIES.flatMap((name) => {
        const policy = resource.attribute(name);
        return policy === undefined || (typeof policy === 'string' && KEEPING.includes(policy)) ? [] : [`${name} must be one of ${KEEPING.join(', ')}, got: ${JSON.stringify(policy)}`];
      }),
    ],
  };
});

/** Rules about attributes that only some caches of a type have. */
const ENDPOINT_RULES: readonly Rule[] = [
  {
    ...COMMON,
    code: 'EndpointNotOfMode',
    evidence: 'documented',
    resourceType: 'AWS::ElastiCache::ReplicationGroup',
    reads: [FACTS.attributesRead, 'ClusterMode', 'CacheParameterGroupName', 'NumNodeGroups', 'NumCacheClusters', 'GlobalReplicationGroupId', 'PrimaryClusterId', 'ReplicasPerNodeGroup', 'NodeGroupConfiguration'],
    source: TYPES[0].source,
    judge: (group) => {
      const read = factsOf(group, FACTS.attributesRead);
      const mode = clusterModeOf(group);
      const wrong = mode === 'enabled' ? /^(PrimaryEndPoint|ReaderEndPoint)\./ : mode === 'disabled' ? /^ConfigurationEndPoint\./ : undefined;
      return read.filter((name) => wrong?.test(name)).map((name) =>
        `a replication group with cluster mode ${mode} has no ${name}; read ${mode === 'enabled' ? 'ConfigurationEndPoint' : 'PrimaryEndPoint'}.${name.split('.')[1]}`);
    },
  },
  {
    ...COMMON,
    code: 'EndpointNotOfEngine',
    evidence: 'documented',
    resourceType: 'AWS::ElastiCache::CacheCluster',
    reads: [FACTS.attributesRead, 'Engine'],
    source: TYPES[1].source,
    judge: (cluster) => {
      const engine = cluster.text('Engine')?.toLowerCase();
      const wrong = engine === 'redis' ? /^ConfigurationEndpoint\./ : engine === 'memcached' ? /^RedisEndpoint\./ : undefined;
      return factsOf(cluster, FACTS.attributesRead).filter((name) => wrong?.test(name)).map((name) =>
        `a cluster with Engine: ${engine} has no ${name}; read ${engine === 'redis' ? 'RedisEndpoint' : 'ConfigurationEndpoint'}.${name.split('.')[1]}`);
    },
  },
];

/** Cache security groups belong to a network that no account has any more. */
const GONE_RULES: readonly Rule[] = ['SecurityGroup', 'SecurityGroupIngress'].map((short): Rule => ({
  ...COMMON,
  code: 'CacheSecurityGroupGone',
  evidence: 'live',
  resourceType: `AWS::ElastiCache::${short}`,
  reads: ['Description'],
  source: `https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-elasticache-${short.toLowerCase()}.html`,
  judge: () => `an AWS::ElastiCache::${short} cannot be made any more; use an AWS::EC2::SecurityGroup`,
}));

/** Types that people write and CloudFormation does not have. */
const TYPE_RULES: readonly Rule[] = WRONG_TYPES.map(([wrong, instead]): Rule => ({
  ...COMMON,
  code: 'ResourceTypeUnknown',
  resourceType: wrong,
  reads: ['Type'],
  source: 'https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/AWS_ElastiCache.html',
  judge: () => `there is no type ${wrong}; use ${instead}`,
}));

/** Rules that follow from the schemas of CloudFormation, for every ElastiCache type. */
export const SCHEMA_RULES: readonly Rule[] = [
  ...TYPES.flatMap((row) => [...kindRules(row), ...besideRules(row)]), ...CHOICE_RULES, ...ENDPOINT_RULES, ...GONE_RULES, ...TYPE_RULES,
];
