// What CloudFormation refuses of templates as a whole, on both sides of each border.
import { OUTPUTS } from './cases/whole';
import { RULES_BY_TYPE } from '../../src/checks/rules';
import { evaluateTemplate } from '../../src/checks/template/evaluate-template';
import { Template } from '../../src/checks/template/template';

const SUBNETS = { Type: 'AWS::ElastiCache::SubnetGroup', Properties: { Description: 'Subnets', SubnetIds: ['subnet-1', 'subnet-2'] } };
const ref = (id: string) => ({ Ref: id });
const get = (id: string, attribute: string) => ({ 'Fn::GetAtt': [id, attribute] });
const bucket = (BucketName: unknown, rest = {}) => ({ Type: 'AWS::S3::Bucket', Properties: { BucketName }, ...rest });
const STAGE = { Stage: { Type: 'String', Default: 'test', AllowedValues: ['test', 'live'] } };
const IS_LIVE = { IsLive: { 'Fn::Equals': [ref('Stage'), 'live'] } };
const CHOICE = { Parameters: STAGE, Conditions: IS_LIVE };

/** What is said of a template with a subnet group, by codes and places. */
function found(template: Record<string, unknown>): string[] {
  const whole = JSON.parse(JSON.stringify({ ...template, Resources: { Subnets: SUBNETS, ...template.Resources as object } })) as Template;
  return evaluateTemplate(RULES_BY_TYPE, whole, { region: 'eu-west-1' }).filter(({ place }) => place !== undefined)
    .map(({ rule, place, severity, when }) => `${severity} ${rule.code} ${place!.join('/')}${when === undefined ? '' : ` when ${when}`}`);
}

const files = (BucketName: unknown, rest = {}) => found({ ...rest, Resources: { Files: bucket(BucketName) } });
const shown = (output: unknown, rest: Record<string, unknown> = {}) => found({ ...rest, Outputs: { Shown: output } });
const NAME = 'Resources/Files/Properties/BucketName';
const UNRESOLVED = `error ReferenceUnresolved ${NAME}`;
const MALFORMED = `error FunctionMalformed ${NAME}`;

describe('names', () => {
  test.each<[string, unknown, boolean]>([
    ['a resource', ref('Subnets'), true],
    ['nothing', ref('Nothing'), false],
    ['a pseudo parameter', ref('AWS::Partition'), true],
    ['a pseudo parameter of tomorrow', ref('AWS::OrganizationId'), true],
    ['a pseudo parameter in other case', ref('AWS::AccountID'), false],
    ['an attribute of nothing', get('Nothing', 'Arn'), false],
    ['an attribute of a parameter', get('Stage', 'Arn'), false],
    ['a variable', { 'Fn::Sub': '${Stage}-${Subnets}-${AWS::Region}' }, true],
    ['a variable that is nothing', { 'Fn::Sub': '${Stage}-${Other}' }, false],
    ['a variable of its own', { 'Fn::Sub': ['${Other}', { Other: 'x' }] }, true],
    ['a variable of its own that is nothing', { 'Fn::Sub': ['${Other}', { Other: ref('Nothing') }] }, false],
    ['a literal', { 'Fn::Sub': '${!Other}' }, true],
    ['a branch that is not taken', { 'Fn::If': ['IsLive', ref('Nothing'), 'x'] }, false],
    ['a condition that is nothing', { 'Fn::If': ['IsTest', 'x', 'y'] }, false],
    ['a mapping that is nothing', { 'Fn::FindInMap': ['Sizes', 'live', 'Name'] }, false],
  ])('%s', (_, value, isThere) => expect(files(value, CHOICE)).toEqual(isThere ? [] : [UNRESOLVED]));

  test('depend on a macro, a loop or a module', () => {
    expect(files(ref('SubnetsRole'))).toEqual([UNRESOLVED]);
    expect(files(ref('SubnetsRole'), { Transform: 'AWS::Serverless-2016-10-31' })).toEqual([]);
    expect(found({ Transform: 'AWS::LanguageExtensions', Resources: { 'Fn::ForEach::Files': ['Name', ['a'], {}], 'Copy': bucket(ref('FileA')) } })).toEqual([]);
    expect(found({ Resources: { Network: { Type: 'My::Own::Network::MODULE' }, Files: bucket(ref('NetworkVpc')) } })).toEqual([]);
    expect(found({ Modules: {}, Resources: { Files: bucket(ref('NetworkVpc')) } })).toEqual([]);
    expect(files({ 'Fn::Transform': { Name: 'AWS::Include' }, 'Ref': 'Nothing' })).toEqual([]);
  });

  test('of DependsOn are those of resources, and of conditions those of parameters', () => {
    const depends = (DependsOn: unknown) => found({ Parameters: STAGE, Resources: { Files: bucket('x', { DependsOn }) } });
    expect([depends('Subnets'), depends(['Subnets']), depends('Stage'), depends(['Nothing'])])
      .toEqual([[], [], ['error ReferenceUnresolved Resources/Files/DependsOn'], ['error ReferenceUnresolved Resources/Files/DependsOn']]);
    expect(found({ Conditions: { IsLive: { 'Fn::Equals': [ref('Stage'), 'live'] } } })).toEqual(['error ReferenceUnresolved Conditions/IsLive']);
    expect(found({ Conditions: { IsLive: { 'Fn::Not': [{ Condition: 'IsTest' }] } } })).toEqual(['error ReferenceUnresolved Conditions/IsLive']);
    expect(found({ Conditions: { IsLive: { 'Fn::Equals': [get('Subnets', 'Arn'), 'live'] } } })).toEqual(['error ConditionReadsResource Conditions/IsLive']);
    expect(shown({ Value: 'x', Condition: 'IsTest' }, CHOICE)).toEqual(['error ReferenceUnresolved Outputs/Shown/Condition']);
  });

  test('of keys are judged where they are looked up in any case', () => {
    const Mappings = { Sizes: { test: { Name: 'small' } } };
    const look = (key: unknown) => ({ 'Fn::FindInMap': ['Sizes', key, 'Name'] });
    expect(files(look('live'), { Mappings })).toEqual([UNRESOLVED]);
    expect(files(look(ref('Stage')), { ...CHOICE, Mappings })).toEqual([`warning ReferenceUnresolved ${NAME} when Stage = "live"`]);
    expect(files(look(ref('Stage')), { Parameters: { Stage: { ...STAGE.Stage, Default: 'live' } }, Mappings })).toEqual([UNRESOLVED]);
    expect(files({ 'Fn::If': ['IsLive', look('live'), 'x'] }, { ...CHOICE, Mappings })).toEqual([]);
    expect(files(look('live'), { Mappings, Transform: 'AWS::LanguageExtensions' })).toEqual([UNRESOLVED]);
  });
});

