import { App, CfnResource, Fn, Stack, Token } from 'aws-cdk-lib';
import { Annotations, Match } from 'aws-cdk-lib/assertions';
import { IConnectable, Port, SecurityGroup, Vpc } from 'aws-cdk-lib/aws-ec2';
import { ContainerDefinition } from 'aws-cdk-lib/aws-ecs';
import { CfnUser } from 'aws-cdk-lib/aws-elasticache';
import { Key } from 'aws-cdk-lib/aws-kms';
import { Alias, Function, IFunction } from 'aws-cdk-lib/aws-lambda';
import { Secret } from 'aws-cdk-lib/aws-secretsmanager';
import { functionIn, scene, serviceIn, VARIABLES } from './clients';
import { cacheIn, errorOf, importedVpc, Resources, stackOf, TYPE } from './fixtures';
import {
  CacheAuthentication, CacheCluster, CacheEngine, ClusterMode, Endpoint,
  ICacheCluster, MemcachedCluster, PasswordUser, ReplicationGroup, ServerlessCache, User,
  UserGroup,
} from '../../src';

const variablesOf = (resources: Resources) => resources.props('AWS::Lambda::Function').Environment?.Variables;
const statements = (resources: Resources) =>
  Object.values(resources.ofType(TYPE.policy)).flatMap(({ Properties }) => Properties.PolicyDocument.Statement);

describe('a function in the stack of the cache', () => {
  const { stack, cache, fn } = scene();
  const access = cache.grantAccess(fn);
  const resources = Resources.of(stack);
  const [secret] = resources.ids(TYPE.secret);
  const [group] = resources.ids(TYPE.group);

  test('gets through on the one port, by security group and not by address', () => {
    const [cacheGroup] = resources.ids(TYPE.securityGroup).filter((id) => id.startsWith('Cache'));
    const [fnGroup] = resources.ids(TYPE.securityGroup).filter((id) => id.startsWith('Fn'));
    expect(resources.props(TYPE.ingress)).toEqual({
      GroupId: { 'Fn::GetAtt': [cacheGroup, 'GroupId'] },
      SourceSecurityGroupId: { 'Fn::GetAtt': [fnGroup, 'GroupId'] },
      IpProtocol: 'tcp',
      FromPort: 6379,
      ToPort: 6379,
      Description: expect.any(String),
    });
  });

  test('nobody else gets through', () => {
    expect(resources.ids(TYPE.ingress)).toHaveLength(1);
    Object.values(resources.ofType(TYPE.securityGroup)).forEach(({ Properties }) => expect(Properties).not.toHaveProperty('SecurityGroupIngress'));
    expect(JSON.stringify(resources.ofType(TYPE.ingress))).not.toMatch(/Cidr/);
  });

  test('may read the secret of the user, and nothing more', () => {
    expect(statements(resources)).toEqual([{
      Effect: 'Allow', Action: ['secretsmanager:GetSecretValue', 'secretsmanager:DescribeSecret'], Resource: { Ref: secret },
    }]);
  });

  test('gets the environment', () => {
    expect(variablesOf(resources)).toEqual({
      CACHE_HOST: { 'Fn::GetAtt': [group, 'PrimaryEndPoint.Address'] },
      CACHE_PORT: '6379',
      CACHE_TLS: 'true',
      CACHE_READER_HOST: { 'Fn::GetAtt': [group, 'ReaderEndPoint.Address'] },
      CACHE_USERNAME: 'app',
      CACHE_SECRET_ARN: { Ref: secret },
    });
  });

  test('no password is in the environment', () => {
    expect(JSON.stringify(variablesOf(resources))).not.toContain('resolve:');
  });

  test('what it was given is returned', () => {
    expect(Object.keys(access.environment)).toEqual(VARIABLES);
    expect(stack.resolve(access.environment)).toEqual(variablesOf(resources));
    expect(access.user).toBe(cache.applicationUser);
    expect(access.secret).toBe(cache.applicationUser!.secret);
    expect(access.grant!.success).toBe(true);
  });

  test('the secret gets no policy of its own', () => {
    expect(resources.ids('AWS::SecretsManager::ResourcePolicy')).toEqual([]);
  });
});

