import { Size, Token } from 'aws-cdk-lib';
import { InstanceType } from 'aws-cdk-lib/aws-ec2';
import { NodeTypeFeatures } from './node-type-features';
import { fail } from '../private/errors';
import { nodeTypeRow } from './private/node-type-table';

const SHAPE = /^cache\.([a-z][a-z0-9-]*)\.([a-z0-9][a-z0-9-]*)$/;

/**
 * The node type of a cache: how much memory, CPU and network each node has.
 *
 * There is a constant for every type that new caches can be made with. TypeScript, JavaScript, C# and Go spell them as they stand here;
 * **Python and Java spell `R7G_LARGE` as `R7_G_LARGE`**. `CacheNodeType.of('cache.r7g.large')` is the same in every language,
 * and takes types that are newer than this library.
 *
 * The memory in the descriptions is the node's; the engine leaves a part of it free (`reserved-memory-percent`, 25 by default).
 * Not every type is there in every region.
 *
 * @see https://docs.aws.amazon.com/AmazonElastiCache/latest/dg/CacheNodes.SupportedTypes.html
 *
 * @example
 * new ReplicationGroup(this, 'Orders', { vpc, nodeType: CacheNodeType.R7G_LARGE });
 * new ReplicationGroup(this, 'Sessions', { vpc, nodeType: CacheNodeType.of('cache.r9g.large') });
 */
