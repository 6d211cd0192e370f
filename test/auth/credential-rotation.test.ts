// What a rotation is made of: the function, who may call it, what it may do, where it may connect to.
import { readFileSync } from 'fs';
import { join } from 'path';
import { App, CfnParameter, Duration, SecretValue, Stack, Token } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { IVpc, SecurityGroup, SubnetType, Vpc } from 'aws-cdk-lib/aws-ec2';
import { Key } from 'aws-cdk-lib/aws-kms';
import { Topic } from 'aws-cdk-lib/aws-sns';
import { AuthToken, CacheAuthentication, CacheCluster, CredentialRotation, PasswordUser, ReplicationGroup, RotationOptions, UserGroup } from '../../src';
import { errorOf, expectNoBrokenTokens, newStack, newVpc, warningsOf } from '../support/cdk';

const TYPE = {
  fn: 'AWS::Lambda::Function',
  schedule: 'AWS::SecretsManager::RotationSchedule',
  policy: 'AWS::IAM::Policy',
  permission: 'AWS::Lambda::Permission',
  ingress: 'AWS::EC2::SecurityGroupIngress',
  egress: 'AWS::EC2::SecurityGroupEgress',
  securityGroup: 'AWS::EC2::SecurityGroup',
  logs: 'AWS::Logs::LogGroup',
};

interface Made {
  readonly stack: Stack;
  readonly vpc: IVpc;
  readonly cache: CacheCluster;
  readonly rotation: CredentialRotation;
}

/** A cache whose application user, or whose token, is rotated. */
function make(kind: 'user' | 'authToken', options: Partial<RotationOptions> = {}, stack = newStack()): Made {
  const vpc = newVpc(stack);
  if (kind === 'user') {
    const cache = new CacheCluster(stack, 'Cache', { vpc });
    return { stack, vpc, cache, rotation: cache.applicationUser!.addRotation({ vpc, cache, ...options }) };
  }
  const token = new AuthToken(stack, 'Token');
  const cache = new CacheCluster(stack, 'Cache', { vpc, authentication: CacheAuthentication.authToken(token) });
  return { stack, vpc, cache, rotation: token.addRotation(options) };
}

/** The resources of a type that belong to a rotation. */
function ofRotation(stack: Stack, type: string): Record<string, any>[] {
  return Object.entries(Template.fromStack(stack).findResources(type)).filter(([id]) => id.includes('Rotation')).map(([, resource]) => resource);
}

const statementsOf = (stack: Stack) => ofRotation(stack, TYPE.policy).flatMap((policy) => policy.Properties.PolicyDocument.Statement);

