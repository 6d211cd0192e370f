// Networks of caches: who is let in, and whether groups and subnets belong together. Imports nothing of CDK.
import { areDifferentVpcs, vpcOf } from './private/template-facts';
import { engineRow } from '../../engine/private/engine-table';
import { serverlessEngine } from '../../serverless/private/serverless-table';
import { ResourceView, Rule } from '../rule';

const GROUP = 'AWS::EC2::SecurityGroup';
const INGRESS = 'AWS::EC2::SecurityGroupIngress';
const ACCESS = 'https://docs.aws.amazon.com/AmazonElastiCache/latest/dg/accessing-elasticache.html';
const COMMON = { severity: 'error', evidence: 'documented', checked: '2026-11-21', since: '0.1.0' } as const;

/** How each kind of cache names its security groups, its subnets and its ports. */
interface CacheRow {
  readonly type: string;
  readonly groups: string;
  readonly subnets: (cache: ResourceView) => readonly ResourceView[];
  readonly ports: (cache: ResourceView) => readonly number[];
  /** What makes clients log in. */
  readonly logins: readonly string[];
}

function subnetsOfGroup(cache: ResourceView): readonly ResourceView[] {
  return cache.related('CacheSubnetGroupName')[0]?.related('SubnetIds') ?? [];
}

function nodePort(cache: ResourceView): number[] {
  const own = cache.isAbsent('Port') ? engineRow(cache.text('Engine')?.toLowerCase() ?? '')?.defaultPort : cache.number('Port');
  return own === undefined ? [] : [own];
}

function serverlessPorts(cache: ResourceView): number[] {
  const row = serverlessEngine(cache.text('Engine')?.toLowerCase() ?? '');
  return row ? [row.port, row.readerPort] : [];
}

const CACHES: readonly CacheRow[] = [
  { type: 'AWS::ElastiCache::ReplicationGroup', groups: 'SecurityGroupIds', subnets: subnetsOfGroup, ports: nodePort, logins: ['UserGroupIds', 'AuthToken'] },
  { type: 'AWS::ElastiCache::CacheCluster', groups: 'VpcSecurityGroupIds', subnets: subnetsOfGroup, ports: nodePort, logins: [] },
  {
    type: 'AWS::ElastiCache::ServerlessCache',
    groups: 'SecurityGroupIds',
    subnets: (cache) => cache.related('SubnetIds'),
    ports: serverlessPorts,
    logins: ['UserGroupId'],
  },
];

/** Ports that hardly anything but a cache listens on. */
const CACHE_PORTS = [6379, 6380, 11211, 11212];

/** A rule of a security group that lets everyone in. */
interface Opening {
  readonly from: number;
  readonly to: number;
  readonly cidr: string;
}

/** What a rule opens to everyone; `undefined` when it does not, or cannot be known. */
function openingOf(rule: Readonly<Record<string, unknown>>): Opening | undefined {
  const cidr = [rule.CidrIp, rule.CidrIpv6].find((each) => each === '0.0.0.0/0' || each === '::/0' || each === '0:0:0:0:0:0:0:0/0');
  if (cidr === undefined || !['string', 'number'].includes(typeof rule.IpProtocol)) {
    return undefined;
  }
  const protocol = String(rule.IpProtocol).toLowerCase();
  const [from, to] = [rule.FromPort, rule.ToPort];
  return protocol === '-1' || protocol === 'all' ? { from: 0, to: 65535, cidr: String(cidr) }
    : (protocol === 'tcp' || protocol === '6') && typeof from === 'number' && typeof to === 'number' ? { from, to, cidr: String(cidr) } : undefined;
}

function ruleOf(ingress: ResourceView): Record<string, unknown> {
  return Object.fromEntries(['CidrIp', 'CidrIpv6', 'IpProtocol', 'FromPort', 'ToPort'].map((name) => [name, ingress.value(name)]));
}

function openingsOf(group: ResourceView): Opening[] {
  const inline = group.list('SecurityGroupIngress') ?? [];
  const apart = group.referrers('GroupId').filter(({ type }) => type === INGRESS).map(ruleOf);
  return [...inline, ...apart].filter((rule): rule is Record<string, unknown> => typeof rule === 'object' && rule !== null)
    .map(openingOf).filter((opening) => opening !== undefined);
}

function portsOf({ from, to }: Opening): string {
  return from === to ? `port ${from}` : from === 0 && to === 65535 ? 'every port' : `ports ${from} to ${to}`;
}

/** Whether a security group is certainly one of a cache, so that the cache is judged for what it opens. */
function isOfCache(group: ResourceView): boolean {
  return CACHES.some(({ type, groups }) => group.referrers(groups).some((cache) => cache.type === type));
}

function cachePortsOpened(opening: Opening | undefined): string | undefined {
  return opening && opening.to - opening.from <= 1 && CACHE_PORTS.includes(opening.from) && CACHE_PORTS.includes(opening.to)
    ? `${portsOf(opening)} of caches must not be open to ${opening.cidr}; name the security group of the clients` : undefined;
}

/** Whether whoever reaches the cache can certainly use it. */
function needsNoLogin(row: CacheRow, cache: ResourceView): boolean {
  return row.logins.every((login) => cache.isAbsent(login));
}

function openedToWorld(row: CacheRow, cache: ResourceView): string[] {
  return cache.related(row.groups).filter(({ type }) => type === GROUP).flatMap(openingsOf)
    .filter(({ from, to }) => row.ports(cache).some((port) => from <= port && port <= to))
    .map((opening) => `${cache.name(row.groups)} must not let everyone in, got: ${portsOf(opening)} open to ${opening.cidr}; name the security group of the clients`);
}

