// The subjects as a person writes them who knows CloudFormation well: ElastiCache L1s, in the tree that gives the same logical ids.
import { Aws, Fn, RemovalPolicy, Stack } from 'aws-cdk-lib';
import { Vpc } from 'aws-cdk-lib/aws-ec2';
import {
  CfnCacheCluster, CfnParameterGroup, CfnReplicationGroup, CfnReplicationGroupProps, CfnServerlessCache, CfnSubnetGroup, CfnUser, CfnUserGroup,
} from 'aws-cdk-lib/aws-elasticache';
import { Construct } from 'constructs';
import { Parts } from './parts';
import { MakeCache } from './subject';
import { namesOf } from './typed-names';

/** Users, and the group that a cache names. */
function userGroup(cache: Construct, parts: Parts, { userId, userGroupId }: { userId: string; userGroupId: string }): CfnUserGroup {
  const appUser = new Construct(cache, 'AppUser');
  const user = new CfnUser(appUser, 'Valkey', {
    engine: 'valkey',
    userName: 'app',
    userId,
    accessString: 'on ~* &* +@all -@admin -@dangerous +info',
    authenticationMode: { Type: 'password', Passwords: [parts.password(appUser)] },
  });
  user.applyRemovalPolicy(RemovalPolicy.DESTROY);
  const group = new CfnUserGroup(new Construct(cache, 'UserGroup'), 'Valkey', { engine: 'valkey', userGroupId, userIds: [userId] });
  group.applyRemovalPolicy(RemovalPolicy.DESTROY);
  group.addResourceDependency(user);
  return group;
}

interface ParameterGroup {
  readonly id: string;
  readonly family: string;
  readonly text?: string;
  readonly values?: Record<string, string>;
}

/** The subnet group and the parameter group of nodes. */
function companions(group: Construct, vpc: Vpc, path: string, parameters: ParameterGroup) {
  const subnetGroup = new CfnSubnetGroup(new Construct(group, 'SubnetGroup'), 'Resource', {
    description: `Subnets of ElastiCache caches: ${path}/SubnetGroup`, subnetIds: vpc.isolatedSubnets.map((subnet) => subnet.subnetId),
  });
  subnetGroup.applyRemovalPolicy(RemovalPolicy.DESTROY);
  const parameterGroup = new CfnParameterGroup(new Construct(group, 'ParameterGroup'), parameters.id, {
    cacheParameterGroupFamily: parameters.family, description: `Settings of ${parameters.family} caches${parameters.text ?? ''}`, properties: parameters.values,
  });
  parameterGroup.applyRemovalPolicy(RemovalPolicy.DESTROY);
  return { cacheSubnetGroupName: subnetGroup.ref, cacheParameterGroupName: parameterGroup.ref };
}

/** What differs between the shapes of a replication group. */
interface Shape {
  readonly parameters: ParameterGroup;
  readonly properties: Partial<CfnReplicationGroupProps>;
}

const PLAIN = { id: 'Valkey8', family: 'valkey8' };
const REPLICATED: Shape = { parameters: PLAIN, properties: { clusterMode: 'disabled', numCacheClusters: 2, automaticFailoverEnabled: true, multiAzEnabled: true } };
const SINGLE_NODE: Shape = { parameters: PLAIN, properties: { clusterMode: 'disabled', numCacheClusters: 1, automaticFailoverEnabled: false, multiAzEnabled: false } };
const SHARDED: Shape = {
  parameters: { id: 'Valkey8ClusterOn', family: 'valkey8', text: ' in cluster mode', values: { 'cluster-enabled': 'yes' } },
  properties: { clusterMode: 'enabled', numNodeGroups: 2, replicasPerNodeGroup: 1, automaticFailoverEnabled: true, multiAzEnabled: true },
};

