// Who hears of what happens to a cache: by its one topic for nodes, by EventBridge for serverless caches.
import { App, RemovalPolicy, Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { Key } from 'aws-cdk-lib/aws-kms';
import { Code, Function, Runtime } from 'aws-cdk-lib/aws-lambda';
import { CfnTopic, Topic } from 'aws-cdk-lib/aws-sns';
import { Queue } from 'aws-cdk-lib/aws-sqs';
import {
  CacheCluster, CacheClusterOptions, CacheEvents, CacheEventTarget, CacheTopology, ICacheCluster, MemcachedCluster, ReplicationGroup, ServerlessCache,
} from '../../src';
import { importedVpc } from '../cache/fixtures';
import { newCluster } from '../memcached/fixtures';
import { newServerless } from '../serverless/fixtures';
import {
  acknowledge, errorOf, expectNoBrokenTokens, newGroup, newStack, parameter, propertiesOf, resourceOf, warningsOf,
} from '../support/cdk';

const SUBSCRIPTION = 'AWS::SNS::Subscription';
const TOPIC = 'AWS::SNS::Topic';
const RULE = 'AWS::Events::Rule';
const GROUP = 'AWS::ElastiCache::ReplicationGroup';
const TOPIC_ARN = 'arn:aws:sns:eu-central-1:111122223333:given';

const has = (name: string) => ({ [`ElastiCache:${name}`]: [{ exists: true }] });
const fnIn = (scope: Stack, id = 'Fn') => new Function(scope, id, { runtime: Runtime.NODEJS_22_X, handler: 'index.handler', code: Code.fromInline('x') });
const queueIn = (scope: Stack, id = 'Queue') => new Queue(scope, id);
const l3 = (stack: Stack, props: CacheClusterOptions = {}, id = 'Cache') =>
  new CacheCluster(stack, id, { vpc: stack.node.tryFindChild('Vpc') as any ?? importedVpc(stack), ...props });
const ours = (stack: Stack, code: string) => warningsOf(stack).filter((text) => text.includes(`cdk-elasticache::${code}`));
const countOf = (stack: Stack, type: string) => Object.keys(Template.fromStack(stack).findResources(type)).length;

type Make = (stack: Stack, id?: string) => ICacheCluster;

const ON_NODES: Record<string, Make> = {
  'a replication group': (stack, id) => newGroup(stack, {}, id),
  'a Memcached cluster': (stack, id) => newCluster(stack, {}, id),
  'the L3 with replicas': (stack, id) => l3(stack, {}, id),
  'the L3 with Memcached': (stack, id) => l3(stack, { topology: CacheTopology.memcached() }, id),
};
const SERVERLESS: Record<string, Make> = {
  'a serverless cache': (stack, id) => newServerless(stack, {}, id),
  'the L3 without servers': (stack, id) => l3(stack, { topology: CacheTopology.serverless() }, id),
  'an imported serverless cache': (stack, id = 'Cache') => ServerlessCache.fromServerlessCacheName(stack, id, 'given'),
};

describe.each(Object.entries(ON_NODES))('%s', (_, make) => {
  test('has no topic before somebody wants to hear', () => {
    const stack = newStack();
    expect(make(stack).events).toBeInstanceOf(CacheEvents);
    expect(countOf(stack, TOPIC)).toBe(0);
    expect(JSON.stringify(Template.fromStack(stack))).not.toContain('NotificationTopicArn');
  });

  test('makes one topic that is not encrypted, which the service may publish to', () => {
    const stack = newStack();
    const cache = make(stack);
    cache.events.onNodeReplaced('Replaced', { target: CacheEventTarget.queue(queueIn(stack)) });
    cache.events.onMaintenance('Maintenance', { target: CacheEventTarget.fn(fnIn(stack)) });
    const { logicalId, Properties } = resourceOf(stack, TOPIC);
    expect(Properties?.KmsMasterKeyId).toBeUndefined();
    expect(JSON.stringify(Template.fromStack(stack).toJSON())).toContain(`"NotificationTopicArn":{"Ref":"${logicalId}"}`);
    expect(propertiesOf(stack, 'AWS::SNS::TopicPolicy').PolicyDocument.Statement).toContainEqual(expect.objectContaining({
      Effect: 'Allow',
      Principal: { AWS: '*' },
      Action: 'sns:Publish',
      Resource: { Ref: logicalId },
      Condition: { StringEquals: { 'AWS:SourceOwner': { Ref: 'AWS::AccountId' } } },
    }));
    // The policy is there before the cache: the first message would take the topic from it.
    const resources = Object.values<any>(Template.fromStack(stack).toJSON().Resources);
    const resource = resources.find((each) => each.Properties?.NotificationTopicArn);
    expect(resource.DependsOn).toContain(resourceOf(stack, 'AWS::SNS::TopicPolicy').logicalId);
    expect(countOf(stack, SUBSCRIPTION)).toBe(2);
    expectNoBrokenTokens(Template.fromStack(stack).toJSON());
  });

  test('is apart from another one in the same stack', () => {
    const stack = newStack();
    const target = CacheEventTarget.queue(queueIn(stack));
    make(stack, 'One').events.onNodeReplaced('Replaced', { target });
    make(stack, 'Two').events.onNodeReplaced('Replaced', { target });
    expect(countOf(stack, TOPIC)).toBe(2);
    expect(countOf(stack, SUBSCRIPTION)).toBe(2);
  });
});

describe('what a target of a cache on nodes hears', () => {
  const subscriptionsOf = (act: (events: CacheEvents, stack: Stack) => void) => {
    const stack = newStack();
    act(newGroup(stack).events, stack);
    return { stack, subscription: () => propertiesOf(stack, SUBSCRIPTION) };
  };

  test.each<[string, (events: CacheEvents, target: CacheEventTarget) => void, object]>([
    ['onFailover', (events, target) => events.onFailover('On', { target }), has('FailoverComplete')],
    ['onSnapshotFailed', (events, target) => events.onSnapshotFailed('On', { target }), has('SnapshotFailed')],
    ['onNodeReplaced', (events, target) => events.onNodeReplaced('On', { target }), has('CacheNodeReplaceComplete')],
    ['onScalingComplete', (events, target) => events.onScalingComplete('On', { target }), {
      $or: [has('ReplicationGroupScalingComplete'), has('CacheClusterScalingComplete'), has('ReplicationGroupIncreaseReplicaCountFinished')],
    }],
    ['onMaintenance', (events, target) => events.onMaintenance('On', { target }), {
      $or: [has('NodeReplacementScheduled'), has('NodeReplacementRescheduled'), has('NodeReplacementCanceled'), has('ServiceUpdateAvailableForNode')],
    }],
    ['onEvent', (events, target) => events.onEvent('On', { target, eventNames: ['ElastiCache:CacheNodesRebooted'] }), has('CacheNodesRebooted')],
  ])('%s filters by the key of the message', (_, on, FilterPolicy) => {
    const { subscription, stack } = subscriptionsOf((events, each) => on(events, CacheEventTarget.queue(queueIn(each))));
    expect(subscription()).toEqual({
      TopicArn: { Ref: resourceOf(stack, TOPIC).logicalId },
      Protocol: 'sqs',
      Endpoint: { 'Fn::GetAtt': [resourceOf(stack, 'AWS::SQS::Queue').logicalId, 'Arn'] },
      RawMessageDelivery: true,
      FilterPolicyScope: 'MessageBody',
      FilterPolicy,
    });
  });

  test('onEvent is told of everything, without a filter', () => {
    const { subscription } = subscriptionsOf((events, stack) => events.onEvent('All', { target: CacheEventTarget.fn(fnIn(stack)) }));
    expect(subscription()).toMatchObject({ Protocol: 'lambda' });
    expect(subscription()).not.toHaveProperty('FilterPolicy');
    expect(subscription()).not.toHaveProperty('FilterPolicyScope');
  });

  // SNS takes one subscription of an endpoint to a topic: a second one with another filter fails the deployment.
  test('asked twice, has one subscription with both', () => {
    const { subscription } = subscriptionsOf((events, stack) => {
      const queue = queueIn(stack);
      events.onFailover('Failover', { target: CacheEventTarget.queue(queue) });
      events.onSnapshotFailed('Snapshot', { target: CacheEventTarget.queue(queue) });
    });
    expect(subscription().FilterPolicy).toEqual({ $or: [has('FailoverComplete'), has('SnapshotFailed')] });
  });

  test('asked for all after one, has no filter', () => {
    const { subscription } = subscriptionsOf((events, stack) => {
      const target = CacheEventTarget.queue(queueIn(stack));
      events.onFailover('Failover', { target });
      events.onEvent('All', { target });
    });
    expect(subscription()).not.toHaveProperty('FilterPolicy');
  });

  test('five names fit a filter, six do not; for another target they do', () => {
    const stack = newStack();
    const { events } = newGroup(stack);
    const target = CacheEventTarget.queue(queueIn(stack));
    events.onMaintenance('Maintenance', { target });
    events.onFailover('Failover', { target });
    expect(propertiesOf(stack, SUBSCRIPTION).FilterPolicy.$or).toHaveLength(5);
    const error = errorOf(() => events.onSnapshotFailed('Snapshot', { target }));
    expect(error.codes).toEqual(['TooManyEventsForTarget']);
    expect(error.message).toContain('another target, or all events with onEvent');
    expect(() => events.onSnapshotFailed('Other', { target: CacheEventTarget.queue(queueIn(stack, 'Second')) })).not.toThrow();
  });

  test('a topic hears through a function, as no topic can subscribe to another', () => {
    const { subscription, stack } = subscriptionsOf((events, each) =>
      events.onFailover('Page', { target: CacheEventTarget.topic(new Topic(each, 'Pager', { masterKey: new Key(each, 'Key') })) }));
    expect(subscription()).toMatchObject({ Protocol: 'lambda', FilterPolicy: has('FailoverComplete') });
    const pager = stack.resolve((stack.node.findChild('Pager') as Topic).topicArn);
    expect(propertiesOf(stack, 'AWS::Lambda::Function').Environment.Variables).toEqual({ TOPIC_ARN: pager });
    expect(propertiesOf(stack, 'AWS::IAM::Policy').PolicyDocument.Statement).toContainEqual({ Action: 'sns:Publish', Effect: 'Allow', Resource: pager });
    expect(propertiesOf(stack, 'AWS::Lambda::Function').LoggingConfig).toBeDefined();
  });

  test('the function may be called, the queue written to, by this topic alone', () => {
    const { stack } = subscriptionsOf((events, each) => {
      events.onFailover('Call', { target: CacheEventTarget.fn(fnIn(each)) });
      events.onFailover('Queue', { target: CacheEventTarget.queue(queueIn(each)) });
    });
    const topic = { Ref: resourceOf(stack, TOPIC).logicalId };
    expect(propertiesOf(stack, 'AWS::Lambda::Permission')).toMatchObject({ Principal: 'sns.amazonaws.com', SourceArn: topic });
    expect(propertiesOf(stack, 'AWS::SQS::QueuePolicy').PolicyDocument.Statement).toContainEqual(expect.objectContaining({
      Principal: { Service: 'sns.amazonaws.com' }, Condition: { ArnEquals: { 'aws:SourceArn': topic } },
    }));
  });

  test('an imported queue: its policy is not ours', () => {
    const { stack, subscription } = subscriptionsOf((events, each) => events.onFailover('Queue', {
      target: CacheEventTarget.queue(Queue.fromQueueArn(each, 'Queue', 'arn:aws:sqs:eu-central-1:111122223333:jobs')),
    }));
    expect(subscription().Endpoint).toBe('arn:aws:sqs:eu-central-1:111122223333:jobs');
    expect(ours(stack, 'EventTargetPolicyUnknown')).toHaveLength(1);
  });

  test('in another stack, that stack depends on the cache and not the other way round', () => {
    const app = new App();
    const [first, second] = ['Cache', 'Client'].map((id) => new Stack(app, id));
    const { events } = newGroup(first);
    events.onFailover('Queue', { target: CacheEventTarget.queue(queueIn(second)) });
    events.onFailover('Call', { target: CacheEventTarget.fn(fnIn(second)) });
    events.onFailover('Page', { target: CacheEventTarget.topic(new Topic(second, 'Pager')) });
    app.synth();
    expect([first, second].map((stack) => stack.dependencies.map(({ node }) => node.id))).toEqual([[], ['Cache']]);
    expect(countOf(second, SUBSCRIPTION)).toBe(3);
  });
});

describe('notificationTopic', () => {
  test.each<[string, (stack: Stack) => any, (stack: Stack) => any]>([
    ['owned', (stack) => new Topic(stack, 'Given'), (stack) => stack.resolve((stack.node.findChild('Given') as Topic).topicArn)],
    ['imported', (stack) => Topic.fromTopicArn(stack, 'Given', TOPIC_ARN), () => TOPIC_ARN],
    ['raw', (stack) => new CfnTopic(stack, 'Given'), () => ({ Ref: 'Given' })],
    ['a token', (stack) => Topic.fromTopicArn(stack, 'Given', parameter(stack, 'Arn').string), () => ({ Ref: 'Arn' })],
  ])('%s: cache and events share it', (_, make, arn) => {
    const stack = newStack();
    const notificationTopic = make(stack);
    const { events } = newGroup(stack, { notificationTopic });
    events.onFailover('Failover', { target: CacheEventTarget.queue(queueIn(stack)) });
    events.onFailover('Call', { target: CacheEventTarget.fn(fnIn(stack)) });
    expect(propertiesOf(stack, GROUP).NotificationTopicArn).toEqual(arn(stack));
    Object.values(Template.fromStack(stack).findResources(SUBSCRIPTION)).forEach(({ Properties }) => expect(Properties.TopicArn).toEqual(arn(stack)));
    expectNoBrokenTokens(Template.fromStack(stack).toJSON());
  });

  test('of two caches: a target has one subscription', () => {
    const stack = newStack();
    const notificationTopic = new Topic(stack, 'Given');
    const target = CacheEventTarget.queue(queueIn(stack));
    newGroup(stack, { notificationTopic }, 'One').events.onFailover('Failover', { target });
    newGroup(stack, { notificationTopic }, 'Two').events.onSnapshotFailed('Snapshot', { target });
    expect(propertiesOf(stack, SUBSCRIPTION).FilterPolicy.$or).toHaveLength(2);
  });

  test('elsewhere fails where both places are known, and can be acknowledged', () => {
    const env = { account: '111122223333', region: 'eu-central-1' };
    const there = (arn: string) => (stack: Stack) => ({ notificationTopic: Topic.fromTopicArn(stack, 'Given', arn) });
    for (const [arn, word] of [
      ['arn:aws:sns:us-east-1:111122223333:given', 'Region'], ['arn:aws:sns:eu-central-1:999999999999:given', 'account'],
    ]) {
      const stack = newStack({ env });
      const error = errorOf(() => newGroup(stack, there(arn)(stack)));
      expect(error.codes).toEqual(['NotificationTopicElsewhere']);
      expect(error.message).toContain(`the ${word} of the cache`);
      const other = newStack({ env });
      acknowledge(other, 'NotificationTopicElsewhere');
      expect(() => newGroup(other, there(arn)(other))).not.toThrow();
      expect(errorOf(() => { const each = newStack({ env }); newCluster(each, there(arn)(each)); }).codes).toEqual(['NotificationTopicElsewhere']);
      // Where the cache will be is not known: nothing is refused.
      const anywhere = newStack();
      expect(() => newGroup(anywhere, there(arn)(anywhere))).not.toThrow();
    }
    const here = newStack({ env });
    expect(() => newGroup(here, there(TOPIC_ARN)(here))).not.toThrow();
  });

  test('that is made stays when the cache stays', () => {
    const stack = newStack();
    newGroup(stack, { removalPolicy: RemovalPolicy.RETAIN }).events.onEvent('All', { target: CacheEventTarget.queue(queueIn(stack)) });
    expect(resourceOf(stack, TOPIC)).toMatchObject({ DeletionPolicy: 'Retain' });
  });
});

describe.each(Object.entries(SERVERLESS))('%s', (_, make) => {
  test('has a rule for each call, on its own ARN', () => {
    const stack = newStack();
    const cache = make(stack);
    cache.events.onEvent('Limit', { target: CacheEventTarget.queue(queueIn(stack)), eventNames: ['Cache Limit Approaching', 'Cache Update Failed'] });
    const { EventPattern, Targets } = propertiesOf(stack, RULE);
    expect(EventPattern).toEqual({
      'source': ['aws.elasticache'],
      'detail-type': ['Cache Limit Approaching', 'Cache Update Failed'],
      'detail': { SourceArn: [expect.anything()] },
    });
    expect(JSON.stringify(EventPattern.detail.SourceArn)).toMatch(/serverlesscache:given|"Arn"/i);
    expect(Targets).toEqual([expect.objectContaining({ Arn: { 'Fn::GetAtt': [resourceOf(stack, 'AWS::SQS::Queue').logicalId, 'Arn'] } })]);
    expect(countOf(stack, TOPIC)).toBe(0);
  });

  test('of a snapshot the event names the snapshot', () => {
    const stack = newStack();
    make(stack).events.onSnapshotFailed('Snapshot', { target: CacheEventTarget.fn(fnIn(stack)) });
    expect(propertiesOf(stack, RULE).EventPattern).toEqual({
      'source': ['aws.elasticache'],
      'detail-type': ['Snapshot Creation Failed'],
      'detail': { $or: [{ SourceArn: [expect.anything()] }, { SourceType: ['serverless-cache-snapshot'] }] },
    });
  });

  test('all events: no detail type', () => {
    const stack = newStack();
    make(stack).events.onEvent('All', { target: CacheEventTarget.topic(new Topic(stack, 'Ops')) });
    expect(propertiesOf(stack, RULE).EventPattern).not.toHaveProperty('detail-type');
    expect(countOf(stack, 'AWS::Lambda::Function')).toBe(0);
  });

  test.each(['onFailover', 'onNodeReplaced', 'onScalingComplete', 'onMaintenance'] as const)('%s is an error that says why', (on) => {
    const stack = newStack();
    const error = errorOf(() => make(stack).events[on]('On', { target: CacheEventTarget.queue(queueIn(stack)) }));
    expect(error.codes).toEqual(['EventNotOffered']);
    expect(error.message).toMatch(new RegExp(`${on} does not exist for serverless caches: .{20}`));
  });
});

test('a rule belongs to the stack of its target', () => {
  const app = new App();
  const [first, second] = ['Cache', 'Client'].map((id) => new Stack(app, id));
  const { events } = newServerless(first);
  events.onEvent('Queue', { target: CacheEventTarget.queue(queueIn(second)) });
  events.onEvent('Call', { target: CacheEventTarget.fn(fnIn(second)) });
  events.onEvent('Page', { target: CacheEventTarget.topic(new Topic(second, 'Pager')) });
  app.synth();
  expect([first, second].map((stack) => stack.dependencies.map(({ node }) => node.id))).toEqual([[], ['Cache']]);
  expect(countOf(second, RULE)).toBe(3);
});

describe('imports on nodes', () => {
  const IMPORTS: Record<string, (stack: Stack, topic?: Topic) => ICacheCluster> = {
    ReplicationGroup: (stack, notificationTopic) =>
      ReplicationGroup.fromReplicationGroupAttributes(stack, 'Cache', { replicationGroupId: 'given', notificationTopic }),
    MemcachedCluster: (stack, notificationTopic) =>
      MemcachedCluster.fromMemcachedClusterAttributes(stack, 'Cache', { clusterName: 'given', notificationTopic }),
  };

  test.each(Object.entries(IMPORTS))('%s: with its topic', (_, make) => {
    const stack = newStack();
    const topic = Topic.fromTopicArn(stack, 'Topic', TOPIC_ARN) as Topic;
    make(stack, topic).events.onNodeReplaced('On', { target: CacheEventTarget.queue(queueIn(stack)) });
    expect(propertiesOf(stack, SUBSCRIPTION).TopicArn).toBe(TOPIC_ARN);
  });

  test.each(Object.entries(IMPORTS))('%s: without, an error that names it', (name, make) => {
    const stack = newStack();
    const error = errorOf(() => make(stack).events.onNodeReplaced('On', { target: CacheEventTarget.queue(queueIn(stack)) }));
    expect(error.codes).toEqual(['ImportLacksAttribute']);
    expect(error.message).toContain('notificationTopic');
    expect(error.message).toContain(`${name}.from${name}Attributes`);
  });
});

describe('what cannot be', () => {
  test.each(['onFailover', 'onSnapshotFailed'] as const)('%s of Memcached', (on) => {
    const stack = newStack();
    expect(errorOf(() => newCluster(stack).events[on]('On', { target: CacheEventTarget.queue(queueIn(stack)) })).codes).toEqual(['EventNotOffered']);
    expect(countOf(stack, TOPIC)).toBe(0);
  });

  test('a name of the other kind of cache is an error that lists those there are', () => {
    const stack = newStack();
    const error = errorOf(() => newGroup(stack).events.onEvent('On', { target: CacheEventTarget.queue(queueIn(stack)), eventNames: ['Cache Updated'] }));
    expect(error.codes).toEqual(['EventNotOffered']);
    expect(error.message).toContain('ElastiCache:FailoverComplete');
  });

  test('a name that nobody knows warns; a token says nothing', () => {
    const stack = newStack();
    const { events } = newGroup(stack);
    const target = CacheEventTarget.queue(queueIn(stack));
    events.onEvent('New', { target, eventNames: ['ElastiCache:SomethingNew'] });
    events.onEvent('Token', { target, eventNames: [parameter(stack, 'Name').string] });
    expect(ours(stack, 'EventNotKnown')).toHaveLength(1);
  });

  test('no names, and an id twice', () => {
    const stack = newStack();
    const { events } = newGroup(stack);
    const target = CacheEventTarget.queue(queueIn(stack));
    expect(errorOf(() => events.onEvent('On', { target, eventNames: [] })).codes).toEqual(['EventNamesEmpty']);
    events.onFailover('On', { target });
    expect(errorOf(() => events.onNodeReplaced('On', { target })).codes).toEqual(['EventIdTaken']);
  });
});

test('the shortcuts of the L3', () => {
  const stack = newStack();
  const cache = l3(stack);
  cache.onFailover('Failover', { target: CacheEventTarget.queue(queueIn(stack)) });
  cache.onEvent('All', { target: CacheEventTarget.fn(fnIn(stack)) });
  expect(countOf(stack, SUBSCRIPTION)).toBe(2);
  expect(countOf(stack, TOPIC)).toBe(1);
});
