import { Duration, RemovalPolicy, Token } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { Construct } from 'constructs';
import {
  AccessString, CacheEngine, CacheNodeType, ClusterMode, LogDelivery, NoPasswordUser, ParameterGroup, Parameters, PasswordUser, ReplicationGroup,
  SubnetGroup, UserGroup,
} from '../../src';
import { attach, Inspection, isAcknowledged } from '../../src/private/check';
import { fail, failAll, futurePath, idOf } from '../../src/private/errors';
import { asText, daysOf, isKnown } from '../../src/private/tokens';
import { acknowledge, errorOf, newGroup, newStack, newVpc, propertiesOf, warningsOf } from '../support/cdk';

describe('errors', () => {
  test('of a value that stands alone have no place', () => {
    const error = errorOf(() => fail(undefined, 'SomeCode', 'port must be free, got: 80'));
    expect([error.message, error.codes, error.name]).toEqual(['[SomeCode] port must be free, got: 80', ['SomeCode'], 'CacheConfigurationError']);
    expect(error).toBeInstanceOf(Error);
  });

  test('name the path of a construct', () => {
    expect(errorOf(() => fail(new Construct(newStack(), 'Cache'), 'SomeCode', 'port is taken')).message).toBe('[SomeCode] port is taken at Stack/Cache');
    expect(errorOf(() => fail('Stack/Later', 'SomeCode', 'port is taken')).message).toBe('[SomeCode] port is taken at Stack/Later');
  });

  test('hold all problems, and how to acknowledge those that can be', () => {
    const error = errorOf(() => failAll('Stack/Cache', [
      { code: 'One', message: 'one is wrong', acknowledgeable: false }, { code: 'Two', message: 'two is wrong', acknowledgeable: true },
    ]));
    expect(error.message.split('\n').slice(0, 3)).toEqual(['2 problems at Stack/Cache:', '  [One] one is wrong', '  [Two] two is wrong']);
    expect(error.message).toContain('id: \'cdk-elasticache::Two\'');
    expect(error.message).not.toContain('cdk-elasticache::One');
    expect(error.codes).toEqual(['One', 'Two']);
  });

  test('a place is known before the construct is made', () => {
    const stack = newStack();
    expect(futurePath(stack, 'Cache')).toBe('Stack/Cache');
    expect(futurePath(stack.node.root, 'Stack')).toBe('Stack');
    expect(idOf('SomeCode')).toBe('cdk-elasticache::SomeCode');
  });
});

describe('inspection', () => {
  test('collects, and throws once at its end', () => {
    const inspection = new Inspection(newStack(), 'Cache');
    inspection.misuse('One', 'one is wrong');
    inspection.misuse('Two', 'two is wrong');
    expect(errorOf(() => inspection.finish()).codes).toEqual(['One', 'Two']);
  });

  test('gives warnings when nothing is wrong', () => {
    const stack = newStack();
    const inspection = new Inspection(stack, 'Cache');
    inspection.warn('Odd', 'odd but allowed');
    const construct = new Construct(stack, 'Cache');
    attach(construct, inspection.finish());
    expect(warningsOf(construct)).toEqual(['odd but allowed [ack: cdk-elasticache::Odd]']);
  });
});

describe('acknowledgement', () => {
  test('counts on the scope and everything below it', () => {
    const stack = newStack();
    const inner = new Construct(new Construct(stack, 'Outer'), 'Inner');
    expect(isAcknowledged(inner, 'SomeCode')).toBe(false);
    acknowledge(stack, 'SomeCode');
    expect([inner, stack, stack.node.root].map((scope) => isAcknowledged(scope, 'SomeCode'))).toEqual([true, true, false]);
    expect(isAcknowledged(inner, 'SomeCodeOther')).toBe(false);
  });

  // CDK itself silences every warning under an acknowledged id, so the error must not promise one.
  test('does what the error promises: the rule no longer stops anybody', () => {
    const stack = newStack();
    expect(errorOf(() => newGroup(stack, { port: 80 })).message).toContain('it no longer stops you');
    acknowledge(stack, 'PortOutOfRange');
    expect(warningsOf(newGroup(stack, { port: 80 }))).toEqual([]);
    expect(propertiesOf(stack, 'AWS::ElastiCache::ReplicationGroup').Port).toBe(80);
  });

  test('of one problem leaves the others', () => {
    const stack = newStack();
    acknowledge(stack, 'PortOutOfRange');
    expect(errorOf(() => newGroup(stack, { port: 80, description: '' })).codes).toEqual(['DescriptionInvalid']);
  });

  test('does not reach misuse, which no template could express', () => {
    const stack = newStack();
    acknowledge(stack, 'NoSecurityGroups');
    const error = errorOf(() => newGroup(stack, { securityGroups: [] }));
    expect(error.codes).toEqual(['NoSecurityGroups']);
    expect(error.message).not.toContain('acknowledge');
  });
});

