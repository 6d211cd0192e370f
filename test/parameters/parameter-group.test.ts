import { Duration, Size, RemovalPolicy, Token } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { CacheEngine, MaxmemoryPolicy, ParameterGroup, Parameters, RedisVersion, ValkeyVersion } from '../../src';
import { versionsOf } from '../../src/engine/private/engine-table';
import { judgeParameterValue, knownParameter } from '../../src/parameters/private/parameter-table';
import { errorOf, expectNoBrokenTokens, newGroup, newStack, parameter, propertiesOf, resourceOf, warningsOf } from '../support/cdk';

const TYPE = 'AWS::ElastiCache::ParameterGroup';
const ENGINES = [...versionsOf('valkey').map((version) => CacheEngine.of('valkey', version)), ...versionsOf('redis').map((version) => CacheEngine.of('redis', version))];

function groupOf(engine: CacheEngine, parameters?: Parameters) {
  const stack = newStack();
  new ParameterGroup(stack, 'Settings', { engine, parameters });
  return resourceOf(stack, TYPE);
}

describe('typed parameters', () => {
  test.each([
    [{ maxmemoryPolicy: MaxmemoryPolicy.ALLKEYS_LFU }, 'maxmemory-policy', 'allkeys-lfu'],
    [{ maxmemorySamples: 5 }, 'maxmemory-samples', '5'],
    [{ notifyKeyspaceEvents: 'Ex' }, 'notify-keyspace-events', 'Ex'],
    [{ notifyKeyspaceEvents: '' }, 'notify-keyspace-events', ''],
    [{ timeout: Duration.minutes(5) }, 'timeout', '300'],
    [{ timeout: Duration.seconds(0) }, 'timeout', '0'],
    [{ tcpKeepalive: Duration.seconds(60) }, 'tcp-keepalive', '60'],
    [{ slowlogLogSlowerThan: Duration.millis(5) }, 'slowlog-log-slower-than', '5000'],
    [{ slowlogLogSlowerThan: Duration.millis(0) }, 'slowlog-log-slower-than', '0'],
    [{ slowlogLogSlowerThan: Duration.seconds(1) }, 'slowlog-log-slower-than', '1000000'],
    [{ slowlogMaxLength: 0 }, 'slowlog-max-len', '0'],
    [{ activeDefragmentation: true }, 'activedefrag', 'yes'],
    [{ activeDefragmentation: false }, 'activedefrag', 'no'],
    [{ databases: 32 }, 'databases', '32'],
    [{ reservedMemoryPercent: 0 }, 'reserved-memory-percent', '0'],
  ])('%j is %s: %j', (typed, name, value) => {
    expect(Parameters.valkey(typed).values).toEqual({ [name]: value });
    expect(Parameters.redis(typed).values).toEqual({ [name]: value });
  });

  test('sizes of the command log are bytes', () => {
    const { values } = Parameters.valkey({
      commandlogRequestLargerThan: Size.kibibytes(512),
      commandlogReplyLargerThan: Size.mebibytes(2),
      commandlogLargeRequestMaxLength: 64,
      commandlogLargeReplyMaxLength: 0,
    });
    expect(values).toEqual({
      'commandlog-request-larger-than': '524288',
      'commandlog-reply-larger-than': '2097152',
      'commandlog-large-request-max-len': '64',
      'commandlog-large-reply-max-len': '0',
    });
    for (const [name, value] of Object.entries(values)) {
      expect(['valkey8', 'valkey9', 'valkey7', 'redis7'].map((family) => knownParameter(family, name) && judgeParameterValue(family, name, value).verdict))
        .toEqual(['ok', 'ok', undefined, undefined]);
    }
  });

  const ALL = Parameters.valkey({
    maxmemoryPolicy: MaxmemoryPolicy.NO_EVICTION,
    maxmemorySamples: 5,
    notifyKeyspaceEvents: 'Ex',
    timeout: Duration.seconds(20),
    tcpKeepalive: Duration.seconds(60),
    slowlogLogSlowerThan: Duration.millis(5),
    slowlogMaxLength: 256,
    activeDefragmentation: true,
    databases: 8,
    reservedMemoryPercent: 30,
  });

  test.each(Object.entries(ALL.values))('%s is a parameter that %s may be set to, of every family but the oldest', (name, value) => {
    for (const family of ['redis5.0', 'redis6.x', 'redis7', 'valkey7', 'valkey8', 'valkey9']) {
      expect([family, judgeParameterValue(family, name, value).verdict]).toEqual([family, 'ok']);
    }
  });

  test.each(Object.values(MaxmemoryPolicy))('policy %s is one of the table', (policy) => {
    expect(knownParameter('valkey8', 'maxmemory-policy')!.allowed!.split(',')).toContain(policy);
  });

  test('the policies are all of the table', () => {
    expect([...Object.values(MaxmemoryPolicy)].sort()).toEqual(knownParameter('valkey8', 'maxmemory-policy')!.allowed!.split(',').sort());
  });

  test('left out or undefined, they are not written', () => {
    expect(Parameters.valkey({}).values).toEqual({});
    const parameters = Parameters.valkey({
      maxmemoryPolicy: undefined, timeout: undefined, slowlogLogSlowerThan: undefined, activeDefragmentation: undefined,
    });
    expect(parameters.values).toEqual({});
  });
});

