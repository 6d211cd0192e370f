import { Spots, WHOLE_FACTS } from './facts';
import { givesList } from './functions';
import { isMacroKey, Names } from './names';
import { isListParameter } from '../resolver';
import { intrinsicOf, isObject, Parameter, Template } from '../template';

/**
 * Attributes that are lists, by type: https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-template-resource-type-ref.html
 * (`Return values` of each).
 */
const LISTS: Readonly<Record<string, readonly string[]>> = {
  'AWS::ElastiCache::ReplicationGroup': ['ReadEndPoint.Addresses.List', 'ReadEndPoint.Ports.List'],
  'AWS::EC2::VPC': ['CidrBlockAssociations', 'Ipv6CidrBlocks'],
  'AWS::EC2::Subnet': ['Ipv6CidrBlocks'],
  'AWS::EC2::NetworkInterface': ['SecondaryPrivateIpAddresses'],
  'AWS::EC2::VPCEndpoint': ['DnsEntries', 'NetworkInterfaceIds'],
  'AWS::Route53::HostedZone': ['NameServers'],
};

/** What is said of outputs beside what they refer to. */
export function lookAtOutputs(template: Template, names: Names, spots: Spots): void {
  const exported = new Map<string, [name: string, condition: unknown][]>();
  for (const [name, output] of Object.entries(isObject(template.Outputs) && !('Fn::Transform' in template.Outputs) ? template.Outputs : {})) {
    if (!isObject(output) || isMacroKey(name) || Object.keys(output).some(isMacroKey)) {
      continue;
    }
    const wrong = listIn(output.Value, names);
    wrong && spots.say(['Outputs', name, 'Value'], WHOLE_FACTS.notText, wrong);
    const key = isObject(output.Export) && output.Export.Name !== undefined ? JSON.stringify(output.Export.Name) : undefined;
    if (key !== undefined) {
      const others = exported.get(key) ?? [];
      const twin = others.find(([, condition]) => condition === output.Condition || condition === undefined || output.Condition === undefined);
      twin && spots.say(['Outputs', name, 'Export'], WHOLE_FACTS.exportName, `Export must have a name of its own, got: the name of ${twin[0]}`);
      exported.set(key, [...others, [name, output.Condition]]);
    }
  }
}

/** What makes a value something else than one text, in whatever case. */
function listIn(value: unknown, names: Names): string | undefined {
  if (Array.isArray(value)) {
    return 'a list';
  }
  const [called, argument] = intrinsicOf(value) ?? [];
  if (called === undefined) {
    return isObject(value) && !Object.keys(value).some((key) => key.startsWith('Fn::')) ? 'an object' : undefined;
  }
  if (called === 'Fn::If' && Array.isArray(argument)) {
    return listIn(argument[1], names) ?? listIn(argument[2], names);
  }
  if (called === 'Ref' && typeof argument === 'string' && names.isParameter(argument)) {
    return isListParameter(names.parameters[argument] as Parameter) ? `the list ${argument}` : undefined;
  }
  if (called === 'Fn::GetAtt') {
    const [id, ...path] = typeof argument === 'string' ? argument.split('.') : Array.isArray(argument) ? argument.map(String) : [];
    const attribute = path.join('.');
    return id !== undefined && LISTS[names.typeOf(id)]?.includes(attribute) ? `the list ${id}.${attribute}` : undefined;
  }
  return givesList(value) ? `the list that ${called} gives` : undefined;
}
