/**
 * Whether clients without TLS are still let in.
 *
 * @see https://docs.aws.amazon.com/AmazonElastiCache/latest/dg/in-transit-encryption-enable.html
 */
export enum TransitEncryptionMode {
  /** Clients with and without TLS: for the time in which clients move to TLS. */
  PREFERRED = 'preferred',
  /** TLS only. */
  REQUIRED = 'required',
}
