import { CfnSubnet, ISubnet } from 'aws-cdk-lib/aws-ec2';
import { CfnParameterGroup, CfnSubnetGroup, CfnUser, CfnUserGroup } from 'aws-cdk-lib/aws-elasticache';
import { CfnTopic } from 'aws-cdk-lib/aws-sns';
import { IConstruct } from 'constructs';
import { isToken } from './tokens';
import { Relations, ResourceView, UNKNOWN, Wordings } from '../checks/rule';

/** Property names that are not the L1's with a capital first letter. */
const IRREGULAR: Readonly<Record<string, string>> = { azMode: 'AZMode', multiAzEnabled: 'MultiAZEnabled' };
/** Properties whose keys are the user's own, not CloudFormation's. */
const MAPS = ['properties'];

/** Replaces every token in a value by {@link UNKNOWN}, so that rules see plain data. */
function plain(value: unknown, keyOf: (key: string) => string): unknown {
  if (isToken(value)) {
    return UNKNOWN;
  }
  if (typeof value !== 'object') {
    return value;
  }
  if (Array.isArray(value)) {
    return value.map((inner) => plain(inner, keyOf));
  }
  return value === null ? undefined : plainObject(value as Record<string, unknown>, keyOf);
}

function plainObject(value: Readonly<Record<string, unknown>>, keyOf: (key: string) => string): Record<string, unknown> {
  const result: Record<string, unknown> = {};
  for (const key of Object.keys(value)) {
    const inner = value[key];
    if (inner !== undefined && inner !== null) {
      result[keyOf(key)] = plain(inner, MAPS.includes(key) ? same : keyOf);
    }
  }
  return result;
}

/** The names that were asked for before: there are few of them, and each view has all. */
const cloudFormationKeys = new Map(Object.entries(IRREGULAR));

function cloudFormationKey(key: string): string {
  const known = cloudFormationKeys.get(key);
  if (known !== undefined) {
    return known;
  }
  const name = key[0].toUpperCase() + key.slice(1);
  cloudFormationKeys.set(key, name);
  return name;
}

function same(key: string): string {
  return key;
}

/** A view of the properties that an L1 will get, under their names in CloudFormation. */
export function viewOf(type: string, l1Props: object, wordings?: Wordings, relations?: Relations): ResourceView {
  return new ResourceView(type, plain(l1Props, cloudFormationKey) as Record<string, unknown>, wordings, relations);
}

/** The L1 of a construct of ours or of CDK's, or the construct itself when it is one; `undefined` for what is imported. */
export function l1Of<T extends IConstruct>(construct: IConstruct | undefined, isL1: (x: any) => x is T): T | undefined {
  const candidates = [construct, construct?.node.defaultChild];
  return candidates.find((candidate): candidate is T => isL1(candidate));
}

/** A view of the parameter group behind a reference; `undefined` when it is not part of this app. */
export function parameterGroupView(group: IConstruct | undefined): ResourceView[] | undefined {
  const l1 = l1Of(group, CfnParameterGroup.isCfnParameterGroup);
  const { cacheParameterGroupFamily, properties } = l1 ?? {};
  return l1 && [viewOf(CfnParameterGroup.CFN_RESOURCE_TYPE_NAME, { cacheParameterGroupFamily, properties })];
}

/** What a user group of this library tells beside its L1. */
interface KnownUserGroup {
  /** The users it has by now. */
  readonly _users?: readonly IConstruct[];
  readonly _engineName?: string;
}

/** A view of the user group behind a reference, with its users as far as they are known; `undefined` when nothing is known of it. */
export function userGroupView(group: IConstruct | undefined): ResourceView[] | undefined {
  const l1 = l1Of(group, CfnUserGroup.isCfnUserGroup);
  const { _users: users, _engineName } = (group ?? {}) as KnownUserGroup;
  const engine = l1?.engine ?? _engineName;
  return l1 || engine !== undefined ? [viewOf(CfnUserGroup.CFN_RESOURCE_TYPE_NAME, { engine }, {}, { UserIds: users?.map(userView) })] : undefined;
}

/** A view of the user behind a reference; `undefined` when nothing is known of it. */
export function userView(user: IConstruct | undefined): ResourceView | undefined {
  const l1 = l1Of(user, CfnUser.isCfnUser);
  const { authentication } = (user ?? {}) as { readonly authentication?: string };
  if (!l1 && authentication !== undefined) {
    const { userName } = user as { readonly userName?: string };
    return viewOf(CfnUser.CFN_RESOURCE_TYPE_NAME, { userName, authenticationMode: { type: authentication } });
  }
  return l1 && viewOf(CfnUser.CFN_RESOURCE_TYPE_NAME, {
    userId: l1.userId,
    userName: l1.userName,
    engine: l1.engine,
    accessString: l1.accessString,
    authenticationMode: l1.authenticationMode,
    noPasswordRequired: l1.noPasswordRequired,
  });
}

/** A view of the topic behind a reference; `undefined` when it is not part of this app. */
export function topicView(topic: IConstruct | undefined): ResourceView[] | undefined {
  // The classes of SNS are loaded for a topic alone.
  const l1 = topic && l1Of(topic, CfnTopic.isCfnTopic);
  return l1 && [viewOf(CfnTopic.CFN_RESOURCE_TYPE_NAME, { kmsMasterKeyId: l1.kmsMasterKeyId, fifoTopic: l1.fifoTopic })];
}

/** A view of the subnet group behind a reference; `undefined` when it is not part of this app. */
export function subnetGroupView(
  group: IConstruct | undefined, zones?: readonly (string | undefined)[], known?: readonly ResourceView[],
): ResourceView[] | undefined {
  const l1 = l1Of(group, CfnSubnetGroup.isCfnSubnetGroup);
  const subnets = known ?? zones?.map((availabilityZone) => viewOf('AWS::EC2::Subnet', { availabilityZone }));
  return l1 || subnets ? [viewOf(CfnSubnetGroup.CFN_RESOURCE_TYPE_NAME, { subnetIds: l1?.subnetIds ?? [] }, {}, { SubnetIds: subnets })] : undefined;
}

/** A view of a subnet: its zone, and for one of this app its IP versions. */
export function subnetView(subnet: ISubnet, availabilityZone?: string): ResourceView {
  const l1 = subnet.node.children.find(CfnSubnet.isCfnSubnet);
  return viewOf(CfnSubnet.CFN_RESOURCE_TYPE_NAME, {
    availabilityZone, cidrBlock: l1?.cidrBlock, ipv6CidrBlock: l1?.ipv6CidrBlock ?? l1?.ipv6NetmaskLength, ipv6Native: l1?.ipv6Native,
  });
}
