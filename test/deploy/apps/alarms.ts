// A cache to make suffer and one to leave alone, with the alarms of the library, and a queue that hears of all of them.
import { App, CfnOutput, Duration, Stack } from 'aws-cdk-lib';
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

function add(name: string, alarmThresholds: AlarmThresholds): CacheCluster {
  const cache = new CacheCluster(stack, name, {
    vpc, topology: CacheTopology.replicated({ replicas: 1 }), authentication: CacheAuthentication.none(), alarmTopic: topic, alarmThresholds,
  });
  cache.alarms.addAuthenticationFailures('AuthenticationFailures');
  cache.alarms.addReplicaLink('ReplicaLink');
  cache.alarms.addPrimaryMissing('PrimaryMissing');
  cache.alarms.addOkAction(new SnsAction(topic));
  new CfnOutput(stack, `${name}Id`, { value: cache.replicationGroup!.replicationGroupId });
  return cache;
}

// A dead node stays dead until somebody acts.
const group = add('Suffering', { connections: 40, replicationLag: Duration.seconds(2) }).node.defaultChild as CfnReplicationGroup;
group.automaticFailoverEnabled = false;
group.multiAzEnabled = false;

// Every alarm that a cache with load has data for, but those on a whole day.
const { alarms } = add('Healthy', {});
alarms.addEngineCpu('EngineCpu');
alarms.addFreeableMemory('FreeableMemory');
alarms.addSwap('Swap');
alarms.addNewConnections('NewConnections');
alarms.addNetworkAllowance('NetworkAllowance');
alarms.addAuthorizationFailures('AuthorizationFailures');
alarms.addIamThrottling('IamThrottling');
alarms.addTrafficManagement('TrafficManagement');
alarms.addHitRate('HitRate');
alarms.addReadLatency('ReadLatency', { threshold: 100_000 });
alarms.addWriteLatency('WriteLatency', { threshold: 100_000 });