describe('across stacks', () => {
  interface Layout {
    readonly vpcHome: 'a stack of its own' | 'the stack of the cache';
    readonly first: 'cache' | 'client';
    readonly key: boolean;
    readonly client: 'function' | 'service';
  }
  const layouts = (['a stack of its own', 'the stack of the cache'] as const).flatMap((vpcHome) => (['cache', 'client'] as const).flatMap((first) =>
    [false, true].flatMap((key) => (['function', 'service'] as const).map((client): Layout => ({ vpcHome, first, key, client })))));

  function build({ vpcHome, first, key, client }: Layout, grant = true) {
    const app = new App();
    const cacheStack = new Stack(app, 'Caches');
    const clientStack = new Stack(app, 'Clients');
    const vpc = new Vpc(vpcHome === 'a stack of its own' ? new Stack(app, 'Net') : cacheStack, 'Vpc', { maxAzs: 2 });
    const makeClient = () => client === 'function' ? functionIn(clientStack, vpc) : serviceIn(clientStack, vpc).service;
    const early = first === 'client' ? makeClient() : undefined;
    const cache = cacheIn(cacheStack, { vpc, encryptionKey: key ? new Key(cacheStack, 'Key') : undefined });
    const made = early ?? makeClient();
    if (grant) {
      cache.grantAccess(made);
    }
    const resources = (stack: Stack) => new Resources(app.synth().getStackByName(stack.stackName).template);
    return { app, cacheStack, clientStack, caches: resources(cacheStack), clients: resources(clientStack) };
  }

  describe.each(layouts.map((layout) => [
    `VPC in ${layout.vpcHome}, ${layout.first} made first, ${layout.key ? 'own key' : 'AWS\'s key'}, ${layout.client}`, layout,
  ] as const))('%s', (_, layout) => {
    const { cacheStack, clientStack, caches, clients } = build(layout);

    test('the client\'s stack depends on the cache\'s, never the other way round', () => {
      expect(clientStack.dependencies).toContain(cacheStack);
      expect(cacheStack.dependencies).not.toContain(clientStack);
    });

    test('no resource of the cache\'s stack is another for the client: not a rule, not the policy of secret or key', () => {
      expect(caches.all).toEqual(build(layout, false).caches.all);
    });

    test('rule and policy are in the client\'s stack', () => {
      expect(clients.props(TYPE.ingress)).toMatchObject({ FromPort: 6379, ToPort: 6379, IpProtocol: 'tcp' });
      expect(clients.props(TYPE.ingress).GroupId).toEqual({ 'Fn::ImportValue': expect.stringContaining('Caches:') });
      expect(JSON.stringify(statements(clients))).toContain('secretsmanager:GetSecretValue');
      expect(JSON.stringify(statements(clients)).includes('kms:Decrypt')).toBe(layout.key);
    });
  });
});

describe('the secret on a key of its own', () => {
  const { stack, vpc, fn } = scene();
  const key = new Key(stack, 'Key');
  new CacheCluster(stack, 'Keyed', { vpc, encryptionKey: key }).grantAccess(fn);
  const resources = Resources.of(stack);

  test('the client may decrypt with the key, but only through Secrets Manager', () => {
    expect(statements(resources)[1]).toEqual({
      Effect: 'Allow',
      Action: 'kms:Decrypt',
      Resource: { 'Fn::GetAtt': [resources.ids(TYPE.key)[0], 'Arn'] },
      Condition: { StringEquals: { 'kms:ViaService': { 'Fn::Join': ['', ['secretsmanager.', { Ref: 'AWS::Region' }, '.amazonaws.com']] } } },
    });
    expect(statements(resources)).toHaveLength(2);
  });

  test('the policy of the key does not name the client', () => {
    expect(JSON.stringify(resources.props(TYPE.key).KeyPolicy)).not.toContain('FnServiceRole');
  });
});