function rulesOf(row: CacheRow): Rule[] {
  const common = { ...COMMON, resourceType: row.type };
  return [
    {
      ...common,
      code: 'CacheOpenToWorld',
      reads: [row.groups, 'Port', 'Engine', ...row.logins],
      source: ACCESS,
      judge: (cache) => needsNoLogin(row, cache) ? openedToWorld(row, cache) : undefined,
    },
    ...row.logins.length === 0 ? [] : [{
      ...common,
      code: 'LoginOpenToWorld',
      severity: 'warning' as const,
      reads: [row.groups, 'Port', 'Engine', ...row.logins],
      source: ACCESS,
      judge: (cache: ResourceView) => needsNoLogin(row, cache) ? undefined : openedToWorld(row, cache),
    }],
    {
      ...common,
      code: 'SecurityGroupInOtherVpc',
      reads: [row.groups, ...row.type.endsWith('ServerlessCache') ? ['SubnetIds'] : ['CacheSubnetGroupName']],
      source: 'https://docs.aws.amazon.com/AmazonElastiCache/latest/dg/VPCs.EC.html',
      judge: (cache) => {
        const vpc = row.subnets(cache).map(vpcOf).find((each) => each !== undefined);
        const other = cache.related(row.groups).map(vpcOf).find((each) => areDifferentVpcs(each, vpc));
        return other === undefined ? undefined : `${cache.name(row.groups)} must be groups of the VPC of the subnets, which is ${vpc}, got: a group of ${other}`;
      },
    },
  ];
}

/** How a cache says that it is in the default VPC. */
const IN_DEFAULT_VPC: Readonly<Record<string, (cache: ResourceView) => boolean>> = {
  'AWS::ElastiCache::ReplicationGroup': (cache) => hasDefaultSubnets(cache),
  'AWS::ElastiCache::CacheCluster': (cache) => hasDefaultSubnets(cache),
  'AWS::ElastiCache::ServerlessCache': (cache) => cache.isAbsent('SubnetIds'),
};

function hasDefaultSubnets(cache: ResourceView): boolean {
  return cache.isAbsent('CacheSubnetGroupName') || cache.text('CacheSubnetGroupName') === 'default';
}

/** Rules about security groups of a VPC of the template, where the cache is in the default one. */
const DEFAULT_VPC_RULES: readonly Rule[] = CACHES.map(({ type, groups }): Rule => ({
  ...COMMON,
  code: 'SecurityGroupNotOfDefaultVpc',
  resourceType: type,
  reads: [groups, type.endsWith('ServerlessCache') ? 'SubnetIds' : 'CacheSubnetGroupName'],
  source: 'https://docs.aws.amazon.com/AmazonElastiCache/latest/dg/VPCs.EC.html',
  judge: (cache) => {
    const vpc = IN_DEFAULT_VPC[type](cache) ? cache.related(groups).flatMap((group) => group.related('VpcId')).find((each) => each.logicalId) : undefined;
    return vpc && `${groups} must be groups of the default VPC, in which the cache is without ${type.endsWith('ServerlessCache') ? 'SubnetIds' : 'a CacheSubnetGroupName'}, ` +
      `got: a group of the VPC ${vpc.logicalId} of this template; give subnets of that VPC`;
  },
}));

/** Rules about subnets of different VPCs, where they are listed. */
const SUBNET_RULES: readonly Rule[] = ['SubnetGroup', 'ServerlessCache'].map((short): Rule => ({
  ...COMMON,
  code: 'SubnetsInTwoVpcs',
  resourceType: `AWS::ElastiCache::${short}`,
  reads: ['SubnetIds'],
  evidence: short === 'SubnetGroup' ? 'live' : 'documented',
  source: `https://docs.aws.amazon.com/AmazonElastiCache/latest/APIReference/API_Create${short === 'SubnetGroup' ? 'CacheSubnetGroup' : short}.html`,
  judge: (resource) => {
    const [first, ...rest] = resource.related('SubnetIds').map(vpcOf).filter((vpc) => vpc !== undefined);
    const other = rest.find((vpc) => areDifferentVpcs(vpc, first));
    return other === undefined ? undefined : `${resource.name('SubnetIds')} must be in one VPC, got: ${first} and ${other}`;
  },
}));

/** Rules about the network. */
export const NETWORK_RULES: readonly Rule[] = [
  ...CACHES.flatMap(rulesOf),
  ...SUBNET_RULES,
  ...DEFAULT_VPC_RULES,
  ...[GROUP, INGRESS].map((resourceType): Rule => ({
    ...COMMON,
    code: 'CachePortOpenToWorld',
    severity: 'warning',
    resourceType,
    reads: resourceType === GROUP ? ['SecurityGroupIngress'] : ['CidrIp', 'CidrIpv6', 'FromPort', 'ToPort', 'IpProtocol', 'GroupId'],
    source: ACCESS,
    judge: (resource) => {
      const openings = resourceType === GROUP ? openingsOf(resource) : [openingOf(ruleOf(resource))];
      const found = openings.map(cachePortsOpened).filter((text) => text !== undefined);
      // What a group of this template opens is said of the group or, where a cache uses it, of the cache.
      const isSaidElsewhere = () => resourceType === GROUP ? isOfCache(resource) : resource.related('GroupId').length > 0;
      return found.length === 0 || isSaidElsewhere() ? [] : found;
    },
  })),
];
