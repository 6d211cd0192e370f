import { Duration, RemovalPolicy, Stack, Token } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { Vpc } from 'aws-cdk-lib/aws-ec2';
import {
  BackupWindow, CacheEngine, CacheNodeType, ClusterMode, Endpoint, IReplicationGroup, MaintenanceWindow, RedisVersion, ReplicationGroup,
  ReplicationGroupProps, SubnetGroup, ValkeyVersion,
} from '../../src';
import { windowsOverlap } from '../../src/backup/private/window-text';
import { errorOf, groupProperties, newGroup, newStack, newVpc, propertiesOf, resourceOf } from '../support/cdk';

const TYPE = 'AWS::ElastiCache::ReplicationGroup';
/** The member ids that a metric of a cache is read under. */
function membersOf(cache: IReplicationGroup): unknown[] {
  const metric = cache.metrics.engineCpuUtilization();
  const each = Object.values(metric.toMetricConfig().mathExpression?.usingMetrics ?? { metric });
  const dimensions = each.flatMap((one) => one.toMetricConfig().metricStat!.dimensions!);
  return Stack.of(cache).resolve(dimensions.filter(({ name }) => name === 'CacheClusterId').map(({ value }) => value));
}

const ENV = { account: '111122223333', region: 'eu-central-1' };

describe('defaults', () => {
  const stack = newStack();
  const cache = newGroup(stack);
  const { Properties: properties, ...resource } = resourceOf(stack, TYPE);

  // Left to the service, these differ by engine, by API and by CloudFormation's handler.
  test.each([
    ['TransitEncryptionEnabled', true], ['AtRestEncryptionEnabled', true], ['AutomaticFailoverEnabled', true], ['MultiAZEnabled', true], ['Port', 6379],
    ['Engine', 'valkey'], ['EngineVersion', '8.2'], ['CacheNodeType', 'cache.t4g.medium'], ['NumCacheClusters', 2], ['SnapshotRetentionLimit', 7],
    ['SnapshotWindow', '03:00-04:00'], ['PreferredMaintenanceWindow', 'sun:05:00-sun:06:00'], ['ReplicationGroupDescription', 'Stack/Cache'],
  ])('%s is written as %j', (name, value) => {
    expect(properties[name]).toEqual(value);
  });

  test.each([
    'ReplicationGroupId', 'AuthToken', 'UserGroupIds', 'KmsKeyId', 'NotificationTopicArn', 'NumNodeGroups', 'ReplicasPerNodeGroup', 'DataTieringEnabled',
    'AutoMinorVersionUpgrade', 'PreferredCacheClusterAZs', 'TransitEncryptionMode', 'SnapshotArns', 'CacheSecurityGroupNames',
  ])('%s is not written', (name) => {
    expect(properties).not.toHaveProperty(name);
  });

  test('its own parameter group, subnet group and security group', () => {
    const idOf = (type: string) => resourceOf(stack, type).logicalId;
    expect(properties.CacheParameterGroupName).toEqual({ Ref: idOf('AWS::ElastiCache::ParameterGroup') });
    expect(properties.CacheSubnetGroupName).toEqual({ Ref: idOf('AWS::ElastiCache::SubnetGroup') });
    expect(properties.SecurityGroupIds).toEqual([{ 'Fn::GetAtt': [idOf('AWS::EC2::SecurityGroup'), 'GroupId'] }]);
  });

  test('a security group that lets nobody in and the cache not out', () => {
    const { SecurityGroupIngress, SecurityGroupEgress, VpcId } = propertiesOf(stack, 'AWS::EC2::SecurityGroup');
    expect(SecurityGroupIngress).toBeUndefined();
    expect(VpcId).toBe('vpc-1');
    // What EC2 would otherwise allow by itself is replaced by a rule that reaches nothing.
    expect(SecurityGroupEgress).toEqual([expect.objectContaining({ CidrIp: '255.255.255.255/32' })]);
    Template.fromStack(stack).resourceCountIs('AWS::EC2::SecurityGroupIngress', 0);
  });

  test('a last snapshot, and shards that change in place', () => {
    expect(resource).toMatchObject({ DeletionPolicy: 'Snapshot', UpdateReplacePolicy: 'Snapshot', UpdatePolicy: { UseOnlineResharding: true } });
  });

  test('what the construct says of itself', () => {
    expect([cache.engine.toString(), cache.nodeType.name, cache.clusterMode.replicas, cache.transitEncryption]).toEqual(['Valkey 8.2', 'cache.t4g.medium', 1, true]);
    expect(cache.node.defaultChild).toBe(cache.node.findChild('Resource'));
  });
});

