import { CfnResource, RemovalPolicy, Stack, Token } from 'aws-cdk-lib';
import { AnyPrincipal, PolicyStatement } from 'aws-cdk-lib/aws-iam';
import type * as sns from 'aws-cdk-lib/aws-sns';
import { ITopic, ITopicRef } from 'aws-cdk-lib/aws-sns';
import { Construct, IConstruct, IDependable } from 'constructs';
import { ResourceView, UNKNOWN } from '../../checks/rule';
import { attach, Inspection } from '../../private/check';
import { applyToAll, policyOfCompanions } from '../../private/removal';
import { RULES } from '../../private/rule-tables';

/**
 * Lets ElastiCache publish to a topic. The service needs a statement on `aws:SourceOwner`; the statement that SNS gives new topics is not enough.
 *
 * @returns what must exist before the cache, when the policy is made here
 * @see https://docs.aws.amazon.com/AmazonElastiCache/latest/dg/ECEvents.SNS.html
 */
export function letServicePublish(cache: IConstruct, topic: ITopicRef): IDependable | undefined {
  const { addToResourcePolicy } = topic as Partial<ITopic>;
  const result = addToResourcePolicy?.call(topic, new PolicyStatement({
    principals: [new AnyPrincipal()],
    actions: ['sns:Publish'],
    resources: [topic.topicRef.topicArn],
    conditions: { StringEquals: { 'AWS:SourceOwner': Stack.of(topic).account } },
  }));
  if (!result?.statementAdded) {
    attach(cache, [{
      code: 'NotificationTopicPolicyUnknown',
      message: 'notificationTopic is not an sns.Topic of this app, so its policy was not changed: ' +
        'ElastiCache can publish only if the policy allows sns:Publish under the condition that aws:SourceOwner is this account',
    }]);
  }
  return result?.policyDependable;
}

/** Judges where a topic is, before the cache that would send to it is made. What is not known is not judged. */
export function inspectNotificationTopic(inspection: Inspection, scope: IConstruct, type: string, topic: ITopicRef | undefined): void {
  if (!topic) {
    return;
  }
  const { account, region } = Stack.of(scope);
  const plain = (value: string | undefined) => value === undefined || Token.isUnresolved(value) ? UNKNOWN : value;
  RULES.notificationTopic().forEach((rule) => inspection.check([{ ...rule, resourceType: type }], () => new ResourceView(type, {
    NotificationTopicArn: plain(topic.topicRef.topicArn),
    TopicAccount: plain(topic.env.account),
    TopicRegion: plain(topic.env.region),
    Account: plain(account),
    Region: plain(region),
  }, { NotificationTopicArn: 'notificationTopic' })));
}

/** The L1 of a cache that the service can tell of. */
type NotifyingResource = CfnResource & { notificationTopicArn?: string };

/** The one topic to which the service sends what happens to a cache: a given one, or one that is made when the first target wants to hear. */
export class NotificationTopic {
  private made?: ITopicRef;

  /** Lets the service publish to a topic that was given. */
  public constructor(
    private readonly cache: Construct, private readonly resource: NotifyingResource, private readonly cachePolicy: RemovalPolicy,
    private readonly given?: ITopicRef,
  ) {
    if (given) {
      this.letPublish(given);
    }
  }

  /** The topic; made on the first call where none was given. */
  public topic(): ITopicRef {
    return this.given ?? (this.made ??= this.make());
  }

  private make(): ITopicRef {
    // The classes of SNS are loaded for a topic alone.
    // eslint-disable-next-line @typescript-eslint/no-require-imports
    const { Topic } = require('aws-cdk-lib/aws-sns') as typeof sns;
    const topic = new Topic(this.cache, 'NotificationTopic', { enforceSSL: true });
    this.letPublish(topic);
    applyToAll(topic, policyOfCompanions(this.cachePolicy));
    this.resource.notificationTopicArn = topic.topicArn;
    return topic;
  }

  /** The resource is made when the service may publish. */
  private letPublish(topic: ITopicRef): void {
    const policy = letServicePublish(this.cache, topic);
    if (policy) {
      this.resource.node.addDependency(policy);
    }
  }
}
