import { CfnResource } from 'aws-cdk-lib';
import { IConstruct } from 'constructs';
import { l1Of } from './construct-view';

/**
 * Lets a resource wait for another that it names by a literal id, where CloudFormation sees no reference.
 *
 * @param resource what waits
 * @param construct what it waits for: a construct with one resource of its own, or any other with all of its resources
 */
export function waitFor(resource: CfnResource, construct: IConstruct): void {
  const other = l1Of(construct, CfnResource.isCfnResource);
  if (other) {
    resource.addResourceDependency(other);
  } else {
    resource.node.addDependency(construct);
  }
}
