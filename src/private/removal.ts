import { CfnResource, RemovalPolicy } from 'aws-cdk-lib';
import { IConstruct } from 'constructs';
import { Inspection } from './check';

/** Whether a policy keeps a resource when it leaves the stack. */
export function retains(policy: RemovalPolicy): boolean {
  return policy === RemovalPolicy.RETAIN || policy === RemovalPolicy.RETAIN_ON_UPDATE_OR_DELETE;
}

/** The policy of what a cache stands on: it stays when the cache stays, because AWS does not delete what is in use. */
export function policyOfCompanions(cachePolicy: RemovalPolicy): RemovalPolicy {
  return retains(cachePolicy) ? cachePolicy : RemovalPolicy.DESTROY;
}

/** Gives a removal policy to every resource of a construct. */
export function applyToAll(construct: IConstruct, policy: RemovalPolicy): void {
  construct.node.findAll().filter(CfnResource.isCfnResource).forEach((resource) => resource.applyRemovalPolicy(policy));
}

/** Refuses a last snapshot of what AWS takes none of: the deletion would fail. */
export function refuseSnapshot(inspection: Pick<Inspection, 'misuse'>, policy: RemovalPolicy | undefined, what: string): void {
  if (policy === RemovalPolicy.SNAPSHOT) {
    inspection.misuse('SnapshotNotOffered', `removalPolicy of ${what} cannot be snapshot, AWS takes none of it; use destroy or retain`);
  }
}
