import { App, Aws, CfnOutput, Duration, Fn, RemovalPolicy, Size, Stack, Tags, Token } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { IpAddresses, Port, SecurityGroup, Subnet, SubnetType, Vpc } from 'aws-cdk-lib/aws-ec2';
import { CfnUserGroup } from 'aws-cdk-lib/aws-elasticache';
import { CfnKey, Key } from 'aws-cdk-lib/aws-kms';
import { Bucket } from 'aws-cdk-lib/aws-s3';
import { newFunction, newServerless, ourWarnings, serverlessProperties, TYPE, typesOf, vpcOfZones } from './fixtures';
import {
  BackupWindow, CacheEngine, Endpoint, MemcachedVersion, NetworkType, PasswordUser, RedisVersion, RestoreSource, ServerlessCache,
  UsageLimits, User, UserGroup, ValkeyVersion,
} from '../../src';
import { ENGINES, versionsOf } from '../../src/engine/private/engine-table';
import { acknowledge, errorOf, expectNoBrokenTokens, newStack, newVpc, parameter, propertiesOf, resourceOf, warningsOf } from '../support/cdk';

const FINAL = (name: string) => ({ 'Fn::Join': ['-', [name, GUID]] });
const GUID = { 'Fn::Select': [0, { 'Fn::Split': ['-', { 'Fn::Select': [2, { 'Fn::Split': ['/', { Ref: 'AWS::StackId' }] }] }] }] };

describe('by default', () => {
  const stack = newStack();
  const cache = newServerless(stack);
  const { logicalId, Properties, ...attributes } = resourceOf(stack, TYPE);

  test('the template', () => {
    expect(logicalId).toBe('Cache18F6EE16');
    expect(Properties).toEqual({
      ServerlessCacheName: 'stack-cache-cea42970c3',
      Description: 'Stack/Cache',
      Engine: 'valkey',
      MajorEngineVersion: '8',
      SubnetIds: ['subnet-a', 'subnet-b'],
      SecurityGroupIds: [{ 'Fn::GetAtt': ['CacheSecurityGroup79A9F160', 'GroupId'] }],
      SnapshotRetentionLimit: 7,
      DailySnapshotTime: '03:00',
      FinalSnapshotName: FINAL('stack-cache-cea42970c3'),
    });
    expect(attributes).toMatchObject({ Type: TYPE, DeletionPolicy: 'Delete', UpdateReplacePolicy: 'Delete' });
  });

  test('the logical ids', () => {
    expect(typesOf(stack)).toEqual({ CacheSecurityGroup79A9F160: 'AWS::EC2::SecurityGroup', Cache18F6EE16: TYPE });
  });

  test('the attributes', () => {
    expect(stack.resolve({
      name: cache.serverlessCacheName,
      arn: cache.serverlessCacheArn,
      endpoint: { ...cache.endpoint },
      reader: { ...cache.readerEndpoint },
      ref: cache.serverlessCacheRef,
    })).toEqual({
      name: { Ref: logicalId },
      arn: { 'Fn::GetAtt': [logicalId, 'ARN'] },
      endpoint: { hostname: { 'Fn::GetAtt': [logicalId, 'Endpoint.Address'] }, port: 6379 },
      reader: { hostname: { 'Fn::GetAtt': [logicalId, 'ReaderEndpoint.Address'] }, port: 6380 },
      ref: { serverlessCacheName: { Ref: logicalId }, serverlessCacheArn: { 'Fn::GetAtt': [logicalId, 'ARN'] } },
    });
    expect(cache).toMatchObject({ transitEncryption: true });
    expect(`${cache.engine}`).toBe('Valkey 8.2');
    expect(ServerlessCache.isServerlessCache(cache)).toBe(true);
    expect([{}, undefined, null, stack].map((each) => ServerlessCache.isServerlessCache(each))).toEqual([false, false, false, false]);
  });

  test('nobody is warned', () => expect(ourWarnings(stack)).toEqual([]));

  test('the endpoints are never written as properties', () => {
    expect(Object.keys(Properties).filter((name) => /Endpoint/.test(name))).toEqual([]);
  });

  test('the default port is the range of both ports', () => {
    const other = newStack();
    newServerless(other).connections.allowDefaultPortFromAnyIpv4();
    expect(propertiesOf(other, 'AWS::EC2::SecurityGroup').SecurityGroupIngress).toMatchObject([{ FromPort: 6379, ToPort: 6380, IpProtocol: 'tcp' }]);
  });

  test('tags reach it', () => {
    const other = newStack();
    Tags.of(newServerless(other)).add('team', 'feed');
    expect(propertiesOf(other, TYPE).Tags).toEqual([{ Key: 'team', Value: 'feed' }]);
  });
});

