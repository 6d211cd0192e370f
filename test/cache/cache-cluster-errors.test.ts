import { Duration, Stack } from 'aws-cdk-lib';
import { Vpc } from 'aws-cdk-lib/aws-ec2';
import { cacheIn, errorOf, Resources, resourcesOf, stackOf, TYPE } from './fixtures';
import {
  AccessString, BackupWindow, CacheAuthentication, CacheClusterOptions, CacheEngine, CacheNodeType,
  CacheTopology, MaintenanceWindow, ParameterGroup, Parameters, PasswordUser, RedisVersion, SubnetGroup, UserGroup,
  ValkeyVersion,
} from '../../src';

const days = (count: number) => Duration.days(count);

describe('a cache that cannot be', () => {
  const broken = (stack: Stack) => ({
    vpc: Vpc.fromVpcAttributes(stack, 'Public', { vpcId: 'vpc-2', availabilityZones: ['zone-a'], publicSubnetIds: ['subnet-p'] }),
    port: 80,
    cacheName: '-bad-',
    backupRetention: days(99),
    parameters: Parameters.custom({ 'maxmemory-policy': 'newest-first' }),
    authentication: CacheAuthentication.password({ accessString: AccessString.of('reset') }),
    topology: CacheTopology.replicated({ replicas: 7 }),
    securityGroups: [],
  });

  test('tells all its problems at once: how it is called, subnets, parameters, rules, users', () => {
    const stack = stackOf();
    const error = errorOf(() => cacheIn(stack, broken(stack)));
    expect(error.codes!.slice().sort()).toEqual([
      'AccessStringInvalid', 'BackupRetentionOutOfRange', 'NoPrivateSubnets', 'NoSecurityGroups', 'ParameterValueInvalid', 'PortOutOfRange', 'ReplicasOutOfRange',
      'ReplicationGroupIdInvalid',
    ]);
    expect(error.message).toMatch(/^8 problems at Stack\/Cache:\n/);
  });

  test('calls the props as this construct does, not as CloudFormation or the layer below do', () => {
    const stack = stackOf();
    const { message } = errorOf(() => cacheIn(stack, broken(stack)));
    expect(message).toContain('cacheName');
    expect(message).not.toContain('replicationGroupId');
    expect(message).not.toMatch(/NumCacheClusters|SnapshotRetentionLimit|ReplicationGroupId must/);
  });

  test('says authentication where the user wrote that, or nothing', () => {
    const { message } = errorOf(() => resourcesOf(() => ({ engine: CacheEngine.redis(RedisVersion.V5_0_6) })));
    expect(message).toContain('authentication');
    expect(message).not.toContain('userGroup');
  });

  test('leaves nothing behind, and its id can be used again', () => {
    const stack = stackOf();
    const props = broken(stack);
    const state = () => stack.node.findAll().map(({ node }) => [node.path, node.metadata.length]);
    const before = state();
    errorOf(() => cacheIn(stack, props));
    expect(state()).toEqual(before);
    const vpc = Vpc.fromVpcAttributes(stack, 'Good', { vpcId: 'vpc-1', availabilityZones: ['a', 'b'], privateSubnetIds: ['subnet-a', 'subnet-b'] });
    expect(() => cacheIn(stack, { vpc })).not.toThrow();
  });

  test.each<[string, (stack: Stack) => CacheClusterOptions]>([
    ['PropsExclusive', (stack) => ({ vpcSubnets: { subnetGroupName: 'x' }, subnetGroup: SubnetGroup.fromSubnetGroupName(stack, 'G', 'g') })],
    ['PropsExclusive', (stack) => ({ parameters: Parameters.custom({}), parameterGroup: ParameterGroup.fromParameterGroupName(stack, 'G', 'g') })],
    ['NoSecurityGroups', () => ({ securityGroups: [] })],
    ['NodeTypeUnfitForEngine', () => ({ engine: CacheEngine.redis(), topology: CacheTopology.replicated({ nodeType: CacheNodeType.of('cache.m8g.large') }) })],
    ['ZonesMatchNodes', () => ({ topology: CacheTopology.replicated({ availabilityZones: ['a'] }) })],
    ['WindowsOverlap', () => ({ backupWindow: BackupWindow.of('05:30-06:30'), maintenanceWindow: MaintenanceWindow.of('sun:05:00-sun:06:00') })],
    ['DescriptionInvalid', () => ({ description: '' })],
  ])('%s', (code, props) => {
    expect(errorOf(() => resourcesOf(props)).codes).toEqual([code]);
  });
});

