import { Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { IVpc, Vpc } from 'aws-cdk-lib/aws-ec2';
import { Code, Function, Runtime } from 'aws-cdk-lib/aws-lambda';
import { Construct } from 'constructs';
import { ServerlessCache, ServerlessCacheProps } from '../../src';
import { newStack, newVpc, propertiesOf, warningsOf } from '../support/cdk';

export const TYPE = 'AWS::ElastiCache::ServerlessCache';

/** A serverless cache with a VPC, in the stack. */
export function newServerless(stack: Stack, props: Partial<ServerlessCacheProps> = {}, id = 'Cache'): ServerlessCache {
  const vpc = props.vpc ?? stack.node.tryFindChild('Vpc') as IVpc | undefined ?? newVpc(stack);
  return new ServerlessCache(stack, id, { ...props, vpc });
}

/** The serverless cache in the template of a new stack with these props. */
export function serverlessProperties(
  props: Partial<ServerlessCacheProps> | ((stack: Stack) => Partial<ServerlessCacheProps>) = {},
): Record<string, any> {
  const stack = newStack();
  newServerless(stack, typeof props === 'function' ? props(stack) : props);
  return propertiesOf(stack, TYPE);
}

/** A VPC of private subnets in as many zones. */
export function vpcOfZones(scope: Construct, zones: number, id = 'Vpc'): IVpc {
  const names = ['a', 'b', 'c', 'd', 'e', 'f'].slice(0, zones);
  return Vpc.fromVpcAttributes(scope, id, { vpcId: 'vpc-1', availabilityZones: names, privateSubnetIds: names.map((name) => `subnet-${name}`) });
}

export function newFunction(scope: Construct, vpc: IVpc, id = 'Fn'): Function {
  return new Function(scope, id, { vpc, runtime: Runtime.NODEJS_22_X, handler: 'index.handler', code: Code.fromInline('x') });
}

/** The types of the resources of a stack by logical id. */
export function typesOf(stack: Stack): Record<string, string> {
  return Object.fromEntries(Object.entries<any>(Template.fromStack(stack).toJSON().Resources ?? {}).map(([id, { Type }]) => [id, Type]));
}

/** The warnings of this library: CDK has its own about the imported VPC of the tests. */
export function ourWarnings(stack: Stack): string[] {
  return warningsOf(stack).filter((text) => text.includes('cdk-elasticache::'));
}
