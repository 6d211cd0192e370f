// A primary and a replica, with the recommended alarms.
import { App, RemovalPolicy } from 'aws-cdk-lib';
import { Topic } from 'aws-cdk-lib/aws-sns';
import { assertAfter, IntegStack } from './support/app';
import { CacheCluster, CacheNodeType, CacheTopology } from 'cdk-elasticache';

const stack = new IntegStack(new App(), 'IntegReplicated');
const topic = new Topic(stack, 'Topic');
const cache = new CacheCluster(stack, 'Cache', {
  vpc: stack.vpc,
  topology: CacheTopology.replicated({ nodeType: CacheNodeType.T4G_MICRO }),
  alarmTopic: topic,
  removalPolicy: RemovalPolicy.DESTROY,
});
const group = cache.replicationGroup!;

assertAfter(stack, [
  {
    service: 'ElastiCache',
    api: 'describeReplicationGroups',
    parameters: { ReplicationGroupId: group.replicationGroupId },
    expected: {
      ReplicationGroups: [{
        Status: 'available',
        AutomaticFailover: 'enabled',
        MultiAZ: 'enabled',
        TransitEncryptionEnabled: true,
        AtRestEncryptionEnabled: true,
        SnapshotRetentionLimit: 7,
        CacheNodeType: 'cache.t4g.micro',
      }],
    },
  },
  {
    service: 'CloudWatch',
    api: 'describeAlarms',
    parameters: { AlarmNames: cache.alarms!.alarms.map(({ alarmName }) => alarmName) },
    expected: { MetricAlarms: cache.alarms!.alarms.map(() => ({ ActionsEnabled: true, AlarmActions: [topic.topicArn] })) },
  },
]);
