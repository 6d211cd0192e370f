import { Template } from 'aws-cdk-lib/assertions';
import { SecurityGroup, SubnetType } from 'aws-cdk-lib/aws-ec2';
import { CfnUserGroup } from 'aws-cdk-lib/aws-elasticache';
import { Code, Function, Runtime } from 'aws-cdk-lib/aws-lambda';
import {
  CacheEngine, ConnectionType, Endpoint, IamUser, NetworkType, PasswordUser, ServerlessCache, ServerlessCacheProps, User, UserAuthentication,
  UserGroup, ValkeyVersion,
} from '../../src';
import { evaluate, ResourceView, UNKNOWN } from '../../src/checks/rule';
import { PUBLIC_ENDPOINT_RULES } from '../../src/serverless/public-endpoint-rules';
import { acknowledge, errorOf, newStack, newVpc, propertiesOf, warningsOf } from '../support/cdk';

const TYPE = 'AWS::ElastiCache::ServerlessCache';
const engine = CacheEngine.valkey(ValkeyVersion.of('9.0'));
const connectionType = ConnectionType.PUBLIC;
type Make = (stack: ReturnType<typeof newStack>) => ServerlessCacheProps;

function publicCache(stack = newStack(), props: ServerlessCacheProps = {}, id = 'Cache'): ServerlessCache {
  return new ServerlessCache(stack, id, { engine, connectionType, ...props });
}

describe('a cache with a public endpoint', () => {
  test('is in no VPC, and takes the users of the system unless told otherwise', () => {
    const stack = newStack();
    publicCache(stack);
    const properties = propertiesOf(stack, TYPE);
    expect(properties).toMatchObject({ Engine: 'valkey', MajorEngineVersion: '9', ConnectionType: 'public', UserGroupId: 'default.iam-user-group' });
    expect(Object.keys(properties)).not.toEqual(expect.arrayContaining(['SubnetIds']));
    expect(properties).not.toHaveProperty('SecurityGroupIds');
    Template.fromStack(stack).resourceCountIs('AWS::EC2::SecurityGroup', 0);
  });

  test('takes a group whose users all log in with IAM, and waits for it', () => {
    const stack = newStack();
    const userGroup = new UserGroup(stack, 'Users', { users: [new IamUser(stack, 'App')] });
    publicCache(stack, { userGroup, networkType: NetworkType.DUAL_STACK });
    const [cache] = Object.values(Template.fromStack(stack).findResources(TYPE));
    expect(cache.Properties).toMatchObject({ UserGroupId: userGroup.userGroupId, NetworkType: 'dual_stack' });
    expect(cache.DependsOn).toEqual([stack.getLogicalId(userGroup.node.defaultChild as CfnUserGroup)]);
  });

  test('may be two in one stack', () => {
    const stack = newStack();
    ['One', 'Two'].forEach((id) => publicCache(stack, {}, id));
    const names = Object.values(Template.fromStack(stack).findResources(TYPE)).map(({ Properties }) => Properties.ServerlessCacheName);
    expect(new Set(names).size).toBe(2);
  });

  test('gives a client outside any VPC what it needs: permission and environment', () => {
    const stack = newStack({ env: { account: '111122223333', region: 'eu-west-1' } });
    const cache = publicCache(stack);
    const fn = new Function(stack, 'Fn', { runtime: Runtime.NODEJS_22_X, handler: 'i.h', code: Code.fromInline('x') });
    cache.grantAccess({ connections: new SecurityGroup(stack, 'None', { vpc: newVpc(stack) }).connections }, { user: User.fromSystemIamUser(stack, 'Other'), grantee: fn });
    cache.grantAccess(fn, { user: User.fromSystemIamUser(stack, 'System') });
    const template = Template.fromStack(stack);
    template.resourceCountIs('AWS::EC2::SecurityGroupIngress', 0);
    const [made] = Object.values(template.findResources('AWS::Lambda::Function'));
    expect(made.Properties.Environment.Variables).toEqual({
      CACHE_HOST: expect.anything(), CACHE_PORT: '6379', CACHE_TLS: 'true', CACHE_USERNAME: 'default.iam-user', CACHE_IAM_NAME: expect.anything(), CACHE_IAM_RESOURCE_TYPE: 'ServerlessCache',
    });
    expect(JSON.stringify(template.findResources('AWS::IAM::Policy'))).toContain(':user:default.iam-user');
  });

  test('asks as whom a client logs in', () => {
    const stack = newStack();
    const fn = new Function(stack, 'Fn', { runtime: Runtime.NODEJS_22_X, handler: 'i.h', code: Code.fromInline('x') });
    expect(errorOf(() => publicCache(stack).grantAccess(fn)).codes).toEqual(['UserRequired']);
  });

  test('can be imported, without security groups', () => {
    const stack = newStack();
    const cache = ServerlessCache.fromServerlessCacheAttributes(stack, 'Theirs', { serverlessCacheName: 'theirs', connectionType, endpoint: new Endpoint('h', 6379), hasUserGroup: true });
    const fn = new Function(stack, 'Fn', { runtime: Runtime.NODEJS_22_X, handler: 'i.h', code: Code.fromInline('x') });
    const { environment } = cache.grantAccess(fn, { user: User.fromUserAttributes(stack, 'User', { userId: 'u', authentication: UserAuthentication.IAM }) });
    expect(environment).toMatchObject({ CACHE_HOST: 'h', CACHE_IAM_NAME: 'theirs' });
    expect(cache.connections.securityGroups).toEqual([]);
  });
});