describe('the generated name', () => {
  const nameOf = (props: Parameters<typeof serverlessProperties>[0]) => serverlessProperties(props).ServerlessCacheName;
  const usual = nameOf({});

  test('is another for each construct, stack and nested stack name', () => {
    const stack = newStack();
    const caches = ['One', 'Two', 'A-Very-Long-Id-Of-A-Construct-That-Goes-On-And-On'].map((id) => newServerless(stack, {}, id));
    const names = Object.values(Template.fromStack(stack).findResources(TYPE)).map(({ Properties }) => Properties.ServerlessCacheName);
    const elsewhere = newStack({}, 'Other');
    newServerless(elsewhere);
    expect(new Set([...names, propertiesOf(elsewhere, TYPE).ServerlessCacheName, usual]).size).toBe(caches.length + 2);
    names.forEach((name) => expect(name).toMatch(/^(?=.{1,40}$)[a-z][a-z0-9]*(-[a-z0-9]+)*$/));
  });

  test.each<[string, Parameters<typeof serverlessProperties>[0]]>([
    ['the subnets', (stack) => ({ vpc: vpcOfZones(stack, 3) })],
    ['the key', (stack) => ({ encryptionKey: new Key(stack, 'Key') })],
    ['the network type', { networkType: NetworkType.DUAL_STACK }],
    ['what it is restored from', { restoreFrom: RestoreSource.snapshot('yesterday') }],
    ['Memcached for another engine', { engine: CacheEngine.memcached() }],
  ])('follows %s, with which the cache is replaced', (_, props) => expect(nameOf(props)).not.toBe(usual));

  test.each<[string, Parameters<typeof serverlessProperties>[0]]>([
    ['Redis OSS to Valkey', { engine: CacheEngine.redis() }],
    ['a newer major version', { engine: CacheEngine.valkey(ValkeyVersion.V9_0) }],
    ['limits', { limits: UsageLimits.of({ maxEcpuPerSecond: 1000 }) }],
    ['security groups', (stack) => ({ securityGroups: [SecurityGroup.fromSecurityGroupId(stack, 'Sg', 'sg-1')] })],
    ['a user group', (stack) => ({ userGroup: UserGroup.fromUserGroupId(stack, 'Users', 'users') })],
    ['backups', { backupRetention: Duration.days(0) }],
    ['the removal policy', { removalPolicy: RemovalPolicy.RETAIN }],
  ])('stays with %s, which is changed in place', (_, props) => expect(nameOf(props)).toBe(usual));

  test('does not depend on how many tokens were made before, and holds none', () => {
    const make = (count: number) => {
      const stack = newStack();
      Array.from({ length: count }, (_, index) => Token.asString({ Ref: `Other${index}` }));
      newServerless(stack, { vpc: new Vpc(stack, 'Net', { maxAzs: 2 }), encryptionKey: new Key(stack, 'Key') });
      return propertiesOf(stack, TYPE).ServerlessCacheName;
    };
    expect(make(0)).toBe(make(5));
    expect(make(0)).toMatch(/^stack-cache-[0-9a-f]{10}$/);
  });

  test('does not stop a rename of logical ids', () => {
    const stack = newStack();
    newServerless(stack, { vpc: new Vpc(stack, 'Net', { maxAzs: 2 }) });
    const twin = newStack();
    new Vpc(twin, 'Net', { maxAzs: 2 });
    const [subnet] = Object.entries(typesOf(twin)).filter(([id, type]) => type === 'AWS::EC2::Subnet' && id.includes('Private')).map(([id]) => id);
    stack.renameLogicalId(subnet, 'Renamed');
    expect(propertiesOf(stack, TYPE).SubnetIds[0]).toEqual({ Ref: 'Renamed' });
  });
});

