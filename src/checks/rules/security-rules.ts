// What makes a cache easier to attack, and deploys all the same. Imports nothing of CDK.
import { isDynamic, texts } from './private/template-facts';
import { supports } from '../../engine/private/engine-table';
import { ResourceView, Rule } from '../rule';

const GUIDE = 'https://docs.aws.amazon.com/AmazonElastiCache/latest/dg';
const GROUP = 'AWS::ElastiCache::ReplicationGroup';
const CLUSTER = 'AWS::ElastiCache::CacheCluster';
const SERVERLESS = 'AWS::ElastiCache::ServerlessCache';
const USER = 'AWS::ElastiCache::User';
const COMMON = { severity: 'warning', evidence: 'documented', checked: '2026-11-21', since: '0.1.0' } as const;
const KMS_TYPES = [GROUP, SERVERLESS, 'AWS::ElastiCache::ServerlessCacheSnapshot'];

function engineOf(cache: ResourceView): string | undefined {
  return cache.text('Engine')?.toLowerCase();
}

/** What a group takes from elsewhere what it does not say. */
const INHERITED_FROM = ['GlobalReplicationGroupId', 'PrimaryClusterId'];

function isInherited(group: ResourceView): boolean {
  return INHERITED_FROM.some((property) => group.isPresent(property));
}

function isLiteralSecret(value: unknown): boolean {
  return typeof value === 'string' && value !== '' && !isDynamic(value);
}

function passwordsOf(user: ResourceView): unknown[] {
  const mode = user.value('AuthenticationMode') as { Passwords?: unknown } | undefined;
  return [mode?.Passwords, user.value('Passwords')].filter(Array.isArray).flat();
}

/** Encryption and authentication of caches. */
const CACHE_RULES: readonly Rule[] = [
  ...[GROUP, CLUSTER].map((resourceType): Rule => ({
    ...COMMON,
    code: 'TransitEncryptionOff',
    resourceType,
    reads: ['TransitEncryptionEnabled', 'Engine', 'EngineVersion', ...resourceType === GROUP ? INHERITED_FROM : []],
    source: `${GUIDE}/in-transit-encryption.html`,
    judge: (cache) => cache.isNotTrue('TransitEncryptionEnabled') && (resourceType === GROUP ? !isInherited(cache) : engineOf(cache) !== undefined)
      && supports('transitEncryption', engineOf(cache), cache.text('EngineVersion')) !== false
      ? `connections are not encrypted, got: ${cache.given('TransitEncryptionEnabled')}; ` +
        `${resourceType === CLUSTER && engineOf(cache) !== 'memcached' ? 'make a replication group with TransitEncryptionEnabled: true' : 'set it to true'}` : undefined,
  })),
  {
    ...COMMON,
    code: 'AtRestEncryptionOff',
    resourceType: GROUP,
    reads: ['AtRestEncryptionEnabled', 'Engine', ...INHERITED_FROM],
    source: `${GUIDE}/at-rest-encryption.html`,
    // Valkey is encrypted at rest when nothing is said, and may be when it is turned off.
    judge: (group) => engineOf(group) === 'redis' && !isInherited(group) && group.isNotTrue('AtRestEncryptionEnabled')
      ? `data on disk and in backups is not encrypted, got: ${group.given('AtRestEncryptionEnabled')}; set it to true` : undefined,
  },
  {
    ...COMMON,
    code: 'NoAuthentication',
    resourceType: GROUP,
    reads: ['AuthToken', 'UserGroupIds', ...INHERITED_FROM],
    source: `${GUIDE}/Clusters.RBAC.html`,
    judge: (group) => group.isAbsent('AuthToken') && (group.isAbsent('UserGroupIds') || group.count('UserGroupIds') === 0) && !isInherited(group)
      ? 'whoever reaches the cache can read and write everything, got: no UserGroupIds and no AuthToken; give a user group' : undefined,
  },
  {
    ...COMMON,
    code: 'ServerlessWithoutUsers',
    resourceType: SERVERLESS,
    reads: ['Engine', 'UserGroupId', 'SubnetIds'],
    source: `${GUIDE}/Clusters.RBAC.html`,
    judge: (cache) => cache.isAbsent('UserGroupId') && ['valkey', 'redis'].includes(engineOf(cache) ?? '') && !publicPlace(cache)
      ? 'whoever reaches the cache can read and write everything, got: no UserGroupId; give a user group, with IAM users where clients have roles' : undefined,
  },
  {
    ...COMMON,
    code: 'ServerlessNearThePublic',
    resourceType: SERVERLESS,
    reads: ['Engine', 'UserGroupId', 'SubnetIds'],
    source: `${GUIDE}/auth-iam.html`,
    judge: (cache) => {
      const place = cache.isAbsent('UserGroupId') ? publicPlace(cache) : undefined;
      return place && `the endpoint is in ${place} and has no UserGroupId; use private subnets, and a user group with IAM users`;
    },
  },
  ...[GROUP, CLUSTER].map((resourceType): Rule => ({
    ...COMMON,
    code: 'LogsKeptForever',
    resourceType,
    reads: ['LogDeliveryConfigurations'],
    source: 'https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/Working-with-log-groups-and-streams.html',
    judge: (cache) => cache.related('LogDeliveryConfigurations').filter(({ type }) => type === 'AWS::Logs::LogGroup')
      .filter((group) => group.isAbsent('RetentionInDays')).map(() => 'the log group of a log delivery keeps everything forever; set RetentionInDays'),
  })),
];

