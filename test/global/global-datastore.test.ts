import { App, Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { CfnReplicationGroup } from 'aws-cdk-lib/aws-elasticache';
import {
  CacheEngine, CacheNodeType, ClusterMode, GlobalDatastore, ReplicationGroup, SecondaryReplicationGroup, SecondaryReplicationGroupProps, UserGroup,
} from '../../src';
import { errorOf, expectNoBrokenTokens, newGroup, newStack, newVpc, parameter, propertiesOf, resourceOf } from '../support/cdk';

const GLOBAL = 'AWS::ElastiCache::GlobalReplicationGroup';
const GROUP = 'AWS::ElastiCache::ReplicationGroup';
const nodeType = CacheNodeType.R7G_LARGE;
const account = '111122223333';

/** What AWS refuses of a secondary, which takes it from the primary. */
const INHERITED = [
  'NumNodeGroups', 'CacheParameterGroupName', 'Engine', 'EngineVersion', 'CacheNodeType', 'CacheSecurityGroupNames', 'TransitEncryptionEnabled',
  'TransitEncryptionMode', 'AtRestEncryptionEnabled', 'SnapshotArns', 'SnapshotName',
];

describe('a global datastore', () => {
  test('has one member: the primary', () => {
    const stack = newStack({ env: { account, region: 'us-east-1' } });
    const primary = newGroup(stack, { nodeType });
    const world = new GlobalDatastore(stack, 'World', { primary });
    expect(propertiesOf(stack, GLOBAL)).toEqual({
      Members: [{ ReplicationGroupId: { Ref: resourceOf(stack, GROUP).logicalId }, ReplicationGroupRegion: 'us-east-1', Role: 'PRIMARY' }],
      GlobalReplicationGroupIdSuffix: expect.stringMatching(/^stack-world-[0-9a-f]{10}$/),
      GlobalReplicationGroupDescription: 'Stack/World',
    });
    expect([world.engine, world.nodeType, world.clusterMode, world.transitEncryption]).toEqual([primary.engine, nodeType, primary.clusterMode, true]);
    expect(stack.resolve(world.globalReplicationGroupRef)).toEqual({
      globalReplicationGroupId: { 'Fn::GetAtt': [resourceOf(stack, GLOBAL).logicalId, 'GlobalReplicationGroupId'] },
    });
    expect(resourceOf(stack, GLOBAL).DeletionPolicy).toBe('Delete');
  });

  test.each<[string, (stack: Stack) => ReplicationGroup | CfnReplicationGroup, unknown]>([
    ['imported', (stack) => ReplicationGroup.fromReplicationGroupId(stack, 'Primary', 'mine') as ReplicationGroup, 'mine'],
    ['raw', (stack) => new CfnReplicationGroup(stack, 'Primary', { replicationGroupDescription: 'x', cacheNodeType: 'cache.r7g.large' }), { Ref: 'Primary' }],
    ['by a token', (stack) => ReplicationGroup.fromReplicationGroupId(stack, 'Primary', parameter(stack, 'Name').string) as ReplicationGroup, { Ref: 'Name' }],
  ])('takes a primary that is %s', (_, make, expected) => {
    const stack = newStack();
    const world = new GlobalDatastore(stack, 'World', { primary: make(stack) });
    expect(propertiesOf(stack, GLOBAL).Members).toEqual([{ ReplicationGroupId: expected, ReplicationGroupRegion: { Ref: 'AWS::Region' }, Role: 'PRIMARY' }]);
    expect([world.engine, world.nodeType, world.transitEncryption]).toEqual([undefined, undefined, true]);
    expectNoBrokenTokens(Template.fromStack(stack).toJSON());
  });

  test('fails for a raw primary that AWS refuses', () => {
    const stack = newStack();
    const primary = new CfnReplicationGroup(stack, 'Primary', { replicationGroupDescription: 'x', cacheNodeType: 'cache.t3.micro' });
    expect(errorOf(() => new GlobalDatastore(stack, 'World', { primary })).codes).toEqual(['GlobalPrimaryUnfit']);
  });

  test('two in one stack have names of their own', () => {
    const stack = newStack();
    ['One', 'Two'].forEach((id) => new GlobalDatastore(stack, `World${id}`, { primary: newGroup(stack, { nodeType }, id) }));
    const found = Object.values(Template.fromStack(stack).findResources(GLOBAL));
    const suffixes = found.map(({ Properties }) => Properties.GlobalReplicationGroupIdSuffix);
    expect(new Set(suffixes).size).toBe(2);
  });

  test('is told from what is not one', () => {
    const stack = newStack();
    const imported = GlobalDatastore.fromGlobalDatastoreAttributes(stack, 'Imported', { globalReplicationGroupId: 'x-world' });
    expect([new GlobalDatastore(stack, 'World', { primary: newGroup(stack, { nodeType }) }), imported, {}, null].map((each) => GlobalDatastore.isGlobalDatastore(each)))
      .toEqual([true, false, false, false]);
  });
});

describe('a secondary', () => {
  function make(props: Partial<SecondaryReplicationGroupProps> = {}, clusterMode?: ClusterMode): { stack: Stack; cache: SecondaryReplicationGroup } {
    const stack = newStack({ env: { account, region: 'eu-central-1' } });
    const globalDatastore = GlobalDatastore.fromGlobalDatastoreAttributes(stack, 'World', {
      globalReplicationGroupId: 'x-world', clusterMode, engine: CacheEngine.valkey(), nodeType,
    });
    return { stack, cache: new SecondaryReplicationGroup(stack, 'Eu', { vpc: newVpc(stack), globalDatastore, ...props }) };
  }

  test('says nothing that it takes from the primary', () => {
    for (const mode of [ClusterMode.disabled(), ClusterMode.enabled({ shards: 3 })]) {
      const properties = propertiesOf(make({}, mode).stack, GROUP);
      expect(Object.keys(properties).filter((name) => INHERITED.includes(name))).toEqual([]);
      expect(properties.GlobalReplicationGroupId).toBe('x-world');
    }
  });

  test.each([
    [ClusterMode.disabled({ replicas: 5 }), 2, { NumCacheClusters: 3 }], [undefined, 1, { NumCacheClusters: 2 }],
    [ClusterMode.enabled(), 2, { ReplicasPerNodeGroup: 2 }],
    // Left out, CloudFormation would turn failover on for one node, and the deployment would fail.
    [undefined, 0, { NumCacheClusters: 1, AutomaticFailoverEnabled: false }],
  ])('has replicas of its own %#', (mode, replicas, expected) => {
    const properties = propertiesOf(make({ replicas }, mode).stack, GROUP);
    expect(Object.fromEntries(Object.entries(properties).filter(([name]) => /Num|Replicas|Failover/.test(name)))).toEqual(expected);
  });

  test('is read from as its mode allows', () => {
    const { stack, cache } = make();
    expect(stack.resolve(cache.readerEndpoint.hostname)).toEqual({ 'Fn::GetAtt': [resourceOf(stack, GROUP).logicalId, 'ReaderEndPoint.Address'] });
    expect(cache.engine.toString()).toBe('Valkey 8.2');
    expect(errorOf(() => make({}, ClusterMode.enabled()).cache.readerEndpoint).codes).toEqual(['EndpointNotInMode']);
  });

  test('takes users of its Region', () => {
    const stack = newStack();
    const globalDatastore = GlobalDatastore.fromGlobalDatastoreAttributes(stack, 'World', { globalReplicationGroupId: 'x-world' });
    const cache = new SecondaryReplicationGroup(stack, 'Eu', { vpc: newVpc(stack), globalDatastore, userGroup: new UserGroup(stack, 'Users', { userGroupId: 'users' }) });
    expect(propertiesOf(stack, GROUP).UserGroupIds).toEqual(['users']);
    expect(errorOf(() => cache.engine).codes).toEqual(['GlobalEngineUnknown']);
    expect(SecondaryReplicationGroup.isSecondaryReplicationGroup(cache)).toBe(true);
  });

  test('is made in a stack of another Region', () => {
    const app = new App();
    const [us, eu] = ['us-east-1', 'eu-central-1'].map((region) => new Stack(app, region, { env: { account, region }, crossRegionReferences: true }));
    const globalDatastore = new GlobalDatastore(us, 'World', { primary: newGroup(us, { nodeType }) });
    new SecondaryReplicationGroup(eu, 'Eu', { vpc: newVpc(eu), globalDatastore, replicas: 2 });
    app.synth();
    expect(eu.dependencies).toEqual([us]);
    expect(propertiesOf(eu, GROUP).GlobalReplicationGroupId).toHaveProperty('Fn::GetAtt');
    expect(errorOf(() => new SecondaryReplicationGroup(us, 'Second', { vpc: newVpc(us, 'Other'), globalDatastore })).message)
      .toContain('a secondary must be in another Region: make it in a stack of that Region, with crossRegionReferences: true on both stacks');
  });
});
