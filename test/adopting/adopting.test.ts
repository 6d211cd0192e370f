// A cache that exists moves into these constructs without being replaced: the templates before and after are compared by what AWS says replaces.
import * as path from 'path';
import { App, CfnResource, Duration, RemovalPolicy, Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { ISecurityGroup, SecurityGroup } from 'aws-cdk-lib/aws-ec2';
import { CfnCacheCluster, CfnServerlessCache, CfnSubnetGroup } from 'aws-cdk-lib/aws-elasticache';
import {
  CacheEngine, CacheNodeType, LogDelivery, MaintenanceWindow, MemcachedCluster, MemcachedVersion, ParameterGroup, ReplicationGroup, ServerlessCache,
  SubnetGroup, ValkeyVersion,
} from '../../src';
import { exampleApp } from '../oracle/support/example-app';
import { newStack, newVpc } from '../support/cdk';
import { replacementsBetween } from '../support/replacements';

type Templates = { Resources: Record<string, any> };

function templateOf(stack: Stack): Templates {
  return Template.fromStack(stack).toJSON() as Templates;
}

function exampleTemplate(file: string): Templates {
  const app: App = exampleApp(path.join(__dirname, '..', '..', 'examples', 'adopting', file));
  return app.synth().getStackByName('Orders').template as Templates;
}

/** Gives a construct's resource the logical id that it has in the old template, and takes out properties that it does not have there. */
function adopt(construct: { node: { defaultChild?: any } }, logicalId: string, absent: string[] = []): void {
  const resource = construct.node.defaultChild as CfnResource;
  resource.overrideLogicalId(logicalId);
  absent.forEach((name) => resource.addPropertyDeletionOverride(name));
}

describe('the example', () => {
  const before = exampleTemplate('before.ts');
  const after = exampleTemplate('app.ts');

  test('replaces and removes nothing', () => {
    expect(replacementsBetween(before, after, /./)).toEqual([]);
  });

  test('adds a parameter group and two log groups', () => {
    const added = Object.keys(after.Resources).filter((logicalId) => !(logicalId in before.Resources));
    expect(added.map((logicalId) => after.Resources[logicalId].Type).sort()).toEqual([
      'AWS::ElastiCache::ParameterGroup', 'AWS::Logs::LogGroup', 'AWS::Logs::LogGroup',
    ]);
  });

  test('without the two deletions it would be another cache', () => {
    const careless: Templates = JSON.parse(JSON.stringify(after));
    Object.assign(careless.Resources.OrdersCache.Properties, { Port: 6379, AtRestEncryptionEnabled: true });
    expect(replacementsBetween(before, careless)).toEqual(['OrdersCache.AtRestEncryptionEnabled', 'OrdersCache.Port']);
  });
});

/** What a cache of every kind stands on, as an old stack has it. */
function ground(stack: Stack): { subnetGroup: CfnSubnetGroup; securityGroup: ISecurityGroup; vpc: ReturnType<typeof newVpc> } {
  const vpc = newVpc(stack);
  return {
    vpc,
    subnetGroup: new CfnSubnetGroup(stack, 'Subnets', { description: 'old', subnetIds: ['subnet-a', 'subnet-b'] }),
    securityGroup: new SecurityGroup(stack, 'SecurityGroup', { vpc }),
  };
}

test('Memcached', () => {
  const before = newStack();
  const old = ground(before);
  new CfnCacheCluster(before, 'Pages', {
    engine: 'memcached',
    engineVersion: '1.6.22',
    cacheNodeType: 'cache.m6g.large',
    numCacheNodes: 2,
    azMode: 'cross-az',
    cacheSubnetGroupName: old.subnetGroup.ref,
    vpcSecurityGroupIds: [old.securityGroup.securityGroupId],
  });

  const after = newStack();
  const { vpc, subnetGroup, securityGroup } = ground(after);
  const cluster = new MemcachedCluster(after, 'Cache', {
    vpc,
    subnetGroup,
    securityGroups: [securityGroup],
    nodes: 2,
    nodeType: CacheNodeType.M6G_LARGE,
    version: MemcachedVersion.V1_6_22,
    transitEncryption: false,
  });
  adopt(cluster, 'Pages', ['Port', 'TransitEncryptionEnabled']);

  expect(replacementsBetween(templateOf(before), templateOf(after))).toEqual([]);
});

test('a serverless cache', () => {
  const before = newStack();
  const old = ground(before);
  new CfnServerlessCache(before, 'Feed', {
    serverlessCacheName: 'feed',
    engine: 'valkey',
    majorEngineVersion: '8',
    subnetIds: ['subnet-a', 'subnet-b'],
    securityGroupIds: [old.securityGroup.securityGroupId],
  });

  const after = newStack();
  const { vpc, securityGroup } = ground(after);
  const cache = new ServerlessCache(after, 'Cache', {
    vpc, serverlessCacheName: 'feed', engine: CacheEngine.valkey(ValkeyVersion.V8_0), securityGroups: [securityGroup], removalPolicy: RemovalPolicy.RETAIN,
  });
  adopt(cache, 'Feed');

  expect(replacementsBetween(templateOf(before), templateOf(after), /ServerlessCache/)).toEqual([]);
});

test('what is imported by `cdk import` is one resource, with its identifier and a policy for its deletion', () => {
  const stack = newStack();
  new ReplicationGroup(stack, 'Cache', {
    vpc: newVpc(stack),
    replicationGroupId: 'orders',
    subnetGroup: SubnetGroup.fromSubnetGroupName(stack, 'Subnets', 'orders-subnets'),
    parameterGroup: ParameterGroup.fromParameterGroupName(stack, 'Parameters', 'default.valkey8'),
    securityGroups: [SecurityGroup.fromSecurityGroupId(stack, 'SecurityGroup', 'sg-1')],
    slowLog: LogDelivery.none(),
    engineLog: LogDelivery.none(),
    backupRetention: Duration.days(1),
    maintenanceWindow: MaintenanceWindow.of('sun:05:00-sun:06:00'),
    removalPolicy: RemovalPolicy.RETAIN,
  });

  const resources = Object.values(templateOf(stack).Resources);
  expect(resources.map(({ Type }) => Type)).toEqual(['AWS::ElastiCache::ReplicationGroup']);
  expect(resources[0]).toMatchObject({ DeletionPolicy: 'Retain', UpdateReplacePolicy: 'Retain', Properties: { ReplicationGroupId: 'orders' } });
});
