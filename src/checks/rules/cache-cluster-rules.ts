// What only raw cache clusters can get wrong: single nodes of Redis OSS, and values that constructs cannot hold. Imports nothing of CDK.
import { texts } from './private/template-facts';
import { parseBackupWindow, SHORTEST_WINDOW } from '../../backup/private/window-text';
import { ResourceView, Rule } from '../rule';

const API = 'https://docs.aws.amazon.com/AmazonElastiCache/latest/APIReference/API_CreateCacheCluster.html';
const LOGS = 'https://docs.aws.amazon.com/AmazonElastiCache/latest/dg/Log_Delivery.html';
const COMMON = { resourceType: 'AWS::ElastiCache::CacheCluster', severity: 'error', checked: '2026-11-21', since: '0.1.0' } as const;

const DESTINATIONS: Readonly<Record<string, string>> = { 'cloudwatch-logs': 'CloudWatchLogsDetails', 'kinesis-firehose': 'KinesisFirehoseDetails' };
const CHOICES: Readonly<Record<string, readonly string[]>> = {
  LogType: ['slow-log', 'engine-log'], LogFormat: ['json', 'text'], DestinationType: Object.keys(DESTINATIONS),
};

interface Delivery {
  readonly LogType?: unknown;
  readonly DestinationType?: unknown;
  readonly DestinationDetails?: {
    readonly CloudWatchLogsDetails?: { readonly LogGroup?: unknown };
    readonly KinesisFirehoseDetails?: { readonly DeliveryStream?: unknown };
  };
}

function isRedis(cluster: ResourceView): boolean {
  return cluster.text('Engine')?.toLowerCase() === 'redis';
}

function deliveriesOf(cluster: ResourceView): readonly Delivery[] {
  return (cluster.list('LogDeliveryConfigurations') ?? []).filter((each): each is Delivery => typeof each === 'object' && each !== null);
}

/** Rules about raw cache clusters. */
export const CACHE_CLUSTER_RULES: readonly Rule[] = [
  {
    ...COMMON,
    code: 'ClusterBackupWindowInvalid',
    reads: ['Engine', 'SnapshotWindow'],
    evidence: 'live',
    source: API,
    judge: (cluster) => {
      const window = cluster.text('SnapshotWindow');
      const span = window === undefined ? undefined : parseBackupWindow(window);
      return isRedis(cluster) && window !== undefined && (span === undefined || span.length < SHORTEST_WINDOW)
        ? `SnapshotWindow must be of the form hh:mm-hh:mm in UTC and at least ${SHORTEST_WINDOW} minutes long, got: ${JSON.stringify(window)}` : undefined;
    },
  },
  {
    ...COMMON,
    code: 'ClusterSnapshotArnInvalid',
    reads: ['Engine', 'SnapshotArns'],
    evidence: 'documented',
    source: API,
    judge: (cluster) => {
      const arns = cluster.list('SnapshotArns');
      return !isRedis(cluster) || !arns ? undefined : [
        ...arns.length !== 1 ? [`SnapshotArns of a cache cluster must be one ARN, got: ${arns.length}`] : [],
        ...texts(arns).filter((arn) => !/^arn:[^:]+:s3:::[^,]+$/.test(arn)).map((arn) =>
          `SnapshotArns must be ARNs of files in S3 without a comma in their names, got: ${JSON.stringify(arn)}`),
      ];
    },
  },
  {
    ...COMMON,
    code: 'ClusterSnapshotTwice',
    severity: 'warning',
    reads: ['Engine', 'SnapshotArns', 'SnapshotName'],
    evidence: 'inferred',
    source: API,
    judge: (cluster) => isRedis(cluster) && cluster.isFilled('SnapshotArns') && cluster.isPresent('SnapshotName')
      ? 'SnapshotArns and SnapshotName both say what the cluster starts from; give one of them' : undefined,
  },
  {
    ...COMMON,
    code: 'ClusterLogDeliveryInvalid',
    reads: ['Engine', 'LogDeliveryConfigurations'],
    evidence: 'documented',
    source: LOGS,
    judge: (cluster) => {
      const deliveries = isRedis(cluster) ? deliveriesOf(cluster) : [];
      const types = texts(deliveries.map(({ LogType }) => LogType));
      return [
        ...[...new Set(types.filter((type, index) => types.indexOf(type) !== index))].map((type) => `LogDeliveryConfigurations must deliver each log once, got twice: ${type}`),
        ...deliveries.flatMap((delivery) => Object.entries(CHOICES).flatMap(([name, values]) => {
          const value = delivery[name as keyof Delivery] as unknown;
          return typeof value === 'string' && !values.includes(value)
            ? [`${name} of a log delivery must be one of ${values.join(', ')}, got: ${JSON.stringify(value)}`] : [];
        })),
        ...deliveries.flatMap(({ DestinationType: type, DestinationDetails: details }) => {
          const member = typeof type === 'string' ? DESTINATIONS[type] : undefined;
          const other = Object.values(DESTINATIONS).find((each) => each !== member)!;
          return member !== undefined && typeof details === 'object' && details !== null && !(member in details) && other in details
            ? [`DestinationDetails must have ${member} for DestinationType ${type as string}, got: ${other}`] : [];
        }),
        ...texts(deliveries.map(({ DestinationDetails: to }) => to?.CloudWatchLogsDetails?.LogGroup ?? to?.KinesisFirehoseDetails?.DeliveryStream))
          .filter((name) => name.startsWith('arn:')).map((name) => `a log delivery must name its destination, and not give its ARN, got: ${name}`),
      ];
    },
  },
  {
    ...COMMON,
    code: 'ClusterDiscoveryContradicts',
    severity: 'warning',
    reads: ['NetworkType', 'IpDiscovery'],
    evidence: 'inferred',
    source: 'https://docs.aws.amazon.com/AmazonElastiCache/latest/dg/network-type.html',
    judge: (cluster) => {
      const [network, discovery] = [cluster.text('NetworkType') ?? (cluster.isAbsent('NetworkType') ? 'ipv4' : undefined), cluster.text('IpDiscovery')];
      return (network === 'ipv4' && discovery === 'ipv6') || (network === 'ipv6' && discovery === 'ipv4')
        ? `${cluster.given('IpDiscovery')} does not fit ${cluster.given('NetworkType')}` : undefined;
    },
  },
  {
    ...COMMON,
    code: 'ClusterTopicIsFifo',
    severity: 'warning',
    reads: ['NotificationTopicArn'],
    evidence: 'inferred',
    source: 'https://docs.aws.amazon.com/AmazonElastiCache/latest/dg/ElastiCacheSNS.html',
    judge: (cluster) => cluster.related('NotificationTopicArn')[0]?.isTrue('FifoTopic') || cluster.text('NotificationTopicArn')?.endsWith('.fifo')
      ? 'NotificationTopicArn should be a standard topic: ElastiCache is not known to publish to a FIFO one' : undefined,
  },
];
