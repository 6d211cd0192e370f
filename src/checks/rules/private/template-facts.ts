// What a template says of a resource beside its properties. Imports nothing of CDK.
import { ResourceView } from '../../rule';

/** What a reader of templates says of a resource as an attribute, beside `DeletionPolicy` and its like. */
export const FACTS = {
  /** The names of all properties written, known or not. */
  written: 'Properties',
  /** The attributes of the resource that anything in the template reads, once each: `Endpoint.Address`. */
  attributesRead: 'Fn::GetAtt',
  /** The properties that are an attribute of a resource and nothing else, with that attribute: `ResourceId Ref`. */
  given: 'Given',
  /** The same with the type of that resource: `SubnetIds Ref AWS::EC2::Subnet`. */
  targets: 'Targets',
  /** The properties that are texts with parts that are not known, each part a NUL: `ClusterName \u0000-cache`. */
  patterns: 'Patterns',
  /** The same of items of lists: `SubnetIds \u0000,\u0000`. */
  itemPatterns: 'ItemPatterns',
  /** The texts with dynamic references, in properties or inside of them: `AuthToken {{resolve:secretsmanager:\u0000:SecretString:token}}`. */
  dynamic: 'Dynamic',
  /** The parameters and resources that are a property or an item of it, with what their references are: `SubnetIds item list Subnets`. */
  parameters: 'Parameters',
  /** The types of all resources of the template, once each. */
  types: 'Types',
  /** The places in the properties that are an attribute of a resource, with its type: `PolicyDocument.Statement.0.Resource Ref AWS::SNS::Topic`. */
  places: 'Places',
  /** Who the permissions of functions in the template are for; a NUL for what is not known. */
  callers: 'Callers',
} as const;

const NOTHING: readonly string[] = [];

/** A list of texts beside the properties; empty where it is not known. */
export function factsOf(resource: ResourceView, fact: (typeof FACTS)[keyof typeof FACTS]): readonly string[] {
  const value = resource.attribute(fact);
  return Array.isArray(value) && value.length > 0 ? texts(value) : NOTHING;
}

/** What a list of texts, each after the name of a property, says of one property. */
export function factsAbout(resource: ResourceView, fact: (typeof FACTS)[keyof typeof FACTS], property: string): string[] {
  return factsOf(resource, fact).filter((each) => each.startsWith(`${property} `)).map((each) => each.slice(property.length + 1));
}

/** Texts of a list that are known. */
export function texts(list: readonly unknown[] | undefined): string[] {
  return (list ?? []).filter((each): each is string => typeof each === 'string');
}

/** The VPC of a subnet or a security group: its id, or the template's name for it; `undefined` when it is not known. */
export function vpcOf(resource: ResourceView): string | undefined {
  const vpc = resource.related('VpcId')[0]?.logicalId;
  return vpc === undefined ? resource.text('VpcId') : `the VPC ${vpc} of this template`;
}

/** Whether two VPCs are certainly not the same: an id and a VPC of the template cannot be compared. */
export function areDifferentVpcs(one: string | undefined, other: string | undefined): boolean {
  const isId = (vpc: string) => /^vpc-/.test(vpc);
  return one !== undefined && other !== undefined && one !== other && isId(one) === isId(other);
}

/** Whether a text takes its value from elsewhere when it is deployed: `{{resolve:secretsmanager:…}}`. */
export function isDynamic(text: string): boolean {
  return /\{\{resolve:/.test(text);
}