test('props that are undefined are as if they were left out', () => {
  const names: (keyof ReplicationGroupProps)[] = [
    'engine', 'nodeType', 'clusterMode', 'description', 'replicationGroupId', 'vpcSubnets', 'subnetGroup', 'securityGroups', 'port', 'parameters', 'parameterGroup',
    'transitEncryption', 'atRestEncryption', 'encryptionKey', 'userGroup', 'automaticFailover', 'multiAz', 'autoMinorVersionUpgrade', 'dataTiering', 'backupRetention',
    'backupWindow', 'maintenanceWindow', 'notificationTopic', 'slowLog', 'engineLog', 'removalPolicy',
  ];
  const [without, withUndefined, withEmptyMode] = [
    {},
    Object.fromEntries(names.map((name) => [name, undefined])),
    { clusterMode: ClusterMode.disabled({ replicas: undefined, availabilityZones: undefined }) },
  ].map((props) => {
    const stack = newStack();
    newGroup(stack, props);
    return Template.fromStack(stack).toJSON();
  });
  expect(withUndefined).toEqual(without);
  expect(withEmptyMode).toEqual(without);
});

describe('replicas', () => {
  test.each([0, 1, 2, 3, 4, 5])('%i', (replicas) => {
    const properties = groupProperties({ clusterMode: ClusterMode.disabled({ replicas }) });
    expect(properties).toMatchObject({ NumCacheClusters: replicas + 1, AutomaticFailoverEnabled: replicas > 0, MultiAZEnabled: replicas > 0 });
  });

  test.each([-1, 6, 0.5])('fails when there are %d', (replicas) => {
    const { message, codes } = errorOf(() => groupProperties({ clusterMode: ClusterMode.disabled({ replicas }) }));
    expect(codes).toEqual(['ReplicasOutOfRange']);
    expect(message).toContain(`a shard must have one primary and 0 to 5 replicas, got: replicas: ${replicas}`);
  });

  test('fails when they are a token', () => {
    expect(errorOf(() => ClusterMode.disabled({ replicas: Token.asNumber({ Ref: 'N' }) })).message).toMatch(/^\[ReplicasNotKnown\] replicas must be known at synthesis/);
  });

  test('a single node never fails over, and is not told to', () => {
    const clusterMode = ClusterMode.disabled({ replicas: 0 });
    expect(groupProperties({ clusterMode })).toMatchObject({ NumCacheClusters: 1, AutomaticFailoverEnabled: false, MultiAZEnabled: false });
    expect(errorOf(() => groupProperties({ clusterMode, automaticFailover: true })).codes).toEqual(['FailoverNeedsReplica']);
    expect(errorOf(() => groupProperties({ clusterMode, multiAz: true })).codes).toEqual(['MultiAzNeedsFailover']);
  });

  test('failover off takes Multi-AZ with it', () => {
    expect(groupProperties({ automaticFailover: false })).toMatchObject({ AutomaticFailoverEnabled: false, MultiAZEnabled: false });
    expect(groupProperties({ multiAz: false })).toMatchObject({ AutomaticFailoverEnabled: true, MultiAZEnabled: false });
  });

  test('are placed in the zones that are named', () => {
    const availabilityZones = ['eu-central-1b', 'eu-central-1a'];
    const clusterMode = ClusterMode.disabled({ availabilityZones });
    availabilityZones.push('changed later');
    expect(groupProperties({ clusterMode }).PreferredCacheClusterAZs).toEqual(['eu-central-1b', 'eu-central-1a']);
  });
});