describe('what does not go together', () => {
  test.each<[string, Make, string[], RegExp]>([
    ['an older engine', () => ({ engine: CacheEngine.valkey() }), ['PublicEndpointUnsupported'], /needs Valkey 9 or later, got: engine valkey 8; use engine/],
    ['Redis OSS', () => ({ engine: CacheEngine.redis() }), ['PublicEndpointUnsupported'], /got: engine redis 7/],
    ['Memcached', () => ({ engine: CacheEngine.memcached() }), ['ServerlessUserGroupUnsupported', 'PublicEndpointUnsupported'], /got: engine memcached/],
    ['a VPC', (stack) => ({ vpc: newVpc(stack) }), ['PublicEndpointInVpc'], /got: connectionType public with vpc; leave one of the two out/],
    ['subnets and security groups', (stack) => ({ vpcSubnets: { subnetType: SubnetType.PUBLIC }, securityGroups: [SecurityGroup.fromSecurityGroupId(stack, 'Sg', 'sg-1')] }),
      ['PublicEndpointInVpc'], /with vpcSubnets, securityGroups/],
    ['a user with a password', (stack) => ({ userGroup: new UserGroup(stack, 'Users', { users: [new IamUser(stack, 'Fine'), new PasswordUser(stack, 'App')] }) }),
      ['PublicEndpointNeedsIam'], /must log in with IAM, got in userGroup: app with password; use IamUser/],
  ])('%s', (_, props, codes, message) => {
    const stack = newStack();
    const error = errorOf(() => publicCache(stack, props(stack)));
    expect(error.codes).toEqual(codes);
    expect(error.message).toMatch(message);
  });

  test('no VPC without a public endpoint', () => {
    const error = errorOf(() => new ServerlessCache(newStack(), 'Cache', {}));
    expect(error.codes).toEqual(['VpcMissing']);
    expect(error.message).toContain('only connectionType: ConnectionType.PUBLIC does without');
  });

  test('what the rules say can be acknowledged', () => {
    const stack = newStack();
    acknowledge(stack, 'PublicEndpointUnsupported');
    publicCache(stack, { engine: CacheEngine.valkey() });
    expect(propertiesOf(stack, TYPE)).toMatchObject({ MajorEngineVersion: '8', ConnectionType: 'public' });
  });
});

describe('a cache in a VPC', () => {
  test('may say so, and is the same as before', () => {
    const [said, silent] = [{ connectionType: ConnectionType.VPC }, {}].map((props) => {
      const stack = newStack();
      const cache = new ServerlessCache(stack, 'Cache', { vpc: newVpc(stack), ...props });
      const { ConnectionType: type, ...rest } = propertiesOf(stack, TYPE);
      return { type, rest, warnings: warningsOf(cache) };
    });
    expect([said.type, silent.type]).toEqual(['vpc', undefined]);
    expect([said.rest, said.warnings]).toEqual([silent.rest, silent.warnings]);
  });
});

describe('raw caches', () => {
  test.each<[Record<string, unknown>, string[]]>([
    [{ ConnectionType: 'public', Engine: 'valkey', MajorEngineVersion: '9', UserGroupId: 'g' }, []],
    [{ ConnectionType: 'public', Engine: 'valkey', MajorEngineVersion: '10', UserGroupId: 'g' }, []],
    [{ ConnectionType: 'public', Engine: 'valkey', UserGroupId: 'g' }, []],
    [{ ConnectionType: 'public', Engine: 'valkey', MajorEngineVersion: '8', UserGroupId: 'g' }, ['PublicEndpointUnsupported']],
    [{ ConnectionType: 'public', Engine: UNKNOWN, MajorEngineVersion: '8', UserGroupId: UNKNOWN }, []],
    [{ ConnectionType: 'public', Engine: 'valkey' }, ['PublicEndpointNeedsUserGroup']],
    [{ ConnectionType: 'public', UserGroupId: 'g', SubnetIds: ['s'] }, ['PublicEndpointHasNoVpc']],
    [{ ConnectionType: 'public', UserGroupId: 'g', SubnetIds: [] }, []],
    [{ ConnectionType: 'internet' }, ['ConnectionTypeInvalid']],
    [{ ConnectionType: UNKNOWN, Engine: 'redis' }, []],
    [{ Engine: 'redis', SubnetIds: ['s'] }, []],
  ])('%j', (properties, codes) => {
    expect(evaluate(PUBLIC_ENDPOINT_RULES, new ResourceView(TYPE, properties)).map(({ rule }) => rule.code)).toEqual(codes);
  });
});