/** Where a serverless cache is nearer to the public than it has to be. */
function publicPlace(cache: ResourceView): string | undefined {
  return cache.isAbsent('SubnetIds') ? 'the default VPC, whose subnets are public'
    : cache.related('SubnetIds').some((subnet) => subnet.isTrue('MapPublicIpOnLaunch')) ? 'a public subnet' : undefined;
}

/** Secrets and users. */
const SECRET_RULES: readonly Rule[] = [
  {
    ...COMMON,
    code: 'AuthTokenInPlainText',
    resourceType: GROUP,
    reads: ['AuthToken'],
    source: `${GUIDE}/auth.html`,
    judge: (group) => isLiteralSecret(group.value('AuthToken'))
      ? 'AuthToken is written in the template, where everyone who may read the stack finds it; take it from Secrets Manager' : undefined,
  },
  {
    ...COMMON,
    code: 'PasswordInPlainText',
    resourceType: USER,
    reads: ['Passwords', 'AuthenticationMode'],
    source: `${GUIDE}/Clusters.RBAC.html`,
    judge: (user) => passwordsOf(user).some(isLiteralSecret)
      ? 'a password is written in the template, where everyone who may read the stack finds it; take it from Secrets Manager' : undefined,
  },
  {
    ...COMMON,
    code: 'DefaultUserOpen',
    resourceType: USER,
    reads: ['UserName', 'AccessString', 'AuthenticationMode', 'NoPasswordRequired'],
    source: `${GUIDE}/Clusters.RBAC.html`,
    judge: (user) => {
      const mode = user.value('AuthenticationMode') as { Type?: unknown } | undefined;
      const open = user.isTrue('NoPasswordRequired') || mode?.Type === 'no-password-required';
      const words = (user.text('AccessString') ?? '').split(/\s+/);
      return user.text('UserName') === 'default' && open && words.includes('on') && words.some((word) => /^\+|^allcommands$/.test(word))
        ? 'clients that do not log in are the user default, which is on and has no password; turn it off: AccessString: off ~* -@all' : undefined;
    },
  },
];

