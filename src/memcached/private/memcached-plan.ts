import { RemovalPolicy, Token } from 'aws-cdk-lib';
import { CfnCacheCluster, CfnCacheClusterProps } from 'aws-cdk-lib/aws-elasticache';
import { chooseWindows } from '../../backup/private/choose-windows';
import { Wordings } from '../../checks/rule';
import { CacheEngine } from '../../engine/cache-engine';
import { NetworkType } from '../../network/network-type';
import { chooseSubnets } from '../../network/private/cache-subnets';
import { CacheNodeType } from '../../node-type/cache-node-type';
import { viewOfParameterGroup } from '../../parameters/parameter-group';
import { PARAMETER_GROUP_RULES } from '../../parameters/parameter-group-rules';
import { Inspection } from '../../private/check';
import { parameterGroupView, topicView, viewOf } from '../../private/construct-view';
import { refuseNoSecurityGroups, refuseTogether } from '../../private/props';
import { refuseSnapshot } from '../../private/removal';
import { lowerCase } from '../../private/tokens';
import { MemcachedClusterProps } from '../memcached-cluster-options';
import { MEMCACHED_RULES } from '../memcached-rules';

const DEFAULT_NODES = 2;

/** The props of a Memcached cluster under their names in CloudFormation. */
export const WORDINGS: Wordings = {
  ClusterName: 'clusterName',
  EngineVersion: 'version',
  CacheNodeType: 'nodeType',
  NumCacheNodes: 'nodes',
  AZMode: { name: 'crossAz', show: (mode) => mode === 'cross-az' ? 'true' : mode === 'single-az' ? 'false' : 'a token' },
  PreferredAvailabilityZones: 'availabilityZones',
  CacheSubnetGroupName: 'subnetGroup',
  CacheParameterGroupName: 'parameterGroup',
  Port: 'port',
  TransitEncryptionEnabled: 'transitEncryption',
  NetworkType: 'networkType',
  IpDiscovery: 'ipDiscovery',
  PreferredMaintenanceWindow: 'maintenanceWindow',
  NotificationTopicArn: 'notificationTopic',
};

/** Props with every default filled in, and the properties that need no other resource. */
export interface MemcachedPlan {
  readonly engine: CacheEngine;
  readonly nodeType: CacheNodeType;
  readonly nodes: number;
  readonly port: number;
  readonly transitEncryption: boolean;
  readonly removalPolicy: RemovalPolicy;
  /** The id of the L1: CloudFormation cannot change node type and TLS of a running cluster, so a change of them must be another resource. */
  readonly resourceId: string;
  readonly properties: CfnCacheClusterProps;
}

/** Fills in the defaults. The choice of each is told in the documentation of the prop. */
export function planMemcached(props: MemcachedClusterProps): MemcachedPlan {
  const engine = CacheEngine.memcached(props.version);
  const nodeType = props.nodeType ?? CacheNodeType.T4G_MEDIUM;
  const nodes = props.nodes ?? DEFAULT_NODES;
  const port = props.port ?? engine.defaultPort;
  const transitEncryption = props.transitEncryption ?? engine.features.transitEncryption;
  return {
    engine,
    nodeType,
    nodes,
    port,
    transitEncryption,
    removalPolicy: props.removalPolicy ?? RemovalPolicy.DESTROY,
    resourceId: resourceId(nodeType, transitEncryption),
    properties: {
      clusterName: props.clusterName === undefined ? undefined : lowerCase(props.clusterName),
      engine: engine.name,
      engineVersion: engine.version,
      cacheNodeType: nodeType.name,
      numCacheNodes: nodes,
      azMode: isCrossAz(props, nodes) ? 'cross-az' : 'single-az',
      preferredAvailabilityZones: props.availabilityZones,
      port,
      transitEncryptionEnabled: transitEncryption,
      networkType: props.networkType,
      ipDiscovery: props.ipDiscovery ?? (props.networkType === NetworkType.IPV6 ? 'ipv6' : undefined),
      autoMinorVersionUpgrade: props.autoMinorVersionUpgrade,
      preferredMaintenanceWindow: chooseWindows(false, undefined, props.maintenanceWindow).maintenance,
      notificationTopicArn: props.notificationTopic?.topicRef.topicArn,
    },
  };
}

/** Judges a Memcached cluster before anything of it is made: its own properties, and those of the resources it will make or use. */
export function inspectMemcached(inspection: Inspection, props: MemcachedClusterProps, plan: MemcachedPlan, wordings: Wordings = WORDINGS): void {
  if (inspection.isJudged) {
    return;
  }
  checkCombinations(inspection, props);
  if (!props.subnetGroup) {
    chooseSubnets(inspection.ofPart(), props.vpc, props.vpcSubnets);
  }
  const made = props.parameterGroup ? undefined : viewOfParameterGroup(plan.engine, props.parameters);
  if (made) {
    inspection.ofPart().check(PARAMETER_GROUP_RULES, () => made);
  }
  // The construct always has a subnet group; its name is not known before it is made.
  const properties = { ...plan.properties, cacheSubnetGroupName: Token.asString({}) };
  inspection.check(MEMCACHED_RULES, () => viewOf(CfnCacheCluster.CFN_RESOURCE_TYPE_NAME, properties, wordings, {
    CacheParameterGroupName: made ? [made] : parameterGroupView(props.parameterGroup),
    NotificationTopicArn: topicView(props.notificationTopic),
  }));
}

function isCrossAz(props: MemcachedClusterProps, nodes: number): boolean {
  // A single zone that is a token is one zone; several tokens are taken for several zones, which is what they are for.
  return props.crossAz ?? (props.availabilityZones ? new Set(props.availabilityZones).size > 1 : nodes > 1);
}

function checkCombinations(inspection: Inspection, props: MemcachedClusterProps): void {
  refuseTogether(inspection, props, [['vpcSubnets', 'subnetGroup'], ['parameters', 'parameterGroup'], ['crossAz', 'availabilityZones']]);
  refuseNoSecurityGroups(inspection, props.securityGroups);
  if (Token.isUnresolved(props.nodes) && props.crossAz === undefined && props.availabilityZones === undefined) {
    inspection.misuse('NodesNotKnown', 'crossAz must be given when nodes is a token: whether nodes can be spread over zones follows from their number');
  }
  refuseSnapshot(inspection, props.removalPolicy, 'a cluster of Memcached');
}

/** `cache.t4g.medium` with TLS to `T4gMediumTls`. */
function resourceId(nodeType: CacheNodeType, transitEncryption: boolean): string {
  const { family, size } = nodeType.features;
  const words = [family ?? 'Resource', size ?? '', transitEncryption ? 'tls' : ''];
  return words.map((word) => word.replace(/[^A-Za-z0-9]/g, '')).map((word) => word.charAt(0).toUpperCase() + word.slice(1)).join('');
}
