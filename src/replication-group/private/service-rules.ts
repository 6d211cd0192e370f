// Imports nothing of CDK.
import { API, COMMON, GUIDE, lacks, needs } from './rule-words';
import { ResourceView, Rule } from '../../checks/rule';
import { CAPABILITIES } from '../../engine/private/engine-table';
import { unfitSubnets } from '../../network/private/ip-versions';
import { nodeTypeRow } from '../../node-type/private/node-type-table';
import { identifierProblem } from '../../private/identifiers';

/** The log deliveries of a type: `slow-log` or `engine-log`. */
function deliveries(group: ResourceView, logType: string): unknown[] {
  return (group.list('LogDeliveryConfigurations') ?? []).filter((entry) => (entry as { LogType?: unknown }).LogType === logType);
}

/** The network types that have IPv6. */
function hasIpv6(group: ResourceView): boolean {
  return ['ipv6', 'dual_stack'].includes(group.text('NetworkType') ?? '');
}

/** How a destination of logs is described, by its type. */
const LOG_DETAILS: Readonly<Record<string, string>> = { 'cloudwatch-logs': 'CloudWatchLogsDetails', 'kinesis-firehose': 'KinesisFirehoseDetails' };

/** Rules about names, network, logs and notifications of replication groups. */
export const SERVICE_RULES: readonly Rule[] = [
  {
    ...COMMON,
    code: 'ReplicationGroupIdInvalid',
    reads: ['ReplicationGroupId'],
    evidence: 'live',
    source: API,
    judge: (group) => {
      const id = group.text('ReplicationGroupId');
      const problem = id === undefined ? undefined : identifierProblem(id, 40);
      return problem && `${group.name('ReplicationGroupId')} must ${problem}, got: ${JSON.stringify(id)}`;
    },
  },
  ...(['slow-log', 'engine-log'] as const).map((logType): Rule => ({
    ...COMMON,
    code: logType === 'slow-log' ? 'SlowLogUnsupported' : 'EngineLogUnsupported',
    reads: ['LogDeliveryConfigurations', 'Engine', 'EngineVersion'],
    evidence: 'live',
    source: `${GUIDE}/Log_Delivery.html`,
    judge: (group) => {
      const capability = logType === 'slow-log' ? 'slowLog' : 'engineLog';
      return deliveries(group, logType).length > 0 && lacks(group, capability)
        ? `delivery of the ${logType} ${needs(group, capability)}; leave it out${group.advice(' or pass LogDelivery.none()', '')}` : undefined;
    },
  })),
  {
    ...COMMON,
    code: 'PortOutOfRange',
    reads: ['Port'],
    evidence: 'live',
    source: API,
    judge: (group) => {
      const port = group.number('Port');
      return port === undefined || (Number.isInteger(port) && port >= 1150 && port <= 65535 && port !== 8005) ? undefined
        : `${group.name('Port')} must be 1150 to 8004 or 8006 to 65535, got: ${port}`;
    },
  },
  {
    ...COMMON,
    code: 'NotificationTopicEncrypted',
    severity: 'warning', // the topic can be given, and is detached at the first message
    reads: ['NotificationTopicArn'],
    evidence: 'documented',
    source: `${GUIDE}/ElastiCacheSNS.html`,
    judge: (group) => group.related('NotificationTopicArn')[0]?.isPresent('KmsMasterKeyId')
      ? `${group.name('NotificationTopicArn')} must be a topic without encryption: ElastiCache cannot publish to an encrypted one and detaches it; ` +
        'remove the topic\'s key or use another topic' : undefined,
  },
  {
    ...COMMON,
    code: 'DescriptionInvalid',
    reads: ['ReplicationGroupDescription'],
    evidence: 'documented',
    source: API,
    judge: (group) => {
      const description = group.text('ReplicationGroupDescription');
      return description === undefined || (description.length >= 1 && description.length <= 255) ? undefined
        : `${group.name('ReplicationGroupDescription')} must have 1 to 255 characters, got: ${description.length}`;
    },
  },
  {
    ...COMMON,
    code: 'NameBlocksReplacement',
    severity: 'warning',
    reads: ['ReplicationGroupId'],
    evidence: 'documented',
    source: 'https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-elasticache-replicationgroup.html',
    judge: (group) => group.text('ReplicationGroupId') !== undefined
      ? `${group.given('ReplicationGroupId')} is fixed: a change that replaces the cache, such as of port, subnets or keys, fails until the name is changed too; ` +
        'leave it out unless something outside this app needs it' : undefined,
  },
  {
    ...COMMON,
    code: 'NetworkTypeUnsupported',
    reads: ['Engine', 'EngineVersion', 'CacheNodeType', 'NetworkType'],
    evidence: 'documented',
    source: CAPABILITIES.ipv6.source,
    judge: (group) => !hasIpv6(group) ? undefined : [
      ...lacks(group, 'ipv6') ? [`${group.given('NetworkType')} ${needs(group, 'ipv6')}`] : [],
      ...nodeTypeRow(group.text('CacheNodeType') ?? '')?.ipv6 === false
        ? [`${group.given('NetworkType')} needs a Nitro node type, got: ${group.given('CacheNodeType')}`] : [],
    ],
  },
  {
    ...COMMON,
    code: 'NetworkTypeUnfitForSubnets',
    reads: ['NetworkType', 'CacheSubnetGroupName'],
    evidence: 'documented',
    source: CAPABILITIES.ipv6.source,
    judge: (group) => unfitSubnets(group, group.related('CacheSubnetGroupName')[0]?.related('SubnetIds') ?? [], 'CacheSubnetGroupName'),
  },
  {
    ...COMMON,
    code: 'IpDiscoveryUnfit',
    severity: 'warning',
    reads: ['NetworkType', 'IpDiscovery'],
    evidence: 'inferred',
    source: CAPABILITIES.ipv6.source,
    judge: (group) => {
      const [network, discovery] = [group.isAbsent('NetworkType') ? 'ipv4' : group.text('NetworkType'), group.text('IpDiscovery')];
      return discovery && ['ipv4', 'ipv6'].includes(network ?? '') && network !== discovery
        ? `${group.given('IpDiscovery')} contradicts ${group.given('NetworkType')}; leave out ${group.name('IpDiscovery')}` : undefined;
    },
  },
  {
    ...COMMON,
    code: 'CacheSecurityGroupsGone',
    reads: ['CacheSecurityGroupNames'],
    evidence: 'live',
    source: API,
    judge: (group) => (group.count('CacheSecurityGroupNames') ?? 0) > 0
      ? `${group.name('CacheSecurityGroupNames')} cannot be used any more; give security groups of the VPC in SecurityGroupIds` : undefined,
  },
  {
    ...COMMON,
    code: 'LogTypeTwice',
    reads: ['LogDeliveryConfigurations'],
    evidence: 'documented',
    source: `${GUIDE}/Log_Delivery.html`,
    judge: (group) => ['slow-log', 'engine-log'].filter((logType) => deliveries(group, logType).length > 1)
      .map((logType) => `${group.name('LogDeliveryConfigurations')} may have the ${logType} once, got: ${deliveries(group, logType).length}`),
  },
  {
    ...COMMON,
    code: 'LogDestinationUnfit',
    reads: ['LogDeliveryConfigurations'],
    evidence: 'documented',
    source: `${GUIDE}/Log_Delivery.html`,
    judge: (group) => (group.list('LogDeliveryConfigurations') ?? []).flatMap((entry) => {
      const { DestinationType: type, DestinationDetails: details } = entry as { DestinationType?: unknown; DestinationDetails?: unknown };
      const expected = typeof type === 'string' ? LOG_DETAILS[type] : undefined;
      const written = typeof details === 'object' && details !== null ? Object.keys(details) : [];
      return expected && written.length > 0 && !written.includes(expected)
        ? [`${group.name('LogDeliveryConfigurations')} of type ${String(type)} must have ${expected}, got: ${written.join(', ')}`] : [];
    }),
  },
  {
    ...COMMON,
    code: 'NotificationTopicFifo',
    severity: 'warning',
    reads: ['NotificationTopicArn'],
    evidence: 'inferred',
    source: `${GUIDE}/ElastiCacheSNS.html`,
    judge: (group) => group.related('NotificationTopicArn')[0]?.isTrue('FifoTopic')
      ? `${group.name('NotificationTopicArn')} should be a standard topic, got: a FIFO topic` : undefined,
  },
];
