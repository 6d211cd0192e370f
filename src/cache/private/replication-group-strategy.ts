import { Lazy, RemovalPolicy } from 'aws-cdk-lib';
import { Construct } from 'constructs';
import { CacheSettings, TopologyStrategy } from './topology-strategy';
import { Parameters } from '../../parameters/parameters';
import { daysOf } from '../../private/tokens';
import { inspectReplicationGroup, planReplicationGroup, WORDINGS as OWN_WORDINGS } from '../../replication-group/private/replication-group-plan';
import { ReplicationGroup } from '../../replication-group/replication-group';
import { ReplicationGroupProps } from '../../replication-group/replication-group-options';

/** The props of the cache under their names in CloudFormation. */
const WORDINGS = { ...OWN_WORDINGS, ReplicationGroupId: 'cacheName', UserGroupIds: 'authentication' };

/** A replication group: replicated and single node alike, so that one becomes the other in place. */
export const REPLICATION_GROUP_STRATEGY: TopologyStrategy = {
  engines: ['valkey', 'redis'],
  meaningless: [],
  removalPolicy: RemovalPolicy.SNAPSHOT,

  inspect(inspection, _scope, path, settings, hasOwnUsers) {
    const props = propsOf(settings);
    const assumed = hasOwnUsers ? { userGroupIds: [Lazy.string({ produce: () => '' })] } : {};
    const group = planReplicationGroup(path, props);
    inspectReplicationGroup(inspection, props, { ...group, properties: { ...group.properties, ...assumed } }, WORDINGS);
  },

  create(scope: Construct, settings, parts) {
    const cache = new ReplicationGroup(scope, 'ReplicationGroup', { ...propsOf(settings), ...parts });
    return { cache, replicationGroup: cache, readerEndpoint: cache._readerEndpoint };
  },
};

/** The replication group, its security group and user group apart. */
function propsOf({ props, defaults, topology, engine, authentication, removalPolicy, description }: CacheSettings): ReplicationGroupProps {
  const backupRetention = props.backupRetention ?? defaults.backupRetention;
  return {
    vpc: props.vpc,
    engine,
    removalPolicy,
    clusterMode: topology._clusterMode,
    nodeType: topology.nodeType ?? defaults.nodeType,
    replicationGroupId: props.cacheName,
    description,
    vpcSubnets: props.vpcSubnets,
    subnetGroup: props.subnetGroup,
    securityGroups: props.securityGroups,
    port: props.port,
    parameters: props.parameterGroup ? props.parameters : mergeParameters(defaults.parameters, props.parameters),
    parameterGroup: props.parameterGroup,
    encryptionKey: props.encryptionKey,
    userGroup: authentication._userGroup,
    autoMinorVersionUpgrade: props.autoMinorVersionUpgrade ?? defaults.autoMinorVersionUpgrade,
    backupRetention,
    // What a profile says and cannot have here is no mistake of the user: it is left out.
    backupWindow: props.backupWindow ?? (daysOf(backupRetention) === 0 ? undefined : defaults.backupWindow),
    maintenanceWindow: props.maintenanceWindow ?? defaults.maintenanceWindow,
    notificationTopic: props.notificationTopic,
    slowLog: props.slowLog ?? (engine.features.slowLog ? defaults.slowLog : undefined),
    engineLog: props.engineLog ?? (engine.features.engineLog ? defaults.engineLog : undefined),
  };
}

function mergeParameters(profile: Parameters | undefined, given: Parameters | undefined): Parameters | undefined {
  const all = [profile, given].filter((each): each is Parameters => each !== undefined);
  return all.length > 0 ? Parameters.combine(...all) : undefined;
}
