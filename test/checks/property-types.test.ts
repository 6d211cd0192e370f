// What properties are, against the specification of CloudFormation that CDK is made from.
import { loadAwsServiceSpecSync } from '@aws-cdk/aws-service-spec';
import { isList, typed } from '../../src/checks/template/property-types';

const TYPES = [
  ...['ReplicationGroup', 'CacheCluster', 'ServerlessCache', 'GlobalReplicationGroup', 'User', 'UserGroup', 'ParameterGroup', 'SubnetGroup',
    'ServerlessCacheSnapshot'].map((name) => `AWS::ElastiCache::${name}`),
];
const OTHERS = [
  'AWS::EC2::SecurityGroup', 'AWS::EC2::SecurityGroupIngress', 'AWS::EC2::Subnet', 'AWS::Logs::LogGroup', 'AWS::SNS::Topic', 'AWS::KMS::Key',
  'AWS::ApplicationAutoScaling::ScalableTarget', 'AWS::ApplicationAutoScaling::ScalingPolicy',
];

/** What CloudFormation gives back, and no template writes. */
const READ_ONLY = ['Endpoint', 'ReaderEndpoint'];

interface Property { readonly name: string; readonly kind: string; readonly top: boolean }

const database = loadAwsServiceSpecSync();

function leaves(properties: Record<string, { type: any }>, top = true, seen: string[] = []): Property[] {
  return Object.entries(properties).filter(([name]) => !READ_ONLY.includes(name)).flatMap(([name, { type }]) => kinds(name, type, top, seen));
}

function kinds(name: string, type: any, top: boolean, seen: string[]): Property[] {
  switch (type.type) {
    case 'array': return [...top ? [{ name, kind: 'list', top }] : [], ...kinds(name, type.element, false, seen)];
    case 'map': return kinds('*', type.element, false, seen);
    case 'union': return kinds(name, type.types[0], top, seen);
    case 'ref': {
      const id = type.reference.$ref;
      return seen.includes(id) ? [] : leaves(database.get('typeDefinition', id).properties as any, false, [...seen, id]);
    }
    default: return [{ name, kind: type.type, top }];
  }
}

function propertiesOf(type: string): Property[] {
  return leaves(database.lookup('resource', 'cloudFormationType', 'equals', type).only().properties as any);
}

describe.each(TYPES)('%s', (type) => {
  const properties = propertiesOf(type);

  test('has texts, numbers, flags and lists where the specification has them', () => {
    for (const { name, kind } of properties.filter(({ kind: each }) => !['json', 'tag', 'list'].includes(each))) {
      const expected = { boolean: [true, '2'], number: ['true', 2], integer: ['true', 2] }[kind] ?? ['true', '2'];
      expect([name, typed(type, name, 'true'), typed(type, name, '2')]).toEqual([name, ...expected]);
    }
    const lists = properties.filter(({ kind }) => kind === 'list').map(({ name }) => name);
    expect(lists.filter((name) => !isList(name))).toEqual([]);
    expect(properties.filter(({ name, kind, top }) => top && kind !== 'list' && isList(name))).toEqual([]);
  });
});

test('what rules read of other services is no text where it is a number or a flag', () => {
  const all = OTHERS.flatMap((type) => propertiesOf(type).map((property) => ({ ...property, type })));
  for (const { name, type } of all.filter((each) => each.kind === 'string')) {
    expect([name, typed(type, name, 'true'), typed(type, name, '2')]).toEqual([name, 'true', '2']);
  }
  for (const name of ['FromPort', 'ToPort', 'MinCapacity', 'MaxCapacity', 'RetentionInDays', 'TargetValue']) {
    expect(all.filter((each) => each.name === name).map(({ type }) => typed(type, name, '2'))).toContain(2);
  }
});
