import { Lazy, RemovalPolicy } from 'aws-cdk-lib';
import { CacheSettings, TopologyStrategy } from './topology-strategy';
import { daysOf } from '../../private/tokens';
import { inspectServerlessCache, planServerlessCache, planServerlessSubnets, WORDINGS as OWN_WORDINGS } from '../../serverless/private/serverless-plan';
import { SERVERLESS_ENGINES } from '../../serverless/private/serverless-table';
import { ServerlessCache } from '../../serverless/serverless-cache';
import { ServerlessCacheProps } from '../../serverless/serverless-cache-options';

/** The props of the cache under their names in CloudFormation. */
const WORDINGS = { ...OWN_WORDINGS, ServerlessCacheName: 'cacheName', UserGroupId: 'authentication' };

/** A serverless cache. */
export const SERVERLESS_STRATEGY: TopologyStrategy = {
  engines: SERVERLESS_ENGINES.map((row) => row.engine),
  meaningless: [
    'parameters', 'parameterGroup', 'subnetGroup', 'maintenanceWindow', 'notificationTopic', 'slowLog', 'engineLog', 'port', 'autoMinorVersionUpgrade',
  ],
  removalPolicy: RemovalPolicy.SNAPSHOT,

  inspect(inspection, scope, path, settings, hasOwnUsers) {
    const props = propsOf(settings);
    const assumed = hasOwnUsers ? { userGroupId: Lazy.string({ produce: () => '' }) } : {};
    const cache = planServerlessCache(scope, path, props, planServerlessSubnets(inspection, props));
    inspectServerlessCache(inspection, props, { ...cache, properties: { ...cache.properties, ...assumed } }, WORDINGS);
  },

  create(scope, settings, parts) {
    const cache = new ServerlessCache(scope, 'ServerlessCache', { ...propsOf(settings), ...parts });
    return { cache, serverlessCache: cache, readerEndpoint: cache._readerEndpoint };
  },
};

/** The serverless cache, its security group and user group apart. */
function propsOf({ props, defaults, topology, engine, authentication, removalPolicy, description }: CacheSettings): ServerlessCacheProps {
  const backupRetention = props.backupRetention ?? defaults.backupRetention;
  return {
    vpc: props.vpc,
    engine,
    removalPolicy,
    limits: topology._limits,
    serverlessCacheName: props.cacheName,
    description: props.description ?? description.replace(/[<>]/g, '-'),
    vpcSubnets: props.vpcSubnets,
    securityGroups: props.securityGroups,
    encryptionKey: props.encryptionKey,
    userGroup: authentication._userGroup,
    backupRetention,
    // What a profile says and cannot have here is no mistake of the user: it is left out.
    backupWindow: props.backupWindow ?? (daysOf(backupRetention) === 0 ? undefined : defaults.backupWindow),
  };
}
