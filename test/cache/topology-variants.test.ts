// For every topology: each prop that takes a resource with one of ours, an imported one, a raw L1 and a token, twice in one stack, in stacks that know
// their Region and in stacks that do not; and a client in another stack, in both orders.
import { App, Environment, Stack, Token } from 'aws-cdk-lib';
import { ISecurityGroup, IVpc, SecurityGroup, Vpc } from 'aws-cdk-lib/aws-ec2';
import { CfnParameterGroup, CfnSubnetGroup, CfnUser, CfnUserGroup, IUserGroupRef } from 'aws-cdk-lib/aws-elasticache';
import { CfnKey, Key } from 'aws-cdk-lib/aws-kms';
import { Code, Function, Runtime } from 'aws-cdk-lib/aws-lambda';
import { CfnTopic, Topic } from 'aws-cdk-lib/aws-sns';
import { errorOf, importedVpc, Resource, Resources, stackOf } from './fixtures';
import {
  CacheAuthentication, CacheCluster, CacheClusterOptions, CacheEngine, CacheTopology, NoPasswordUser, ParameterGroup, Parameters, PasswordUser,
  SubnetGroup, UserGroup,
} from '../../src';

type Given = Partial<CacheClusterOptions & { vpc: IVpc }>;

const [GROUP, CLUSTER, SERVERLESS] = ['ReplicationGroup', 'CacheCluster', 'ServerlessCache'].map((name) => `AWS::ElastiCache::${name}`);

/** A topology, the resource behind it, and the props that it has no use for. */
const TOPOLOGIES: [string, () => CacheTopology, string, string[]][] = [
  ['replicated', () => CacheTopology.replicated(), GROUP, []],
  ['sharded', () => CacheTopology.sharded({ shards: 2 }), GROUP, []],
  ['singleNode', () => CacheTopology.singleNode(), GROUP, []],
  ['compatible', () => CacheTopology.replicated({ clusterCompatible: true }), GROUP, []],
  ['memcached', () => CacheTopology.memcached({ nodes: 2 }), CLUSTER, ['encryptionKey', 'userGroup']],
  ['serverless', () => CacheTopology.serverless(), SERVERLESS, ['subnetGroup', 'parameterGroup', 'notificationTopic']],
];

const engineOf = (topology: string) => topology === 'memcached' ? CacheEngine.memcached() : CacheEngine.valkey();
/** Something that a parameter group must or may have. */
const parametersOf = (topology: string): { [name: string]: string } =>
  topology === 'memcached' ? { idle_timeout: '0' } : ['sharded', 'compatible'].includes(topology) ? { 'cluster-enabled': 'yes' } : { timeout: '0' };
const token = (name: string) => Token.asString({ Ref: name });
const arn = (service: string, rest: string) => `arn:aws:${service}:eu-west-3:111122223333:${rest}`;
const ref = (logicalId: RegExp) => ({ Ref: expect.stringMatching(logicalId) });
const att = (logicalId: RegExp, name: string) => ({ 'Fn::GetAtt': [expect.stringMatching(logicalId), name] });

/** A way to give a prop its resource, and what the resource behind the cache says of it. */
interface Variant {
  readonly make: (stack: Stack, topology: string) => Given;
  readonly told: unknown;
}

