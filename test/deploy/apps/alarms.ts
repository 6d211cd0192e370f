// A cache to make suffer and one to leave alone, with the same alarms, and a queue that hears of all of them.
import { App, CfnOutput, Duration, Stack } from 'aws-cdk-lib';
import { Alarm, ComparisonOperator, IMetric, MathExpression } from 'aws-cdk-lib/aws-cloudwatch';
import { SnsAction } from 'aws-cdk-lib/aws-cloudwatch-actions';
import { Vpc } from 'aws-cdk-lib/aws-ec2';
import { CfnReplicationGroup } from 'aws-cdk-lib/aws-elasticache';
import { Topic } from 'aws-cdk-lib/aws-sns';
import { SqsSubscription } from 'aws-cdk-lib/aws-sns-subscriptions';
import { Queue } from 'aws-cdk-lib/aws-sqs';
import { AlarmThresholds, CacheAuthentication, CacheCluster, CacheTopology } from 'cdk-elasticache';

const stack = new Stack(new App(), 'Alarms');
const vpc = new Vpc(stack, 'Vpc', { maxAzs: 2, natGateways: 0 });
const topic = new Topic(stack, 'Operators');
const queue = new Queue(stack, 'Heard');
topic.addSubscription(new SqsSubscription(queue, { rawMessageDelivery: true }));
new CfnOutput(stack, 'QueueUrl', { value: queue.queueUrl });

/** A metric over both nodes. */
function worst(cache: CacheCluster, metricName: string, statistic: string, across: string): IMetric {
  const [m1, m2] = ['001', '002'].map((member) =>
    cache.metrics.metric(metricName, `${cache.replicationGroup!.replicationGroupId}-${member}`, { statistic, period: Duration.minutes(1) }));
  return new MathExpression({ expression: `${across}([m1, m2])`, usingMetrics: { m1, m2 }, period: Duration.minutes(1) });
}

function add(name: string, alarmThresholds: AlarmThresholds, automaticFailover = true): void {
  const cache = new CacheCluster(stack, name, {
    vpc, topology: CacheTopology.replicated({ replicas: 1 }), authentication: CacheAuthentication.none(), alarmTopic: topic, alarmThresholds,
  });
  if (!automaticFailover) {
    // A dead replica stays dead until somebody acts.
    (cache.node.defaultChild as CfnReplicationGroup).automaticFailoverEnabled = false;
    (cache.node.defaultChild as CfnReplicationGroup).multiAzEnabled = false;
  }
  const own = [new Alarm(cache, 'AuthenticationFailures', {
    metric: worst(cache, 'AuthenticationFailures', 'Sum', 'MAX'),
    threshold: 10,
    evaluationPeriods: 1,
    comparisonOperator: ComparisonOperator.GREATER_THAN_THRESHOLD,
  }), new Alarm(cache, 'ReplicaLink', {
    metric: worst(cache, 'MasterLinkHealthStatus', 'Minimum', 'MIN'),
    threshold: 1,
    evaluationPeriods: 5,
    comparisonOperator: ComparisonOperator.LESS_THAN_THRESHOLD,
  })];
  own.forEach((alarm) => alarm.addAlarmAction(new SnsAction(topic)));
  cache.node.findAll().filter((each) => each instanceof Alarm).forEach((alarm) => (alarm as Alarm).addOkAction(new SnsAction(topic)));
  new CfnOutput(stack, `${name}Id`, { value: cache.replicationGroup!.replicationGroupId });
}

add('Suffering', { connections: 40, replicationLag: Duration.seconds(2) }, false);
add('Healthy', {});