describe('the last snapshot', () => {
  test.each([
    ['SNAPSHOT', RemovalPolicy.SNAPSHOT, FINAL('stack-cache-cea42970c3'), 'Delete'],
    ['DESTROY', RemovalPolicy.DESTROY, undefined, 'Delete'],
    ['RETAIN', RemovalPolicy.RETAIN, undefined, 'Retain'],
    ['RETAIN_ON_UPDATE_OR_DELETE', RemovalPolicy.RETAIN_ON_UPDATE_OR_DELETE, undefined, 'RetainExceptOnCreate'],
  ])('of %s', (_, removalPolicy, name, policy) => {
    const stack = newStack();
    newServerless(stack, { removalPolicy });
    const resource = resourceOf(stack, TYPE);
    expect(resource.Properties.FinalSnapshotName).toEqual(name);
    expect(resource.DeletionPolicy).toBe(policy);
    expect(resourceOf(stack, 'AWS::EC2::SecurityGroup').DeletionPolicy).toBe(policy === 'Delete' ? undefined : policy);
  });

  test('of a cache with a name is another when the cache is replaced under another name', () => {
    const final = (serverlessCacheName: string) => serverlessProperties({ serverlessCacheName }).FinalSnapshotName;
    expect(final('feed')).not.toEqual(final('feed-two'));
    expect(JSON.stringify(final('feed'))).toContain('AWS::StackId');
  });
});

describe('props', () => {
  test.each<[string, Parameters<typeof serverlessProperties>[0], Record<string, unknown>]>([
    ['a name, in lower case as the service stores it', { serverlessCacheName: 'Feed-1' }, { ServerlessCacheName: 'feed-1' }],
    ['a description', { description: 'feeds' }, { Description: 'feeds' }],
    ['a network type', { networkType: NetworkType.IPV6 }, { NetworkType: 'ipv6' }],
    ['a retention', { backupRetention: Duration.days(35) }, { SnapshotRetentionLimit: 35, DailySnapshotTime: '03:00' }],
    ['no backups', { backupRetention: Duration.days(0) }, { SnapshotRetentionLimit: undefined, DailySnapshotTime: undefined }],
    ['a window, of which the start counts', { backupWindow: BackupWindow.daily({ hour: 22, minute: 30 }) }, { DailySnapshotTime: '22:30' }],
    ['a name of a snapshot', { restoreFrom: RestoreSource.snapshot('last') },
      {
        SnapshotArnsToRestore: [{
          'Fn::Join': ['', ['arn:', { Ref: 'AWS::Partition' }, ':elasticache:', { Ref: 'AWS::Region' }, ':', { Ref: 'AWS::AccountId' },
            ':serverlesscachesnapshot:last']],
        }],
      }],
    ['an ARN of a snapshot', { restoreFrom: RestoreSource.snapshot('arn:aws:elasticache:eu-west-1:111122223333:snapshot:nodes') },
      { SnapshotArnsToRestore: ['arn:aws:elasticache:eu-west-1:111122223333:snapshot:nodes'] }],
    ['files', (stack) => ({ restoreFrom: RestoreSource.rdbFile(Bucket.fromBucketName(stack, 'Dumps', 'dumps'), 'a.rdb', 'b/c.rdb') }),
      { SnapshotArnsToRestore: ['a.rdb', 'b/c.rdb'].map((key) => ({ 'Fn::Join': ['', ['arn:', { Ref: 'AWS::Partition' }, `:s3:::dumps/${key}`]] })) }],
    ['storage and units', { limits: UsageLimits.of({ minStorage: Size.gibibytes(1), maxStorage: Size.gibibytes(5000), minEcpuPerSecond: 1000, maxEcpuPerSecond: 15_000_000 }) },
      { CacheUsageLimits: { DataStorage: { Minimum: 1, Maximum: 5000, Unit: 'GB' }, ECPUPerSecond: { Minimum: 1000, Maximum: 15_000_000 } } }],
    ['limits that say nothing', { limits: UsageLimits.of({}) }, { CacheUsageLimits: undefined }],
    ['a maximum of units alone', { limits: UsageLimits.of({ maxEcpuPerSecond: 0 }) }, { CacheUsageLimits: { ECPUPerSecond: { Maximum: 0 } } }],
  ])('%s', (_, props, expected) => {
    const properties = serverlessProperties(props);
    Object.entries(expected).forEach(([name, value]) => expect([name, properties[name]]).toEqual([name, value]));
  });

  test('tokens are written as they are', () => {
    const stack = newStack();
    const { string, number, ref } = parameter(stack, 'Any');
    newServerless(stack, {
      serverlessCacheName: string,
      description: string,
      engine: CacheEngine.valkey(ValkeyVersion.of(string, { parameterGroupFamily: 'valkey9' })),
      backupRetention: Duration.days(number),
      backupWindow: BackupWindow.of(string),
      restoreFrom: RestoreSource.snapshot(string),
      limits: UsageLimits.of({
        maxStorage: Size.gibibytes(number), minStorage: Size.gibibytes(5000), maxEcpuPerSecond: number, minEcpuPerSecond: 1000,
      }),
    });
    const properties = propertiesOf(stack, TYPE);
    expect(properties).toMatchObject({
      ServerlessCacheName: ref,
      Description: ref,
      MajorEngineVersion: { 'Fn::Select': [0, { 'Fn::Split': ['.', ref] }] },
      SnapshotRetentionLimit: ref,
      DailySnapshotTime: { 'Fn::Select': [0, { 'Fn::Split': ['-', ref] }] },
      SnapshotArnsToRestore: [ref],
      CacheUsageLimits: { DataStorage: { Minimum: 5000, Maximum: ref }, ECPUPerSecond: { Minimum: 1000, Maximum: ref } },
    });
    expectNoBrokenTokens(Template.fromStack(stack).toJSON());
  });

  test('of Memcached: its own ports, the reader\'s as the resource tells it', () => {
    const stack = newStack();
    const cache = newServerless(stack, { engine: CacheEngine.memcached() });
    expect(propertiesOf(stack, TYPE)).toMatchObject({ Engine: 'memcached', MajorEngineVersion: '1.6' });
    expect(cache.endpoint.port).toBe(11211);
    expect(stack.resolve(cache.readerEndpoint.port)).toEqual({ 'Fn::GetAtt': ['Cache18F6EE16', 'ReaderEndpoint.Port'] });
    expect(`${cache.connections.defaultPort}`).toBe(`${Port.tcpRange(11211, 11212)}`);
  });
});

