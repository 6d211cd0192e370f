import { App, Stack } from 'aws-cdk-lib';
import { IpAddresses, SubnetType, Vpc } from 'aws-cdk-lib/aws-ec2';
import { Topic } from 'aws-cdk-lib/aws-sns';
import { cacheIn, errorOf, Resources, resourcesOf, stackOf, TYPE } from './fixtures';
import { CacheCluster } from '../../src';
import { windowsOverlap } from '../../src/backup/private/window-text';

const cache = resourcesOf();

test('the engine is Valkey 8.2', () => {
  expect(cache.group).toMatchObject({ Engine: 'valkey', EngineVersion: '8.2' });
});

test('there is one primary and one replica, with failover between zones, written explicitly', () => {
  expect(cache.group).toMatchObject({ NumCacheClusters: 2, AutomaticFailoverEnabled: true, MultiAZEnabled: true });
});

test('there is nothing of shards, whose properties would contradict the number of nodes', () => {
  expect(Object.keys(cache.group).filter((key) => /NodeGroup|ReplicasPer|NumCacheClusters/.test(key))).toEqual(['NumCacheClusters']);
});

test('nodes are burstable Graviton', () => {
  expect(cache.group.CacheNodeType).toBe('cache.t4g.medium');
});

describe('subnets', () => {
  const subnet = (subnetType: SubnetType, name: string) => ({ subnetType, name });
  const subnetsOf = (...types: SubnetType[]) => {
    const stack = stackOf();
    const vpc = new Vpc(stack, 'Net', {
      ipAddresses: IpAddresses.cidr('10.0.0.0/16'),
      maxAzs: 2,
      natGateways: types.includes(SubnetType.PRIVATE_WITH_EGRESS) ? 1 : 0,
      subnetConfiguration: types.map((type) => subnet(type, type)),
    });
    cacheIn(stack, { vpc });
    const { SubnetIds } = Resources.of(stack).props(TYPE.subnetGroup);
    return SubnetIds.map(({ Ref }: any) => Ref.replace(/^Net|Subnet\d.*/g, ''));
  };

  test('are the private ones', () => {
    expect(subnetsOf(SubnetType.PUBLIC, SubnetType.PRIVATE_WITH_EGRESS)).toEqual(['Private', 'Private']);
  });

  test('are the private ones where there are isolated ones too', () => {
    expect(subnetsOf(SubnetType.PUBLIC, SubnetType.PRIVATE_WITH_EGRESS, SubnetType.PRIVATE_ISOLATED)).toEqual(['Private', 'Private']);
  });

  test('are the isolated ones where there are no private ones', () => {
    expect(subnetsOf(SubnetType.PUBLIC, SubnetType.PRIVATE_ISOLATED)).toEqual(['Isolated', 'Isolated']);
  });

  test('are never public unasked', () => {
    expect(() => subnetsOf(SubnetType.PUBLIC)).toThrow(/\[NoPrivateSubnets\].* at Stack\/Cache/);
  });
});

describe('the security group', () => {
  test('is the cache\'s own', () => {
    expect(cache.group.SecurityGroupIds).toEqual([{ 'Fn::GetAtt': [cache.ids(TYPE.securityGroup)[0], 'GroupId'] }]);
  });

  test('lets nobody in', () => {
    expect(cache.props(TYPE.securityGroup)).not.toHaveProperty('SecurityGroupIngress');
    expect(cache.ids(TYPE.ingress)).toEqual([]);
  });

  test('lets the cache reach nothing: CloudFormation has no empty list, so that CDK writes a rule that matches nothing', () => {
    expect(cache.props(TYPE.securityGroup).SecurityGroupEgress).toEqual([expect.objectContaining({ CidrIp: '255.255.255.255/32' })]);
  });
});

test.each([
  ['TransitEncryptionEnabled', true],
  ['AtRestEncryptionEnabled', true],
  ['AutomaticFailoverEnabled', true],
  ['Port', 6379],
  ['CacheParameterGroupName', { Ref: expect.any(String) }],
])('%s is written explicitly', (property, value) => {
  expect(cache.group[property]).toEqual(value);
});

test('encryption is with keys of AWS', () => {
  expect(cache.group).not.toHaveProperty('KmsKeyId');
  expect(cache.text).not.toContain('KmsKeyId');
});

