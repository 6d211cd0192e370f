import { Duration } from 'aws-cdk-lib';
import { CfnUser, CfnUserGroup } from 'aws-cdk-lib/aws-elasticache';
import { Construct } from 'constructs';
import { REPLICATION_GROUP_TOPOLOGY } from './replication-group-topology';
import { TopologyPlan, TopologyStrategy } from './topology-strategy';
import { CacheAuthentication } from '../../access/cache-authentication';
import { defaultAccess } from '../../access/private/default-access';
import { inspectUser, UserPlan } from '../../access/private/user-resource';
import { rotationPlan } from '../../auth/private/loading';
import { CacheEngine } from '../../engine/cache-engine';
import { AlarmThresholds } from '../../monitoring/alarm-thresholds';
import { Inspection } from '../../private/check';
import { viewOf } from '../../private/construct-view';
import { futurePath } from '../../private/errors';
import { written } from '../../private/props';
import { RULES } from '../../private/rule-tables';
import { isToken } from '../../private/tokens';
import { CacheClusterOptions, CacheClusterProps } from '../cache-cluster-options';
import { CacheDefaults } from '../cache-defaults';

/**
 * The kinds of topology; the first that runs the engine is that of a cache that says no topology. Those that are not of the default cache are
 * loaded when a cache may be of them.
 */
/* eslint-disable @typescript-eslint/no-require-imports */
const STRATEGIES: readonly (() => TopologyStrategy)[] = [
  () => REPLICATION_GROUP_TOPOLOGY,
  () => (require('./memcached-topology') as typeof import('./memcached-topology')).MEMCACHED_TOPOLOGY,
  () => (require('./serverless-topology') as typeof import('./serverless-topology')).SERVERLESS_TOPOLOGY,
];
/* eslint-enable @typescript-eslint/no-require-imports */

/** A cache with every setting decided: the prop, else the option of the topology, else the profile, else the library. */
export interface CacheClusterPlan extends TopologyPlan {
  readonly engine: CacheEngine;
  readonly alarmThresholds: AlarmThresholds;
  /** The user of the application, who is made where the cache makes its users itself. */
  readonly applicationUser: UserPlan;
  /** Whether there was nothing to say of anything the cache will be made of, not even a warning. */
  readonly isSilent: boolean;
}

/** Decides every setting of a cache, and judges everything it will be made of before any of it is made. */
export function planCacheCluster(scope: Construct, id: string, props: CacheClusterProps): CacheClusterPlan {
  const inspection = new Inspection(scope, id);
  const defaults: CacheDefaults = props.profile?.defaults ?? {};
  const strategy = strategyOf(props, defaults);
  checkEngine(inspection, strategy, props);
  inspection.finish();
  checkMeaning(inspection, strategy, props);

  const engine = props.engine ?? strategy.defaultEngine();
  const topology = [props.topology, defaults.topology].find((each) => each && strategy.topologies.includes(each.kind)) ?? strategy.defaultTopology();
  const plan = strategy.plan({ path: futurePath(scope, id), props, defaults, engine, topology });
  const user = planApplicationUser(plan.authentication, engine);
  plan.inspect(inspection);
  if (plan.authentication._ownsUsers) {
    inspectCacheUser(inspection, engine, user, plan.authentication.kind as 'password' | 'iam');
    inspectUserRotation(inspection, plan.authentication._user.rotationInterval, props);
  }
  inspection.finish();
  return {
    ...plan,
    engine,
    alarmThresholds: { ...defaults.alarmThresholds, ...written(props.alarmThresholds) },
    applicationUser: user,
    // A topic is judged by the part that sends to it.
    isSilent: inspection.isSilent && props.notificationTopic === undefined,
  };
}

/** The topology that was written decides; without one the profile's, if it runs the engine that was written; else the first that runs it. */
function strategyOf({ engine, topology }: CacheClusterProps, defaults: CacheDefaults): TopologyStrategy {
  const runs = (strategy: TopologyStrategy, ofKind = topology) => ofKind ? strategy.topologies.includes(ofKind.kind)
    : !engine || strategy.engines.includes(engine.name);
  const first = (wanted: (strategy: TopologyStrategy) => boolean) => {
    const load = STRATEGIES.find((strategy) => wanted(strategy()));
    return load?.();
  };
  return (defaults.topology && first((strategy) => runs(strategy) && runs(strategy, defaults.topology))) ?? first((strategy) => runs(strategy))!;
}

/** An engine that the topology does not run: nothing else can be judged then. */
function checkEngine(inspection: Inspection, strategy: TopologyStrategy, props: CacheClusterProps): void {
  if (props.engine && !strategy.engines.includes(props.engine.name)) {
    inspection.misuse('EngineTopologyMismatch', `topology ${props.topology?.kind} runs ${strategy.engines.join(' and ')}, got engine: ${props.engine}; ` +
      'leave one of the two out, or change it');
  }
}

/** Props that were written and mean nothing. What a profile says for other kinds of cache is passed over. */
function checkMeaning(inspection: Inspection, strategy: TopologyStrategy, props: CacheClusterProps): void {
  const names = Object.keys(strategy.withoutMeaning) as (keyof CacheClusterOptions)[];
  for (const name of names.filter((each) => props[each] !== undefined && !(each === 'authentication' && props.authentication?.kind === 'none'))) {
    inspection.misuse('PropNotForTopology', `${name} has no meaning for this topology: ${strategy.withoutMeaning[name]}`);
  }
}

function planApplicationUser({ kind, _user: { userName, accessString } }: CacheAuthentication, engine: CacheEngine): UserPlan {
  return { options: { engine }, accessString: accessString ?? defaultAccess(), userName: kind === 'iam' ? undefined : userName ?? 'app' };
}

/** Users of whom there was nothing to say, at the engines they are for: most caches have the same. */
const silentUsers = new Set<string>();

/** Judges a user of the cache's own before it is made: the user itself, and whether the engine takes it. Warnings are left to the user. */
export function inspectCacheUser(inspection: Inspection, engine: CacheEngine, user: UserPlan, type: 'password' | 'iam'): void {
  const { name, version } = engine;
  const told = JSON.stringify([name, version, user.options.userId, user.userName, user.accessString.toString(), type]);
  if (silentUsers.has(told)) {
    return;
  }
  judgeCacheUser(inspection, engine, user, type);
  // A token is not the same for another user, and a problem of before may be of anything.
  if (inspection.isSilent && !isToken(told)) {
    silentUsers.add(told);
  }
}

function judgeCacheUser(inspection: Inspection, engine: CacheEngine, user: UserPlan, type: 'password' | 'iam'): void {
  inspectUser(inspection, user, { Type: type });
  const rules = RULES.cacheUser();
  const { resourceType } = rules[0];
  const member = viewOf(CfnUser.CFN_RESOURCE_TYPE_NAME, { authenticationMode: { type }, userName: user.userName });
  const group = viewOf(CfnUserGroup.CFN_RESOURCE_TYPE_NAME, {}, {}, { UserIds: [member] });
  inspection.check(rules, () =>
    viewOf(resourceType, { engine: engine.name, engineVersion: engine.version }, {}, { UserGroupIds: [group] }));
}

/** Judges the rotation of a user's password before the user is made. Warnings are left to the rotation. */
export function inspectUserRotation(inspection: Inspection, rotationInterval: Duration | undefined, { vpc }: CacheClusterProps): void {
  if (rotationInterval) {
    rotationPlan().inspectRotation(inspection.ofPart(), { automaticallyAfter: rotationInterval, vpc }, 'rotationInterval');
  }
}
