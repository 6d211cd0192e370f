import { App, RemovalPolicy, Stack, Token } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { ISubnet, IVpc, Subnet, SubnetType, Vpc } from 'aws-cdk-lib/aws-ec2';
import { Construct } from 'constructs';
import { SubnetGroup } from '../../src';
import { errorOf, expectNoBrokenTokens, newGroup, newStack, newVpc, parameter, propertiesOf, resourceOf, warningsOf } from '../support/cdk';

const TYPE = 'AWS::ElastiCache::SubnetGroup';
const ZONES = ['eu-central-1a', 'eu-central-1b'];

function imported(scope: Construct, kinds: { private?: string[]; isolated?: string[]; public?: string[] }): IVpc {
  return Vpc.fromVpcAttributes(scope, 'Given', {
    vpcId: 'vpc-2', availabilityZones: ZONES, privateSubnetIds: kinds.private, isolatedSubnetIds: kinds.isolated, publicSubnetIds: kinds.public,
  });
}

describe('choice of subnets', () => {
  test.each([
    ['private ones', { private: ['p1', 'p2'], isolated: ['i1', 'i2'], public: ['o1', 'o2'] }, ['p1', 'p2']],
    ['isolated ones when there are no private ones', { isolated: ['i1', 'i2'], public: ['o1', 'o2'] }, ['i1', 'i2']],
    ['private ones alone', { private: ['p1', 'p2'] }, ['p1', 'p2']],
  ])('takes %s', (_, kinds, expected) => {
    const stack = newStack();
    const group = new SubnetGroup(stack, 'Subnets', { vpc: imported(stack, kinds) });
    expect(propertiesOf(stack, TYPE).SubnetIds).toEqual(expected);
    expect(warningsOf(group)).toEqual([]);
  });

  test.each([['only public subnets', { public: ['o1', 'o2'] }], ['no subnets', {}]])('fails when the VPC has %s', (_, kinds) => {
    const stack = newStack();
    const vpc = imported(stack, kinds);
    const { message, codes } = errorOf(() => new SubnetGroup(stack, 'Subnets', { vpc }));
    expect(codes).toEqual(['NoPrivateSubnets']);
    expect(message).toMatch(/^\[NoPrivateSubnets\] vpc has neither private nor isolated subnets.*vpcSubnets at Stack\/Subnets$/);
    expect(errorOf(() => newGroup(stack, { vpc })).codes).toEqual(['NoPrivateSubnets']);
  });

  test('takes public ones when asked, and warns', () => {
    const stack = newStack();
    const group = new SubnetGroup(stack, 'Subnets', { vpc: imported(stack, { private: ['p1', 'p2'], public: ['o1', 'o2'] }), vpcSubnets: { subnetType: SubnetType.PUBLIC } });
    expect(propertiesOf(stack, TYPE).SubnetIds).toEqual(['o1', 'o2']);
    expect(warningsOf(group)).toHaveLength(1);
    expect(warningsOf(group)[0]).toContain('[ack: cdk-elasticache::PublicSubnets]');
  });

  test('warns once of public subnets of a cache', () => {
    const stack = newStack();
    const cache = newGroup(stack, { vpc: imported(stack, { public: ['o1', 'o2'] }), vpcSubnets: { subnetType: SubnetType.PUBLIC } });
    expect(warningsOf(cache).filter((warning) => warning.includes('PublicSubnets'))).toHaveLength(1);
  });

  test.each([
    ['has one more', (vpc: IVpc, subnet: ISubnet) => vpc.privateSubnets.push(subnet), ['p1', 'p2', 'p3']],
    ['has another in its place', (vpc: IVpc, subnet: ISubnet) => vpc.privateSubnets.splice(1, 1, subnet), ['p1', 'p3']],
    ['has private ones now', (vpc: IVpc, subnet: ISubnet) => vpc.privateSubnets.push(subnet), ['p3'], { isolated: ['p1', 'p2'] }],
  ])('takes others when the VPC %s', (_, change, expected, kinds: object = { private: ['p1', 'p2'] }) => {
    const stack = newStack();
    const vpc = imported(stack, kinds);
    new SubnetGroup(stack, 'Before', { vpc });
    change(vpc, Subnet.fromSubnetAttributes(stack, 'Later', { subnetId: 'p3', availabilityZone: ZONES[0] }));
    new SubnetGroup(stack, 'After', { vpc });
    const found = Object.values(Template.fromStack(stack).findResources(TYPE)).map(({ Properties }) => Properties.SubnetIds);
    expect(found).toEqual([['p1', 'p2'], expected]);
  });

  test('takes those that are named', () => {
    const stack = newStack();
    const vpc = imported(stack, { private: ['p1', 'p2'], isolated: ['i1', 'i2'] });
    new SubnetGroup(stack, 'Subnets', { vpc, vpcSubnets: { subnets: [vpc.isolatedSubnets[1]] } });
    expect(propertiesOf(stack, TYPE).SubnetIds).toEqual(['i2']);
  });

  test('fails when none are chosen', () => {
    const stack = newStack();
    const { codes, message } = errorOf(() => new SubnetGroup(stack, 'Subnets', { vpc: newVpc(stack), vpcSubnets: { subnets: [] } }));
    expect(codes).toEqual(['NoSubnets']);
    expect(message).toContain('vpcSubnets selects no subnet of the vpc, got: {"subnets":[]}');
  });

  // Such a subnet throws when it is asked for its zone.
  test('takes subnets of which only the id is known', () => {
    const stack = newStack();
    new SubnetGroup(stack, 'Subnets', { vpc: newVpc(stack), vpcSubnets: { subnets: [Subnet.fromSubnetId(stack, 'One', 'subnet-1')] } });
    expect(propertiesOf(stack, TYPE).SubnetIds).toEqual(['subnet-1']);
  });
});

