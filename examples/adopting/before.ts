// The cache of app.ts as somebody wrote it with raw L1s, years ago. It runs, it holds data, and it must not be replaced.
import { App, CfnOutput, Stack } from 'aws-cdk-lib';
import { SecurityGroup, Vpc } from 'aws-cdk-lib/aws-ec2';
import { CfnReplicationGroup, CfnSubnetGroup } from 'aws-cdk-lib/aws-elasticache';

const app = new App();
const stack = new Stack(app, 'Orders');
const vpc = new Vpc(stack, 'Vpc', { maxAzs: 2, natGateways: 1 });

const securityGroup = new SecurityGroup(stack, 'CacheSecurityGroup', { vpc, allowAllOutbound: false });
const subnetGroup = new CfnSubnetGroup(stack, 'CacheSubnets', { description: 'orders', subnetIds: vpc.privateSubnets.map(({ subnetId }) => subnetId) });
const cache = new CfnReplicationGroup(stack, 'OrdersCache', {
  replicationGroupDescription: 'orders',
  engine: 'redis',
  engineVersion: '7.0',
  cacheNodeType: 'cache.m6g.large',
  numCacheClusters: 2,
  automaticFailoverEnabled: true,
  transitEncryptionEnabled: true,
  cacheSubnetGroupName: subnetGroup.ref,
  securityGroupIds: [securityGroup.securityGroupId],
});

new CfnOutput(stack, 'CacheId', { value: cache.ref });
