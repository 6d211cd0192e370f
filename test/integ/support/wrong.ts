// An assertion that is wrong, without a cache: the run that deploys it must fail. `run.ts --self-test` does.
import { App } from 'aws-cdk-lib';
import { Topic } from 'aws-cdk-lib/aws-sns';
import { assertAfter, IntegStack } from './app';

const stack = new IntegStack(new App(), 'IntegWrong');
const topic = new Topic(stack, 'Topic');
assertAfter(stack, [{
  service: 'SNS',
  api: 'getTopicAttributes',
  parameters: { TopicArn: topic.topicArn },
  expected: { Attributes: { TopicArn: 'not the topic' } },
}]);
