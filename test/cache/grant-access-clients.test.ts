import { Stack } from 'aws-cdk-lib';
import { Connections, IConnectable, Instance, InstanceType, MachineImage, SecurityGroup } from 'aws-cdk-lib/aws-ec2';
import { Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { Alias, Function, IFunction } from 'aws-cdk-lib/aws-lambda';
import { functionIn, scene, serviceIn, VARIABLES } from './clients';
import { cacheIn, errorOf, Resources, TYPE } from './fixtures';
import { ReplicationGroup } from '../../src';

const containersOf = (resources: Resources) => resources.props('AWS::ECS::TaskDefinition').ContainerDefinitions;
const namesOf = (container: any) => (container.Environment ?? []).map(({ Name }: any) => Name);
const statements = (resources: Resources) =>
  Object.values(resources.ofType(TYPE.policy)).flatMap(({ Properties }) => Properties.PolicyDocument.Statement);

describe('an ECS service', () => {
  test('its default container gets the environment, its task role the permission', () => {
    const { stack, vpc, cache } = scene();
    const { service } = serviceIn(stack, vpc, ['App', 'Sidecar']);
    cache.grantAccess(service);
    const resources = Resources.of(stack);
    expect(containersOf(resources).map(namesOf)).toEqual([VARIABLES, []]);
    expect(Object.values(resources.ofType(TYPE.policy)).map(({ Properties }) => Properties.Roles)).toEqual([[{ Ref: expect.stringMatching(/^ServiceTaskTaskRole/) }]]);
  });

  test('containers of choice get the environment instead', () => {
    const { stack, vpc, cache } = scene();
    const { service, containers } = serviceIn(stack, vpc, ['App', 'Worker', 'Sidecar']);
    cache.grantAccess(service, { containers: containers.slice(1) });
    expect(containersOf(Resources.of(stack)).map(namesOf)).toEqual([[], VARIABLES, VARIABLES]);
  });

  test('its rule is on its own security group', () => {
    const { stack, vpc, cache } = scene();
    cache.grantAccess(serviceIn(stack, vpc).service);
    expect(Resources.of(stack).props(TYPE.ingress).SourceSecurityGroupId).toEqual({ 'Fn::GetAtt': [expect.stringMatching(/^ServiceSecurityGroup/), 'GroupId'] });
  });

  test('without a container yet it is an error, with three ways out', () => {
    const { stack, vpc, cache } = scene();
    const error = errorOf(() => cache.grantAccess(serviceIn(stack, vpc, []).service));
    expect(error.codes).toEqual(['ClientHasNoContainer']);
    expect(error.message).toMatch(/add the container before, pass options\.containers, or options\.environment: false/);
  });

  test('without a container yet it can do without environment', () => {
    const { stack, vpc, cache } = scene();
    expect(cache.grantAccess(serviceIn(stack, vpc, []).service, { environment: false }).grant!.success).toBe(true);
  });

  test('two caches need two prefixes, in a container as in a function', () => {
    const { stack, vpc, cache } = scene();
    const { service } = serviceIn(stack, vpc);
    cache.grantAccess(service);
    const second = cacheIn(stack, { vpc }, 'Second');
    expect(errorOf(() => second.grantAccess(service)).codes).toEqual(['EnvironmentTaken']);
    second.grantAccess(service, { environmentPrefix: 'SECOND_' });
    expect(containersOf(Resources.of(stack))[0].Environment).toHaveLength(12);
  });
});

describe('other clients', () => {
  test('an EC2 instance gets rule and permission; the environment is returned for its user data', () => {
    const { stack, vpc, cache } = scene();
    const instance = new Instance(stack, 'Bastion', { vpc, instanceType: new InstanceType('t4g.nano'), machineImage: MachineImage.latestAmazonLinux2023() });
    const { environment, grant } = cache.grantAccess(instance);
    expect(Object.keys(environment)).toEqual(VARIABLES);
    expect(grant!.success).toBe(true);
    const resources = Resources.of(stack);
    expect(resources.props(TYPE.ingress).SourceSecurityGroupId).toEqual({ 'Fn::GetAtt': [expect.stringMatching(/^Bastion/), 'GroupId'] });
    expect(JSON.stringify(resources.ofType('AWS::EC2::Instance'))).not.toContain('CACHE_');
  });

  test('a client that may send nothing out may reach the cache', () => {
    const { stack, vpc, cache } = scene();
    const securityGroup = new SecurityGroup(stack, 'Strict', { vpc, allowAllOutbound: false });
    cache.grantAccess(functionIn(stack, vpc, 'StrictFn', { securityGroups: [securityGroup] }));
    expect(Resources.of(stack).props('AWS::EC2::SecurityGroupEgress')).toMatchObject({
      FromPort: 6379, ToPort: 6379, DestinationSecurityGroupId: { 'Fn::GetAtt': [expect.stringMatching(/^CacheSecurityGroup/), 'GroupId'] },
    });
  });

  test('security groups alone have no principal', () => {
    const { stack, vpc, cache } = scene();
    const error = errorOf(() => cache.grantAccess(new SecurityGroup(stack, 'Client', { vpc })));
    expect(error.codes).toEqual(['ClientHasNoPrincipal']);
    expect(error.message).toMatch(/Stack\/Client; pass options\.grantee/);
  });

  test('grantee is who gets the permission', () => {
    const { stack, vpc, cache } = scene();
    const role = new Role(stack, 'Role', { assumedBy: new ServicePrincipal('ec2.amazonaws.com') });
    cache.grantAccess(new SecurityGroup(stack, 'Client', { vpc }), { grantee: role });
    expect(Object.values(Resources.of(stack).ofType(TYPE.policy)).map(({ Properties }) => Properties.Roles)).toEqual([[{ Ref: expect.stringMatching(/^Role/) }]]);
  });

  test('grantee wins over the client\'s own principal', () => {
    const { stack, cache, fn } = scene();
    const role = new Role(stack, 'Role', { assumedBy: new ServicePrincipal('ec2.amazonaws.com') });
    cache.grantAccess(fn, { grantee: role });
    expect(Object.values(Resources.of(stack).ofType(TYPE.policy)).map(({ Properties }) => Properties.Roles)).toEqual([[{ Ref: expect.stringMatching(/^Role/) }]]);
  });

  test('security groups alone need no principal for a cache without users', () => {
    const { stack, vpc } = scene();
    const open = new ReplicationGroup(stack, 'Open', { vpc });
    open.grantAccess(new SecurityGroup(stack, 'Client', { vpc }));
    expect(Resources.of(stack).ids(TYPE.ingress)).toHaveLength(1);
  });

  test('a client outside the construct tree is told as such', () => {
    const { cache, vpc, stack } = scene();
    const client: IConnectable = { connections: new Connections({ securityGroups: [new SecurityGroup(stack, 'Sg', { vpc })] }) };
    expect(errorOf(() => cache.grantAccess(client)).message).toContain('a client outside the construct tree');
  });

  test('several clients get a rule and a permission each', () => {
    const { stack, vpc, cache, fn } = scene();
    const others = [functionIn(stack, vpc, 'Second'), serviceIn(stack, vpc).service];
    [fn, ...others].forEach((client) => cache.grantAccess(client));
    const resources = Resources.of(stack);
    expect(resources.ids(TYPE.ingress)).toHaveLength(3);
    expect(statements(resources).filter(({ Action }: any) => Action.includes('secretsmanager:GetSecretValue'))).toHaveLength(3);
  });
});

describe('functions that cannot be given access', () => {
  const versionOf = (fn: Function) => fn.currentVersion;
  const aliasOf = (fn: Function) => new Alias(Stack.of(fn), 'Live', { aliasName: 'live', version: fn.currentVersion });

  test('one without a VPC', () => {
    const { stack, cache } = scene();
    const error = errorOf(() => cache.grantAccess(functionIn(stack, undefined, 'Outside')));
    expect(error.codes).toEqual(['ClientNotInVpc']);
    expect(error.message).toContain('Stack/Outside; give it the vpc');
  });

  test('an imported one, whose environment is fixed', () => {
    const { stack, vpc, cache } = scene();
    const securityGroup = new SecurityGroup(stack, 'Client', { vpc });
    const imported = Function.fromFunctionAttributes(stack, 'Imported', {
      functionArn: 'arn:aws:lambda:eu-west-1:111122223333:function:f', securityGroup, role: Role.fromRoleName(stack, 'Role', 'role'),
    });
    const error = errorOf(() => cache.grantAccess(imported));
    expect(error.codes).toEqual(['ClientEnvironmentFixed']);
    expect(error.message).toContain('options.environment: false');
    expect(cache.grantAccess(imported, { environment: false }).grant!.success).toBe(true);
  });

  test('an imported one without a VPC', () => {
    const { stack, cache } = scene();
    const imported = Function.fromFunctionArn(stack, 'Imported', 'arn:aws:lambda:eu-west-1:111122223333:function:f');
    expect(errorOf(() => cache.grantAccess(imported, { environment: false })).codes).toEqual(['ClientNotInVpc']);
  });

  test.each<[string, (fn: Function) => IFunction]>([['a version', versionOf], ['an alias', aliasOf]])('%s: the function itself is the client', (_, from) => {
    const { cache, fn } = scene();
    const error = errorOf(() => cache.grantAccess(from(fn)));
    expect(error.codes).toEqual(['ClientEnvironmentFixed']);
    expect(error.message).toMatch(/version or an? alias/);
    expect(error.message).not.toContain('give it the vpc');
  });
});
