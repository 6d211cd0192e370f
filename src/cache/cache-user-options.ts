import { Duration, SecretValue } from 'aws-cdk-lib';
import { IKeyRef } from 'aws-cdk-lib/aws-kms';
import { AccessString } from '../access/access-string';

/** A further user of a cache that logs in with IAM. Its name is its id. */
export interface AddIamUserOptions {
  /**
   * What the user may do.
   *
   * @default AccessString.readWrite()
   */
  readonly accessString?: AccessString;

  /**
   * The id of the user in the account and Region: lower-case letters, digits and single hyphens, a letter first, at most 40 characters.
   *
   * An id that is fixed here exists once per account and Region: a second copy of the stack cannot be deployed beside the first.
   *
   * @default - made from the path of the construct, the names of its stacks, the engine and, for a user with a password, its name
   */
  readonly userId?: string;
}

/** A further user of a cache that logs in with a password. */
export interface AddUserOptions extends AddIamUserOptions {
  /**
   * The name with which the user logs in.
   *
   * @default - the id of the construct, in lower case
   */
  readonly userName?: string;

  /**
   * One or two passwords of 16 to 128 characters, from Secrets Manager or another place that keeps them out of the template.
   *
   * @default - a password of 64 letters and digits is generated into a new secret
   */
  readonly passwords?: SecretValue[];

  /**
   * The key that the new secret is encrypted with. Its policy must let IAM policies of the account grant its use, as CDK's default policy does.
   *
   * @default - the key of the cache if it has one, else the key of Secrets Manager, which AWS manages
   */
  readonly encryptionKey?: IKeyRef;

  /**
   * Replaces the password by a new one whenever this time has passed: 4 hours to 1000 days, whole hours. The function that does it runs in the VPC of
   * the cache, tries the new password there, and with an `alarmTopic` of the cache its failures are told there. `user.addRotation()` has more to choose.
   *
   * An error for passwords that were not generated here.
   *
   * @default - the password stays
   */
  readonly rotationInterval?: Duration;
}