describe.each(['user', 'authToken'] as const)('the rotation of a %s', (kind) => {
  const { stack, cache, rotation } = make(kind);
  const [fn] = ofRotation(stack, TYPE.fn);

  test('is a function with the bundled code, in the private subnets, with time to wait', () => {
    expect(fn.Properties).toMatchObject({ Runtime: 'nodejs22.x', Handler: 'index.handler', Timeout: 900, VpcConfig: { SubnetIds: ['subnet-a', 'subnet-b'] } });
    expect(fn.Properties.Code).toHaveProperty('S3Key');
  });

  test('knows where the cache is and whose password it is, and no password', () => {
    expect(fn.Properties.Environment.Variables).toEqual({
      SECRET_FIELD: 'password',
      CACHE_HOST: stack.resolve(cache.endpoint.hostname),
      CACHE_PORT: '6379',
      ...kind === 'user' ? { USER_ID: cache.applicationUser!.userId, USER_NAME: 'app' } : { REPLICATION_GROUP_ID: stack.resolve(cache.replicationGroup!.replicationGroupId) },
    });
    expect(JSON.stringify(fn)).not.toContain('resolve:');
  });

  test('begins every 30 days, not with the deployment, and after the cache was made', () => {
    const [schedule] = ofRotation(stack, TYPE.schedule);
    expect(schedule.Properties).toEqual({
      SecretId: stack.resolve(rotation.secret.secretArn),
      RotationLambdaARN: stack.resolve(rotation.rotationFunction.functionArn),
      RotationRules: { ScheduleExpression: 'rate(30 days)' },
      RotateImmediatelyOnUpdate: false,
    });
    const ids = Object.keys(Template.fromStack(stack).toJSON().Resources);
    const needed = ids.filter((id) => /^CacheReplicationGroup[0-9A-F]{8}$/.test(id) || /RotationFunction(SecretsManager)?[0-9A-F]{8}$/.test(id));
    expect(needed).toHaveLength(3);
    expect(schedule.DependsOn).toEqual(expect.arrayContaining(needed));
  });

  test('is called by Secrets Manager alone, in the name of this account alone', () => {
    expect(ofRotation(stack, TYPE.permission).map(({ Properties }) => Properties)).toEqual([{
      Action: 'lambda:InvokeFunction', FunctionName: stack.resolve(rotation.rotationFunction.functionArn), Principal: 'secretsmanager.amazonaws.com', SourceAccount: { Ref: 'AWS::AccountId' },
    }]);
  });

  test('may change this secret and this user or group, and nothing on all resources but what describes the network', () => {
    const statements = statementsOf(stack);
    expect(statements.every(({ Effect }) => Effect === 'Allow')).toBe(true);
    expect(statements.filter(({ Resource }) => Resource === '*').flatMap(({ Action }) => Action)).toEqual(['ec2:DescribeNetworkInterfaces', 'ec2:DescribeSubnets']);
    expect(statements.flatMap(({ Action }) => Action).filter((action: string) => action.includes('*'))).toEqual([]);
    const about = (service: string) => statements.filter(({ Action }) => [Action].flat()[0].startsWith(`${service}:`));
    expect(about('secretsmanager')).toEqual([{
      Effect: 'Allow',
      Action: ['secretsmanager:DescribeSecret', 'secretsmanager:GetSecretValue', 'secretsmanager:PutSecretValue', 'secretsmanager:UpdateSecretVersionStage'],
      Resource: stack.resolve(rotation.secret.secretArn),
    }]);
    const [elasticache, ...more] = about('elasticache');
    expect(more).toEqual([]);
    expect(elasticache.Action).toEqual(kind === 'user' ? ['elasticache:DescribeUsers', 'elasticache:ModifyUser']
      : ['elasticache:DescribeReplicationGroups', 'elasticache:ModifyReplicationGroup']);
    expect(JSON.stringify(elasticache.Resource)).toContain(kind === 'user' ? `:user:${cache.applicationUser!.userId}` : ':replicationgroup:');
    expect(JSON.stringify(elasticache.Resource)).not.toContain('*');
  });

  test('connects to the cache\'s port and to HTTPS, and nobody connects to it', () => {
    const [group] = ofRotation(stack, TYPE.securityGroup);
    expect(group.Properties.SecurityGroupIngress).toBeUndefined();
    expect(group.Properties.SecurityGroupEgress.map((rule: any) => [rule.CidrIp, rule.FromPort, rule.ToPort])).toEqual([['0.0.0.0/0', 443, 443]]);
    const own = stack.resolve(rotation.connections.securityGroups[0].securityGroupId);
    const caches = stack.resolve(cache.connections.securityGroups[0].securityGroupId);
    const template = Template.fromStack(stack);
    template.resourceCountIs(TYPE.ingress, 1);
    template.hasResourceProperties(TYPE.ingress, { GroupId: caches, SourceSecurityGroupId: own, FromPort: 6379, ToPort: 6379 });
    template.resourceCountIs(TYPE.egress, 1);
    template.hasResourceProperties(TYPE.egress, { GroupId: own, DestinationSecurityGroupId: caches, FromPort: 6379, ToPort: 6379 });
  });

  test('writes to a log group of its own that forgets', () => {
    expect(ofRotation(stack, TYPE.logs).map(({ Properties }) => Properties.RetentionInDays)).toEqual([30]);
    expect(fn.Properties.LoggingConfig).toEqual({ LogGroup: { Ref: expect.stringContaining('RotationLogs') } });
  });

  test('no template is broken, and no partition is written', () => {
    const template = Template.fromStack(stack).toJSON();
    expectNoBrokenTokens(template);
    expect(JSON.stringify(template)).not.toContain('arn:aws:');
  });

  test('is added once', () => {
    const made = make(kind);
    const again = () => kind === 'user' ? made.cache.applicationUser!.addRotation() : (made.stack.node.findChild('Token') as AuthToken).addRotation();
    expect(errorOf(again).codes).toEqual(['RotationTwice']);
  });

  test('takes a key of one\'s own without a statement in the key\'s policy', () => {
    const other = newStack();
    const vpc = newVpc(other);
    const key = new Key(other, 'Key');
    if (kind === 'user') {
      new PasswordUser(other, 'User', { encryptionKey: key }).addRotation({ vpc });
    } else {
      const token = new AuthToken(other, 'Token', { encryptionKey: key });
      new ReplicationGroup(other, 'Group', { vpc, authToken: token });
      token.addRotation();
    }
    const statement = statementsOf(other).find(({ Action }) => [Action].flat().includes('kms:Decrypt'));
    expect(statement).toMatchObject({
      Action: ['kms:Decrypt', 'kms:GenerateDataKey'], Resource: other.resolve(key.keyArn), Condition: { StringEquals: { 'kms:ViaService': expect.anything() } },
    });
    expect(JSON.stringify(Template.fromStack(other).findResources('AWS::KMS::Key'))).not.toContain('Rotation');
  });

  test('twice in one stack', () => {
    const { stack: both, vpc } = make(kind);
    if (kind === 'user') {
      const cache2 = new CacheCluster(both, 'Other', { vpc });
      cache2.applicationUser!.addRotation({ vpc, cache: cache2 });
    } else {
      const token = new AuthToken(both, 'OtherToken');
      new ReplicationGroup(both, 'OtherGroup', { vpc, authToken: token });
      token.addRotation();
    }
    expect(ofRotation(both, TYPE.schedule)).toHaveLength(2);
    expect(new Set(ofRotation(both, TYPE.fn).map(({ Properties }) => Properties.Code.S3Key)).size).toBe(1);
  });
});

