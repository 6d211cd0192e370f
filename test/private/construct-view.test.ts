import { Lazy, Token } from 'aws-cdk-lib';
import { CfnParameterGroup, CfnSubnetGroup, CfnUser, CfnUserGroup } from 'aws-cdk-lib/aws-elasticache';
import { CfnTopic, Topic } from 'aws-cdk-lib/aws-sns';
import { CacheEngine, ParameterGroup, Parameters, PasswordUser, SubnetGroup, User, UserGroup } from '../../src';
import { ResourceView, UNKNOWN } from '../../src/checks/rule';
import { parameterGroupView, subnetGroupView, topicView, userGroupView, userView, viewOf } from '../../src/private/construct-view';
import { newStack, newVpc } from '../support/cdk';

const TOKEN = Token.asString({ Ref: 'Parameter' });

describe('properties of an L1', () => {
  test('have their names in CloudFormation', () => {
    const view = viewOf('AWS::Test::Thing', {
      multiAzEnabled: true, kmsKeyId: 'k', preferredCacheClusterAZs: ['a'], authenticationMode: { Type: 'iam' }, logDeliveryConfigurations: [{ logType: 'slow-log' }],
    });
    expect(view.type).toBe('AWS::Test::Thing');
    expect(view.isTrue('MultiAZEnabled')).toBe(true);
    expect(view.text('KmsKeyId')).toBe('k');
    expect(view.list('PreferredCacheClusterAZs')).toEqual(['a']);
    expect(view.value('AuthenticationMode')).toEqual({ Type: 'iam' });
    expect(view.list('LogDeliveryConfigurations')).toEqual([{ LogType: 'slow-log' }]);
  });

  test('keep keys that are the user\'s own', () => {
    const view = viewOf('AWS::ElastiCache::ParameterGroup', { properties: { 'maxmemory-policy': 'noeviction', 'timeout': '0' } });
    expect(view.value('Properties')).toEqual({ 'maxmemory-policy': 'noeviction', 'timeout': '0' });
  });

  test('that are tokens are there, but not known', () => {
    const view = viewOf('AWS::Test::Thing', {
      text: TOKEN,
      part: `cache-${TOKEN}`,
      number: Token.asNumber({ Ref: 'N' }),
      list: Token.asList({ Ref: 'L' }),
      lazy: Lazy.any({ produce: () => 1 }),
      holes: ['a', TOKEN],
      inner: { passwords: [TOKEN] },
    });
    for (const name of ['Text', 'Part', 'Number', 'List', 'Lazy']) {
      expect([name, view.isPresent(name), view.value(name)]).toEqual([name, true, undefined]);
    }
    expect(view.list('Holes')).toBeUndefined();
    expect(view.value('Inner')).toEqual({ Passwords: [UNKNOWN] });
  });

  test('that are left out are absent', () => {
    const view = viewOf('AWS::Test::Thing', { one: undefined, two: null, three: false, four: 0, five: '' });
    expect(['One', 'Two', 'Three', 'Four', 'Five', 'Six'].map((name) => view.isAbsent(name))).toEqual([true, true, false, false, false, true]);
  });
});

describe('a resource behind a reference', () => {
  const only = (views: ResourceView[] | undefined) => {
    expect(views).toHaveLength(1);
    return views![0];
  };

  test('parameter groups: ours and raw ones are seen, others not', () => {
    const stack = newStack();
    const ours = new ParameterGroup(stack, 'Ours', { engine: CacheEngine.valkey(), parameters: Parameters.custom({ timeout: '0' }) });
    const raw = new CfnParameterGroup(stack, 'Raw', { cacheParameterGroupFamily: 'redis7', description: 'x', properties: { timeout: TOKEN } });
    expect([only(parameterGroupView(ours)).text('CacheParameterGroupFamily'), only(parameterGroupView(ours)).value('Properties')]).toEqual(['valkey8', { timeout: '0' }]);
    expect([only(parameterGroupView(raw)).text('CacheParameterGroupFamily'), only(parameterGroupView(raw)).value('Properties')]).toEqual(['redis7', { timeout: UNKNOWN }]);
    expect(parameterGroupView(ParameterGroup.fromParameterGroupName(stack, 'Imported', 'name'))).toBeUndefined();
    expect(parameterGroupView(undefined)).toBeUndefined();
  });

  test('user groups', () => {
    const stack = newStack();
    expect(only(userGroupView(new UserGroup(stack, 'Ours', { engine: CacheEngine.redis() }))).text('Engine')).toBe('redis');
    expect(only(userGroupView(new CfnUserGroup(stack, 'Raw', { engine: 'valkey', userGroupId: 'g', userIds: [] }))).text('Engine')).toBe('valkey');
    expect(userGroupView(UserGroup.fromUserGroupId(stack, 'Imported', 'g'))).toBeUndefined();
  });

  test('users', () => {
    const stack = newStack();
    const ours = userView(new PasswordUser(stack, 'App'))!;
    expect([ours.text('UserName'), ours.text('Engine'), (ours.value('AuthenticationMode') as any).Type]).toEqual(['app', 'valkey', 'password']);
    const raw = userView(new CfnUser(stack, 'Raw', { engine: 'redis', userId: 'u', userName: TOKEN, noPasswordRequired: true }))!;
    expect([raw.text('UserId'), raw.text('UserName'), raw.isPresent('UserName'), raw.isTrue('NoPasswordRequired')]).toEqual(['u', undefined, true, true]);
    expect(userView(User.fromUserId(stack, 'Imported', 'u'))).toBeUndefined();
  });

  test('topics', () => {
    const stack = newStack();
    expect(only(topicView(new Topic(stack, 'Ours'))).isPresent('KmsMasterKeyId')).toBe(false);
    expect(only(topicView(new CfnTopic(stack, 'Raw', { kmsMasterKeyId: TOKEN }))).isPresent('KmsMasterKeyId')).toBe(true);
    expect(topicView(Topic.fromTopicArn(stack, 'Imported', 'arn:aws:sns:eu-central-1:111122223333:topic'))).toBeUndefined();
  });

  test('subnet groups, with the zones where they are known', () => {
    const stack = newStack();
    const ours = new SubnetGroup(stack, 'Ours', { vpc: newVpc(stack) });
    expect(only(subnetGroupView(ours, ours._availabilityZones())).related('SubnetIds')?.map((subnet) => subnet.text('AvailabilityZone')))
      .toEqual(['eu-central-1a', 'eu-central-1b']);
    const raw = new CfnSubnetGroup(stack, 'Raw', { description: 'x', subnetIds: ['subnet-a'] });
    expect([only(subnetGroupView(raw)).list('SubnetIds'), only(subnetGroupView(raw)).allRelated('SubnetIds')]).toEqual([['subnet-a'], undefined]);
    expect(subnetGroupView(SubnetGroup.fromSubnetGroupName(stack, 'Imported', 'name'))).toBeUndefined();
    expect(only(subnetGroupView(undefined, [TOKEN, 'b'])).related('SubnetIds')?.map((subnet) => subnet.text('AvailabilityZone'))).toEqual([undefined, 'b']);
  });
});