describe('combination', () => {
  test('the later wins', () => {
    const [left, right] = [Parameters.valkey({ maxmemorySamples: 3, databases: 1 }), Parameters.custom({ 'maxmemory-samples': '7', 'x': 'y' })];
    expect(Parameters.combine(left, right).values).toEqual({ 'maxmemory-samples': '7', 'databases': '1', 'x': 'y' });
    expect(Parameters.combine(right, left).values).toEqual({ 'maxmemory-samples': '3', 'databases': '1', 'x': 'y' });
    expect(left.values).toEqual({ 'maxmemory-samples': '3', 'databases': '1' });
  });

  test('of nothing is nothing', () => {
    expect(Parameters.combine().values).toEqual({});
  });

  test('what is given cannot be changed afterwards from outside', () => {
    const values = { timeout: '0' };
    const parameters = Parameters.custom(values);
    values.timeout = '1';
    expect(parameters.values).toEqual({ timeout: '0' });
  });
});

describe('resource', () => {
  // The logical id carries the family: CloudFormation cannot change a group's family, so an upgrade has to make another resource.
  test.each(ENGINES.map((engine) => [engine.toString(), engine] as const))('%s: family, description and logical id follow from it', (_, engine) => {
    const { logicalId, Properties } = groupOf(engine);
    expect(Properties).toEqual({ CacheParameterGroupFamily: engine.parameterGroupFamily, Description: `Settings of ${engine.parameterGroupFamily} caches` });
    const inId = engine.parameterGroupFamily.replace('.', '');
    expect(logicalId).toContain(`Settings${inId[0].toUpperCase()}${inId.slice(1)}`);
  });

  test('has another logical id for another family, and the same for another version of it', () => {
    const [v72, v80, v82, r71] = [
      CacheEngine.valkey(ValkeyVersion.V7_2), CacheEngine.valkey(ValkeyVersion.V8_0), CacheEngine.valkey(), CacheEngine.redis(),
    ].map((engine) => groupOf(engine).logicalId);
    expect(v80).toBe(v82);
    expect(new Set([v72, v82, r71]).size).toBe(3);
  });

  test('takes description, settings and removal policy', () => {
    const stack = newStack();
    const group = new ParameterGroup(stack, 'Settings', {
      engine: CacheEngine.valkey(), parameters: Parameters.valkey({ maxmemorySamples: 5 }), description: 'for tests', removalPolicy: RemovalPolicy.RETAIN,
    });
    const resource = resourceOf(stack, TYPE);
    expect(resource.Properties).toEqual({ CacheParameterGroupFamily: 'valkey8', Description: 'for tests', Properties: { 'maxmemory-samples': '5' } });
    expect([resource.DeletionPolicy, resource.UpdateReplacePolicy]).toEqual(['Retain', 'Retain']);
    expect(stack.resolve(group.parameterGroupName)).toEqual({ Ref: resource.logicalId });
    expect(group.parameterGroupRef).toEqual({ cacheParameterGroupName: group.parameterGroupName });
    expect(group.family).toBe('valkey8');
    expect(group.node.defaultChild).toBe(group.node.findChild('Valkey8'));
  });

  test('is deleted with the stack by default', () => {
    expect(groupOf(CacheEngine.valkey())).toMatchObject({ DeletionPolicy: 'Delete', UpdateReplacePolicy: 'Delete' });
  });

  test('is the same with props that are undefined as without them, and with no settings', () => {
    const [without, ...same] = [
      {}, { parameters: undefined, description: undefined, removalPolicy: undefined }, { parameters: Parameters.custom({}) },
    ].map((props) => {
      const stack = newStack();
      new ParameterGroup(stack, 'Settings', { engine: CacheEngine.valkey(), ...props });
      return Template.fromStack(stack).toJSON();
    });
    same.forEach((template) => expect(template).toEqual(without));
  });

  test('fits twice into one stack', () => {
    const stack = newStack();
    new ParameterGroup(stack, 'One', { engine: CacheEngine.valkey() });
    new ParameterGroup(stack, 'Two', { engine: CacheEngine.valkey() });
    Template.fromStack(stack).resourceCountIs(TYPE, 2);
  });
});

