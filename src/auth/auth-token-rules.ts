import { ResourceView, Rule } from '../checks/rule';

const TYPE = 'AWS::ElastiCache::ReplicationGroup';
const GUIDE = 'https://docs.aws.amazon.com/AmazonElastiCache/latest/dg';
const AUTH = `${GUIDE}/auth.html`;
const COMMON = { resourceType: TYPE, severity: 'error', checked: '2026-11-21', since: '0.1.0' } as const;

/** What a token may be made of. @see https://docs.aws.amazon.com/AmazonElastiCache/latest/dg/auth.html */
const TOKEN = { minimum: 16, maximum: 128, characters: /^[A-Za-z0-9!&#$^<>-]*$/ };
/** A reference that CloudFormation resolves: what it stands for is not known. */
const DYNAMIC_REFERENCE = /\{\{resolve:/;

function tokenOf(group: ResourceView): string | undefined {
  const token = group.text('AuthToken');
  return token === undefined || DYNAMIC_REFERENCE.test(token) ? undefined : token;
}

/** Rules about the AUTH token of a replication group. The token is never shown. */
export const AUTH_TOKEN_RULES: readonly Rule[] = [
  {
    ...COMMON,
    code: 'AuthTokenNeedsTransitEncryption',
    reads: ['AuthToken', 'TransitEncryptionEnabled'],
    evidence: 'live',
    source: AUTH,
    judge: (group) => group.isPresent('AuthToken') && group.isNotTrue('TransitEncryptionEnabled')
      ? `${group.name('AuthToken')} needs ${group.name('TransitEncryptionEnabled')}: true, got: ${group.given('TransitEncryptionEnabled')}; ` +
        'leave it out, TLS is the default of this library' : undefined,
  },
  {
    ...COMMON,
    code: 'AuthTokenInvalid',
    reads: ['AuthToken'],
    evidence: 'live',
    source: AUTH,
    judge: (group) => {
      const token = tokenOf(group);
      if (token === undefined) {
        return undefined;
      }
      const problems = [
        ...token.length < TOKEN.minimum || token.length > TOKEN.maximum
          ? [`have ${TOKEN.minimum} to ${TOKEN.maximum} characters, got: ${token.length}`] : [],
        ...TOKEN.characters.test(token) ? [] : ['be made of letters, digits, and ! & # $ ^ < > -, got another character'],
      ];
      return problems.map((problem) => `${group.name('AuthToken')} must ${problem}; use an AuthToken, which is generated and never part of a template`);
    },
  },
  {
    ...COMMON,
    code: 'AuthTokenWithUserGroup',
    reads: ['AuthToken', 'UserGroupIds'],
    evidence: 'plan-time',
    source: AUTH,
    judge: (group) => group.isPresent('AuthToken') && group.isFilled('UserGroupIds')
      ? `${group.name('AuthToken')} and ${group.name('UserGroupIds')} cannot be given together: clients log in with a shared token or as a user; ` +
        `leave out ${group.name('AuthToken')}` : undefined,
  },
  {
    ...COMMON,
    code: 'AuthTokenWithPreferredTls',
    severity: 'warning',
    reads: ['AuthToken', 'TransitEncryptionMode'],
    evidence: 'inferred',
    source: `${GUIDE}/in-transit-encryption.html`,
    judge: (group) => group.isPresent('AuthToken') && group.text('TransitEncryptionMode')?.toLowerCase() === 'preferred'
      ? `${group.name('AuthToken')} is given while TLS is only preferred: a client without TLS sends the token in plain text, ` +
        'and AWS may refuse the two together; make TLS required first' : undefined,
  },
  {
    ...COMMON,
    code: 'UserGroupWithPreferredTls',
    reads: ['UserGroupIds', 'TransitEncryptionMode'],
    evidence: 'live',
    source: `${GUIDE}/in-transit-encryption.html`,
    judge: (group) => group.isFilled('UserGroupIds') && group.text('TransitEncryptionMode')?.toLowerCase() === 'preferred'
      ? `${group.name('UserGroupIds')} needs TLS to be required, got: preferred; require TLS in one deployment and add the users in the next` : undefined,
  },
  {
    ...COMMON,
    code: 'AuthTokenReplacesGroup',
    severity: 'warning',
    reads: ['AuthToken'],
    evidence: 'documented',
    source: 'https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-elasticache-replicationgroup.html',
    judge: (group) => group.isPresent('AuthToken')
      ? `${group.name('AuthToken')}: if the cache exists already and has none, CloudFormation replaces it, with its data, and so it does when you go from ` +
        'the token to users later; users and a user group are added in place, and AWS recommends them instead of AUTH' : undefined,
  },
];