export class CacheNodeType {
  /** `cache.m8g.large`: 2 vCPUs, 6.79 GiB. */
  public static readonly M8G_LARGE = new CacheNodeType('cache.m8g.large');
  /** `cache.m8g.xlarge`: 4 vCPUs, 14.18 GiB. */
  public static readonly M8G_XLARGE = new CacheNodeType('cache.m8g.xlarge');
  /** `cache.m8g.2xlarge`: 8 vCPUs, 29.68 GiB. */
  public static readonly M8G_2XLARGE = new CacheNodeType('cache.m8g.2xlarge');
  /** `cache.m8g.4xlarge`: 16 vCPUs, 61.33 GiB. */
  public static readonly M8G_4XLARGE = new CacheNodeType('cache.m8g.4xlarge');
  /** `cache.m8g.8xlarge`: 32 vCPUs, 124.65 GiB. */
  public static readonly M8G_8XLARGE = new CacheNodeType('cache.m8g.8xlarge');
  /** `cache.m8g.12xlarge`: 48 vCPUs, 187.96 GiB. */
  public static readonly M8G_12XLARGE = new CacheNodeType('cache.m8g.12xlarge');
  /** `cache.m8g.16xlarge`: 64 vCPUs, 251.27 GiB. */
  public static readonly M8G_16XLARGE = new CacheNodeType('cache.m8g.16xlarge');
  /** `cache.m7g.large`: 2 vCPUs, 6.38 GiB. */
  public static readonly M7G_LARGE = new CacheNodeType('cache.m7g.large');
  /** `cache.m7g.xlarge`: 4 vCPUs, 12.93 GiB. */
  public static readonly M7G_XLARGE = new CacheNodeType('cache.m7g.xlarge');
  /** `cache.m7g.2xlarge`: 8 vCPUs, 26.04 GiB. */
  public static readonly M7G_2XLARGE = new CacheNodeType('cache.m7g.2xlarge');
  /** `cache.m7g.4xlarge`: 16 vCPUs, 52.26 GiB. */
  public static readonly M7G_4XLARGE = new CacheNodeType('cache.m7g.4xlarge');
  /** `cache.m7g.8xlarge`: 32 vCPUs, 103.68 GiB. */
  public static readonly M7G_8XLARGE = new CacheNodeType('cache.m7g.8xlarge');
  /** `cache.m7g.12xlarge`: 48 vCPUs, 157.12 GiB. */
  public static readonly M7G_12XLARGE = new CacheNodeType('cache.m7g.12xlarge');
  /** `cache.m7g.16xlarge`: 64 vCPUs, 209.55 GiB. */
  public static readonly M7G_16XLARGE = new CacheNodeType('cache.m7g.16xlarge');
  /** `cache.m6g.large`: 2 vCPUs, 6.38 GiB. */
  public static readonly M6G_LARGE = new CacheNodeType('cache.m6g.large');
  /** `cache.m6g.xlarge`: 4 vCPUs, 12.93 GiB. */
  public static readonly M6G_XLARGE = new CacheNodeType('cache.m6g.xlarge');
  /** `cache.m6g.2xlarge`: 8 vCPUs, 26.04 GiB. */
  public static readonly M6G_2XLARGE = new CacheNodeType('cache.m6g.2xlarge');
  /** `cache.m6g.4xlarge`: 16 vCPUs, 52.26 GiB. */
  public static readonly M6G_4XLARGE = new CacheNodeType('cache.m6g.4xlarge');
  /** `cache.m6g.8xlarge`: 32 vCPUs, 103.68 GiB. */
  public static readonly M6G_8XLARGE = new CacheNodeType('cache.m6g.8xlarge');
  /** `cache.m6g.12xlarge`: 48 vCPUs, 157.12 GiB. */
  public static readonly M6G_12XLARGE = new CacheNodeType('cache.m6g.12xlarge');
  /** `cache.m6g.16xlarge`: 64 vCPUs, 209.55 GiB. */
  public static readonly M6G_16XLARGE = new CacheNodeType('cache.m6g.16xlarge');
  /** `cache.m5.large`: 2 vCPUs, 6.38 GiB. */
  public static readonly M5_LARGE = new CacheNodeType('cache.m5.large');
  /** `cache.m5.xlarge`: 4 vCPUs, 12.93 GiB. */
  public static readonly M5_XLARGE = new CacheNodeType('cache.m5.xlarge');
  /** `cache.m5.2xlarge`: 8 vCPUs, 26.04 GiB. */
  public static readonly M5_2XLARGE = new CacheNodeType('cache.m5.2xlarge');
  /** `cache.m5.4xlarge`: 16 vCPUs, 52.26 GiB. */
  public static readonly M5_4XLARGE = new CacheNodeType('cache.m5.4xlarge');
  /** `cache.m5.12xlarge`: 48 vCPUs, 157.12 GiB. */
  public static readonly M5_12XLARGE = new CacheNodeType('cache.m5.12xlarge');
  /** `cache.m5.24xlarge`: 96 vCPUs, 314.32 GiB. */
  public static readonly M5_24XLARGE = new CacheNodeType('cache.m5.24xlarge');
  /** `cache.m4.large`: 2 vCPUs, 6.42 GiB. */
  public static readonly M4_LARGE = new CacheNodeType('cache.m4.large');
  /** `cache.m4.xlarge`: 4 vCPUs, 14.28 GiB. */
  public static readonly M4_XLARGE = new CacheNodeType('cache.m4.xlarge');
  /** `cache.m4.2xlarge`: 8 vCPUs, 29.7 GiB. */
  public static readonly M4_2XLARGE = new CacheNodeType('cache.m4.2xlarge');
  /** `cache.m4.4xlarge`: 16 vCPUs, 60.78 GiB. */
  public static readonly M4_4XLARGE = new CacheNodeType('cache.m4.4xlarge');
  /** `cache.m4.10xlarge`: 40 vCPUs, 154.64 GiB. */
  public static readonly M4_10XLARGE = new CacheNodeType('cache.m4.10xlarge');
  /** `cache.t4g.micro`: 2 vCPUs, 0.5 GiB. */
  public static readonly T4G_MICRO = new CacheNodeType('cache.t4g.micro');
  /** `cache.t4g.small`: 2 vCPUs, 1.37 GiB. */
  public static readonly T4G_SMALL = new CacheNodeType('cache.t4g.small');
  /** `cache.t4g.medium`: 2 vCPUs, 3.09 GiB. */
  public static readonly T4G_MEDIUM = new CacheNodeType('cache.t4g.medium');
  /** `cache.t3.micro`: 2 vCPUs, 0.5 GiB. */
  public static readonly T3_MICRO = new CacheNodeType('cache.t3.micro');
  /** `cache.t3.small`: 2 vCPUs, 1.37 GiB. */
  public static readonly T3_SMALL = new CacheNodeType('cache.t3.small');
  /** `cache.t3.medium`: 2 vCPUs, 3.09 GiB. */
  public static readonly T3_MEDIUM = new CacheNodeType('cache.t3.medium');
  /** `cache.t2.micro`: 1 vCPU, 0.555 GiB. */
  public static readonly T2_MICRO = new CacheNodeType('cache.t2.micro');
  /** `cache.t2.small`: 1 vCPU, 1.55 GiB. */
  public static readonly T2_SMALL = new CacheNodeType('cache.t2.small');
  /** `cache.t2.medium`: 2 vCPUs, 3.22 GiB. */
  public static readonly T2_MEDIUM = new CacheNodeType('cache.t2.medium');
  /** `cache.r8g.large`: 2 vCPUs, 14.18 GiB. */
  public static readonly R8G_LARGE = new CacheNodeType('cache.r8g.large');
  /** `cache.r8g.xlarge`: 4 vCPUs, 29.68 GiB. */
  public static readonly R8G_XLARGE = new CacheNodeType('cache.r8g.xlarge');
  /** `cache.r8g.2xlarge`: 8 vCPUs, 61.33 GiB. */
  public static readonly R8G_2XLARGE = new CacheNodeType('cache.r8g.2xlarge');
  /** `cache.r8g.4xlarge`: 16 vCPUs, 124.65 GiB. */
  public static readonly R8G_4XLARGE = new CacheNodeType('cache.r8g.4xlarge');
  /** `cache.r8g.8xlarge`: 32 vCPUs, 251.27 GiB. */
  public static readonly R8G_8XLARGE = new CacheNodeType('cache.r8g.8xlarge');
  /** `cache.r8g.12xlarge`: 48 vCPUs, 377.9 GiB. */
  public static readonly R8G_12XLARGE = new CacheNodeType('cache.r8g.12xlarge');
  /** `cache.r8g.16xlarge`: 64 vCPUs, 504.52 GiB. */
  public static readonly R8G_16XLARGE = new CacheNodeType('cache.r8g.16xlarge');
  /** `cache.r7g.large`: 2 vCPUs, 13.07 GiB. */
  public static readonly R7G_LARGE = new CacheNodeType('cache.r7g.large');
  /** `cache.r7g.xlarge`: 4 vCPUs, 26.32 GiB. */
  public static readonly R7G_XLARGE = new CacheNodeType('cache.r7g.xlarge');
  /** `cache.r7g.2xlarge`: 8 vCPUs, 52.82 GiB. */
  public static readonly R7G_2XLARGE = new CacheNodeType('cache.r7g.2xlarge');
  /** `cache.r7g.4xlarge`: 16 vCPUs, 105.81 GiB. */
  public static readonly R7G_4XLARGE = new CacheNodeType('cache.r7g.4xlarge');
  /** `cache.r7g.8xlarge`: 32 vCPUs, 209.55 GiB. */
  public static readonly R7G_8XLARGE = new CacheNodeType('cache.r7g.8xlarge');
  /** `cache.r7g.12xlarge`: 48 vCPUs, 317.77 GiB. */
  public static readonly R7G_12XLARGE = new CacheNodeType('cache.r7g.12xlarge');
  /** `cache.r7g.16xlarge`: 64 vCPUs, 419.09 GiB. */
  public static readonly R7G_16XLARGE = new CacheNodeType('cache.r7g.16xlarge');
  /** `cache.r6g.large`: 2 vCPUs, 13.07 GiB. */
  public static readonly R6G_LARGE = new CacheNodeType('cache.r6g.large');
  /** `cache.r6g.xlarge`: 4 vCPUs, 26.32 GiB. */
  public static readonly R6G_XLARGE = new CacheNodeType('cache.r6g.xlarge');
  /** `cache.r6g.2xlarge`: 8 vCPUs, 52.82 GiB. */
  public static readonly R6G_2XLARGE = new CacheNodeType('cache.r6g.2xlarge');
  /** `cache.r6g.4xlarge`: 16 vCPUs, 105.81 GiB. */
  public static readonly R6G_4XLARGE = new CacheNodeType('cache.r6g.4xlarge');
  /** `cache.r6g.8xlarge`: 32 vCPUs, 209.55 GiB. */
  public static readonly R6G_8XLARGE = new CacheNodeType('cache.r6g.8xlarge');
  /** `cache.r6g.12xlarge`: 48 vCPUs, 317.77 GiB. */
  public static readonly R6G_12XLARGE = new CacheNodeType('cache.r6g.12xlarge');
  /** `cache.r6g.16xlarge`: 64 vCPUs, 419.09 GiB. */
  public static readonly R6G_16XLARGE = new CacheNodeType('cache.r6g.16xlarge');
  /** `cache.r6gd.xlarge`: 4 vCPUs, 26.32 GiB. */
  public static readonly R6GD_XLARGE = new CacheNodeType('cache.r6gd.xlarge');
  /** `cache.r6gd.2xlarge`: 8 vCPUs, 52.82 GiB. */
  public static readonly R6GD_2XLARGE = new CacheNodeType('cache.r6gd.2xlarge');
  /** `cache.r6gd.4xlarge`: 16 vCPUs, 105.81 GiB. */
  public static readonly R6GD_4XLARGE = new CacheNodeType('cache.r6gd.4xlarge');
  /** `cache.r6gd.8xlarge`: 32 vCPUs, 209.55 GiB. */
  public static readonly R6GD_8XLARGE = new CacheNodeType('cache.r6gd.8xlarge');
  /** `cache.r6gd.12xlarge`: 48 vCPUs, 317.77 GiB. */
  public static readonly R6GD_12XLARGE = new CacheNodeType('cache.r6gd.12xlarge');
  /** `cache.r6gd.16xlarge`: 64 vCPUs, 419.09 GiB. */
  public static readonly R6GD_16XLARGE = new CacheNodeType('cache.r6gd.16xlarge');
  /** `cache.r5.large`: 2 vCPUs, 13.07 GiB. */
  public static readonly R5_LARGE = new CacheNodeType('cache.r5.large');
  /** `cache.r5.xlarge`: 4 vCPUs, 26.32 GiB. */
  public static readonly R5_XLARGE = new CacheNodeType('cache.r5.xlarge');
  /** `cache.r5.2xlarge`: 8 vCPUs, 52.82 GiB. */
  public static readonly R5_2XLARGE = new CacheNodeType('cache.r5.2xlarge');
  /** `cache.r5.4xlarge`: 16 vCPUs, 105.81 GiB. */
  public static readonly R5_4XLARGE = new CacheNodeType('cache.r5.4xlarge');
  /** `cache.r5.12xlarge`: 48 vCPUs, 317.77 GiB. */
  public static readonly R5_12XLARGE = new CacheNodeType('cache.r5.12xlarge');
  /** `cache.r5.24xlarge`: 96 vCPUs, 635.61 GiB. */
  public static readonly R5_24XLARGE = new CacheNodeType('cache.r5.24xlarge');
  /** `cache.r4.large`: 2 vCPUs, 12.3 GiB. */
  public static readonly R4_LARGE = new CacheNodeType('cache.r4.large');
  /** `cache.r4.xlarge`: 4 vCPUs, 25.05 GiB. */
  public static readonly R4_XLARGE = new CacheNodeType('cache.r4.xlarge');
  /** `cache.r4.2xlarge`: 8 vCPUs, 50.47 GiB. */
  public static readonly R4_2XLARGE = new CacheNodeType('cache.r4.2xlarge');
  /** `cache.r4.4xlarge`: 16 vCPUs, 101.38 GiB. */
  public static readonly R4_4XLARGE = new CacheNodeType('cache.r4.4xlarge');
  /** `cache.r4.8xlarge`: 32 vCPUs, 203.26 GiB. */
  public static readonly R4_8XLARGE = new CacheNodeType('cache.r4.8xlarge');
  /** `cache.r4.16xlarge`: 64 vCPUs, 407 GiB. */
  public static readonly R4_16XLARGE = new CacheNodeType('cache.r4.16xlarge');
  /** `cache.c8gn.large`: 2 vCPUs, 3.1 GiB. */
  public static readonly C8GN_LARGE = new CacheNodeType('cache.c8gn.large');
  /** `cache.c8gn.xlarge`: 4 vCPUs, 6.79 GiB. */
  public static readonly C8GN_XLARGE = new CacheNodeType('cache.c8gn.xlarge');
  /** `cache.c8gn.2xlarge`: 8 vCPUs, 14.18 GiB. */
  public static readonly C8GN_2XLARGE = new CacheNodeType('cache.c8gn.2xlarge');
  /** `cache.c8gn.4xlarge`: 16 vCPUs, 29.68 GiB. */
  public static readonly C8GN_4XLARGE = new CacheNodeType('cache.c8gn.4xlarge');
  /** `cache.c8gn.8xlarge`: 32 vCPUs, 61.33 GiB. */
  public static readonly C8GN_8XLARGE = new CacheNodeType('cache.c8gn.8xlarge');
  /** `cache.c8gn.12xlarge`: 48 vCPUs, 92.99 GiB. */
  public static readonly C8GN_12XLARGE = new CacheNodeType('cache.c8gn.12xlarge');
  /** `cache.c8gn.16xlarge`: 64 vCPUs, 124.65 GiB. */
  public static readonly C8GN_16XLARGE = new CacheNodeType('cache.c8gn.16xlarge');
  /** `cache.c7gn.large`: 2 vCPUs, 3.09 GiB. */
  public static readonly C7GN_LARGE = new CacheNodeType('cache.c7gn.large');
  /** `cache.c7gn.xlarge`: 4 vCPUs, 6.38 GiB. */
  public static readonly C7GN_XLARGE = new CacheNodeType('cache.c7gn.xlarge');
  /** `cache.c7gn.2xlarge`: 8 vCPUs, 12.94 GiB. */
  public static readonly C7GN_2XLARGE = new CacheNodeType('cache.c7gn.2xlarge');
  /** `cache.c7gn.4xlarge`: 16 vCPUs, 26.05 GiB. */
  public static readonly C7GN_4XLARGE = new CacheNodeType('cache.c7gn.4xlarge');
  /** `cache.c7gn.8xlarge`: 32 vCPUs, 52.26 GiB. */
  public static readonly C7GN_8XLARGE = new CacheNodeType('cache.c7gn.8xlarge');
  /** `cache.c7gn.12xlarge`: 48 vCPUs, 78.56 GiB. */
  public static readonly C7GN_12XLARGE = new CacheNodeType('cache.c7gn.12xlarge');
  /** `cache.c7gn.16xlarge`: 64 vCPUs, 105.81 GiB. */
  public static readonly C7GN_16XLARGE = new CacheNodeType('cache.c7gn.16xlarge');

