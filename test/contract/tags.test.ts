// A tag on a cache reaches every resource of it that AWS can tag.
import { Stack, Tags } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { Topic } from 'aws-cdk-lib/aws-sns';
import { CacheCluster, CacheTopology } from '../../src';
import { newStack, newVpc } from '../support/cdk';

const TOPOLOGIES = { replicated: CacheTopology.replicated(), memcached: CacheTopology.memcached(), serverless: CacheTopology.serverless() };

function untagged(stack: Stack): string[] {
  const resources = Object.values(Template.fromStack(stack).toJSON().Resources as Record<string, { Type: string; Properties: any }>);
  return resources.filter(({ Type, Properties }) => Type !== 'AWS::SNS::Topic' && !tagsOf(Properties).includes('team')).map(({ Type }) => Type);
}

function tagsOf({ Tags: tags }: { Tags?: { Key: string }[] }): string[] {
  return (tags ?? []).map(({ Key }) => Key);
}

test.each(Object.entries(TOPOLOGIES))('%s', (_, topology) => {
  const stack = newStack();
  const cache = new CacheCluster(stack, 'Cache', { vpc: newVpc(stack), topology, alarmTopic: new Topic(stack, 'Topic') });
  Tags.of(cache).add('team', 'orders');

  expect(untagged(stack)).toEqual([]);
});