test('all problems of a construct come in one error', () => {
  const stack = newStack();
  const vpc = newVpc(stack);
  const error = errorOf(() => new ReplicationGroup(stack, 'Cache', {
    vpc,
    port: 80,
    description: '',
    replicationGroupId: 'a--b',
    backupRetention: Duration.days(36),
    nodeType: CacheNodeType.of('cache.m3.large'),
    clusterMode: ClusterMode.disabled({ replicas: 0 }),
    automaticFailover: true,
    securityGroups: [],
    vpcSubnets: {},
    subnetGroup: SubnetGroup.fromSubnetGroupName(stack, 'Subnets', 'subnets'),
    parameters: Parameters.custom({ timeout: '1', maxmemory: '2' }),
  }));
  expect([...error.codes!].sort()).toEqual([
    'BackupRetentionOutOfRange', 'DescriptionInvalid', 'FailoverNeedsReplica', 'NoSecurityGroups', 'NodeTypeNotCreatable', 'ParameterNotModifiable',
    'ParameterValueInvalid', 'PortOutOfRange', 'PropsExclusive', 'ReplicationGroupIdInvalid',
  ]);
  expect(error.message).toMatch(/^10 problems at Stack\/Cache:\n/);
  expect(error.message.split('\n').filter((line) => line.startsWith('  ['))).toHaveLength(10);
});

describe('a constructor that fails leaves nothing behind', () => {
  type Make = (scope: Construct, vpc: ReturnType<typeof newVpc>) => unknown;
  const FAILING: Record<string, [Make, Make]> = {
    ReplicationGroup: [(scope, vpc) => new ReplicationGroup(scope, 'Thing', { vpc, port: 80 }), (scope, vpc) => new ReplicationGroup(scope, 'Thing', { vpc })],
    SubnetGroup: [(scope, vpc) => new SubnetGroup(scope, 'Thing', { vpc, subnetGroupName: 'default' }), (scope, vpc) => new SubnetGroup(scope, 'Thing', { vpc })],
    ParameterGroup: [
      (scope) => new ParameterGroup(scope, 'Thing', { engine: CacheEngine.valkey(), parameters: Parameters.custom({ timeout: '1' }) }),
      (scope) => new ParameterGroup(scope, 'Thing', { engine: CacheEngine.valkey() }),
    ],
    PasswordUser: [(scope) => new PasswordUser(scope, 'Thing', { accessString: AccessString.of('reset') }), (scope) => new PasswordUser(scope, 'Thing')],
    NoPasswordUser: [(scope) => new NoPasswordUser(scope, 'Thing', { engine: CacheEngine.valkey() }), (scope) => new NoPasswordUser(scope, 'Thing')],
  };

  test.each(Object.entries(FAILING))('%s', (_, [bad, good]) => {
    const stack = newStack();
    const vpc = newVpc(stack);
    const before = stack.node.findAll().map((child) => child.node.path);
    expect(() => bad(stack, vpc)).toThrow();
    expect(stack.node.findAll().map((child) => child.node.path)).toEqual(before);
    good(stack, vpc);
    expect(Object.keys(Template.fromStack(stack).toJSON().Resources)).not.toEqual([]);
  });
});

// CloudFormation takes a snapshot only of caches; a template that asks for another resource's is refused when it is deployed.
test.each<[string, (scope: Construct, vpc: ReturnType<typeof newVpc>) => unknown]>([
  ['a subnet group', (scope, vpc) => new SubnetGroup(scope, 'Thing', { vpc, removalPolicy: RemovalPolicy.SNAPSHOT })],
  ['a parameter group', (scope) => new ParameterGroup(scope, 'Thing', { engine: CacheEngine.valkey(), removalPolicy: RemovalPolicy.SNAPSHOT })],
  ['a user group', (scope) => new UserGroup(scope, 'Thing', { removalPolicy: RemovalPolicy.SNAPSHOT })],
  ['a secret', (scope) => new PasswordUser(scope, 'Thing', { removalPolicy: RemovalPolicy.SNAPSHOT })],
  ['a log', (scope, vpc) => new ReplicationGroup(scope, 'Thing', { vpc, slowLog: LogDelivery.cloudWatch({ removalPolicy: RemovalPolicy.SNAPSHOT }) })],
])('fails when the removal policy is a snapshot of %s', (_, make) => {
  const stack = newStack();
  expect(errorOf(() => make(stack, newVpc(stack))).message).toMatch(/removalPolicy.*SNAPSHOT/i);
});

describe('tokens', () => {
  const token = { Ref: 'Parameter' };

  test('are not known, alone or inside a list', () => {
    const unknown = [undefined, null, Token.asString(token), Token.asNumber(token), Token.asList(token), Token.asAny(token), ['a', Token.asString(token)], [undefined]];
    expect(unknown.map((value) => isKnown(value))).toEqual(unknown.map(() => false));
    const known = ['', 'a', 0, false, [], ['a'], {}];
    expect(known.map((value) => isKnown(value))).toEqual(known.map(() => true));
  });

  test('of numbers become text that still refers to them', () => {
    expect(asText(6379)).toBe('6379');
    expect(newStack().resolve(asText(Token.asNumber(token)))).toEqual(token);
  });

  test('of days stay tokens; other durations become days', () => {
    expect(daysOf(undefined)).toBeUndefined();
    expect([daysOf(Duration.days(7)), daysOf(Duration.hours(36)), daysOf(Duration.days(0))]).toEqual([7, 1.5, 0]);
    expect(newStack().resolve(daysOf(Duration.days(Token.asNumber(token))))).toEqual(token);
  });
});