/** Every prop that takes a resource: the property it ends in, by type of resource, and the variants. */
const PROPS: Record<string, { readonly property: (type: string) => string; readonly variants: Record<string, Variant> }> = {
  vpc: {
    property: (type) => type === SERVERLESS ? 'SubnetIds' : 'CacheSubnetGroupName',
    variants: {
      owned: { make: (stack) => ({ vpc: new Vpc(stack, 'Net', { maxAzs: 2, natGateways: 1 }) }), told: expect.anything() },
      imported: { make: (stack) => ({ vpc: importedVpc(stack) }), told: expect.anything() },
      token: {
        make: (stack) => ({
          vpc: Vpc.fromVpcAttributes(stack, 'Net', { vpcId: token('Id'), availabilityZones: ['a', 'b'], privateSubnetIds: [token('A'), token('B')] }),
        }),
        told: expect.anything(),
      },
    },
  },
  securityGroups: {
    property: (type) => type === CLUSTER ? 'VpcSecurityGroupIds' : 'SecurityGroupIds',
    variants: {
      owned: { make: (stack) => ({ vpc: importedVpc(stack), securityGroups: [groupIn(stack)] }), told: [att(/^Group/, 'GroupId')] },
      imported: { make: (stack) => ({ securityGroups: [SecurityGroup.fromSecurityGroupId(stack, 'Group', 'sg-1')] }), told: ['sg-1'] },
      token: { make: (stack) => ({ securityGroups: [SecurityGroup.fromSecurityGroupId(stack, 'Group', token('Sg'))] }), told: [{ Ref: 'Sg' }] },
    },
  },
  subnetGroup: {
    property: () => 'CacheSubnetGroupName',
    variants: {
      owned: { make: (stack) => ({ subnetGroup: new SubnetGroup(stack, 'Subnets', { vpc: importedVpc(stack) }) }), told: ref(/^Subnets/) },
      imported: { make: (stack) => ({ subnetGroup: SubnetGroup.fromSubnetGroupName(stack, 'Subnets', 'theirs') }), told: 'theirs' },
      raw: { make: (stack) => ({ subnetGroup: new CfnSubnetGroup(stack, 'Subnets', { description: 'raw', subnetIds: ['subnet-a', 'subnet-b'] }) }), told: ref(/^Subnets/) },
      token: { make: (stack) => ({ subnetGroup: SubnetGroup.fromSubnetGroupName(stack, 'Subnets', token('Name')) }), told: { Ref: 'Name' } },
    },
  },
  parameterGroup: {
    property: () => 'CacheParameterGroupName',
    variants: {
      owned: {
        make: (stack, topology) => ({
          parameterGroup: new ParameterGroup(stack, 'Parameters', { engine: engineOf(topology), parameters: Parameters.custom(parametersOf(topology)) }),
        }),
        told: ref(/^Parameters/),
      },
      imported: { make: (stack) => ({ parameterGroup: ParameterGroup.fromParameterGroupName(stack, 'Parameters', 'theirs') }), told: 'theirs' },
      raw: {
        make: (stack, topology) => ({
          parameterGroup: new CfnParameterGroup(stack, 'Parameters', {
            cacheParameterGroupFamily: engineOf(topology).parameterGroupFamily, description: 'raw', properties: parametersOf(topology),
          }),
        }),
        told: ref(/^Parameters/),
      },
      token: { make: (stack) => ({ parameterGroup: ParameterGroup.fromParameterGroupName(stack, 'Parameters', token('Name')) }), told: { Ref: 'Name' } },
    },
  },
  encryptionKey: {
    property: () => 'KmsKeyId',
    variants: {
      owned: { make: (stack) => ({ encryptionKey: new Key(stack, 'Key') }), told: att(/^Key/, 'Arn') },
      imported: { make: (stack) => ({ encryptionKey: Key.fromKeyArn(stack, 'Key', arn('kms', 'key/1')) }), told: arn('kms', 'key/1') },
      raw: { make: (stack) => ({ encryptionKey: new CfnKey(stack, 'Key', { keyPolicy: {} }) }), told: att(/^Key/, 'Arn') },
      token: { make: (stack) => ({ encryptionKey: Key.fromKeyArn(stack, 'Key', token('Arn')) }), told: { Ref: 'Arn' } },
    },
  },
  notificationTopic: {
    property: () => 'NotificationTopicArn',
    variants: {
      owned: { make: (stack) => ({ notificationTopic: new Topic(stack, 'Topic') }), told: ref(/^Topic/) },
      imported: { make: (stack) => ({ notificationTopic: Topic.fromTopicArn(stack, 'Topic', arn('sns', 'theirs')) }), told: arn('sns', 'theirs') },
      raw: { make: (stack) => ({ notificationTopic: new CfnTopic(stack, 'Topic') }), told: expect.anything() },
      token: { make: (stack) => ({ notificationTopic: Topic.fromTopicArn(stack, 'Topic', token('Arn')) }), told: { Ref: 'Arn' } },
    },
  },
  userGroup: {
    property: (type) => type === SERVERLESS ? 'UserGroupId' : 'UserGroupIds',
    variants: {
      owned: { make: (stack) => users(new UserGroup(stack, 'Users', { userGroupId: 'ours', users: [new PasswordUser(stack, 'User')] })), told: 'ours' },
      imported: { make: (stack) => users(UserGroup.fromUserGroupId(stack, 'Users', 'theirs')), told: 'theirs' },
      raw: {
        make: (stack) => {
          const user = new CfnUser(stack, 'User', { engine: 'valkey', userId: 'raw', userName: 'raw', authenticationMode: { Type: 'iam' } });
          const group = new CfnUserGroup(stack, 'Users', { engine: 'valkey', userGroupId: 'raw', userIds: [user.userId] });
          group.addDependency(user);
          return users(group);
        },
        told: expect.anything(),
      },
      token: { make: (stack) => users(UserGroup.fromUserGroupId(stack, 'Users', token('Id'))), told: { Ref: 'Id' } },
    },
  },
};

function users(group: IUserGroupRef): Given {
  return { authentication: CacheAuthentication.userGroup(group) };
}

