import { IUserRef } from 'aws-cdk-lib/aws-elasticache';
import { StringParameter } from 'aws-cdk-lib/aws-ssm';
import { Construct } from 'constructs';
import { describeEndpoint } from './private/described-endpoint';
import { ICacheCluster } from '../cache/cache-cluster-ref';

/** What is published about a cache, and where. */
export interface CacheEndpointParametersProps {
  /** The cache: one of this app, or an imported one. */
  readonly cache: ICacheCluster;

  /** What the names of the parameters begin with, for example `/orders/cache`. The names exist once per account and Region. */
  readonly path: string;

  /**
   * The user that readers of the parameters log in as. Its password stays in its secret; whoever reads that needs a permission of its own.
   *
   * @default - nothing about users
   */
  readonly user?: IUserRef;
}

/**
 * The endpoints of a cache in parameters of Systems Manager, for clients outside this app: `host`, `port` and `tls`, where the cache has them
 * `reader-host` and `reader-port`, and with a user `username` and `secret-arn`.
 *
 * @see https://docs.aws.amazon.com/systems-manager/latest/userguide/systems-manager-parameter-store.html
 *
 * @example
 * new CacheEndpointParameters(this, 'CacheParameters', { cache, path: '/orders/cache', user: cache.applicationUser });
 */
export class CacheEndpointParameters extends Construct {
  /** The names of the parameters, by what they hold: `host`, `port` and so on. */
  public readonly parameterNames: { [fact: string]: string };

  public constructor(scope: Construct, id: string, props: CacheEndpointParametersProps) {
    super(scope, id);
    const path = props.path.replace(/\/$/, '');
    const facts = describeEndpoint(props.cache, props.user).map((fact) => ({ fact, parameter: this.publish(path, fact) }));
    this.parameterNames = Object.fromEntries(facts.map(({ fact, parameter }) => [fact.name, parameter.parameterName]));
  }

  private publish(path: string, fact: ReturnType<typeof describeEndpoint>[number]): StringParameter {
    return new StringParameter(this, fact.id, {
      parameterName: `${path}/${fact.name}`, stringValue: fact.value, description: fact.description, simpleName: false,
    });
  }
}
