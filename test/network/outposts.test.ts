import { PrivateSubnet, CfnSubnet } from 'aws-cdk-lib/aws-ec2';
import { CacheCluster, CacheTopology, SubnetGroup } from '../../src';
import { errorOf, newStack, newVpc } from '../support/cdk';

test.each([
  ['a subnet group', undefined], ['replicated', CacheTopology.replicated()], ['memcached', CacheTopology.memcached()], ['serverless', CacheTopology.serverless()],
])('%s is refused on an Outpost', (_, topology) => {
  const stack = newStack();
  const subnet = new PrivateSubnet(stack, 'Subnet', { availabilityZone: 'a', vpcId: 'vpc-1', cidrBlock: '10.0.0.0/24' });
  const props = { vpc: newVpc(stack), vpcSubnets: { subnets: [subnet] } };
  const make = (id: string) => topology ? new CacheCluster(stack, id, { ...props, topology }) : new SubnetGroup(stack, id, props);
  make('InTheRegion');
  (subnet.node.defaultChild as CfnSubnet).outpostArn = 'arn:aws:outposts:eu-central-1:111122223333:outpost/op-1';
  const error = errorOf(() => make('OnTheOutpost'));
  expect(error.codes).toEqual(['OutpostsNotSupported']);
  expect(error.message).toContain('Stack/Subnet');
});