function groupIn(stack: Stack): ISecurityGroup {
  return new SecurityGroup(stack, 'Group', { vpc: stack.node.tryFindChild('Vpc') as IVpc });
}

const ENVIRONMENTS: [string, Environment | undefined][] = [['no Region', undefined], ['a Region', { account: '111122223333', region: 'eu-west-3' }]];
const CASES = TOPOLOGIES.flatMap(([topology, make, type, without]) => Object.entries(PROPS).flatMap(([prop, { property, variants }]) =>
  Object.entries(variants).map(([kind, variant]) =>
    ({ topology, make, type, prop, kind, variant, property: property(type), meaningless: without.includes(prop) }))));

test('the table names each topology with each prop', () => {
  expect(CASES.length).toBe(TOPOLOGIES.length * (3 + 3 + 4 * 5));
  expect(new Set(CASES.map(({ topology, prop }) => `${topology} ${prop}`)).size).toBe(6 * 7);
});

/** Two caches of one stack, of what the second is made of as well. */
function twoCaches(stack: Stack, topology: () => CacheTopology, given: Given): CacheCluster[] {
  const vpc = given.vpc ?? stack.node.tryFindChild('Vpc') as IVpc ?? importedVpc(stack);
  return ['A', 'B'].map((id) => new CacheCluster(stack, id, { topology: topology(), ...given, vpc }));
}

describe.each(ENVIRONMENTS)('in a stack of %s', (_, env) => {
  test.each(CASES.filter(({ meaningless }) => !meaningless))('$topology: $prop, $kind', ({ topology, make, type, variant, property }) => {
    const stack = stackOf('Stack', { env });
    const caches = twoCaches(stack, make, variant.make(stack, topology));
    const resources = Resources.of(stack);
    const made: Resource[] = Object.values(resources.ofType(type));
    expect(made).toHaveLength(2);
    for (const { Properties } of made) {
      const value = Properties[property];
      expect(property === 'UserGroupIds' ? value[0] : value).toEqual(variant.told);
    }
    expect(new Set(caches.map(({ endpoint }) => JSON.stringify(stack.resolve(endpoint.hostname)))).size).toBe(2);
  });
});

test.each(CASES.filter(({ meaningless }) => meaningless))('$topology: $prop, $kind, has no meaning and says so', ({ topology, make, prop, variant }) => {
  const stack = stackOf();
  const error = errorOf(() => twoCaches(stack, make, variant.make(stack, topology)));
  expect(error.codes).toEqual(['PropNotForTopology']);
  expect(error.message).toContain(`${prop === 'userGroup' ? 'authentication' : prop} has no meaning for this topology`);
});

describe.each(ENVIRONMENTS)('a client in another stack, both of %s', (_, env) => {
  describe.each(TOPOLOGIES)('%s', (__, make) => {
    test.each([['cache', 'Caches'], ['client', 'Caches'], ['cache', 'Net'], ['client', 'Net']])('the %s first, in a VPC of the stack %s', (first, owner) => {
      const app = new App();
      const stacks = Object.fromEntries(['Net', 'Caches', 'Clients'].map((id) => [id, new Stack(app, id, { env })]));
      const vpc = new Vpc(stacks[owner], 'Vpc', { maxAzs: 2 });
      const fn = () => new Function(stacks.Clients, 'Fn', { vpc, runtime: Runtime.NODEJS_22_X, handler: 'i.h', code: Code.fromInline('x') });
      const early = first === 'client' ? fn() : undefined;
      const cache = new CacheCluster(stacks.Caches, 'Cache', { vpc, topology: make() });
      cache.grantAccess(early ?? fn());
      const template = new Resources(app.synth().getStackByName('Clients').template);
      expect(stacks.Clients.dependencies).toContain(stacks.Caches);
      expect(stacks.Caches.dependencies).not.toContain(stacks.Clients);
      expect(template.props('AWS::Lambda::Function').Environment.Variables.CACHE_HOST).toEqual({ 'Fn::ImportValue': expect.stringContaining('Caches:') });
    });
  });
});

test('a user group of Redis OSS with its default user goes with Redis OSS on every topology that has users', () => {
  for (const [topology, make] of TOPOLOGIES.filter(([, , , without]) => !without.includes('userGroup'))) {
    const stack = stackOf();
    const engine = CacheEngine.redis();
    const group = new UserGroup(stack, 'Users', {
      engine, users: [new PasswordUser(stack, 'User', { engine }), new NoPasswordUser(stack, 'Default', { engine, userName: 'default' })],
    });
    twoCaches(stack, make, { engine, ...users(group) });
    expect([topology, Resources.of(stack).ids('AWS::ElastiCache::UserGroup')]).toEqual([topology, [expect.anything()]]);
  }
});
