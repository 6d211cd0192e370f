import { Stack } from 'aws-cdk-lib';
import { AnyPrincipal, PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { ITopic, ITopicRef } from 'aws-cdk-lib/aws-sns';
import { IConstruct, IDependable } from 'constructs';
import { attach } from '../../private/check';

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
