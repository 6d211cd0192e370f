import { Duration } from 'aws-cdk-lib';
import { CnameRecord, IHostedZone } from 'aws-cdk-lib/aws-route53';
import { Construct } from 'constructs';
import { ICacheCluster } from '../cache/cache-cluster-ref';
import { Endpoint } from '../cache/endpoint';
import { attach } from '../private/check';

/** Names of your own for a cache. */
export interface CacheDnsNamesProps {
  /** The cache: one of this app, or an imported one. */
  readonly cache: ICacheCluster;

  /** The zone that the names are in; usually a private one of the cache's VPC, since nobody outside reaches the cache. */
  readonly zone: IHostedZone;

  /** The name of where to read and write, in full or without the zone's name. */
  readonly writerName: string;

  /**
   * The name of where to read only, in full or without the zone's name. An error for a cache that has no such place.
   *
   * @default - no second name
   */
  readonly readerName?: string;

  /**
   * How long resolvers keep the names. The service's own names follow a failover at once, so this is only the time that a replaced cache takes.
   *
   * @default Duration.minutes(1)
   */
  readonly ttl?: Duration;
}

/**
 * Names of your own in Route 53 that lead to the endpoints of a cache, so that the cache can be replaced without a change in its clients.
 *
 * The certificate of a cache is for the names that the service gave it. A client that uses TLS and checks the host name must be told
 * the service's name as server name, so these names suit caches without TLS and clients that can do that; for all others the service's names
 * can be published with `CacheEndpointParameters`.
 *
 * @see https://docs.aws.amazon.com/AmazonElastiCache/latest/dg/in-transit-encryption.html
 *
 * @example
 * new CacheDnsNames(this, 'CacheNames', { cache, zone, writerName: 'cache', readerName: 'cache-reader' });
 */
export class CacheDnsNames extends Construct {
  /** Where to read and write, by the new name. */
  public readonly endpoint: Endpoint;
  /** Where to read only, by the new name. */
  public readonly readerEndpoint?: Endpoint;

  public constructor(scope: Construct, id: string, props: CacheDnsNamesProps) {
    const { cache, readerName } = props;
    const reader = readerName === undefined ? undefined : cache.readerEndpoint;

    super(scope, id);

    this.endpoint = this.record('Writer', props, props.writerName, cache.endpoint);
    this.readerEndpoint = reader && this.record('Reader', props, readerName!, reader);
    if (cache.transitEncryption) {
      attach(this, [{
        code: 'DnsNameNotInCertificate',
        message: `${props.writerName} is not a name in the certificate of ${cache.node.path}: clients that check host names need the service's own ` +
          'name as server name; publish that with CacheEndpointParameters or CacheEndpointOutputs',
      }]);
    }
  }

  private record(id: string, { zone, ttl }: CacheDnsNamesProps, recordName: string, target: Endpoint): Endpoint {
    const record = new CnameRecord(this, id, { zone, recordName, domainName: target.hostname, ttl: ttl ?? Duration.minutes(1) });
    return new Endpoint(record.domainName, target.port);
  }
}