describe('checks', () => {
  test('a cache checks its parameters against its engine before anything is made', () => {
    const stack = newStack();
    const before = stack.node.findAll().length;
    const parameters = Parameters.custom({ 'lazyfree-lazy-eviction': 'yes' });
    expect(errorOf(() => newGroup(stack, { parameters, vpc: undefined })).codes).toEqual(['ParameterRemoved']);
    expect(stack.node.tryFindChild('Cache')).toBeUndefined();
    newGroup(stack, { parameters, engine: CacheEngine.redis(RedisVersion.V6_2) });
    expect(stack.node.findAll().length).toBeGreaterThan(before);
  });

  test('every wrong value has its own line', () => {
    const { codes } = errorOf(() => groupOf(CacheEngine.valkey(), Parameters.custom({ timeout: '1', databases: '0', maxmemory: '1' })));
    expect(codes).toEqual(['ParameterValueInvalid', 'ParameterValueInvalid', 'ParameterNotModifiable']);
  });

  test('an unknown name of a cache warns once', () => {
    const warnings = warningsOf(newGroup(newStack(), { parameters: Parameters.custom({ 'brand-new': 'x' }) }));
    expect(warnings.filter((warning) => warning.includes('cdk-elasticache::ParameterUnknown'))).toHaveLength(1);
  });

  test('a family that the library does not know is not judged', () => {
    const engine = CacheEngine.valkey(ValkeyVersion.of('10.0'));
    expect(groupOf(engine, Parameters.custom({ timeout: '1', anything: 'x' })).Properties)
      .toMatchObject({ CacheParameterGroupFamily: 'valkey10', Properties: { timeout: '1', anything: 'x' } });
  });
});

describe('tokens', () => {
  test('are taken as values of custom settings', () => {
    const stack = newStack();
    const value = parameter(stack, 'Value');
    new ParameterGroup(stack, 'Settings', { engine: CacheEngine.valkey(), parameters: Parameters.custom({ 'maxmemory-policy': value.string }), description: value.string });
    expect(propertiesOf(stack, TYPE)).toMatchObject({ Properties: { 'maxmemory-policy': value.ref }, Description: value.ref });
  });

  test.each([
    ['maxmemorySamples', 'maxmemory-samples', (value: number) => ({ maxmemorySamples: value })],
    ['databases', 'databases', (value: number) => ({ databases: value })],
    ['slowlogMaxLength', 'slowlog-max-len', (value: number) => ({ slowlogMaxLength: value })],
    ['reservedMemoryPercent', 'reserved-memory-percent', (value: number) => ({ reservedMemoryPercent: value })],
    ['timeout', 'timeout', (value: number) => ({ timeout: Duration.seconds(value) })],
    ['tcpKeepalive', 'tcp-keepalive', (value: number) => ({ tcpKeepalive: Duration.seconds(value) })],
  ])('are taken for %s', (_, name, typed) => {
    const stack = newStack();
    const value = parameter(stack, 'Value');
    new ParameterGroup(stack, 'Settings', { engine: CacheEngine.valkey(), parameters: Parameters.valkey(typed(value.number)) });
    expect(propertiesOf(stack, TYPE).Properties).toEqual({ [name]: value.ref });
  });

  test('are taken for notifyKeyspaceEvents', () => {
    const stack = newStack();
    const value = parameter(stack, 'Value');
    new ParameterGroup(stack, 'Settings', { engine: CacheEngine.valkey(), parameters: Parameters.valkey({ notifyKeyspaceEvents: value.string }) });
    expect(propertiesOf(stack, TYPE).Properties).toEqual({ 'notify-keyspace-events': value.ref });
  });

  // Milliseconds become microseconds, and CloudFormation cannot multiply.
  test('fails when slowlogLogSlowerThan is one, and names it', () => {
    expect(errorOf(() => Parameters.valkey({ slowlogLogSlowerThan: Duration.millis(Token.asNumber({ Ref: 'Value' })) })).message).toMatch(/slowlogLogSlowerThan.*token/);
  });

  test('make a family, and a logical id that does not depend on them', () => {
    const stack = newStack();
    const family = parameter(stack, 'Family');
    new ParameterGroup(stack, 'Settings', { engine: CacheEngine.valkey(ValkeyVersion.of('9.1', { parameterGroupFamily: family.string })) });
    const { logicalId, Properties } = resourceOf(stack, TYPE);
    expect(Properties.CacheParameterGroupFamily).toEqual(family.ref);
    expect(logicalId).toMatch(/^Settings[0-9A-F]{8}$/);
    expectNoBrokenTokens(Template.fromStack(stack).toJSON());
  });
});

describe('import', () => {
  test('by name, also AWS\'s own groups', () => {
    const stack = newStack();
    const group = ParameterGroup.fromParameterGroupName(stack, 'Settings', 'default.valkey8');
    expect([group.parameterGroupName, group.parameterGroupRef]).toEqual(['default.valkey8', { cacheParameterGroupName: 'default.valkey8' }]);
    expect(Template.fromStack(stack).toJSON().Resources).toBeUndefined();
  });

  test('is told from a group made here', () => {
    const stack = newStack();
    const group = new ParameterGroup(stack, 'Ours', { engine: CacheEngine.valkey() });
    const others = [ParameterGroup.fromParameterGroupName(stack, 'Imported', 'name'), undefined, null, 'text', {}, group.node.defaultChild];
    expect(ParameterGroup.isParameterGroup(group)).toBe(true);
    expect(others.map((other) => ParameterGroup.isParameterGroup(other))).toEqual(others.map(() => false));
  });
});
