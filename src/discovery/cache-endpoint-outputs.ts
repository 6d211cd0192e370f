import { CfnOutput } from 'aws-cdk-lib';
import { IUserRef } from 'aws-cdk-lib/aws-elasticache';
import { Construct } from 'constructs';
import { describeEndpoint } from './private/described-endpoint';
import { ICacheCluster } from '../cache/cache-cluster-ref';

/** What is put out about a cache. */
export interface CacheEndpointOutputsProps {
  /** The cache: one of this app, or an imported one. */
  readonly cache: ICacheCluster;

  /**
   * The user whose name and secret are put out as well; never its password.
   *
   * @default - nothing about users
   */
  readonly user?: IUserRef;

  /**
   * With it each output is exported, under this text, a hyphen and what it holds: `orders-cache-Host`. Export names exist once per account and
   * Region, and what another stack imports cannot be changed or removed.
   *
   * @default - the outputs are not exported
   */
  readonly exportPrefix?: string;
}

/**
 * The endpoints of a cache as outputs of its stack: `Host`, `Port` and `Tls`, where the cache has them `ReaderHost` and `ReaderPort`, and with a
 * user `Username` and `SecretArn`.
 *
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/outputs-section-structure.html
 *
 * @example
 * new CacheEndpointOutputs(this, 'CacheOutputs', { cache });
 */
export class CacheEndpointOutputs extends Construct {
  public constructor(scope: Construct, id: string, props: CacheEndpointOutputsProps) {
    super(scope, id);
    const { exportPrefix } = props;
    for (const fact of describeEndpoint(props.cache, props.user)) {
      new CfnOutput(this, fact.id, {
        value: fact.value, description: fact.description, exportName: exportPrefix === undefined ? undefined : `${exportPrefix}-${fact.id}`,
      });
    }
  }
}
