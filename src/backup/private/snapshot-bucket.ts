import { Stack } from 'aws-cdk-lib';
import { PolicyStatement, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { IBucket, IBucketRef } from 'aws-cdk-lib/aws-s3';
import { IConstruct, IDependable } from 'constructs';
import { attach } from '../../private/check';

/** What the service does with the bucket when it reads files, and what with the files. */
const ON_BUCKET = ['s3:ListBucket', 's3:GetBucketAcl'];
const ON_FILES = ['s3:GetObject'];

/**
 * Lets ElastiCache read files of a bucket, which must be in the Region of the cache.
 *
 * @returns what must exist before the cache, when the policy is made here
 * @see https://docs.aws.amazon.com/AmazonElastiCache/latest/dg/backups-seeding-redis.html
 */
export function letServiceRead(cache: IConstruct, bucket: IBucketRef, keys: readonly string[]): IDependable | undefined {
  const { addToResourcePolicy, encryptionKey } = bucket as Partial<IBucket>;
  const { region, urlSuffix } = Stack.of(bucket);
  const principals = [new ServicePrincipal(`${region}.elasticache-snapshot.${urlSuffix}`)];
  const { bucketArn } = bucket.bucketRef;
  const statements = [
    new PolicyStatement({ principals, actions: ON_BUCKET, resources: [bucketArn] }),
    new PolicyStatement({ principals, actions: ON_FILES, resources: keys.map((key) => `${bucketArn}/${key}`) }),
  ];
  const results = statements.map((statement) => addToResourcePolicy?.call(bucket, statement));
  if (!results.every((result) => result?.statementAdded)) {
    attach(cache, [{
      code: 'SnapshotBucketPolicyUnknown',
      message: 'restoreFrom is in a bucket that is not an s3.Bucket of this app, so its policy was not changed: ElastiCache can read the files only if the policy ' +
        `allows ${[...ON_FILES, ...ON_BUCKET].join(', ')} to the principal <region>.elasticache-snapshot.amazonaws.com`,
    }]);
  }
  if (encryptionKey) {
    attach(cache, [{
      code: 'SnapshotFileEncrypted',
      message: 'restoreFrom is in a bucket with a key of KMS, and ElastiCache reads files only without encryption or with keys of S3 (SSE-S3): upload them so',
    }]);
  }
  return results.find((result) => result?.policyDependable)?.policyDependable;
}
