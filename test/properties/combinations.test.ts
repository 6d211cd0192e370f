// Every engine version of the table on every topology with a node type of every family: it synthesizes, or is refused for the right reason.
import { App, Stack } from 'aws-cdk-lib';
import { CacheCluster, CacheEngine, CacheNodeType, CacheTopology } from '../../src';
import { oldestWith, supports, VERSIONS } from '../../src/engine/private/engine-table';
import { NODE_TYPE_ROWS, NodeTypeRow } from '../../src/node-type/private/node-type-table';
import { isAtLeast } from '../../src/private/version-number';
import { SERVERLESS_ENGINES } from '../../src/serverless/private/serverless-table';
import { newVpc } from '../support/cdk';

/** The middle one of the types of each family: rules speak of families, and of sizes only for auto scaling and global datastores. */
const FAMILIES = [...new Set(NODE_TYPE_ROWS.map(({ family }) => family))];
const NODE_TYPES = FAMILIES.map((family) => {
  const rows = NODE_TYPE_ROWS.filter((row) => row.family === family);
  return rows[Math.floor(rows.length / 2)];
});

interface Topology {
  readonly name: string;
  readonly of: (nodeType: CacheNodeType) => CacheTopology;
  readonly type: string;
  readonly withoutNodes?: boolean;
}

const GROUP = 'AWS::ElastiCache::ReplicationGroup';
const TOPOLOGIES: readonly Topology[] = [
  { name: 'replicated', of: (nodeType) => CacheTopology.replicated({ nodeType }), type: GROUP },
  { name: 'singleNode', of: (nodeType) => CacheTopology.singleNode({ nodeType }), type: GROUP },
  { name: 'sharded', of: (nodeType) => CacheTopology.sharded({ nodeType }), type: GROUP },
  { name: 'compatible', of: (nodeType) => CacheTopology.replicated({ nodeType, clusterCompatible: true }), type: GROUP },
  { name: 'memcached', of: (nodeType) => CacheTopology.memcached({ nodeType }), type: 'AWS::ElastiCache::CacheCluster' },
  { name: 'serverless', of: () => CacheTopology.serverless(), type: 'AWS::ElastiCache::ServerlessCache', withoutNodes: true },
];

/** What must be found, from the tables alone. */
function expectedCodes(engine: string, version: string, topology: Topology, row: NodeTypeRow): string[] {
  if (topology.withoutNodes) {
    const { majors, majorNumbers, complete } = SERVERLESS_ENGINES.find((each) => each.engine === engine)!;
    return complete && !majors.includes(version.split('.').slice(0, majorNumbers).join('.')) ? ['ServerlessVersionUnsupported'] : [];
  }
  if ((topology.name === 'memcached') !== (engine === 'memcached')) {
    return ['EngineTopologyMismatch'];
  }
  const minimum = engine === 'redis' && !row.unsure.includes('minRedis') ? row.minRedis
    : engine === 'memcached' && !row.unsure.includes('minMemcached') ? row.minMemcached : undefined;
  const unfit = !row.engines?.includes(engine) || (minimum !== undefined && isAtLeast(version, minimum) === false);
  const hasTls = engine === 'memcached' && supports('transitEncryption', engine, version) !== false;
  return [
    ...row.creatable ? unfit ? ['NodeTypeUnfitForEngine'] : [] : ['NodeTypeNotCreatable'],
    ...oldestWith('userGroups', engine) && supports('userGroups', engine, version) === false ? ['UserGroupUnsupported'] : [],
    ...hasTls && row.creatable && row.engines?.includes(engine) && row.memcachedTls === false ? ['MemcachedTlsNodeType'] : [],
  ];
}

interface Outcome {
  readonly name: string;
  readonly topology: Topology;
  readonly stack: Stack;
  /** The codes of the refusal; none when the cache was made. */
  readonly codes: readonly string[];
  readonly expected: readonly string[];
}

function codesOf(make: () => unknown): string[] {
  try {
    make();
    return [];
  } catch (error) {
    return (error as { codes?: string[] }).codes ?? [(error as Error).message];
  }
}

const app = new App();

/** All node types on a topology with an engine version, in one stack. */
function outcomesOf(engine: string, version: string, topology: Topology): Outcome[] {
  const stack = new Stack(app, `${engine}-${version.replace(/\./g, '-')}-${topology.name}`);
  const vpc = newVpc(stack);
  return (topology.withoutNodes ? NODE_TYPES.slice(0, 1) : NODE_TYPES).map((row, index) => ({
    name: `${engine} ${version} ${topology.name} ${topology.withoutNodes ? '' : row.name}`,
    topology,
    stack,
    codes: codesOf(() => new CacheCluster(stack, `Cache${index}`, {
      vpc, engine: CacheEngine.of(engine, version), topology: topology.of(CacheNodeType.of(row.name)),
    })).sort(),
    expected: expectedCodes(engine, version, topology, row).sort(),
  }));
}

const outcomes = VERSIONS.flatMap(({ engine, version }) => TOPOLOGIES.flatMap((topology) => outcomesOf(engine, version, topology)));
const made = outcomes.filter(({ codes }) => codes.length === 0);

test.each(VERSIONS.map(({ engine, version }) => [engine, version]))('%s %s is made or refused as the tables say', (engine, version) => {
  const here = outcomes.filter(({ name }) => name.startsWith(`${engine} ${version} `));
  expect(here.length).toBeGreaterThan(TOPOLOGIES.length);
  const otherwise = here.filter(({ codes, expected }) => JSON.stringify(codes) !== JSON.stringify(expected));
  expect(otherwise.map(({ name, codes, expected }) => ({ name, codes, expected }))).toEqual([]);
});

// A change here means that caches were refused, or let through, that were not before.
test('how many there are, and how many are refused for what', () => {
  const refusals: Record<string, number> = {};
  outcomes.flatMap(({ codes }) => codes).forEach((code) => refusals[code] = (refusals[code] ?? 0) + 1);
  expect([VERSIONS.length, TOPOLOGIES.length, NODE_TYPES.length]).toEqual([23, 6, 22]);
  expect({ all: outcomes.length, made: made.length, refusals }).toEqual({
    all: 2553,
    made: 729,
    refusals: {
      EngineTopologyMismatch: 1232,
      MemcachedTlsNodeType: 3,
      NodeTypeNotCreatable: 354,
      NodeTypeUnfitForEngine: 171,
      ServerlessVersionUnsupported: 4,
      UserGroupUnsupported: 176,
    },
  });
});

test('what was made synthesizes, each cache with one resource of its kind', () => {
  const stacks = [...new Set(made.map(({ stack }) => stack))];
  const assembly = app.synth();
  for (const stack of stacks) {
    const expected = made.filter((each) => each.stack === stack);
    const resources = Object.values<any>(assembly.getStackByName(stack.stackName).template.Resources);
    expect([stack.stackName, resources.filter(({ Type }) => Type === expected[0].topology.type).length]).toEqual([stack.stackName, expected.length]);
  }
});