describe('what a condition leaves out', () => {
  const Files = bucket('x', { Condition: 'IsLive' });
  const read = (Shown: unknown, conditions: object = IS_LIVE, stage = 'test') => found({
    Parameters: { Stage: { ...STAGE.Stage, Default: stage } }, Conditions: { ...IS_LIVE, ...conditions }, Resources: { Files }, Outputs: { Shown },
  });

  test.each<[string, unknown, object, string[]]>([
    ['is read in any case', { Value: ref('Files') }, {}, ['error ReferenceUnresolved Outputs/Shown/Value']],
    ['is read under its condition', { Value: ref('Files'), Condition: 'IsLive' }, {}, []],
    ['is read in its branch', { Value: { 'Fn::If': ['IsLive', ref('Files'), 'none'] } }, {}, []],
    ['is read in the other branch', { Value: { 'Fn::If': ['IsLive', 'none', ref('Files')] } }, {}, ['error ReferenceUnresolved Outputs/Shown/Value']],
    ['is read under another that implies it', { Value: ref('Files'), Condition: 'IsHere' }, { IsHere: { 'Fn::And': [{ Condition: 'IsLive' }, { 'Fn::Equals': ['a', 'a'] }] } }, []],
    ['is read under another', { Value: ref('Files'), Condition: 'IsTest' }, { IsTest: { 'Fn::Not': [{ Condition: 'IsLive' }] } }, ['error ReferenceUnresolved Outputs/Shown/Value']],
  ])('%s', (_, output, conditions, expected) => expect(read(output, conditions)).toEqual(expected));

  test('by a choice alone is a warning, and an error where it is about a cache', () => {
    expect(read({ Value: ref('Files') }, {}, 'live')).toEqual(['warning ReferenceUnresolved Outputs/Shown/Value when Stage = "test"']);
    const Cache = { ...SUBNETS, Condition: 'IsLive' };
    expect(found({ Parameters: { Stage: { ...STAGE.Stage, Default: 'live' } }, Conditions: IS_LIVE, Resources: { Cache }, Outputs: { Shown: { Value: ref('Cache') } } }))
      .toEqual(['error ReferenceUnresolved Outputs/Shown/Value when Stage = "test"']);
  });

  test('may be waited for', () => {
    expect(found({ ...CHOICE, Resources: { Files, Copy: bucket('y', { DependsOn: 'Files' }) } })).toEqual([]);
  });
});

