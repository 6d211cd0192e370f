// Security groups, subnets and VPCs beside caches. Imports nothing of CDK.
import { ResourceView, Rule } from '../rule';
import { isIpv6Cidr, parseCidr, Range } from './private/cidr';
import { GROUP_TEXT } from './private/neighbor-value-table';
import { amountOf, COMMON, Inner, objectsOf, PAGES, textOf } from './private/neighbor-values';
import { FACTS, factsOf } from './private/template-facts';

const GROUP = 'AWS::EC2::SecurityGroup';
const SUBNET = 'AWS::EC2::Subnet';
const VPC = 'AWS::EC2::VPC';

/** Who a rule of a security group names: the properties of which it has one. */
const PEERS = {
  Ingress: ['CidrIp', 'CidrIpv6', 'SourcePrefixListId', 'SourceSecurityGroupId', 'SourceSecurityGroupName'],
  Egress: ['CidrIp', 'CidrIpv6', 'DestinationPrefixListId', 'DestinationSecurityGroupId'],
} as const;
type Direction = keyof typeof PEERS;
const DIRECTIONS = ['Ingress', 'Egress'] as const;
const NONE = [] as const;

/** Protocols with ports, by name and number. */
const WITH_PORTS = ['tcp', 'udp', '6', '17'];
/** What people write for the protocol that carries it. */
const CARRIED = ['http', 'https', 'redis', 'rediss', 'valkey', 'memcached', 'ssh', 'ssl', 'tls', 'any', 'tcp/udp'];

/** A rule of a security group, with what is written of it. */
interface GroupRule {
  readonly value: (property: string) => unknown;
  readonly isWritten: (property: string) => boolean;
  readonly isAbsent: (property: string) => boolean;
}

function inlineRule(inner: Inner): GroupRule {
  const isAbsent = (property: string) => inner[property] === undefined;
  return { value: (property) => inner[property], isWritten: (property) => !isAbsent(property), isAbsent };
}

function ownRule(resource: ResourceView): GroupRule {
  return {
    value: (property) => resource.value(property),
    isWritten: (property) => resource.isPresent(property),
    isAbsent: (property) => resource.isAbsent(property),
  };
}

/** The rules that a resource is or holds. */
function rulesIn(resource: ResourceView): readonly (readonly [direction: Direction, rule: GroupRule])[] {
  if (resource.type !== GROUP) {
    return [[resource.type === `${GROUP}Egress` ? 'Egress' : 'Ingress', ownRule(resource)]];
  }
  return DIRECTIONS.every((each) => resource.isAbsent(`SecurityGroup${each}`)) ? NONE
    : DIRECTIONS.flatMap((each) => objectsOf(resource, `SecurityGroup${each}`).map((inner): [Direction, GroupRule] => [each, inlineRule(inner)]));
}

function portProblems({ value, isAbsent }: GroupRule): string[] {
  const protocol = textOf(value('IpProtocol'))?.toLowerCase();
  if (protocol === undefined || !WITH_PORTS.includes(protocol)) {
    return protocol !== undefined && CARRIED.includes(protocol) ? [`IpProtocol must be tcp, udp, icmp, icmpv6, a number, or -1 for all, got: ${JSON.stringify(protocol)}`] : [];
  }
  const [from, to] = [amountOf(value('FromPort')), amountOf(value('ToPort'))];
  const wrong = [from, to].find((port) => port !== undefined && (port < -1 || port > 65535));
  return isAbsent('FromPort') || isAbsent('ToPort') ? [`a rule for ${protocol} must have FromPort and ToPort, got: not both`]
    : wrong !== undefined ? [`ports must be 0 to 65535, got: ${wrong}`]
      : from !== undefined && to !== undefined && from > to ? [`FromPort must not be above ToPort, got: ${from} and ${to}`] : [];
}

function addressProblems({ value }: GroupRule): string[] {
  const [four, six] = [value('CidrIp'), value('CidrIpv6')];
  return [
    ...typeof four === 'string' && four !== '' && !parseCidr(four) ? [`CidrIp must be a range as 10.0.0.0/16, got: ${JSON.stringify(four)}`] : [],
    ...typeof six === 'string' && six !== '' && !isIpv6Cidr(six) ? [`CidrIpv6 must be a range as 2001:db8::/32, got: ${JSON.stringify(six)}`] : [],
  ];
}

/** Peers of which a rule certainly has several. A prefix list is not compared, and an empty text may be nothing. */
function severalPeers(direction: Direction, { value, isWritten }: GroupRule): string[] {
  const several = PEERS[direction].filter((peer) => !peer.endsWith('PrefixListId') && isWritten(peer) && value(peer) !== '');
  return several.length > 1 && several.some((peer) => peer.startsWith('Cidr'))
    ? [`a rule must name one ${direction === 'Ingress' ? 'source' : 'destination'}, got: ${several.join(' and ')}`] : [];
}

function descriptionProblems({ value }: GroupRule): string[] {
  const text = value('Description');
  return typeof text === 'string' && (text.length > GROUP_TEXT.most || GROUP_TEXT.never.test(text))
    ? [`Description must be ${GROUP_TEXT.must}, got: ${JSON.stringify(text)}`] : [];
}

function unique(found: string[]): string[] {
  return found.length > 1 ? [...new Set(found)] : found;
}