describe('the application user', () => {
  test('may read and write, and nothing administrative or dangerous', () => {
    expect(cache.props(TYPE.user)).toMatchObject({
      Engine: 'valkey', UserName: 'app', AccessString: 'on ~* &* +@all -@admin -@dangerous +info',
    });
  });

  test('has one password, out of its secret', () => {
    expect(cache.props(TYPE.user).AuthenticationMode).toEqual({
      Type: 'password',
      Passwords: [{ 'Fn::Join': ['', ['{{resolve:secretsmanager:', { Ref: cache.ids(TYPE.secret)[0] }, ':SecretString:password::}}']] }],
    });
  });

  test('has a password of characters and a length that the service and URLs take', () => {
    expect(cache.props(TYPE.secret).GenerateSecretString).toEqual({
      ExcludePunctuation: true, IncludeSpace: false, PasswordLength: 64, GenerateStringKey: 'password', SecretStringTemplate: '{"username":"app"}',
    });
  });

  test('has a secret without the endpoint: the endpoint depends on the user, who depends on the secret', () => {
    expect(JSON.stringify(cache.props(TYPE.secret))).not.toMatch(/host|port|endpoint|Fn::GetAtt|Ref/i);
  });

  test('is the only one of its group: without a user named default, Valkey\'s own is switched off', () => {
    expect(cache.props(TYPE.userGroup)).toEqual({
      Engine: 'valkey', UserGroupId: expect.any(String), UserIds: [cache.props(TYPE.user).UserId],
    });
  });

  test('exists before its group, and the group before the cache', () => {
    expect(cache.only(TYPE.userGroup).DependsOn).toEqual(cache.ids(TYPE.user));
    expect(cache.only(TYPE.group).DependsOn).toEqual(cache.ids(TYPE.userGroup));
    expect(cache.group.UserGroupIds).toEqual([cache.props(TYPE.userGroup).UserGroupId]);
  });
});

test('backups are kept for seven days', () => {
  expect(cache.group.SnapshotRetentionLimit).toBe(7);
});

test('backup and maintenance do not overlap', () => {
  const { SnapshotWindow, PreferredMaintenanceWindow } = cache.group;
  expect([SnapshotWindow, PreferredMaintenanceWindow]).toEqual(['03:00-04:00', 'sun:05:00-sun:06:00']);
  expect(windowsOverlap(SnapshotWindow, PreferredMaintenanceWindow)).toEqual({ overlap: false, sure: true });
});

test('a last snapshot is taken of the cache, whether it is deleted or replaced', () => {
  expect(cache.only(TYPE.group)).toMatchObject({ DeletionPolicy: 'Snapshot', UpdateReplacePolicy: 'Snapshot' });
});

test('everything else goes with the stack', () => {
  const others = Object.values(cache.all).filter(({ Type }) => Type !== TYPE.group);
  expect(others.map(({ DeletionPolicy, UpdateReplacePolicy }) => [DeletionPolicy, UpdateReplacePolicy])).toEqual(others.map(() => ['Delete', 'Delete']));
});

test('a change of shards is made online', () => {
  expect(cache.only(TYPE.group).UpdatePolicy).toEqual({ UseOnlineResharding: true });
});

test('the parameter group is of the engine\'s family, and says so in its logical id', () => {
  expect(cache.props(TYPE.parameterGroup)).toEqual({ CacheParameterGroupFamily: 'valkey8', Description: expect.any(String) });
  expect(cache.ids(TYPE.parameterGroup)[0]).toContain('Valkey8');
  expect(cache.group.CacheParameterGroupName).toEqual({ Ref: cache.ids(TYPE.parameterGroup)[0] });
});

test('slow log and engine log go to a group each, as JSON, for a month', () => {
  const deliveries = cache.group.LogDeliveryConfigurations;
  expect(deliveries.map((delivery: any) => [delivery.LogType, delivery.LogFormat, delivery.DestinationType])).toEqual([
    ['slow-log', 'json', 'cloudwatch-logs'], ['engine-log', 'json', 'cloudwatch-logs'],
  ]);
  expect(deliveries.map((delivery: any) => delivery.DestinationDetails.CloudWatchLogsDetails.LogGroup.Ref)).toEqual(cache.ids(TYPE.logGroup));
  expect(Object.values(cache.ofType(TYPE.logGroup)).map(({ Properties }) => Properties)).toEqual([{ RetentionInDays: 30 }, { RetentionInDays: 30 }]);
});

test('there is no alarm without a topic', () => {
  expect(cache.ids(TYPE.alarm)).toEqual([]);
});

test('there are at most eight alarms with a topic, and each tells it', () => {
  const watched = resourcesOf((stack) => ({ alarmTopic: new Topic(stack, 'Ops') }));
  const alarms = Object.values(watched.ofType(TYPE.alarm));
  expect(alarms.length).toBeGreaterThanOrEqual(5);
  expect(alarms.length).toBeLessThanOrEqual(8);
  alarms.forEach(({ Properties }) => expect(Properties.AlarmActions).toEqual([{ Ref: watched.ids('AWS::SNS::Topic')[0] }]));
});