describe('circles', () => {
  const three = (last: object) => ({ One: bucket(ref('Two')), Two: bucket(ref('Three')), Three: bucket('x', last) });

  test('are said once, on the cache where there is one', () => {
    expect(found({ Resources: three({ DependsOn: 'One' }) })).toEqual(['error ReferencesCircular Resources/One']);
    const Cache = { ...SUBNETS, DependsOn: 'One' };
    expect(found({ Resources: { ...three({ DependsOn: 'Cache' }), Cache } })).toEqual(['error ReferencesCircular Resources/Cache']);
    expect(found({ Resources: { Own: bucket(ref('Own')) } })).toEqual(['error ReferencesCircular Resources/Own']);
  });

  test('are none where a condition may cut them, or SAM takes a resource apart', () => {
    expect(found({ Resources: three({}) })).toEqual([]);
    expect(found({ ...CHOICE, Resources: { One: bucket({ 'Fn::If': ['IsLive', ref('Two'), 'x'] }), Two: bucket(ref('One')) } })).toEqual([]);
    const sam = { Type: 'AWS::Serverless::Function', Properties: { Role: get('Two', 'Arn') } };
    expect(found({ Transform: 'AWS::Serverless-2016-10-31', Resources: { One: sam, Two: bucket(ref('One')) } })).toEqual([]);
  });
});

describe('functions', () => {
  test.each<[string, unknown, boolean]>([
    ['If of two', { 'Fn::If': ['IsLive', 'x'] }, false],
    ['Join of a function', { 'Fn::Join': [',', get('Subnets', 'Ids')] }, true],
    ['Join of a text', { 'Fn::Join': [',', { 'Fn::Sub': 'a' }] }, false],
    ['Join with a function between', { 'Fn::Join': [ref('AWS::Region'), ['a']] }, false],
    ['Select of the last', { 'Fn::Select': [1, ['a', 'b']] }, true],
    ['Select beyond', { 'Fn::Select': ['2', ['a', 'b']] }, false],
    ['Select beyond in a branch', { 'Fn::If': ['IsLive', { 'Fn::Select': [2, ['a']] }, 'x'] }, true],
    ['Select by a parameter', { 'Fn::Select': [ref('Stage'), ['a']] }, true],
    ['Select by a parameter that is beyond', { 'Fn::Select': [ref('Index'), ['a', 'b']] }, false],
    ['Select by a word', { 'Fn::Select': ['one', ['a']] }, false],
    ['Split of a list', { 'Fn::Split': [',', ['a']] }, false],
    ['Sub with variables', { 'Fn::Sub': ['a', {}] }, true],
    ['Sub with a list', { 'Fn::Sub': ['a', ['b']] }, false],
    ['Sub of a macro', { 'Fn::Sub': { 'Fn::Transform': { Name: 'Text' } } }, true],
    ['GetAtt of one part', { 'Fn::GetAtt': ['Subnets'] }, false],
    ['GetAtt of a text', { 'Fn::GetAtt': 'Subnets.Name.First' }, true],
    ['GetAtt of a name', { 'Fn::GetAtt': 'Subnets' }, false],
    ['Ref of a list', { Ref: ['Subnets'] }, false],
    ['GetAZs of the own region', { 'Fn::Select': [0, { 'Fn::GetAZs': '' }] }, true],
    ['GetAZs of nothing', { 'Fn::Select': [0, { 'Fn::GetAZs': null }] }, true],
    ['Cidr', { 'Fn::Select': [0, { 'Fn::Cidr': ['10.0.0.0/16', 2, 8] }] }, true],
    ['ImportValue', { 'Fn::ImportValue': { 'Fn::Sub': '${Stage}-x' } }, true],
    ['ImportValue of a resource', { 'Fn::ImportValue': ref('Subnets') }, false],
    ['a function of another account', { 'Fn::GetStackOutput': { StackName: 'a', OutputName: 'b' } }, true],
  ])('%s', (_, value, isRight) => {
    const Parameters = { ...STAGE, Index: { Type: 'Number', Default: 2 } };
    expect(files(value, { ...CHOICE, Parameters })).toEqual(isRight ? [] : [MALFORMED]);
  });

  test.each<[string, unknown, boolean]>([
    ['Equals of two', { 'Fn::Equals': ['a', ref('Stage')] }, true],
    ['Equals of one', { 'Fn::Equals': ['a'] }, false],
    ['And of two', { 'Fn::And': [{ Condition: 'IsLive' }, { Condition: 'IsLive' }] }, true],
    ['And of one', { 'Fn::And': [{ Condition: 'IsLive' }] }, false],
    ['Or of ten', { 'Fn::Or': Array(10).fill({ Condition: 'IsLive' }) }, true],
    ['Or of eleven', { 'Fn::Or': Array(11).fill({ Condition: 'IsLive' }) }, false],
    ['Not of one', { 'Fn::Not': [{ Condition: 'IsLive' }] }, true],
    ['Not of a name', { 'Fn::Not': ['IsLive'] }, false],
  ])('%s', (_, Thing, isRight) => {
    expect(found({ Parameters: STAGE, Conditions: { ...IS_LIVE, Thing } })).toEqual(isRight ? [] : ['error FunctionMalformed Conditions/Thing']);
  });

  test('that need a macro, and that nobody knows', () => {
    expect(files({ 'Fn::ToJsonString': { a: 1 } })).toEqual([`error FunctionMisspelt ${NAME}`]);
    expect(files({ 'Fn::ToJsonString': { a: 1 } }, { Transform: 'AWS::LanguageExtensions' })).toEqual([]);
    expect(files({ 'Fn::GetAz': '' })).toEqual([`error FunctionMisspelt ${NAME}`]);
    expect(files({ 'Fn::Upper': 'x' })).toEqual([`warning FunctionUnknown ${NAME}`]);
  });

  test('are not judged with a macro beside', () => {
    expect(files({ 'Fn::FindInMap': ['A', 'b', 'c', { DefaultValue: 'x' }] }, { Transform: 'AWS::LanguageExtensions' })).toEqual([]);
    expect(files({ Ref: { 'Fn::Sub': 'Subnets' } }, { Transform: 'AWS::LanguageExtensions' })).toEqual([]);
  });
});

