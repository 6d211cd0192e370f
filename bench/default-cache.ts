// What the library costs at synthesis: default caches made by CacheCluster, against the same template written by hand
// with the ElastiCache L1s and aws-cdk-lib's own constructs for the rest.
// Run it: CDK_VALIDATION=false npx tsx bench/default-cache.ts [caches] [repetitions]
import { isDeepStrictEqual } from 'util';
import { App, RemovalPolicy, Stack } from 'aws-cdk-lib';
import { SecurityGroup, Vpc } from 'aws-cdk-lib/aws-ec2';
import { CfnParameterGroup, CfnReplicationGroup, CfnSubnetGroup, CfnUser, CfnUserGroup } from 'aws-cdk-lib/aws-elasticache';
import { LogGroup, RetentionDays } from 'aws-cdk-lib/aws-logs';
import { Secret } from 'aws-cdk-lib/aws-secretsmanager';
import { Construct } from 'constructs';
import { CacheCluster } from 'cdk-elasticache';

type MakeCache = (stack: Stack, id: string, vpc: Vpc) => void;

const withLibrary: MakeCache = (stack, id, vpc) => {
  new CacheCluster(stack, id, { vpc });
};

const byHand: MakeCache = (stack, id, vpc) => {
  // The ids that the library generates are taken from its template: a person would type them.
  const { userId, userGroupId } = typedIds.get(id)!;
  const cache = new Construct(stack, id);
  const securityGroup = new SecurityGroup(cache, 'SecurityGroup', { vpc, description: 'Nodes of an ElastiCache cache', allowAllOutbound: false });
  securityGroup.applyRemovalPolicy(RemovalPolicy.DESTROY);
  const appUser = new Construct(cache, 'AppUser');
  const secret = new Secret(appUser, 'Secret', {
    description: 'Password of the cache user app',
    generateSecretString: {
      secretStringTemplate: '{"username":"app"}', generateStringKey: 'password', passwordLength: 64, excludePunctuation: true, includeSpace: false,
    },
  });
  secret.applyRemovalPolicy(RemovalPolicy.DESTROY);
  const user = new CfnUser(appUser, 'Valkey', {
    engine: 'valkey',
    userName: 'app',
    userId,
    accessString: 'on ~* &* +@all -@admin -@dangerous +info',
    authenticationMode: { Type: 'password', Passwords: [secret.secretValueFromJson('password').unsafeUnwrap()] },
  });
  user.applyRemovalPolicy(RemovalPolicy.DESTROY);
  const userGroup = new CfnUserGroup(new Construct(cache, 'UserGroup'), 'Valkey', { engine: 'valkey', userGroupId, userIds: [userId] });
  userGroup.applyRemovalPolicy(RemovalPolicy.DESTROY);
  userGroup.node.addDependency(user);
  const group = new Construct(cache, 'ReplicationGroup');
  const subnetGroup = new CfnSubnetGroup(new Construct(group, 'SubnetGroup'), 'Resource', {
    description: `Subnets of ElastiCache caches: ${stack.node.id}/${id}/ReplicationGroup/SubnetGroup`, subnetIds: vpc.isolatedSubnets.map((subnet) => subnet.subnetId),
  });
  subnetGroup.applyRemovalPolicy(RemovalPolicy.DESTROY);
  const parameterGroup = new CfnParameterGroup(new Construct(group, 'ParameterGroup'), 'Valkey8', {
    cacheParameterGroupFamily: 'valkey8', description: 'Settings of valkey8 caches',
  });
  parameterGroup.applyRemovalPolicy(RemovalPolicy.DESTROY);
  const [slowLog, engineLog] = ['SlowLog', 'EngineLog'].map((name) =>
    new LogGroup(group, name, { retention: RetentionDays.ONE_MONTH, removalPolicy: RemovalPolicy.DESTROY }));
  const delivery = (logType: string, logGroup: LogGroup) => ({
    logType, logFormat: 'json', destinationType: 'cloudwatch-logs', destinationDetails: { cloudWatchLogsDetails: { logGroup: logGroup.logGroupName } },
  });
  const resource = new CfnReplicationGroup(group, 'Resource', {
    replicationGroupDescription: `${stack.node.id}/${id}`,
    engine: 'valkey',
    engineVersion: '8.2',
    cacheNodeType: 'cache.t4g.medium',
    numCacheClusters: 2,
    automaticFailoverEnabled: true,
    multiAzEnabled: true,
    port: 6379,
    transitEncryptionEnabled: true,
    atRestEncryptionEnabled: true,
    userGroupIds: [userGroupId],
    snapshotRetentionLimit: 7,
    snapshotWindow: '03:00-04:00',
    preferredMaintenanceWindow: 'sun:05:00-sun:06:00',
    cacheSubnetGroupName: subnetGroup.ref,
    cacheParameterGroupName: parameterGroup.ref,
    securityGroupIds: [securityGroup.securityGroupId],
    logDeliveryConfigurations: [delivery('slow-log', slowLog), delivery('engine-log', engineLog)],
  });
  resource.cfnOptions.updatePolicy = { useOnlineResharding: true };
  resource.applyRemovalPolicy(RemovalPolicy.SNAPSHOT);
  resource.node.addDependency(userGroup);
};

