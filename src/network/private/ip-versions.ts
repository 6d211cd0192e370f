// Imports nothing of CDK.
import { ResourceView } from '../../checks/rule';

/** Where the addresses of a subnet may come from, besides its own properties. */
const BESIDE = 'AWS::EC2::SubnetCidrBlock';

/** Whether a subnet certainly lacks what a network type needs: IPv4 and IPv6 for `dual_stack`, IPv6 alone for `ipv6`. */
export function isUnfitFor(networkType: string, subnet: ResourceView): boolean {
  if (!subnet.isPresent('CidrBlock')) {
    return false;
  }
  const hasOther = ['Ipv6CidrBlock', 'Ipv6NetmaskLength', 'Ipv6IpamPoolId'].some((property) => !subnet.isAbsent(property))
    || subnet.referrers('SubnetId').some(({ type }) => type === BESIDE);
  return networkType === 'ipv6' ? subnet.isNotTrue('Ipv6Native') : !hasOther;
}

/** What a network type needs and the subnets of a cache lack, in words that follow its value; `undefined` where nothing is certain. */
export function unfitSubnets(cache: ResourceView, subnets: readonly ResourceView[], property: string): string | undefined {
  const type = cache.text('NetworkType');
  return (type === 'ipv6' || type === 'dual_stack') && subnets.some((subnet) => isUnfitFor(type, subnet))
    ? `${cache.given('NetworkType')} needs subnets that have ${type === 'ipv6' ? 'IPv6 alone' : 'IPv4 and IPv6'}, ` +
      `got for ${cache.name(property)}: subnets ${type === 'ipv6' ? 'that have IPv4' : 'without IPv6'}` : undefined;
}