describe('outputs', () => {
  const NOT_TEXT = ['error OutputNotText Outputs/Shown/Value'];
  const GROUP = {
    Type: 'AWS::ElastiCache::ReplicationGroup', Properties: { ReplicationGroupDescription: 'x', AuthToken: ref('Token') },
  };
  const TOKEN = { Parameters: { Token: { Type: 'String', NoEcho: true }, Ids: { Type: 'CommaDelimitedList' } }, Resources: { Group: GROUP } };

  test.each<[string, unknown, string[]]>([
    ['a list', ['a'], NOT_TEXT],
    ['an object', { a: 1 }, NOT_TEXT],
    ['a list of addresses', get('Group', 'ReadEndPoint.Addresses.List'), NOT_TEXT],
    ['addresses with commas', get('Group', 'ReadEndPoint.Addresses'), []],
    ['a list of a parameter', ref('Ids'), NOT_TEXT],
    ['a list of a parameter, joined', { 'Fn::Join': [',', ref('Ids')] }, []],
    ['zones', { 'Fn::GetAZs': '' }, NOT_TEXT],
    ['a number', 5, []],
    ['the token', ref('Token'), ['error SecretInOutput Outputs/Shown/Value']],
    ['a part with the token', { 'Fn::Join': ['', ['rediss://:', ref('Token'), '@x']] }, ['error SecretInOutput Outputs/Shown/Value']],
    ['a secret by reference', '{{resolve:secretsmanager:token}}', ['error SecretInOutput Outputs/Shown/Value']],
    ['a reference to a parameter that is none', '{{resolve:ssm:/host}}', []],
    ['the endpoint', get('Group', 'PrimaryEndPoint.Address'), []],
  ])('%s', (_, Value, expected) => expect(shown({ Value }, TOKEN)).toEqual(expected));

  test('a parameter that is a part of a token is no secret unless it is hidden', () => {
    const AuthToken = { 'Fn::Sub': '${Stage}-${Token}' };
    const Resources = { Group: { ...GROUP, Properties: { ...GROUP.Properties, AuthToken } } };
    const Parameters = { ...TOKEN.Parameters, Stage: { Type: 'String' } };
    expect(shown({ Value: ref('Stage') }, { Parameters, Resources })).toEqual([]);
    expect(shown({ Value: ref('Token') }, { Parameters, Resources })).toEqual(['error SecretInOutput Outputs/Shown/Value']);
    const named = { Group: { ...GROUP, Properties: { ...GROUP.Properties, AuthToken: { 'Fn::Sub': '{{resolve:secretsmanager:${Stage}}}' } } } };
    expect(shown({ Value: ref('Stage') }, { Parameters, Resources: named })).toEqual([]);
  });

  test('exports have names of their own', () => {
    const two = (one: object, other: object) => found({ ...CHOICE, Outputs: { One: { Value: 'x', Export: { Name: 'n' }, ...one }, Two: { Value: 'y', Export: { Name: 'n' }, ...other } } });
    expect(two({}, {})).toEqual(['error ExportNameInvalid Outputs/Two/Export']);
    expect(two({}, { Export: { Name: 'm' } })).toEqual([]);
    const Conditions = { ...IS_LIVE, IsTest: { 'Fn::Not': [{ Condition: 'IsLive' }] } };
    const shownIf = (Condition: string) => ({ Value: 'x', Export: { Name: 'n' }, Condition });
    expect(found({ Parameters: STAGE, Conditions, Outputs: { One: shownIf('IsLive'), Two: shownIf('IsTest') } })).toEqual([]);
  });

  test('are 200 at most', () => {
    expect(found({ Outputs: OUTPUTS.most })).toEqual([]);
    expect(found({ Outputs: OUTPUTS.tooMany })).toEqual(['error TemplateTooLarge Outputs']);
  });
});

