import { RemovalPolicy, Token } from 'aws-cdk-lib';
import { CfnParameterGroup } from 'aws-cdk-lib/aws-elasticache';
import { Construct } from 'constructs';
import { IParameterGroup, ParameterGroupBase } from './parameter-group-ref';
import { Parameters } from './parameters';
import { CLUSTER_PARAMETER } from './private/cluster-parameter';
import { ResourceView } from '../checks/rule';
import { CacheEngine } from '../engine/cache-engine';
import { attach, Inspection } from '../private/check';
import { viewOf } from '../private/construct-view';
import { refuseSnapshot } from '../private/removal';
import { RULES } from '../private/rule-tables';

/** What a parameter group is made of. */
export interface ParameterGroupProps {
  /**
   * The engine whose settings these are. Its family is part of the logical id: an engine upgrade makes a new group,
   * moves the cache to it and deletes the old one, in one deployment.
   */
  readonly engine: CacheEngine;

  /**
   * The settings that differ from the service's defaults. Unknown names make a warning, wrong values of known names an error.
   *
   * @default - none
   */
  readonly parameters?: Parameters;

  /**
   * What the parameter group is for.
   *
   * @default - a text that names the engine's family
   */
  readonly description?: string;

  /**
   * What happens to the parameter group when it leaves the stack. A group in use by a cache cannot be deleted.
   *
   * @default RemovalPolicy.DESTROY
   */
  readonly removalPolicy?: RemovalPolicy;
}

const IS_PARAMETER_GROUP = Symbol.for('cdk-elasticache.ParameterGroup');

/**
 * The settings of the engine of one or more caches.
 *
 * @see https://docs.aws.amazon.com/AmazonElastiCache/latest/dg/ParameterGroups.html
 * @resource AWS::ElastiCache::ParameterGroup
 *
 * @example
 * const engine = CacheEngine.valkey();
 * const parameterGroup = new ParameterGroup(this, 'Settings', {
 *   engine,
 *   parameters: Parameters.valkey({ maxmemoryPolicy: MaxmemoryPolicy.NO_EVICTION }),
 * });
 * new ReplicationGroup(this, 'Orders', { vpc, engine, parameterGroup });
 * new ReplicationGroup(this, 'Jobs', { vpc, engine, parameterGroup });
 */
export class ParameterGroup extends ParameterGroupBase {
  /**
   * A parameter group that this app does not own, for example one of AWS's own such as `default.valkey8`.
   *
   * @param scope where the construct belongs
   * @param id the construct's id
   * @param parameterGroupName the name of the parameter group
   */
  public static fromParameterGroupName(scope: Construct, id: string, parameterGroupName: string): IParameterGroup {
    class Imported extends ParameterGroupBase {
      public readonly parameterGroupName = parameterGroupName;
    }
    return new Imported(scope, id);
  }

  /**
   * Whether something is a `ParameterGroup` that was made here.
   *
   * @param x anything
   */
  public static isParameterGroup(x: any): x is ParameterGroup {
    return x !== null && typeof x === 'object' && IS_PARAMETER_GROUP in x;
  }

  public readonly parameterGroupName: string;
  /** The family of the group, for example `valkey8`. */
  public readonly family: string;

  public constructor(scope: Construct, id: string, props: ParameterGroupProps) {
    const inspection = new Inspection(scope, id);
    refuseSnapshot(inspection, props.removalPolicy, 'a parameter group');
    inspection.check(RULES.parameterGroup(), () => viewOfParameterGroup(props.engine, props.parameters));
    const warnings = inspection.finish();

    super(scope, id);
    Object.defineProperty(this, IS_PARAMETER_GROUP, { value: true });
    attach(this, warnings);

    this.family = props.engine.parameterGroupFamily;
    // The id carries the family and what can be set only in a new group: such a change makes another resource, and is never an update of this one.
    const inClusterMode = turnsClusterOn(props.parameters);
    const resource = new CfnParameterGroup(this, `${familyId(this.family)}${inClusterMode ? 'ClusterOn' : ''}`, {
      ...parameterGroupProperties(props.engine, props.parameters),
      description: props.description ?? `Settings of ${this.family} caches${inClusterMode ? ' in cluster mode' : ''}`,
    });
    resource.applyRemovalPolicy(props.removalPolicy ?? RemovalPolicy.DESTROY);
    this.node.defaultChild = resource;
    this.parameterGroupName = resource.ref;
  }
}

/** What rules see of a parameter group that will be made. */
export function viewOfParameterGroup(engine: CacheEngine, parameters: Parameters | undefined): ResourceView {
  return viewOf(CfnParameterGroup.CFN_RESOURCE_TYPE_NAME, parameterGroupProperties(engine, parameters), { Properties: 'parameters' });
}

function parameterGroupProperties(engine: CacheEngine, parameters: Parameters | undefined) {
  const values = parameters?.values ?? {};
  return { cacheParameterGroupFamily: engine.parameterGroupFamily, properties: Object.keys(values).length > 0 ? values : undefined };
}

function turnsClusterOn(parameters: Parameters | undefined): boolean {
  return parameters?.values[CLUSTER_PARAMETER.name] === CLUSTER_PARAMETER.on;
}

/** `valkey8` to `Valkey8`, `redis6.x` to `Redis6x`. */
function familyId(family: string): string {
  const id = family.replace(/[^A-Za-z0-9]/g, '');
  return id && !Token.isUnresolved(family) ? id[0].toUpperCase() + id.slice(1) : 'Resource';
}