test('the region of kms:ViaService is the secret\'s', () => {
  const stack = stackOf('Stack', { env: { account: '111122223333', region: 'eu-west-3' } });
  const vpc = importedVpc(stack);
  new CacheCluster(stack, 'Cache', { vpc, encryptionKey: new Key(stack, 'Key') }).grantAccess(functionIn(stack, vpc));
  expect(JSON.stringify(statements(Resources.of(stack)))).toContain('"kms:ViaService":"secretsmanager.eu-west-3.amazonaws.com"');
});

describe('the environment', () => {
  test('begins with a prefix of choice', () => {
    const { stack, cache, fn } = scene();
    cache.grantAccess(fn, { environmentPrefix: 'SESSIONS_' });
    expect(Object.keys(variablesOf(Resources.of(stack)))).toEqual(VARIABLES.map((name) => name.replace('CACHE_', 'SESSIONS_')));
  });

  test('can be left out, and is still returned', () => {
    const { stack, cache, fn } = scene();
    const { environment } = cache.grantAccess(fn, { environment: false });
    expect(variablesOf(Resources.of(stack))).toBeUndefined();
    expect(Object.keys(environment)).toEqual(VARIABLES);
  });

  test('tells the port of the cache', () => {
    const { stack, cache, fn } = scene({ port: 7000 });
    cache.grantAccess(fn);
    const resources = Resources.of(stack);
    expect(variablesOf(resources).CACHE_PORT).toBe('7000');
    expect(resources.props(TYPE.ingress)).toMatchObject({ FromPort: 7000, ToPort: 7000 });
  });

  test('says when the cache takes no TLS', () => {
    const { stack, vpc, fn } = scene();
    new ReplicationGroup(stack, 'Plain', { vpc, transitEncryption: false }).grantAccess(fn);
    expect(variablesOf(Resources.of(stack)).CACHE_TLS).toBe('false');
  });

  test('a second cache under the same names is an error, not a change of the first one\'s', () => {
    const { stack, vpc, cache, fn } = scene();
    cache.grantAccess(fn);
    const before = Resources.of(stack).template;
    const second = new ReplicationGroup(stack, 'Second', { vpc });
    const error = errorOf(() => second.grantAccess(fn));
    expect(error.codes).toEqual(['EnvironmentTaken']);
    expect(error.message).toMatch(/CACHE_HOST .*Stack\/Cache .*environmentPrefix/);
    expect(variablesOf(new Resources(before)).CACHE_HOST).toEqual({ 'Fn::GetAtt': [expect.stringMatching(/^CacheReplicationGroup/), 'PrimaryEndPoint.Address'] });
  });

  test('a second cache under other names is fine', () => {
    const { stack, vpc, cache, fn } = scene();
    cache.grantAccess(fn);
    cacheIn(stack, { vpc }, 'Second').grantAccess(fn, { environmentPrefix: 'SECOND_' });
    const resources = Resources.of(stack);
    expect(Object.keys(variablesOf(resources))).toHaveLength(12);
    expect(resources.ids(TYPE.ingress)).toHaveLength(2);
  });

  test('the same cache twice is the same as once', () => {
    const once = scene();
    once.cache.grantAccess(once.fn);
    const twice = scene();
    twice.cache.grantAccess(twice.fn);
    twice.cache.grantAccess(twice.fn);
    expect(Resources.of(twice.stack).template).toEqual(Resources.of(once.stack).template);
  });

  test('another user of the same cache under the same names is an error: the client would log in as whoever came last', () => {
    const { stack, vpc, fn } = scene();
    const users = ['Reader', 'Writer'].map((id) => new PasswordUser(stack, id));
    const cache = cacheIn(stack, { vpc, authentication: CacheAuthentication.userGroup(new UserGroup(stack, 'Users', { users })) }, 'Shared');
    cache.grantAccess(fn, { user: users[0] });
    expect(errorOf(() => cache.grantAccess(fn, { user: users[1] })).codes).toEqual(['EnvironmentTaken']);
  });
});