describe('references', () => {
  test.each<[string, (stack: Stack) => any, (value: any) => void]>([
    ['our own user group', (stack) => new UserGroup(stack, 'Users', { users: [new PasswordUser(stack, 'App')] }), (value) => expect(value).toMatch(/^stack-users-/)],
    ['an imported one', (stack) => UserGroup.fromUserGroupId(stack, 'Users', 'theirs'), (value) => expect(value).toBe('theirs')],
    ['a raw one', (stack) => new CfnUserGroup(stack, 'Users', { engine: 'valkey', userGroupId: 'raw', userIds: ['app'] }), (value) => expect(value).toEqual({ Ref: 'Users' })],
  ])('%s', (name, make, check) => {
    const stack = newStack();
    newServerless(stack, { userGroup: make(stack) });
    const resource = resourceOf(stack, TYPE);
    check(resource.Properties.UserGroupId);
    expect(typesOf(stack)[resource.DependsOn?.[0]] ?? 'none').toBe(name.startsWith('an imported') ? 'none' : 'AWS::ElastiCache::UserGroup');
  });

  test.each<[string, (stack: Stack) => any, unknown]>([
    ['our own key', (stack) => new Key(stack, 'Key'), { 'Fn::GetAtt': ['Key961B73FD', 'Arn'] }],
    ['an imported one', (stack) => Key.fromKeyArn(stack, 'Key', 'arn:aws:kms:eu-west-1:111122223333:key/k'), 'arn:aws:kms:eu-west-1:111122223333:key/k'],
    ['a raw one', (stack) => new CfnKey(stack, 'Key'), { 'Fn::GetAtt': ['Key', 'Arn'] }],
  ])('%s', (_, make, expected) => expect(serverlessProperties((stack) => ({ encryptionKey: make(stack) })).KmsKeyId).toEqual(expected));

  test('security groups that are given: none is made', () => {
    const stack = newStack();
    const own = new SecurityGroup(stack, 'Own', { vpc: newVpc(stack) });
    newServerless(stack, { securityGroups: [own, SecurityGroup.fromSecurityGroupId(stack, 'Theirs', 'sg-1')] });
    expect(propertiesOf(stack, TYPE).SecurityGroupIds).toEqual([{ 'Fn::GetAtt': [expect.stringMatching(/^Own/), 'GroupId'] }, 'sg-1']);
    expect(errorOf(() => newServerless(stack, { securityGroups: [] }, 'None')).codes).toEqual(['NoSecurityGroups']);
  });
});

