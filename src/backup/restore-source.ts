import { ArnFormat, Stack, Token } from 'aws-cdk-lib';
import { IBucketRef } from 'aws-cdk-lib/aws-s3';
import { IConstruct } from 'constructs';

/**
 * What a new cache is filled with.
 *
 * @see https://docs.aws.amazon.com/AmazonElastiCache/latest/dg/backups-restoring.html
 */
export class RestoreSource {
  /**
   * A snapshot in the account and Region of the cache.
   *
   * @param snapshot its ARN, or its name when it is a snapshot of a serverless cache
   */
  public static snapshot(snapshot: string): RestoreSource {
    return new RestoreSource((scope) => [Token.isUnresolved(snapshot) || snapshot.includes(':') ? snapshot : Stack.of(scope).formatArn({
      service: 'elasticache', resource: 'serverlesscachesnapshot', resourceName: snapshot, arnFormat: ArnFormat.COLON_RESOURCE_NAME,
    })]);
  }

  /**
   * Files in the format of Valkey and Redis OSS (RDB), in a bucket in the Region of the cache. ElastiCache must be allowed to read them:
   * `s3:GetObject`, `s3:ListBucket` and `s3:GetBucketAcl` for the principal `<region>.elasticache-snapshot.amazonaws.com`.
   *
   * @param bucket the bucket
   * @param keys the names of the files, without commas
   */
  public static rdbFile(bucket: IBucketRef, ...keys: string[]): RestoreSource {
    return new RestoreSource(() => keys.map((key) => `${bucket.bucketRef.bucketArn}/${key}`));
  }

  private constructor(private readonly arns: (scope: IConstruct) => string[]) {}

  /**
   * The ARNs of the snapshot or of the files.
   *
   * @internal
   */
  public _arns(scope: IConstruct): string[] {
    return this.arns(scope);
  }
}
