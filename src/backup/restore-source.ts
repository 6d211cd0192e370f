import { ArnFormat, Stack, Token } from 'aws-cdk-lib';
import { IBucketRef } from 'aws-cdk-lib/aws-s3';
import { IConstruct, IDependable } from 'constructs';
import { letServiceRead } from './private/snapshot-bucket';
import { fail } from '../private/errors';

/** What a source is. */
interface Source {
  /** The name or the ARN of a snapshot. */
  readonly snapshot?: string;
  readonly bucket?: IBucketRef;
  readonly keys?: readonly string[];
}

/**
 * What a new cache is filled with.
 *
 * @see https://docs.aws.amazon.com/AmazonElastiCache/latest/dg/backups-restoring.html
 *
 * @example
 * new ReplicationGroup(this, 'Orders', { vpc, restoreFrom: RestoreSource.snapshot('orders-2026-01-31') });
 * new ReplicationGroup(this, 'Imported', { vpc, restoreFrom: RestoreSource.rdbFile(bucket, 'dump.rdb') });
 */
export class RestoreSource {
  /**
   * A snapshot in the account and Region of the cache.
   *
   * @param snapshot its name or its ARN. A name is that of a snapshot of the same kind of cache: on nodes or serverless.
   */
  public static snapshot(snapshot: string): RestoreSource {
    return new RestoreSource({ snapshot });
  }

  /**
   * Files in the format of Valkey and Redis OSS (RDB), in a bucket in the Region of the cache, without encryption or with keys of S3 (SSE-S3).
   *
   * ElastiCache must be allowed to read them: `s3:GetObject`, `s3:ListBucket` and `s3:GetBucketAcl` for the principal
   * `<region>.elasticache-snapshot.amazonaws.com`. A bucket of this app gets this policy; for any other a warning says that it is up to you.
   *
   * @see https://docs.aws.amazon.com/AmazonElastiCache/latest/dg/backups-seeding-redis.html
   * @param bucket the bucket
   * @param keys the names of the files, without commas
   * @throws SnapshotFileInvalid when there is no name, or one with a comma
   */
  public static rdbFile(bucket: IBucketRef, ...keys: string[]): RestoreSource {
    const odd = keys.find((key) => !Token.isUnresolved(key) && key.includes(','));
    if (keys.length === 0 || odd !== undefined) {
      fail(undefined, 'SnapshotFileInvalid', `keys must name at least one file, without commas, got: ${odd === undefined ? 'none' : JSON.stringify(odd)}`);
    }
    return new RestoreSource({ bucket, keys });
  }

  private constructor(private readonly source: Source) {}

  /**
   * The ARNs of the snapshot or of the files, as a serverless cache takes them.
   *
   * @internal
   */
  public _arns(scope: IConstruct): string[] {
    const { snapshot } = this.source;
    if (snapshot === undefined) {
      return this.fileArns();
    }
    return [Token.isUnresolved(snapshot) || snapshot.includes(':') ? snapshot : Stack.of(scope).formatArn({
      service: 'elasticache', resource: 'serverlesscachesnapshot', resourceName: snapshot, arnFormat: ArnFormat.COLON_RESOURCE_NAME,
    })];
  }

  /**
   * The snapshot by its name, or the files by their ARNs, as a replication group takes them.
   *
   * @internal
   */
  public get _properties(): { readonly snapshotName?: string; readonly snapshotArns?: string[] } {
    const { snapshot } = this.source;
    if (snapshot === undefined) {
      return { snapshotArns: this.fileArns() };
    }
    return { snapshotName: Token.isUnresolved(snapshot) ? snapshot : snapshot.split(':').pop() };
  }

  /**
   * Lets the service read the files.
   *
   * @internal
   * @returns what must exist before the cache
   */
  public _letServiceRead(cache: IConstruct): IDependable | undefined {
    const { bucket, keys = [] } = this.source;
    return bucket && letServiceRead(cache, bucket, keys);
  }

  private fileArns(): string[] {
    const { bucket, keys = [] } = this.source;
    return keys.map((key) => `${bucket!.bucketRef.bucketArn}/${key}`);
  }
}