describe('when', () => {
  test.each<[Duration, string]>([
    [Duration.hours(4), 'rate(4 hours)'], [Duration.days(1), 'rate(1 day)'], [Duration.days(1000), 'rate(1000 days)'],
  ])('%s', (automaticallyAfter, expected) => {
    const { stack } = make('user', { automaticallyAfter, rotateImmediately: true });
    const [{ Properties: schedule }] = ofRotation(stack, TYPE.schedule);
    expect(schedule).toMatchObject({ RotationRules: { ScheduleExpression: expected }, RotateImmediatelyOnUpdate: true });
  });

  test.each([Duration.minutes(239), Duration.days(1001), Duration.minutes(270), Duration.days(0)])('%s is refused', (automaticallyAfter) => {
    const error = errorOf(() => make('user', { automaticallyAfter }));
    expect(error.codes).toEqual(['RotationIntervalInvalid']);
    expect(error.message).toContain(`at least 4 hours and at most 1000 days, got: ${automaticallyAfter.toHumanString()}`);
  });
});

describe('where', () => {
  test('outside of a VPC a function needs no network, and only asks ElastiCache', () => {
    const stack = newStack();
    const rotation = new PasswordUser(stack, 'User').addRotation({ automaticallyAfter: Duration.days(7) });
    const [fn] = ofRotation(stack, TYPE.fn);
    expect(fn.Properties.VpcConfig).toBeUndefined();
    expect(Object.keys(fn.Properties.Environment.Variables)).toEqual(['SECRET_FIELD', 'USER_ID', 'USER_NAME']);
    expect(JSON.stringify(statementsOf(stack))).not.toMatch(/ec2:|"\*"/);
    expect(errorOf(() => rotation.connections).codes).toEqual(['RotationNotInVpc']);
  });

  test('what only has a meaning in a VPC is refused without one', () => {
    const { stack, cache } = make('authToken');
    const user = new PasswordUser(stack, 'Lonely');
    const error = errorOf(() => user.addRotation({ cache, vpcSubnets: {}, securityGroups: [] }));
    expect(error.codes).toEqual(['RotationNeedsVpc', 'RotationNeedsVpc', 'RotationNeedsVpc', 'NoSecurityGroups']);
    expect(ofRotation(stack, TYPE.fn)).toHaveLength(1);
  });

  test('isolated subnets warn of the endpoints they need; private ones do not', () => {
    const stack = newStack();
    const vpc = new Vpc(stack, 'Isolated', { natGateways: 0, maxAzs: 2, subnetConfiguration: [{ name: 'x', subnetType: SubnetType.PRIVATE_ISOLATED }] });
    const rotation = new PasswordUser(stack, 'User').addRotation({ vpc });
    expect(warningsOf(rotation).join()).toMatch(/RotationNeedsEndpoints/);
    expect(warningsOf(rotation).join()).toMatch(/InterfaceVpcEndpointAwsService\.SECRETS_MANAGER.*InterfaceVpcEndpointAwsService\.ELASTICACHE/);
    expect(warningsOf(make('user').rotation).join()).not.toContain('RotationNeedsEndpoints');
  });

  test('subnets and security groups of one\'s own', () => {
    const stack = newStack();
    const vpc = newVpc(stack);
    const own = new SecurityGroup(stack, 'Own', { vpc });
    const cache = new CacheCluster(stack, 'Cache', { vpc });
    const rotation = cache.applicationUser!.addRotation({ vpc, cache, securityGroups: [own], vpcSubnets: { subnets: [vpc.privateSubnets[1]] } });
    expect(ofRotation(stack, TYPE.fn)[0].Properties.VpcConfig).toEqual({ SubnetIds: ['subnet-b'], SecurityGroupIds: [stack.resolve(own.securityGroupId)] });
    expect(ofRotation(stack, TYPE.securityGroup)).toEqual([]);
    expect(rotation.connections.securityGroups).toEqual([own]);
    // It lets everything out already: only the way in is made.
    Template.fromStack(stack).resourceCountIs(TYPE.egress, 0);
    Template.fromStack(stack).resourceCountIs(TYPE.ingress, 1);
  });

  test('a cache that is imported, on a port that is a token', () => {
    const stack = newStack();
    const vpc = newVpc(stack);
    const port = Token.asNumber(new CfnParameter(stack, 'Port').value);
    const imported = ReplicationGroup.fromReplicationGroupAttributes(stack, 'Imported', {
      replicationGroupId: 'there',
      endpoint: { hostname: 'there.example', port, socketAddress: '' } as any,
      securityGroups: [SecurityGroup.fromSecurityGroupId(stack, 'Theirs', 'sg-1')],
    });
    new PasswordUser(stack, 'User').addRotation({ vpc, cache: imported });
    expect(ofRotation(stack, TYPE.fn)[0].Properties.Environment.Variables).toMatchObject({ CACHE_HOST: 'there.example', CACHE_PORT: { Ref: 'Port' } });
    Template.fromStack(stack).hasResourceProperties(TYPE.ingress, { GroupId: 'sg-1', FromPort: { Ref: 'Port' } });
  });
});

