// Brings events to their targets. Loaded when the first target is added: it needs modules of CDK that a cache does not.
import { Lazy, Names, RemovalPolicy } from 'aws-cdk-lib';
import { EventPattern, Rule } from 'aws-cdk-lib/aws-events';
import { LambdaFunction, SnsTopic, SqsQueue } from 'aws-cdk-lib/aws-events-targets';
import { Code, Function, IFunction, Runtime } from 'aws-cdk-lib/aws-lambda';
import { LogGroup, RetentionDays } from 'aws-cdk-lib/aws-logs';
import { CfnSubscription, ITopic, ITopicRef, ITopicSubscription, Topic } from 'aws-cdk-lib/aws-sns';
import { LambdaSubscription, SqsSubscription } from 'aws-cdk-lib/aws-sns-subscriptions';
import { Construct, IConstruct } from 'constructs';
import type { EventReceiver } from './event-receiver';
import { EVENT_SOURCE, EVENTS, MOST_FILTERED_NAMES } from './event-table';
import { attach } from '../../private/check';
import { fail } from '../../private/errors';

/** Passes what it is told on to a topic, as it was sent. */
const FORWARDER = `const { SNSClient, PublishCommand } = require('@aws-sdk/client-sns');
const sns = new SNSClient();
exports.handler = async ({ Records }) => {
  for (const { Sns } of Records) {
    await sns.send(new PublishCommand({ TopicArn: process.env.TOPIC_ARN, Subject: Sns.Subject || undefined, Message: Sns.Message }));
  }
};
`;

/** What a target hears of through one topic: SNS takes one subscription for both. */
interface Heard {
  /** The names in the filter. */
  readonly names: Set<string>;
  /** Whether it hears of everything, named or not. */
  everything: boolean;
}

const HEARD = new WeakMap<IConstruct, Map<IConstruct, Heard>>();

/** Lets a target hear of notifications; `undefined` for all of them. */
export function deliverByTopic(
  { cache, topic }: { cache: IConstruct; topic: ITopicRef }, id: string, receiver: EventReceiver, names: readonly string[] | undefined,
): void {
  const targets = HEARD.get(topic) ?? new Map<IConstruct, Heard>();
  HEARD.set(topic, targets);
  const known = targets.get(receiver.construct);
  const heard = known ?? { names: new Set<string>(), everything: false };
  targets.set(receiver.construct, heard);
  names?.forEach((name) => heard.names.add(name));
  heard.everything ||= names === undefined;
  if (!heard.everything && heard.names.size > MOST_FILTERED_NAMES.names) {
    fail(cache, 'TooManyEventsForTarget', `${receiver.construct.node.path} would hear of ${heard.names.size} events, and a filter of SNS holds ${
      MOST_FILTERED_NAMES.names} names (${MOST_FILTERED_NAMES.source}), got: ${[...heard.names].join(', ')}; ` +
      'add some of them with another target, or all events with onEvent');
  }
  if (!known) {
    subscribe(cache, subscribable(cache, topic), id, receiver, heard);
  }
}

/** Makes the subscription of a target that has none yet. */
function subscribe(cache: IConstruct, topic: ITopic, id: string, receiver: EventReceiver, heard: Heard): void {
  const bound = subscriptionFor(cache, id, receiver).bind(topic);
  const { subscriberScope, endpoint, protocol, rawMessageDelivery, region, subscriptionDependency } = bound;
  const filter = (value: (names: string[]) => unknown) => Lazy.any({ produce: () => heard.everything ? undefined : value([...heard.names]) });
  const subscription = new CfnSubscription(subscriberScope!, idFor(cache, id), {
    topicArn: topic.topicArn,
    protocol,
    endpoint,
    region,
    rawMessageDelivery,
    filterPolicyScope: Lazy.string({ produce: () => heard.everything ? undefined : 'MessageBody' }),
    filterPolicy: filter((names) => names.length === 1 ? exists(names[0]) : { $or: names.map(exists) }),
  });
  if (subscriptionDependency) {
    subscription.node.addDependency(subscriptionDependency);
  }
}

