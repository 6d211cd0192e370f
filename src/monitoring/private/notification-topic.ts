import { CfnResource, Lazy, RemovalPolicy, Stack, Token } from 'aws-cdk-lib';
import { AnyPrincipal, PolicyStatement } from 'aws-cdk-lib/aws-iam';
import type * as sns from 'aws-cdk-lib/aws-sns';
import { ITopic, ITopicRef } from 'aws-cdk-lib/aws-sns';
import { Construct, IConstruct, IDependable } from 'constructs';
import { ResourceView, UNKNOWN } from '../../checks/rule';
import { attach, Inspection } from '../../private/check';
import { applyToAll } from '../../private/removal';
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

/** The one topic to which the service sends what happens to a cache: a given one, or one that is made when the first target wants to hear. */
export class NotificationTopic {
  /** The ARN for the resource, which is left out as long as there is no topic. */
  public readonly arn: string;
  private made?: ITopicRef;
  private resource?: CfnResource;

  public constructor(private readonly cache: Construct, private readonly removalPolicy: RemovalPolicy, private readonly given?: ITopicRef) {
    this.arn = given?.topicRef.topicArn ?? Lazy.string({ produce: () => this.made?.topicRef.topicArn });
  }

  /** Lets the service publish before the resource is made. */
  public usedBy(resource: CfnResource): void {
    this.resource = resource;
    if (this.given) {
      this.dependOnPolicyOf(this.given);
    }
  }

  /** The topic; made on the first call where none was given. */
  public topic(): ITopicRef {
    if (!this.given && !this.made) {
      const { Topic } = require('aws-cdk-lib/aws-sns') as typeof sns; // eslint-disable-line @typescript-eslint/no-require-imports
      this.made = new Topic(this.cache, 'NotificationTopic', { enforceSSL: true });
      this.dependOnPolicyOf(this.made);
      applyToAll(this.made, this.removalPolicy);
    }
    return this.given ?? this.made!;
  }

  private dependOnPolicyOf(topic: ITopicRef): void {
    const policy = letServicePublish(this.cache, topic);
    if (policy) {
      this.resource?.node.addDependency(policy);
    }
  }
}