describe('windows and backups', () => {
  test.each([
    ['03:00-04:00', 'sun:05:00-sun:06:00'], ['04:30-05:30', 'sun:06:00-sun:07:00'], ['05:00-07:00', 'sun:07:00-sun:08:00'], ['22:00-02:00', 'sun:05:00-sun:06:00'],
  ])('beside the backup window %s, maintenance is at %s', (backup, maintenance) => {
    expect(groupProperties({ backupWindow: BackupWindow.of(backup) }))
      .toMatchObject({ SnapshotWindow: backup, PreferredMaintenanceWindow: maintenance });
  });

  test.each([
    ['wed:03:30-wed:04:30', '05:00-06:00'], ['sun:05:00-sun:06:00', '03:00-04:00'], ['mon:00:00-mon:05:00', '05:00-06:00'], ['SAT:03:00-SAT:04:00', '04:00-05:00'],
  ])('beside the maintenance window %s, backups are at %s', (maintenance, backup) => {
    const properties = groupProperties({ maintenanceWindow: MaintenanceWindow.of(maintenance) });
    expect(properties).toMatchObject({ SnapshotWindow: backup, PreferredMaintenanceWindow: maintenance.toLowerCase() });
    expect(windowsOverlap(properties.SnapshotWindow, properties.PreferredMaintenanceWindow)?.overlap).toBe(false);
  });

  test('both as given', () => {
    expect(groupProperties({ backupWindow: BackupWindow.of('10:00-11:00'), maintenanceWindow: MaintenanceWindow.of('tue:11:00-tue:12:00') }))
      .toMatchObject({ SnapshotWindow: '10:00-11:00', PreferredMaintenanceWindow: 'tue:11:00-tue:12:00' });
  });

  test('no backups: no window', () => {
    const properties = groupProperties({ backupRetention: Duration.days(0) });
    expect(properties.SnapshotRetentionLimit).toBe(0);
    expect(properties).not.toHaveProperty('SnapshotWindow');
    expect(properties.PreferredMaintenanceWindow).toBe('sun:05:00-sun:06:00');
  });

  test.each([[Duration.hours(48), 2], [Duration.days(35), 35]])('retention %# in days', (backupRetention, days) => {
    expect(groupProperties({ backupRetention }).SnapshotRetentionLimit).toBe(days);
  });

  test('fails when the retention is not in whole days', () => {
    expect(errorOf(() => groupProperties({ backupRetention: Duration.hours(36) })).message).toContain('backupRetention must be 0 to 35 whole days, 0 for no backups, got: 1.5');
  });
});

describe('removal policy', () => {
  const COMPANIONS = ['AWS::ElastiCache::SubnetGroup', 'AWS::ElastiCache::ParameterGroup', 'AWS::EC2::SecurityGroup', 'AWS::Logs::LogGroup'];

  function policies(removalPolicy?: RemovalPolicy): [string, string | undefined, string | undefined][] {
    const stack = newStack();
    newGroup(stack, { removalPolicy });
    const template = Template.fromStack(stack);
    return [TYPE, ...COMPANIONS].flatMap((type) => Object.values(template.findResources(type)).map((resource): [string, string, string] =>
      [type, resource.DeletionPolicy, resource.UpdateReplacePolicy]));
  }

  test.each([
    [undefined, 'Snapshot'], [RemovalPolicy.SNAPSHOT, 'Snapshot'], [RemovalPolicy.DESTROY, 'Delete'],
  ])('%s: the cache has %s, what it stands on goes', (removalPolicy, expected) => {
    for (const [type, deletion, replacement] of policies(removalPolicy)) {
      const own = type === TYPE ? [expected, expected] : type === 'AWS::EC2::SecurityGroup' ? [undefined, undefined] : ['Delete', 'Delete'];
      expect([type, deletion, replacement]).toEqual([type, ...own]);
    }
  });

  // AWS does not delete a subnet group, parameter group or security group in use, so the stack could not be deleted.
  test.each([[RemovalPolicy.RETAIN, 'Retain', 'Retain'], [RemovalPolicy.RETAIN_ON_UPDATE_OR_DELETE, 'RetainExceptOnCreate', 'Retain']])(
    '%s: the cache stays, and with it what it stands on', (removalPolicy, deletion, replacement) => {
      const found = policies(removalPolicy);
      expect(found).toHaveLength(6);
      found.forEach((policy) => expect(policy).toEqual([policy[0], deletion, replacement]));
    });

  test('a kept cache leaves what it was given alone', () => {
    const stack = newStack();
    const subnetGroup = new SubnetGroup(stack, 'Subnets', { vpc: newVpc(stack) });
    newGroup(stack, { removalPolicy: RemovalPolicy.RETAIN, subnetGroup });
    expect(resourceOf(stack, 'AWS::ElastiCache::SubnetGroup').DeletionPolicy).toBe('Delete');
  });
});

