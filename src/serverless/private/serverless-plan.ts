import { Fn, RemovalPolicy, Token } from 'aws-cdk-lib';
import { CfnServerlessCache, CfnServerlessCacheProps } from 'aws-cdk-lib/aws-elasticache';
import { IConstruct } from 'constructs';
import { CUSTOMARY_SUBNETS, serverlessEngine, ServerlessEngineRow } from './serverless-table';
import { CACHE_USER_RULES } from '../../access/cache-user-rules';
import { SYSTEM_IAM } from '../../access/private/system-access';
import { BackupWindow } from '../../backup/backup-window';
import { chooseWindows } from '../../backup/private/choose-windows';
import { DEFAULT_RETENTION } from '../../backup/private/default-retention';
import { Wordings } from '../../checks/rule';
import { CacheEngine } from '../../engine/cache-engine';
import { CacheSubnets, chooseSubnets } from '../../network/private/cache-subnets';
import { Inspection } from '../../private/check';
import { subnetView, userGroupView, viewOf } from '../../private/construct-view';
import { Decisions } from '../../private/memo';
import { refuseNoSecurityGroups } from '../../private/props';
import { daysOf, lowerCase } from '../../private/tokens';
import { ConnectionType } from '../connection-type';
import { PUBLIC_ENDPOINT_RULES } from '../public-endpoint-rules';
import { ServerlessCacheProps } from '../serverless-cache-options';
import { SERVERLESS_RULES } from '../serverless-rules';

/** The props of a serverless cache under their names in CloudFormation. */
export const WORDINGS: Wordings = {
  ServerlessCacheName: 'serverlessCacheName',
  Description: 'description',
  Engine: 'engine',
  MajorEngineVersion: 'engine',
  CacheUsageLimits: 'limits',
  SubnetIds: 'vpcSubnets',
  UserGroupId: 'userGroup',
  KmsKeyId: 'encryptionKey',
  SnapshotRetentionLimit: 'backupRetention',
  DailySnapshotTime: 'backupWindow',
  SnapshotArnsToRestore: 'restoreFrom',
  NetworkType: 'networkType',
  ConnectionType: 'connectionType',
};

/** The properties that need no other resource. */
type Properties = Omit<CfnServerlessCacheProps, 'serverlessCacheName' | 'securityGroupIds' | 'finalSnapshotName'> & {
  readonly serverlessCacheName?: string;
};

/** Props with every default filled in. */
export interface ServerlessCachePlan {
  readonly engine: CacheEngine;
  readonly row: ServerlessEngineRow;
  readonly removalPolicy: RemovalPolicy;
  readonly isPublic: boolean;
  readonly subnets: CacheSubnets;
  readonly properties: Properties;
}

/** What a `CacheCluster` decided of the cache that it is made of. */
export const DECIDED_CACHES = new Decisions<ServerlessCacheProps, ServerlessCachePlan>();

/** Fills in the defaults. The choice of each is told in the documentation of the prop. */
export function planServerlessCache(scope: IConstruct, path: string, props: ServerlessCacheProps, subnets: CacheSubnets): ServerlessCachePlan {
  const engine = props.engine ?? CacheEngine.valkey();
  const row = serverlessEngine(engine.name)!;
  const retention = daysOf(props.backupRetention) ?? DEFAULT_RETENTION;
  return {
    engine,
    row,
    removalPolicy: props.removalPolicy ?? RemovalPolicy.SNAPSHOT,
    isPublic: isPublic(props),
    subnets,
    properties: {
      serverlessCacheName: props.serverlessCacheName && lowerCase(props.serverlessCacheName),
      description: props.description ?? path.replace(/[<>]/g, '-').slice(-255),
      engine: engine.name,
      majorEngineVersion: majorVersionOf(engine, row),
      cacheUsageLimits: props.limits?._render(),
      subnetIds: isPublic(props) ? undefined : subnets.subnetIds,
      ...userGroupOf(props),
      kmsKeyId: props.encryptionKey?.keyRef.keyArn,
      // That 0 is taken for none is not known of serverless caches; leaving it out is.
      snapshotRetentionLimit: retention === 0 ? undefined : retention,
      dailySnapshotTime: backupTime(retention !== 0, props.backupWindow),
      snapshotArnsToRestore: props.restoreFrom?._arns(scope),
      networkType: props.networkType,
    },
  };
}

