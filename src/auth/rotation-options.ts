import { Duration } from 'aws-cdk-lib';
import { ISecurityGroup, IVpc, SubnetSelection } from 'aws-cdk-lib/aws-ec2';
import { ICacheCluster } from '../cache/cache-cluster-ref';

/** When a password is replaced by a new one, and from where. */
export interface RotationOptions {
  /**
   * The time between two rotations: 4 hours to 1000 days, whole hours. For as long, the password before the current one stays valid as well.
   *
   * @default Duration.days(30)
   */
  readonly automaticallyAfter?: Duration;

  /**
   * Whether a rotation begins with every deployment that changes the schedule, its first one included. A user or cache that is being rotated
   * refuses other changes, so that a deployment that goes on at the same time may fail.
   *
   * @default false
   */
  readonly rotateImmediately?: boolean;

  /**
   * The cache at which a new password is tried before it becomes the current one. Needs `vpc`.
   *
   * @default - for an AUTH token the cache that has it; for a user none: what ElastiCache says about the user is trusted
   */
  readonly cache?: ICacheCluster;

  /**
   * The VPC of the function that rotates: the cache's.
   *
   * @default - for an AUTH token the VPC of its cache; for a user the function runs outside of any VPC
   */
  readonly vpc?: IVpc;

  /**
   * The subnets of the function. It calls Secrets Manager and ElastiCache: subnets without a route out need interface endpoints for both.
   *
   * @default - the private subnets, else the isolated ones
   */
  readonly vpcSubnets?: SubnetSelection;

  /**
   * The security groups of the function.
   *
   * @default - a new one that lets nobody in, and the function out to HTTPS and the cache
   */
  readonly securityGroups?: ISecurityGroup[];
}
