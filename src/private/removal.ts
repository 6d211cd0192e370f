import { CfnResource, RemovalPolicy } from 'aws-cdk-lib';
import { IConstruct } from 'constructs';

/** Whether a policy keeps a resource when it leaves the stack. */
export function retains(policy: RemovalPolicy): boolean {
  return policy === RemovalPolicy.RETAIN || policy === RemovalPolicy.RETAIN_ON_UPDATE_OR_DELETE;
}

/** Gives a removal policy to every resource of a construct. */
export function applyToAll(construct: IConstruct, policy: RemovalPolicy): void {
  construct.node.findAll().filter(CfnResource.isCfnResource).forEach((resource) => resource.applyRemovalPolicy(policy));
}
