import { CfnSubnet, ISubnet, IVpc, SubnetSelection, SubnetType } from 'aws-cdk-lib/aws-ec2';
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

/** What was chosen for caches that judged all they are made of. */
const CHOSEN = new Decisions<object, CacheSubnets>();

/** The props of a part, with the subnets that its cache has chosen by them, if it has. */
export function withSubnets<Props extends object>(props: Props, subnets: CacheSubnets | undefined): Props {
  return subnets ? CHOSEN.remember(props, subnets) as Props : props;
}

/** The subnets that a cache has chosen by the props of its part. */
export function chosenSubnets(props: object): CacheSubnets | undefined {
  return CHOSEN.of(props);
}

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
  const { subnets, hasPublic, isPendingLookup } = vpc.selectSubnets(chosen);
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
