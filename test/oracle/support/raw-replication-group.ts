import {
  App, aws_ec2 as ec2, aws_elasticache as elasticache, aws_kms as kms, aws_logs as logs,
  aws_secretsmanager as secretsmanager, aws_sns as sns, RemovalPolicy, Stack,
} from 'aws-cdk-lib';

/**
 * A replication group in the best form we know, by hand and from L1s alone.
 *
 * What the judges say about it they would say about any cache: it separates the judges' own mistakes from the library's.
 * `change` edits the group's properties, to show the judges something they must reject.
 */
export function rawReplicationGroup(change: Partial<elasticache.CfnReplicationGroupProps> = {}): App {
  const app = new App();
  const stack = new Stack(app, 'Raw');

  const vpc = new ec2.Vpc(stack, 'Vpc', {
    maxAzs: 2,
    restrictDefaultSecurityGroup: false,
    subnetConfiguration: [{ name: 'cache', subnetType: ec2.SubnetType.PRIVATE_ISOLATED }],
  });
  const securityGroup = new ec2.SecurityGroup(stack, 'SecurityGroup', { vpc, description: 'Raw cache', allowAllOutbound: false });
  const subnets = new elasticache.CfnSubnetGroup(stack, 'Subnets', {
    description: 'Raw cache',
    subnetIds: vpc.isolatedSubnets.map(subnet => subnet.subnetId),
  });
  const parameters = new elasticache.CfnParameterGroup(stack, 'Parameters', {
    cacheParameterGroupFamily: 'valkey8',
    description: 'Raw cache',
    properties: { 'maxmemory-policy': 'volatile-lru' },
  });

  const key = new kms.Key(stack, 'Key', { enableKeyRotation: true });
  const topic = new sns.CfnTopic(stack, 'Events');
  const logGroup = new logs.LogGroup(stack, 'SlowLog', { retention: logs.RetentionDays.ONE_MONTH, removalPolicy: RemovalPolicy.DESTROY });
  const users = rbac(stack);

  const group = new elasticache.CfnReplicationGroup(stack, 'Group', {
    replicationGroupDescription: 'Raw cache',
    engine: 'valkey',
    engineVersion: '8.1',
    cacheNodeType: 'cache.t4g.medium',
    port: 6379,
    numCacheClusters: 2,
    automaticFailoverEnabled: true,
    multiAzEnabled: true,
    cacheSubnetGroupName: subnets.ref,
    cacheParameterGroupName: parameters.ref,
    securityGroupIds: [securityGroup.securityGroupId],
    userGroupIds: [users.ref],
    transitEncryptionEnabled: true,
    transitEncryptionMode: 'required',
    atRestEncryptionEnabled: true,
    kmsKeyId: key.keyId,
    snapshotRetentionLimit: 15,
    snapshotWindow: '03:00-04:00',
    preferredMaintenanceWindow: 'sun:05:00-sun:06:00',
    notificationTopicArn: topic.ref,
    logDeliveryConfigurations: [{
      logType: 'slow-log',
      logFormat: 'json',
      destinationType: 'cloudwatch-logs',
      destinationDetails: { cloudWatchLogsDetails: { logGroup: logGroup.logGroupName } },
    }],
    ...change,
  });
  group.applyRemovalPolicy(RemovalPolicy.SNAPSHOT);
  return app;
}

/** One application user with a generated password, and a `default` user that can do nothing. */
function rbac(stack: Stack): elasticache.CfnUserGroup {
  const secret = new secretsmanager.Secret(stack, 'Password', {
    generateSecretString: { excludePunctuation: true, passwordLength: 64 },
  });
  const application = new elasticache.CfnUser(stack, 'Application', {
    engine: 'valkey',
    userId: 'raw-application',
    userName: 'application',
    accessString: 'on ~* +@all -@dangerous',
    passwords: [secret.secretValue.unsafeUnwrap()],
  });
  const nobody = new elasticache.CfnUser(stack, 'Nobody', {
    engine: 'valkey',
    userId: 'raw-nobody',
    userName: 'default',
    accessString: 'off ~* -@all',
    noPasswordRequired: true,
  });
  const users = new elasticache.CfnUserGroup(stack, 'Users', {
    engine: 'valkey',
    userGroupId: 'raw-users',
    userIds: [nobody.userId, application.userId],
  });
  // The ids are literals: CloudFormation cannot see that the users have to exist first.
  users.addResourceDependency(application);
  users.addResourceDependency(nobody);
  return users;
}