describe('what an update replaces', () => {
  const ids = (engine: CacheEngine) => {
    const resources = resourcesOf(() => ({ engine }));
    return (type: string) => resources.ids(type);
  };
  const physical = (engine: CacheEngine) => {
    const resources = resourcesOf(() => ({ engine }));
    return [TYPE.user, TYPE.userGroup].flatMap((type) => Object.values(resources.ofType(type)))
      .map(({ Properties }) => Properties.UserGroupId ?? Properties.UserId);
  };
  const none = (left: string[], right: string[]) => expect(left.filter((id) => right.includes(id))).toEqual([]);

  describe('from Redis OSS to Valkey', () => {
    const [redis, valkey] = [CacheEngine.redis(), CacheEngine.valkey()];

    test.each([['cache', TYPE.group], ['secret', TYPE.secret], ['security group', TYPE.securityGroup], ['subnet group', TYPE.subnetGroup], ['logs', TYPE.logGroup]])(
      'the %s stays', (_, type) => expect(ids(redis)(type)).toEqual(ids(valkey)(type)));

    test.each([['parameter group', TYPE.parameterGroup], ['users', TYPE.user], ['user group', TYPE.userGroup]])(
      'the %s are other resources, so that the new exist before the old go', (_, type) => none(ids(redis)(type), ids(valkey)(type)));

    test('users and user group have other physical ids, so that both can exist for a while', () => none(physical(redis), physical(valkey)));
  });

  describe('from Valkey 7.2 to 8.2', () => {
    const [older, newer] = [CacheEngine.valkey(ValkeyVersion.V7_2), CacheEngine.valkey(ValkeyVersion.V8_2)];

    test.each([['cache', TYPE.group], ['users', TYPE.user], ['user group', TYPE.userGroup], ['secret', TYPE.secret], ['security group', TYPE.securityGroup]])(
      'the %s stays', (_, type) => expect(ids(older)(type)).toEqual(ids(newer)(type)));

    test('the parameter group is another resource: its family cannot be updated', () => none(ids(older)(TYPE.parameterGroup), ids(newer)(TYPE.parameterGroup)));

    test('users and user group keep their physical ids', () => expect(physical(older)).toEqual(physical(newer)));
  });

  test('within a family nothing but the version changes', () => {
    const [older, newer] = [ValkeyVersion.V8_0, ValkeyVersion.V8_1]
      .map((version) => resourcesOf(() => ({ engine: CacheEngine.valkey(version) })).template);
    expect(JSON.stringify(older).replace('"EngineVersion":"8.0"', '"EngineVersion":"8.1"')).toBe(JSON.stringify(newer));
  });

  test('another name of the user is another user, whose name cannot be updated', () => {
    const userId = (userName: string) => resourcesOf(() => ({ authentication: CacheAuthentication.password({ userName }) })).props(TYPE.user).UserId;
    expect(userId('web')).not.toBe(userId('app'));
  });
});

test('a password user beside the application user can join through its own group', () => {
  const stack = stackOf();
  const users = [new PasswordUser(stack, 'Reader'), new PasswordUser(stack, 'Writer')];
  const cache = cacheIn(stack, { authentication: CacheAuthentication.userGroup(new UserGroup(stack, 'Users', { users })) });
  expect(cache.applicationUser).toBeUndefined();
  expect(Resources.of(stack).props(TYPE.userGroup).UserIds).toHaveLength(2);
});