const GROUP_RULES: readonly Rule[] = [
  { short: 'SecurityGroup', reads: ['SecurityGroupIngress', 'SecurityGroupEgress'], page: 'aws-properties-ec2-securitygroup-ingress.html' },
  { short: 'SecurityGroupIngress', reads: PEERS.Ingress, page: 'aws-resource-ec2-securitygroupingress.html' },
  { short: 'SecurityGroupEgress', reads: PEERS.Egress, page: 'aws-resource-ec2-securitygroupegress.html' },
].flatMap(({ short, reads, page }): Rule[] => [
  {
    ...COMMON,
    code: 'SecurityGroupRuleInvalid',
    resourceType: `AWS::EC2::${short}`,
    reads: short === 'SecurityGroup' ? reads : [...reads, 'IpProtocol', 'FromPort', 'ToPort', 'Description'],
    source: `${PAGES}/${page}`,
    judge: (resource) => unique(rulesIn(resource).flatMap(([, rule]) =>
      [...portProblems(rule), ...addressProblems(rule), ...descriptionProblems(rule)])),
  },
  {
    ...COMMON,
    code: short === 'SecurityGroup' ? 'SecurityGroupInlineTwoPeers' : 'SecurityGroupRuleTwoPeers',
    resourceType: `AWS::EC2::${short}`,
    reads,
    source: `${PAGES}/${page}`,
    judge: (resource) => unique(rulesIn(resource).flatMap(([direction, rule]) => severalPeers(direction, rule))),
  },
  {
    ...COMMON,
    code: 'SecurityGroupRuleWithoutPeer',
    severity: 'warning',
    resourceType: `AWS::EC2::${short}`,
    reads,
    source: `${PAGES}/${page}`,
    // The stack was seen to be made all the same, without the rule: https://github.com/aws-cloudformation/cfn-lint/issues/1323
    judge: (resource) => unique(rulesIn(resource).filter(([direction, { isAbsent }]) => PEERS[direction].every(isAbsent)).map(([direction]) =>
      `a rule must name one of ${PEERS[direction].join(', ')}, got: none; the rule may not be made`)),
  },
]);

/** The IPv4 range of a VPC or a subnet, where it is known. */
function rangeOf(resource: ResourceView | undefined): Range | undefined {
  const text = resource?.text('CidrBlock');
  return text === undefined ? undefined : parseCidr(text);
}

/** The VPC of the template that a subnet is in. */
function vpcOf(subnet: ResourceView): ResourceView | undefined {
  return subnet.related('VpcId').find(({ type }) => type === VPC);
}

const CIDR_RULES: readonly Rule[] = [
  ...[VPC, SUBNET].map((resourceType): Rule => ({
    ...COMMON,
    code: 'CidrBlockInvalid',
    resourceType,
    reads: ['CidrBlock'],
    source: resourceType === VPC ? 'https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_CreateVpc.html'
      : 'https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_CreateSubnet.html',
    judge: (resource) => {
      const text = resource.text('CidrBlock');
      const range = rangeOf(resource);
      return text === undefined || text === '' || (range && range.prefix >= 16 && range.prefix <= 28) ? undefined
        : `CidrBlock must be a range of IPv4 addresses with a prefix of /16 to /28, got: ${JSON.stringify(text)}`;
    },
  })),
  {
    ...COMMON,
    code: 'SubnetOutsideVpc',
    resourceType: SUBNET,
    reads: ['CidrBlock', 'VpcId'],
    source: 'https://docs.aws.amazon.com/vpc/latest/userguide/subnet-sizing.html',
    judge: (subnet) => {
      const [own, whole] = [rangeOf(subnet), rangeOf(vpcOf(subnet))];
      return !own || !whole || (own.from >= whole.from && own.to <= whole.to)
        // More ranges may be added to a VPC.
        || factsOf(subnet, FACTS.types).some((type) => type === 'AWS::EC2::VPCCidrBlock' || /^(AWS::CloudFormation::(Stack|CustomResource)$|Custom::)/.test(type)) ? undefined
        : `CidrBlock must be a part of that of the VPC, which is ${vpcOf(subnet)!.text('CidrBlock')}, got: ${subnet.text('CidrBlock')}`;
    },
  },
  {
    ...COMMON,
    code: 'SubnetsOverlap',
    resourceType: SUBNET,
    reads: ['CidrBlock', 'VpcId'],
    source: 'https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_CreateSubnet.html',
    judge: (subnet) => {
      const own = rangeOf(subnet);
      const all = own && vpcOf(subnet)?.referrers('VpcId').filter(({ type }) => type === SUBNET);
      // Of two, the later one is said to be wrong.
      const before = all?.slice(0, Math.max(0, all.findIndex(({ logicalId }) => logicalId === subnet.logicalId))) ?? [];
      return before.filter((other) => {
        const range = rangeOf(other);
        return range && range.from <= own!.to && range.to >= own!.from;
      }).map((other) => `CidrBlock must not overlap that of ${other.logicalId}, which is ${other.text('CidrBlock')}, got: ${subnet.text('CidrBlock')}`);
    },
  },
];

/** Rules about the network around caches. */
export const NEIGHBOR_NETWORK_RULES: readonly Rule[] = [...GROUP_RULES, ...CIDR_RULES];