/** The name of an event is the key of the notification. */
function exists(name: string): Record<string, unknown> {
  return { [name]: [{ exists: true }] };
}

function subscriptionFor(cache: IConstruct, id: string, receiver: EventReceiver): ITopicSubscription {
  switch (receiver.kind) {
    case 'function': return new LambdaSubscription(receiver.construct);
    case 'queue':
      warnOfPolicy(cache, receiver, 'sns.amazonaws.com');
      return new SqsSubscription(receiver.construct, { rawMessageDelivery: true });
    case 'topic': return new LambdaSubscription(forwarderTo(cache, id, receiver.construct));
  }
}

/** A topic cannot subscribe to a topic. */
function forwarderTo(cache: IConstruct, id: string, topic: ITopic): IFunction {
  const scope = new Construct(topic, `${idFor(cache, id)}Forwarder`);
  const forwarder = new Function(scope, 'Function', {
    description: `Passes events of ${cache.node.path} on to a topic`.slice(0, 256),
    runtime: Runtime.NODEJS_22_X,
    handler: 'index.handler',
    code: Code.fromInline(FORWARDER),
    environment: { TOPIC_ARN: topic.topicArn },
    logGroup: new LogGroup(scope, 'Logs', { retention: RetentionDays.ONE_MONTH, removalPolicy: RemovalPolicy.DESTROY }),
  });
  topic.grantPublish(forwarder);
  return forwarder;
}

/** Lets a target hear of events of a serverless cache; `undefined` for all of them. */
export function deliverByRule(
  { cache, cacheArn }: { cache: IConstruct; cacheArn: string }, id: string, receiver: EventReceiver, names: readonly string[] | undefined,
): void {
  const ofSnapshots = names === undefined || EVENTS.some(({ name, ofSnapshot }) => ofSnapshot && names.includes(name));
  const ofCache = { SourceArn: [cacheArn] };
  const eventPattern: EventPattern = {
    source: [EVENT_SOURCE],
    detailType: names && [...names],
    // An event of a snapshot names the snapshot, whose name nobody knows before.
    detail: ofSnapshots ? { $or: [ofCache, { SourceType: ['serverless-cache-snapshot'] }] } : ofCache,
  };
  const rule = new Rule(receiver.construct, idFor(cache, id), { description: `Events of ${cache.node.path}`.slice(-512), eventPattern });
  switch (receiver.kind) {
    case 'function': return rule.addTarget(new LambdaFunction(receiver.construct));
    case 'queue':
      warnOfPolicy(cache, receiver, 'events.amazonaws.com');
      return rule.addTarget(new SqsQueue(receiver.construct));
    case 'topic':
      warnOfPolicy(cache, receiver, 'events.amazonaws.com');
      return rule.addTarget(new SnsTopic(receiver.construct));
  }
}

/** What is made for a target belongs to it, so that its stack depends on the cache's and never the other way round. */
function idFor(cache: IConstruct, id: string): string {
  return `${Names.nodeUniqueId(cache.node)}${id}`;
}

function subscribable(cache: IConstruct, topic: ITopicRef): ITopic {
  const id = 'NotificationTopicOfEvents';
  return 'addSubscription' in topic ? topic as ITopic
    : cache.node.tryFindChild(id) as ITopic | undefined ?? Topic.fromTopicArn(cache as Construct, id, topic.topicRef.topicArn);
}

/** A policy can only be changed of what is made here. */
function warnOfPolicy(cache: IConstruct, { construct, kind }: EventReceiver, service: string): void {
  if (construct.node.defaultChild === undefined) {
    attach(cache, [{
      code: 'EventTargetPolicyUnknown',
      message: `${construct.node.path} is not a ${kind} of this app, so its policy was not changed: events reach it only if the policy lets ${service} send`,
    }]);
  }
}
