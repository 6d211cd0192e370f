// When you need it: a cache exists already, and from now on these constructs shall own it, without a new cache and without losing data.
// What it creates: when before.ts is deployed, nothing but a parameter group and two log groups; the cache, its subnets and security group stay.
// Run it: npx cdk deploy --app 'npx tsx examples/adopting/before.ts'; then npx cdk diff, which must say nothing of replacement; npx cdk deploy
import { App, CfnOutput, Duration, Stack } from 'aws-cdk-lib';
import { SecurityGroup, Vpc } from 'aws-cdk-lib/aws-ec2';
import { CfnReplicationGroup, CfnSubnetGroup } from 'aws-cdk-lib/aws-elasticache';
import { CacheEngine, CacheNodeType, ClusterMode, RedisVersion, ReplicationGroup } from 'cdk-elasticache';

const app = new App();
const stack = new Stack(app, 'Orders');
const vpc = new Vpc(stack, 'Vpc', { maxAzs: 2, natGateways: 1 });

// What the cache stands on is given as it is: another subnet group would be another cache.
const securityGroup = new SecurityGroup(stack, 'CacheSecurityGroup', { vpc, allowAllOutbound: false });
const subnetGroup = new CfnSubnetGroup(stack, 'CacheSubnets', { description: 'orders', subnetIds: vpc.privateSubnets.map(({ subnetId }) => subnetId) });

const cache = new ReplicationGroup(stack, 'Cache', {
  vpc,
  subnetGroup,
  securityGroups: [securityGroup],
  engine: CacheEngine.redis(RedisVersion.V7_0),
  nodeType: CacheNodeType.M6G_LARGE,
  clusterMode: ClusterMode.disabled({ replicas: 1 }),
  description: 'orders',
  multiAz: true,
  backupRetention: Duration.days(7),
});
const resource = cache.node.defaultChild as CfnReplicationGroup;
// The same logical id is the same cache.
resource.overrideLogicalId('OrdersCache');
// A property that the old template does not have and that replaces a cache must not appear, not even with the value that the service chose.
resource.addPropertyDeletionOverride('Port');
resource.addPropertyDeletionOverride('AtRestEncryptionEnabled');

new CfnOutput(stack, 'CacheId', { value: cache.replicationGroupId });