describe('parameters', () => {
  test.each<[string, object, boolean]>([
    ['allowed', { AllowedValues: ['a', 'b'], Default: 'b' }, true],
    ['not allowed', { AllowedValues: ['a', 'b'], Default: 'c' }, false],
    ['a number that is allowed as a text', { AllowedValues: ['1', '2'], Default: 1 }, true],
    ['empty and not allowed', { AllowedValues: ['a'], Default: '' }, false],
    ['matched as a whole', { AllowedPattern: '[a-z]+', Default: 'abc' }, true],
    ['matched in a part', { AllowedPattern: '[a-z]+', Default: 'abc1' }, false],
    ['empty and not matched', { AllowedPattern: '[a-z]+', MinLength: 1, Default: '' }, true],
    ['a pattern of Java', { AllowedPattern: '\\p{Lower}+', Default: 'ABC' }, true],
    ['long enough', { MinLength: 3, MaxLength: '3', Default: 'abc' }, true],
    ['too short', { MinLength: '4', Default: 'abc' }, false],
    ['too long', { MaxLength: 2, Default: 'abc' }, false],
    ['a number', { Type: 'Number', MinValue: 1, MaxValue: 5, Default: '5' }, true],
    ['a number that is too large', { Type: 'Number', MaxValue: 5, Default: '6' }, false],
    ['a number that is too small', { Type: 'Number', MinValue: '1', Default: 0.5 }, false],
    ['no number', { Type: 'Number', Default: 'many' }, false],
    ['a list that is allowed', { Type: 'CommaDelimitedList', AllowedValues: ['a', 'b'], Default: 'a, b' }, true],
    ['a list that is not', { Type: 'CommaDelimitedList', AllowedValues: ['a', 'b'], Default: 'a,c' }, false],
    ['what Systems Manager holds', { Type: 'AWS::SSM::Parameter::Value<String>', AllowedPattern: 'x', Default: '/name' }, true],
    ['a list as such', { Type: 'CommaDelimitedList', Default: ['a'] }, false],
  ])('a default that is %s', (_, rest, isRight) => {
    expect(found({ Parameters: { Thing: { Type: 'String', ...rest } } })).toEqual(isRight ? [] : ['error ParameterDefaultInvalid Parameters/Thing/Default']);
  });

  test.each<[string, string | undefined]>([
    ['String', undefined], ['string', 'error ParameterTypeInvalid'], ['List<Number>', undefined], ['List<AWS::EC2::Subnet::Id>', undefined],
    ['AWS::SSM::Parameter::Value<List<String>>', undefined], ['AWS::SSM::Parameter::Value<AWS::EC2::Image::Id>', undefined], ['AWS::EC2::Subnet::ID', 'error ParameterTypeInvalid'],
    ['AWS::ACM::Certificate::Arn', 'warning ParameterTypeUnknown'], ['StringList', 'error ParameterTypeInvalid'],
  ])('of type %s', (Type, code) => expect(found({ Parameters: { Thing: { Type } } })).toEqual(code ? [`${code} Parameters/Thing/Type`] : []));
});