describe('across stacks', () => {
  test('a user of another stack than the cache: the rotation belongs to the cache\'s stack, which depends on the user\'s already', () => {
    const app = new App();
    const [users, caches] = [new Stack(app, 'Users'), new Stack(app, 'Caches')];
    const vpc = newVpc(caches);
    const key = new Key(users, 'Key');
    const user = new PasswordUser(users, 'User', { encryptionKey: key });
    const cache = new ReplicationGroup(caches, 'Cache', { vpc, userGroup: new UserGroup(users, 'Group', { users: [user] }) });
    user.addRotation({ vpc, cache });
    expect(errorOf(() => user.addRotation({ vpc, cache })).codes).toEqual(['RotationTwice']);
    const assembly = app.synth();
    expect(assembly.getStackByName('Users').dependencies.map(({ id }) => id)).not.toContain('Caches');
    expect(ofRotation(caches, TYPE.schedule)).toHaveLength(1);
    expect(ofRotation(users, TYPE.schedule)).toHaveLength(0);
  });

  test('a token of another stack than the cache', () => {
    const app = new App();
    const [tokens, caches] = [new Stack(app, 'Tokens'), new Stack(app, 'Caches')];
    const token = new AuthToken(tokens, 'Token');
    new ReplicationGroup(caches, 'Cache', { vpc: newVpc(caches), authToken: token });
    token.addRotation();
    expect(app.synth().getStackByName('Tokens').dependencies.map(({ id }) => id)).not.toContain('Caches');
    expect(ofRotation(caches, TYPE.schedule)).toHaveLength(1);
  });
});

