// What README says the library prints and makes is what it prints and makes.
import * as fs from 'fs';
import * as path from 'path';
import { App, CfnResource, Duration, Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { Vpc } from 'aws-cdk-lib/aws-ec2';
import { Topic } from 'aws-cdk-lib/aws-sns';
import { CacheCluster, CacheEngine, CacheNodeType, CacheTopology } from '../../src';

const README = fs.readFileSync(path.join(__dirname, '..', '..', 'README.md'), 'utf8');

/** `...` in README stands for anything within the line. */
function pattern(text: string): RegExp {
  const lines = text.trim().split('\n').map((line) => line.trim().split('...').map((part) => part.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')).join('.*'));
  return new RegExp(lines.join('\\n\\s*'));
}

test('the error with all problems', () => {
  const [, shown] = /```text\n(CacheConfigurationError: [\s\S]*?)```/.exec(README)!;
  const stack = new Stack(new App(), 'MyStack');
  const vpc = new Vpc(stack, 'Vpc');
  let said = '';
  try {
    new CacheCluster(stack, 'Cache', {
      vpc,
      engine: CacheEngine.redis(),
      topology: CacheTopology.replicated({ nodeType: CacheNodeType.R8G_LARGE }),
      backupRetention: Duration.days(90),
    });
  } catch (error) {
    said = `${(error as Error).name}: ${(error as Error).message}`;
  }
  expect(said).toMatch(pattern(shown));
});

test('how many resources and alarms the default cache is', () => {
  const [, without, alarmed, alarms] = /It is (\d+) resources without alarms and (\d+) with them \((\d+) alarms/.exec(README)!.map(Number);
  const made = (withTopic: boolean) => {
    const stack = new Stack(new App(), 'MyStack');
    const vpc = new Vpc(stack, 'Vpc');
    const alarmTopic = withTopic ? new Topic(stack, 'Topic') : undefined;
    const cache = new CacheCluster(stack, 'Cache', { vpc, alarmTopic });
    const ids = new Set(cache.node.findAll().filter(CfnResource.isCfnResource).map(({ logicalId }) => stack.resolve(logicalId)));
    const resources = Object.entries<{ Type: string }>(Template.fromStack(stack).toJSON().Resources).filter(([id]) => ids.has(id));
    return { resources: resources.length, alarms: resources.filter(([, { Type }]) => Type === 'AWS::CloudWatch::Alarm').length };
  };
  expect(made(false).resources).toBe(without);
  expect(made(true).resources).toBe(alarmed);
  expect(made(true).alarms).toBe(alarms);
});