describe('whatever is written', () => {
  const values = [
    5, 'x', '', true, [], {}, [{}], [null], [[1]], { a: 1 }, { a: null }, null, { Ref: 5 }, { 'Fn::GetAtt': 5 }, { 'Fn::If': 'x' }, { 'Fn::Sub': [] },
  ];
  test.each(values.map((value) => [JSON.stringify(value), value]))('%s fails nothing', (_, value) => {
    for (const section of ['Parameters', 'Mappings', 'Conditions', 'Outputs', 'Description', 'Transform', 'AWSTemplateFormatVersion', 'Metadata', 'Rules']) {
      const entry = { Value: value, Default: value, Type: value, Export: value, AllowedValues: value, Condition: value };
      [value, { Thing: value }, { Thing: entry }].forEach((each) => expect(() => found({ [section]: each })).not.toThrow());
    }
    const Other = { Type: 'AWS::S3::Bucket', Properties: value, DependsOn: value, Condition: value, UpdatePolicy: value, DeletionPolicy: value };
    [value, Other].forEach((each) => expect(() => found({ Resources: { Other: each } })).not.toThrow());
  });
});

describe('mappings, resources and sections', () => {
  const resource = (rest: object) => found({ ...CHOICE, Resources: { Files: { Type: 'AWS::S3::Bucket', ...rest } } });

  test.each<[string, object, string[]]>([
    ['two levels', { a: { b: 'c', d: ['e'], f: 1 } }, []],
    ['regions', { 'eu-west-1': { b: 'c' } }, []],
    ['regions inside', { b: { 'eu-west-1': 'c' } }, ['error MappingMalformed Mappings/Sizes']],
    ['three levels', { a: { b: { c: 'd' } } }, ['error MappingMalformed Mappings/Sizes']],
    ['a function', { a: { b: ref('AWS::Region') } }, ['error MappingMalformed Mappings/Sizes']],
    ['a macro', { 'Fn::Transform': { Name: 'AWS::Include' } }, []],
  ])('a mapping of %s', (_, Sizes, expected) => expect(found({ Mappings: { Sizes } })).toEqual(expected));

  test.each<[string, object, string[]]>([
    ['a list of properties', { Properties: [] }, ['error ResourceMalformed Resources/Files/Properties']],
    ['a function for DependsOn', { DependsOn: ref('Subnets') }, ['error ResourceMalformed Resources/Files/DependsOn']],
    ['a policy that is none', { DeletionPolicy: 'retain' }, ['error DeletionPolicyInvalid Resources/Files/DeletionPolicy']],
    ['a policy for deletion alone', { UpdateReplacePolicy: 'RetainExceptOnCreate' }, ['error DeletionPolicyInvalid Resources/Files/UpdateReplacePolicy']],
    ['a snapshot of what has none', { DeletionPolicy: 'Snapshot' }, ['error DeletionPolicyInvalid Resources/Files/DeletionPolicy']],
    ['a snapshot of a disk', { Type: 'AWS::EC2::Volume', DeletionPolicy: 'Snapshot' }, []],
    ['a snapshot of a kind that is not known here', { Type: 'AWS::FSx::FileSystem', DeletionPolicy: 'Snapshot' }, []],
    ['all that there is', { DependsOn: [], Metadata: {}, DeletionPolicy: 'RetainExceptOnCreate', UpdateReplacePolicy: 'Retain', Condition: 'IsLive' }, []],
    ['a version', { Type: 'Custom::Files', Version: '1.0' }, []],
    ['a misspelt attribute', { Propeties: {} }, ['error ResourceAttributeUnknown Resources/Files']],
  ])('a resource with %s', (_, rest, expected) => expect(resource(rest)).toEqual(expected));

  test('attributes of SAM are its own', () => {
    expect(found({ Transform: 'AWS::Serverless-2016-10-31', Globals: {}, Resources: { Files: { Type: 'AWS::S3::Bucket', Connectors: {} } } })).toEqual([]);
  });

  test('a version that a reader of YAML takes for a date', () => {
    const template = { AWSTemplateFormatVersion: new Date('2010-09-09'), Resources: { Subnets: SUBNETS } } as unknown as Template;
    expect(evaluateTemplate(RULES_BY_TYPE, template).filter(({ place }) => place)).toEqual([]);
  });

  test('a description in bytes', () => {
    expect(found({ Description: 'é'.repeat(512) })).toEqual([]);
    expect(found({ Description: 'é'.repeat(513) })).toEqual(['error TemplateTooLarge Description']);
  });
});