describe('a password that cannot be rotated', () => {
  test('was given', () => {
    const user = new PasswordUser(newStack(), 'User', { passwords: [SecretValue.unsafePlainText('x'.repeat(20))] });
    expect(errorOf(() => user.addRotation()).codes).toEqual(['RotationNeedsSecret']);
  });

  test('is a token that no cache has', () => {
    expect(errorOf(() => new AuthToken(newStack(), 'Token').addRotation()).codes).toEqual(['AuthTokenUnused']);
  });

  test.each(['before', 'after'])('is a token that two caches have, the second %s the rotation', (when) => {
    const { stack, vpc } = make('authToken', {});
    const token = when === 'after' ? stack.node.findChild('Token') as AuthToken : new AuthToken(stack, 'Shared');
    const second = (id: string) => new ReplicationGroup(stack, id, { vpc, authToken: token });
    const act = when === 'after' ? () => second('Two') : () => {
      second('Two');
      second('Three');
      token.addRotation();
    };
    expect(errorOf(act).codes).toEqual(['AuthTokenOfTwoCaches']);
  });
});

describe('failures', () => {
  test('an alarm tells a topic, on the first failed step, and is made once', () => {
    const { stack, rotation } = make('user');
    const [one, two] = [new Topic(stack, 'One'), new Topic(stack, 'Two')];
    expect(rotation.alarmOnFailure(one)).toBe(rotation.alarmOnFailure(two));
    const template = Template.fromStack(stack);
    template.resourceCountIs('AWS::CloudWatch::Alarm', 1);
    template.hasResourceProperties('AWS::CloudWatch::Alarm', {
      Namespace: 'AWS/Lambda',
      MetricName: 'Errors',
      Statistic: 'Sum',
      Threshold: 1,
      EvaluationPeriods: 1,
      Period: 300,
      ComparisonOperator: 'GreaterThanOrEqualToThreshold',
      TreatMissingData: 'notBreaching',
      Dimensions: [{ Name: 'FunctionName', Value: stack.resolve(rotation.rotationFunction.functionName) }],
      AlarmActions: [one, two].map((topic) => stack.resolve(topic.topicArn)),
    });
    expect(rotation.metricFailures({ period: Duration.hours(1) }).period.toHours()).toBe(1);
  });
});

test('the default cache makes no function', () => {
  const stack = newStack();
  new CacheCluster(stack, 'Cache', { vpc: newVpc(stack) });
  Template.fromStack(stack).resourceCountIs(TYPE.fn, 0);
  Template.fromStack(stack).resourceCountIs(TYPE.schedule, 0);
});

test('the bundle has all it needs but the SDK, which the runtime brings', () => {
  const bundle = readFileSync(join(__dirname, '..', '..', 'assets', 'rotation', 'index.js'), 'utf8');
  const required = [...bundle.matchAll(/require\("([^"]+)"\)/g)].map(([, name]) => name);
  expect([...new Set(required)].sort()).toEqual(['@aws-sdk/client-elasticache', '@aws-sdk/client-secrets-manager', 'crypto', 'tls']);
});
