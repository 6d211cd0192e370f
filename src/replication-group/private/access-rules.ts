// Imports nothing of CDK.
import { API, COMMON, engineOf, GUIDE, isWritten, lacks, needs } from './rule-words';
import { ResourceView, Rule } from '../../checks/rule';
import { CAPABILITIES } from '../../engine/private/engine-table';

const TLS = `${GUIDE}/in-transit-encryption.html`;
const AUTH = `${GUIDE}/auth.html`;

/** What an AUTH token may hold beside letters and digits. */
const TOKEN = { shortest: 16, longest: 128, characters: /^[A-Za-z0-9!&#$^<>-]*$/ } as const;

/** Whether there is certainly no TLS. A member of a global datastore takes it from there, and must not say it. */
function isWithoutTls(group: ResourceView): boolean {
  return group.isNotTrue('TransitEncryptionEnabled') && group.isAbsent('GlobalReplicationGroupId');
}

/** Rules about TLS, users, the AUTH token and encryption at rest of replication groups. */
export const ACCESS_RULES: readonly Rule[] = [
  {
    ...COMMON,
    code: 'UserGroupNeedsTls',
    reads: ['UserGroupIds', 'TransitEncryptionEnabled', 'GlobalReplicationGroupId'],
    evidence: 'live',
    source: `${GUIDE}/Clusters.RBAC.html`,
    judge: (group) => group.isFilled('UserGroupIds') && isWithoutTls(group)
      ? `${group.name('UserGroupIds')} needs ${group.name('TransitEncryptionEnabled')}: true, got: ${group.given('TransitEncryptionEnabled')}; ` +
        'users log in over TLS only' : undefined,
  },
  {
    ...COMMON,
    code: 'UserGroupUnsupported',
    reads: ['UserGroupIds', 'Engine', 'EngineVersion'],
    evidence: 'documented',
    source: CAPABILITIES.userGroups.source,
    judge: (group) => group.isFilled('UserGroupIds') && lacks(group, 'userGroups')
      ? `${group.name('UserGroupIds')} ${needs(group, 'userGroups')}` : undefined,
  },
  {
    ...COMMON,
    code: 'UserGroupEngineUnfit',
    reads: ['UserGroupIds', 'Engine'],
    evidence: 'documented',
    source: `${GUIDE}/Clusters.RBAC.html`,
    judge: (group) => engineOf(group) === 'redis' && group.related('UserGroupIds').some((userGroup) => userGroup.text('Engine')?.toLowerCase() === 'valkey')
      ? `a Redis OSS cache takes only user groups of Redis OSS, got for ${group.name('UserGroupIds')}: a group of Valkey; ` +
        `make the group with ${group.advice('engine: CacheEngine.redis()', 'Engine redis')}` : undefined,
  },
  {
    ...COMMON,
    code: 'KeyNeedsAtRestEncryption',
    reads: ['KmsKeyId', 'AtRestEncryptionEnabled', 'Engine', 'GlobalReplicationGroupId'],
    evidence: 'live',
    source: `${GUIDE}/at-rest-encryption.html`,
    // Left out, it is off for Redis OSS; of Valkey it is not known what the service says then.
    judge: (group) => group.isPresent('KmsKeyId')
      && (group.value('AtRestEncryptionEnabled') === false
        || (group.isAbsent('AtRestEncryptionEnabled') && engineOf(group) === 'redis' && group.isAbsent('GlobalReplicationGroupId')))
      ? `${group.name('KmsKeyId')} needs ${group.name('AtRestEncryptionEnabled')}: true, got: ${group.given('AtRestEncryptionEnabled')}` : undefined,
  },
  {
    ...COMMON,
    code: 'UserGroupTwice',
    reads: ['UserGroupIds'],
    evidence: 'documented',
    source: API,
    judge: (group) => (group.count('UserGroupIds') ?? 0) > 1
      ? `${group.name('UserGroupIds')} must be one user group, got: ${group.count('UserGroupIds')}; put all users into one group` : undefined,
  },
  {
    ...COMMON,
    code: 'UserGroupNeedsTlsOnly',
    reads: ['UserGroupIds', 'TransitEncryptionMode'],
    evidence: 'live',
    source: TLS,
    judge: (group) => group.isFilled('UserGroupIds') && group.text('TransitEncryptionMode') === 'preferred'
      ? `${group.name('UserGroupIds')} cannot be combined with ${group.given('TransitEncryptionMode')}: move clients to TLS, ` +
        `set ${group.name('TransitEncryptionMode')} to required, then add users` : undefined,
  },
  {
    ...COMMON,
    code: 'TlsModeNeedsTls',
    reads: ['TransitEncryptionMode', 'TransitEncryptionEnabled'],
    evidence: 'documented',
    source: TLS,
    judge: (group) => group.isPresent('TransitEncryptionMode') && group.isNotTrue('TransitEncryptionEnabled')
      ? `${group.name('TransitEncryptionMode')} needs ${group.name('TransitEncryptionEnabled')}: true, got: ${group.given('TransitEncryptionEnabled')}` : undefined,
  },
  {
    ...COMMON,
    code: 'TlsModeUnsupported',
    reads: ['TransitEncryptionMode', 'Engine', 'EngineVersion'],
    // "Transit encryption mode is not supported for engine version 6.2.6. Please use engine version 7.0.5 or higher.":
    // https://github.com/cloudposse/terraform-aws-elasticache-redis/pull/231
    evidence: 'live',
    source: CAPABILITIES.transitEncryptionMode.source,
    judge: (group) => group.isPresent('TransitEncryptionMode') && lacks(group, 'transitEncryptionMode')
      ? `${group.name('TransitEncryptionMode')} ${needs(group, 'transitEncryptionMode')}; leave it out` : undefined,
  },
  {
    ...COMMON,
    code: 'TlsNotRequired',
    severity: 'warning',
    reads: ['TransitEncryptionMode'],
    evidence: 'documented',
    source: TLS,
    judge: (group) => group.text('TransitEncryptionMode') === 'preferred'
      ? `${group.given('TransitEncryptionMode')} lets clients in without TLS: when all use it, set ${group.name('TransitEncryptionMode')} to required ` +
        'in a deployment of its own, and add users only after that' : undefined,
  },
  {
    ...COMMON,
    code: 'TlsNeedsSubnetGroup',
    reads: ['TransitEncryptionEnabled', 'CacheSubnetGroupName', 'PrimaryClusterId'],
    evidence: 'documented',
    source: API,
    judge: (group) => group.isTrue('TransitEncryptionEnabled') && group.isAbsent('CacheSubnetGroupName') && group.isAbsent('PrimaryClusterId')
      ? `${group.name('TransitEncryptionEnabled')} needs a ${group.name('CacheSubnetGroupName')}, got: none` : undefined,
  },
  {
    ...COMMON,
    code: 'ValkeyTlsMustBeSaid',
    reads: ['Engine', 'TransitEncryptionEnabled', 'GlobalReplicationGroupId'],
    evidence: 'documented',
    source: 'https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-elasticache-replicationgroup.html',
    judge: (group) => engineOf(group) === 'valkey' && group.isAbsent('TransitEncryptionEnabled') && group.isAbsent('GlobalReplicationGroupId')
      ? `${group.name('TransitEncryptionEnabled')} must be written for Valkey, true or false, got: none` : undefined,
  },
  {
    ...COMMON,
    code: 'AtRestEncryptionMayStay',
    severity: 'warning',
    reads: ['Engine', 'AtRestEncryptionEnabled'],
    evidence: 'documented',
    source: API,
    judge: (group) => engineOf(group) === 'valkey' && group.value('AtRestEncryptionEnabled') === false
      ? `${group.given('AtRestEncryptionEnabled')} may have no effect: AWS can encrypt Valkey at rest all the same; leave it out` : undefined,
  },
  {
    ...COMMON,
    code: 'AuthTokenNeedsTls',
    reads: ['AuthToken', 'TransitEncryptionEnabled', 'GlobalReplicationGroupId'],
    evidence: 'live',
    source: AUTH,
    judge: (group) => group.isPresent('AuthToken') && isWithoutTls(group)
      ? `${group.name('AuthToken')} needs ${group.name('TransitEncryptionEnabled')}: true, got: ${group.given('TransitEncryptionEnabled')}` : undefined,
  },
  {
    ...COMMON,
    code: 'AuthTokenInvalid',
    reads: ['AuthToken'],
    evidence: 'live',
    source: AUTH,
    judge: (group) => {
      const token = group.text('AuthToken');
      // What CloudFormation puts in at deployment is not the token itself.
      if (token === undefined || token.startsWith('{{resolve:')) {
        return undefined;
      }
      return token.length < TOKEN.shortest || token.length > TOKEN.longest
        ? `${group.name('AuthToken')} must have ${TOKEN.shortest} to ${TOKEN.longest} characters, got: ${token.length}`
        : TOKEN.characters.test(token) ? undefined : `${group.name('AuthToken')} must be of letters, digits and ! & # $ ^ < > -, got: another character`;
    },
  },
  {
    ...COMMON,
    code: 'AuthTokenWithUserGroup',
    reads: ['AuthToken', 'UserGroupIds'],
    evidence: 'plan-time',
    source: AUTH,
    judge: (group) => group.isPresent('AuthToken') && group.isFilled('UserGroupIds') && (isWritten(group, 'AuthToken') || isWritten(group, 'UserGroupIds'))
      ? `${group.name('AuthToken')} and ${group.name('UserGroupIds')} cannot be given together: users replace the one password; leave out ${group.name('AuthToken')}` : undefined,
  },
  {
    ...COMMON,
    code: 'AuthTokenWithoutTlsOnly',
    severity: 'warning',
    reads: ['AuthToken', 'TransitEncryptionMode'],
    evidence: 'inferred',
    source: AUTH,
    judge: (group) => group.isPresent('AuthToken') && group.text('TransitEncryptionMode') === 'preferred'
      ? `${group.name('AuthToken')} may be refused together with ${group.given('TransitEncryptionMode')}; set it to required first` : undefined,
  },
];
