// A cache with more nodes than one alarm can watch, and the same with one node less: an assembly each, in a folder of that name.
import { join } from 'path';
import { App, CfnOutput, Stack } from 'aws-cdk-lib';
import { SnsAction } from 'aws-cdk-lib/aws-cloudwatch-actions';
import { Vpc } from 'aws-cdk-lib/aws-ec2';
import { Topic } from 'aws-cdk-lib/aws-sns';
import { SqsSubscription } from 'aws-cdk-lib/aws-sns-subscriptions';
import { Queue } from 'aws-cdk-lib/aws-sqs';
import { CacheCluster, CacheTopology } from 'cdk-elasticache';

for (const nodes of [10, 11]) {
  const stack = new Stack(new App({ outdir: join(process.env.CDK_OUTDIR!, `${nodes}`) }), 'ManyNodes');
  const topic = new Topic(stack, 'Operators');
  const queue = new Queue(stack, 'Heard');
  topic.addSubscription(new SqsSubscription(queue, { rawMessageDelivery: true }));
  new CfnOutput(stack, 'QueueUrl', { value: queue.queueUrl });
  const vpc = new Vpc(stack, 'Vpc', { maxAzs: 2, natGateways: 0 });
  // With zones nodes come and go in place.
  const availabilityZones = Array.from({ length: nodes }, (_, index) => stack.availabilityZones[index % 2]);
  const topology = CacheTopology.memcached({ nodes, availabilityZones });
  const cache = new CacheCluster(stack, 'Cache', { vpc, topology, alarmTopic: topic, alarmThresholds: { connections: 30 } });
  cache.alarms.addOkAction(new SnsAction(topic));
}