describe('users', () => {
  test('a user that is given wins over the application user', () => {
    const { stack, cache, fn } = scene();
    const reader = new PasswordUser(stack, 'Reader');
    const access = cache.grantAccess(fn, { user: reader });
    expect(access.user).toBe(reader);
    const resources = Resources.of(stack);
    expect(variablesOf(resources)).toMatchObject({ CACHE_USERNAME: 'reader', CACHE_SECRET_ARN: { Ref: expect.stringMatching(/^ReaderSecret/) } });
    expect(statements(resources)[0].Resource).toEqual(variablesOf(resources).CACHE_SECRET_ARN);
  });

  test('a cache with a user group asks for one', () => {
    const { stack, vpc, fn } = scene();
    const userGroup = UserGroup.fromUserGroupId(stack, 'Theirs', 'theirs');
    const caches: ICacheCluster[] = [
      new CacheCluster(stack, 'High', { vpc, authentication: CacheAuthentication.userGroup(userGroup) }),
      new ReplicationGroup(stack, 'Low', { vpc, userGroup }),
      ReplicationGroup.fromReplicationGroupAttributes(stack, 'Imported', {
        replicationGroupId: 'imported',
        hasUserGroup: true,
        endpoint: new Endpoint('host', 6379),
        readerEndpoint: new Endpoint('reader', 6379),
        securityGroups: [SecurityGroup.fromSecurityGroupId(stack, 'Sg', 'sg-1')],
      }),
    ];
    caches.forEach((cache) => expect(errorOf(() => cache.grantAccess(fn)).codes).toEqual(['UserRequired']));
  });

  test('a cache without users asks for none, and gives network and environment alone', () => {
    const { stack, vpc, fn } = scene();
    const access = new ReplicationGroup(stack, 'Open', { vpc }).grantAccess(fn);
    expect(access).toMatchObject({ grant: undefined, user: undefined, secret: undefined });
    const resources = Resources.of(stack);
    expect(Object.keys(variablesOf(resources))).toEqual(VARIABLES.slice(0, 4));
    expect(resources.ids(TYPE.policy)).toEqual([]);
    expect(resources.ids(TYPE.ingress)).toHaveLength(1);
  });

  test('a user whose password is not known here is a warning', () => {
    const { stack, cache, fn } = scene();
    const user = User.fromUserId(stack, 'Theirs', 'theirs');
    const access = cache.grantAccess(fn, { user });
    expect(access.environment).toMatchObject({ CACHE_USERNAME: 'theirs' });
    expect(access.environment).not.toHaveProperty('CACHE_SECRET_ARN');
    Annotations.fromStack(stack).hasWarning('/Stack/Cache', Match.stringLikeRegexp('user Stack/Theirs has no secret.*cdk-elasticache::UserSecretUnknown'));
  });

  test('an imported user with a secret', () => {
    const { stack, cache, fn } = scene();
    const secret = Secret.fromSecretCompleteArn(stack, 'Pw', 'arn:aws:secretsmanager:eu-west-1:111122223333:secret:pw-abcdef');
    cache.grantAccess(fn, { user: User.fromUserAttributes(stack, 'Theirs', { userId: 'theirs', userName: 'them', secret }) });
    expect(variablesOf(Resources.of(stack))).toMatchObject({ CACHE_USERNAME: 'them', CACHE_SECRET_ARN: secret.secretArn });
  });

  test('a raw CfnUser', () => {
    const { stack, cache, fn } = scene();
    const user = new CfnUser(stack, 'Raw', { userId: 'raw', userName: 'Raw', engine: 'valkey', accessString: 'on ~* +@read' });
    expect(stack.resolve(cache.grantAccess(fn, { user }).environment)).toMatchObject({ CACHE_USERNAME: 'Raw' });
  });
});

