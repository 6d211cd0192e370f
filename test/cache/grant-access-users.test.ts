// What a client gets follows from the user it logs in as: the secret of one with a password, the connection of one with IAM, never both.
import { Stack } from 'aws-cdk-lib';
import { IVpc, SubnetType, Vpc, InterfaceVpcEndpointAwsService } from 'aws-cdk-lib/aws-ec2';
import { CfnUser } from 'aws-cdk-lib/aws-elasticache';
import { Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { Key } from 'aws-cdk-lib/aws-kms';
import { Code, Function, FunctionProps, Runtime } from 'aws-cdk-lib/aws-lambda';
import { cacheIn, errorOf, importedVpc, Resources, stackOf, TYPE } from './fixtures';
import {
  CacheAuthentication, CacheCluster, CacheEngine, CacheTopology, Endpoint, IamUser, ICacheCluster, MemcachedCluster, NoPasswordUser, PasswordUser,
  ReplicationGroup, ServerlessCache, User, UserAuthentication, UserGroup,
} from '../../src';

const ENV = { account: '111122223333', region: 'eu-west-3' };

function functionIn(stack: Stack, vpc: IVpc, id = 'Fn', props: Partial<FunctionProps> = {}): Function {
  return new Function(stack, id, { vpc, runtime: Runtime.NODEJS_22_X, handler: 'index.handler', code: Code.fromInline('x'), ...props });
}

function scene(options: Parameters<typeof cacheIn>[1] = {}) {
  const stack = stackOf('Stack', { env: ENV });
  const vpc = importedVpc(stack);
  return { stack, vpc, cache: cacheIn(stack, { vpc, ...options }), fn: functionIn(stack, vpc) };
}

const statements = (resources: Resources) =>
  Object.values(resources.ofType(TYPE.policy)).flatMap(({ Properties }) => Properties.PolicyDocument.Statement);
const variablesOf = (resources: Resources) => resources.props('AWS::Lambda::Function').Environment?.Variables;
const arn = (resource: string, name: unknown) => {
  const start = `:elasticache:eu-west-3:111122223333:${resource}:`;
  const rest = typeof name === 'string' ? [start + name] : [start, name];
  return { 'Fn::Join': ['', ['arn:', { Ref: 'AWS::Partition' }, ...rest]] };
};

describe('a user with IAM', () => {
  test.each<[string, Parameters<typeof cacheIn>[1], (resources: Resources) => unknown]>([
    ['a replication group', {}, (resources) => arn('replicationgroup', { Ref: resources.ids(TYPE.group)[0] })],
    ['a serverless cache', { topology: CacheTopology.serverless() }, (resources) => ({ 'Fn::GetAtt': [resources.ids('AWS::ElastiCache::ServerlessCache')[0], 'ARN'] })],
  ])('of %s lets the client connect to exactly this cache as exactly this user', (_, options, cacheArn) => {
    const { stack, cache, fn } = scene({ ...options, authentication: CacheAuthentication.iam() });
    const access = cache.grantAccess(fn);
    const resources = Resources.of(stack);
    expect(statements(resources)).toEqual([{
      Effect: 'Allow', Action: 'elasticache:Connect', Resource: [cacheArn(resources), arn('user', cache.applicationIamUser!.userId)],
    }]);
    expect([access.user, access.secret, access.grant!.success]).toEqual([cache.applicationIamUser, undefined, true]);
  });

  test('is told to the client by name, beside the name that it signs its token for', () => {
    const { stack, cache, fn } = scene({ authentication: CacheAuthentication.iam() });
    cache.grantAccess(fn, { environmentPrefix: 'FEED_' });
    const resources = Resources.of(stack);
    expect(variablesOf(resources)).toEqual({
      FEED_HOST: expect.anything(),
      FEED_PORT: '6379',
      FEED_TLS: 'true',
      FEED_READER_HOST: expect.anything(),
      FEED_USERNAME: cache.applicationIamUser!.userId,
      FEED_IAM_NAME: { Ref: resources.ids(TYPE.group)[0] },
    });
  });

  test('of a serverless cache tells the type that the token names', () => {
    const { stack, cache, fn } = scene({ authentication: CacheAuthentication.iam(), topology: CacheTopology.serverless() });
    cache.grantAccess(fn);
    const resources = Resources.of(stack);
    expect(variablesOf(resources)).toMatchObject({
      CACHE_IAM_NAME: { Ref: resources.ids('AWS::ElastiCache::ServerlessCache')[0] }, CACHE_IAM_RESOURCE_TYPE: 'ServerlessCache', CACHE_READER_PORT: '6380',
    });
    expect(variablesOf(resources)).not.toHaveProperty('CACHE_SECRET_ARN');
  });

  test('may be one of several, each client getting what its own user needs', () => {
    const { stack, vpc, cache, fn } = scene();
    const [reader, admin] = [cache.addUser('Reader'), cache.addIamUser('Admin')];
    cache.grantAccess(fn, { user: reader });
    cache.grantAccess(functionIn(stack, vpc, 'People'), { user: admin });
    const resources = Resources.of(stack);
    expect(resources.ids(TYPE.user)).toHaveLength(3);
    expect(statements(resources).map(({ Action }: any) => Action)).toEqual([['secretsmanager:GetSecretValue', 'secretsmanager:DescribeSecret'], 'elasticache:Connect']);
    expect(JSON.stringify(statements(resources)[1].Resource)).toContain(admin.userId);
  });

  test.each<[string, (stack: Stack) => any, unknown]>([
    ['a raw user', (stack) => new CfnUser(stack, 'Raw', { engine: 'valkey', userId: 'raw', userName: 'raw', authenticationMode: { Type: 'iam' } }), { 'Fn::GetAtt': ['Raw', 'Arn'] }],
    ['an imported user', (stack) => User.fromUserAttributes(stack, 'Theirs', { userId: 'theirs', authentication: UserAuthentication.IAM }), arn('user', 'theirs')],
    ['a user of a group', (stack) => new IamUser(stack, 'Own', { userId: 'own' }), arn('user', 'own')],
  ])('may be %s', (_, make, userArn) => {
    const { stack, vpc, fn } = scene();
    const user = make(stack);
    const low = new ReplicationGroup(stack, 'Low', { vpc, userGroup: new UserGroup(stack, 'Users', { users: [user] }) });
    low.grantAccess(fn, { user });
    expect(statements(Resources.of(stack))[0].Resource[1]).toEqual(userArn);
  });

  test('of an imported cache lets the client connect to its ARN', () => {
    const { stack, fn } = scene();
    const user = User.fromUserAttributes(stack, 'Theirs', { userId: 'theirs', authentication: UserAuthentication.IAM });
    const endpoint = new Endpoint('host', 6379);
    const caches: ICacheCluster[] = [
      ReplicationGroup.fromReplicationGroupAttributes(stack, 'Group', { replicationGroupId: 'Legacy', endpoint, readerEndpoint: endpoint, securityGroups: fn.connections.securityGroups }),
      ServerlessCache.fromServerlessCacheAttributes(stack, 'Serverless', { serverlessCacheName: 'Feed', endpoint, readerEndpoint: endpoint, securityGroups: fn.connections.securityGroups }),
    ];
    caches.forEach((each, index) => each.grantAccess(fn, { user, environmentPrefix: `C${index}_` }));
    const resources = Resources.of(stack);
    expect(statements(resources).map(({ Resource }: any) => Resource)).toEqual([
      [arn('replicationgroup', 'legacy'), arn('user', 'theirs')], [arn('serverlesscache', 'feed'), arn('user', 'theirs')],
    ]);
    expect(variablesOf(resources)).toMatchObject({ C0_IAM_NAME: 'legacy', C1_IAM_NAME: 'feed' });
  });

  test('needs no secret, and nothing is warned of', () => {
    const { cache, fn } = scene({ authentication: CacheAuthentication.iam() });
    cache.grantAccess(fn);
    expect([...cache.node.findAll(), ...fn.node.findAll()].flatMap(({ node }) => node.metadata).filter(({ type }) => type === 'aws:cdk:warning')).toEqual([]);
  });

  test('asks for a principal as a user with a password does', () => {
    const { cache, fn } = scene({ authentication: CacheAuthentication.iam() });
    expect(errorOf(() => cache.grantAccess(fn.connections.securityGroups[0])).codes).toEqual(['ClientHasNoPrincipal']);
  });
});

test('a user without a password needs nothing but the network', () => {
  const { stack, vpc, fn } = scene();
  const user = new NoPasswordUser(stack, 'Default');
  const cache = new ReplicationGroup(stack, 'Low', {
    vpc, engine: CacheEngine.redis(), userGroup: new UserGroup(stack, 'Users', { engine: CacheEngine.redis(), users: [user] }),
  });
  const access = cache.grantAccess(fn, { user });
  expect(access).toMatchObject({ grant: undefined, secret: undefined, environment: { CACHE_USERNAME: 'default' } });
  expect(statements(Resources.of(stack))).toEqual([]);
  expect(cache.node.metadata).toEqual([]);
});

describe('grants', () => {
  const roleIn = (stack: Stack) => new Role(stack, 'Role', { assumedBy: new ServicePrincipal('ec2.amazonaws.com') });

  test('connect gives the permission alone: no network, no environment', () => {
    const { stack, cache } = scene();
    expect(cache.grants.connect(roleIn(stack)).success).toBe(true);
    cache.grants.connect(roleIn(new Stack(stack, 'Inner', { env: ENV })), cache.addIamUser('People'));
    const resources = Resources.of(stack);
    expect(statements(resources).map(({ Action }: any) => Action)).toEqual([['secretsmanager:GetSecretValue', 'secretsmanager:DescribeSecret']]);
    expect(resources.ids(TYPE.ingress)).toEqual([]);
  });

  test('actions are on the cache alone, for every kind of cache', () => {
    const { stack, vpc } = scene();
    const role = roleIn(stack);
    const caches: [ICacheCluster, string][] = [
      [new ReplicationGroup(stack, 'Group', { vpc }), 'replicationgroup'],
      [new MemcachedCluster(stack, 'Pages', { vpc }), 'cluster'],
      [new ServerlessCache(stack, 'Feed', { vpc }), 'serverlesscache'],
      [new CacheCluster(stack, 'High', { vpc, engine: CacheEngine.memcached() }), 'cluster'],
    ];
    caches.forEach(([cache]) => cache.grants.actions(role, ['elasticache:ListTagsForResource']));
    const made = JSON.stringify(statements(Resources.of(stack)));
    caches.forEach(([, type]) => expect(made).toContain(type === 'serverlesscache' ? '"ARN"' : `:${type}:`));
    expect(made.match(/ListTagsForResource/g)).toHaveLength(4);
    expect(made).not.toContain('*');
  });

  test.each<[string, (s: ReturnType<typeof scene>) => unknown, string, RegExp]>([
    ['a cache without users', ({ stack, vpc, fn }) => new ReplicationGroup(stack, 'Open', { vpc }).grants.connect(fn), 'NothingToGrant', /has no users/],
    ['a user of whom no password is known', ({ stack, cache, fn }) => cache.grants.connect(fn, User.fromUserId(stack, 'U', 'u')), 'NothingToGrant', /Stack\/U has no secret/],
    ['Memcached', ({ stack, vpc, fn }) => new MemcachedCluster(stack, 'M', { vpc }).grants.connect(fn, User.fromUserId(stack, 'U', 'u')), 'UserNotPossible', /knows no users/],
    ['a group without a user', ({ stack, vpc, fn }) => new ReplicationGroup(stack, 'G', { vpc, userGroup: UserGroup.fromUserGroupId(stack, 'Us', 'us') }).grants.connect(fn), 'UserRequired', /options\.user/],
  ])('connect fails for %s', (_, attempt, code, message) => {
    const error = errorOf(() => attempt(scene()));
    expect(error.codes).toEqual([code]);
    expect(error.message).toMatch(message);
  });

  test('connect takes the key of the secret with it', () => {
    const { stack, vpc } = scene();
    const user = new PasswordUser(stack, 'Keyed', { encryptionKey: new Key(stack, 'Key') });
    cacheIn(stack, { vpc, authentication: CacheAuthentication.userGroup(new UserGroup(stack, 'Users', { users: [user] })) }, 'Other').grants.connect(roleIn(stack), user);
    expect(statements(Resources.of(stack))[1]).toMatchObject({ Action: 'kms:Decrypt', Condition: { StringEquals: { 'kms:ViaService': 'secretsmanager.eu-west-3.amazonaws.com' } } });
  });
});

describe('the way to the secret', () => {
  function warnings(options: Parameters<typeof cacheIn>[1], arrange: (vpc: Vpc) => Partial<FunctionProps> | void = () => undefined): string {
    const stack = stackOf();
    const vpc = new Vpc(stack, 'Net', {
      maxAzs: 2,
      natGateways: 1,
      subnetConfiguration: [SubnetType.PUBLIC, SubnetType.PRIVATE_WITH_EGRESS, SubnetType.PRIVATE_ISOLATED]
        .map((subnetType) => ({ name: subnetType, subnetType })),
    });
    const cache = cacheIn(stack, { vpc, ...options });
    const isolated = { vpcSubnets: { subnetType: SubnetType.PRIVATE_ISOLATED } };
    cache.grantAccess(functionIn(stack, vpc, 'Fn', { ...isolated, ...arrange(vpc) }));
    Resources.of(stack);
    return JSON.stringify(cache.node.metadata);
  }

  test('is warned of where there is none', () => {
    expect(warnings({})).toMatch(/Stack\/Fn read a password.*addInterfaceEndpoint.*IamUser.*SecretNeedsEndpoint/);
  });

  test('is there with an endpoint, whether it is made before or after', () => {
    expect(warnings({}, (vpc) => void vpc.addInterfaceEndpoint('Secrets', { service: InterfaceVpcEndpointAwsService.SECRETS_MANAGER }))).not.toContain('SecretNeedsEndpoint');
    const stack = stackOf();
    const vpc = new Vpc(stack, 'Net', { maxAzs: 2, natGateways: 0 });
    const cache = cacheIn(stack, { vpc });
    cache.grantAccess(functionIn(stack, vpc, 'Fn', { vpcSubnets: { subnetType: SubnetType.PRIVATE_ISOLATED } }));
    vpc.addInterfaceEndpoint('Secrets', { service: InterfaceVpcEndpointAwsService.SECRETS_MANAGER });
    Resources.of(stack);
    expect(JSON.stringify(cache.node.metadata)).not.toContain('SecretNeedsEndpoint');
  });

  test('is there through a NAT gateway, and not needed with IAM', () => {
    expect(warnings({}, () => ({ vpcSubnets: { subnetType: SubnetType.PRIVATE_WITH_EGRESS } }))).not.toContain('SecretNeedsEndpoint');
    expect(warnings({ authentication: CacheAuthentication.iam() })).not.toContain('SecretNeedsEndpoint');
  });
});
