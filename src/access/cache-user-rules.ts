import { newerRulesOf } from './private/access-string-grammar';
import { authenticationModeOf } from './private/authentication-mode';
import { ResourceView, Rule } from '../checks/rule';
import { CAPABILITIES, engineRow, supports } from '../engine/private/engine-table';
import { isAtLeast } from '../private/version-number';

// Which users a cache can have: the engine and version of the cache and the users of its group together.

const COMMON = { severity: 'error', checked: '2026-11-21', since: '0.1.0' } as const;

/** Where a type of cache says its engine, its version and its user group. */
interface CacheType {
  readonly resourceType: string;
  readonly version: string;
  readonly userGroup: string;
  /** The version to compare with: a serverless cache says the major one, and runs its newest minor one. */
  readonly newest: (version: string) => string;
}

const CACHE_TYPES: readonly CacheType[] = [
  { resourceType: 'AWS::ElastiCache::ReplicationGroup', version: 'EngineVersion', userGroup: 'UserGroupIds', newest: (version) => version },
  { resourceType: 'AWS::ElastiCache::ServerlessCache', version: 'MajorEngineVersion', userGroup: 'UserGroupId', newest: (version) => `${version}.9999` },
];

function usersOf(cache: ResourceView, type: CacheType): readonly ResourceView[] {
  return cache.related(type.userGroup).flatMap((group) => group.related('UserIds'));
}

function isIam(user: ResourceView): boolean {
  return authenticationModeOf(user) === 'iam';
}

function engineOf(cache: ResourceView, type: CacheType): { name?: string; version?: string } {
  const version = cache.text(type.version);
  return { name: cache.text('Engine')?.toLowerCase(), version: version === undefined ? undefined : type.newest(version) };
}

function describe(cache: ResourceView, type: CacheType, name: string): string {
  return `${engineRow(name)!.title} ${cache.text(type.version)}`;
}

/** Rules about the users of a cache, for each type of cache that has users. */
export const CACHE_USER_RULES: readonly Rule[] = CACHE_TYPES.flatMap((type): Rule[] => [
  // Every version that is serverless knows IAM: what is older has a rule of its own.
  ...type.resourceType.endsWith('::ServerlessCache') ? [] : [{
    ...COMMON,
    code: 'IamUsersUnsupported',
    resourceType: type.resourceType,
    reads: ['Engine', type.version, type.userGroup],
    evidence: 'documented' as const,
    source: CAPABILITIES.iamAuthentication.source,
    judge: (cache: ResourceView) => {
      const { name, version } = engineOf(cache, type);
      return supports('iamAuthentication', name, version) !== false ? undefined : usersOf(cache, type).filter(isIam).map((user) =>
        `users that log in with IAM need Valkey ${CAPABILITIES.iamAuthentication.valkey} or Redis OSS ${CAPABILITIES.iamAuthentication.redis}, ` +
        `got: ${describe(cache, type, name!)} with the user ${user.text('UserName') ?? user.advice('that was made with IamUser', 'of the group')}; ` +
        `use ${cache.advice('PasswordUser', 'a password')}, or a newer engine`);
    },
  }],
  {
    ...COMMON,
    code: 'AccessStringNeedsNewerEngine',
    severity: 'warning',
    resourceType: type.resourceType,
    reads: ['Engine', type.version, type.userGroup],
    evidence: 'documented',
    source: 'https://docs.aws.amazon.com/AmazonElastiCache/latest/dg/Clusters.RBAC.html#Access-string',
    judge: (cache) => {
      const { name, version } = engineOf(cache, type);
      return name === undefined || version === undefined || !engineRow(name) ? undefined : usersOf(cache, type).flatMap((user) =>
        newerRulesOf(user.text('AccessString') ?? '').filter(({ oldest }) => oldest[name as 'valkey' | 'redis'] === undefined || isAtLeast(version, oldest[name as 'valkey' | 'redis']!) === false)
          .map(({ word, title }) => `the user ${user.text('UserName')} has ${title} in its access string, which ${describe(cache, type, name)} does not know, got: ${word}`));
    },
  },
]);
