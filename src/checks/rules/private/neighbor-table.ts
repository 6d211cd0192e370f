// Data only: what the CloudFormation registry declares of the types that stand around caches. Imports nothing of CDK.
// test/checks/neighbor-table.test.ts compares it with the specification that CDK is made from.
const PAGES = 'https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference';

/** What a property holds; `amount` for a number that need not be whole, `any` for what takes several forms. */
export type NeighborKind = 'text' | 'flag' | 'number' | 'amount' | 'list' | 'object' | 'any';

/** One type of resource beside caches. */
export interface NeighborRow {
  readonly type: string;
  /** Properties that must be written. */
  readonly required?: readonly string[];
  /** Properties of which one must be written. */
  readonly requiredOneOf?: readonly string[];
  /** Properties that may be written, by what they hold, names separated by spaces; absent for a type whose properties are not judged. */
  readonly properties?: Readonly<Partial<Record<NeighborKind, string>>>;
  /** The attributes for `Fn::GetAtt`, without those inside of others. */
  readonly attributes: string;
  readonly source: string;
}

/** When the schemas were last read. */
export const NEIGHBORS_CHECKED = '2026-11-28';

export const NEIGHBORS: readonly NeighborRow[] = [
  {
    type: 'AWS::EC2::VPC',
    properties: {
      text: 'CidrBlock InstanceTenancy Ipv4IpamPoolId',
      flag: 'EnableDnsHostnames EnableDnsSupport',
      number: 'Ipv4NetmaskLength',
      list: 'Tags',
      object: 'VpcEncryptionControl',
    },
    attributes: 'CidrBlock CidrBlockAssociations DefaultNetworkAcl DefaultSecurityGroup Ipv6CidrBlocks VpcId',
    source: `${PAGES}/aws-resource-ec2-vpc.html`,
  },
  {
    type: 'AWS::EC2::Subnet',
    required: ['VpcId'],
    properties: {
      text: 'AvailabilityZone AvailabilityZoneId CidrBlock Ipv4IpamPoolId Ipv6CidrBlock Ipv6IpamPoolId OutpostArn VpcId',
      flag: 'AssignIpv6AddressOnCreation EnableDns64 Ipv6Native MapPublicIpOnLaunch',
      number: 'EnableLniAtDeviceIndex Ipv4NetmaskLength Ipv6NetmaskLength',
      list: 'Tags',
      any: 'PrivateDnsNameOptionsOnLaunch',
    },
    attributes: 'AvailabilityZone AvailabilityZoneId BlockPublicAccessStates CidrBlock Ipv6CidrBlocks NetworkAclAssociationId OutpostArn SubnetId VpcId',
    source: `${PAGES}/aws-resource-ec2-subnet.html`,
  },
  {
    type: 'AWS::EC2::SecurityGroup',
    required: ['GroupDescription'],
    properties: {
      text: 'GroupDescription GroupName VpcId',
      list: 'SecurityGroupEgress SecurityGroupIngress Tags',
    },
    attributes: 'GroupId Id VpcId',
    source: `${PAGES}/aws-resource-ec2-securitygroup.html`,
  },
  {
    type: 'AWS::EC2::SecurityGroupIngress',
    required: ['IpProtocol'],
    requiredOneOf: ['GroupId', 'GroupName'],
    properties: {
      text: 'CidrIp CidrIpv6 Description GroupId GroupName IpProtocol SourcePrefixListId SourceSecurityGroupId SourceSecurityGroupName ' +
        'SourceSecurityGroupOwnerId',
      number: 'FromPort ToPort',
    },
    attributes: 'Id',
    source: `${PAGES}/aws-resource-ec2-securitygroupingress.html`,
  },
  {
    type: 'AWS::EC2::SecurityGroupEgress',
    required: ['GroupId', 'IpProtocol'],
    properties: {
      text: 'CidrIp CidrIpv6 Description DestinationPrefixListId DestinationSecurityGroupId GroupId IpProtocol',
      number: 'FromPort ToPort',
    },
    attributes: 'Id',
    source: `${PAGES}/aws-resource-ec2-securitygroupegress.html`,
  },
  {
    type: 'AWS::SNS::Topic',
    properties: {
      text: 'DisplayName FifoThroughputScope KmsMasterKeyId SignatureVersion TopicName TracingConfig',
      flag: 'ContentBasedDeduplication FifoTopic',
      number: 'MaximumMessageSize',
      list: 'DeliveryStatusLogging Subscription Tags',
      any: 'ArchivePolicy DataProtectionPolicy',
    },
    attributes: 'TopicArn TopicName',
    source: `${PAGES}/aws-resource-sns-topic.html`,
  },
  {
    type: 'AWS::SNS::Subscription',
    required: ['Protocol', 'TopicArn'],
    properties: {
      text: 'Endpoint FilterPolicyScope Protocol Region SubscriptionRoleArn TopicArn',
      flag: 'RawMessageDelivery',
      any: 'DeliveryPolicy FilterPolicy RedrivePolicy ReplayPolicy',
    },
    attributes: 'Arn',
    source: `${PAGES}/aws-resource-sns-subscription.html`,
  },
  {
    type: 'AWS::KMS::Key',
    properties: {
      text: 'Description KeySpec KeyUsage Origin',
      flag: 'BypassPolicyLockoutSafetyCheck EnableKeyRotation Enabled MultiRegion',
      number: 'PendingWindowInDays RotationPeriodInDays',
      list: 'Tags',
      any: 'KeyPolicy',
    },
    attributes: 'Arn KeyId',
    source: `${PAGES}/aws-resource-kms-key.html`,
  },
  {
    type: 'AWS::KMS::Alias',
    required: ['AliasName', 'TargetKeyId'],
    properties: {
      text: 'AliasName TargetKeyId',
    },
    attributes: '',
    source: `${PAGES}/aws-resource-kms-alias.html`,
  },
  {
    type: 'AWS::Logs::LogGroup',
    properties: {
      text: 'KmsKeyId LogGroupClass LogGroupName',
      flag: 'BearerTokenAuthenticationEnabled DeletionProtectionEnabled',
      number: 'RetentionInDays',
      list: 'FieldIndexPolicies Tags',
      any: 'DataProtectionPolicy ResourcePolicyDocument',
    },
    attributes: 'Arn',
    source: `${PAGES}/aws-resource-logs-loggroup.html`,
  },
  {
    type: 'AWS::KinesisFirehose::DeliveryStream',
    properties: {
      text: 'DeliveryStreamName DeliveryStreamType',
      list: 'Tags',
      object: 'AmazonOpenSearchServerlessDestinationConfiguration AmazonopensearchserviceDestinationConfiguration ' +
        'DatabaseSourceConfiguration DeliveryStreamEncryptionConfigurationInput DirectPutSourceConfiguration ' +
        'ElasticsearchDestinationConfiguration ExtendedS3DestinationConfiguration HttpEndpointDestinationConfiguration ' +
        'IcebergDestinationConfiguration KinesisStreamSourceConfiguration MSKSourceConfiguration RedshiftDestinationConfiguration ' +
        'S3DestinationConfiguration SnowflakeDestinationConfiguration SplunkDestinationConfiguration',
    },
    attributes: 'Arn',
    source: `${PAGES}/aws-resource-kinesisfirehose-deliverystream.html`,
  },
  {
    type: 'AWS::SecretsManager::Secret',
    properties: {
      text: 'Description KmsKeyId Name SecretString Type',
      list: 'ReplicaRegions Tags',
      object: 'GenerateSecretString',
    },
    attributes: 'Id',
    source: `${PAGES}/aws-resource-secretsmanager-secret.html`,
  },
  {
    type: 'AWS::SecretsManager::RotationSchedule',
    required: ['SecretId'],
    properties: {
      text: 'ExternalSecretRotationRoleArn RotationLambdaARN SecretId',
      flag: 'RotateImmediatelyOnUpdate',
      list: 'ExternalSecretRotationMetadata',
      object: 'HostedRotationLambda RotationRules',
    },
    attributes: 'Id',
    source: `${PAGES}/aws-resource-secretsmanager-rotationschedule.html`,
  },
  {
    type: 'AWS::SecretsManager::SecretTargetAttachment',
    required: ['SecretId', 'TargetId', 'TargetType'],
    properties: {
      text: 'SecretId TargetId TargetType',
    },
    attributes: 'Id',
    source: `${PAGES}/aws-resource-secretsmanager-secrettargetattachment.html`,
  },
  {
    type: 'AWS::ApplicationAutoScaling::ScalableTarget',
    required: ['MaxCapacity', 'MinCapacity', 'ResourceId', 'ScalableDimension', 'ServiceNamespace'],
    properties: {
      text: 'ResourceId RoleARN ScalableDimension ServiceNamespace',
      number: 'MaxCapacity MinCapacity',
      list: 'ScheduledActions Tags',
      object: 'SuspendedState',
    },
    attributes: 'Id',
    source: `${PAGES}/aws-resource-applicationautoscaling-scalabletarget.html`,
  },
  {
    type: 'AWS::ApplicationAutoScaling::ScalingPolicy',
    required: ['PolicyName', 'PolicyType'],
    properties: {
      text: 'PolicyName PolicyType ResourceId ScalableDimension ScalingTargetId ServiceNamespace',
      object: 'PredictiveScalingPolicyConfiguration StepScalingPolicyConfiguration TargetTrackingScalingPolicyConfiguration',
    },
    attributes: 'Arn',
    source: `${PAGES}/aws-resource-applicationautoscaling-scalingpolicy.html`,
  },
  {
    type: 'AWS::CloudWatch::Alarm',
    properties: {
      text: 'AlarmDescription AlarmName ComparisonOperator EvaluateLowSampleCountPercentile ExtendedStatistic MetricName Namespace ' +
        'Statistic ThresholdMetricId TreatMissingData Unit',
      flag: 'ActionsEnabled',
      number: 'DatapointsToAlarm EvaluationInterval EvaluationPeriods Period',
      amount: 'Threshold',
      list: 'AlarmActions Dimensions InsufficientDataActions Metrics OKActions Tags',
      object: 'EvaluationCriteria EvaluationWindow WarmUpConfiguration',
    },
    attributes: 'Arn',
    source: `${PAGES}/aws-resource-cloudwatch-alarm.html`,
  },
  {
    type: 'AWS::Route53::RecordSet',
    required: ['Name', 'Type'],
    requiredOneOf: ['HostedZoneId', 'HostedZoneName'],
    properties: {
      text: 'Comment Failover HealthCheckId HostedZoneId HostedZoneName Name Region SetIdentifier TTL Type',
      flag: 'MultiValueAnswer',
      number: 'Weight',
      list: 'ResourceRecords',
      object: 'AliasTarget CidrRoutingConfig GeoLocation',
    },
    attributes: '',
    source: `${PAGES}/aws-resource-route53-recordset.html`,
  },
  {
    type: 'AWS::SSM::Parameter',
    required: ['Type', 'Value'],
    properties: {
      text: 'AllowedPattern DataType Description Name Policies Tier Type Value',
      any: 'Tags',
    },
    attributes: 'Arn Type Value',
    source: `${PAGES}/aws-resource-ssm-parameter.html`,
  },
  {
    type: 'AWS::S3::Bucket',
    attributes: 'Arn DomainName DualStackDomainName RegionalDomainName WebsiteURL',
    source: `${PAGES}/aws-resource-s3-bucket.html`,
  },
];

