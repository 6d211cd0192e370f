import { accessStringProblems, withoutPasswords } from './private/access-string-grammar';
import { ResourceView, Rule } from '../checks/rule';
import { engineRow } from '../engine/private/engine-table';
import { identifierProblem } from '../private/identifiers';

const USER = 'AWS::ElastiCache::User';
const GROUP = 'AWS::ElastiCache::UserGroup';
const RBAC = 'https://docs.aws.amazon.com/AmazonElastiCache/latest/dg/Clusters.RBAC.html';
const CREATE_USER = 'https://docs.aws.amazon.com/AmazonElastiCache/latest/APIReference/API_CreateUser.html';
const CREATE_GROUP = 'https://docs.aws.amazon.com/AmazonElastiCache/latest/APIReference/API_CreateUserGroup.html';
const COMMON = { severity: 'error', checked: '2026-11-21', since: '0.1.0' } as const;

/** How many users a group can have. */
const MOST_USERS = 100;
const PASSWORD = { minimum: 16, maximum: 128, count: 2 };

/** How a user proves who they are: `password`, `no-password-required`, `iam`; `undefined` when it is not known. */
function authenticationType(user: ResourceView): string | undefined {
  const mode = user.value('AuthenticationMode') as { Type?: unknown } | undefined;
  const type = mode?.Type ?? (user.isTrue('NoPasswordRequired') ? 'no-password-required' : undefined);
  return typeof type === 'string' ? type : undefined;
}

function passwordsOf(user: ResourceView): readonly unknown[] | undefined {
  const mode = user.value('AuthenticationMode') as { Passwords?: unknown } | undefined;
  const passwords = mode?.Passwords ?? user.value('Passwords');
  return Array.isArray(passwords) ? passwords : undefined;
}

/** Rules about users. Passwords are judged by their length and never shown. */
export const USER_RULES: readonly Rule[] = [
  {
    ...COMMON,
    code: 'UserIdInvalid',
    resourceType: USER,
    reads: ['UserId'],
    evidence: 'schema',
    source: CREATE_USER,
    judge: (user) => {
      const id = user.text('UserId');
      const problem = id === undefined ? undefined
        : id.toLowerCase() === 'default' ? 'not be "default", which every account has already'
          : identifierProblem(id, Number.MAX_SAFE_INTEGER) && 'have letters, digits and single hyphens, begin with a letter and not end with a hyphen';
      return problem && `${user.name('UserId')} must ${problem}, got: ${JSON.stringify(id)}`;
    },
  },
  {
    ...COMMON,
    code: 'PasswordLengthInvalid',
    resourceType: USER,
    reads: ['AuthenticationMode', 'Passwords'],
    evidence: 'live',
    source: RBAC,
    judge: (user) => passwordsOf(user)?.flatMap((password, index) =>
      typeof password !== 'string' || (password.length >= PASSWORD.minimum && password.length <= PASSWORD.maximum) ? []
        : [`password ${index + 1} must have ${PASSWORD.minimum} to ${PASSWORD.maximum} characters, got: ${password.length}`]),
  },
  {
    ...COMMON,
    code: 'PasswordCountInvalid',
    resourceType: USER,
    reads: ['AuthenticationMode', 'Passwords', 'NoPasswordRequired'],
    evidence: 'live',
    source: RBAC,
    judge: (user) => {
      const count = passwordsOf(user)?.length;
      const fewest = authenticationType(user) === 'password' ? 1 : 0;
      return count === undefined || (count >= fewest && count <= PASSWORD.count) ? undefined
        : `${user.name('AuthenticationMode')} must be 1 to ${PASSWORD.count} passwords, got: ${count}`;
    },
  },
  {
    ...COMMON,
    code: 'AccessStringInvalid',
    resourceType: USER,
    reads: ['AccessString'],
    evidence: 'live',
    source: `${RBAC}#Access-string`,
    judge: (user) => accessStringProblems(user.text('AccessString') ?? '').rejected
      .map((problem) => `${user.name('AccessString')}: ${problem}, got: ${JSON.stringify(withoutPasswords(user.text('AccessString')!))}`),
  },
  {
    ...COMMON,
    code: 'AccessStringDoubtful',
    severity: 'warning',
    resourceType: USER,
    reads: ['AccessString'],
    evidence: 'inferred',
    source: `${RBAC}#Access-string`,
    judge: (user) => accessStringProblems(user.text('AccessString') ?? '').doubtful
      .map((problem) => `${user.name('AccessString')}: ${problem}, got: ${JSON.stringify(withoutPasswords(user.text('AccessString')!))}`),
  },
  {
    ...COMMON,
    code: 'ValkeyUserNeedsPassword',
    resourceType: USER,
    reads: ['Engine', 'AuthenticationMode', 'NoPasswordRequired', 'UserName'],
    evidence: 'documented',
    source: RBAC,
    judge: (user) => user.text('Engine')?.toLowerCase() === 'valkey' && authenticationType(user) === 'no-password-required'
      ? `a Valkey user must have a password or use IAM, got: no password for ${user.given('UserName')}; use ${user.advice('PasswordUser', 'AuthenticationMode with Type password or iam')}` : undefined,
  },
];

