// When you need it: a cache whose alarms tell the right people, beside metrics of it in the monitoring that you have (cdk-monitoring-constructs here).
// What it creates: a VPC, a cache for a queue of jobs, alarms and warnings for two topics, a dashboard and an alarm of cdk-monitoring-constructs.
// Run it: npx cdk deploy
import { App, RemovalPolicy, Stack } from 'aws-cdk-lib';
import { ComparisonOperator, MathExpression } from 'aws-cdk-lib/aws-cloudwatch';
import { Vpc } from 'aws-cdk-lib/aws-ec2';
import { Topic } from 'aws-cdk-lib/aws-sns';
import { MonitoringFacade, SnsAlarmActionStrategy } from 'cdk-monitoring-constructs';
import { CacheAlarms, CacheCluster, CacheProfile, CommandFamily } from 'cdk-elasticache';

const stack = new Stack(new App(), 'Monitoring');
const vpc = new Vpc(stack, 'Vpc', { maxAzs: 2, natGateways: 1 });
const pager = new Topic(stack, 'Pager', { enforceSSL: true });
const mailbox = new Topic(stack, 'Mailbox', { enforceSSL: true });

// A queue loses a job with every eviction: its profile evicts nothing, and alarms on the first eviction if one happens after all.
const cache = new CacheCluster(stack, 'Jobs', { vpc, profile: CacheProfile.JOB_QUEUE, removalPolicy: RemovalPolicy.DESTROY });

// Each alarm over all nodes; a warning nearer to what is normal goes to the mailbox, and so does the end of an alarm.
const thresholds = CacheProfile.JOB_QUEUE.defaults.alarmThresholds;
const alarms = new CacheAlarms(stack, 'Alarms', { cache, topic: pager, warningTopic: mailbox, okTopic: mailbox, thresholds });
alarms.addRecommended();
alarms.addCpuCredits('CpuCredits');
alarms.addTrafficManagement('TrafficManagement');
alarms.addAuthenticationFailures('AuthenticationFailures', { threshold: 100 });

// Every metric is a plain metric of CloudWatch, for any tool that takes one.
const monitoring = new MonitoringFacade(stack, 'Facade', {
  alarmFactoryDefaults: { alarmNamePrefix: 'jobs', actionsEnabled: true, action: new SnsAlarmActionStrategy({ onAlarmTopic: pager }) },
});
monitoring.addLargeHeader('Cache of the job queue').monitorCustom({
  alarmFriendlyName: 'Jobs',
  humanReadableName: 'Jobs',
  metricGroups: [
    { title: 'Connections of each node', metrics: cache.metrics.metricOfEachNode('CurrConnections') },
    { title: 'Writes of each node', metrics: cache.metrics.metricOfEachNode(`${CommandFamily.WRITE}Cmds`) },
    {
      title: 'Hit rate',
      metrics: [{
        metric: cache.metrics.hitRate() as MathExpression,
        alarmFriendlyName: 'HitRate',
        addAlarm: { Warning: { threshold: 50, comparisonOperator: ComparisonOperator.LESS_THAN_THRESHOLD, datapointsToAlarm: 15 } },
      }],
    },
  ],
});
