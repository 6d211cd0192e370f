// What other construct libraries make, in the ways they offer: no rejection of what deploys, and their defects by name.
import * as alpha from '@aws-cdk/aws-elasticache-alpha';
import { Duration, Size, Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { IVpc, SecurityGroup } from 'aws-cdk-lib/aws-ec2';
import { Schedule } from 'aws-cdk-lib/aws-events';
import { Key } from 'aws-cdk-lib/aws-kms';
import { Secret } from 'aws-cdk-lib/aws-secretsmanager';
import { RedisDB, RedisDBProps } from 'cdk-redisdb';
import { rejections } from './support/judge';
import { newStack, newVpc } from '../support/cdk';

beforeAll(() => jest.spyOn(console, 'warn').mockImplementation()); // the alpha module calls what aws-cdk-lib deprecated
afterAll(() => jest.restoreAllMocks());

type Make = (stack: Stack, vpc: IVpc) => void;

/** The codes of what rejects a stack. */
function rejected(make: Make): string[] {
  const stack = newStack();
  make(stack, newVpc(stack));
  const template = Template.fromStack(stack).toJSON() as Parameters<typeof rejections>[0];
  expect(Object.values(template.Resources).some(({ Type }) => Type.startsWith('AWS::ElastiCache::'))).toBe(true);
  return rejections(template).map(({ code }) => code).sort();
}

const redisDb = (props: RedisDBProps, more?: (stack: Stack) => RedisDBProps): Make => (stack, vpc) => {
  new RedisDB(stack, 'Cache', { existingVpc: vpc, ...props, ...more?.(stack) });
};
const secret = (stack: Stack) => new Secret(stack, 'Token', { generateSecretString: { excludePunctuation: true, passwordLength: 32 } });

describe('cdk-redisdb', () => {
  test.each<[string, Make]>([
    ['as it comes', redisDb({})],
    ['with shards and replicas', redisDb({ nodes: 3, replicas: 2 })],
    ['with encryption', redisDb({ nodes: 2, replicas: 1, atRestEncryptionEnabled: true, transitEncryptionEnabled: true })],
    ['with a token', redisDb({ replicas: 1, transitEncryptionEnabled: true }, (stack) => ({ authToken: secret(stack).secretValue.unsafeUnwrap() }))],
    ['of another size, with names of its own', redisDb({ nodeType: 'cache.r7g.xlarge', engineVersion: '7.1', subnetGroupName: 'orders' })],
    ['in a subnet group of elsewhere', redisDb({ existingSubnetGroupName: 'shared' })],
    ['in a security group of elsewhere', redisDb({}, (stack) => ({ existingSecurityGroup: SecurityGroup.fromSecurityGroupId(stack, 'Group', 'sg-0123456789abcdef0') }))],
    ['of Redis OSS 6.2', redisDb({ engineVersion: '6.2', parameterGroupName: 'default.redis6.x.cluster.on' })],
    ['with shards that scale by memory', redisDb({ nodes: 2, replicas: 1, memoryAutoscalingTarget: 60 })],
    ['with shards that scale by load', redisDb({ nodes: 2, replicas: 1, nodesCpuAutoscalingTarget: 60 })],
    ['twice in a stack, as its names allow', (stack, vpc) => {
      redisDb({ subnetGroupName: 'one' })(stack, vpc);
      new RedisDB(stack, 'Second', { existingVpc: vpc, subnetGroupName: 'two' });
    }],
  ])('%s', (_, make) => expect(rejected(make)).toEqual([]));

  test.each<[string, string, Make, string[]]>([
    ['replicas that scale', 'the dimension is written group:Replicas, and the metric is that of shards',
      redisDb({ nodes: 2, replicas: 1, replicasCpuAutoscalingTarget: 60 }), ['ScalingDimensionInvalid']],
    ['the engine of an older family', 'the parameter group stays that of Redis OSS 7', redisDb({ engineVersion: '6.2' }), ['DefaultParameterGroupUnfit']],
    ['a token without encryption in transit', 'encryption is left to whoever asks for it',
      redisDb({}, (stack) => ({ authToken: secret(stack).secretValue.unsafeUnwrap() })), ['AuthTokenNeedsTls']],
    ['twice in a stack', 'the subnet group has a fixed name', (stack, vpc) => {
      redisDb({})(stack, vpc);
      new RedisDB(stack, 'Second', { existingVpc: vpc });
    }, ['NameTwice']],
  ])('%s does not deploy: %s', (_, __, make, codes) => expect(rejected(make)).toEqual(codes));
});

const ACCESS = alpha.AccessControl.fromAccessString('on ~app:* +@read');
const users = (engine: alpha.UserEngine) => (stack: Stack): alpha.IUser[] => [
  new alpha.IamUser(stack, 'Iam', { userId: 'reader', accessControl: ACCESS, engine }),
  new alpha.PasswordUser(stack, 'Password', { userId: 'writer', accessControl: ACCESS, engine, passwords: [secret(stack).secretValue] }),
  // Its users without a password are those of Redis OSS, which wants one of the name default in every group.
  ...engine === alpha.UserEngine.VALKEY ? [] : [new alpha.NoPasswordUser(stack, 'Default', {
    userId: 'nobody', userName: 'default', accessControl: alpha.AccessControl.fromAccessString('off ~* -@all'), engine,
  })],
];
type Options = Partial<alpha.ServerlessCacheProps>;
const serverless = (props: Options, more?: (stack: Stack, vpc: IVpc) => Options): Make => (stack, vpc) => {
  new alpha.ServerlessCache(stack, 'Cache', { vpc, ...props, ...more?.(stack, vpc) });
};

describe('@aws-cdk/aws-elasticache-alpha', () => {
  test.each<[string, Make]>([
    ['as it comes', serverless({})],
    ...Object.entries(alpha.CacheEngine).map(([name, engine]): [string, Make] => [`with the engine ${name}`, serverless({ engine })]),
    ['with limits', serverless({
      cacheUsageLimits: {
        dataStorageMinimumSize: Size.gibibytes(1),
        dataStorageMaximumSize: Size.gibibytes(5000),
        requestRateLimitMinimum: 1000,
        requestRateLimitMaximum: 15_000_000,
      },
    })],
    ['with backups', serverless({
      backup: { backupTime: Schedule.cron({ hour: '3', minute: '0' }), backupRetentionLimit: 7, backupNameBeforeDeletion: 'last-backup' },
    })],
    ['with a key, a name, a description, subnets and a security group', serverless({ serverlessCacheName: 'orders', description: 'Orders' }, (stack, vpc) => ({
      kmsKey: new Key(stack, 'Key', { pendingWindow: Duration.days(7) }),
      vpcSubnets: { subnets: vpc.privateSubnets },
      securityGroups: [new SecurityGroup(stack, 'Group', { vpc })],
    }))],
    ['from a snapshot', serverless({ backup: { backupArnsToRestore: ['arn:aws:elasticache:eu-west-1:111122223333:serverlesssnapshot:orders'] } })],
    ['with users of Valkey', serverless({ engine: alpha.CacheEngine.VALKEY_LATEST }, (stack) => ({
      userGroup: new alpha.UserGroup(stack, 'Users', { users: users(alpha.UserEngine.VALKEY)(stack) }),
    }))],
    ['with users of Redis OSS', serverless({ engine: alpha.CacheEngine.REDIS_LATEST }, (stack) => ({
      userGroup: new alpha.UserGroup(stack, 'Users', { engine: alpha.UserEngine.REDIS, users: users(alpha.UserEngine.REDIS)(stack) }),
    }))],
  ])('%s', (_, make) => expect(rejected(make)).toEqual([]));

  test.each<[string, string, Make, string[]]>([
    ['two users with one id', 'ids are given by hand, and nothing compares them', (stack) => {
      ['One', 'Two'].forEach((id) => new alpha.IamUser(stack, id, { userId: 'reader', accessControl: ACCESS }));
    }, ['NameTwice']],
    ['rules of access that are none', 'the text goes to the service as it is', (stack) => {
      new alpha.IamUser(stack, 'User', { userId: 'reader', accessControl: alpha.AccessControl.fromAccessString('on app:* read') });
    }, ['AccessStringInvalid', 'AccessStringInvalid']],
  ])('%s do not deploy: %s', (_, __, make, codes) => expect(rejected(make)).toEqual(codes));
});
