import { RemovalPolicy } from 'aws-cdk-lib';
import { Construct } from 'constructs';
import { Backing, backupsOf, mergeParameters, TopologyContext, TopologyPlan, TopologyStrategy } from './topology-strategy';
import { CacheAuthentication } from '../../access/cache-authentication';
import { CacheEngine } from '../../engine/cache-engine';
import { CacheSubnets } from '../../network/private/cache-subnets';
import { Inspection } from '../../private/check';
import { once } from '../../private/props';
import {
  DECIDED_GROUPS, inspectReplicationGroup, NAMED_LATER, planReplicationGroup, ReplicationGroupPlan, userGroupOf, WORDINGS as GROUP_WORDINGS,
} from '../../replication-group/private/replication-group-plan';
import { ReplicationGroup } from '../../replication-group/replication-group';
import { ReplicationGroupProps } from '../../replication-group/replication-group-options';
import { CacheTopology } from '../cache-topology';

/** The props of a cache under their names in CloudFormation. */
const WORDINGS = { ...GROUP_WORDINGS, ReplicationGroupId: 'cacheName', UserGroupIds: 'authentication', AuthToken: 'authentication' };

/** Caches that are replication groups: a primary with or without replicas, or shards of them. */
export const REPLICATION_GROUP_TOPOLOGY: TopologyStrategy = {
  topologies: ['replicated', 'sharded', 'singleNode'],
  engines: ['valkey', 'redis'],
  defaultEngine: once(() => CacheEngine.valkey()),
  defaultTopology: once(() => CacheTopology.replicated()),
  withoutMeaning: {},
  plan: planGroup,
};

function planGroup({ path, props, defaults, engine, topology }: TopologyContext): TopologyPlan {
  const authentication = props.authentication ?? CacheAuthentication.password();
  const removalPolicy = props.removalPolicy ?? defaults.removalPolicy ?? RemovalPolicy.SNAPSHOT;
  const group: ReplicationGroupProps = {
    vpc: props.vpc,
    engine,
    removalPolicy,
    clusterMode: topology._clusterMode,
    nodeType: topology.nodeType ?? defaults.nodeType,
    dataTiering: topology._dataTiering,
    durability: props.durability,
    replicationGroupId: props.cacheName,
    description: props.description ?? path.slice(-255),
    vpcSubnets: props.vpcSubnets,
    subnetGroup: props.subnetGroup,
    securityGroups: props.securityGroups,
    port: props.port,
    parameters: props.parameterGroup ? props.parameters : mergeParameters(defaults.parameters, props.parameters, engine),
    networkType: props.networkType,
    ipDiscovery: props.ipDiscovery,
    restoreFrom: props.restoreFrom,
    parameterGroup: props.parameterGroup,
    encryptionKey: props.encryptionKey,
    userGroup: authentication._userGroup,
    authToken: authentication._authToken,
    autoMinorVersionUpgrade: props.autoMinorVersionUpgrade ?? defaults.autoMinorVersionUpgrade,
    ...backupsOf(props, defaults),
    maintenanceWindow: props.maintenanceWindow ?? defaults.maintenanceWindow,
    notificationTopic: props.notificationTopic,
    slowLog: props.slowLog ?? (engine.features.slowLog ? defaults.slowLog : undefined),
    engineLog: props.engineLog ?? (engine.features.engineLog ? defaults.engineLog : undefined),
  };
  const plan = planReplicationGroup(path, group);
  let subnets: CacheSubnets | undefined;
  return {
    authentication,
    removalPolicy,
    inspect: (inspection) => { ({ subnets } = inspect(inspection, group, plan, authentication)); },
    create: (scope, securityGroups, userGroup) => create(scope, { ...group, securityGroups, userGroup }, { ...plan, subnets }),
  };
}

/** Warnings are left to the parts: they repeat the checks. */
function inspect(
  inspection: Inspection, props: ReplicationGroupProps, plan: ReplicationGroupPlan, authentication: CacheAuthentication,
): ReplicationGroupPlan {
  const assumed = authentication._ownsUsers ? { userGroupIds: [NAMED_LATER] } : {};
  return inspectReplicationGroup(inspection, props, { ...plan, properties: { ...plan.properties, ...assumed } }, WORDINGS);
}

function create(scope: Construct, props: ReplicationGroupProps, plan: ReplicationGroupPlan): Backing {
  const properties = { ...plan.properties, ...userGroupOf(props) };
  const replicationGroup = new ReplicationGroup(scope, 'ReplicationGroup', DECIDED_GROUPS.remember(props, { ...plan, properties }));
  return { replicationGroup, cache: replicationGroup, get access() { return replicationGroup._access; } };
}