  /**
   * Any node type by its name, for example `cache.r7g.large`.
   *
   * A token is taken as it is and never judged.
   *
   * @param name the name as ElastiCache spells it, `cache.<family>.<size>`, or a token
   * @throws InvalidNodeType when the name is not of that form; a type that the library does not know is no error
   */
  public static of(name: string): CacheNodeType {
    if (!Token.isUnresolved(name) && !SHAPE.test(name)) {
      fail(undefined, 'InvalidNodeType',
        `node type ${JSON.stringify(name)} is not of the form cache.<family>.<size>, for example 'cache.r7g.large'${suggestionFor(name)}`);
    }
    return new CacheNodeType(name);
  }

  /**
   * The node type with the name of an EC2 instance type: `r7g.large` becomes `cache.r7g.large`.
   *
   * ElastiCache offers far fewer types than EC2; one it does not offer fails in the deployment.
   *
   * @param instanceType the EC2 instance type
   * @throws InvalidNodeType when the result is not of the form `cache.<family>.<size>`
   */
  public static fromInstanceType(instanceType: InstanceType): CacheNodeType {
    return CacheNodeType.of(`cache.${instanceType.toString()}`);
  }

  /** The name as ElastiCache spells it, for example `cache.r7g.large`. */
  public readonly name: string;

