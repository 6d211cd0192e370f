import { Construct } from 'constructs';
import { REPLICATION_GROUP_STRATEGY } from './replication-group-strategy';
import { SERVERLESS_STRATEGY } from './serverless-strategy';
import { CacheSettings, TopologyStrategy } from './topology-strategy';
import { AccessString } from '../../access/access-string';
import { CacheAuthentication } from '../../access/cache-authentication';
import { inspectUser, UserPlan } from '../../access/private/user-resource';
import { CacheEngine } from '../../engine/cache-engine';
import { oldestWith } from '../../engine/private/engine-table';
import { AlarmThresholds } from '../../monitoring/alarm-thresholds';
import { CacheKind } from '../../monitoring/private/metric-catalog';
import { Inspection } from '../../private/check';
import { futurePath } from '../../private/errors';
import { CacheClusterProps } from '../cache-cluster-options';
import { CacheDefaults } from '../cache-defaults';
import { CacheTopology } from '../cache-topology';

/** How each kind of cache is made. */
const STRATEGIES: Readonly<Partial<Record<CacheKind, TopologyStrategy>>> = {
  replicationGroup: REPLICATION_GROUP_STRATEGY,
  serverless: SERVERLESS_STRATEGY,
};

/** A cache with every setting decided: the prop, else the option of the topology, else the profile, else the library. */
export interface CacheClusterPlan extends CacheSettings {
  readonly alarmThresholds: AlarmThresholds;
  readonly strategy: TopologyStrategy;
}

/** Decides every setting of a cache. */
export function planCacheCluster(scope: Construct, id: string, props: CacheClusterProps): CacheClusterPlan {
  const defaults: CacheDefaults = props.profile?.defaults ?? {};
  const engine = props.engine ?? CacheEngine.valkey();
  const topology = props.topology ?? defaults.topology ?? CacheTopology.replicated();
  const strategy = STRATEGIES[topology._cacheKind]!;
  return {
    props,
    defaults,
    engine,
    topology,
    strategy,
    authentication: props.authentication ?? defaultAuthentication(engine),
    removalPolicy: props.removalPolicy ?? defaults.removalPolicy ?? strategy.removalPolicy,
    description: props.description ?? futurePath(scope, id).slice(-255),
    alarmThresholds: props.alarmThresholds ?? defaults.alarmThresholds ?? {},
  };
}

/** Judges everything a cache will be made of, before any of it is made. Warnings are left to the parts: they repeat the checks. */
export function checkCacheCluster(scope: Construct, id: string, plan: CacheClusterPlan): void {
  const inspection = new Inspection(scope, id);
  const { engine, props, strategy, topology } = plan;
  if (!strategy.engines.includes(engine.name)) {
    inspection.misuse('EngineTopologyMismatch', `engine: ${engine} does not run as topology ${topology.kind}, which runs ${strategy.engines.join(', ')}; ` +
      'choose another engine or topology');
    inspection.finish();
  }
  strategy.meaningless.filter((name) => props[name] !== undefined).forEach((name) =>
    inspection.misuse('PropNotForTopology', `${name} has no meaning for topology ${topology.kind}; leave it out`));
  const hasOwnUsers = plan.authentication.kind === 'password';
  strategy.inspect(inspection, scope, futurePath(scope, id), plan, hasOwnUsers);
  if (hasOwnUsers) {
    inspectUser(inspection, applicationUser(plan), { Type: 'password' });
  }
  inspection.finish();
}

/** The user of the application. */
export function applicationUser(plan: CacheClusterPlan): UserPlan {
  const { userName, accessString } = plan.authentication._password;
  return { options: { engine: plan.engine }, userName: userName ?? 'app', accessString: accessString ?? AccessString.readWrite() };
}

/** A user of the application, for every engine that has users at all. */
function defaultAuthentication(engine: CacheEngine): CacheAuthentication {
  return oldestWith('userGroups', engine.name) ? CacheAuthentication.password() : CacheAuthentication.none();
}
