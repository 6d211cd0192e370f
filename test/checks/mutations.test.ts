// Broken caches are caught for the right reason, and valid ones pass: what a stranger's template will find of the rules.
import * as fc from 'fast-check';
import { isAboutWhole, TemplateResources } from './cases';
import { judge, rejections } from './support/judge';
import { MUTATIONS } from './support/mutations';
import { ON_NODES, VALID } from './support/valid-templates';
import { RULES } from '../../src/checks/rules';

const SEED = 20261121;
const RUNS = 30;

test('valid caches are rejected by nothing', () => {
  for (const valid of VALID) {
    fc.assert(fc.property(valid, (Resources) => {
      expect(rejections({ Resources })).toEqual([]);
    }), { seed: SEED, numRuns: 300 });
  }
});

test('every version on every node type that runs it is rejected by nothing, in every mode', () => {
  for (const { engine, version, row, family } of ON_NODES) {
    const common = { Engine: engine, EngineVersion: version, CacheNodeType: row.name, CacheSubnetGroupName: 'subnets', CacheParameterGroupName: `default.${family}` };
    const group = {
      ...common, ReplicationGroupDescription: 'Cache', TransitEncryptionEnabled: true, ...row.dataTiering ? { DataTieringEnabled: true } : {},
    };
    const Type = 'AWS::ElastiCache::ReplicationGroup';
    const clusterOn = { CacheParameterGroupName: `default.${family}.cluster.on`, AutomaticFailoverEnabled: true };
    const memcached = { Type: 'AWS::ElastiCache::CacheCluster', Properties: { ...common, NumCacheNodes: 3 } };
    const Resources: TemplateResources = engine === 'memcached' ? { Cache: memcached } : {
      Single: { Type, Properties: { ...group, NumCacheClusters: 1, AutomaticFailoverEnabled: false } },
      Replicated: { Type, Properties: { ...group, NumCacheClusters: 3, AutomaticFailoverEnabled: true, MultiAZEnabled: true } },
      Sharded: { Type, Properties: { ...group, ...clusterOn, NumNodeGroups: 3, ReplicasPerNodeGroup: 2, MultiAZEnabled: true } },
    };
    expect([version, row.name, rejections({ Resources })]).toEqual([version, row.name, []]);
  }
});

test('every row is reached by a mutation', () => {
  const reached = new Set(MUTATIONS.map(({ code, type }) => `${code} of ${type}`));
  expect(RULES.filter((rule) => !isAboutWhole(rule)).map(({ code, resourceType }) => `${code} of ${resourceType}`).filter((row) => !reached.has(row))).toEqual([]);
});

test.each(MUTATIONS.map((mutation) => [`${mutation.code} of ${mutation.type}`, mutation] as const))('%s', (_, { code, type, draws }) => {
  const isFound = (Resources: Parameters<typeof judge>[0]['Resources']) => judge({ Resources }).some((found) => found.code === code && found.type === type);
  const samples = fc.sample(draws, { seed: SEED, numRuns: RUNS });
  const caught = samples.filter(({ broken }) => isFound(broken)).length;
  expect(caught / samples.length).toBeGreaterThanOrEqual(0.99);
  expect(samples.filter(({ valid }) => isFound(valid))).toEqual([]);
});