  private known?: NodeTypeFeatures;

  private constructor(name: string) {
    this.name = name;
  }

  /** What is known about the node type. All is unknown for a token, and all but family and size for a type newer than the library. */
  public get features(): NodeTypeFeatures {
    this.known ??= featuresOf(this.name);
    return this.known;
  }

  /** The name as ElastiCache spells it, for example `cache.r7g.large`. */
  public toString(): string {
    return this.name;
  }
}

/** What may have been meant: capitals, blanks or a missing `cache.`. */
function suggestionFor(name: string): string {
  const bare = name.trim().toLowerCase();
  const meant = [bare, `cache.${bare}`].find((candidate) => SHAPE.test(candidate));
  return meant ? `; did you mean '${meant}'?` : '';
}

function featuresOf(name: string): NodeTypeFeatures {
  const row = nodeTypeRow(name);
  if (!row) {
    const [, family, size] = Token.isUnresolved(name) ? [] : SHAPE.exec(name) ?? [];
    return { family, size, dataTiering: family?.endsWith('gd') ?? false };
  }
  return {
    family: row.family,
    size: row.size,
    dataTiering: row.dataTiering,
    creatable: row.creatable,
    vcpus: row.vcpus,
    memory: Size.gibibytes(row.memoryGiB),
    maxmemoryBytes: row.maxmemoryBytes,
    ssd: row.ssdGiB === undefined ? undefined : Size.gibibytes(row.ssdGiB),
    networkGbps: row.gbps,
    networkBurstGbps: row.burstGbps,
    burstable: row.burstable,
    graviton: row.graviton,
    engines: row.engines && [...row.engines],
    minimumValkeyVersion: row.minValkey,
    minimumRedisVersion: row.minRedis,
    minimumMemcachedVersion: row.minMemcached,
    ipv6: row.ipv6,
    autoScaling: row.autoScaling,
    globalDatastore: row.globalDatastore,
    durability: row.durability,
    memcachedTransitEncryption: row.memcachedTls,
  };
}