/** What people call a property that the registry calls otherwise, by type. */
export const NEIGHBOR_ALIASES: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  'AWS::EC2::SecurityGroup': { Description: 'GroupDescription', Name: 'GroupName', Ingress: 'SecurityGroupIngress', Egress: 'SecurityGroupEgress' },
  'AWS::EC2::Subnet': { Cidr: 'CidrBlock', CidrIp: 'CidrBlock', Vpc: 'VpcId' },
  'AWS::EC2::VPC': { Cidr: 'CidrBlock', CidrIp: 'CidrBlock' },
  'AWS::CloudWatch::Alarm': { Name: 'AlarmName', Description: 'AlarmDescription' },
  'AWS::Logs::LogGroup': { Name: 'LogGroupName', Retention: 'RetentionInDays' },
  'AWS::SNS::Topic': { Name: 'TopicName' },
  'AWS::SNS::Subscription': { Topic: 'TopicArn' },
  'AWS::KMS::Alias': { Name: 'AliasName', KeyId: 'TargetKeyId' },
  'AWS::KMS::Key': { Policy: 'KeyPolicy' },
  'AWS::SecretsManager::Secret': { SecretName: 'Name' },
  'AWS::SSM::Parameter': { ParameterName: 'Name' },
  'AWS::KinesisFirehose::DeliveryStream': { Name: 'DeliveryStreamName' },
  'AWS::Route53::RecordSet': { Records: 'ResourceRecords' },
};

/** The names of a column of the table. */
export function columnOf(column: string | undefined): string[] {
  return column ? column.split(' ') : [];
}

/** Every property that may be written, with what it holds. */
export function neighborKinds(row: NeighborRow): ReadonlyMap<string, NeighborKind> {
  const entries = Object.entries(row.properties ?? {}) as [NeighborKind, string][];
  return new Map(entries.flatMap(([kind, column]) => columnOf(column).map((name): [string, NeighborKind] => [name, kind])));
}