describe('sources of the VPC', () => {
  test('a new VPC: references to its private subnets', () => {
    const stack = newStack();
    const vpc = new Vpc(stack, 'Vpc', { maxAzs: 2 });
    new SubnetGroup(stack, 'Subnets', { vpc });
    expect(propertiesOf(stack, TYPE).SubnetIds).toEqual(vpc.privateSubnets.map((subnet) => stack.resolve(subnet.subnetId)));
  });

  test('a VPC without NAT gateways: its isolated subnets', () => {
    const stack = newStack();
    const vpc = new Vpc(stack, 'Vpc', { maxAzs: 2, natGateways: 0 });
    new SubnetGroup(stack, 'Subnets', { vpc });
    expect(propertiesOf(stack, TYPE).SubnetIds).toEqual(vpc.isolatedSubnets.map((subnet) => stack.resolve(subnet.subnetId)));
  });

  test('a VPC of another stack', () => {
    const app = new App();
    const vpc = new Vpc(new Stack(app, 'Network'), 'Vpc', { maxAzs: 2 });
    const stack = new Stack(app, 'Stack');
    new SubnetGroup(stack, 'Subnets', { vpc });
    expect(propertiesOf(stack, TYPE).SubnetIds).toEqual([expect.objectContaining({ 'Fn::ImportValue': expect.anything() }), expect.objectContaining({ 'Fn::ImportValue': expect.anything() })]);
  });

  test('a VPC that is still to be looked up', () => {
    const stack = newStack({ env: { account: '111122223333', region: 'eu-central-1' } });
    const cache = newGroup(stack, { vpc: Vpc.fromLookup(stack, 'Vpc', { vpcId: 'vpc-3' }) });
    expect(propertiesOf(stack, TYPE).SubnetIds.length).toBeGreaterThan(0);
    expect(warningsOf(cache).filter((warning) => warning.includes('cdk-elasticache'))).toEqual([]);
  });
});

describe('zones', () => {
  const oneZone = (scope: Construct) => Vpc.fromVpcAttributes(scope, 'Narrow', {
    vpcId: 'vpc-2', availabilityZones: ['eu-central-1a'], privateSubnetIds: ['p1', 'p2'],
  });
  const warned = (construct: Construct) => warningsOf(construct).some((warning) => warning.includes('cdk-elasticache::MultiAzInOneZone'));

  test('warns when a Multi-AZ cache is in one zone', () => {
    const stack = newStack();
    expect(warned(newGroup(stack, { vpc: oneZone(stack) }))).toBe(true);
  });

  test('warns when the subnet group is in one zone', () => {
    const stack = newStack();
    expect(warned(newGroup(stack, { subnetGroup: new SubnetGroup(stack, 'Subnets', { vpc: oneZone(stack) }) }))).toBe(true);
  });

  test('does not warn without Multi-AZ, in two zones, or where zones are not known', () => {
    const stack = newStack();
    const vpc = oneZone(stack);
    expect(warned(newGroup(stack, { vpc, multiAz: false }, 'One'))).toBe(false);
    expect(warned(newGroup(stack, {}, 'Two'))).toBe(false);
    expect(warned(newGroup(stack, { subnetGroup: SubnetGroup.fromSubnetGroupName(stack, 'Imported', 'name') }, 'Three'))).toBe(false);
    expect(warned(newGroup(stack, { vpc: new Vpc(stack, 'Agnostic', { maxAzs: 2 }) }, 'Four'))).toBe(false);
  });
});

