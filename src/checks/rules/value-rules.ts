// Values that constructs cannot hold, and raw templates can: windows, ids, ARNs and names. Imports nothing of CDK.
import { FACTS, factsAbout, factsOf, texts } from './private/template-facts';
import { parseBackupWindow, parseMaintenanceWindow, SHORTEST_WINDOW } from '../../backup/private/window-text';
import { ResourceView, Rule } from '../rule';
import { HOLE } from '../template/world';

const API = 'https://docs.aws.amazon.com/AmazonElastiCache/latest/APIReference';
const CLOUDFORMATION = 'https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference';
const GROUP = 'AWS::ElastiCache::ReplicationGroup';
const CLUSTER = 'AWS::ElastiCache::CacheCluster';
const SERVERLESS = 'AWS::ElastiCache::ServerlessCache';
const SUBNETS = 'AWS::ElastiCache::SubnetGroup';
const USER = 'AWS::ElastiCache::User';
const USERS = 'AWS::ElastiCache::UserGroup';
const COMMON = { severity: 'error', checked: '2026-11-21', since: '0.1.0' } as const;

/** Windows of replication groups. */
const WINDOW_RULES: readonly Rule[] = [
  {
    ...COMMON,
    code: 'GroupBackupWindowInvalid',
    resourceType: GROUP,
    reads: ['SnapshotWindow'],
    evidence: 'live',
    source: `${API}/API_CreateReplicationGroup.html`,
    judge: (group) => windowProblem(group, 'SnapshotWindow', 'hh:mm-hh:mm', parseBackupWindow),
  },
  {
    ...COMMON,
    code: 'GroupMaintenanceWindowInvalid',
    resourceType: GROUP,
    reads: ['PreferredMaintenanceWindow'],
    evidence: 'live',
    source: `${API}/API_CreateReplicationGroup.html`,
    judge: (group) => windowProblem(group, 'PreferredMaintenanceWindow', 'ddd:hh:mm-ddd:hh:mm', parseMaintenanceWindow),
  },
];

type Parse = (text: string) => { readonly length: number } | undefined;

function windowProblem(group: ResourceView, property: string, form: string, parse: Parse): string | undefined {
  const window = group.text(property);
  const span = window === undefined ? undefined : parse(window);
  return window !== undefined && (span === undefined || span.length < SHORTEST_WINDOW)
    ? `${property} must be of the form ${form} in UTC and at least ${SHORTEST_WINDOW} minutes long, got: ${JSON.stringify(window)}` : undefined;
}

/** A list of ids that begin alike. */
interface IdRow {
  readonly type: string;
  readonly property: string;
  readonly prefix: string;
  readonly what: string;
  readonly action: string;
}

const SECURITY = { prefix: 'sg-', what: 'ids of security groups' };
const NETWORK = { prefix: 'subnet-', what: 'ids of subnets' };
const IDS: readonly IdRow[] = [
  { type: GROUP, property: 'SecurityGroupIds', ...SECURITY, action: 'CreateReplicationGroup' },
  { type: CLUSTER, property: 'VpcSecurityGroupIds', ...SECURITY, action: 'CreateCacheCluster' },
  { type: SERVERLESS, property: 'SecurityGroupIds', ...SECURITY, action: 'CreateServerlessCache' },
  { type: SUBNETS, property: 'SubnetIds', ...NETWORK, action: 'CreateCacheSubnetGroup' },
  { type: SERVERLESS, property: 'SubnetIds', ...NETWORK, action: 'CreateServerlessCache' },
];

/** The items of a list that are known, also beside others that are not. */
function knownTexts(resource: ResourceView, property: string): string[] {
  const value = resource.value(property);
  return Array.isArray(value) ? texts(value) : [];
}

/** What no id holds, and what stands between the ids of a list that was joined. */
const SEPARATOR = /[,;\s]/;

/** The items of a list of which a part is not known. */
function patternsIn(resource: ResourceView, property: string): string[] {
  return factsAbout(resource, FACTS.itemPatterns, property);
}

/** Whether what is certain of a text may be the beginning of an ARN. */
function beginsLikeArn(pattern: string): boolean {
  const [start] = pattern.split(HOLE);
  return start.startsWith('arn:') || 'arn:'.startsWith(start);
}

