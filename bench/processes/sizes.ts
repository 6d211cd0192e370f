// What each topology makes of `new CacheCluster(stack, id, { vpc, topology })`, and with a topic for its alarms. Prints one JSON document.
import { mkdtempSync, rmSync } from 'fs';
import { tmpdir } from 'os';
import { join } from 'path';
import { App, Stack } from 'aws-cdk-lib';
import { Vpc } from 'aws-cdk-lib/aws-ec2';
import { Topic } from 'aws-cdk-lib/aws-sns';
import { CacheCluster, CacheTopology } from 'cdk-elasticache';

const TOPOLOGIES = ['replicated', 'sharded', 'singleNode', 'memcached', 'serverless'] as const;
const outdir = mkdtempSync(join(tmpdir(), 'bench-'));

/** The resources of a cache, without those of its VPC and topic. */
function resourcesOf(topology: typeof TOPOLOGIES[number], withAlarms: boolean): Record<string, any> {
  const app = new App({ analyticsReporting: false, outdir });
  const stack = new Stack(app, 'Stack');
  const vpc = new Vpc(stack, 'Vpc', { maxAzs: 2, natGateways: 0 });
  new CacheCluster(stack, 'Cache', { vpc, topology: CacheTopology[topology](), alarmTopic: withAlarms ? new Topic(stack, 'Topic') : undefined });
  const [{ template }] = app.synth().stacks;
  return Object.fromEntries(Object.entries<any>(template.Resources).filter(([logicalId]) => logicalId.startsWith('Cache')));
}

const sizes = TOPOLOGIES.map((topology) => {
  const resources = resourcesOf(topology, false);
  const alarms = Object.values(resourcesOf(topology, true)).filter(({ Type }) => Type === 'AWS::CloudWatch::Alarm');
  return { topology, resources: Object.keys(resources).length, templateBytes: JSON.stringify(resources).length, alarmsWithTopic: alarms.length };
});
rmSync(outdir, { recursive: true, force: true });
console.log(JSON.stringify(sizes));