test('nothing has a name that is fixed, but for the ids that the service wants from us', () => {
  const names = Object.values(cache.all).flatMap(({ Type, Properties }) =>
    Object.keys(Properties).filter((key) => /^(Name|.*(Group|User|Secret|Cluster|Log)(Name|Id))$/.test(key)).map((key) => `${Type} ${key}`));
  expect(names.filter((name) => !name.endsWith('CacheParameterGroupName') && !name.endsWith('CacheSubnetGroupName'))).toEqual([
    `${TYPE.user} UserId`, `${TYPE.user} UserName`, `${TYPE.userGroup} UserGroupId`,
  ]);
});

test('the template is of nine resources', () => {
  expect(cache.census).toEqual({
    [TYPE.group]: 1,
    [TYPE.subnetGroup]: 1,
    [TYPE.parameterGroup]: 1,
    [TYPE.securityGroup]: 1,
    [TYPE.user]: 1,
    [TYPE.userGroup]: 1,
    [TYPE.secret]: 1,
    [TYPE.logGroup]: 2,
  });
  expect(Object.keys(cache.all).length).toBeLessThanOrEqual(12);
});

test('the description is the path, at most its last 255 characters', () => {
  expect(cache.group.ReplicationGroupDescription).toBe('Stack/Cache');
  const stack = stackOf('S'.repeat(100));
  const deep = ['A', 'B'].reduce<Stack | CacheCluster>((scope, id) => new CacheCluster(scope, id.repeat(120), { vpc: cacheVpc(stack) }), stack);
  expect((deep.node.defaultChild as any).replicationGroupDescription).toHaveLength(255);
});

function cacheVpc(stack: Stack) {
  return stack.node.tryFindChild('Net') as Vpc ?? new Vpc(stack, 'Net');
}

describe('more than one', () => {
  test('two caches fit into one stack', () => {
    const stack = stackOf();
    cacheIn(stack, {}, 'One');
    cacheIn(stack, {}, 'Two');
    const both = Resources.of(stack);
    expect(Object.keys(both.all)).toHaveLength(18);
    const ids = [TYPE.user, TYPE.userGroup].flatMap((type) => Object.values(both.ofType(type)))
      .map(({ Properties }) => Properties.UserId ?? Properties.UserGroupId);
    expect(new Set(ids).size).toBe(4);
  });

  test('one app deploys twice into an account, under two stack names', () => {
    const idsOf = (stackName: string) => {
      const resources = resourcesOf(() => ({}), { stackName });
      return [resources.props(TYPE.user).UserId, resources.props(TYPE.userGroup).UserGroupId];
    };
    const ids = [...idsOf('blue'), ...idsOf('green')];
    expect(new Set(ids).size).toBe(4);
  });

  test('a synthesis again makes the same ids', () => {
    expect(resourcesOf().template).toEqual(cache.template);
  });
});

describe('a template for any place', () => {
  test.each([
    ['no environment', undefined],
    ['aws', { account: '111122223333', region: 'eu-central-1' }],
    ['aws-cn', { account: '111122223333', region: 'cn-north-1' }],
    ['aws-us-gov', { account: '111122223333', region: 'us-gov-west-1' }],
  ])('%s: no ARN is of a partition written out', (_, env) => {
    const stack = stackOf('Stack', { env });
    cacheIn(stack, { alarmTopic: new Topic(stack, 'Ops'), notificationTopic: new Topic(stack, 'Events') });
    expect(Resources.of(stack).text).not.toMatch(/arn:aws[a-z-]*:/);
  });
});

test('the constructor is the whole of it: nothing is added while the app is synthesized', () => {
  const app = new App();
  const stack = new Stack(app, 'Stack');
  const { node } = cacheIn(stack);
  const before = node.findAll().map((child) => child.node.path);
  app.synth();
  expect(node.findAll().map((child) => child.node.path)).toEqual(before);
});

test('a VPC with public subnets alone leaves no part of a cache behind', () => {
  const stack = stackOf();
  const vpc = new Vpc(stack, 'Net', { natGateways: 0, subnetConfiguration: [{ name: 'p', subnetType: SubnetType.PUBLIC }] });
  errorOf(() => new CacheCluster(stack, 'Cache', { vpc }));
  expect(stack.node.tryFindChild('Cache')).toBeUndefined();
});