/** Ids and ARNs of something else than what is asked for. */
const ID_RULES: readonly Rule[] = [
  ...['sg-', 'subnet-'].flatMap((start) => IDS.filter(({ prefix }) => prefix === start).map(({ type, property, prefix, what, action }): Rule => ({
    ...COMMON,
    code: prefix === 'sg-' ? 'SecurityGroupIdInvalid' : 'SubnetIdInvalid',
    resourceType: type,
    reads: [property],
    evidence: type === SUBNETS ? 'live' : 'documented',
    source: `${API}/API_${action}.html`,
    judge: (resource) => [
      ...knownTexts(resource, property).filter((id) => !id.startsWith(prefix) || SEPARATOR.test(id)).map((id) => JSON.stringify(id)),
      ...patternsIn(resource, property).filter((id) => SEPARATOR.test(id)).map((id) => `several in one text, ${JSON.stringify(id.split(HOLE).join('…'))}`),
    ].map((got) => `${property} must be ${what}, as ${prefix}0a1b2c3d, got: ${got}`),
  }))),
  ...[GROUP, CLUSTER].map((resourceType): Rule => ({
    ...COMMON,
    code: 'NotificationTopicInvalid',
    resourceType,
    reads: ['NotificationTopicArn'],
    evidence: 'documented',
    source: 'https://docs.aws.amazon.com/AmazonElastiCache/latest/dg/ElastiCacheSNS.html',
    judge: (cache) => {
      const arn = cache.text('NotificationTopicArn');
      return (arn !== undefined && arn !== '' && !/^arn:[^:]+:sns:/.test(arn)) || isGiven(cache, 'NotificationTopicArn', 'TopicName')
        ? `NotificationTopicArn must be the ARN of an SNS topic, got: ${arn === undefined ? 'its name' : JSON.stringify(arn)}` : undefined;
    },
  })),
  {
    ...COMMON,
    code: 'GroupSnapshotArnInvalid',
    resourceType: GROUP,
    reads: ['SnapshotArns'],
    evidence: 'documented',
    source: `${API}/API_CreateReplicationGroup.html`,
    judge: (group) => [
      ...knownTexts(group, 'SnapshotArns').filter((arn) => !/^arn:[^:]+:s3:::/.test(arn)),
      ...patternsIn(group, 'SnapshotArns').filter((arn) => !beginsLikeArn(arn)).map((arn) => arn.split(HOLE).join('…')),
    ].map((arn) => `SnapshotArns must be ARNs of files in S3, as arn:aws:s3:::bucket/file.rdb, got: ${JSON.stringify(arn)}`),
  },
  ...[{ type: GROUP, property: 'UserGroupIds', what: 'user groups' }, { type: USERS, property: 'UserIds', what: 'users' }].map(({ type, property, what }): Rule => ({
    ...COMMON,
    code: 'IdIsArn',
    resourceType: type,
    reads: [property],
    evidence: 'documented',
    source: `${API}/API_Create${type === GROUP ? 'ReplicationGroup' : 'UserGroup'}.html`,
    judge: (resource) => isGiven(resource, property, 'Arn') || knownTexts(resource, property).some((id) => id.startsWith('arn:'))
      ? `${property} must be ids of ${what}, got: an ARN` : undefined,
  })),
];

/** Whether a property, or an item of it, is a certain attribute of a resource. */
function isGiven(resource: ResourceView, property: string, attribute: string): boolean {
  return factsOf(resource, FACTS.given).includes(`${property} ${attribute}`);
}

interface Delivery {
  readonly [property: string]: unknown;
  readonly DestinationDetails?: {
    readonly CloudWatchLogsDetails?: { readonly LogGroup?: unknown };
    readonly KinesisFirehoseDetails?: { readonly DeliveryStream?: unknown };
  };
}

const LOG_CHOICES: Readonly<Record<string, readonly string[]>> = {
  LogType: ['slow-log', 'engine-log'], LogFormat: ['json', 'text'], DestinationType: ['cloudwatch-logs', 'kinesis-firehose'],
};

