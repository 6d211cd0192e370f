import { Lazy, RemovalPolicy } from 'aws-cdk-lib';
import { Construct } from 'constructs';
import { backupsOf, TopologyContext, TopologyPlan, TopologyStrategy } from './topology-strategy';
import { CacheAuthentication } from '../../access/cache-authentication';
import { CacheEngine } from '../../engine/cache-engine';
import { oldestWith } from '../../engine/private/engine-table';
import { Inspection } from '../../private/check';
import { once } from '../../private/props';
import {
  DECIDED_CACHES, inspectServerlessCache, planServerlessCache, planServerlessSubnets, ServerlessCachePlan, userGroupOf, WORDINGS as CACHE_WORDINGS,
} from '../../serverless/private/serverless-plan';
import { SERVERLESS_ENGINES } from '../../serverless/private/serverless-table';
import { ServerlessCache } from '../../serverless/serverless-cache';
import { ServerlessCacheProps } from '../../serverless/serverless-cache-options';
import { CacheTopology } from '../cache-topology';

/** The props of a cache under their names in CloudFormation. */
const WORDINGS = { ...CACHE_WORDINGS, ServerlessCacheName: 'cacheName', UserGroupId: 'authentication' };

/** Caches without nodes. */
export const SERVERLESS_TOPOLOGY: TopologyStrategy = {
  topologies: ['serverless'],
  engines: SERVERLESS_ENGINES.map((row) => row.engine),
  defaultEngine: once(() => CacheEngine.valkey()),
  defaultTopology: once(() => CacheTopology.serverless()),
  withoutMeaning: {
    parameters: 'a serverless cache has no settings of the engine; leave it out',
    parameterGroup: 'a serverless cache has no settings of the engine; leave it out',
    subnetGroup: 'a serverless cache takes the subnets themselves; use vpcSubnets',
    port: 'a serverless cache has the ports of its engine; leave it out',
    autoMinorVersionUpgrade: 'AWS chooses the minor version of a serverless cache; leave it out',
    maintenanceWindow: 'a serverless cache is maintained without interruption; leave it out',
    notificationTopic: 'a serverless cache tells EventBridge what happens to it; leave it out',
    ipDiscovery: 'a serverless cache hides its nodes; leave it out',
    durability: 'a serverless cache has no such setting; leave it out',
    slowLog: 'a serverless cache delivers no logs; leave it out',
    engineLog: 'a serverless cache delivers no logs; leave it out',
  },
  plan: planCache,
};

function planCache(context: TopologyContext): TopologyPlan {
  const { path, props, defaults, engine, topology } = context;
  const authentication = props.authentication ?? defaultAuthentication(engine);
  const removalPolicy = props.removalPolicy ?? defaults.removalPolicy ?? RemovalPolicy.SNAPSHOT;
  const cache: ServerlessCacheProps = {
    vpc: props.vpc,
    engine,
    removalPolicy,
    limits: topology._limits,
    serverlessCacheName: props.cacheName,
    description: props.description ?? path.replace(/[<>]/g, '-').slice(-255),
    vpcSubnets: props.vpcSubnets,
    securityGroups: props.securityGroups,
    encryptionKey: props.encryptionKey,
    networkType: props.networkType,
    restoreFrom: props.restoreFrom,
    userGroup: authentication._userGroup,
    ...backupsOf(props, defaults),
  };
  let plan: ServerlessCachePlan | undefined;
  return {
    authentication,
    removalPolicy,
    // A snapshot's ARN is written in the terms of the stack that it is for.
    inspect: (inspection) => {
      const inspected = inspect(inspection, context, cache, authentication);
      plan = cache.restoreFrom ? undefined : inspected;
    },
    create: (scope: Construct, securityGroups, userGroup) => {
      const all = { ...cache, securityGroups, userGroup };
      const serverlessCache = new ServerlessCache(scope, 'ServerlessCache', plan ? DECIDED_CACHES.remember(all, withUsers(plan, all)) : all);
      return { serverlessCache, cache: serverlessCache, get access() { return serverlessCache._access; } };
    },
  };
}

/** Warnings are left to the parts: they repeat the checks. */
function inspect(
  inspection: Inspection, { path, props: { vpc } }: TopologyContext, props: ServerlessCacheProps, authentication: CacheAuthentication,
): ServerlessCachePlan {
  const assumed = authentication._ownsUsers ? { userGroupId: Lazy.string({ produce: () => '' }) } : {};
  if (authentication.kind === 'authToken') {
    inspection.misuse('AuthTokenNotOffered', 'authentication of a serverless cache cannot be an AUTH token, its clients log in as users; use CacheAuthentication.password()');
  }
  const plan = planServerlessCache(vpc, path, props, planServerlessSubnets(inspection, props));
  inspectServerlessCache(inspection, props, { ...plan, properties: { ...plan.properties, ...assumed } }, WORDINGS);
  return plan;
}

function withUsers(plan: ServerlessCachePlan, props: ServerlessCacheProps): ServerlessCachePlan {
  return { ...plan, properties: { ...plan.properties, ...userGroupOf(props) } };
}

/** A user of the application, for every engine that has users. */
function defaultAuthentication(engine: CacheEngine): CacheAuthentication {
  return oldestWith('userGroups', engine.name) ? CacheAuthentication.password() : CacheAuthentication.none();
}