/** Whether a group certainly has the user that AWS made with the account. */
function takesBuiltInUser(group: ResourceView): boolean {
  return [group.value('UserIds')].flat().includes('default') && !group.related('UserIds').some((user) => user.text('UserId') === 'default');
}

/** Rules about user groups. */
export const USER_GROUP_RULES: readonly Rule[] = [
  {
    ...COMMON,
    code: 'UserGroupIdInvalid',
    resourceType: GROUP,
    reads: ['UserGroupId'],
    evidence: 'schema',
    source: CREATE_GROUP,
    judge: (group) => {
      const id = group.text('UserGroupId');
      return id !== undefined && identifierProblem(id, Number.MAX_SAFE_INTEGER)
        ? `${group.name('UserGroupId')} must have letters, digits and single hyphens, begin with a letter and not end with a hyphen, got: ${JSON.stringify(id)}`
        : undefined;
    },
  },
  {
    ...COMMON,
    code: 'DefaultUserRequired',
    resourceType: GROUP,
    reads: ['Engine', 'UserIds'],
    evidence: 'live',
    source: RBAC,
    judge: (group) => {
      const engine = engineRow(group.text('Engine')?.toLowerCase() ?? '');
      const names = group.allRelated('UserIds')?.map((user) => user.text('UserName'));
      const builtIn = [group.value('UserIds')].flat().includes('default');
      return engine?.requiresDefaultUser && names && !names.includes(undefined) && !names.includes('default') && !builtIn
        ? `${group.name('UserIds')} of a ${engine.title} group must include a user named default, got: ${names.join(', ') || 'none'}; ` +
          group.advice('add new NoPasswordUser(scope, id, { userName: \'default\' }), which can do nothing',
            'add one with UserName default that can do nothing: AccessString "off ~* -@all"') : undefined;
    },
  },
  {
    ...COMMON,
    code: 'UserGroupEngineMismatch',
    resourceType: GROUP,
    reads: ['Engine', 'UserIds'],
    evidence: 'documented',
    source: RBAC,
    judge: (group) => group.text('Engine')?.toLowerCase() !== 'redis' ? undefined
      : group.related('UserIds').filter((user) => user.text('Engine')?.toLowerCase() === 'valkey').map((user) =>
        `${group.name('UserIds')} of a Redis OSS group cannot include a Valkey user, got: ${user.text('UserName')}; make the user with ${group.advice('engine: CacheEngine.redis()', 'Engine redis')}`),
  },
  {
    ...COMMON,
    code: 'ValkeyGroupNeedsPasswords',
    resourceType: GROUP,
    reads: ['Engine', 'UserIds'],
    evidence: 'live',
    source: RBAC,
    judge: (group) => {
      if (group.text('Engine')?.toLowerCase() !== 'valkey') {
        return undefined;
      }
      const open = group.related('UserIds').filter((user) => authenticationType(user) === 'no-password-required').map((user) => user.text('UserName'));
      return [...open, ...takesBuiltInUser(group) ? ['default, which AWS made'] : []].map((user) =>
        `${group.name('UserIds')} of a Valkey group cannot include a user without a password, got: ${user}`);
    },
  },
  {
    ...COMMON,
    code: 'UserIdTwice',
    resourceType: GROUP,
    reads: ['UserIds'],
    evidence: 'schema',
    source: CREATE_GROUP,
    judge: (group) => {
      const ids = [group.value('UserIds')].flat().filter((id) => typeof id === 'string');
      return [...new Set(ids.filter((id, index) => ids.indexOf(id) !== index))].map((id) =>
        `${group.name('UserIds')} must be different users, got twice: ${id}; add each user once`);
    },
  },
  {
    ...COMMON,
    code: 'TooManyUsers',
    resourceType: GROUP,
    reads: ['UserIds'],
    evidence: 'documented',
    source: RBAC,
    judge: (group) => {
      const count = group.count('UserIds') ?? 0;
      return count > MOST_USERS ? `${group.name('UserIds')} must be at most ${MOST_USERS} users, got: ${count}` : undefined;
    },
  },
  {
    ...COMMON,
    code: 'UserNameTwice',
    resourceType: GROUP,
    reads: ['UserIds'],
    evidence: 'documented',
    source: CREATE_GROUP,
    judge: (group) => {
      const names = group.related('UserIds').map((user) => user.text('UserName')).filter((name) => name !== undefined);
      // The user that AWS made of that id is of that name.
      names.push(...takesBuiltInUser(group) ? ['default'] : []);
      return [...new Set(names.filter((name, index) => names.indexOf(name) !== index))].map((name) =>
        `${group.name('UserIds')} must have different user names, got twice: ${name}`);
    },
  },
];