describe('engine and node type', () => {
  test.each([
    [CacheEngine.valkey(ValkeyVersion.V7_2), 'valkey', '7.2', 'valkey7'], [CacheEngine.valkey(ValkeyVersion.V9_1), 'valkey', '9.1', 'valkey9'],
    [CacheEngine.redis(RedisVersion.V6_2), 'redis', '6.2', 'redis6.x'], [CacheEngine.redis(), 'redis', '7.1', 'redis7'],
  ])('%s', (engine, name, version, family) => {
    const stack = newStack();
    newGroup(stack, { engine });
    expect(propertiesOf(stack, TYPE)).toMatchObject({ Engine: name, EngineVersion: version });
    expect(propertiesOf(stack, 'AWS::ElastiCache::ParameterGroup').CacheParameterGroupFamily).toBe(family);
  });

  // An upgrade must be an update in place: no logical id but the parameter group's may follow from the engine.
  test('an upgrade keeps every logical id but that of the parameter group', () => {
    const [before, after] = [CacheEngine.redis(), CacheEngine.valkey(ValkeyVersion.V9_0)].map((engine) => {
      const stack = newStack();
      newGroup(stack, { engine });
      return Object.entries<any>(Template.fromStack(stack).toJSON().Resources)
        .filter(([, resource]) => resource.Type !== 'AWS::ElastiCache::ParameterGroup').map(([id]) => id);
    });
    expect(after).toEqual(before);
  });

  test.each([[CacheNodeType.R6GD_XLARGE, true], [CacheNodeType.R7G_LARGE, undefined], [CacheNodeType.of('cache.r9gd.large'), true]])(
    'data tiering of %s is %s', (nodeType, expected) => {
      expect(groupProperties({ nodeType }).DataTieringEnabled).toBe(expected);
    });

  test('data tiering may be written out', () => {
    expect(groupProperties({ dataTiering: false }).DataTieringEnabled).toBe(false);
    expect(errorOf(() => groupProperties({ nodeType: CacheNodeType.R6GD_XLARGE, dataTiering: false })).codes).toEqual(['DataTieringMustMatchNodeType']);
  });
});

describe('plain props', () => {
  test.each([
    [{ port: 7000 }, { Port: 7000 }],
    [{ transitEncryption: false }, { TransitEncryptionEnabled: false }],
    [{ atRestEncryption: false }, { AtRestEncryptionEnabled: false }],
    [{ autoMinorVersionUpgrade: false }, { AutoMinorVersionUpgrade: false }],
    [{ autoMinorVersionUpgrade: true }, { AutoMinorVersionUpgrade: true }],
    [{ description: 'sessions' }, { ReplicationGroupDescription: 'sessions' }],
    [{ replicationGroupId: 'sessions' }, { ReplicationGroupId: 'sessions' }],
  ])('%j', (props, expected) => {
    expect(groupProperties(props)).toMatchObject(expected);
  });

  test('an id is written in lower case, as the service stores it', () => {
    expect(groupProperties({ replicationGroupId: 'MyCache' }).ReplicationGroupId).toBe('mycache');
  });

  test('the description is the end of a path that is too long', () => {
    const stack = newStack();
    newGroup(stack, {}, `${'x'.repeat(300)}End`);
    const description = propertiesOf(stack, TYPE).ReplicationGroupDescription;
    expect(description).toHaveLength(255);
    expect(description).toMatch(/xEnd$/);
  });

  test.each([
    ['vpcSubnets and subnetGroup', 'subnetGroup', (stack: Stack) => ({ vpcSubnets: {}, subnetGroup: SubnetGroup.fromSubnetGroupName(stack, 'Given', 'given') })],
  ])('fails when %s are given together', (pair, winner, make) => {
    const stack = newStack();
    expect(errorOf(() => newGroup(stack, make(stack))).message).toContain(`[PropsExclusive] ${pair} cannot be given together: ${winner} already decides; leave one out`);
  });
});

