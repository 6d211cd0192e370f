// A password of a cache that is replaced at an interval, said where the user is made.
import { Duration, SecretValue, Token } from 'aws-cdk-lib';
import { Topic } from 'aws-cdk-lib/aws-sns';
import { cacheIn, errorOf, Resources, stackOf, TYPE } from './fixtures';
import { CacheAuthentication, CacheClusterOptions, CacheEngine, CacheTopology } from '../../src';

const SCHEDULE = 'AWS::SecretsManager::RotationSchedule';
const FUNCTION = 'AWS::Lambda::Function';
const rotationInterval = Duration.days(7);

const rateOf = ({ Properties }: { Properties: any }) => Properties.RotationRules.ScheduleExpression;

describe.each<[string, CacheClusterOptions]>([
  ['nodes', {}],
  ['shards', { topology: CacheTopology.sharded({ shards: 2 }) }],
  ['serverless', { topology: CacheTopology.serverless() }],
  ['Redis OSS', { engine: CacheEngine.redis() }],
])('%s', (_, options) => {
  test('a further user has its password replaced, which is tried at the cache from its VPC', () => {
    const stack = stackOf();
    const cache = cacheIn(stack, options);
    const worker = cache.addUser('Worker', { rotationInterval });
    cache.addUser('Reader');
    const resources = Resources.of(stack);
    expect(resources.props(SCHEDULE)).toMatchObject({ RotationRules: { ScheduleExpression: 'rate(7 days)' }, SecretId: { Ref: expect.stringMatching(/^CacheUsersWorkerSecret/) } });
    expect(resources.props(FUNCTION)).toMatchObject({
      VpcConfig: { SubnetIds: ['subnet-a', 'subnet-b'] },
      Environment: { Variables: { USER_NAME: 'worker', USER_ID: worker.userId, CACHE_HOST: stack.resolve(cache.endpoint.hostname) } },
    });
    expect(worker.rotation).toBeDefined();
    expect(cache.applicationUser!.rotation).toBeUndefined();
    // The cache lets the function in, and nobody else.
    expect(resources.ids(TYPE.ingress)).toHaveLength(1);
  });

  test('the application has its password replaced', () => {
    const stack = stackOf();
    const cache = cacheIn(stack, { ...options, authentication: CacheAuthentication.password({ rotationInterval }) });
    const resources = Resources.of(stack);
    expect(rateOf(resources.only(SCHEDULE))).toBe('rate(7 days)');
    expect(resources.props(FUNCTION).Environment.Variables).toMatchObject({ USER_NAME: 'app', USER_ID: cache.applicationUser!.userId });
  });
});

test('without an interval nothing rotates', () => {
  const stack = stackOf();
  cacheIn(stack).addUser('Reader');
  expect([...Resources.of(stack).ids(SCHEDULE), ...Resources.of(stack).ids(FUNCTION)]).toEqual([]);
});

test('each of two users of two caches has its own', () => {
  const stack = stackOf();
  for (const id of ['A', 'B']) {
    const cache = cacheIn(stack, { authentication: CacheAuthentication.password({ rotationInterval }) }, id);
    cache.addUser('Worker', { rotationInterval: Duration.hours(4) });
  }
  expect(Object.values(Resources.of(stack).ofType(SCHEDULE)).map(rateOf).sort()).toEqual(['rate(4 hours)', 'rate(4 hours)', 'rate(7 days)', 'rate(7 days)']);
});

test('who hears the alarms of the cache hears of failed rotations, and nobody else is told', () => {
  const stack = stackOf();
  cacheIn(stack, { alarmTopic: new Topic(stack, 'Topic'), authentication: CacheAuthentication.password({ rotationInterval }) }).addUser('Worker', { rotationInterval });
  const alarms = Object.keys(Resources.of(stack).ofType(TYPE.alarm)).filter((id) => /Rotation/.test(id));
  expect(alarms).toHaveLength(2);
  const quiet = stackOf();
  cacheIn(quiet).addUser('Worker', { rotationInterval });
  expect(Resources.of(quiet).ids(TYPE.alarm)).toEqual([]);
});

describe('fails before anything is made', () => {
  const short = Duration.minutes(239);

  test('of the application', () => {
    const stack = stackOf();
    const error = errorOf(() => cacheIn(stack, { authentication: CacheAuthentication.password({ rotationInterval: short }) }));
    expect(error.codes).toEqual(['RotationIntervalInvalid']);
    expect(error.message).toMatch(/rotationInterval must be whole hours, at least 4 hours.*at Stack\/Cache$/);
    expect(stack.node.tryFindChild('Cache')).toBeUndefined();
    expect(() => cacheIn(stackOf(), { authentication: CacheAuthentication.password({ rotationInterval: Duration.hours(4) }) })).not.toThrow();
  });

  test.each<[string, object, string[]]>([
    ['too often', { rotationInterval: short }, ['RotationIntervalInvalid']],
    ['given passwords', { rotationInterval, passwords: [SecretValue.secretsManager('a')] }, ['RotationNeedsSecret']],
    ['both', { rotationInterval: short, passwords: [SecretValue.secretsManager('a')] }, ['RotationNeedsSecret', 'RotationIntervalInvalid']],
  ])('of a further user: %s', (_, options, codes) => {
    const stack = stackOf();
    const cache = cacheIn(stack);
    const before = stack.node.findAll().map(({ node }) => node.path);
    const error = errorOf(() => cache.addUser('Worker', options));
    expect(error.codes).toEqual(codes);
    expect(error.message).toContain('at Stack/Cache/Users/Worker');
    expect(stack.node.findAll().map(({ node }) => node.path)).toEqual(before);
    expect(() => cache.addUser('Worker', { rotationInterval })).not.toThrow();
  });

  test('an interval that only the deployment knows is not judged', () => {
    const stack = stackOf();
    expect(() => cacheIn(stack).addUser('Worker', { rotationInterval: Duration.days(Token.asNumber({ Ref: 'Days' })) })).not.toThrow();
  });
});
