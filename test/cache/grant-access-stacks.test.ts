// A client with IAM in another stack, in stacks that know their Region and in stacks that do not.
import { App, Environment, Stack } from 'aws-cdk-lib';
import { Vpc } from 'aws-cdk-lib/aws-ec2';
import { Code, Function, Runtime } from 'aws-cdk-lib/aws-lambda';
import { errorOf, Resources, TYPE } from './fixtures';
import { CacheAuthentication, CacheCluster, CacheTopology } from '../../src';

const fn = (stack: Stack, vpc: Vpc) => new Function(stack, 'Fn', { vpc, runtime: Runtime.NODEJS_22_X, handler: 'i.h', code: Code.fromInline('x') });
const ENVIRONMENTS: [string, Environment | undefined][] = [
  ['of no Region', undefined], ['of one Region', { account: '111122223333', region: 'eu-west-3' }], ['of China', { account: '111122223333', region: 'cn-north-1' }],
];

describe.each(ENVIRONMENTS)('stacks %s', (_, env) => {
  test.each(['cache', 'client'] as const)('a client connects with IAM to a cache of another stack, the %s made first', (first) => {
    const app = new App();
    const [net, caches, clients] = ['Net', 'Caches', 'Clients'].map((id) => new Stack(app, id, { env }));
    const vpc = new Vpc(net, 'Vpc', { maxAzs: 2 });
    const early = first === 'client' ? fn(clients, vpc) : undefined;
    const made = [CacheTopology.replicated(), CacheTopology.serverless()].map((topology, index) =>
      new CacheCluster(caches, `Cache${index}`, { vpc, topology, authentication: CacheAuthentication.iam() }));
    const client = early ?? fn(clients, vpc);
    made.forEach((cache, index) => cache.grantAccess(client, { environmentPrefix: `C${index}_` }));
    const assembly = app.synth();
    expect(clients.dependencies).toContain(caches);
    expect(caches.dependencies).not.toContain(clients);
    const resources = new Resources(assembly.getStackByName('Clients').template);
    const statements = Object.values(resources.ofType(TYPE.policy)).flatMap(({ Properties }) => Properties.PolicyDocument.Statement);
    const connects = statements.filter(({ Action }: any) => Action === 'elasticache:Connect');
    expect(connects.flatMap(({ Resource }: any) => Resource)).toHaveLength(4);
    const text = JSON.stringify(connects);
    made.forEach(({ applicationIamUser }) => expect(text).toContain(`:user:${applicationIamUser!.userId}`));
    expect(text).not.toMatch(/"arn:aws|\*/);
    expect(JSON.stringify(assembly.getStackByName('Caches').template)).not.toContain('elasticache:Connect');
  });
});

test('a client in another Region says why not', () => {
  const app = new App();
  const [caches, clients] = ['eu-west-1', 'us-east-1'].map((region) => new Stack(app, region, { env: { account: '111122223333', region } }));
  const cache = new CacheCluster(caches, 'Cache', { vpc: new Vpc(caches, 'Vpc', { maxAzs: 2 }), authentication: CacheAuthentication.iam() });
  const { codes, message } = errorOf(() => cache.grantAccess(fn(clients, new Vpc(clients, 'Vpc', { maxAzs: 2 }))));
  expect(codes).toEqual(['ClientInOtherRegion']);
  expect(message).toMatch(/in the Region of the cache, eu-west-1, got: us-east-1\/Fn in us-east-1.*imported/);
});