describe('resource', () => {
  test('names the construct it belongs to, and is deleted with the stack', () => {
    const stack = newStack();
    new SubnetGroup(stack, 'Subnets', { vpc: newVpc(stack) });
    const resource = resourceOf(stack, TYPE);
    expect(resource.Properties).toEqual({ Description: 'Subnets of ElastiCache caches: Stack/Subnets', SubnetIds: ['subnet-a', 'subnet-b'] });
    expect([resource.DeletionPolicy, resource.UpdateReplacePolicy]).toEqual(['Delete', 'Delete']);
  });

  test('takes description, name and removal policy', () => {
    const stack = newStack();
    const group = new SubnetGroup(stack, 'Subnets', {
      vpc: newVpc(stack), description: 'for tests', subnetGroupName: 'my-group', removalPolicy: RemovalPolicy.RETAIN,
    });
    const resource = resourceOf(stack, TYPE);
    expect(resource.Properties).toMatchObject({ Description: 'for tests', CacheSubnetGroupName: 'my-group' });
    expect([resource.DeletionPolicy, resource.UpdateReplacePolicy]).toEqual(['Retain', 'Retain']);
    expect(stack.resolve(group.subnetGroupName)).toEqual({ Ref: resource.logicalId });
    expect(group.subnetGroupRef).toEqual({ cacheSubnetGroupName: group.subnetGroupName });
  });

  test('writes its name in lower case, as the service stores it', () => {
    const stack = newStack();
    new SubnetGroup(stack, 'Subnets', { vpc: newVpc(stack), subnetGroupName: 'MyGroup' });
    expect(propertiesOf(stack, TYPE).CacheSubnetGroupName).toBe('mygroup');
  });

  test('takes tokens', () => {
    const stack = newStack();
    const [name, text] = [parameter(stack, 'Name'), parameter(stack, 'Text')];
    new SubnetGroup(stack, 'Subnets', { vpc: newVpc(stack), subnetGroupName: name.string, description: text.string });
    expect(propertiesOf(stack, TYPE)).toMatchObject({ CacheSubnetGroupName: name.ref, Description: text.ref });
    expectNoBrokenTokens(Template.fromStack(stack).toJSON());
  });

  test('is the same with props that are undefined as without them', () => {
    const [without, withUndefined] = [
      {}, { vpcSubnets: undefined, description: undefined, subnetGroupName: undefined, removalPolicy: undefined },
    ].map((props) => {
      const stack = newStack();
      new SubnetGroup(stack, 'Subnets', { vpc: newVpc(stack), ...props });
      return Template.fromStack(stack).toJSON();
    });
    expect(withUndefined).toEqual(without);
  });

  test('fits twice into one stack', () => {
    const stack = newStack();
    const vpc = newVpc(stack);
    new SubnetGroup(stack, 'One', { vpc });
    new SubnetGroup(stack, 'Two', { vpc });
    Template.fromStack(stack).resourceCountIs(TYPE, 2);
  });
});

describe('import', () => {
  test('by name', () => {
    const stack = newStack();
    const name = Token.asString({ Ref: 'Name' });
    const group = SubnetGroup.fromSubnetGroupName(stack, 'Subnets', name);
    expect([group.subnetGroupName, group.subnetGroupRef]).toEqual([name, { cacheSubnetGroupName: name }]);
    expect(Template.fromStack(stack).toJSON().Resources).toBeUndefined();
  });

  test('is told from a group made here', () => {
    const stack = newStack();
    const group = new SubnetGroup(stack, 'Ours', { vpc: newVpc(stack) });
    const others = [SubnetGroup.fromSubnetGroupName(stack, 'Imported', 'name'), undefined, null, 'text', {}, group.node.defaultChild];
    expect(SubnetGroup.isSubnetGroup(group)).toBe(true);
    expect(others.map((other) => SubnetGroup.isSubnetGroup(other))).toEqual(others.map(() => false));
  });
});
