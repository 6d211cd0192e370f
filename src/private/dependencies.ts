import { CfnResource } from 'aws-cdk-lib';
import { IConstruct } from 'constructs';

/**
 * Lets a resource wait for another that it names by a literal id, where CloudFormation sees no reference.
 *
 * @param resource what waits
 * @param construct what it waits for: a construct with one resource of its own, or any other with all of its resources
 */
export function waitFor(resource: CfnResource, construct: IConstruct): void {
  const { defaultChild } = construct.node;
  const other = CfnResource.isCfnResource(construct) ? construct : defaultChild;
  if (other && CfnResource.isCfnResource(other)) {
    resource.addResourceDependency(other);
  } else {
    resource.node.addDependency(construct);
  }
}
