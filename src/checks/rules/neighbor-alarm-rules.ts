// Alarms on caches, and the names of caches in Route 53. Imports nothing of CDK.
import { isIPv4, isIPv6 } from 'net';
import { Rule } from '../rule';
import { amountOf, COMMON, objectsOf, PAGES } from './private/neighbor-values';
import { FACTS, factsOf, isDynamic } from './private/template-facts';

const ALARM = 'AWS::CloudWatch::Alarm';
const RECORD = 'AWS::Route53::RecordSet';
const ALARM_PAGE = `${PAGES}/aws-resource-cloudwatch-alarm.html`;
const RECORD_PAGE = `${PAGES}/aws-resource-route53-recordset.html`;
const API = 'https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_PutMetricAlarm.html';
const ALARMS = { ...COMMON, resourceType: ALARM, source: ALARM_PAGE } as const;
const RECORDS = { ...COMMON, resourceType: RECORD, source: RECORD_PAGE } as const;

/** What says which metric an alarm is about, where `Metrics` does not. */
const OF_METRIC = ['MetricName', 'Namespace', 'Dimensions', 'Period', 'Statistic', 'ExtendedStatistic', 'Unit'];
/** The dimensions of the metrics of ElastiCache. */
const DIMENSIONS = ['CacheClusterId', 'CacheNodeId', 'ReplicationGroupId', 'ReplicationGroup', 'GlobalReplicationGroupId', 'NodeGroupId', 'clusterId', 'Tier', 'DestinationRegion'];
const DAY = 86_400;

const ALARM_RULES: readonly Rule[] = [
  {
    ...ALARMS,
    code: 'AlarmPeriodInvalid',
    reads: ['Period', 'EvaluationPeriods'],
    source: API,
    judge: (alarm) => {
      const [period, times] = [amountOf(alarm.value('Period')), amountOf(alarm.value('EvaluationPeriods'))];
      const most = period !== undefined && period < 3600 ? DAY : 7 * DAY;
      return period === undefined ? undefined
        : period < 10 || (![10, 20, 30].includes(period) && period % 60 !== 0) ? `Period must be 10, 20, 30 or a multiple of 60, got: ${period}`
          : times !== undefined && period * times > most ? `Period times EvaluationPeriods must be at most ${most} seconds, got: ${period * times}` : undefined;
    },
  },
  {
    ...ALARMS,
    code: 'AlarmMetricIncomplete',
    reads: ['MetricName', 'ComparisonOperator', 'EvaluationPeriods', 'Namespace', 'Period', 'Statistic', 'ExtendedStatistic', 'Threshold', 'ThresholdMetricId', 'Metrics', 'EvaluationCriteria'],
    judge: (alarm) => {
      if (!alarm.isAbsent('Metrics') || !alarm.isAbsent('EvaluationCriteria') || !alarm.isPresent('MetricName')) {
        return undefined;
      }
      return [
        ...['ComparisonOperator', 'EvaluationPeriods', 'Namespace', 'Period'].filter((name) => alarm.isAbsent(name)),
        ...alarm.isAbsent('Statistic') && alarm.isAbsent('ExtendedStatistic') ? ['Statistic or ExtendedStatistic'] : [],
        ...alarm.isAbsent('Threshold') && alarm.isAbsent('ThresholdMetricId') ? ['Threshold'] : [],
      ].map((missing) => `an alarm with MetricName must have ${missing}, got: none`);
    },
  },
  {
    ...ALARMS,
    code: 'AlarmMetricTwice',
    reads: ['Metrics', ...OF_METRIC],
    judge: (alarm) => {
      const both = alarm.isPresent('Metrics') ? OF_METRIC.filter((name) => alarm.isFilled(name)) : [];
      return both.length > 0 ? `an alarm with Metrics must not have ${both.join(', ')}; leave them out`
        : alarm.isPresent('Statistic') && alarm.isPresent('ExtendedStatistic') ? 'an alarm must have Statistic or ExtendedStatistic, got: both' : undefined;
    },
  },
  {
    ...ALARMS,
    code: 'AlarmDatapointsAbovePeriods',
    severity: 'warning',
    evidence: 'inferred',
    reads: ['DatapointsToAlarm', 'EvaluationPeriods'],
    judge: (alarm) => {
      const [some, all] = [amountOf(alarm.value('DatapointsToAlarm')), amountOf(alarm.value('EvaluationPeriods'))];
      return some !== undefined && all !== undefined && some > all ? `DatapointsToAlarm must not be above EvaluationPeriods, got: ${some} of ${all}` : undefined;
    },
  },
  {
    ...ALARMS,
    code: 'AlarmDimensionUnknown',
    severity: 'warning',
    reads: ['Dimensions', 'Namespace'],
    source: 'https://docs.aws.amazon.com/AmazonElastiCache/latest/dg/CacheMetrics.html',
    judge: (alarm) => alarm.text('Namespace') !== 'AWS/ElastiCache' ? undefined
      : objectsOf(alarm, 'Dimensions').map(({ Name }) => Name).filter((name): name is string => typeof name === 'string' && !DIMENSIONS.includes(name))
        .map((name) => `metrics of ElastiCache have no dimension ${name}, so the alarm never sees any; use CacheClusterId or ReplicationGroupId`),
  },
];

const RECORD_RULES: readonly Rule[] = [
  {
    ...RECORDS,
    code: 'RecordValueInvalid',
    reads: ['Type', 'ResourceRecords'],
    judge: (record) => {
      const type = record.text('Type')?.toUpperCase();
      const isAddress = type === 'A' ? isIPv4 : type === 'AAAA' ? isIPv6 : undefined;
      const values = record.value('ResourceRecords');
      if (!Array.isArray(values)) {
        return undefined;
      }
      const endpoint = isAddress && factsOf(record, FACTS.targets).find((fact) => /^ResourceRecords \S*Address AWS::ElastiCache::/.test(fact));
      return [
        ...endpoint ? [`an endpoint of a cache is a name, which a record of Type ${type} cannot hold; use CNAME`] : [],
        ...isAddress ? values.filter((value) => typeof value === 'string' && value !== '' && !isDynamic(value) && !isAddress(value.trim()))
          .map((value) => `ResourceRecords of Type ${type} must be addresses, got: ${JSON.stringify(value)}`) : [],
        ...type === 'CNAME' && values.length > 1 ? [`ResourceRecords of Type CNAME must be one name, got: ${values.length}`] : [],
      ];
    },
  },
  {
    ...RECORDS,
    code: 'RecordIncomplete',
    evidence: 'live',
    reads: ['ResourceRecords', 'TTL'],
    judge: (record) => record.isPresent('ResourceRecords') && record.isAbsent('TTL') ? 'a record with ResourceRecords must have TTL, got: none' : undefined,
  },
  {
    ...RECORDS,
    code: 'RecordContradictory',
    reads: ['AliasTarget', 'ResourceRecords', 'TTL', 'HostedZoneId', 'HostedZoneName'],
    judge: (record) => [
      ...record.isPresent('AliasTarget') ? ['ResourceRecords', 'TTL'].filter((name) => record.isPresent(name)).map((name) => `a record with AliasTarget must not have ${name}; leave it out`) : [],
      ...record.isPresent('HostedZoneId') && record.isPresent('HostedZoneName') ? ['a record must have HostedZoneId or HostedZoneName, got: both'] : [],
    ],
  },
];

/** Rules about alarms and names of caches. */
export const NEIGHBOR_ALARM_RULES: readonly Rule[] = [...ALARM_RULES, ...RECORD_RULES];