/** All rules about what a serverless cache is told. */
export const RULES_OF_SERVERLESS_CACHES = [...SERVERLESS_RULES, ...PUBLIC_ENDPOINT_RULES, ...CACHE_USER_RULES];

/** Judges a serverless cache before anything of it is made. */
export function inspectServerlessCache(
  inspection: Inspection, props: ServerlessCacheProps, plan: ServerlessCachePlan, wordings: Wordings = WORDINGS,
): void {
  refuseNoSecurityGroups(inspection, props.securityGroups);
  if (writesMinorVersion(plan)) {
    inspection.warn('MinorVersionIgnored', `engine: ${plan.engine} has a minor version, and a serverless cache takes the major version alone: ` +
      `it runs ${plan.properties.majorEngineVersion} at the minor version that AWS chooses`);
  }
  refuseContradictions(inspection, props);
  const properties = { ...plan.properties, connectionType: props.connectionType };
  inspection.check(RULES_OF_SERVERLESS_CACHES, () => viewOf(CfnServerlessCache.CFN_RESOURCE_TYPE_NAME, properties, wordings, {
    SubnetIds: plan.subnets.subnets.map((subnet, index) => subnetView(subnet, plan.subnets.zones?.[index])),
    UserGroupId: userGroupView(props.userGroup),
  }));
}

/** The users, whose group is not yet there when a cache decides what it will be made of. */
export function userGroupOf(props: ServerlessCacheProps): Pick<Properties, 'userGroupId'> {
  return { userGroupId: props.userGroup?.userGroupRef.userGroupId ?? (isPublic(props) ? SYSTEM_IAM.userGroupId : undefined) };
}

function isPublic(props: ServerlessCacheProps): boolean {
  return props.connectionType === ConnectionType.PUBLIC;
}

/** A cache is in a VPC or on the internet. */
function refuseContradictions(inspection: Inspection, props: ServerlessCacheProps): void {
  const network = (['vpc', 'vpcSubnets', 'securityGroups'] as const).filter((name) => props[name] !== undefined);
  if (isPublic(props) && network.length > 0) {
    inspection.misuse('PublicEndpointInVpc', `a public endpoint is in no VPC, got: connectionType public with ${network.join(', ')}; leave one of the two out`);
  }
  if (!isPublic(props) && props.vpc === undefined) {
    inspection.misuse('VpcMissing', 'vpc must be given, got: none; only connectionType: ConnectionType.PUBLIC does without');
  }
}

/** The subnets of a cache. Unless they were chosen, one a zone and in no more zones than AWS itself takes. */
export function planServerlessSubnets(inspection: Inspection, props: ServerlessCacheProps): CacheSubnets {
  if (isPublic(props) || props.vpc === undefined) {
    return { subnetIds: [], subnets: [] };
  }
  const found = chooseSubnets(inspection, props.vpc, props.vpcSubnets);
  if (props.vpcSubnets || !found.zones) {
    return found;
  }
  const { zones } = found;
  const firstOfZone = (index: number) => zones[index] === undefined || zones.indexOf(zones[index]) === index;
  const kept = [...zones.keys()].filter(firstOfZone).slice(0, CUSTOMARY_SUBNETS.most);
  return {
    subnetIds: kept.map((index) => found.subnetIds[index]),
    subnets: kept.map((index) => found.subnets[index]),
    zones: kept.map((index) => zones[index]),
  };
}

/** The major version: as many numbers as the engine's major version has, also of a token. */
function majorVersionOf(engine: CacheEngine, row: ServerlessEngineRow): string {
  const numbers = Array.from({ length: row.majorNumbers }, (_, index) => index);
  return Token.isUnresolved(engine.version)
    ? Fn.join('.', numbers.map((index) => Fn.select(index, Fn.split('.', engine.version))))
    : engine.version.split('.').slice(0, row.majorNumbers).join('.');
}

function writesMinorVersion({ engine, row }: ServerlessCachePlan): boolean {
  return engine._versionChosen && !Token.isUnresolved(engine.version) && engine.version.split('.').length > row.majorNumbers;
}

/** The start of the window: a serverless cache takes a time, and the service says how long a backup takes. */
function backupTime(hasBackups: boolean, window: BackupWindow | undefined): string | undefined {
  const text = window?.toString() ?? (hasBackups ? chooseWindows(true).backup : undefined);
  if (text === undefined) {
    return undefined;
  }
  return Token.isUnresolved(text) ? Fn.select(0, Fn.split('-', text)) : text.split('-')[0];
}
