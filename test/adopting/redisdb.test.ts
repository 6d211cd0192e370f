// A cache that cdk-redisdb made moves into a ReplicationGroup without being replaced, and so does a sharded one of raw L1s.
import { Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { SecurityGroup } from 'aws-cdk-lib/aws-ec2';
import { CfnReplicationGroup, CfnReplicationGroupProps, CfnSubnetGroup } from 'aws-cdk-lib/aws-elasticache';
import { RedisDB, RedisDBProps } from 'cdk-redisdb';
import {
  CacheEngine, CacheNodeType, ClusterMode, EnabledClusterModeOptions, ParameterGroup, RedisVersion, ReplicationGroup, ReplicationGroupOptions,
  ValkeyVersion,
} from '../../src';
import { newStack, newVpc } from '../support/cdk';
import { replacementsBetween } from '../support/replacements';

type Templates = { Resources: Record<string, any> };

const templateOf = (stack: Stack) => Template.fromStack(stack).toJSON() as Templates;
const GROUP = 'AWS::ElastiCache::ReplicationGroup';

function groupsOf(template: Templates): [string, any][] {
  return Object.entries(template.Resources).filter(([, { Type }]) => Type === GROUP);
}

/** An old stack with a cache of cdk-redisdb. */
function redisDb(props: RedisDBProps): Templates {
  const stack = newStack();
  const vpc = newVpc(stack);
  new RedisDB(stack, 'Orders', { existingVpc: vpc, existingSecurityGroup: new SecurityGroup(stack, 'Group', { vpc }), ...props });
  return templateOf(stack);
}

/** The same stack afterwards, as the guide writes it. The logical ids are those of the old template. */
function adopted(before: Templates, options: ReplicationGroupOptions): Templates {
  const stack = newStack();
  const vpc = newVpc(stack);
  const securityGroup = new SecurityGroup(stack, 'Group', { vpc });
  const [oldSubnets] = Object.entries(before.Resources).find(([, { Type }]) => Type === 'AWS::ElastiCache::SubnetGroup')!;
  const subnetGroup = new CfnSubnetGroup(stack, 'Subnets', {
    description: 'RedisDB Subnet Group', cacheSubnetGroupName: 'RedisDBSubnetGroup', subnetIds: before.Resources[oldSubnets].Properties.SubnetIds,
  });
  subnetGroup.overrideLogicalId(oldSubnets);
  const cache = new ReplicationGroup(stack, 'Cache', {
    vpc,
    subnetGroup,
    securityGroups: [securityGroup],
    engine: CacheEngine.redis(RedisVersion.V7_0),
    nodeType: CacheNodeType.M6G_LARGE,
    description: 'RedisDB setup by CDK',
    transitEncryption: false,
    ...options,
  });
  const resource = cache.node.defaultChild as CfnReplicationGroup;
  resource.overrideLogicalId(groupsOf(before)[0][0]);
  resource.addPropertyDeletionOverride('Port');
  // cdk-redisdb says nothing of it unless it is asked to.
  if (groupsOf(before)[0][1].Properties.AtRestEncryptionEnabled === undefined) {
    resource.addPropertyDeletionOverride('AtRestEncryptionEnabled');
  }
  // It names the subnet group; a Ref would say the same, and look like another one.
  resource.cacheSubnetGroupName = 'RedisDBSubnetGroup';
  return templateOf(stack);
}

describe('cdk-redisdb', () => {
  const cases: [string, RedisDBProps, ReplicationGroupOptions][] = [
    ['as it comes: one shard without replicas, and a parameter group with cluster mode on', {},
      { clusterMode: ClusterMode.enabled({ shards: 1, replicasPerShard: 0 }), multiAz: false }],
    ['with shards and replicas', { nodes: 3, replicas: 2 }, { clusterMode: ClusterMode.enabled({ shards: 3, replicasPerShard: 2 }) }],
    ['with encryption', { nodes: 2, replicas: 1, atRestEncryptionEnabled: true, transitEncryptionEnabled: true },
      { clusterMode: ClusterMode.enabled({ shards: 2, replicasPerShard: 1 }), transitEncryption: true }],
  ];

  test.each(cases)('%s', (_, props, options) => {
    const before = redisDb(props);
    const after = adopted(before, options);
    expect(replacementsBetween(before, after, /./)).toEqual([]);
    // Not a row of the old shape is changed: shards and replicas are said in the same way.
    const [[[, old]], [[, now]]] = [groupsOf(before), groupsOf(after)];
    const same = [
      'NumNodeGroups', 'ReplicasPerNodeGroup', 'NumCacheClusters', 'CacheNodeType', 'EngineVersion', 'SecurityGroupIds', 'ReplicationGroupDescription',
    ];
    for (const name of same) {
      expect([name, now.Properties[name]]).toEqual([name, old.Properties[name]]);
    }
    expect(now.Properties.Engine).toBe(old.Properties.Engine.toLowerCase());
    expect(now.UpdatePolicy).toEqual({ UseOnlineResharding: true });
  });

  test('keeps its parameter group where it is told to', () => {
    const stack = newStack();
    const parameterGroup = ParameterGroup.fromParameterGroupName(stack, 'Parameters', 'default.redis7.cluster.on');
    const before = redisDb({});
    const cache = new ReplicationGroup(stack, 'Cache', {
      vpc: newVpc(stack),
      engine: CacheEngine.redis(RedisVersion.V7_0),
      parameterGroup,
      clusterMode: ClusterMode.enabled({ shards: 1, replicasPerShard: 0 }),
    });
    const { cacheParameterGroupName } = cache.node.defaultChild as CfnReplicationGroup;
    expect(stack.resolve(cacheParameterGroupName)).toBe(groupsOf(before)[0][1].Properties.CacheParameterGroupName);
  });

  test('is replaced by who forgets what the guide says', () => {
    const before = redisDb({});
    const after = adopted(before, { clusterMode: ClusterMode.enabled({ shards: 1, replicasPerShard: 0 }), multiAz: false });
    const [logicalId] = groupsOf(after)[0];
    Object.assign(after.Resources[logicalId].Properties, { Port: 6379, AtRestEncryptionEnabled: true, CacheSubnetGroupName: { Ref: 'Another' } });
    expect(replacementsBetween(before, after).sort()).toEqual([
      `${logicalId}.AtRestEncryptionEnabled`, `${logicalId}.CacheSubnetGroupName`, `${logicalId}.Port`,
    ]);
  });
});

test.each<[string, Partial<CfnReplicationGroupProps>, EnabledClusterModeOptions]>([
  ['shards that are counted', { numNodeGroups: 3, replicasPerNodeGroup: 1 }, { shards: 3, replicasPerShard: 1 }],
  ['shards that are configured one by one', {
    nodeGroupConfiguration: [
      { nodeGroupId: '0001', primaryAvailabilityZone: 'zone-a', replicaAvailabilityZones: ['zone-b'], replicaCount: 1, slots: '0-5460' },
      { nodeGroupId: '0002', primaryAvailabilityZone: 'zone-b', replicaAvailabilityZones: ['zone-a'], replicaCount: 1, slots: '5461-16383' },
    ],
  }, {
    shardConfigurations: [
      { nodeGroupId: '0001', primaryAvailabilityZone: 'zone-a', replicaAvailabilityZones: ['zone-b'], replicas: 1, slots: '0-5460' },
      { nodeGroupId: '0002', primaryAvailabilityZone: 'zone-b', replicaAvailabilityZones: ['zone-a'], replicas: 1, slots: '5461-16383' },
    ],
  }],
])('a raw group with %s', (_, shape, options) => {
  const before = newStack();
  const old = newVpc(before);
  const subnets = (stack: Stack) => new CfnSubnetGroup(stack, 'Subnets', { description: 'old', subnetIds: ['subnet-a', 'subnet-b'] });
  new CfnReplicationGroup(before, 'Sessions', {
    replicationGroupDescription: 'sessions',
    engine: 'valkey',
    engineVersion: '8.0',
    cacheNodeType: 'cache.r7g.large',
    automaticFailoverEnabled: true,
    multiAzEnabled: true,
    atRestEncryptionEnabled: true,
    transitEncryptionEnabled: true,
    port: 6380,
    cacheSubnetGroupName: subnets(before).ref,
    securityGroupIds: [new SecurityGroup(before, 'SecurityGroup', { vpc: old }).securityGroupId],
    ...shape,
  });

  const after = newStack();
  const vpc = newVpc(after);
  const cache = new ReplicationGroup(after, 'Cache', {
    vpc,
    subnetGroup: subnets(after),
    securityGroups: [new SecurityGroup(after, 'SecurityGroup', { vpc })],
    engine: CacheEngine.valkey(ValkeyVersion.V8_0),
    nodeType: CacheNodeType.R7G_LARGE,
    clusterMode: ClusterMode.enabled(options),
    port: 6380,
  });
  const resource = cache.node.defaultChild as CfnReplicationGroup;
  resource.overrideLogicalId('Sessions');
  if (shape.numNodeGroups === undefined) {
    resource.addPropertyDeletionOverride('NumNodeGroups');
  }
  const [was, is] = [templateOf(before), templateOf(after)];
  expect(replacementsBetween(was, is)).toEqual([]);
  for (const name of ['NumNodeGroups', 'ReplicasPerNodeGroup', 'NodeGroupConfiguration', 'NumCacheClusters']) {
    expect([name, is.Resources.Sessions.Properties[name]]).toEqual([name, was.Resources.Sessions.Properties[name]]);
  }
});