describe('subnets', () => {
  test.each([[1, 1], [2, 2], [3, 3], [4, 3], [6, 3]])('of a VPC in %i zones are %i', (zones, count) => {
    const stack = newStack();
    newServerless(stack, { vpc: vpcOfZones(stack, zones) });
    expect(propertiesOf(stack, TYPE).SubnetIds).toHaveLength(count);
    expect(warningsOf(stack).join().includes('ServerlessSubnetCount')).toBe(count < 2);
  });

  test('are one a zone where the VPC has several', () => {
    const stack = newStack();
    const vpc = new Vpc(stack, 'Net', {
      maxAzs: 2,
      natGateways: 1,
      subnetConfiguration: [
        { name: 'Public', subnetType: SubnetType.PUBLIC }, { name: 'One', subnetType: SubnetType.PRIVATE_WITH_EGRESS }, { name: 'Two', subnetType: SubnetType.PRIVATE_WITH_EGRESS },
      ],
    });
    newServerless(stack, { vpc });
    expect(propertiesOf(stack, TYPE).SubnetIds).toEqual([1, 2].map((index) => ({ Ref: expect.stringMatching(`^NetOneSubnet${index}`) })));
    expect(ourWarnings(stack)).toEqual([]);
  });

  test('are isolated ones where there are no others', () => {
    const stack = newStack();
    newServerless(stack, { vpc: new Vpc(stack, 'Net', { maxAzs: 2, natGateways: 0, subnetConfiguration: [{ name: 'In', subnetType: SubnetType.PRIVATE_ISOLATED }] }) });
    expect(propertiesOf(stack, TYPE).SubnetIds).toHaveLength(2);
  });

  test('that are chosen are taken, all of them', () => {
    const stack = newStack();
    newServerless(stack, { vpc: vpcOfZones(stack, 4), vpcSubnets: { subnetType: SubnetType.PRIVATE_WITH_EGRESS } });
    expect(propertiesOf(stack, TYPE).SubnetIds).toHaveLength(4);
    expect(warningsOf(stack).join()).toMatch(/vpcSubnets should be 2 or 3 subnets .* got: 4/);
  });

  test('of which only the id is known', () => {
    const stack = newStack();
    newServerless(stack, { vpcSubnets: { subnets: ['x', 'y'].map((id) => Subnet.fromSubnetId(stack, id, `subnet-${id}`)) } });
    expect(propertiesOf(stack, TYPE).SubnetIds).toEqual(['subnet-x', 'subnet-y']);
    expect(ourWarnings(stack)).toEqual([]);
  });

  test('a VPC with public ones alone is an error', () => {
    const stack = newStack();
    const vpc = Vpc.fromVpcAttributes(stack, 'Vpc', { vpcId: 'vpc-1', availabilityZones: ['a'], publicSubnetIds: ['subnet-p'] });
    expect(errorOf(() => newServerless(stack, { vpc })).codes).toEqual(['NoPrivateSubnets']);
  });

  test('without IPv6 do not take dual stack, with it they do', () => {
    const stack = newStack();
    const plain = new Vpc(stack, 'Plain', { maxAzs: 2, ipAddresses: IpAddresses.cidr('10.0.0.0/16') });
    expect(errorOf(() => newServerless(stack, { vpc: plain, networkType: NetworkType.DUAL_STACK })).message).toMatch(/networkType: "dual_stack" needs subnets that have IPv4 and IPv6/);
    expect(errorOf(() => newServerless(stack, { vpc: plain, networkType: NetworkType.IPV6 })).codes).toEqual(['NetworkTypeUnfitForSubnets']);
    expect(() => newServerless(stack, { vpc: plain, networkType: NetworkType.IPV4 })).not.toThrow();
    expect(() => newServerless(newStack(), { networkType: NetworkType.DUAL_STACK })).not.toThrow();
  });
});

