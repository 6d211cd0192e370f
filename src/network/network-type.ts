/**
 * The IP versions that a cache can be reached with. All but `IPV4` need subnets with IPv6 addresses and Nitro nodes.
 *
 * @see https://docs.aws.amazon.com/AmazonElastiCache/latest/dg/network-type.html
 */
export enum NetworkType {
  /** IPv4 alone. */
  IPV4 = 'ipv4',
  /** IPv4 and IPv6. */
  DUAL_STACK = 'dual_stack',
  /** IPv6 alone. */
  IPV6 = 'ipv6',
}

/**
 * The IP version of the addresses that a cache gives to clients that ask it for its nodes.
 *
 * @see https://docs.aws.amazon.com/AmazonElastiCache/latest/dg/network-type.html
 */
export enum IpDiscovery {
  /** IPv4 addresses. */
  IPV4 = 'ipv4',
  /** IPv6 addresses. */
  IPV6 = 'ipv6',
}
