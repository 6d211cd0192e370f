// Turns events of failed backups into a metric. Loaded with the first alarm on them: it needs modules of CDK that other alarms do not.
import { Duration, Names } from 'aws-cdk-lib';
import { IMetric, Stats } from 'aws-cdk-lib/aws-cloudwatch';
import { Queue } from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';
import type { ICacheCluster } from '../../cache/cache-cluster-ref';
import { CacheEventTarget } from '../cache-event-target';

/** How many backups of a cache failed in a minute. The events stay in a queue for as long as one can keep them. */
export function failedSnapshots(scope: Construct, id: string, cache: ICacheCluster): IMetric {
  const queue = new Queue(scope, `${id}Events`, { enforceSSL: true, retentionPeriod: Duration.days(14) });
  cache.events.onSnapshotFailed(`${Names.nodeUniqueId(scope.node)}${id}`, { target: CacheEventTarget.queue(queue) });
  return queue.metricNumberOfMessagesSent({ statistic: Stats.SUM, period: Duration.minutes(1) });
}