describe('versions', () => {
  const versions = ENGINES.flatMap(({ name }) => versionsOf(name).map((version) => [name, version] as const));
  const make = (name: string, version: string) => name === 'memcached' ? CacheEngine.memcached(MemcachedVersion.of(version)) : CacheEngine.of(name, version);

  test.each(versions)('%s %s synthesizes, or fails with the rule that says why', (name, version) => {
    const stack = newStack();
    const act = () => newServerless(stack, { engine: make(name, version) });
    if (name === 'redis' && !version.startsWith('7.')) {
      expect(errorOf(act).codes).toEqual(['ServerlessVersionUnsupported']);
      expect(stack.node.tryFindChild('Cache')).toBeUndefined();
    } else {
      act();
      const major = name === 'memcached' ? version.split('.').slice(0, 2).join('.') : version.split('.')[0];
      expect(propertiesOf(stack, TYPE)).toMatchObject({ Engine: name, MajorEngineVersion: major });
      const warnings = ourWarnings(stack);
      expect(warnings.filter((text) => text.includes('MinorVersionIgnored'))).toHaveLength(1);
      expect(warnings.some((text) => text.includes('ServerlessVersionUnknown'))).toBe(major === '1.4' || major === '1.5');
    }
  });

  test.each([['valkey', '9'], ['valkey', '8'], ['redis', '7']])('%s %s alone is not warned about', (name, version) => {
    const stack = newStack();
    newServerless(stack, { engine: CacheEngine.of(name, version) });
    expect(ourWarnings(stack)).toEqual([]);
  });

  test('newer than the table is a warning', () => {
    const stack = newStack();
    newServerless(stack, { engine: CacheEngine.valkey(ValkeyVersion.of('10')) });
    expect(ourWarnings(stack)).toEqual([expect.stringContaining('Valkey 10 is not known to be offered serverless; known: 7, 8, 9')]);
  });

  test('what is acknowledged is let through', () => {
    const stack = newStack();
    acknowledge(stack, 'ServerlessVersionUnsupported');
    newServerless(stack, { engine: CacheEngine.redis(RedisVersion.V6_2) });
    expect(propertiesOf(stack, TYPE).MajorEngineVersion).toBe('6');
  });
});

describe('imports', () => {
  test('by name: the ARN has a colon after the type', () => {
    const stack = newStack();
    const cache = ServerlessCache.fromServerlessCacheName(stack, 'Theirs', 'Feed');
    expect(cache.serverlessCacheName).toBe('feed');
    expect(stack.resolve(cache.serverlessCacheArn)).toEqual({
      'Fn::Join': ['', ['arn:', { Ref: 'AWS::Partition' }, ':elasticache:', { Ref: 'AWS::Region' }, ':', { Ref: 'AWS::AccountId' }, ':serverlesscache:feed']],
    });
    expect(cache.serverlessCacheRef).toEqual({ serverlessCacheName: 'feed', serverlessCacheArn: cache.serverlessCacheArn });
    for (const name of ['engine', 'endpoint', 'readerEndpoint', 'connections'] as const) {
      const error = errorOf(() => cache[name]);
      expect(error.codes).toEqual(['ImportLacksAttribute']);
      expect(error.message).toMatch(/of the imported serverless cache is not known: pass it to ServerlessCache.fromServerlessCacheAttributes/);
    }
  });

  test('with attributes: a client is let in on both ports', () => {
    const stack = newStack();
    const vpc = newVpc(stack);
    const cache = ServerlessCache.fromServerlessCacheAttributes(stack, 'Theirs', {
      serverlessCacheName: 'feed',
      engine: CacheEngine.valkey(),
      endpoint: new Endpoint('feed.aws', 6379),
      readerEndpoint: new Endpoint('feed-ro.aws', 6380),
      securityGroups: [SecurityGroup.fromSecurityGroupId(stack, 'Sg', 'sg-1')],
    });
    expect(cache.grantAccess(newFunction(stack, vpc)).environment).toEqual({
      CACHE_HOST: 'feed.aws', CACHE_PORT: '6379', CACHE_TLS: 'true', CACHE_READER_HOST: 'feed-ro.aws', CACHE_READER_PORT: '6380',
    });
    const rules = Object.values(Template.fromStack(stack).findResources('AWS::EC2::SecurityGroupIngress'));
    expect(rules.map(({ Properties }) => [Properties.GroupId, Properties.FromPort, Properties.ToPort])).toEqual([['sg-1', 6379, 6379], ['sg-1', 6380, 6380]]);
    expect(cache.connections.defaultPort?.toString()).toBe('6379-6380');
    expect(cache).toMatchObject({ transitEncryption: true });
  });

  test('with users ask for one', () => {
    const stack = newStack();
    const cache = ServerlessCache.fromServerlessCacheAttributes(stack, 'Theirs', {
      serverlessCacheName: 'feed', hasUserGroup: true, endpoint: new Endpoint('feed.aws', 6379), securityGroups: [SecurityGroup.fromSecurityGroupId(stack, 'Sg', 'sg-1')],
    });
    const client = newFunction(stack, newVpc(stack));
    expect(errorOf(() => cache.grantAccess(client)).codes).toEqual(['UserRequired']);
    expect(cache.grantAccess(client, { user: User.fromUserId(stack, 'User', 'them') }).environment).toMatchObject({ CACHE_USERNAME: 'them' });
  });

  test('by a name that is a token', () => {
    const stack = newStack();
    const { string, ref } = parameter(stack, 'Name');
    const cache = ServerlessCache.fromServerlessCacheName(stack, 'Theirs', string);
    expect(stack.resolve(cache.serverlessCacheName)).toEqual(ref);
  });
});

