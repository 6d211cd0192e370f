import { caseOf, Cases, TemplateResources } from './case';

const TYPE = 'AWS::ElastiCache::CacheCluster';
const REDIS = { NumCacheNodes: 1, CacheNodeType: 'cache.t4g.micro', CacheSubnetGroupName: 'subnets', Engine: 'redis', EngineVersion: '7.1' };
const logs = (...LogTypes: string[]) => ({
  LogDeliveryConfigurations: LogTypes.map((LogType) => (
    { LogType, LogFormat: 'json', DestinationType: 'cloudwatch-logs', DestinationDetails: { CloudWatchLogsDetails: { LogGroup: 'logs' } } })),
});

function notified(FifoTopic: boolean): TemplateResources {
  return {
    Topic: { Type: 'AWS::SNS::Topic', Properties: { FifoTopic } },
    Thing: { Type: TYPE, Properties: { ...REDIS, NotificationTopicArn: { Ref: 'Topic' } } },
  };
}

export const CACHE_CLUSTER_CASES: Cases = {
  ClusterBackupWindowInvalid: caseOf(TYPE, REDIS, { SnapshotWindow: '03:00-03:59' }, { SnapshotWindow: '03:00-04:00' }),
  ClusterSnapshotArnInvalid: caseOf(TYPE, REDIS, { SnapshotArns: ['arn:aws:s3:::bucket/a,b.rdb'] }, { SnapshotArns: ['arn:aws:s3:::bucket/a.rdb'] }),
  ClusterSnapshotTwice: caseOf(TYPE, { ...REDIS, SnapshotArns: ['arn:aws:s3:::bucket/a.rdb'] }, { SnapshotName: 'last' }, {}),
  ClusterLogDeliveryInvalid: caseOf(TYPE, REDIS, logs('slow-log', 'slow-log'), logs('slow-log', 'engine-log')),
  ClusterDiscoveryContradicts: caseOf(TYPE, REDIS, { IpDiscovery: 'ipv6' }, { IpDiscovery: 'ipv6', NetworkType: 'dual_stack' }),
  ClusterTopicIsFifo: { bad: notified(true), good: notified(false) },
};