/** Log deliveries of replication groups. */
const LOG_RULES: readonly Rule[] = [{
  ...COMMON,
  code: 'GroupLogDeliveryInvalid',
  resourceType: GROUP,
  reads: ['LogDeliveryConfigurations'],
  evidence: 'documented',
  source: 'https://docs.aws.amazon.com/AmazonElastiCache/latest/dg/Log_Delivery.html',
  judge: (group) => {
    const deliveries = (group.list('LogDeliveryConfigurations') ?? []).filter((each): each is Delivery => typeof each === 'object' && each !== null);
    const places = deliveries.map(({ DestinationDetails: to }) => to?.CloudWatchLogsDetails?.LogGroup ?? to?.KinesisFirehoseDetails?.DeliveryStream);
    return [
      ...deliveries.flatMap((delivery) => Object.entries(LOG_CHOICES).flatMap(([name, values]) => {
        const value = delivery[name];
        return typeof value === 'string' && !values.includes(value)
          ? [`${name} of a log delivery must be one of ${values.join(', ')}, got: ${JSON.stringify(value)}`] : [];
      })),
      ...isGiven(group, 'LogDeliveryConfigurations', 'Arn') || texts(places).some((name) => name.startsWith('arn:'))
        ? ['a log delivery must name its destination, and not give its ARN'] : [],
    ];
  },
}];

/** Resources with a name that can be there once. */
const NAMES: Readonly<Record<string, string>> = {
  [GROUP]: 'ReplicationGroupId', [CLUSTER]: 'ClusterName', [SERVERLESS]: 'ServerlessCacheName', [SUBNETS]: 'CacheSubnetGroupName', [USER]: 'UserId', [USERS]: 'UserGroupId',
};

const NAME_RULES: readonly Rule[] = Object.entries(NAMES).map(([resourceType, property]): Rule => ({
  ...COMMON,
  code: 'NameTwice',
  resourceType,
  reads: [property],
  evidence: 'documented',
  source: `${API}/CommonErrors.html`,
  judge: (resource) => resource.related(property).filter(({ type }) => type === resourceType).map((other) =>
    `${property} must be a name of its own, got: the name of ${other.logicalId}`),
}));

/** What is written by halves. */
const MISSING_RULES: readonly Rule[] = [
  {
    ...COMMON,
    code: 'PasswordMissing',
    resourceType: USER,
    reads: ['AuthenticationMode', 'Passwords'],
    evidence: 'plan-time',
    source: `${API}/API_AuthenticationMode.html`,
    judge: (user) => {
      const mode = user.value('AuthenticationMode') as { Type?: unknown; Passwords?: unknown } | undefined;
      // A list that is there and empty is a matter of the number of passwords.
      return mode?.Type === 'password' && mode.Passwords === undefined && user.isAbsent('Passwords')
        ? 'AuthenticationMode of Type password must have a password, got: none' : undefined;
    },
  },
  {
    ...COMMON,
    code: 'UserGroupEngineUnknown',
    resourceType: USERS,
    reads: ['Engine'],
    evidence: 'schema',
    source: `${CLOUDFORMATION}/aws-resource-elasticache-usergroup.html`,
    judge: (group) => ['valkey', 'redis', undefined].includes(group.text('Engine')) ? undefined
      : `Engine must be valkey or redis, got: ${JSON.stringify(group.text('Engine'))}`,
  },
  {
    ...COMMON,
    code: 'StorageUnitMissing',
    resourceType: SERVERLESS,
    reads: ['CacheUsageLimits'],
    evidence: 'schema',
    source: `${CLOUDFORMATION}/aws-properties-elasticache-serverlesscache-datastorage.html`,
    judge: (cache) => {
      const storage = (cache.value('CacheUsageLimits') as { DataStorage?: unknown } | undefined)?.DataStorage;
      return typeof storage === 'object' && storage !== null && (storage as { Unit?: unknown }).Unit === undefined
        ? 'CacheUsageLimits: DataStorage must have a Unit, which is GB, got: none' : undefined;
    },
  },
  {
    ...COMMON,
    code: 'ScalingResourceIncomplete',
    resourceType: 'AWS::ApplicationAutoScaling::ScalableTarget',
    reads: ['ResourceId'],
    evidence: 'documented',
    source: 'https://docs.aws.amazon.com/autoscaling/application/APIReference/API_RegisterScalableTarget.html',
    judge: (target) => isGiven(target, 'ResourceId', 'Ref') && target.related('ResourceId').some(({ type }) => type === GROUP)
      ? 'ResourceId must be replication-group/NAME, got: the name alone; join both' : undefined,
  },
];

/** Rules about values in raw templates. */
export const VALUE_RULES: readonly Rule[] = [
  ...WINDOW_RULES, ...ID_RULES, ...LOG_RULES, ...NAME_RULES, ...MISSING_RULES,
];