describe('an imported cache', () => {
  const attributes = (stack: Stack) => ({
    replicationGroupId: 'legacy',
    endpoint: new Endpoint('legacy.abc.ng.0001.use1.cache.amazonaws.com', 6380),
    securityGroups: [SecurityGroup.fromSecurityGroupId(stack, 'LegacySg', 'sg-1')],
  });

  test('lets a client in', () => {
    const { stack, fn } = scene();
    const readerEndpoint = new Endpoint('legacy-ro.abc.ng.0001.use1.cache.amazonaws.com', 6380);
    ReplicationGroup.fromReplicationGroupAttributes(stack, 'Legacy', { ...attributes(stack), readerEndpoint }).grantAccess(fn);
    const resources = Resources.of(stack);
    expect(resources.props(TYPE.ingress)).toMatchObject({ GroupId: 'sg-1', FromPort: 6380, ToPort: 6380 });
    expect(variablesOf(resources)).toEqual({
      CACHE_HOST: 'legacy.abc.ng.0001.use1.cache.amazonaws.com',
      CACHE_PORT: '6380',
      CACHE_TLS: 'true',
      CACHE_READER_HOST: 'legacy-ro.abc.ng.0001.use1.cache.amazonaws.com',
    });
  });

  test('needs no reader endpoint: what is not known is not told', () => {
    const { stack, fn } = scene();
    const access = ReplicationGroup.fromReplicationGroupAttributes(stack, 'Legacy', {
      ...attributes(stack), engine: CacheEngine.redis(), clusterMode: ClusterMode.disabled(),
    }).grantAccess(fn);
    expect(Object.keys(access.environment)).toEqual(['CACHE_HOST', 'CACHE_PORT', 'CACHE_TLS']);
  });

  test.each(['endpoint', 'securityGroups'] as const)('names what it lacks: %s', (name) => {
    const { stack, fn } = scene();
    const cache = ReplicationGroup.fromReplicationGroupAttributes(stack, 'Legacy', {
      ...attributes(stack), readerEndpoint: new Endpoint('reader', 6380), [name]: undefined,
    });
    const error = errorOf(() => cache.grantAccess(fn));
    expect(error.codes).toEqual(['ImportLacksAttribute']);
    expect(error.message).toContain(`${name} of the imported replication group is not known`);
  });

  test('a port that is a token is told as a token', () => {
    const { stack, fn } = scene();
    const endpoint = new Endpoint('host', Token.asNumber(Fn.importValue('port')));
    ReplicationGroup.fromReplicationGroupAttributes(stack, 'Legacy', { ...attributes(stack), endpoint, readerEndpoint: endpoint }).grantAccess(fn);
    const resources = Resources.of(stack);
    expect(variablesOf(resources).CACHE_PORT).toEqual({ 'Fn::ImportValue': 'port' });
    expect(resources.props(TYPE.ingress)).toMatchObject({ FromPort: { 'Fn::ImportValue': 'port' }, ToPort: { 'Fn::ImportValue': 'port' } });
  });
});

test.each<[string, (fn: Function) => IFunction]>([
  ['a version', (fn) => fn.currentVersion],
  ['an alias', (fn) => new Alias(Stack.of(fn), 'Live', { aliasName: 'live', version: fn.currentVersion })],
])('%s does not get through by leaving out the environment: it has no connections, and the function itself is what to pass', (_, from) => {
  const { cache, fn } = scene();
  const { message } = errorOf(() => cache.grantAccess(from(fn), { environment: false }));
  expect(message).toMatch(/the function itself/);
  expect(message).not.toContain('give it the vpc');
});

