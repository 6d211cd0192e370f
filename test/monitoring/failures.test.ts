// Alarms on what no metric of a cache tells: a backup that failed, a rotation that failed.
import { App, Stack } from 'aws-cdk-lib';
import { CfnReplicationGroup } from 'aws-cdk-lib/aws-elasticache';
import { Code, Function as LambdaFunction, Runtime } from 'aws-cdk-lib/aws-lambda';
import { Topic } from 'aws-cdk-lib/aws-sns';
import { AlarmSeverity, CacheAlarms, CacheTopology, ClusterMode, ICacheCluster, ReplicationGroup, ServerlessCache } from '../../src';
import { cacheIn, errorOf, Resources, stackOf, TYPE } from '../cache/fixtures';

const QUEUE = 'AWS::SQS::Queue';
const alarmsIn = (stack: Stack) => Object.values(Resources.of(stack).ofType(TYPE.alarm)).map(({ Properties }) => Properties);
const alarmsFor = (cache: ICacheCluster, id = 'Alarms') => {
  const stack = Stack.of(cache);
  return new CacheAlarms(stack, id, { cache, topic: new Topic(stack, `${id}Ops`), runbookUrl: undefined });
};

describe('a backup that failed', () => {
  const CACHES: Record<string, (stack: Stack) => ICacheCluster> = {
    'an owned replication group': (stack) => cacheIn(stack),
    'an imported replication group': (stack) => ReplicationGroup.fromReplicationGroupAttributes(stack, 'Cache', {
      replicationGroupId: 'legacy', clusterMode: ClusterMode.disabled(), notificationTopic: new Topic(stack, 'Notifications'),
    }),
    'a replication group written by hand': (stack) => ReplicationGroup.fromReplicationGroupAttributes(stack, 'Cache', {
      replicationGroupId: new CfnReplicationGroup(stack, 'Raw', { replicationGroupDescription: 'raw' }).ref,
      notificationTopic: new Topic(stack, 'Notifications'),
    }),
  };

  test.each(Object.entries(CACHES))('of %s: its event is the only message of a queue, which is watched', (_, make) => {
    const stack = stackOf();
    alarmsFor(make(stack)).addFailedSnapshot('FailedSnapshot');
    const resources = Resources.of(stack);
    const [queue] = resources.ids(QUEUE);
    expect(alarmsIn(stack)).toEqual([expect.objectContaining({
      Namespace: 'AWS/SQS',
      MetricName: 'NumberOfMessagesSent',
      Dimensions: [{ Name: 'QueueName', Value: { 'Fn::GetAtt': [queue, 'QueueName'] } }],
      Statistic: 'Sum',
      Period: 60,
      EvaluationPeriods: 1,
      Threshold: 0,
      ComparisonOperator: 'GreaterThanThreshold',
      TreatMissingData: 'notBreaching',
      AlarmActions: [{ Ref: expect.stringMatching(/^AlarmsOps/) }],
      AlarmDescription: expect.stringMatching(/^Stack\/Cache: A backup failed.*Read the events.*See https:/),
    })]);
    const [subscription] = Object.values(resources.ofType('AWS::SNS::Subscription')).map(({ Properties }) => Properties);
    expect(subscription).toMatchObject({
      Endpoint: { 'Fn::GetAtt': [queue, 'Arn'] }, FilterPolicy: { 'ElastiCache:SnapshotFailed': [{ exists: true }] }, FilterPolicyScope: 'MessageBody',
    });
    expect(resources.all[queue].Properties.MessageRetentionPeriod).toBe(14 * 24 * 3600);
  });

  test.each<[string, (stack: Stack) => ICacheCluster]>([
    ['owned', (stack) => cacheIn(stack, { topology: CacheTopology.serverless() })],
    ['imported', (stack) => ServerlessCache.fromServerlessCacheAttributes(stack, 'Cache', { serverlessCacheName: 'legacy' })],
  ])('of an %s serverless cache: a rule leads to the queue', (_, make) => {
    const stack = stackOf();
    alarmsFor(make(stack)).addFailedSnapshot('FailedSnapshot', { severity: AlarmSeverity.WARNING, threshold: 2, minutes: 5, runbookUrl: 'https://wiki.example' });
    const resources = Resources.of(stack);
    const [rule] = Object.values(resources.ofType('AWS::Events::Rule')).map(({ Properties }) => Properties);
    expect(rule.EventPattern['detail-type']).toEqual(['Snapshot Creation Failed']);
    expect(rule.Targets).toEqual([expect.objectContaining({ Arn: { 'Fn::GetAtt': [resources.ids(QUEUE)[0], 'Arn'] } })]);
    const [alarm] = alarmsIn(stack);
    expect(alarm).toMatchObject({ Threshold: 2, EvaluationPeriods: 5, AlarmDescription: expect.stringMatching(/See https:\/\/wiki\.example$/) });
    expect(alarm).not.toHaveProperty('AlarmActions');
  });

  test('does not exist for Memcached on nodes, and says why', () => {
    const alarms = alarmsFor(cacheIn(stackOf(), { topology: CacheTopology.memcached() }));
    const error = errorOf(() => alarms.addFailedSnapshot('FailedSnapshot'));
    expect(error.codes).toEqual(['AlarmUnfit']);
    expect(error.message).toContain('Memcached on nodes has no backups');
    expect(alarms.node.children).toEqual([]);
  });

  test('two caches in one stack, two alarms of one cache, and a listener of one\'s own do not meet', () => {
    const stack = stackOf();
    const [one, two] = ['One', 'Two'].map((id) => cacheIn(stack, {}, id));
    [alarmsFor(one, 'A'), alarmsFor(one, 'B'), alarmsFor(two, 'C')].forEach((alarms) => alarms.addFailedSnapshot('FailedSnapshot'));
    expect(Resources.of(stack).ids(QUEUE)).toHaveLength(3);
    expect(alarmsIn(stack)).toHaveLength(3);
  });

  test('in another stack than the cache it makes that stack depend on the cache\'s, not the other way round', () => {
    const app = new App();
    const [caches, alarms] = ['Caches', 'Alarms'].map((id) => new Stack(app, id));
    new CacheAlarms(alarms, 'Alarms', { cache: cacheIn(caches) }).addFailedSnapshot('FailedSnapshot');
    app.synth();
    expect(alarms.dependencies).toEqual([caches]);
    expect(caches.dependencies).toEqual([]);
  });
});

test('a rotation that failed', () => {
  const stack = stackOf();
  const rotation = new LambdaFunction(stack, 'Rotation', { runtime: Runtime.NODEJS_22_X, handler: 'index.handler', code: Code.fromInline('exports.handler = () => {}') });
  const cache = ReplicationGroup.fromReplicationGroupAttributes(stack, 'Legacy', { replicationGroupId: 'legacy' });
  const alarms = new CacheAlarms(stack, 'Alarms', { cache, topic: new Topic(stack, 'Ops') });
  alarms.addFailedRotation('FailedRotation', rotation.metricErrors());
  expect(alarmsIn(stack)[0]).toMatchObject({
    Namespace: 'AWS/Lambda',
    MetricName: 'Errors',
    Threshold: 0,
    EvaluationPeriods: 1,
    TreatMissingData: 'ignore',
    AlarmActions: [{ Ref: expect.stringMatching(/^Ops/) }],
    AlarmDescription: expect.stringMatching(/^Stack\/Legacy: The rotation of the password failed.*Read the log.*See https:/),
  });
});
