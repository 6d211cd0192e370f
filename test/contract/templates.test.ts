// Whole templates, to notice drift that no other test means to. They say that something changed, not that it is wrong.
import { App, Stack } from 'aws-cdk-lib';
import { Vpc } from 'aws-cdk-lib/aws-ec2';
import { Code, Function, Runtime } from 'aws-cdk-lib/aws-lambda';
import { Topic } from 'aws-cdk-lib/aws-sns';
import { CacheCluster } from '../../src';
import { Resources, resourcesOf } from '../cache/fixtures';

test('the default cache', () => {
  expect(resourcesOf().all).toMatchSnapshot();
});

test('a VPC, a cache, its alarms, and a function that uses it', () => {
  const stack = new Stack(new App(), 'Quickstart');
  const vpc = new Vpc(stack, 'Vpc', { maxAzs: 2, natGateways: 1 });
  const cache = new CacheCluster(stack, 'Cache', { vpc, alarmTopic: new Topic(stack, 'AlarmTopic', { enforceSSL: true }) });
  cache.grantAccess(new Function(stack, 'Client', { vpc, runtime: Runtime.NODEJS_22_X, handler: 'index.handler', code: Code.fromInline('exports.handler = () => 0') }));
  expect(Resources.of(stack).all).toMatchSnapshot();
});
