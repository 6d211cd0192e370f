import { App, CfnParameter, Stack, StackProps, Token, Validations } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { IVpc, Vpc } from 'aws-cdk-lib/aws-ec2';
import { Construct, IConstruct } from 'constructs';
import { ReplicationGroup, ReplicationGroupProps } from '../../src';

/** A stack in an app of its own. Without an environment, so that account and Region are tokens, unless it is told one. */
export function newStack(props: StackProps = {}, id = 'Stack'): Stack {
  return new Stack(new App(), id, props);
}

/** A VPC that costs no time: its subnets are names. Two private ones in two zones. */
export function newVpc(scope: Construct, id = 'Vpc'): IVpc {
  return Vpc.fromVpcAttributes(scope, id, {
    vpcId: 'vpc-1', availabilityZones: ['eu-central-1a', 'eu-central-1b'], privateSubnetIds: ['subnet-a', 'subnet-b'],
  });
}

/** A replication group with a VPC, in the stack. */
export function newGroup(stack: Stack, props: Partial<ReplicationGroupProps> = {}, id = 'Cache'): ReplicationGroup {
  const vpc = props.vpc ?? stack.node.tryFindChild('Vpc') as IVpc | undefined ?? newVpc(stack);
  return new ReplicationGroup(stack, id, { ...props, vpc });
}

/** The properties of the only resource of a type. */
export function propertiesOf(stack: Stack, type: string): Record<string, any> {
  return resourceOf(stack, type).Properties;
}

/** The only resource of a type, with its logical id. */
export function resourceOf(stack: Stack, type: string): { logicalId: string; [key: string]: any } {
  const found = Object.entries(Template.fromStack(stack).findResources(type));
  expect(found.map(([logicalId]) => logicalId)).toHaveLength(1);
  return { logicalId: found[0][0], ...found[0][1] };
}

/** The replication group in the template of a new stack with these props. */
export function groupProperties(props: Partial<ReplicationGroupProps> = {}): Record<string, any> {
  const stack = newStack();
  newGroup(stack, props);
  return propertiesOf(stack, 'AWS::ElastiCache::ReplicationGroup');
}

/** The error a function ends with. */
export function errorOf(act: () => unknown): Error & { codes?: string[] } {
  try {
    act();
  } catch (error) {
    return error as Error;
  }
  throw new Error('nothing was thrown');
}

/** The texts of the warnings on a construct and all below it, with the id that acknowledges each. */
export function warningsOf(construct: IConstruct): string[] {
  return construct.node.findAll().flatMap((each) => each.node.metadata)
    .filter((entry) => entry.type === 'aws:cdk:warning').map((entry) => String(entry.data));
}

/** Acknowledges one of our rules. */
export function acknowledge(scope: IConstruct, code: string): void {
  Validations.of(scope).acknowledge({ id: `cdk-elasticache::${code}`, reason: 'a test' });
}

/** A CloudFormation parameter, as the values that props take. */
export function parameter(scope: Construct, id: string): { string: string; number: number; list: string[]; ref: { Ref: string } } {
  const token = new CfnParameter(scope, id);
  const ref = { Ref: token.logicalId };
  return {
    string: token.valueAsString, number: Token.asNumber(ref), list: Token.asList(ref), ref: { Ref: id },
  };
}

/** Fails when a template shows that a token was used as if it were a value. */
export function expectNoBrokenTokens(template: object): void {
  const text = JSON.stringify(template);
  for (const broken of ['${Token', '${token', '#{Token', 'NaN', 'undefined', '[object', 'e+289', '-1.888']) {
    expect(text).not.toContain(broken);
  }
}
