import { Template } from 'aws-cdk-lib/assertions';
import { Vpc } from 'aws-cdk-lib/aws-ec2';
import { CacheCluster, CacheTopology } from '../../src';
import { newStack } from '../support/cdk';

/** Why one resource waits for another. CloudFormation makes everything else at the same time. */
type Edges = Readonly<Record<string, Readonly<Record<string, string>>>>;

const VPC = 'CloudFormation refers to it';

const USERS: Edges = {
  SecurityGroup: { Vpc: VPC },
  AppUserSecret: {},
  AppUserValkey: { AppUserSecret: 'the user is made with the password in the secret' },
  UserGroupValkey: { AppUserValkey: 'the group names its user by a literal id, which must exist' },
};

const NODES: Edges = {
  ...USERS,
  ReplicationGroupSubnetGroup: { VpcIsolatedSubnet1Subnet: VPC, VpcIsolatedSubnet2Subnet: VPC },
  ReplicationGroupSlowLog: {},
  ReplicationGroupEngineLog: {},
};

/** What the replication group itself waits for: its network, its settings, its users, and where its logs go. */
const GROUP = {
  SecurityGroup: 'the nodes are in it',
  ReplicationGroupSubnetGroup: 'the nodes are in its subnets',
  UserGroupValkey: 'the users that may log in, by a literal id, which must exist',
  ReplicationGroupSlowLog: 'where the slow log goes',
  ReplicationGroupEngineLog: 'where the engine log goes',
};

const PLAIN: Edges = {
  ...NODES,
  ReplicationGroupParameterGroupValkey8: {},
  ReplicationGroup: { ...GROUP, ReplicationGroupParameterGroupValkey8: 'the settings of the engine' },
};

const EXPECTED: Readonly<Record<'replicated' | 'sharded' | 'singleNode' | 'memcached' | 'serverless', Edges>> = {
  replicated: PLAIN,
  singleNode: PLAIN,
  sharded: {
    ...NODES,
    ReplicationGroupParameterGroupValkey8ClusterOn: {},
    ReplicationGroup: { ...GROUP, ReplicationGroupParameterGroupValkey8ClusterOn: 'the settings of the engine' },
  },
  memcached: {
    SecurityGroup: { Vpc: VPC },
    MemcachedClusterSubnetGroup: { VpcIsolatedSubnet1Subnet: VPC, VpcIsolatedSubnet2Subnet: VPC },
    MemcachedClusterParameterGroupMemcached16: {},
    MemcachedClusterT4gMediumTls: {
      SecurityGroup: 'the nodes are in it',
      MemcachedClusterSubnetGroup: 'the nodes are in its subnets',
      MemcachedClusterParameterGroupMemcached16: 'the settings of the engine',
    },
  },
  serverless: {
    ...USERS,
    ServerlessCache: {
      SecurityGroup: 'the cache is in it',
      UserGroupValkey: 'the users that may log in, by a literal id, which must exist',
      VpcIsolatedSubnet1Subnet: VPC,
      VpcIsolatedSubnet2Subnet: VPC,
    },
  },
};

/** Everything that a value refers to. */
function referencesIn(value: unknown): string[] {
  if (Array.isArray(value)) {
    return value.flatMap(referencesIn);
  }
  if (typeof value !== 'object' || value === null) {
    return [];
  }
  const { Ref, 'Fn::GetAtt': attribute, 'Fn::Sub': text } = value as Record<string, unknown>;
  expect(text).toBeUndefined(); // no default cache uses it; this walk does not read it
  if (typeof Ref === 'string') {
    return Ref.startsWith('AWS::') ? [] : [Ref];
  }
  return Array.isArray(attribute) ? [attribute[0] as string] : Object.values(value).flatMap(referencesIn);
}

/** The logical ids as a person says them: without hash, and without the name of the cache. */
const named = (logicalId: string) => logicalId.replace(/[0-9A-F]{8}$/, '').replace(/^Cache(?=.)/, '');

function edgesOf(topology: keyof typeof EXPECTED): Record<string, string[]> {
  const stack = newStack();
  new CacheCluster(stack, 'Cache', { vpc: new Vpc(stack, 'Vpc', { maxAzs: 2, natGateways: 0 }), topology: CacheTopology[topology]() });
  const resources = Object.entries(Template.fromStack(stack).toJSON().Resources as Record<string, any>).filter(([logicalId]) => logicalId.startsWith('Cache'));
  return Object.fromEntries(resources.map(([logicalId, { Properties, DependsOn = [] }]) =>
    [named(logicalId), [...new Set([...referencesIn(Properties), ...DependsOn as string[]].map(named))].sort()]));
}

test.each(Object.keys(EXPECTED) as (keyof typeof EXPECTED)[])('resources of a default %s cache wait for what they need and for nothing else', (topology) => {
  const expected = Object.fromEntries(Object.entries(EXPECTED[topology]).map(([name, needed]) => [name, Object.keys(needed).sort()]));
  expect(edgesOf(topology)).toEqual(expected);
});

/** How many resources of the cache are made one after the other, at the longest. */
function depthOf(edges: Edges, name: string): number {
  return name in edges ? 1 + Math.max(0, ...Object.keys(edges[name]).map((needed) => depthOf(edges, needed))) : 0;
}

test.each([['replicated', 4], ['sharded', 4], ['singleNode', 4], ['memcached', 2], ['serverless', 4]] as const)(
  'the longest way to a default %s cache is %i resources', (topology, depth) => {
    expect(Math.max(...Object.keys(EXPECTED[topology]).map((name) => depthOf(EXPECTED[topology], name)))).toBe(depth);
  });
