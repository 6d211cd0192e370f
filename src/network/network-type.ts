/**
 * The IP versions in which clients reach a cache.
 *
 * @see https://docs.aws.amazon.com/AmazonElastiCache/latest/dg/network-type.html
 */
export enum NetworkType {
  /** IPv4 alone. */
  IPV4 = 'ipv4',
  /** IPv4 and IPv6, in subnets that have both. */
  DUAL_STACK = 'dual_stack',
  /** IPv6 alone, in subnets that have nothing else. */
  IPV6 = 'ipv6',
}
