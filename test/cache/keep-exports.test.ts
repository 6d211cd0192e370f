// A client in another stack can leave: what it imports stays exported, in whichever order the two stacks are deployed.
import { App, Stack } from 'aws-cdk-lib';
import { IVpc, SecurityGroup } from 'aws-cdk-lib/aws-ec2';
import { Key } from 'aws-cdk-lib/aws-kms';
import { Code, Function, Runtime } from 'aws-cdk-lib/aws-lambda';
import { importedVpc } from './fixtures';
import {
  CacheAuthentication, CacheCluster, CacheClusterOptions, CacheEngine, CacheTopology, Endpoint, ICacheCluster, PasswordUser,
  ReplicationGroup, UserGroup,
} from '../../src';

type Template = { readonly Outputs?: Record<string, { readonly Value: unknown; readonly Export?: { readonly Name: string } }> };

interface Deployed {
  readonly caches: Template;
  readonly clients?: Template;
}

type Make = (stack: Stack, vpc: IVpc) => { cache: ICacheCluster; user?: PasswordUser };

/** The two stacks of an app, before or after its client left. */
function synthesize(make: Make, options: { client: boolean; keep: boolean }): Deployed {
  const app = new App();
  const [caches, clients] = ['Caches', 'Clients'].map((id) => new Stack(app, id));
  const vpc = importedVpc(caches);
  const { cache, user } = make(caches, vpc);
  if (options.client) {
    cache.grantAccess(new Function(clients, 'Fn', { vpc, runtime: Runtime.NODEJS_22_X, handler: 'i.h', code: Code.fromInline('x') }), { user });
  }
  if (options.keep) {
    cache.grants.keepExports(...user ? [user] : []);
  }
  const assembly = app.synth();
  const template = (stack: Stack): Template => assembly.getStackByName(stack.stackName).template;
  return { caches: template(caches), clients: options.client ? template(clients) : undefined };
}

/** What a stack exports: names and values. CloudFormation changes neither while somebody imports it. */
function exportsOf({ Outputs = {} }: Template): Record<string, unknown> {
  return Object.fromEntries(Object.values(Outputs).filter((output) => output.Export).map((output) => [output.Export!.Name, output.Value]));
}

function importsOf(template: Template | undefined): string[] {
  return [...new Set([...JSON.stringify(template).matchAll(/"Fn::ImportValue":"([^"]+)"/g)].map(([, name]) => name))];
}

const cluster = (options: CacheClusterOptions) => (stack: Stack, vpc: IVpc) => ({ cache: new CacheCluster(stack, 'Cache', { vpc, ...options }) });

const CACHES: [string, Make][] = [
  ['a default cache', cluster({})],
  ['a cache with a key of its own', (stack, vpc) => ({ cache: new CacheCluster(stack, 'Cache', { vpc, encryptionKey: new Key(stack, 'Key') }) })],
  ['a cache with IAM', cluster({ authentication: CacheAuthentication.iam() })],
  ['a serverless cache with IAM', cluster({ authentication: CacheAuthentication.iam(), topology: CacheTopology.serverless() })],
  ['a serverless cache', cluster({ topology: CacheTopology.serverless() })],
  ['Memcached', cluster({ engine: CacheEngine.memcached() })],
  ['serverless Memcached, whose port AWS tells', cluster({ engine: CacheEngine.memcached(), topology: CacheTopology.serverless() })],
  ['a replication group with a user of its own', (stack, vpc) => {
    const user = new PasswordUser(stack, 'User');
    return { user, cache: new ReplicationGroup(stack, 'Group', { vpc, userGroup: new UserGroup(stack, 'Users', { users: [user] }) }) };
  }],
];

describe.each(CACHES)('%s', (_, make) => {
  const before = synthesize(make, { client: true, keep: false });
  const imported = importsOf(before.clients);

  test('is imported by its client', () => expect(imported.length).toBeGreaterThan(1));

  test('takes back exports in use when the client just leaves: CloudFormation would refuse', () => {
    const after = exportsOf(synthesize(make, { client: false, keep: false }).caches);
    expect(imported.filter((name) => !(name in after))).toEqual(imported);
  });

  test('keeps every export in use, with its value, when it keeps exports', () => {
    const [was, is] = [exportsOf(before.caches), exportsOf(synthesize(make, { client: false, keep: true }).caches)];
    imported.forEach((name) => expect([name, is[name]]).toEqual([name, was[name]]));
  });

  test('may keep them from the beginning: the client changes nothing then', () => {
    const [without, withClient] = [false, true].map((client) => synthesize(make, { client, keep: true }).caches);
    expect(withClient).toEqual(without);
  });
});

test('twice is the same as once', () => {
  const once = synthesize(cluster({}), { client: false, keep: true }).caches;
  const twice = synthesize((stack, vpc) => {
    const { cache } = cluster({})(stack, vpc);
    cache.grants.keepExports();
    return { cache };
  }, { client: false, keep: true }).caches;
  expect(twice).toEqual(once);
});

test('an imported cache has nothing to export', () => {
  const { caches } = synthesize((stack) => ({
    cache: ReplicationGroup.fromReplicationGroupAttributes(stack, 'Legacy', {
      replicationGroupId: 'legacy',
      endpoint: new Endpoint('h', 6379),
      readerEndpoint: new Endpoint('r', 6379),
      securityGroups: [SecurityGroup.fromSecurityGroupId(stack, 'Sg', 'sg-1')],
    }),
  }), { client: false, keep: true });
  expect(exportsOf(caches)).toEqual({});
});
