import { IResource, Resource } from 'aws-cdk-lib';
import { ISubnetGroupRef, SubnetGroupReference } from 'aws-cdk-lib/aws-elasticache';

/** A subnet group: the subnets that the nodes of a cache are placed in. */
export interface ISubnetGroup extends IResource, ISubnetGroupRef {
  /**
   * The name of the subnet group.
   *
   * @attribute
   */
  readonly subnetGroupName: string;
}

/**
 * What owned and imported subnet groups share.
 *
 * @internal
 */
export abstract class SubnetGroupBase extends Resource implements ISubnetGroup {
  public abstract readonly subnetGroupName: string;

  /** The reference that other constructs take. */
  public get subnetGroupRef(): SubnetGroupReference {
    return { cacheSubnetGroupName: this.subnetGroupName };
  }
}
