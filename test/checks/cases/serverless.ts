import { Case, caseOf, Cases, TemplateResources } from './case';

const TYPE = 'AWS::ElastiCache::ServerlessCache';
const COMMON = { ServerlessCacheName: 'cache', Engine: 'valkey' };
const limits = (CacheUsageLimits: object) => ({ CacheUsageLimits });

function serverless(bad: Record<string, unknown>, good: Record<string, unknown>): Case {
  return caseOf(TYPE, COMMON, bad, good);
}

/** A cache in subnets of the same template. */
function inSubnets(properties: Record<string, unknown>, subnets: readonly Record<string, unknown>[]): TemplateResources {
  const ids = subnets.map((_, index) => `Subnet${index}`);
  return {
    ...Object.fromEntries(ids.map((id, index) => [id, { Type: 'AWS::EC2::Subnet', Properties: { VpcId: 'vpc-1', ...subnets[index] } }])),
    Thing: { Type: TYPE, Properties: { ...COMMON, ...properties, SubnetIds: ids.map((Ref) => ({ Ref })) } },
  };
}

function withUserGroup(Engine: string, groupEngine: string): TemplateResources {
  return {
    Group: { Type: 'AWS::ElastiCache::UserGroup', Properties: { UserGroupId: 'users', Engine: groupEngine, UserIds: ['default'] } },
    Thing: { Type: TYPE, Properties: { ...COMMON, Engine, UserGroupId: { Ref: 'Group' } } },
  };
}

const PUBLIC = { ConnectionType: 'public', MajorEngineVersion: '9', UserGroupId: 'default.iam-user-group' };

/** A public cache whose only user logs in this way. */
function publicWith(AuthenticationMode: Record<string, unknown>): TemplateResources {
  const app = { UserId: 'app', UserName: 'app', Engine: 'valkey', AccessString: 'on ~* +@all', AuthenticationMode };
  return {
    User: { Type: 'AWS::ElastiCache::User', Properties: app },
    Group: { Type: 'AWS::ElastiCache::UserGroup', Properties: { UserGroupId: 'users', Engine: 'valkey', UserIds: ['app'] }, DependsOn: 'User' },
    Thing: { Type: TYPE, Properties: { ...COMMON, ...PUBLIC, UserGroupId: { Ref: 'Group' } } },
  };
}

export const SERVERLESS_CASES: Cases = {
  ConnectionTypeInvalid: serverless({ ConnectionType: 'internet' }, { ConnectionType: 'vpc' }),
  PublicEndpointUnsupported: serverless({ ...PUBLIC, MajorEngineVersion: '8' }, PUBLIC),
  PublicEndpointNeedsUserGroup: serverless({ ConnectionType: 'public', MajorEngineVersion: '9' }, PUBLIC),
  PublicEndpointNeedsIam: { bad: publicWith({ Type: 'password', Passwords: ['a-password-of-enough-length'] }), good: publicWith({ Type: 'iam' }) },
  PublicEndpointHasNoVpc: serverless({ ...PUBLIC, SubnetIds: ['subnet-1', 'subnet-2'] }, PUBLIC),
  ServerlessEngineUnknown: serverless({ Engine: 'keydb' }, { Engine: 'valkey' }),
  ServerlessVersionUnsupported: serverless({ MajorEngineVersion: '8.0.1' }, { MajorEngineVersion: '8' }),
  ServerlessVersionUnknown: serverless({ MajorEngineVersion: '10' }, { MajorEngineVersion: '9' }),
  ServerlessCacheNameInvalid: serverless({ ServerlessCacheName: 'my_cache' }, { ServerlessCacheName: 'my-cache' }),
  ServerlessCacheNameLong: serverless({ ServerlessCacheName: 'x'.repeat(41) }, { ServerlessCacheName: 'x'.repeat(40) }),
  ServerlessUserGroupUnsupported: serverless({ Engine: 'memcached', UserGroupId: 'users' }, { Engine: 'valkey', UserGroupId: 'users' }),
  ServerlessUserGroupEngineUnfit: { bad: withUserGroup('redis', 'valkey'), good: withUserGroup('redis', 'redis') },
  StorageLimitInvalid: serverless(limits({ DataStorage: { Unit: 'GB', Maximum: 5001 } }), limits({ DataStorage: { Unit: 'GB', Maximum: 5000 } })),
  StorageUnitInvalid: serverless(limits({ DataStorage: { Unit: 'MB', Maximum: 10 } }), limits({ DataStorage: { Unit: 'GB', Maximum: 10 } })),
  EcpuLimitInvalid: serverless(limits({ ECPUPerSecond: { Maximum: 999 } }), limits({ ECPUPerSecond: { Maximum: 1000 } })),
  ServerlessDescriptionInvalid: serverless({ Description: 'a < b' }, { Description: 'a and b' }),
  ServerlessRetentionOutOfRange: serverless({ SnapshotRetentionLimit: 36 }, { SnapshotRetentionLimit: 35 }),
  DailyBackupTimeInvalid: serverless({ DailySnapshotTime: '3:00', SnapshotRetentionLimit: 7 }, { DailySnapshotTime: '03:00', SnapshotRetentionLimit: 7 }),
  DailyBackupTimeWithoutBackups: serverless({ DailySnapshotTime: '03:00', SnapshotRetentionLimit: 0 }, { DailySnapshotTime: '03:00', SnapshotRetentionLimit: 1 }),
  SnapshotArnInvalid: serverless({ SnapshotArnsToRestore: ['last'] }, { SnapshotArnsToRestore: ['arn:aws:s3:::bucket/a.rdb'] }),
  FinalSnapshotNameInvalid: serverless({ FinalSnapshotName: 'my_last' }, { FinalSnapshotName: 'my-last' }),
  ServerlessSubnetCount: serverless({ SubnetIds: ['subnet-1'] }, { SubnetIds: ['subnet-1', 'subnet-2'] }),
  ServerlessSubnetsShareZone: {
    bad: inSubnets({}, [{ AvailabilityZone: 'eu-west-1a' }, { AvailabilityZone: 'eu-west-1a' }]),
    good: inSubnets({}, [{ AvailabilityZone: 'eu-west-1a' }, { AvailabilityZone: 'eu-west-1b' }]),
  },
  NetworkTypeUnfitForSubnets: {
    bad: inSubnets({ NetworkType: 'dual_stack' }, [{ CidrBlock: '10.0.0.0/24' }, { CidrBlock: '10.0.1.0/24' }]),
    good: inSubnets({ NetworkType: 'ipv4' }, [{ CidrBlock: '10.0.0.0/24' }, { CidrBlock: '10.0.1.0/24' }]),
  },
};
