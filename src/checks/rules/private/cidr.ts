// Ranges of addresses. Imports nothing of CDK.
import { isIPv6 } from 'net';

/** A range of IPv4 addresses. */
export interface Range {
  readonly from: number;
  readonly to: number;
  /** How many bits are the same in all of them. */
  readonly prefix: number;
}

/** A range of IPv4 addresses in CIDR notation, where a text is one; the bits behind the prefix do not matter. */
export function parseCidr(text: string): Range | undefined {
  const found = /^(\d{1,3})\.(\d{1,3})\.(\d{1,3})\.(\d{1,3})\/(\d{1,2})$/.exec(text.trim());
  const [one, two, three, four, prefix] = (found ?? []).slice(1).map(Number);
  if (!found || prefix > 32 || [one, two, three, four].some((byte) => byte > 255)) {
    return undefined;
  }
  const size = 2 ** (32 - prefix);
  const address = ((one * 256 + two) * 256 + three) * 256 + four;
  const from = Math.floor(address / size) * size;
  return { from, to: from + size - 1, prefix };
}

/** Whether a text is a range of IPv6 addresses in CIDR notation. */
export function isIpv6Cidr(text: string): boolean {
  const [address, prefix, ...rest] = text.trim().split('/');
  return rest.length === 0 && isIPv6(address) && /^\d{1,3}$/.test(prefix ?? '') && Number(prefix) <= 128;
}