const replicationGroup = (parts: Parts, { parameters, properties }: Shape): MakeCache => (stack: Stack, id: string, vpc: Vpc) => {
  const cache = new Construct(stack, id);
  const securityGroupId = parts.securityGroupId(cache, vpc);
  const users = userGroup(cache, parts, namesOf(id));
  const group = new Construct(cache, 'ReplicationGroup');
  const groups = companions(group, vpc, `${stack.node.id}/${id}/ReplicationGroup`, parameters);
  const delivery = (logType: string, name: string) => ({
    logType, logFormat: 'json', destinationType: 'cloudwatch-logs', destinationDetails: { cloudWatchLogsDetails: { logGroup: parts.logGroupName(group, name) } },
  });
  const resource = new CfnReplicationGroup(group, 'Resource', {
    replicationGroupDescription: `${stack.node.id}/${id}`,
    engine: 'valkey',
    engineVersion: '8.2',
    cacheNodeType: 'cache.t4g.medium',
    port: 6379,
    transitEncryptionEnabled: true,
    atRestEncryptionEnabled: true,
    userGroupIds: [users.userGroupId],
    snapshotRetentionLimit: 7,
    snapshotWindow: '03:00-04:00',
    preferredMaintenanceWindow: 'sun:05:00-sun:06:00',
    securityGroupIds: [securityGroupId],
    logDeliveryConfigurations: [delivery('slow-log', 'SlowLog'), delivery('engine-log', 'EngineLog')],
    ...groups,
    ...properties,
  });
  resource.cfnOptions.updatePolicy = { useOnlineResharding: true };
  resource.applyRemovalPolicy(RemovalPolicy.SNAPSHOT);
  resource.addResourceDependency(users);
};

const memcached = (parts: Parts): MakeCache => (stack, id, vpc) => {
  const cache = new Construct(stack, id);
  const securityGroupId = parts.securityGroupId(cache, vpc);
  const cluster = new Construct(cache, 'MemcachedCluster');
  const resource = new CfnCacheCluster(cluster, 'T4gMediumTls', {
    ...companions(cluster, vpc, `${stack.node.id}/${id}/MemcachedCluster`, { id: 'Memcached16', family: 'memcached1.6' }),
    engine: 'memcached',
    engineVersion: '1.6.22',
    cacheNodeType: 'cache.t4g.medium',
    numCacheNodes: 2,
    azMode: 'cross-az',
    port: 11211,
    transitEncryptionEnabled: true,
    preferredMaintenanceWindow: 'sun:05:00-sun:06:00',
    vpcSecurityGroupIds: [securityGroupId],
  });
  resource.applyRemovalPolicy(RemovalPolicy.DESTROY);
};

const serverless = (parts: Parts): MakeCache => (stack, id, vpc) => {
  const cache = new Construct(stack, id);
  const { serverlessCacheName } = namesOf(id);
  const securityGroupId = parts.securityGroupId(cache, vpc);
  const users = userGroup(cache, parts, namesOf(id));
  const stackGuid = Fn.select(2, Fn.split('/', Aws.STACK_ID));
  const resource = new CfnServerlessCache(new Construct(cache, 'ServerlessCache'), 'Resource', {
    engine: 'valkey',
    majorEngineVersion: '8',
    serverlessCacheName,
    description: `${stack.node.id}/${id}`,
    userGroupId: users.userGroupId,
    securityGroupIds: [securityGroupId],
    subnetIds: vpc.isolatedSubnets.map((subnet) => subnet.subnetId),
    snapshotRetentionLimit: 7,
    dailySnapshotTime: '03:00',
    finalSnapshotName: Fn.join('-', [serverlessCacheName, Fn.select(0, Fn.split('-', stackGuid))]),
  });
  resource.applyRemovalPolicy(RemovalPolicy.DESTROY);
  resource.addResourceDependency(users);
};

/** The subjects by hand, with parts of one kind or the other. */
export function byHand(parts: Parts): Readonly<Record<string, MakeCache>> {
  return {
    default: replicationGroup(parts, REPLICATED),
    replicated: replicationGroup(parts, REPLICATED),
    sharded: replicationGroup(parts, SHARDED),
    singleNode: replicationGroup(parts, SINGLE_NODE),
    memcached: memcached(parts),
    serverless: serverless(parts),
  };
}
