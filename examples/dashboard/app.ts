// When you need it: one page that shows how a cache is, and a queue that hears of what happens to it.
// What it creates: a VPC, a cache of a primary and a replica, its recommended alarms and two more, a dashboard with their thresholds, saved queries and a
// metric of its slow log, and a queue that is told of failovers, failed backups and maintenance.
// Run it: npx cdk deploy
import { App, CfnOutput, Duration, RemovalPolicy, Stack } from 'aws-cdk-lib';
import { SnsAction } from 'aws-cdk-lib/aws-cloudwatch-actions';
import { Vpc } from 'aws-cdk-lib/aws-ec2';
import { Topic } from 'aws-cdk-lib/aws-sns';
import { Queue } from 'aws-cdk-lib/aws-sqs';
import { CacheCluster, CacheDashboard, CacheEventTarget, CacheNodeType, CacheTopology, SlowLogAnalysis } from 'cdk-elasticache';

const stack = new Stack(new App(), 'Dashboard');
const vpc = new Vpc(stack, 'Vpc', { maxAzs: 2, natGateways: 1 });
const ops = new Topic(stack, 'Ops', { enforceSSL: true });

// The recommended alarms come with the topic; others are added.
const topology = CacheTopology.replicated({ nodeType: CacheNodeType.M7G_LARGE });
const cache = new CacheCluster(stack, 'Cache', { vpc, topology, alarmTopic: ops, removalPolicy: RemovalPolicy.DESTROY });
cache.alarms.addHitRate('HitRate', { threshold: 50 });
cache.alarms.addAuthenticationFailures('AuthenticationFailures');

// What happens to the cache: at most five kinds of event for one target, or all of them with onEvent.
const happenings = new Queue(stack, 'Happenings', { enforceSSL: true, retentionPeriod: Duration.days(14) });
const target = CacheEventTarget.queue(happenings);
cache.onFailover('Failover', { target });
cache.events.onSnapshotFailed('SnapshotFailed', { target });
cache.events.onNodeReplaced('NodeReplaced', { target });

// Which commands are slow: saved queries, and an alarm when KEYS is among them, which no application should send.
const slowKeys = new SlowLogAnalysis(stack, 'SlowLog', { cache }).metricSlowCommand('KEYS');
slowKeys.createAlarm(stack, 'SlowKeys', { threshold: 1, evaluationPeriods: 1 }).addAlarmAction(new SnsAction(ops));

// Rows from what clients feel to what may be the cause; thresholds of the alarms are lines in the graphs. `dashboard.addWidgets` adds more.
const { dashboard } = new CacheDashboard(stack, 'CacheDashboard', { caches: [cache] });

new CfnOutput(stack, 'DashboardName', { value: dashboard.dashboardName });
new CfnOutput(stack, 'QueueUrl', { value: happenings.queueUrl });
new CfnOutput(stack, 'CacheId', { value: cache.replicationGroup!.replicationGroupId });
