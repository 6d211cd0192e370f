// The types of parameters: https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/cloudformation-supplied-parameter-types.html
// Imports nothing of CDK.

const SINGLE = [
  'AWS::EC2::AvailabilityZone::Name', 'AWS::EC2::Image::Id', 'AWS::EC2::Instance::Id', 'AWS::EC2::KeyPair::KeyName', 'AWS::EC2::SecurityGroup::GroupName',
  'AWS::EC2::SecurityGroup::Id', 'AWS::EC2::Subnet::Id', 'AWS::EC2::VPC::Id', 'AWS::EC2::Volume::Id', 'AWS::Route53::HostedZone::Id',
];
const PLAIN = ['String', 'Number', 'CommaDelimitedList', 'List<Number>', 'List<String>'];
const OF_LISTS = [...SINGLE, ...SINGLE.map((type) => `List<${type}>`)];
const KNOWN = new Set([
  ...PLAIN, ...OF_LISTS, 'AWS::SSM::Parameter::Name', ...[...PLAIN, ...OF_LISTS, 'AWS::SSM::Parameter::Name'].map((type) => `AWS::SSM::Parameter::Value<${type}>`),
]);

/** What a type is: `never` where it is none and no new one can be of that form. */
export function parameterTypeVerdict(type: string): 'known' | 'never' | 'unknown' {
  if (KNOWN.has(type)) {
    return 'known';
  }
  const [inner] = /AWS::[A-Z][A-Za-z0-9]+::[A-Z][A-Za-z0-9]+::[A-Z][A-Za-z0-9]+/.exec(type.replace(/^AWS::SSM::Parameter::Value</, '')) ?? [];
  const forms = inner === undefined ? [] : [inner, `List<${inner}>`].flatMap((each) => [each, `AWS::SSM::Parameter::Value<${each}>`]);
  const isKnownInOtherCase = [...KNOWN].some((known) => known.toLowerCase() === type.toLowerCase());
  // A service that is listed has its kinds of ids listed with it.
  return forms.includes(type) && !isKnownInOtherCase ? 'unknown' : 'never';
}
