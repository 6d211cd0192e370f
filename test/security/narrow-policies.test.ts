// Every policy that is made, in the examples and by every kind of grant: no `*` in an action or a resource.
import { App, Duration, Stack } from 'aws-cdk-lib';
import { Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { Key } from 'aws-cdk-lib/aws-kms';
import { Code, Function, Runtime } from 'aws-cdk-lib/aws-lambda';
import { Topic } from 'aws-cdk-lib/aws-sns';
import { placesOf, Templates, templatesOf } from './support/templates';
import { AuthToken, CacheAuthentication, CacheEngine, CacheTopology, MemcachedCluster, PasswordUser } from '../../src';
import { cacheIn, importedVpc } from '../cache/fixtures';
import { exampleApp, exampleFiles } from '../oracle/support/example-app';

/** Actions for which AWS takes no narrower resource than `*`, each with where that is written. */
const FUNCTION_IN_VPC = 'https://docs.aws.amazon.com/lambda/latest/dg/configuration-vpc.html#configuration-vpc-permissions';
const ON_EVERYTHING: Record<string, string> = {
  'ec2:DescribeNetworkInterfaces': FUNCTION_IN_VPC,
  'ec2:DescribeSubnets': FUNCTION_IN_VPC,
  // Of interfaces that Lambda makes later, and whose ids nobody knows: all of them, of this account and Region.
  'ec2:CreateNetworkInterface': FUNCTION_IN_VPC,
  'ec2:DeleteNetworkInterface': FUNCTION_IN_VPC,
  'ec2:AssignPrivateIpAddresses': FUNCTION_IN_VPC,
  'ec2:UnassignPrivateIpAddresses': FUNCTION_IN_VPC,
};

interface Statement {
  readonly where: string;
  readonly actions: string[];
  readonly resources: unknown[];
}

/** Where CloudFormation resources hold policies that say what their holder may do. A policy on a key or a topic is about that one thing, and says so by `*`. */
const HOLDERS: Record<string, (properties: Record<string, any>) => any[]> = {
  'AWS::IAM::Policy': ({ PolicyDocument }) => [PolicyDocument],
  'AWS::IAM::ManagedPolicy': ({ PolicyDocument }) => [PolicyDocument],
  'AWS::IAM::Role': ({ Policies = [] }) => Policies.map((policy: any) => policy.PolicyDocument),
};

function statementsOf(templates: Templates): Statement[] {
  return placesOf(templates, ...Object.keys(HOLDERS)).flatMap(({ stack, id, resource }) => HOLDERS[resource.Type](resource.Properties ?? {})
    .flatMap((document) => document.Statement.map((statement: any): Statement => ({
      where: `${stack}/${id}`, actions: [statement.Action ?? `Not${statement.NotAction}`].flat(), resources: [statement.Resource ?? statement.NotResource].flat(),
    }))));
}

/** What is too wide in a statement. */
function tooWide({ where, actions, resources }: Statement): string[] {
  const wideActions = actions.filter((action) => action.includes('*') || action.startsWith('Not'));
  const narrowable = actions.some((action) => ON_EVERYTHING[action] === undefined);
  const wideResources = narrowable ? resources.filter((resource) => JSON.stringify(resource).includes('*')) : [];
  return [...wideActions, ...wideResources.map((resource) => JSON.stringify(resource))].map((each) => `${where}: ${each}`);
}

/** An app with every kind of grant. */
function everyGrant(): App {
  const app = new App();
  const stack = new Stack(app, 'Grants');
  const vpc = importedVpc(stack);
  const fn = (id: string) => new Function(stack, id, { vpc, runtime: Runtime.NODEJS_22_X, handler: 'i.h', code: Code.fromInline('x') });
  const key = new Key(stack, 'Key');
  const caches = [
    cacheIn(stack, { vpc, encryptionKey: key, alarmTopic: new Topic(stack, 'Ops') }, 'Password'),
    cacheIn(stack, { vpc, authentication: CacheAuthentication.iam() }, 'Iam'),
    cacheIn(stack, { vpc, topology: CacheTopology.serverless() }, 'Serverless'),
    cacheIn(stack, { vpc, engine: CacheEngine.redis(), authentication: CacheAuthentication.iam() }, 'Redis'),
  ];
  caches.forEach((cache, index) => {
    cache.grantAccess(fn(`Fn${index}`));
    cache.grantAccess(fn(`Reader${index}`), { user: cache.addUser('Reader') });
    cache.grantAccess(fn(`People${index}`), { user: cache.addIamUser('People') });
    cache.grants.connect(new Role(stack, `Role${index}`, { assumedBy: new ServicePrincipal('ec2.amazonaws.com') }));
    cache.grants.actions(fn(`Lister${index}`), ['elasticache:ListTagsForResource']);
  });
  const pages = new MemcachedCluster(stack, 'Pages', { vpc });
  pages.grantAccess(fn('Pager'));
  pages.grants.actions(fn('PageLister'), ['elasticache:ListTagsForResource']);
  const token = new AuthToken(stack, 'Token', { encryptionKey: key });
  cacheIn(stack, { vpc, authentication: CacheAuthentication.authToken(token) }, 'Shared').grantAccess(fn('Sharer'));
  return app;
}

/** An app with every kind of rotation: of users and tokens, with a key and without, in a VPC and outside. */
function everyRotation(): App {
  const app = new App();
  const stack = new Stack(app, 'Rotations');
  const vpc = importedVpc(stack);
  const encryptionKey = new Key(stack, 'Key');
  new PasswordUser(stack, 'Outside').addRotation();
  const rotationInterval = Duration.days(30);
  cacheIn(stack, { vpc, encryptionKey, authentication: CacheAuthentication.password({ rotationInterval }) }, 'Keyed').addUser('Worker', { rotationInterval });
  cacheIn(stack, { vpc, topology: CacheTopology.serverless() }, 'Serverless').addUser('Worker', { rotationInterval });
  const token = new AuthToken(stack, 'Token', { encryptionKey });
  cacheIn(stack, { vpc, authentication: CacheAuthentication.authToken(token) }, 'Shared');
  token.addRotation();
  return app;
}

const APPS: [string, () => App][] = [
  ['every kind of grant', everyGrant], ['every kind of rotation', everyRotation], ...exampleFiles().map(({ name, file }): [string, () => App] => [`the example ${name}`, () => exampleApp(file)]),
];

test.each(APPS)('%s', (name, build) => {
  const statements = statementsOf(templatesOf(build()));
  if (name.startsWith('every kind of')) {
    expect(statements.length).toBeGreaterThan(15);
  }
  expect(statements.flatMap(tooWide)).toEqual([]);
});

test('no client gets both a secret and a connection', () => {
  const byPolicy = new Map<string, string[]>();
  statementsOf(templatesOf(everyGrant())).forEach(({ where, actions }) => byPolicy.set(where, [...byPolicy.get(where) ?? [], ...actions]));
  expect(byPolicy.size).toBeGreaterThan(10);
  byPolicy.forEach((actions) => expect(actions.includes('elasticache:Connect') && actions.includes('secretsmanager:GetSecretValue')).toBe(false));
});

test('a function that rotates may do on everything what the network takes, and nothing else', () => {
  const wide = statementsOf(templatesOf(everyRotation())).filter(({ resources }) => JSON.stringify(resources).includes('*'));
  expect(wide).toHaveLength(2 * 4);
  wide.forEach(({ actions }) => expect(Object.keys(ON_EVERYTHING)).toEqual(expect.arrayContaining(actions)));
});

describe('the judge can fail', () => {
  test.each<[string, Partial<Statement>]>([
    ['an action', { actions: ['elasticache:*'] }], ['every action', { actions: ['*'] }], ['what is not an action', { actions: ['Notiam:PassRole'] }],
    ['a resource', { resources: ['arn:aws:elasticache:eu-west-1:111122223333:user:*'] }], ['every resource', { resources: ['*'] }],
    ['a resource that is joined', { resources: [{ 'Fn::Join': ['', ['arn:', { Ref: 'AWS::Partition' }, ':s3:::*']] }] }],
  ])('%s', (_, part) => {
    expect(tooWide({ where: 'x', actions: ['elasticache:Connect'], resources: ['arn'], ...part })).toHaveLength(1);
  });
});

test('what is allowed on everything says where AWS writes that', () => {
  Object.entries(ON_EVERYTHING).forEach(([action, source]) => expect([action, source]).toEqual([action, expect.stringMatching(/^https:\/\/docs\.aws\.amazon\.com\//)]));
});
