// What is not known at synthesis is never judged and reaches the template as it is.
import { Duration } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import * as fc from 'fast-check';
import {
  AccessString, BackupWindow, CacheEngine, CacheNodeType, ClusterMode, MaintenanceWindow, NoPasswordUser, Parameters, PasswordUser, RedisVersion,
  ReplicationGroupProps, UserGroup, ValkeyVersion,
} from '../../src';
import { expectNoBrokenTokens, newGroup, newStack, parameter, propertiesOf } from '../support/cdk';

const TYPE = 'AWS::ElastiCache::ReplicationGroup';

type Parameter = ReturnType<typeof parameter>;

interface TokenProp {
  readonly props: (value: Parameter) => Partial<ReplicationGroupProps>;
  /** Where the parameter must be found, and as what. */
  readonly property: string;
  readonly rendered?: (value: Parameter) => unknown;
}

const TOKENS: Record<string, TokenProp> = {
  'port': { props: ({ number }) => ({ port: number }), property: 'Port' },
  'backupRetention': { props: ({ number }) => ({ backupRetention: Duration.days(number) }), property: 'SnapshotRetentionLimit' },
  'backupWindow': { props: ({ string }) => ({ backupWindow: BackupWindow.of(string) }), property: 'SnapshotWindow' },
  'maintenanceWindow': { props: ({ string }) => ({ maintenanceWindow: MaintenanceWindow.of(string) }), property: 'PreferredMaintenanceWindow' },
  'nodeType': { props: ({ string }) => ({ nodeType: CacheNodeType.of(string) }), property: 'CacheNodeType' },
  'description': { props: ({ string }) => ({ description: string }), property: 'ReplicationGroupDescription' },
  'replicationGroupId': { props: ({ string }) => ({ replicationGroupId: string }), property: 'ReplicationGroupId' },
  'a part of replicationGroupId': {
    props: ({ string }) => ({ replicationGroupId: `Cache_${string}` }),
    property: 'ReplicationGroupId',
    rendered: ({ ref }) => ({ 'Fn::Join': ['', [expect.stringMatching(/^cache_$/i), ref]] }),
  },
  'engine version': { props: ({ string }) => ({ engine: CacheEngine.valkey(ValkeyVersion.of(string, { parameterGroupFamily: 'valkey8' })) }), property: 'EngineVersion' },
  'redis version': { props: ({ string }) => ({ engine: CacheEngine.redis(RedisVersion.of(string, { parameterGroupFamily: 'redis7' })) }), property: 'EngineVersion' },
  'availabilityZones': { props: ({ list }) => ({ clusterMode: ClusterMode.disabled({ availabilityZones: list }) }), property: 'PreferredCacheClusterAZs' },
  'one of availabilityZones': {
    props: ({ string }) => ({ clusterMode: ClusterMode.disabled({ replicas: 1, availabilityZones: ['a', string] }) }),
    property: 'PreferredCacheClusterAZs',
    rendered: ({ ref }) => ['a', ref],
  },
};

test.each(Object.entries(TOKENS))('%s may be a token', (_, { props, property, rendered = ({ ref }) => ref }) => {
  const stack = newStack();
  const value = parameter(stack, 'Value');
  newGroup(stack, props(value));
  expect(propertiesOf(stack, TYPE)[property]).toEqual(rendered(value));
  expectNoBrokenTokens(Template.fromStack(stack).toJSON());
});

test('any of them may be tokens at once', () => {
  const names = Object.keys(TOKENS);
  fc.assert(fc.property(fc.subarray(names), (chosen) => {
    const stack = newStack();
    const values = new Map(chosen.map((name) => [name, parameter(stack, `Value${names.indexOf(name)}`)]));
    // Some props exclude each other by having one name: the last one counts.
    const props = Object.assign({}, ...chosen.map((name) => TOKENS[name].props(values.get(name)!)));
    newGroup(stack, props);
    expectNoBrokenTokens(Template.fromStack(stack).toJSON());
    const written = new Map(chosen.map((name) => [TOKENS[name].property, name]));
    for (const [property, name] of written) {
      const { rendered = ({ ref }) => ref } = TOKENS[name];
      expect([property, propertiesOf(stack, TYPE)[property]]).toEqual([property, rendered(values.get(name)!)]);
    }
  }), { numRuns: 25 });
});

test('a port that is a token reaches endpoint and security group rules', () => {
  const stack = newStack();
  const port = parameter(stack, 'Port');
  const [cache, client] = [newGroup(stack, { port: port.number }), newGroup(stack, {}, 'Client')];
  cache.connections.allowDefaultPortFrom(client);
  expect(propertiesOf(stack, 'AWS::EC2::SecurityGroupIngress')).toMatchObject({ FromPort: port.ref, ToPort: port.ref });
  expect(stack.resolve(cache.endpoint.port)).toEqual(port.ref);
});

test('windows that are tokens leave the other one as it would be', () => {
  const stack = newStack();
  newGroup(stack, { backupWindow: BackupWindow.of(parameter(stack, 'Window').string) });
  expect(propertiesOf(stack, TYPE).PreferredMaintenanceWindow).toBe('sun:05:00-sun:06:00');
});

test('users may be made of tokens', () => {
  fc.assert(fc.property(fc.subarray(['userName', 'userId', 'accessString'] as const), fc.boolean(), (chosen, withPassword) => {
    const stack = newStack();
    const value = parameter(stack, 'Value');
    const props = Object.fromEntries(chosen.map((name) => [name, name === 'accessString' ? AccessString.of(value.string) : value.string]));
    const user = withPassword ? new PasswordUser(stack, 'App', props) : new NoPasswordUser(stack, 'App', props);
    new UserGroup(stack, 'Users', { users: withPassword ? [user] : [] });
    expectNoBrokenTokens(Template.fromStack(stack).toJSON());
    const properties = propertiesOf(stack, 'AWS::ElastiCache::User');
    for (const name of chosen) {
      expect(properties[name[0].toUpperCase() + name.slice(1)]).toEqual(value.ref);
    }
  }), { numRuns: 20 });
});

test('settings of a cache may be tokens', () => {
  const stack = newStack();
  const value = parameter(stack, 'Value');
  newGroup(stack, { parameters: Parameters.custom({ 'maxmemory-policy': value.string, 'brand-new': value.string }) });
  expect(propertiesOf(stack, 'AWS::ElastiCache::ParameterGroup').Properties).toEqual({ 'maxmemory-policy': value.ref, 'brand-new': value.ref });
});