/** Keys. */
const KEY_RULES: readonly Rule[] = KMS_TYPES.flatMap((resourceType): Rule[] => [
  {
    ...COMMON,
    severity: 'error',
    code: 'KeyUnfit',
    resourceType,
    reads: ['KmsKeyId'],
    source: `${GUIDE}/at-rest-encryption.html`,
    judge: (cache) => cache.related('KmsKeyId').filter(({ type }) => type === 'AWS::KMS::Key').flatMap((key) => {
      const [spec, usage] = [key.text('KeySpec'), key.text('KeyUsage')];
      return [
        ...spec !== undefined && spec !== 'SYMMETRIC_DEFAULT' ? [`KmsKeyId must be a symmetric key, got: KeySpec ${spec}`] : [],
        ...usage !== undefined && usage !== 'ENCRYPT_DECRYPT' ? [`KmsKeyId must be a key to encrypt with, got: KeyUsage ${usage}`] : [],
        ...key.value('Enabled') === false ? ['KmsKeyId must be an enabled key, got: Enabled: false'] : [],
      ];
    }),
  },
  {
    ...COMMON,
    severity: 'error',
    code: 'KeyInOtherRegion',
    resourceType,
    reads: ['KmsKeyId'],
    evidence: 'live',
    source: `${GUIDE}/at-rest-encryption.html`,
    judge: (cache) => {
      const [, , service, region] = cache.text('KmsKeyId')?.split(':') ?? [];
      return service === 'kms' && region && cache.region !== undefined && region !== cache.region
        ? `KmsKeyId must be a key of the region of the cache, ${cache.region}, got: a key of ${region}` : undefined;
    },
  },
]);

/** Rules about security. */
export const SECURITY_RULES: readonly Rule[] = [...CACHE_RULES, ...SECRET_RULES, ...KEY_RULES];

/** A statement of a policy. */
interface Statement {
  readonly Effect?: unknown;
  readonly Action?: unknown;
  readonly Resource?: unknown;
  readonly Condition?: unknown;
}

const DOCUMENTS = ['Policy', 'ManagedPolicy', 'RolePolicy', 'UserPolicy', 'GroupPolicy'];
const HOLDERS = ['Role', 'User', 'Group'];
const CONNECT = 'elasticache:connect';

/** The statements that allow something, of what is a policy or holds some. */
function statementsOf(resource: ResourceView, property: string): Statement[] {
  const documents = property === 'PolicyDocument' ? [resource.value(property)]
    : (resource.list(property) ?? []).map((each) => (each as { PolicyDocument?: unknown } | null)?.PolicyDocument);
  return documents
    .flatMap((document) => [(document as { Statement?: unknown } | undefined)?.Statement ?? []].flat())
    .filter((statement): statement is Statement => typeof statement === 'object' && statement !== null && (statement as Statement).Effect === 'Allow');
}

function listed(value: unknown): string[] {
  return texts([value].flat());
}

/** Whether a statement names every cache or every user. */
function isEverywhere(resource: string): boolean {
  return resource === '*' || /^arn:[^:]*:elasticache:[^:]*:[^:]*:(\*|(replicationgroup|serverlesscache|user):\*)$/.test(resource);
}

function matchesConnect(action: string): boolean {
  return action !== '*' && new RegExp(`^${action.toLowerCase().replace(/[.+^${}()|[\]\\]/g, '\\$&').replace(/\*/g, '.*').replace(/\?/g, '.')}$`).test(CONNECT);
}

/** Rules about who may log in with IAM. */
export const IAM_RULES: readonly Rule[] = [...DOCUMENTS, ...HOLDERS].flatMap((short): Rule[] => {
  const property = HOLDERS.includes(short) ? 'Policies' : 'PolicyDocument';
  const common = { ...COMMON, resourceType: `AWS::IAM::${short}`, reads: [property], source: `${GUIDE}/auth-iam.html` };
  const judge = (isExact: boolean) => (policy: ResourceView) => statementsOf(policy, property)
    .filter(({ Condition }) => Condition === undefined)
    .flatMap(({ Action, Resource }) => {
      const exact = listed(Action).some((action) => action.toLowerCase() === CONNECT) && listed(Resource).includes('*');
      const action = listed(Action).find(matchesConnect);
      const resource = listed(Resource).find(isEverywhere);
      return action === undefined || resource === undefined || exact !== isExact ? []
        : [`${action} must name one cache and one user, got: Resource ${resource}, which lets in to every cache${isExact ? ' as every IAM user' : ' or as every user'}`];
    });
  return [
    { ...common, severity: 'error', code: 'ConnectToEverything', judge: judge(true) },
    { ...common, code: 'ConnectTooWide', judge: judge(false) },
  ];
});
