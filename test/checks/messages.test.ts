// Every rule through the construct that a user writes: what is said, and that acknowledging it lets the construct be made.
import { Duration, SecretValue, Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { Vpc } from 'aws-cdk-lib/aws-ec2';
import { CfnUserGroup } from 'aws-cdk-lib/aws-elasticache';
import { Key } from 'aws-cdk-lib/aws-kms';
import { CfnTopic } from 'aws-cdk-lib/aws-sns';
import { Construct } from 'constructs';
import {
  AccessString, BackupWindow, CacheEngine, CacheNodeType, ClusterMode, LogDelivery, MaintenanceWindow, MaxmemoryPolicy, NoPasswordUser,
  ParameterGroup, Parameters, PasswordUser, PasswordUserProps, RedisVersion, ReplicationGroup,
  ReplicationGroupProps, SubnetGroup, User, UserGroup, UserGroupProps, ValkeyVersion,
} from '../../src';
import { USER_GROUP_RULES, USER_RULES } from '../../src/access/access-rules';
import { Rule } from '../../src/checks/rule';
import { GLOBAL_DATASTORE_RULES } from '../../src/global/global-datastore-rules';
import { SUBNET_GROUP_RULES } from '../../src/network/subnet-group-rules';
import { PARAMETER_GROUP_RULES } from '../../src/parameters/parameter-group-rules';
import { REPLICATION_GROUP_RULES } from '../../src/replication-group/replication-group-rules';
import { RULE_CASES, TEMPLATE_ONLY } from '../replication-group/rule-cases';
import { acknowledge, errorOf, newStack, newVpc, warningsOf } from '../support/cdk';

const RULES: readonly Rule[] = [
  ...REPLICATION_GROUP_RULES, ...GLOBAL_DATASTORE_RULES, ...USER_RULES, ...USER_GROUP_RULES, ...SUBNET_GROUP_RULES, ...PARAMETER_GROUP_RULES,
].filter(({ code }) => !TEMPLATE_ONLY.includes(code));

type Make = (scope: Construct) => Construct;

interface Case {
  readonly code: string;
  readonly bad: Make;
  readonly good: Make;
  /** The prop in the user's words, the value given, and what to change. */
  readonly says: readonly string[];
}

const redis = (version: string) => CacheEngine.redis(RedisVersion.of(version));
const r5 = CacheNodeType.R5_LARGE;

function group(props: Partial<ReplicationGroupProps> | ((scope: Construct) => Partial<ReplicationGroupProps>)): Make {
  return (scope) => {
    const own = typeof props === 'function' ? props(scope) : props;
    return new ReplicationGroup(scope, 'Thing', { ...own, vpc: own.vpc ?? newVpc(Stack.of(scope)) });
  };
}

function rawUserGroup(engine: string): (scope: Construct) => CfnUserGroup {
  return (scope) => new CfnUserGroup(scope, 'Users', { engine, userGroupId: 'users', userIds: ['default'] });
}

function parameters(version: string, values: Record<string, string>): Make {
  return (scope) => new ParameterGroup(scope, 'Thing', { engine: CacheEngine.valkey(ValkeyVersion.of(version)), parameters: Parameters.custom(values) });
}

function subnetGroup(subnetGroupName: string): Make {
  return (scope) => new SubnetGroup(scope, 'Thing', { vpc: newVpc(Stack.of(scope)), subnetGroupName });
}

function user(props: PasswordUserProps): Make {
  return (scope) => new PasswordUser(scope, 'Thing', props);
}

function manyUsers(scope: Construct, count: number) {
  return Array.from({ length: count }, (_, index) => User.fromUserId(scope, `User${index}`, `user${index}`));
}

function passwords(...lengths: number[]): Make {
  return user({ passwords: lengths.map((length) => SecretValue.unsafePlainText('x'.repeat(length))) });
}

function userGroup(props: (scope: Construct) => UserGroupProps): Make {
  return (scope) => new UserGroup(scope, 'Thing', props(scope));
}

const CASES: readonly Case[] = [
  ...RULE_CASES,
  {
    code: 'EngineHasNoReplicationGroups',
    bad: group({ engine: CacheEngine.memcached() }),
    good: group({ engine: CacheEngine.valkey() }),
    says: ['Memcached 1.6.22', 'MemcachedCluster', 'CacheTopology.memcached()'],
  },
  {
    code: 'ReplicationGroupIdInvalid',
    bad: group({ replicationGroupId: 'my_cache' }),
    good: group({ replicationGroupId: 'my-cache' }),
    says: ['replicationGroupId', '"my_cache"', '1 to 40 letters, digits and single hyphens'],
  },
  {
    code: 'ReplicasOutOfRange',
    bad: group({ clusterMode: ClusterMode.disabled({ replicas: 6 }) }),
    good: group({ clusterMode: ClusterMode.disabled({ replicas: 5 }) }),
    says: ['replicas', 'replicas: 6', '0 to 5'],
  },
  {
    code: 'FailoverNeedsReplica',
    bad: group({ automaticFailover: true, multiAz: false, clusterMode: ClusterMode.disabled({ replicas: 0 }) }),
    good: group({ automaticFailover: true, multiAz: false, clusterMode: ClusterMode.disabled({ replicas: 1 }) }),
    says: ['automaticFailover', 'replicas: 0', 'add a replica or set automaticFailover: false'],
  },
  {
    code: 'MultiAzNeedsFailover',
    bad: group({ multiAz: true, automaticFailover: false }),
    good: group({ multiAz: true, automaticFailover: true }),
    says: ['multiAz', 'got: automaticFailover: false', 'needs automaticFailover: true'],
  },
  {
    code: 'MultiAzInOneZone',
    bad: group((scope) => ({ vpc: Vpc.fromVpcAttributes(scope, 'Narrow', { vpcId: 'vpc-2', availabilityZones: ['a'], privateSubnetIds: ['subnet-a', 'subnet-b'] }) })),
    good: group({}),
    says: ['multiAz', 'one availability zone', 'choose subnets in two zones or more'],
  },
  {
    code: 'ZonesMatchNodes',
    bad: group({ clusterMode: ClusterMode.disabled({ replicas: 1, availabilityZones: ['eu-central-1a'] }) }),
    good: group({ clusterMode: ClusterMode.disabled({ replicas: 1, availabilityZones: ['eu-central-1a', 'eu-central-1b'] }) }),
    says: ['availabilityZones', 'got: 1', '2 for replicas: 1'],
  },
  {
    code: 'UserGroupNeedsTls',
    bad: group((scope) => ({ transitEncryption: false, userGroup: rawUserGroup('valkey')(scope) })),
    good: group((scope) => ({ transitEncryption: true, userGroup: rawUserGroup('valkey')(scope) })),
    says: ['userGroup', 'got: transitEncryption: false', 'needs transitEncryption: true'],
  },
  {
    code: 'UserGroupUnsupported',
    bad: group((scope) => ({ engine: redis('5.0.6'), userGroup: rawUserGroup('redis')(scope) })),
    good: group((scope) => ({ engine: redis('6.0'), userGroup: rawUserGroup('redis')(scope) })),
    says: ['userGroup', 'got: Redis OSS 5.0.6', 'needs Redis OSS 6.0 or newer'],
  },
  {
    code: 'UserGroupEngineUnfit',
    bad: group((scope) => ({ engine: redis('7.1'), userGroup: rawUserGroup('valkey')(scope) })),
    good: group((scope) => ({ engine: redis('7.1'), userGroup: rawUserGroup('redis')(scope) })),
    says: ['userGroup', 'a group of Valkey', 'make the group with engine: CacheEngine.redis()'],
  },
  {
    code: 'KeyNeedsAtRestEncryption',
    bad: group((scope) => ({ atRestEncryption: false, encryptionKey: new Key(scope, 'Key') })),
    good: group((scope) => ({ atRestEncryption: true, encryptionKey: new Key(scope, 'Key') })),
    says: ['encryptionKey', 'got: atRestEncryption: false', 'needs atRestEncryption: true'],
  },
  {
    code: 'ParameterGroupFamilyMismatch',
    bad: group((scope) => ({ parameterGroup: new ParameterGroup(scope, 'Old', { engine: CacheEngine.valkey(ValkeyVersion.V7_2) }) })),
    good: group((scope) => ({ parameterGroup: new ParameterGroup(scope, 'New', { engine: CacheEngine.valkey(ValkeyVersion.V8_0) }) })),
    says: ['parameterGroup', 'got: valkey7', 'must be of family valkey8 for Valkey 8.2'],
  },
  {
    code: 'EngineVersionNotCreatable',
    bad: group({ engine: CacheEngine.valkey(ValkeyVersion.of('9.0.0')) }),
    good: group({ engine: CacheEngine.valkey(ValkeyVersion.of('9.0')) }),
    says: ['engine version', 'got: 9.0.0', 'must be major and minor, as 9.0'],
  },
  {
    code: 'NodeTypeNotCreatable',
    bad: group({ nodeType: CacheNodeType.of('cache.m3.large') }),
    good: group({ nodeType: CacheNodeType.of('cache.m5.large') }),
    says: ['nodeType', 'cache.m3.large', 'choose a current one such as'],
  },
  {
    code: 'NodeTypeUnfitForEngine',
    bad: group({ engine: redis('7.1'), nodeType: CacheNodeType.R8G_LARGE }),
    good: group({ engine: redis('7.1'), nodeType: CacheNodeType.R7G_LARGE }),
    says: ['nodeType', 'cache.r8g.large', 'it runs valkey, memcached'],
  },
  {
    code: 'DataTieringMustMatchNodeType',
    bad: group({ nodeType: CacheNodeType.R6G_XLARGE, dataTiering: true }),
    good: group({ nodeType: CacheNodeType.R6GD_XLARGE, dataTiering: true }),
    says: ['dataTiering', 'got: nodeType: "cache.r6g.xlarge"', 'needs an r6gd node type'],
  },
  {
    code: 'DataTieringEvictionPolicy',
    bad: group({ nodeType: CacheNodeType.R6GD_XLARGE, parameters: Parameters.valkey({ maxmemoryPolicy: MaxmemoryPolicy.VOLATILE_TTL }) }),
    good: group({ nodeType: CacheNodeType.R6GD_XLARGE, parameters: Parameters.valkey({ maxmemoryPolicy: MaxmemoryPolicy.ALLKEYS_LFU }) }),
    says: ['maxmemory-policy', 'got: volatile-ttl', 'must be noeviction or an lru or lfu policy'],
  },
  {
    code: 'SlowLogUnsupported',
    bad: group({ engine: redis('5.0.6'), slowLog: LogDelivery.cloudWatch() }),
    good: group({ engine: redis('6.0'), slowLog: LogDelivery.cloudWatch() }),
    says: ['slow-log', 'got: Redis OSS 5.0.6', 'LogDelivery.none()'],
  },
  {
    code: 'EngineLogUnsupported',
    bad: group({ engine: redis('6.0'), engineLog: LogDelivery.cloudWatch() }),
    good: group({ engine: redis('6.2'), engineLog: LogDelivery.cloudWatch() }),
    says: ['engine-log', 'got: Redis OSS 6.0', 'needs Redis OSS 6.2 or newer'],
  },
  {
    code: 'PortOutOfRange',
    bad: group({ port: 80 }),
    good: group({ port: 8006 }),
    says: ['port', 'got: 80', 'must be 1150 to 8004 or 8006 to 65535'],
  },
  {
    code: 'BackupRetentionOutOfRange',
    bad: group({ backupRetention: Duration.days(36) }),
    good: group({ backupRetention: Duration.days(35) }),
    says: ['backupRetention', 'got: 36', 'must be 0 to 35 whole days'],
  },
  {
    code: 'WindowsOverlap',
    bad: group({ backupWindow: BackupWindow.of('05:30-06:30'), maintenanceWindow: MaintenanceWindow.of('sun:05:00-sun:06:00') }),
    good: group({ backupWindow: BackupWindow.of('06:00-07:00'), maintenanceWindow: MaintenanceWindow.of('sun:05:00-sun:06:00') }),
    says: ['backupWindow', 'maintenanceWindow', 'got: 05:30-06:30 and sun:05:00-sun:06:00', 'must not overlap'],
  },
  {
    code: 'WindowsMayOverlap',
    bad: group({ backupWindow: BackupWindow.of('23:30-00:30'), maintenanceWindow: MaintenanceWindow.of('sun:23:00-mon:00:00') }),
    good: group({ backupWindow: BackupWindow.of('23:30-00:30'), maintenanceWindow: MaintenanceWindow.of('sun:05:00-sun:06:00') }),
    says: ['backupWindow', 'maintenanceWindow', 'got: 23:30-00:30 and sun:23:00-mon:00:00'],
  },
  {
    code: 'BackupWindowWithoutBackups',
    bad: group({ backupRetention: Duration.days(0), backupWindow: BackupWindow.of('03:00-04:00') }),
    good: group({ backupRetention: Duration.days(1), backupWindow: BackupWindow.of('03:00-04:00') }),
    says: ['backupWindow', 'backupRetention: 0', 'has no effect'],
  },
  {
    code: 'NotificationTopicEncrypted',
    bad: group((scope) => ({ notificationTopic: new CfnTopic(scope, 'Topic', { kmsMasterKeyId: 'alias/aws/sns' }) })),
    good: group((scope) => ({ notificationTopic: new CfnTopic(scope, 'Topic') })),
    says: ['notificationTopic', 'encrypted', 'remove the topic\'s key or use another topic'],
  },
  {
    code: 'DescriptionInvalid',
    bad: group({ description: 'x'.repeat(256) }),
    good: group({ description: 'x'.repeat(255) }),
    says: ['description', 'got: 256', '1 to 255 characters'],
  },
  {
    code: 'RedisExtendedSupport',
    bad: group({ engine: redis('5.0.6'), nodeType: r5 }),
    good: group({ engine: redis('6.0'), nodeType: r5 }),
    says: ['Redis OSS 5.0.6', 'Extended Support', 'move to Valkey'],
  },

  {
    code: 'UserIdInvalid',
    bad: user({ userId: 'my_user' }),
    good: user({ userId: 'my-user' }),
    says: ['userId', '"my_user"', 'letters, digits and single hyphens'],
  },
  { code: 'PasswordLengthInvalid', bad: passwords(15), good: passwords(16), says: ['password 1', 'got: 15', '16 to 128 characters'] },
  { code: 'PasswordCountInvalid', bad: passwords(16, 17, 18), good: passwords(16, 17), says: ['passwords', 'got: 3', 'must be 1 to 2'] },
  {
    code: 'AccessStringInvalid',
    bad: user({ accessString: AccessString.of('on reset ~*') }),
    good: user({ accessString: AccessString.of('on ~*') }),
    says: ['accessString', '"on reset ~*"', 'not supported by ElastiCache'],
  },
  {
    code: 'AccessStringDoubtful',
    bad: user({ accessString: AccessString.of('~* +@all') }),
    good: user({ accessString: AccessString.of('on ~* +@all') }),
    says: ['accessString', '"~* +@all"', 'neither "on" nor "off"'],
  },
  {
    code: 'ValkeyUserNeedsPassword',
    bad: (scope) => new NoPasswordUser(scope, 'Thing', { engine: CacheEngine.valkey() }),
    good: (scope) => new NoPasswordUser(scope, 'Thing', { engine: CacheEngine.redis() }),
    says: ['userName: "thing"', 'got: no password', 'use PasswordUser'],
  },

  {
    code: 'UserGroupIdInvalid',
    bad: userGroup(() => ({ userGroupId: 'my_group' })),
    good: userGroup(() => ({ userGroupId: 'my-group' })),
    says: ['userGroupId', '"my_group"', 'letters, digits and single hyphens'],
  },
  {
    code: 'DefaultUserRequired',
    bad: userGroup((scope) => ({ engine: redis('7.1'), users: [new PasswordUser(scope, 'App', { engine: redis('7.1') })] })),
    good: userGroup((scope) => ({ engine: redis('7.1'), users: [new PasswordUser(scope, 'App', { engine: redis('7.1') }), new NoPasswordUser(scope, 'Default')] })),
    says: ['users', 'got: app', 'add new NoPasswordUser(scope, id, { userName: \'default\' })'],
  },
  {
    code: 'UserGroupEngineMismatch',
    bad: userGroup((scope) => ({ engine: redis('7.1'), users: [new NoPasswordUser(scope, 'Default'), new PasswordUser(scope, 'App')] })),
    good: userGroup((scope) => ({ engine: redis('7.1'), users: [new NoPasswordUser(scope, 'Default'), new PasswordUser(scope, 'App', { engine: redis('7.1') })] })),
    says: ['users', 'got: app', 'make the user with engine: CacheEngine.redis()'],
  },
  {
    code: 'ValkeyGroupNeedsPasswords',
    bad: userGroup((scope) => ({ users: [new NoPasswordUser(scope, 'Guest')] })),
    good: userGroup((scope) => ({ users: [new PasswordUser(scope, 'Guest')] })),
    says: ['users', 'got: guest', 'cannot include a user without a password'],
  },
  {
    code: 'UserIdTwice',
    bad: userGroup((scope) => ({ users: [1, 2].map((n) => User.fromUserAttributes(scope, `Same${n}`, { userId: 'same', userName: `name${n}` })) })),
    good: userGroup((scope) => ({ users: [1, 2].map((n) => User.fromUserAttributes(scope, `Other${n}`, { userId: `other${n}` })) })),
    says: ['users', 'got twice: same', 'add each user once'],
  },
  {
    code: 'TooManyUsers',
    bad: userGroup((scope) => ({ users: manyUsers(scope, 101) })),
    good: userGroup((scope) => ({ users: manyUsers(scope, 100) })),
    says: ['users', 'at most 100', 'got: 101'],
  },
  {
    code: 'UserNameTwice',
    bad: userGroup((scope) => ({ users: [new PasswordUser(scope, 'One', { userName: 'app' }), new PasswordUser(scope, 'Two', { userName: 'app' })] })),
    good: userGroup((scope) => ({ users: [new PasswordUser(scope, 'One'), new PasswordUser(scope, 'Two')] })),
    says: ['users', 'got twice: app', 'must have different user names'],
  },

  { code: 'SubnetGroupNameInvalid', bad: subnetGroup('default'), good: subnetGroup('default-2'), says: ['subnetGroupName', '"default"', 'not be'] },

  {
    code: 'ParameterValueInvalid',
    bad: parameters('8.2', { timeout: '19' }),
    good: parameters('8.2', { timeout: '20' }),
    says: ['parameters: timeout', 'got: "19"', 'must be 0 or at least 20'],
  },
  {
    code: 'ParameterNotModifiable',
    bad: parameters('8.2', { maxmemory: '1000' }),
    good: parameters('8.2', { 'maxmemory-samples': '5' }),
    says: ['parameters: maxmemory', 'got: "1000"', 'leave it out'],
  },
  {
    code: 'ParameterRemoved',
    bad: parameters('8.2', { 'lazyfree-lazy-eviction': 'yes' }),
    good: parameters('7.2', { 'lazyfree-lazy-eviction': 'yes' }),
    says: ['parameters: lazyfree-lazy-eviction', 'got: "yes"', 'leave it out'],
  },
  {
    code: 'ParameterUnknown',
    bad: parameters('8.2', { 'brand-new': 'x' }),
    good: parameters('8.2', { 'active-expire-effort': '2' }),
    says: ['parameters: brand-new', 'family valkey8', 'the deployment fails'],
  },
];

/** User groups are judged when the app is synthesized: users are added to them until then. */
const AT_SYNTHESIS = USER_GROUP_RULES.map((rule) => rule.code);

/** What is said: the message alone, without its code, source and place. */
function messageOf(code: string, text: string): string {
  const [, message] = new RegExp(`\\[${code}\\] (.*?)( \\(https://.*)?$`, 'm').exec(text) ?? [];
  return message ?? text.replace(/ \[ack: .*$/, '');
}

test('every rule has a case here', () => {
  expect(CASES.map(({ code }) => code).sort()).toEqual(RULES.map(({ code }) => code).sort());
});

describe.each(RULES.map((rule) => [rule.code, rule] as const))('%s', (code, rule) => {
  const { bad, good, says } = CASES.find((candidate) => candidate.code === code)!;
  const id = `cdk-elasticache::${code}`;

  /** What the library says to the bad configuration. */
  function said(): string {
    const stack = newStack();
    if (rule.severity === 'warning') {
      const warnings = warningsOf(bad(stack)).filter((warning) => warning.includes(id));
      expect(warnings).not.toEqual([]);
      return warnings[0];
    }
    return errorOf(() => {
      bad(stack);
      Template.fromStack(stack);
    }).message;
  }

  test(rule.severity === 'warning' ? 'warns' : 'fails when it is broken', () => {
    const text = said();
    expect(text).toContain(rule.severity === 'warning' ? `[ack: ${id}]` : `[${code}]`);
    expect(text).toContain(rule.severity === 'warning' ? '' : rule.source);
    expect(text).toContain(rule.severity === 'warning' ? '' : 'Stack/Thing');
  });

  test.each(says)('says "%s"', (words) => {
    expect(messageOf(code, said())).toContain(words);
  });

  test('is written as all messages are', () => {
    const message = messageOf(code, said());
    // A proper name keeps its capital.
    expect(message).toMatch(/^([a-z]|Redis OSS|Valkey)/);
    expect(message).not.toMatch(/[.!]$/);
    expect(message).not.toContain('${');
    expect(message).not.toMatch(/undefined|\[object|TOKEN/);
  });

  test('is silent when it is kept', () => {
    const stack = newStack();
    const construct = good(stack);
    Template.fromStack(stack);
    expect(warningsOf(construct).filter((warning) => warning.includes(id))).toEqual([]);
  });

  test('lets the construct be made once it is acknowledged on a parent', () => {
    const stack = newStack();
    acknowledge(stack, code);
    const construct = bad(new Construct(stack, 'Parent'));
    expect(Object.keys(Template.fromStack(stack).toJSON().Resources).length).toBeGreaterThan(0);
    expect(construct.node.path).toBe('Stack/Parent/Thing');
  });

  if (rule.severity === 'error') {
    test('is not silenced by the acknowledgement of another rule, nor on another scope', () => {
      const stack = newStack();
      acknowledge(stack, `${code}Other`);
      acknowledge(new Construct(stack, 'Sibling'), code);
      expect(errorOf(() => {
        bad(stack);
        Template.fromStack(stack);
      }).message).toContain(`[${code}]`);
    });
  }

  if (rule.severity === 'error' && !AT_SYNTHESIS.includes(code)) {
    test('says how it is acknowledged, and carries its code', () => {
      const error = errorOf(() => bad(newStack()));
      expect(error.message).toContain(`Validations.of(scope).acknowledge({ id: '${id}', reason: '...' })`);
      expect(error.codes).toEqual([code]);
    });
  }
});
