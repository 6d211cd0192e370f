import { IResource, Resource } from 'aws-cdk-lib';
import { IParameterGroupRef, ParameterGroupReference } from 'aws-cdk-lib/aws-elasticache';

/** A parameter group: the settings of the engine of one or more caches. */
export interface IParameterGroup extends IResource, IParameterGroupRef {
  /**
   * The name of the parameter group.
   *
   * @attribute
   */
  readonly parameterGroupName: string;
}

/**
 * What owned and imported parameter groups share.
 *
 * @internal
 */
export abstract class ParameterGroupBase extends Resource implements IParameterGroup {
  public abstract readonly parameterGroupName: string;

  /** The reference that other constructs take. */
  public get parameterGroupRef(): ParameterGroupReference {
    return { cacheParameterGroupName: this.parameterGroupName };
  }
}
