// Data only: values of resources beside caches that are one of a few, that have bounds, or that are names of a certain form.
// Imports nothing of CDK.
import { PAGES } from './neighbor-values';

/** A property whose value is one of a few. */
export interface NeighborChoice {
  readonly type: string;
  readonly property: string;
  readonly values: readonly string[];
  /** Whether the case matters: it does where a schema or the API enumerates the values. */
  readonly exact?: true;
  readonly source: string;
}

const ALARM = 'https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_PutMetricAlarm.html';
const KEY = `${PAGES}/aws-resource-kms-key.html`;
const AMOUNTS = ['Bytes', 'Kilobytes', 'Megabytes', 'Gigabytes', 'Terabytes', 'Bits', 'Kilobits', 'Megabits', 'Gigabits', 'Terabits', 'Count'];

export const NEIGHBOR_CHOICES: readonly NeighborChoice[] = [
  {
    type: 'AWS::Logs::LogGroup',
    property: 'RetentionInDays',
    values: ['1', '3', '5', '7', '14', '30', '60', '90', '120', '150', '180', '365', '400', '545', '731', '1096', '1827', '2192', '2557', '2922', '3288', '3653'],
    source: `${PAGES}/aws-resource-logs-loggroup.html`,
  },
  {
    type: 'AWS::Logs::LogGroup',
    property: 'LogGroupClass',
    values: ['STANDARD', 'INFREQUENT_ACCESS', 'DELIVERY'],
    source: `${PAGES}/aws-resource-logs-loggroup.html`,
  },
  {
    type: 'AWS::SSM::Parameter',
    property: 'Type',
    values: ['String', 'StringList'],
    exact: true,
    source: `${PAGES}/aws-resource-ssm-parameter.html`,
  },
  {
    type: 'AWS::SSM::Parameter',
    property: 'Tier',
    values: ['Standard', 'Advanced', 'Intelligent-Tiering'],
    source: `${PAGES}/aws-resource-ssm-parameter.html`,
  },
  {
    type: 'AWS::CloudWatch::Alarm',
    property: 'ComparisonOperator',
    values: [
      'GreaterThanOrEqualToThreshold', 'GreaterThanThreshold', 'LessThanThreshold', 'LessThanOrEqualToThreshold',
      'LessThanLowerOrGreaterThanUpperThreshold', 'LessThanLowerThreshold', 'GreaterThanUpperThreshold',
    ],
    exact: true,
    source: ALARM,
  },
  { type: 'AWS::CloudWatch::Alarm', property: 'Statistic', values: ['SampleCount', 'Average', 'Sum', 'Minimum', 'Maximum'], exact: true, source: ALARM },
  { type: 'AWS::CloudWatch::Alarm', property: 'TreatMissingData', values: ['breaching', 'notBreaching', 'ignore', 'missing'], source: ALARM },
  {
    type: 'AWS::CloudWatch::Alarm',
    property: 'Unit',
    values: ['Seconds', 'Microseconds', 'Milliseconds', 'Percent', 'None', ...AMOUNTS, ...AMOUNTS.map((each) => `${each}/Second`)],
    source: ALARM,
  },
  {
    type: 'AWS::SNS::Subscription',
    property: 'Protocol',
    values: ['http', 'https', 'email', 'email-json', 'sms', 'sqs', 'application', 'lambda', 'firehose'],
    source: 'https://docs.aws.amazon.com/sns/latest/api/API_Subscribe.html',
  },
  {
    type: 'AWS::SecretsManager::SecretTargetAttachment',
    property: 'TargetType',
    values: [
      'AWS::RDS::DBInstance', 'AWS::RDS::DBCluster', 'AWS::RDS::DBProxy', 'AWS::Redshift::Cluster', 'AWS::RedshiftServerless::Namespace',
      'AWS::DocDB::DBInstance', 'AWS::DocDB::DBCluster', 'AWS::DocDBElastic::Cluster',
    ],
    source: `${PAGES}/aws-resource-secretsmanager-secrettargetattachment.html`,
  },
  {
    type: 'AWS::KMS::Key',
    property: 'KeyUsage',
    values: ['ENCRYPT_DECRYPT', 'SIGN_VERIFY', 'GENERATE_VERIFY_MAC', 'KEY_AGREEMENT'],
    source: KEY,
  },
  {
    type: 'AWS::ApplicationAutoScaling::ScalingPolicy',
    property: 'PolicyType',
    values: ['TargetTrackingScaling', 'StepScaling', 'PredictiveScaling'],
    exact: true,
    source: `${PAGES}/aws-resource-applicationautoscaling-scalingpolicy.html`,
  },
  {
    type: 'AWS::Route53::RecordSet',
    property: 'Type',
    values: ['A', 'AAAA', 'CAA', 'CNAME', 'DS', 'HTTPS', 'MX', 'NAPTR', 'NS', 'PTR', 'SOA', 'SPF', 'SRV', 'SSHFP', 'SVCB', 'TLSA', 'TXT'],
    source: `${PAGES}/aws-resource-route53-recordset.html`,
  },
];

