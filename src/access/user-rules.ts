import { authenticationModeOf } from './private/authentication-mode';
import { ResourceView, Rule } from '../checks/rule';

// What the constructs of this library cannot get wrong, and a raw CfnUser can: rules for templates.

const USER = 'AWS::ElastiCache::User';
const CREATE_USER = 'https://docs.aws.amazon.com/AmazonElastiCache/latest/APIReference/API_CreateUser.html';
const RESOURCE = 'https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/aws-resource-elasticache-user.html';
const IAM = 'https://docs.aws.amazon.com/AmazonElastiCache/latest/dg/auth-iam.html';
const MODE = 'https://docs.aws.amazon.com/AmazonElastiCache/latest/APIReference/API_AuthenticationMode.html';
const COMMON = { resourceType: USER, severity: 'error', checked: '2026-11-21', since: '0.1.0' } as const;

const ENGINES = ['valkey', 'redis'];
const TYPES = ['password', 'no-password-required', 'iam'];

/** Whether passwords are certainly written. */
function hasPasswords(user: ResourceView): boolean {
  const inMode = (user.value('AuthenticationMode') as { Passwords?: unknown } | undefined)?.Passwords;
  return user.isFilled('Passwords') || (Array.isArray(inMode) ? inMode.length > 0 : inMode !== undefined);
}

/** Rules about users that are written as raw resources. */
export const USER_DECLARATION_RULES: readonly Rule[] = [
  {
    ...COMMON,
    code: 'UserEngineUnknown',
    reads: ['Engine'],
    evidence: 'schema',
    source: RESOURCE,
    judge: (user) => {
      const engine = user.text('Engine');
      // Unlike those of caches, the schema of users minds the case.
      return engine !== undefined && !ENGINES.includes(engine)
        ? `${user.name('Engine')} must be ${ENGINES.join(' or ')}, got: ${JSON.stringify(engine)}` : undefined;
    },
  },
  {
    ...COMMON,
    code: 'UserIdMixedCase',
    severity: 'warning',
    reads: ['UserId'],
    evidence: 'inferred',
    source: CREATE_USER,
    judge: (user) => {
      const id = user.text('UserId');
      return id !== undefined && id !== id.toLowerCase()
        ? `${user.name('UserId')} is stored in lower case, so that the stack seems to drift, got: ${JSON.stringify(id)}; write ${JSON.stringify(id.toLowerCase())}`
        : undefined;
    },
  },
  {
    ...COMMON,
    code: 'AccessStringMissing',
    reads: ['AccessString'],
    evidence: 'live',
    source: CREATE_USER,
    judge: (user) => user.isAbsent('AccessString')
      ? `${user.name('AccessString')} must be given: without it the deployment ends in an internal error; "off -@all" allows nothing` : undefined,
  },
  {
    ...COMMON,
    code: 'AuthenticationTypeInvalid',
    reads: ['AuthenticationMode', 'Passwords', 'NoPasswordRequired'],
    evidence: 'live',
    source: MODE,
    judge: (user) => {
      const type = authenticationModeOf(user);
      const none = user.isAbsent('AuthenticationMode') && user.isAbsent('Passwords') && user.isAbsent('NoPasswordRequired');
      return none ? `${user.name('AuthenticationMode')} must be given: a user logs in with ${TYPES.join(', ')}, got: none of them`
        : type !== undefined && !TYPES.includes(type) ? `${user.name('AuthenticationMode')} must have a Type of ${TYPES.join(', ')}, got: ${JSON.stringify(type)}` : undefined;
    },
  },
  {
    ...COMMON,
    code: 'PasswordsContradict',
    reads: ['AuthenticationMode', 'Passwords', 'NoPasswordRequired'],
    evidence: 'live',
    source: MODE,
    judge: (user) => {
      const type = authenticationModeOf(user);
      const without = type === 'iam' || type === 'no-password-required' ? `Type ${type}` : user.isTrue('NoPasswordRequired') ? 'NoPasswordRequired' : undefined;
      return without && hasPasswords(user) ? `passwords have no place beside ${without}, got both: leave one of them out` : undefined;
    },
  },
  {
    ...COMMON,
    code: 'AuthenticationContradicts',
    reads: ['AuthenticationMode', 'NoPasswordRequired'],
    evidence: 'plan-time',
    source: CREATE_USER,
    judge: (user) => {
      const type = authenticationModeOf(user);
      return user.isTrue('NoPasswordRequired') && (type === 'password' || type === 'iam')
        ? `${user.name('AuthenticationMode')} contradicts NoPasswordRequired, got: Type ${type} beside true; leave NoPasswordRequired out` : undefined;
    },
  },
  {
    ...COMMON,
    code: 'IamUserNameMustBeId',
    reads: ['AuthenticationMode', 'UserId', 'UserName'],
    evidence: 'live',
    source: IAM,
    judge: (user) => {
      const [id, name] = [user.text('UserId'), user.text('UserName')];
      return authenticationModeOf(user) === 'iam' && id !== undefined && name !== undefined && id.toLowerCase() !== name.toLowerCase()
        ? `the name of a user with IAM must be its id, got: ${user.given('UserName')} and ${user.given('UserId')}; ` +
          user.advice('make it with IamUser, which has no name of its own', 'write the id as UserName')
        : undefined;
    },
  },
];
