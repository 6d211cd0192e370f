/**
 * Whether writes survive the loss of all nodes. Valkey 9.0 and newer in cluster mode.
 *
 * @see https://docs.aws.amazon.com/AmazonElastiCache/latest/dg/durability.html
 */
export enum Durability {
  /** The service decides by engine, mode and other settings. */
  DEFAULT = 'default',
  /** A write is answered when it is in the log of several zones: nothing that was answered is lost. */
  SYNC = 'sync',
  /** A write is answered before it is in the log: the last ten seconds can be lost. */
  ASYNC = 'async',
  /** Data lives in memory alone. */
  DISABLED = 'disabled',
}
