/**
 * From where a serverless cache is reached.
 *
 * @see https://docs.aws.amazon.com/AmazonElastiCache/latest/dg/serverless-public-endpoints-chapter.html
 */
export enum ConnectionType {
  /** From a VPC, through an endpoint in its subnets. */
  VPC = 'vpc',
  /** From the internet, with TLS 1.3 and IAM. The cache is in no VPC, and no security group guards it. */
  PUBLIC = 'public',
}
