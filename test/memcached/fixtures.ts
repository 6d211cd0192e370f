import { Stack } from 'aws-cdk-lib';
import { IVpc } from 'aws-cdk-lib/aws-ec2';
import { MemcachedCluster, MemcachedClusterProps } from '../../src';
import { newStack, newVpc, propertiesOf } from '../support/cdk';

export const TYPE = 'AWS::ElastiCache::CacheCluster';

/** A Memcached cluster with a VPC, in the stack. */
export function newCluster(stack: Stack, props: Partial<MemcachedClusterProps> = {}, id = 'Cache'): MemcachedCluster {
  const vpc = props.vpc ?? stack.node.tryFindChild('Vpc') as IVpc | undefined ?? newVpc(stack);
  return new MemcachedCluster(stack, id, { ...props, vpc });
}

/** The cluster in the template of a new stack with these props. */
export function clusterProperties(props: Partial<MemcachedClusterProps> = {}): Record<string, any> {
  const stack = newStack();
  newCluster(stack, props);
  return propertiesOf(stack, TYPE);
}