/** A number with bounds. */
export interface NeighborRange {
  readonly type: string;
  readonly property: string;
  readonly least: number;
  readonly most?: number;
  readonly source: string;
}

export const NEIGHBOR_RANGES: readonly NeighborRange[] = [
  { type: 'AWS::KMS::Key', property: 'PendingWindowInDays', least: 7, most: 30, source: KEY },
  { type: 'AWS::KMS::Key', property: 'RotationPeriodInDays', least: 90, most: 2560, source: 'https://docs.aws.amazon.com/kms/latest/APIReference/API_EnableKeyRotation.html' },
  { type: 'AWS::CloudWatch::Alarm', property: 'EvaluationPeriods', least: 1, source: ALARM },
  { type: 'AWS::CloudWatch::Alarm', property: 'DatapointsToAlarm', least: 1, source: ALARM },
];

/** A name or another text of a certain form. */
export interface NeighborText {
  readonly code: string;
  readonly type: string;
  readonly property: string;
  /** What no part of it holds. */
  readonly never: RegExp;
  readonly most: number;
  readonly must: string;
  /** What it begins with, and what it does not begin with, in any case. */
  readonly start?: string;
  readonly notStart?: readonly string[];
  readonly source: string;
}

/** What descriptions and names of security groups are made of. */
export const GROUP_TEXT = { never: /[^a-zA-Z0-9 ._\-:/()#,@[\]+=&;{}!$*]/, most: 255, must: 'at most 255 letters, digits, spaces or ._-:/()#,@[]+=&;{}!$*' } as const;

export const NEIGHBOR_TEXTS: readonly NeighborText[] = [
  {
    code: 'SecurityGroupTextInvalid',
    type: 'AWS::EC2::SecurityGroup',
    property: 'GroupDescription',
    ...GROUP_TEXT,
    source: `${PAGES}/aws-resource-ec2-securitygroup.html`,
  },
  {
    code: 'SecurityGroupTextInvalid',
    type: 'AWS::EC2::SecurityGroup',
    property: 'GroupName',
    ...GROUP_TEXT,
    notStart: ['sg-'],
    source: `${PAGES}/aws-resource-ec2-securitygroup.html`,
  },
  {
    code: 'AliasNameInvalid',
    type: 'AWS::KMS::Alias',
    property: 'AliasName',
    never: /[^a-zA-Z0-9:/_-]/,
    most: 256,
    must: 'alias/ and at most 250 letters, digits or /_-',
    start: 'alias/',
    notStart: ['alias/aws/'],
    source: `${PAGES}/aws-resource-kms-alias.html`,
  },
  {
    code: 'LogGroupNameInvalid',
    type: 'AWS::Logs::LogGroup',
    property: 'LogGroupName',
    never: /[^.\-_/#A-Za-z0-9]/,
    most: 512,
    must: 'at most 512 letters, digits or _-/.#',
    source: 'https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_CreateLogGroup.html',
  },
  {
    code: 'StreamNameInvalid',
    type: 'AWS::KinesisFirehose::DeliveryStream',
    property: 'DeliveryStreamName',
    never: /[^a-zA-Z0-9_.-]/,
    most: 64,
    must: 'at most 64 letters, digits or _.-',
    source: 'https://docs.aws.amazon.com/firehose/latest/APIReference/API_CreateDeliveryStream.html',
  },
  {
    code: 'SecretNameInvalid',
    type: 'AWS::SecretsManager::Secret',
    property: 'Name',
    never: /[^a-zA-Z0-9/_+=.@-]/,
    most: 512,
    must: 'at most 512 letters, digits or /_+=.@-',
    source: `${PAGES}/aws-resource-secretsmanager-secret.html`,
  },
];