const typedIds = new Map<string, { userId: string; userGroupId: string }>();

/** Caches a stack: 9 resources each, below CloudFormation's limit of 500. */
const CACHES_A_STACK = 40;

function build(caches: number, make: MakeCache): App {
  const app = new App({ analyticsReporting: false });
  for (let first = 0; first < caches; first += CACHES_A_STACK) {
    const stack = new Stack(app, `Stack${first / CACHES_A_STACK}`);
    const vpc = new Vpc(stack, 'Vpc', { maxAzs: 2, natGateways: 0 });
    for (let i = first; i < Math.min(first + CACHES_A_STACK, caches); i++) {
      make(stack, `Cache${i}`, vpc);
    }
  }
  return app;
}

function templates(app: App): any[] {
  return app.synth().stacks.map((stack) => stack.template);
}

function seconds(caches: number, make: MakeCache): number {
  const start = process.hrtime.bigint();
  build(caches, make).synth();
  return Number(process.hrtime.bigint() - start) / 1e9;
}

function median(values: number[]): number {
  const sorted = [...values].sort((left, right) => left - right);
  return (sorted[Math.floor((sorted.length - 1) / 2)] + sorted[Math.ceil((sorted.length - 1) / 2)]) / 2;
}

function main(caches: number, repetitions: number): void {
  const ours = templates(build(caches, withLibrary));
  for (const template of ours) {
    for (const [logicalId, resource] of Object.entries<any>(template.Resources).filter(([, { Type: type }]) => type === 'AWS::ElastiCache::UserGroup')) {
      const { UserGroupId: userGroupId, UserIds: [userId] } = resource.Properties;
      typedIds.set(/^(Cache\d+)UserGroup/.exec(logicalId)![1], { userId, userGroupId });
    }
  }
  if (!isDeepStrictEqual(ours, templates(build(caches, byHand)))) {
    throw new Error('the two templates differ, so their times cannot be compared');
  }
  const pairs = Array.from({ length: repetitions }, (_, index) => {
    // The order alternates: the second of a pair finds a warmer machine and more garbage.
    const [first, second] = index % 2 === 0 ? [withLibrary, byHand] : [byHand, withLibrary];
    const [one, two] = [seconds(caches, first), seconds(caches, second)];
    return index % 2 === 0 ? { library: one, hand: two } : { library: two, hand: one };
  });
  const ratios = pairs.map(({ library, hand }) => library / hand);
  console.log(JSON.stringify({
    caches,
    repetitions,
    librarySeconds: median(pairs.map(({ library }) => library)),
    byHandSeconds: median(pairs.map(({ hand }) => hand)),
    ratio: { median: median(ratios), lowest: Math.min(...ratios), highest: Math.max(...ratios) },
    templateBytes: JSON.stringify(ours).length,
  }, undefined, 1));
}

main(Number(process.argv[2] ?? 10), Number(process.argv[3] ?? 10));
