import { RemovalPolicy } from 'aws-cdk-lib';
import { CfnSubnet, ISubnet, IVpc, SelectedSubnets, SubnetSelection, SubnetType } from 'aws-cdk-lib/aws-ec2';
import { ResourceView } from '../../checks/rule';
import { Inspection } from '../../private/check';
import { subnetView } from '../../private/construct-view';
import { Decisions } from '../../private/memo';

/** The subnets a cache is placed in, and what a rule may know of their zones. */
export interface CacheSubnets {
  readonly subnetIds: string[];
  /** The subnets themselves. */
  readonly subnets: readonly ISubnet[];
  /** The zone of each subnet, `undefined` for one of which only the id is known; no list while the VPC is still being looked up. */
  readonly zones?: (string | undefined)[];
}

/** The part of the props of a subnet group that a cache gives. */
interface GivenNetwork {
  readonly vpc: IVpc;
  readonly vpcSubnets?: SubnetSelection;
  readonly removalPolicy?: RemovalPolicy;
}

/** The subnets that a cache has chosen for its subnet group. */
export const CHOSEN_SUBNETS = new Decisions<GivenNetwork, CacheSubnets>();

/**
 * Chooses the subnets of a cache: private ones, else isolated ones, never public ones unless they are asked for.
 */
export function chooseSubnets(inspection: Inspection, vpc: IVpc, selection?: SubnetSelection): CacheSubnets {
  const chosen = selection ?? defaultSelection(vpc);
  if (!chosen) {
    inspection.misuse('NoPrivateSubnets',
      'vpc has neither private nor isolated subnets, and a cache is not placed in public ones unasked: add a private subnet group to the vpc, or choose with vpcSubnets');
    return { subnetIds: [], subnets: [] };
  }
  const { subnets, hasPublic, isPendingLookup } = selection ? vpc.selectSubnets(selection) : selectByDefault(vpc, chosen);
  if (subnets.length === 0 && !isPendingLookup) {
    inspection.misuse('NoSubnets', `vpcSubnets selects no subnet of the vpc, got: ${JSON.stringify(chosen)}; a cache needs at least one`);
  }
  if (hasPublic) {
    inspection.warn('PublicSubnets', 'vpcSubnets selects public subnets: a cache needs no route to the internet; choose private or isolated subnets');
  }
  const outposts = subnets.filter((subnet) => subnet.node.children.find(CfnSubnet.isCfnSubnet)?.outpostArn !== undefined);
  if (outposts.length > 0) {
    inspection.misuse('OutpostsNotSupported', `vpcSubnets must be subnets of a Region, got subnets on an Outpost: ${outposts.map(({ node }) => node.path).join(', ')}; ` +
      'this library makes no caches on Outposts, choose other subnets of the vpc');
  }
  const zones = isPendingLookup ? undefined : subnets.map((subnet) => zoneOf(subnet));
  return { subnetIds: subnets.map((subnet) => subnet.subnetId), subnets, zones };
}

/** What rules see of chosen subnets; `undefined` while the VPC is still being looked up. */
export function viewsOfSubnets({ subnets, zones }: CacheSubnets): ResourceView[] | undefined {
  return zones && subnets.map((subnet, index) => subnetView(subnet, zones[index]));
}

/** What a VPC selected unasked, and of which subnets. */
interface Selected {
  readonly privateSubnets: readonly ISubnet[];
  readonly isolatedSubnets: readonly ISubnet[];
  readonly selected: SelectedSubnets;
}

const selectedByDefault = new WeakMap<IVpc, Selected>();

/** Caches share a VPC: it is asked again only when it has other subnets. */
function selectByDefault(vpc: IVpc, selection: SubnetSelection): SelectedSubnets {
  const { privateSubnets, isolatedSubnets } = vpc;
  const last = selectedByDefault.get(vpc);
  if (last && areSame(last.privateSubnets, privateSubnets) && areSame(last.isolatedSubnets, isolatedSubnets)) {
    return last.selected;
  }
  const selected = vpc.selectSubnets(selection);
  selectedByDefault.set(vpc, { privateSubnets: [...privateSubnets], isolatedSubnets: [...isolatedSubnets], selected });
  return selected;
}

function areSame(some: readonly ISubnet[], others: readonly ISubnet[]): boolean {
  return some.length === others.length && some.every((subnet, index) => subnet === others[index]);
}

function defaultSelection(vpc: IVpc): SubnetSelection | undefined {
  if (vpc.privateSubnets.length > 0) {
    return { subnetType: SubnetType.PRIVATE_WITH_EGRESS };
  }
  return vpc.isolatedSubnets.length > 0 ? { subnetType: SubnetType.PRIVATE_ISOLATED } : undefined;
}

function zoneOf(subnet: ISubnet): string | undefined {
  try {
    return subnet.availabilityZone;
  } catch {
    // CDK throws for a subnet that was imported by its id alone.
    return undefined;
  }
}
