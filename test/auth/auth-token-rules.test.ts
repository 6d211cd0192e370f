import { CfnReplicationGroup } from 'aws-cdk-lib/aws-elasticache';
import { AuthToken } from '../../src';
import { AUTH_TOKEN_RULES } from '../../src/auth/auth-token-rules';
import { evaluate, ResourceView, UNKNOWN } from '../../src/checks/rule';
import { acknowledge, newGroup, newStack, warningsOf } from '../support/cdk';

const saidOf = (properties: Record<string, unknown>) => evaluate(AUTH_TOKEN_RULES, new ResourceView('AWS::ElastiCache::ReplicationGroup', properties));

test.each([[{ AuthToken: UNKNOWN }, 1], [{ AuthToken: 'a-token-in-plain-text' }, 1], [{}, 0], [{ UserGroupIds: ['users'] }, 0]])('%p: %d warnings', (properties, count) => {
  expect(saidOf(properties)).toHaveLength(count);
});

test('the token is not shown', () => {
  expect(saidOf({ AuthToken: 'a-token-in-plain-text' })[0].message).not.toContain('a-token-in-plain-text');
});

test('a group with a token warns that it replaces a cache that has none, and names the users', () => {
  const stack = newStack();
  const group = newGroup(stack, { authToken: new AuthToken(stack, 'Token') });
  expect(warningsOf(group).filter((text) => text.includes('AuthTokenReplacesGroup'))).toEqual([
    expect.stringMatching(/^authToken: .*CloudFormation replaces it, with its data.*users and a user group are added in place.*\[ack: cdk-elasticache::AuthTokenReplacesGroup\]$/),
  ]);
});

test('it is silent once it is acknowledged', () => {
  const stack = newStack();
  acknowledge(stack, 'AuthTokenReplacesGroup');
  expect(warningsOf(newGroup(stack, { authToken: new AuthToken(stack, 'Token') })).join()).not.toContain('AuthTokenReplacesGroup');
});

test('a group without a token has none, and no warning', () => {
  const group = newGroup(newStack());
  expect(warningsOf(group).join()).not.toContain('AuthToken');
  expect((group.node.defaultChild as CfnReplicationGroup).authToken).toBeUndefined();
});
