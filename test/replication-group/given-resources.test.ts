// Every prop that takes a resource: owned, imported, raw, and named by a token.
import { App, Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { SecurityGroup } from 'aws-cdk-lib/aws-ec2';
import { CfnParameterGroup, CfnSubnetGroup, CfnUserGroup } from 'aws-cdk-lib/aws-elasticache';
import { Alias, CfnKey, Key } from 'aws-cdk-lib/aws-kms';
import { CfnTopic, Topic } from 'aws-cdk-lib/aws-sns';
import { CacheEngine, ClusterMode, ParameterGroup, Parameters, PasswordUser, ReplicationGroupProps, SubnetGroup, UserGroup, ValkeyVersion } from '../../src';
import { errorOf, expectNoBrokenTokens, newGroup, newStack, newVpc, parameter, propertiesOf, resourceOf, warningsOf } from '../support/cdk';

const TYPE = 'AWS::ElastiCache::ReplicationGroup';
const KEY_ARN = 'arn:aws:kms:eu-central-1:111122223333:key/1234';
const TOPIC_ARN = 'arn:aws:sns:eu-central-1:111122223333:topic';

interface Given {
  readonly make: (stack: Stack) => Partial<ReplicationGroupProps>;
  readonly property: string;
  readonly value: (stack: Stack) => unknown;
}

/** The reference to a resource by the path of its L1 in the stack. */
const ref = (...path: string[]) => (stack: Stack) => ({ Ref: logicalId(stack, path) });
const attribute = (name: string, ...path: string[]) => (stack: Stack) => ({ 'Fn::GetAtt': [logicalId(stack, path), name] });

function logicalId(stack: Stack, path: string[]): string {
  const found = path.reduce((scope, id) => scope.node.findChild(id), stack as any);
  return stack.resolve(stack.getLogicalId(found));
}

const GIVEN: Record<string, Given> = {
  'subnetGroup, owned': {
    make: (stack) => ({ subnetGroup: new SubnetGroup(stack, 'Given', { vpc: newVpc(stack) }) }), property: 'CacheSubnetGroupName', value: ref('Given', 'Resource'),
  },
  'subnetGroup, imported': {
    make: (stack) => ({ subnetGroup: SubnetGroup.fromSubnetGroupName(stack, 'Given', 'subnets') }), property: 'CacheSubnetGroupName', value: () => 'subnets',
  },
  'subnetGroup, raw': {
    make: (stack) => ({ subnetGroup: new CfnSubnetGroup(stack, 'Given', { description: 'x', subnetIds: ['subnet-a'] }) }), property: 'CacheSubnetGroupName', value: ref('Given'),
  },
  'subnetGroup, by a token': {
    make: (stack) => ({ subnetGroup: SubnetGroup.fromSubnetGroupName(stack, 'Given', parameter(stack, 'Name').string) }),
    property: 'CacheSubnetGroupName',
    value: () => ({ Ref: 'Name' }),
  },
  'parameterGroup, owned': {
    make: (stack) => ({ parameterGroup: new ParameterGroup(stack, 'Given', { engine: CacheEngine.valkey() }) }),
    property: 'CacheParameterGroupName',
    value: ref('Given', 'Valkey8'),
  },
  'parameterGroup, imported': {
    make: (stack) => ({ parameterGroup: ParameterGroup.fromParameterGroupName(stack, 'Given', 'default.valkey8') }),
    property: 'CacheParameterGroupName',
    value: () => 'default.valkey8',
  },
  'parameterGroup, raw': {
    make: (stack) => ({ parameterGroup: new CfnParameterGroup(stack, 'Given', { cacheParameterGroupFamily: 'valkey8', description: 'x' }) }),
    property: 'CacheParameterGroupName',
    value: ref('Given'),
  },
  'parameterGroup, by a token': {
    make: (stack) => ({ parameterGroup: ParameterGroup.fromParameterGroupName(stack, 'Given', parameter(stack, 'Name').string) }),
    property: 'CacheParameterGroupName',
    value: () => ({ Ref: 'Name' }),
  },
  'parameterGroup, raw with a family that is a token': {
    make: (stack) => ({ parameterGroup: new CfnParameterGroup(stack, 'Given', { cacheParameterGroupFamily: parameter(stack, 'Name').string, description: 'x' }) }),
    property: 'CacheParameterGroupName',
    value: ref('Given'),
  },
  'securityGroups, owned': {
    make: (stack) => ({ securityGroups: ['GivenOne', 'GivenTwo'].map((id) => new SecurityGroup(stack, id, { vpc: newVpc(stack, `Vpc${id}`) })) }),
    property: 'SecurityGroupIds',
    value: (stack) => [attribute('GroupId', 'GivenOne', 'Resource')(stack), attribute('GroupId', 'GivenTwo', 'Resource')(stack)],
  },
  'securityGroups, imported': {
    make: (stack) => ({ securityGroups: [SecurityGroup.fromSecurityGroupId(stack, 'Given', 'sg-1')] }), property: 'SecurityGroupIds', value: () => ['sg-1'],
  },
  'securityGroups, by a token': {
    make: (stack) => ({ securityGroups: [SecurityGroup.fromSecurityGroupId(stack, 'Given', parameter(stack, 'Name').string)] }),
    property: 'SecurityGroupIds',
    value: () => [{ Ref: 'Name' }],
  },
  'encryptionKey, owned': { make: (stack) => ({ encryptionKey: new Key(stack, 'Given') }), property: 'KmsKeyId', value: attribute('Arn', 'Given', 'Resource') },
  'encryptionKey, imported': { make: (stack) => ({ encryptionKey: Key.fromKeyArn(stack, 'Given', KEY_ARN) }), property: 'KmsKeyId', value: () => KEY_ARN },
  'encryptionKey, raw': { make: (stack) => ({ encryptionKey: new CfnKey(stack, 'Given', { keyPolicy: {} }) }), property: 'KmsKeyId', value: attribute('Arn', 'Given') },
  'encryptionKey, by a token': {
    make: (stack) => ({ encryptionKey: Key.fromKeyArn(stack, 'Given', `arn:aws:kms:eu-central-1:111122223333:key/${parameter(stack, 'Name').string}`) }),
    property: 'KmsKeyId',
    value: () => ({ 'Fn::Join': ['', ['arn:aws:kms:eu-central-1:111122223333:key/', { Ref: 'Name' }]] }),
  },
  'userGroup, owned': {
    make: (stack) => ({ userGroup: new UserGroup(stack, 'Given', { userGroupId: 'users' }) }), property: 'UserGroupIds', value: () => ['users'],
  },
  'userGroup, imported': { make: (stack) => ({ userGroup: UserGroup.fromUserGroupId(stack, 'Given', 'users') }), property: 'UserGroupIds', value: () => ['users'] },
  'userGroup, raw': {
    make: (stack) => ({ userGroup: new CfnUserGroup(stack, 'Given', { engine: 'valkey', userGroupId: 'users', userIds: ['x'] }) }),
    property: 'UserGroupIds',
    value: (stack) => [ref('Given')(stack)],
  },
  'userGroup, by a token': {
    make: (stack) => ({ userGroup: UserGroup.fromUserGroupId(stack, 'Given', parameter(stack, 'Name').string) }), property: 'UserGroupIds', value: () => [{ Ref: 'Name' }],
  },
  'notificationTopic, owned': { make: (stack) => ({ notificationTopic: new Topic(stack, 'Given') }), property: 'NotificationTopicArn', value: ref('Given', 'Resource') },
  'notificationTopic, imported': {
    make: (stack) => ({ notificationTopic: Topic.fromTopicArn(stack, 'Given', TOPIC_ARN) }), property: 'NotificationTopicArn', value: () => TOPIC_ARN,
  },
  'notificationTopic, raw': {
    make: (stack) => ({ notificationTopic: new CfnTopic(stack, 'Given') }),
    property: 'NotificationTopicArn',
    value: (stack) => stack.resolve((stack.node.findChild('Given') as CfnTopic).topicRef.topicArn),
  },
  'notificationTopic, by a token': {
    make: (stack) => ({ notificationTopic: Topic.fromTopicArn(stack, 'Given', `arn:aws:sns:eu-central-1:111122223333:${parameter(stack, 'Name').string}`) }),
    property: 'NotificationTopicArn',
    value: () => ({ 'Fn::Join': ['', ['arn:aws:sns:eu-central-1:111122223333:', { Ref: 'Name' }]] }),
  },
};

const MADE_FOR: Record<string, string> = { subnetGroup: 'SubnetGroup', parameterGroup: 'ParameterGroup', securityGroups: 'SecurityGroup' };

test.each(Object.entries(GIVEN))('%s', (name, { make, property, value }) => {
  const stack = newStack();
  const cache = newGroup(stack, make(stack));
  expect(propertiesOf(stack, TYPE)[property]).toEqual(value(stack));
  expectNoBrokenTokens(Template.fromStack(stack).toJSON());
  expect(cache.node.tryFindChild(MADE_FOR[name.split(',')[0]] ?? 'Nothing')).toBeUndefined();
});

// A given parameter group without the parameter of a cluster is warned about for one shard, and must still be the one that is used.
const MODES = [ClusterMode.compatible(), ClusterMode.enabled({ shards: 1 }), ClusterMode.enabled({ shardConfigurations: [{ slots: '0-16383' }] })];

test.each(Object.entries(GIVEN).flatMap(([name, given]) => MODES.map((clusterMode, index) => [name, index, clusterMode, given] as const)))(
  '%s, in cluster mode %#', (name, _, clusterMode, { make, property, value }) => {
    const stack = newStack();
    const cache = newGroup(stack, { clusterMode, ...make(stack) });
    expect(propertiesOf(stack, TYPE)[property]).toEqual(value(stack));
    expectNoBrokenTokens(Template.fromStack(stack).toJSON());
    expect(cache.node.tryFindChild(MADE_FOR[name.split(',')[0]] ?? 'Nothing')).toBeUndefined();
  });

test.each(Object.entries(GIVEN))('%s, shared by two caches', (_, { make, property }) => {
  const stack = newStack();
  const props = make(stack);
  newGroup(stack, props, 'One');
  newGroup(stack, props, 'Two');
  const found = Object.values(Template.fromStack(stack).findResources(TYPE)).map((group) => group.Properties[property]);
  expect(found).toHaveLength(2);
  expect(found[0]).toEqual(found[1]);
});

describe('parameterGroup', () => {
  test('and parameters cannot be given together', () => {
    const stack = newStack();
    const parameterGroup = ParameterGroup.fromParameterGroupName(stack, 'Given', 'x');
    expect(errorOf(() => newGroup(stack, { parameterGroup, parameters: Parameters.valkey({}) })).message)
      .toContain('[PropsExclusive] parameters and parameterGroup cannot be given together: parameterGroup already decides; leave one out');
  });

  test('fails when a raw one is of another family', () => {
    const stack = newStack();
    const parameterGroup = new CfnParameterGroup(stack, 'Given', { cacheParameterGroupFamily: 'valkey7', description: 'x' });
    expect(errorOf(() => newGroup(stack, { parameterGroup })).message).toContain('parameterGroup must be of family valkey8 for Valkey 8.2, got: valkey7');
    newGroup(stack, { parameterGroup, engine: CacheEngine.valkey(ValkeyVersion.V7_2) });
  });
});

test('fails when securityGroups is an empty list', () => {
  expect(errorOf(() => newGroup(newStack(), { securityGroups: [] })).message).toContain('[NoSecurityGroups] securityGroups must name at least one security group');
});

test('encryptionKey may be an alias', () => {
  const stack = newStack();
  const key = new Key(stack, 'Key');
  newGroup(stack, { encryptionKey: new Alias(stack, 'Alias', { aliasName: 'alias/cache', targetKey: key }) });
  expect(JSON.stringify(propertiesOf(stack, TYPE).KmsKeyId)).toMatch(/:alias\/cache/);
  // Logs are encrypted with the key behind it, whose policy lets the service.
  expect(JSON.stringify(propertiesOf(stack, 'AWS::KMS::Key').KeyPolicy)).toContain('logs.');
  expectNoBrokenTokens(Template.fromStack(stack).toJSON());
});

describe('userGroup', () => {
  // Its id is literal, so that CloudFormation would not see the order by itself.
  test('comes before the cache', () => {
    const stack = newStack();
    const userGroup = new UserGroup(stack, 'Users', { users: [new PasswordUser(stack, 'App')] });
    newGroup(stack, { userGroup });
    expect(resourceOf(stack, TYPE).DependsOn).toEqual([resourceOf(stack, 'AWS::ElastiCache::UserGroup').logicalId]);
  });

  test('of another stack makes that stack come first', () => {
    const app = new App();
    const first = new Stack(app, 'First');
    const userGroup = new UserGroup(first, 'Users');
    const stack = new Stack(app, 'Second');
    newGroup(stack, { userGroup });
    expect(propertiesOf(stack, TYPE).UserGroupIds).toEqual([userGroup.userGroupId]);
    expect(stack.dependencies.map((each) => each.node.id)).toEqual(['First']);
  });

  test('makes grantAccess ask as whom', () => {
    const stack = newStack();
    const cache = newGroup(stack, { userGroup: new UserGroup(stack, 'Users') });
    expect(errorOf(() => cache.grantAccess(cache)).codes).toEqual(['UserRequired']);
  });
});

describe('notificationTopic', () => {
  const POLICY = 'AWS::SNS::TopicPolicy';
  const publish = (topic: string) => ({
    Action: 'sns:Publish',
    Effect: 'Allow',
    Principal: { AWS: '*' },
    Resource: { Ref: topic },
    Condition: { StringEquals: { 'AWS:SourceOwner': { Ref: 'AWS::AccountId' } } },
  });
  const warned = (stack: Stack) => warningsOf(stack).filter((warning) => warning.includes('cdk-elasticache::NotificationTopicPolicyUnknown'));

  // ElastiCache publishes under aws:SourceOwner; the policy that SNS gives by default asks for another condition.
  test('gets the policy that the service needs, before the cache', () => {
    const stack = newStack();
    newGroup(stack, { notificationTopic: new Topic(stack, 'Topic') });
    const topic = resourceOf(stack, 'AWS::SNS::Topic').logicalId;
    expect(propertiesOf(stack, POLICY).PolicyDocument.Statement).toEqual([expect.objectContaining(publish(topic))]);
    expect(resourceOf(stack, TYPE).DependsOn).toContain(resourceOf(stack, POLICY).logicalId);
    expect(warned(stack)).toEqual([]);
  });

  test('gets it once for two caches', () => {
    const stack = newStack();
    const notificationTopic = new Topic(stack, 'Topic');
    newGroup(stack, { notificationTopic }, 'One');
    newGroup(stack, { notificationTopic }, 'Two');
    expect(propertiesOf(stack, POLICY).PolicyDocument.Statement).toHaveLength(1);
  });

  test('of another stack gets it there', () => {
    const app = new App();
    const first = new Stack(app, 'First');
    const stack = new Stack(app, 'Second');
    newGroup(stack, { notificationTopic: new Topic(first, 'Topic') });
    expect(propertiesOf(first, POLICY).PolicyDocument.Statement).toHaveLength(1);
    Template.fromStack(stack).resourceCountIs(POLICY, 0);
    expect([stack, first].map((each) => each.dependencies.map((other) => other.node.id))).toEqual([['First'], []]);
  });

  test('warns when it is encrypted: the service takes it and cannot publish', () => {
    const stack = newStack();
    const topics = [
      new Topic(stack, 'One', { masterKey: new Key(stack, 'Key') }), new Topic(stack, 'Two', { masterKey: Key.fromKeyArn(stack, 'Imported', KEY_ARN) }),
      new CfnTopic(stack, 'Three', { kmsMasterKeyId: 'alias/aws/sns' }),
    ];
    topics.forEach((notificationTopic, index) => {
      const cache = newGroup(stack, { notificationTopic }, `Cache${index}`);
      expect(warningsOf(cache).join()).toContain('NotificationTopicEncrypted');
    });
  });

  test('warns when it is not of this app, or raw: its policy is not changed', () => {
    for (const make of [(stack: Stack) => Topic.fromTopicArn(stack, 'Topic', TOPIC_ARN), (stack: Stack) => new CfnTopic(stack, 'Topic')]) {
      const stack = newStack();
      newGroup(stack, { notificationTopic: make(stack) });
      expect(warned(stack)).toHaveLength(1);
      expect(warned(stack)[0]).toContain('aws:SourceOwner');
      Template.fromStack(stack).resourceCountIs(POLICY, 0);
    }
  });
});