describe('a client in another stack', () => {
  test.each(['cache', 'client'])('the %s made first: both ports, in the client\'s stack alone', (first) => {
    const app = new App();
    const [net, caches, clients] = ['Net', 'Caches', 'Clients'].map((id) => new Stack(app, id));
    const vpc = new Vpc(net, 'Vpc', { maxAzs: 2 });
    const early = first === 'client' ? newFunction(clients, vpc) : undefined;
    const cache = newServerless(caches, { vpc });
    cache.grantAccess(early ?? newFunction(clients, vpc));
    const rules = Object.values(Template.fromStack(clients).findResources('AWS::EC2::SecurityGroupIngress'));
    expect(rules.map(({ Properties }) => [Properties.FromPort, Properties.ToPort])).toEqual([[6379, 6379], [6380, 6380]]);
    Template.fromStack(caches).resourceCountIs('AWS::EC2::SecurityGroupIngress', 0);
    expect(clients.dependencies).toContain(caches);
    expect(caches.dependencies).not.toContain(clients);
    expect(propertiesOf(caches, TYPE).ServerlessCacheName).toMatch(/^caches-cache-[0-9a-f]{10}$/);
    const { Variables } = propertiesOf(clients, 'AWS::Lambda::Function').Environment;
    expect(Variables).toMatchObject({ CACHE_PORT: '6379', CACHE_READER_PORT: '6380', CACHE_TLS: 'true' });
    expectNoBrokenTokens(Template.fromStack(clients).toJSON());
  });

  test('of Memcached: the port of the reader crosses the stacks as the resource tells it', () => {
    const app = new App();
    const [net, caches, clients] = ['Net', 'Caches', 'Clients'].map((id) => new Stack(app, id));
    const vpc = new Vpc(net, 'Vpc', { maxAzs: 2 });
    newServerless(caches, { vpc, engine: CacheEngine.memcached() }).grantAccess(newFunction(clients, vpc));
    const rules = Object.values(Template.fromStack(clients).findResources('AWS::EC2::SecurityGroupIngress'));
    expect(rules.map(({ Properties }) => Properties.FromPort)).toEqual([11211, { 'Fn::ImportValue': expect.stringContaining('ReaderEndpointPort') }]);
    expectNoBrokenTokens(Template.fromStack(clients).toJSON());
  });
});

test('every partition: no ARN is written with one', () => {
  const stack = newStack({ env: { account: '111122223333', region: 'cn-north-1' } });
  const cache = newServerless(stack, { restoreFrom: RestoreSource.snapshot('last') });
  new CfnOutput(stack, 'Arn', { value: cache.serverlessCacheArn + Aws.PARTITION + Fn.ref('AWS::Region') });
  expect(JSON.stringify(Template.fromStack(stack).toJSON())).not.toContain('arn:aws');
});
