import { RemovalPolicy } from 'aws-cdk-lib';
import { mergeParameters, TopologyContext, TopologyPlan, TopologyStrategy } from './topology-strategy';
import { CacheAuthentication } from '../../access/cache-authentication';
import { CacheEngine } from '../../engine/cache-engine';
import { MemcachedVersion } from '../../engine/memcached-version';
import { MemcachedCluster } from '../../memcached/memcached-cluster';
import { MemcachedClusterProps } from '../../memcached/memcached-cluster-options';
import { inspectMemcached, planMemcached, WORDINGS as MEMCACHED_WORDINGS } from '../../memcached/private/memcached-plan';
import { once } from '../../private/props';
import { CacheTopology } from '../cache-topology';

/** The props of a cache under their names in CloudFormation. */
const WORDINGS = { ...MEMCACHED_WORDINGS, ClusterName: 'cacheName', EngineVersion: 'engine' };

/** Caches that are clusters of Memcached. */
export const MEMCACHED_TOPOLOGY: TopologyStrategy = {
  topologies: ['memcached'],
  engines: ['memcached'],
  defaultEngine: once(() => CacheEngine.memcached()),
  defaultTopology: once(() => CacheTopology.memcached()),
  withoutMeaning: {
    authentication: 'Memcached knows no users; leave it out or pass CacheAuthentication.none()',
    backupRetention: 'Memcached has no backups; leave it out',
    backupWindow: 'Memcached has no backups; leave it out',
    restoreFrom: 'Memcached has no backups; leave it out',
    durability: 'Memcached on nodes keeps nothing on disk; leave it out',
    encryptionKey: 'Memcached on nodes keeps nothing on disk; leave it out',
    slowLog: 'Memcached has no log delivery; leave it out',
    engineLog: 'Memcached has no log delivery; leave it out',
    description: 'a cluster of Memcached has no description; leave it out',
  },
  plan: planCluster,
};

function planCluster({ props, defaults, engine, topology }: TopologyContext): TopologyPlan {
  const cluster: MemcachedClusterProps = {
    vpc: props.vpc,
    version: MemcachedVersion.of(engine.version, { parameterGroupFamily: engine.parameterGroupFamily }),
    removalPolicy: removalPolicyOf(props.removalPolicy, defaults.removalPolicy),
    nodes: topology._memcached?.nodes ?? defaults.topology?._memcached?.nodes ?? (defaults.topology?.kind === 'singleNode' ? 1 : undefined),
    nodeType: topology.nodeType ?? defaults.nodeType,
    availabilityZones: topology._memcached?.availabilityZones,
    clusterName: props.cacheName,
    vpcSubnets: props.vpcSubnets,
    subnetGroup: props.subnetGroup,
    securityGroups: props.securityGroups,
    port: props.port,
    parameters: props.parameterGroup ? props.parameters : mergeParameters(defaults.parameters, props.parameters, engine),
    networkType: props.networkType,
    ipDiscovery: props.ipDiscovery,
    parameterGroup: props.parameterGroup,
    autoMinorVersionUpgrade: props.autoMinorVersionUpgrade ?? defaults.autoMinorVersionUpgrade,
    maintenanceWindow: props.maintenanceWindow ?? defaults.maintenanceWindow,
    notificationTopic: props.notificationTopic,
  };
  return {
    authentication: CacheAuthentication.none(),
    removalPolicy: cluster.removalPolicy!,
    inspect: (inspection) => inspectMemcached(inspection, cluster, planMemcached(cluster), WORDINGS),
    create: (scope, securityGroups) => {
      const memcachedCluster = new MemcachedCluster(scope, 'MemcachedCluster', { ...cluster, securityGroups });
      return { memcachedCluster, cache: memcachedCluster, get access() { return memcachedCluster._access; } };
    },
  };
}

/** A profile for any kind of cache may ask for a last snapshot; Memcached has none. */
function removalPolicyOf(given: RemovalPolicy | undefined, profile: RemovalPolicy | undefined): RemovalPolicy {
  return given ?? (profile === RemovalPolicy.SNAPSHOT ? undefined : profile) ?? RemovalPolicy.DESTROY;
}
