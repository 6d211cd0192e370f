// What is drawn: a stack for every topology, each the shortest way to write it.
import { App, Stack } from 'aws-cdk-lib';
import { Vpc } from 'aws-cdk-lib/aws-ec2';
import { Topic } from 'aws-cdk-lib/aws-sns';
import { CacheCluster, CacheTopology } from 'cdk-elasticache';

/** The template of a stack. */
export interface StackTemplate {
  readonly Resources: Readonly<Record<string, { readonly Type: string; readonly Properties?: any; readonly DependsOn?: string | string[] }>>;
}

export interface Subject {
  /** The name of the file, without its ending. */
  readonly name: string;
  readonly title: string;
  readonly template: StackTemplate;
}

const TOPOLOGIES: { readonly name: string; readonly title: string; readonly topology: CacheTopology }[] = [
  { name: 'replicated', title: 'CacheTopology.replicated()', topology: CacheTopology.replicated() },
  { name: 'sharded', title: 'CacheTopology.sharded({ shards: 3 })', topology: CacheTopology.sharded({ shards: 3 }) },
  { name: 'single-node', title: 'CacheTopology.singleNode()', topology: CacheTopology.singleNode() },
  { name: 'memcached', title: 'CacheTopology.memcached({ nodes: 3 })', topology: CacheTopology.memcached({ nodes: 3 }) },
  { name: 'serverless', title: 'CacheTopology.serverless()', topology: CacheTopology.serverless() },
];

export function subjects(): Subject[] {
  return TOPOLOGIES.map(({ name, title, topology }) => {
    const app = new App({ analyticsReporting: false });
    const stack = new Stack(app, 'Stack');
    const vpc = Vpc.fromVpcAttributes(stack, 'Vpc', { vpcId: 'vpc', availabilityZones: ['a', 'b'], privateSubnetIds: ['subnet-a', 'subnet-b'] });
    const alarmTopic = Topic.fromTopicArn(stack, 'Topic', stack.formatArn({ service: 'sns', resource: 'alarms' }));
    new CacheCluster(stack, 'Cache', { vpc, topology, alarmTopic });
    return { name, title, template: app.synth().getStackByName('Stack').template as StackTemplate };
  });
}
