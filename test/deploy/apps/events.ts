// A cache of each kind whose events are told to topics and queues, and the same after it has grown: an assembly each, in a folder of that name.
import { join } from 'path';
import { App, CfnOutput, Size, Stack } from 'aws-cdk-lib';
import { Vpc } from 'aws-cdk-lib/aws-ec2';
import { Topic } from 'aws-cdk-lib/aws-sns';
import { SqsSubscription } from 'aws-cdk-lib/aws-sns-subscriptions';
import { Queue } from 'aws-cdk-lib/aws-sqs';
import { CacheAlarms, CacheCluster, CacheEventTarget, CacheNodeType, CacheTopology, UsageLimits } from 'cdk-elasticache';

for (const grown of [false, true]) {
  const stack = new Stack(new App({ outdir: join(process.env.CDK_OUTDIR!, grown ? 'grown' : 'first') }), 'Events');
  const vpc = new Vpc(stack, 'Vpc', { maxAzs: 2, natGateways: 0 });

  /** A queue whose messages the test reads, as what an output of that name tells it. */
  const queue = (name: string) => {
    const made = new Queue(stack, name);
    new CfnOutput(stack, `${name}Url`, { value: made.queueUrl });
    return made;
  };
  const toQueue = (name: string) => ({ target: CacheEventTarget.queue(queue(name)) });
  const toTopic = (name: string) => {
    const topic = new Topic(stack, `${name}Topic`);
    topic.addSubscription(new SqsSubscription(queue(name), { rawMessageDelivery: true }));
    return { target: CacheEventTarget.topic(topic) };
  };

  const store = new CacheCluster(stack, 'Store', {
    vpc,
    topology: CacheTopology.replicated({ replicas: grown ? 2 : 1, nodeType: grown ? CacheNodeType.M7G_LARGE : CacheNodeType.T4G_SMALL }),
  });
  store.onFailover('Failover', toTopic('Failover'));
  store.events.onScalingComplete('Scaled', toTopic('Scaled'));
  store.events.onSnapshotFailed('SnapshotFailed', toTopic('SnapshotFailed'));
  store.events.onNodeReplaced('NodeReplaced', toQueue('NodeReplaced'));
  store.events.onMaintenance('Maintenance', toQueue('Maintenance'));
  store.events.onEvent('Backups', { ...toQueue('Backups'), eventNames: ['ElastiCache:SnapshotComplete'] });
  new CfnOutput(stack, 'StoreId', { value: store.replicationGroup!.replicationGroupId });

  const operators = new Topic(stack, 'Operators');
  operators.addSubscription(new SqsSubscription(queue('Alarmed'), { rawMessageDelivery: true }));
  new CacheAlarms(stack, 'StoreAlarms', { cache: store, topic: operators }).addFailedSnapshot('FailedSnapshot');

  const nodes = grown ? 3 : 2;
  const availabilityZones = Array.from({ length: nodes }, (_, index) => stack.availabilityZones[index % 2]);
  const pages = new CacheCluster(stack, 'Pages', { vpc, topology: CacheTopology.memcached({ nodes, availabilityZones }) });
  pages.events.onScalingComplete('Scaled', toQueue('PagesScaled'));
  pages.events.onEvent('Rebooted', { ...toQueue('PagesRebooted'), eventNames: ['ElastiCache:CacheNodesRebooted'] });
  new CfnOutput(stack, 'PagesId', { value: pages.memcachedCluster!.clusterName });

  const limits = UsageLimits.of({ maxStorage: Size.gibibytes(grown ? 20 : 10) });
  const feed = new CacheCluster(stack, 'Feed', { vpc, topology: CacheTopology.serverless({ limits }) });
  feed.events.onSnapshotFailed('SnapshotFailed', toTopic('FeedSnapshotFailed'));
  feed.events.onEvent('Updated', { ...toTopic('FeedUpdated'), eventNames: ['Cache Updated'] });
  feed.events.onEvent('Backups', { ...toQueue('FeedBackups'), eventNames: ['Snapshot Created'] });
  new CacheAlarms(stack, 'FeedAlarms', { cache: feed, topic: operators }).addFailedSnapshot('FailedSnapshot');
  new CfnOutput(stack, 'FeedId', { value: feed.serverlessCache!.serverlessCacheName });
}
