// The picture of a dashboard in the guide: deploys examples/dashboard on the local AWS, puts the cache under load, and draws what CloudWatch says then.
// Started by scripts/dashboard-picture. Exits 1 when a graph is empty.
import { writeFileSync } from 'fs';
import { join } from 'path';
import type { Redis } from 'iovalkey';
import { alarmStates, dataOf, fromCloudWatch, missingOf, widgetsOf } from './data';
import { draw } from './draw';
import { METRICS } from '../../../src/monitoring/private/metric-catalog';
import { withAdministrator } from '../../../test/deploy/support/clients';
import { bootstrap, cdkOrFail, EngineNode, engineNodes, outputsOf, ROOT } from '../../../test/deploy/support/local-aws';

const STACK = 'Dashboard';
const APP = join(ROOT, 'examples', 'dashboard');
const FILE = join(ROOT, 'docs', 'images', 'dashboard.svg');
/** Minutes that are shown. */
const MINUTES = Number(process.env.DASHBOARD_MINUTES ?? 60);
const SECONDS_PER_MINUTE = Number(process.env.LOCAL_AWS_SECONDS_PER_MINUTE ?? 60);
const KEYS = 2000;

async function main(): Promise<void> {
  await bootstrap();
  await cdkOrFail(APP, 'deploy', '--require-approval', 'never');
  const { DashboardName: name, CacheId: cacheId } = await outputsOf(STACK);
  const nodes = engineNodes().filter(({ replicationGroup }) => replicationGroup === cacheId);
  const primary = nodes.find(({ role }) => role === 'primary' || role === 'master')!;
  console.log(`${cacheId} is under load for ${Math.ceil(MINUTES * SECONDS_PER_MINUTE)} seconds`);
  await busy(primary, nodes.filter((node) => node !== primary), Date.now() + MINUTES * SECONDS_PER_MINUTE * 1000);

  // The clock of the local AWS may run ahead of ours.
  const hour = 3600_000;
  const answer = fromCloudWatch(new Date(Date.now() - 2 * hour), new Date(Date.now() + 24 * hour));
  const drawn = await dataOf(await widgetsOf(name), answer, await alarmStates());
  const ofReplicas = new Set(Object.values(METRICS).filter((row) => 'replicasOnly' in row && row.replicasOnly).map((row) => row.name as string));
  const missing = missingOf(drawn, (metric) => ofReplicas.has(metric));
  missing.forEach((each) => console.error(each));
  process.exitCode = missing.length > 0 ? 1 : 0;
  if (missing.length === 0 || process.env.DASHBOARD_DRAFT) {
    writeFileSync(FILE, draw(drawn, 'The dashboard of a cache under load'));
    console.log('docs/images/dashboard.svg: drawn');
  }
  await cdkOrFail(APP, 'destroy', '--force');
}

/** An application whose load swells and ebbs, with readers on the replicas, and connections that come and go. */
async function busy(primary: EngineNode, replicas: readonly EngineNode[], end: number): Promise<void> {
  const started = Date.now();
  const wave = () => 1 + Math.sin((Date.now() - started) / (end - started) * 4 * Math.PI) ** 2 * 4;
  const turn = async (client: Redis, writes: boolean) => {
    const keys = Array.from({ length: Math.round(20 * wave()) }, () => `order:${Math.floor(Math.random() * KEYS * 1.2)}`);
    await Promise.all(keys.map((key) => client.get(key)));
    if (writes) {
      await Promise.all(keys.slice(0, keys.length / 2).map((key) => client.set(key, 'x'.repeat(200 + Math.round(wave() * 100)), 'EX', 30)));
    }
    await new Promise((resolve) => setTimeout(resolve, 20));
  };
  const worker = (node: EngineNode, writes: boolean) => withAdministrator(node, async (client) => {
    while (Date.now() < end) {
      await turn(client, writes);
    }
  });
  const visitors = async () => {
    while (Date.now() < end) {
      await withAdministrator(primary, (client) => turn(client, false));
    }
  };
  await Promise.all([worker(primary, true), ...replicas.map((node) => worker(node, false)), visitors()]);
}

void main();