describe('what others use', () => {
  test('endpoints with the port', () => {
    const stack = newStack();
    const cache = newGroup(stack, { port: 7000 });
    const { logicalId } = resourceOf(stack, TYPE);
    expect(stack.resolve([cache.endpoint.hostname, cache.endpoint.port, cache.readerEndpoint.hostname, cache.readerEndpoint.port])).toEqual([
      { 'Fn::GetAtt': [logicalId, 'PrimaryEndPoint.Address'] }, 7000, { 'Fn::GetAtt': [logicalId, 'ReaderEndPoint.Address'] }, 7000,
    ]);
    expect(stack.resolve(cache.endpoint.socketAddress)).toEqual({ 'Fn::Join': ['', [{ 'Fn::GetAtt': [logicalId, 'PrimaryEndPoint.Address'] }, ':7000']] });
  });

  test('an endpoint of its own, also with a token for the port', () => {
    expect(new Endpoint('cache.local', 6379).socketAddress).toBe('cache.local:6379');
    expect(newStack().resolve(new Endpoint('cache.local', Token.asNumber({ Ref: 'Port' })).socketAddress)).toEqual({ 'Fn::Join': ['', ['cache.local:', { Ref: 'Port' }]] });
  });

  test('id, reference and an ARN with a colon', () => {
    const stack = newStack({ env: ENV });
    const cache = newGroup(stack);
    const ref = { Ref: resourceOf(stack, TYPE).logicalId };
    expect(stack.resolve([cache.replicationGroupId, cache.replicationGroupRef])).toEqual([ref, { replicationGroupId: ref }]);
    expect(stack.resolve(cache.replicationGroupArn)).toEqual({
      'Fn::Join': ['', ['arn:', { Ref: 'AWS::Partition' }, ':elasticache:eu-central-1:111122223333:replicationgroup:', ref]],
    });
  });

  test('the metrics are those of its members, not of the group', () => {
    const stack = newStack();
    const cache = newGroup(stack, { clusterMode: ClusterMode.disabled({ replicas: 2 }) });
    const { logicalId } = resourceOf(stack, TYPE);
    expect(membersOf(cache)).toEqual(['001', '002', '003'].map((number) => ({ 'Fn::Join': ['-', [{ Ref: logicalId }, number]] })));
  });

  test('connections on its port', () => {
    const stack = newStack();
    const [cache, other] = [newGroup(stack, { port: 7000 }), newGroup(stack, {}, 'Other')];
    cache.connections.allowDefaultPortFrom(other);
    expect(propertiesOf(stack, 'AWS::EC2::SecurityGroupIngress')).toMatchObject({ FromPort: 7000, ToPort: 7000, IpProtocol: 'tcp' });
  });
});

describe('two in one stack', () => {
  test('share no logical id and no name', () => {
    const stack = newStack();
    const vpc = new Vpc(stack, 'Vpc', { maxAzs: 2 });
    newGroup(stack, { vpc }, 'One');
    newGroup(stack, { vpc }, 'Two');
    const template = Template.fromStack(stack);
    template.resourceCountIs(TYPE, 2);
    for (const type of [TYPE, 'AWS::ElastiCache::SubnetGroup', 'AWS::ElastiCache::ParameterGroup', 'AWS::Logs::LogGroup', 'AWS::EC2::SecurityGroup']) {
      for (const { Properties } of Object.values(template.findResources(type))) {
        expect(Object.keys(Properties).filter((name) => /^(ReplicationGroupId|CacheSubnetGroupName|LogGroupName|GroupName)$/.test(name)
          && typeof Properties[name] === 'string')).toEqual([]);
      }
    }
  });
});