describe('after an error nothing has changed', () => {
  type Scene = ReturnType<typeof scene>;
  const cases: [string, (s: Scene) => { cache: ICacheCluster; client: IConnectable; containers?: ContainerDefinition[] }][] = [
    ['UserRequired', ({ stack, vpc, fn }) => ({ cache: new ReplicationGroup(stack, 'Low', { vpc, userGroup: UserGroup.fromUserGroupId(stack, 'U', 'u') }), client: fn })],
    ['ClientNotInVpc', ({ stack, cache }) => ({ cache, client: functionIn(stack, undefined, 'Outside') })],
    ['ClientHasNoPrincipal', ({ stack, vpc, cache }) => ({ cache, client: new SecurityGroup(stack, 'Client', { vpc }) })],
    ['ClientHasNoContainer', ({ stack, vpc, cache }) => ({ cache, client: serviceIn(stack, vpc, []).service })],
    ['EnvironmentTaken', ({ stack, vpc, cache, fn }) => {
      cache.grantAccess(fn);
      return { cache: cacheIn(stack, { vpc }, 'Second'), client: fn };
    }],
    ['EnvironmentTaken', ({ stack, vpc, cache }) => {
      // The first container is free, the second is not.
      const { service, containers } = serviceIn(stack, vpc, ['A', 'B']);
      cache.grantAccess(service, { containers: [containers[1]] });
      return { cache: cacheIn(stack, { vpc }, 'Second'), client: service, containers };
    }],
    ['ImportLacksAttribute', ({ stack, fn }) => ({
      client: fn,
      cache: ReplicationGroup.fromReplicationGroupAttributes(stack, 'Legacy', {
        replicationGroupId: 'l', endpoint: new Endpoint('h', 6379), readerEndpoint: new Endpoint('h', 6379),
      }),
    })],
  ];

  test.each(cases)('%s', (code, arrange) => {
    const made = scene();
    const { cache, client, containers } = arrange(made);
    const state = () => made.stack.node.findAll().map(({ node }) => [node.path, node.metadata.length]);
    const resources = () => made.stack.resolve(made.stack.node.findAll().filter(CfnResource.isCfnResource)
      .map((each) => (each as any)._toCloudFormation()));
    const before = [state(), JSON.stringify(resources())];
    expect(errorOf(() => cache.grantAccess(client, { containers })).codes).toEqual([code]);
    expect([state(), JSON.stringify(resources())]).toEqual(before);
  });

  test('names that were not given stay free for another cache', () => {
    const { stack, vpc, cache } = scene();
    const { service, containers } = serviceIn(stack, vpc, ['A', 'B']);
    cache.grantAccess(service, { containers: [containers[1]] });
    const [second, third] = ['Second', 'Third'].map((id) => cacheIn(stack, { vpc }, id));
    errorOf(() => second.grantAccess(service, { containers }));
    expect(() => third.grantAccess(service, { containers: [containers[0]] })).not.toThrow();
  });

  test('names stay free when the cache turns out to have no security groups', () => {
    const { stack, vpc, fn } = scene();
    const endpoint = new Endpoint('h', 6379);
    const legacy = ReplicationGroup.fromReplicationGroupAttributes(stack, 'Legacy', { replicationGroupId: 'l', endpoint, readerEndpoint: endpoint });
    errorOf(() => legacy.grantAccess(fn));
    expect(() => new ReplicationGroup(stack, 'Open', { vpc }).grantAccess(fn)).not.toThrow();
  });
});

test.each<[string, (stack: Stack, endpoint: Endpoint) => ICacheCluster]>([
  ['replication group', (stack, endpoint) => ReplicationGroup.fromReplicationGroupAttributes(stack, 'Legacy', {
    replicationGroupId: 'l', endpoint, readerEndpoint: endpoint, securityGroups: [],
  })],
  ['Memcached cluster', (stack, endpoint) => MemcachedCluster.fromMemcachedClusterAttributes(stack, 'Legacy', {
    clusterName: 'l', endpoint, transitEncryption: true, securityGroups: [],
  })],
  ['serverless cache', (stack, endpoint) => ServerlessCache.fromServerlessCacheAttributes(stack, 'Legacy', {
    serverlessCacheName: 'l', endpoint, readerEndpoint: endpoint, securityGroups: [],
  })],
])('fails when an imported %s has an empty list of security groups: nobody could be let in', (what, importIn) => {
  const { stack, fn } = scene();
  const error = errorOf(() => importIn(stack, new Endpoint('h', 6379)).grantAccess(fn));
  expect(error.codes).toEqual(['ImportLacksAttribute']);
  expect(error.message).toContain(`securityGroups of the imported ${what} is not known`);
});

test('a cache can still be let in by hand', () => {
  const { stack, cache, fn } = scene();
  fn.connections.allowTo(cache, Port.tcp(6379));
  fn.connections.allowToDefaultPort(cache);
  expect(Resources.of(stack).props(TYPE.ingress)).toMatchObject({ FromPort: 6379, ToPort: 6379 });
});
