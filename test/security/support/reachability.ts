// Who can reach a cache: a judge that reads security groups out of finished templates. The local AWS lets everybody through, so this is who looks.
import { follow, Place, placesOf, Templates } from './templates';

/** One direction of one rule of a security group. */
interface SecurityRule {
  readonly group: unknown;
  /** A security group, or an address range. */
  readonly peer: unknown;
  readonly protocol: string;
  readonly from: unknown;
  readonly to: unknown;
}

const EVERYBODY = ['0.0.0.0/0', '::/0'];

/** What guards each type of cache, and on which ports it listens. */
const CACHES: Record<string, { groups: string; ports: (properties: Record<string, any>) => number[] }> = {
  'AWS::ElastiCache::ReplicationGroup': { groups: 'SecurityGroupIds', ports: ({ Port }) => [Port] },
  'AWS::ElastiCache::CacheCluster': { groups: 'VpcSecurityGroupIds', ports: ({ Port }) => [Port] },
  'AWS::ElastiCache::ServerlessCache': { groups: 'SecurityGroupIds', ports: ({ Engine }) => Engine === 'memcached' ? [11211, 11212] : [6379, 6380] },
};

/** Where each type of client says in which security groups it is. */
const CLIENTS: Record<string, (properties: Record<string, any>) => any[]> = {
  'AWS::Lambda::Function': ({ VpcConfig }) => VpcConfig.SecurityGroupIds,
  'AWS::ECS::Service': ({ NetworkConfiguration }) => NetworkConfiguration.AwsvpcConfiguration.SecurityGroups,
  'AWS::EC2::Instance': ({ SecurityGroupIds }) => SecurityGroupIds,
};

/**
 * What is wrong with the way from clients to a cache: nothing when each of them gets through on each of its ports, out and in, and nobody else gets in.
 */
export function judgeReachability(templates: Templates, cache: Place, clients: readonly Place[]): string[] {
  const { groups, ports } = CACHES[cache.resource.Type];
  const cacheGroups = groupsOf(templates, cache, cache.resource.Properties![groups]);
  const cachePorts = ports(cache.resource.Properties!);
  const clientGroups = clients.map((client) => groupsOf(templates, client, CLIENTS[client.resource.Type](client.resource.Properties!)));
  const [ingress, egress] = [rulesOf(templates, 'Ingress', cache), rulesOf(templates, 'Egress', cache)];

  const unreached = clients.flatMap((client, index) => cachePorts.flatMap((port) => {
    const ways = clientGroups[index].flatMap((from) => cacheGroups.map((to) => ({ from, to })));
    const out = ways.filter(({ from, to }) => leavesFreely(templates, from) || egress.some((rule) => rule.group === from && covers(rule, to, port)));
    const through = out.filter(({ from, to }) => ingress.some((rule) => rule.group === to && covers(rule, from, port)));
    return through.length > 0 ? [] : [`${client.id} does not get ${out.length > 0 ? 'in' : 'out'} on port ${port}`];
  }));
  const allowed = new Set<unknown>(clientGroups.flat());
  const open = ingress.filter(({ group }) => cacheGroups.includes(group))
    .filter((rule) => !allowed.has(rule.peer) || rule.protocol !== 'tcp' || rule.from !== rule.to || !cachePorts.includes(rule.from as number))
    .map(({ peer, protocol, from, to }) => `${String(peer)} gets in on ${protocol} ${String(from)} to ${String(to)}`);
  return [...unreached, ...open];
}

function groupsOf(templates: Templates, { stack }: Place, ids: any[]): unknown[] {
  return ids.map((id) => follow(templates, stack, id));
}

/** Every rule of a direction: those written in groups, and those that are resources of their own. */
function rulesOf(templates: Templates, direction: 'Ingress' | 'Egress', cache: Place): SecurityRule[] {
  const peer = direction === 'Ingress' ? 'SourceSecurityGroupId' : 'DestinationSecurityGroupId';
  const read = (stack: string, group: unknown, rule: any): SecurityRule => ({
    group,
    peer: rule[peer] === undefined ? rule.CidrIp ?? rule.CidrIpv6 ?? rule[`${peer.replace('SecurityGroupId', '')}PrefixListId`] : follow(templates, stack, rule[peer]),
    protocol: String(rule.IpProtocol),
    from: portOf(follow(templates, stack, rule.FromPort), cache),
    to: portOf(follow(templates, stack, rule.ToPort), cache),
  });
  const written = placesOf(templates, 'AWS::EC2::SecurityGroup').flatMap(({ stack, id, resource }) =>
    (resource.Properties?.[`SecurityGroup${direction}`] ?? []).map((rule: any) => read(stack, `${stack}/${id}.GroupId`, rule)));
  const alone = placesOf(templates, `AWS::EC2::SecurityGroup${direction}`).map(({ stack, resource }) =>
    read(stack, follow(templates, stack, resource.Properties!.GroupId), resource.Properties));
  return [...written, ...alone];
}

/** The port of an endpoint that CloudFormation tells. */
function portOf(value: unknown, cache: Place): unknown {
  const ports = CACHES[cache.resource.Type].ports(cache.resource.Properties!);
  const [first, second] = [`${cache.stack}/${cache.id}.Endpoint.Port`, `${cache.stack}/${cache.id}.ReaderEndpoint.Port`];
  return value === first ? ports[0] : value === second ? ports[1] : value;
}

/** A group without a word about what leaves lets everything out: AWS's own default. */
function leavesFreely(templates: Templates, group: unknown): boolean {
  const place = placesOf(templates, 'AWS::EC2::SecurityGroup').find(({ stack, id }) => `${stack}/${id}.GroupId` === group);
  const alone = placesOf(templates, 'AWS::EC2::SecurityGroupEgress').some(({ stack, resource }) => follow(templates, stack, resource.Properties!.GroupId) === group);
  return place !== undefined && place.resource.Properties?.SecurityGroupEgress === undefined && !alone;
}

function covers(rule: SecurityRule, peer: unknown, port: number): boolean {
  const reaches = rule.peer === peer || EVERYBODY.includes(rule.peer as string);
  const everyPort = rule.protocol === '-1';
  return reaches && (everyPort || (rule.protocol === 'tcp' && Number(rule.from) <= port && port <= Number(rule.to)));
}
