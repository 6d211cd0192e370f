import { PUBLIC_ENDPOINT } from './private/serverless-table';
import { authenticationModeOf } from '../access/private/authentication-mode';
import { SYSTEM_IAM } from '../access/private/system-access';
import { ResourceView, Rule } from '../checks/rule';
import { isAtLeast } from '../private/version-number';

// Rules about serverless caches with a public endpoint.

const COMMON = {
  resourceType: 'AWS::ElastiCache::ServerlessCache', severity: 'error', source: PUBLIC_ENDPOINT.source, checked: '2026-11-21', since: '0.1.0',
} as const;

function isPublic(cache: ResourceView): boolean {
  return cache.text('ConnectionType') === 'public';
}

export const PUBLIC_ENDPOINT_RULES: readonly Rule[] = [
  {
    ...COMMON,
    code: 'ConnectionTypeInvalid',
    reads: ['ConnectionType'],
    evidence: 'documented',
    source: 'https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/aws-resource-elasticache-serverlesscache.html#cfn-elasticache-serverlesscache-connectiontype',
    judge: (cache) => {
      const type = cache.text('ConnectionType');
      return type === undefined || type === 'vpc' || type === 'public' ? undefined
        : `${cache.name('ConnectionType')} must be vpc or public, got: ${JSON.stringify(type)}`;
    },
  },
  {
    ...COMMON,
    code: 'PublicEndpointUnsupported',
    reads: ['ConnectionType', 'Engine', 'MajorEngineVersion'],
    evidence: 'documented',
    judge: (cache) => {
      const [engine, major] = [cache.text('Engine')?.toLowerCase(), cache.text('MajorEngineVersion')];
      const older = major !== undefined && isAtLeast(major, PUBLIC_ENDPOINT.oldestMajor) === false;
      const tooOld = engine !== undefined && (engine !== PUBLIC_ENDPOINT.engine || older);
      return isPublic(cache) && tooOld
        ? `a public endpoint needs Valkey ${PUBLIC_ENDPOINT.oldestMajor} or later, got: ${cache.name('Engine')} ${engine} ${major ?? ''}`.trimEnd() +
          `; use ${cache.advice('engine: CacheEngine.valkey(ValkeyVersion.V9_0)', `MajorEngineVersion ${PUBLIC_ENDPOINT.oldestMajor}`)}` : undefined;
    },
  },
  {
    ...COMMON,
    code: 'PublicEndpointNeedsUserGroup',
    reads: ['ConnectionType', 'UserGroupId'],
    evidence: 'documented',
    judge: (cache) => isPublic(cache) && cache.isAbsent('UserGroupId')
      ? `${cache.name('UserGroupId')} must be given for a public endpoint: a group whose users all log in with IAM, for example ${SYSTEM_IAM.userGroupId}` : undefined,
  },
  {
    ...COMMON,
    code: 'PublicEndpointNeedsIam',
    reads: ['ConnectionType', 'UserGroupId'],
    evidence: 'documented',
    judge: (cache) => !isPublic(cache) ? undefined
      : cache.related('UserGroupId').flatMap((group) => group.related('UserIds')).filter((user) => authenticationModeOf(user) !== undefined && authenticationModeOf(user) !== 'iam').map((user) =>
        `every user of a public endpoint must log in with IAM, got in ${cache.name('UserGroupId')}: ${user.text('UserName') ?? 'a user'} with ${authenticationModeOf(user)}; use ${cache.advice('IamUser', 'Type iam')}`),
  },
  {
    ...COMMON,
    code: 'PublicEndpointHasNoVpc',
    severity: 'warning',
    reads: ['ConnectionType', 'SubnetIds', 'SecurityGroupIds'],
    evidence: 'inferred',
    judge: (cache) => isPublic(cache) && (cache.isFilled('SubnetIds') || cache.isFilled('SecurityGroupIds'))
      ? 'a public endpoint is in no VPC: SubnetIds and SecurityGroupIds have no meaning and may be refused; leave them out' : undefined,
  },
];