test('nothing in a template is of one partition', () => {
  const stack = newStack({ env: { account: '111122223333', region: 'cn-north-1' } });
  newGroup(stack);
  expect(JSON.stringify(Template.fromStack(stack).toJSON())).not.toMatch(/arn:aws|amazonaws\.com/);
});

describe('imports', () => {
  const attributes = { engine: CacheEngine.redis(), endpoint: new Endpoint('a', 6379), readerEndpoint: new Endpoint('b', 6379), transitEncryption: false };

  test('by id: what is not known is an error that names the attribute', () => {
    const cache = ReplicationGroup.fromReplicationGroupId(newStack(), 'Cache', 'MyCache');
    expect([cache.replicationGroupId, cache.replicationGroupRef, cache.transitEncryption]).toEqual(['mycache', { replicationGroupId: 'mycache' }, true]);
    for (const name of ['engine', 'endpoint', 'readerEndpoint'] as const) {
      expect(errorOf(() => cache[name]).message).toBe(
        `[ImportLacksAttribute] ${name} of the imported replication group is not known: pass it to ReplicationGroup.fromReplicationGroupAttributes at Stack/Cache`);
    }
    expect(errorOf(() => cache.connections).message).toContain('[ImportLacksAttribute] securityGroups of the imported replication group');
  });

  test('by attributes', () => {
    const stack = newStack({ env: ENV });
    const cache = ReplicationGroup.fromReplicationGroupAttributes(stack, 'Cache', { replicationGroupId: 'my-cache', ...attributes });
    expect([cache.engine, cache.endpoint, cache.readerEndpoint, cache.transitEncryption])
      .toEqual([attributes.engine, attributes.endpoint, attributes.readerEndpoint, false]);
    expect(Template.fromStack(stack).toJSON().Resources).toBeUndefined();
  });

  test('have the ARN of the stack\'s account and Region', () => {
    const stack = newStack({ env: ENV });
    const cache = ReplicationGroup.fromReplicationGroupId(stack, 'Cache', 'my-cache') as ReplicationGroup;
    expect(stack.resolve(cache.replicationGroupArn)).toEqual({
      'Fn::Join': ['', ['arn:', { Ref: 'AWS::Partition' }, ':elasticache:eu-central-1:111122223333:replicationgroup:my-cache']],
    });
  });

  test('know their members once the cluster mode is known', () => {
    const stack = newStack();
    const make = (id: string, clusterMode?: ClusterMode) => ReplicationGroup.fromReplicationGroupAttributes(stack, id, { replicationGroupId: 'MyCache', clusterMode });
    expect(membersOf(make('One', ClusterMode.disabled()))).toEqual(['mycache-001', 'mycache-002']);
    expect(errorOf(() => membersOf(make('Two'))).codes).toEqual(['MembersUnknown']);
  });

  test('take an id that is a token', () => {
    const stack = newStack();
    const id = Token.asString({ Ref: 'Id' });
    expect(stack.resolve(ReplicationGroup.fromReplicationGroupId(stack, 'Cache', id).replicationGroupId)).toEqual({ Ref: 'Id' });
  });

  test('are told from groups made here', () => {
    const stack = newStack();
    const cache = newGroup(stack);
    const others = [ReplicationGroup.fromReplicationGroupId(stack, 'Imported', 'x'), undefined, null, 'text', {}, cache.node.defaultChild];
    expect(ReplicationGroup.isReplicationGroup(cache)).toBe(true);
    expect(others.map((other) => ReplicationGroup.isReplicationGroup(other))).toEqual(others.map(() => false));
  });
});
