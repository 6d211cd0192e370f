import { Lazy, RemovalPolicy } from 'aws-cdk-lib';
import { Construct } from 'constructs';
import { AccessString } from '../../access/access-string';
import { CacheAuthentication } from '../../access/cache-authentication';
import { inspectUser, UserPlan } from '../../access/private/user-resource';
import { CacheEngine } from '../../engine/cache-engine';
import { AlarmThresholds } from '../../monitoring/alarm-thresholds';
import { Parameters } from '../../parameters/parameters';
import { Inspection } from '../../private/check';
import { futurePath } from '../../private/errors';
import { daysOf } from '../../private/tokens';
import { inspectReplicationGroup, planReplicationGroup, WORDINGS as REPLICATION_GROUP_WORDINGS } from '../../replication-group/private/replication-group-plan';
import { ReplicationGroupProps } from '../../replication-group/replication-group-options';
import { CacheClusterProps } from '../cache-cluster-options';
import { CacheDefaults } from '../cache-defaults';
import { CacheTopology } from '../cache-topology';

/** The props of a cache under their names in CloudFormation. */
const WORDINGS = { ...REPLICATION_GROUP_WORDINGS, ReplicationGroupId: 'cacheName', UserGroupIds: 'authentication' };

/** A cache with every setting decided: the prop, else the option of the topology, else the profile, else the library. */
export interface CacheClusterPlan {
  readonly engine: CacheEngine;
  readonly authentication: CacheAuthentication;
  readonly removalPolicy: RemovalPolicy;
  readonly alarmThresholds: AlarmThresholds;
  /** The replication group, its security group and user group apart. */
  readonly replicationGroup: ReplicationGroupProps;
}

/** Decides every setting of a cache. */
export function planCacheCluster(scope: Construct, id: string, props: CacheClusterProps): CacheClusterPlan {
  const defaults: CacheDefaults = props.profile?.defaults ?? {};
  const engine = props.engine ?? CacheEngine.valkey();
  const topology = props.topology ?? defaults.topology ?? CacheTopology.replicated();
  const authentication = props.authentication ?? CacheAuthentication.password();
  const removalPolicy = props.removalPolicy ?? defaults.removalPolicy ?? RemovalPolicy.SNAPSHOT;
  const backupRetention = props.backupRetention ?? defaults.backupRetention;
  return {
    engine,
    authentication,
    removalPolicy,
    alarmThresholds: props.alarmThresholds ?? defaults.alarmThresholds ?? {},
    replicationGroup: {
      vpc: props.vpc,
      engine,
      removalPolicy,
      clusterMode: topology._clusterMode,
      nodeType: topology.nodeType ?? defaults.nodeType,
      replicationGroupId: props.cacheName,
      description: props.description ?? futurePath(scope, id).slice(-255),
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
    },
  };
}

/** Judges everything a cache will be made of, before any of it is made. Warnings are left to the parts: they repeat the checks. */
export function checkCacheCluster(scope: Construct, id: string, plan: CacheClusterPlan): void {
  const inspection = new Inspection(scope, id);
  const props = plan.replicationGroup;
  const assumed = plan.authentication.kind === 'password' ? { userGroupIds: [Lazy.string({ produce: () => '' })] } : {};
  const group = planReplicationGroup(futurePath(scope, id), props);
  inspectReplicationGroup(inspection, props, { ...group, properties: { ...group.properties, ...assumed } }, WORDINGS);
  if (plan.authentication.kind === 'password') {
    inspectUser(inspection, applicationUser(plan), { Type: 'password' });
  }
  inspection.finish();
}

/** The user of the application. */
export function applicationUser(plan: CacheClusterPlan): UserPlan {
  const { userName, accessString } = plan.authentication._password;
  return { options: { engine: plan.engine }, userName: userName ?? 'app', accessString: accessString ?? AccessString.readWrite() };
}

function mergeParameters(profile: Parameters | undefined, given: Parameters | undefined): Parameters | undefined {
  const all = [profile, given].filter((each): each is Parameters => each !== undefined);
  return all.length > 0 ? Parameters.combine(...all) : undefined;
}
