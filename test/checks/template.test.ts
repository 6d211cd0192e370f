// How a template is read: what is known of a value, what belongs together, and which assignments of conditions there are.
import { ResourceView, Rule } from '../../src/checks/rule';
import { evaluateTemplate, TemplateFinding } from '../../src/checks/template/evaluate-template';
import { DeploymentFacts } from '../../src/checks/template/resolver';
import { Template } from '../../src/checks/template/template';
import { MOST_WORLDS } from '../../src/checks/template/worlds';

const TYPE = 'AWS::ElastiCache::ReplicationGroup';

/** A rule that tells what it is shown. */
function shows(judge: Rule['judge'], resourceType = TYPE): ReadonlyMap<string, readonly Rule[]> {
  const rule: Rule = {
    code: 'Shown', severity: 'error', resourceType, reads: [], evidence: 'documented', source: 'https://docs.aws.amazon.com/', checked: '2026-01-01', since: '0.0.0', judge,
  };
  return new Map([[resourceType, [rule]]]);
}

/** What a rule sees of a property of a group. */
function seen(value: unknown, template: object = {}, facts: DeploymentFacts = {}, property = 'Value'): string[] {
  const rules = shows((view) => view.isAbsent(property) ? 'absent'
    : !view.isPresent(property) ? 'uncertain' : JSON.stringify(view.value(property)) ?? 'unknown');
  return evaluateTemplate(rules, { ...template, Resources: { Thing: { Type: TYPE, Properties: { [property]: value } } } } as Template, facts)
    .map(({ message }) => message);
}

const parameters = (...entries: [string, object][]) => ({ Parameters: Object.fromEntries(entries.map(([name, rest]) => [name, { Type: 'String', ...rest }])) });

describe('a value', () => {
  test.each([
    ['a text', 'a', '"a"'],
    ['a joined text', { 'Fn::Join': ['-', ['a', 'b']] }, '"a-b"'],
    ['a text from a list', { 'Fn::Select': ['1', { 'Fn::Split': [',', 'a,b'] }] }, '"b"'],
    ['a text with a variable', { 'Fn::Sub': ['${A}-${!B}', { A: 'a' }] }, '"a-${B}"'],
    ['encoded text', { 'Fn::Base64': 'a' }, '"YQ=="'],
    ['nothing', { Ref: 'AWS::NoValue' }, 'absent'],
    ['a secret', '{{resolve:secretsmanager:x}}', 'unknown'],
    ['a text that holds a secret', { 'Fn::Join': ['', ['{{resolve:', 'ssm:x}}']] }, 'unknown'],
    ['an import', { 'Fn::ImportValue': 'x' }, 'unknown'],
    ['an attribute', { 'Fn::GetAtt': ['Other', 'Arn'] }, 'unknown'],
    ['a pseudo parameter', { Ref: 'AWS::Region' }, 'unknown'],
    ['something that does not exist', { Ref: 'Nowhere' }, 'unknown'],
    ['a text with something unknown', { 'Fn::Sub': '${AWS::Region}-a' }, 'unknown'],
    ['a macro', { 'Fn::Transform': { Name: 'X' } }, 'uncertain'],
    ['a function that is new', { 'Fn::Brandnew': 'x' }, 'unknown'],
    ['null', null, 'unknown'],
    ['a choice by an undeclared condition', { 'Fn::If': ['Nowhere', 'a', 'b'] }, 'unknown'],
    ['a choice between the same', { 'Fn::If': ['Nowhere', 'a', 'a'] }, '"a"'],
    ['a choice that may leave it out', { 'Fn::If': ['Nowhere', 'a', { Ref: 'AWS::NoValue' }] }, 'uncertain'],
    ['a choice that is malformed', { 'Fn::If': 'x' }, 'uncertain'],
  ])('%s', (_, value, expected) => expect(seen(value)).toEqual([expected]));

  test('of a list loses what stands for nothing', () => {
    expect(seen(['a', { Ref: 'AWS::NoValue' }])).toEqual(['["a"]']);
    expect(seen(['a', { 'Fn::If': ['Nowhere', 'a', { Ref: 'AWS::NoValue' }] }])).toEqual(['unknown']);
  });

  test('that is a list and not known may be empty', () => {
    expect(seen({ 'Fn::ImportValue': 'x' }, {}, {}, 'UserGroupIds')).toEqual(['uncertain']);
  });

  test.each([
    ['Port', '6379', '6379'], ['TransitEncryptionEnabled', 'true', 'true'], ['TransitEncryptionEnabled', 'False', 'false'], ['Port', 'abc', '"abc"'],
    ['EngineVersion', 7.1, '"7.1"'], ['Engine', true, '"true"'],
  ])('of %s is read by its property: %p', (property, value, expected) => expect(seen(value, {}, {}, property)).toEqual([expected]));
});

describe('a parameter', () => {
  const later = { Ref: 'Later' };

  test('has its default, or what somebody says', () => {
    const template = parameters(['Later', { Default: 'a' }]);
    expect(seen(later, template)).toEqual(['"a"']);
    expect(seen(later, template, { parameters: { Later: 'b' } })).toEqual(['"b"']);
    expect(seen({ Ref: 'AWS::Region' }, {}, { region: 'eu-west-1' })).toEqual(['"eu-west-1"']);
  });

  test.each([
    ['a text is given by who deploys', {}, 'unknown'],
    ['a number is given by who deploys', { Type: 'Number' }, 'unknown'],
    ['a text of Systems Manager', { Type: 'AWS::SSM::Parameter::Value<String>', Default: '/a' }, 'unknown'],
    ['a list may be empty', { Type: 'CommaDelimitedList' }, 'uncertain'],
    ['a list of Systems Manager may be empty', { Type: 'AWS::SSM::Parameter::Value<List<String>>', Default: '/a' }, 'uncertain'],
  ])('without a default is there, whatever it is: %s', (_, parameter, expected) => expect(seen(later, parameters(['Later', parameter]))).toEqual([expected]));

  test('whose default is nothing may be nothing', () => {
    const template = { ...parameters(['Later', { Default: '' }], ['Env', { Default: 'a' }]), Conditions: { A: { 'Fn::Equals': [{ Ref: 'Env' }, 'a'] } } };
    expect(seen(later, template)).toEqual(['""']);
    expect(seen({ 'Fn::If': ['A', later, 'x'] }, template).sort()).toEqual(['""', '"x"', 'uncertain']);
  });

  test('with few allowed values is tried with each; with many only by its default', () => {
    expect(seen(later, parameters(['Later', { AllowedValues: ['a', 'b'] }])).sort()).toEqual(['"a"', '"b"', 'unknown']);
    expect(seen(later, parameters(['Later', { Default: 'v3', AllowedValues: Array.from({ length: 20 }, (_, index) => `v${index}`) }]))).toEqual(['"v3"']);
  });

  test('that is a list is split', () => {
    expect(seen(later, parameters(['Later', { Type: 'CommaDelimitedList', Default: 'a, b' }]))).toEqual(['["a","b"]']);
    expect(seen(later, parameters(['Later', { Type: 'CommaDelimitedList', Default: '' }]))).toEqual(['[]']);
  });
});

describe('a mapping', () => {
  const Mappings = { Regions: { 'eu-west-1': { type: 'a', same: 'x' }, 'us-east-1': { type: 'b', same: 'x' } } };
  const find = (key: string) => ({ 'Fn::FindInMap': ['Regions', { Ref: 'AWS::Region' }, key] });

  test('by a region that is known', () => expect(seen(find('type'), { Mappings }, { region: 'us-east-1' })).toEqual(['"b"']));
  test('by a region that is not known: only what is the same in all', () => {
    expect(seen(find('type'), { Mappings })).toEqual(['unknown']);
    expect(seen(find('same'), { Mappings })).toEqual(['"x"']);
  });
  test('without the key', () => expect(seen(find('type'), { Mappings }, { region: 'eu-north-1' })).toEqual(['unknown']));
});

describe('conditions', () => {
  const equals = (name: string, value: string) => ({ 'Fn::Equals': [{ Ref: name }, value] });
  const both = (...names: string[]) => ({ 'Fn::Join': [' ', names.map((name) => ({ 'Fn::If': [name, name, `no${name}`] }))] });
  const texts = (found: string[]) => found.filter((text) => text !== 'unknown').map((text) => JSON.parse(text) as string).sort();

  test('that depend on one parameter are never mixed', () => {
    const Conditions = { Prod: equals('Env', 'prod'), Test: equals('Env', 'test'), Small: { 'Fn::Not': [{ Condition: 'Prod' }] } };
    expect(texts(seen(both('Prod', 'Test', 'Small'), { ...parameters(['Env', { Default: 'prod' }]), Conditions })))
      .toEqual(['Prod noTest noSmall', 'noProd Test Small']);
  });

  test('that nobody compares again have a third case', () => {
    expect(texts(seen(both('Prod'), { ...parameters(['Env', { Default: 'prod' }]), Conditions: { Prod: equals('Env', 'prod') } }))).toEqual(['Prod', 'noProd']);
  });

  test('are decided by what somebody says', () => {
    const template = { ...parameters(['Env', {}]), Conditions: { Prod: equals('Env', 'prod') } };
    expect(texts(seen(both('Prod'), template, { parameters: { Env: 'test' } }))).toEqual(['noProd']);
    const region = { Conditions: { Here: equals('AWS::Region', 'eu-west-1') } };
    expect(texts(seen(both('Here'), region, { region: 'eu-west-1' }))).toEqual(['Here']);
  });

  test('leave a parameter its value in each case', () => {
    const template = { ...parameters(['Env', { Default: 'prod', AllowedValues: ['prod', 'test'] }]), Conditions: { Prod: equals('Env', 'prod') } };
    expect(texts(seen({ 'Fn::Sub': ['${Env} ${Size}', { Size: { 'Fn::If': ['Prod', 'large', 'small'] } }] }, template))).toEqual(['prod large', 'test small']);
  });

  test('that compare what is not known are true or false alike in all places', () => {
    const Conditions = { Any: { 'Fn::Equals': [{ 'Fn::Join': [',', { Ref: 'List' }] }, ''] }, None: { 'Fn::Not': [{ Condition: 'Any' }] } };
    const template = { ...parameters(['List', { Type: 'CommaDelimitedList' }]), Conditions };
    expect(texts(seen(both('Any', 'None'), template))).toEqual(['Any noNone', 'noAny None']);
  });

  test('of And and Or follow', () => {
    const Conditions = {
      A: equals('P', 'a'), B: equals('Q', 'b'), Both: { 'Fn::And': [{ Condition: 'A' }, { Condition: 'B' }] }, One: { 'Fn::Or': [{ Condition: 'A' }, { Condition: 'B' }] },
    };
    const found = texts(seen(both('A', 'B', 'Both', 'One'), { ...parameters(['P', { Default: 'a' }], ['Q', { Default: 'b' }]), Conditions }));
    expect(found).toEqual(['A B Both One', 'A noB noBoth One', 'noA B noBoth One', 'noA noB noBoth noOne']);
  });

  test('that name themselves are not known', () => {
    expect(seen(both('A'), { Conditions: { A: { Condition: 'B' }, B: { Condition: 'A' } } })).toEqual(['unknown']);
  });

  test('beyond the number of worlds are not known', () => {
    const names = Array.from({ length: Math.log2(MOST_WORLDS) + 1 }, (_, index) => `C${index}`);
    const template = { ...parameters(...names.map((name): [string, object] => [name, {}])), Conditions: Object.fromEntries(names.map((name) => [name, equals(name, 'x')])) };
    expect(seen(both(...names), template)).toEqual(['unknown']);
    expect(seen(both(...names.slice(1)), template)).toHaveLength(MOST_WORLDS);
  });

  test('decide which resources there are', () => {
    const template: Template = {
      ...parameters(['Env', { Default: 'prod' }]),
      Conditions: { Prod: equals('Env', 'prod') },
      Resources: { Thing: { Type: TYPE, Condition: 'Prod', Properties: { Size: { 'Fn::If': ['Prod', 'large', 'small'] } } } },
    };
    expect(evaluateTemplate(shows((view) => view.text('Size')), template).map(({ message }) => message)).toEqual(['large']);
  });
});

describe('a finding', () => {
  const resources = (Properties: object) => ({ Thing: { Type: TYPE, Properties } });
  const failover = shows((view) => view.isTrue('AutomaticFailoverEnabled') && view.number('NumCacheClusters') === 1 ? 'no replica' : undefined);
  const found = (template: object): Pick<TemplateFinding, 'severity' | 'when'>[] =>
    evaluateTemplate(failover, template as Template).map(({ severity, when }) => ({ severity, when }));
  const Conditions = { Replicas: { 'Fn::Equals': [{ Ref: 'Replicas' }, 'yes'] }, Failover: { 'Fn::Equals': [{ Ref: 'Failover' }, 'yes'] } };
  const choice = resources({
    AutomaticFailoverEnabled: { 'Fn::If': ['Failover', true, false] }, NumCacheClusters: { 'Fn::If': ['Replicas', 2, 1] },
  });

  test('of the defaults is an error', () => {
    expect(found({ ...parameters(['Replicas', { Default: 'no' }], ['Failover', { Default: 'yes' }]), Conditions, Resources: choice })).toEqual([{ severity: 'error' }]);
  });

  test('of several choices that nobody may ever combine is a warning', () => {
    expect(found({ ...parameters(['Replicas', { Default: 'yes' }], ['Failover', { Default: 'no' }]), Conditions, Resources: choice }))
      .toEqual([{ severity: 'warning', when: 'Failover = "yes", Replicas other than "yes"' }]);
  });

  test('of one choice alone is an error, and says which', () => {
    const Resources = resources({ AutomaticFailoverEnabled: { 'Fn::If': ['Failover', true, false] }, NumCacheClusters: 1 });
    expect(found({ ...parameters(['Failover', { Default: 'no' }]), Conditions, Resources })).toEqual([{ severity: 'error', when: 'Failover = "yes"' }]);
  });

  test('of parameters that are free is only about their defaults', () => {
    const Resources = resources({ AutomaticFailoverEnabled: { Ref: 'Failover' }, NumCacheClusters: { Ref: 'Nodes' } });
    const valid = parameters(['Failover', { Default: 'false', AllowedValues: ['true', 'false'] }], ['Nodes', { Default: '1' }]);
    expect(found({ ...valid, Resources })).toEqual([]);
    expect(found({ ...parameters(['Failover', { Default: 'true' }], ['Nodes', { Default: '1' }]), Resources })).toEqual([{ severity: 'error' }]);
  });

  test('of all that a parameter may be is an error, of some of it a warning', () => {
    const Resources = resources({ AutomaticFailoverEnabled: true, NumCacheClusters: { Ref: 'Nodes' } });
    expect(found({ ...parameters(['Nodes', { AllowedValues: ['1'] }]), Resources })).toEqual([{ severity: 'error' }]);
    expect(found({ ...parameters(['Nodes', { AllowedValues: ['1', '2'] }]), Resources })).toEqual([{ severity: 'warning', when: 'Nodes = "1"' }]);
  });

  test('of every case is found once', () => {
    const Resources = resources({ AutomaticFailoverEnabled: true, NumCacheClusters: 1, ReplicationGroupId: { 'Fn::If': ['Failover', 'a', 'b'] } });
    expect(found({ ...parameters(['Failover', {}], ['Replicas', {}]), Conditions, Resources })).toEqual([{ severity: 'error' }]);
  });

  test('of a template that a macro writes does not exist', () => {
    const Resources = resources({ AutomaticFailoverEnabled: true, NumCacheClusters: 1 });
    expect([['AWS::Serverless-2016-10-31'], 'AWS::LanguageExtensions', 'Custom', ['AWS::LanguageExtensions', 'Custom'], { Name: 'AWS::Include' }]
      .map((Transform) => found({ Transform, Resources }).length)).toEqual([1, 1, 0, 0, 0]);
    expect(found({ Resources: resources({ 'AutomaticFailoverEnabled': true, 'NumCacheClusters': 1, 'Fn::Transform': { Name: 'X' } }) })).toEqual([]);
    expect(found({ Resources: { 'Fn::ForEach::Each': ['X', ['a'], resources({})], ...Resources } })).toHaveLength(1);
  });

  test.each([{}, { Resources: null }, { Resources: [] }, { Resources: { A: null, B: {}, C: { Type: 1 } } }, { Resources: { A: { Type: TYPE, Properties: 'x' } } }])(
    'of what is no template does not exist: %j', (template) => expect(found(template)).toEqual([]));
});

describe('resources that belong together', () => {
  const related = (property: string, type = TYPE) => shows((view: ResourceView) =>
    (view.allRelated(property)?.map(({ logicalId }) => logicalId!) ?? [...view.related(property).map(({ logicalId }) => logicalId), '?']).join(' '), type);
  const to = (property: string, value: unknown, Resources: object, type = TYPE) => {
    const template = { Resources: { ...Resources, Thing: { Type: type, Properties: { [property]: value } } } } as Template;
    return evaluateTemplate(related(property, type), template).map(({ message }) => message);
  };
  const topic = { Topic: { Type: 'AWS::SNS::Topic' } };
  const group = { Users: { Type: 'AWS::ElastiCache::UserGroup', Properties: { UserGroupId: 'my-users' } } };
  const user = (UserId: unknown) => ({ App: { Type: 'AWS::ElastiCache::User', Properties: { UserId } } });

  test.each([
    ['Ref', 'NotificationTopicArn', { Ref: 'Topic' }, topic, 'Topic'],
    ['Fn::GetAtt', 'NotificationTopicArn', { 'Fn::GetAtt': ['Topic', 'TopicArn'] }, topic, 'Topic'],
    ['Fn::GetAtt of one text', 'NotificationTopicArn', { 'Fn::GetAtt': 'Topic.TopicArn' }, topic, 'Topic'],
    ['Fn::Sub', 'NotificationTopicArn', { 'Fn::Sub': 'arn:${AWS::Partition}:sns:${Topic.TopicName}' }, topic, 'Topic'],
    ['a list', 'UserGroupIds', [{ Ref: 'Users' }], group, 'Users'],
    ['a literal id', 'UserGroupIds', ['My-Users'], group, 'Users'],
    ['an id that is not here', 'UserGroupIds', ['others', { Ref: 'Users' }], group, 'Users ?'],
    ['a type that does not fit', 'NotificationTopicArn', { Ref: 'Users' }, group, '?'],
    ['a list that is not known', 'UserGroupIds', { 'Fn::ImportValue': 'x' }, group, '?'],
    ['inside an object', 'LogDeliveryConfigurations', [{ DestinationDetails: { CloudWatchLogsDetails: { LogGroup: { Ref: 'Logs' } } } }],
      { Logs: { Type: 'AWS::Logs::LogGroup' } }, 'Logs'],
  ])('by %s', (_, property, value, resources, expected) => expect(to(property, value, resources)).toEqual([expected]));

  test('are users by their literal ids, and by the part of their ARN', () => {
    const type = 'AWS::ElastiCache::UserGroup';
    expect(to('UserIds', ['app', 'default'], user('App'), type)).toEqual(['App ?']);
    expect(to('UserIds', [{ 'Fn::Select': [6, { 'Fn::Split': [':', { 'Fn::GetAtt': ['App', 'Arn'] }] }] }], user('app'), type)).toEqual(['App']);
    expect(to('UserIds', [], user('app'), type)).toEqual(['']);
  });

  test('are the groups that auto scaling works on', () => {
    const type = 'AWS::ApplicationAutoScaling::ScalableTarget';
    const groups = { Group: { Type: TYPE, Properties: { ReplicationGroupId: 'mine' } } };
    expect(to('ResourceId', { 'Fn::Sub': 'replication-group/${Group}' }, groups, type)).toEqual(['Group']);
    expect(to('ResourceId', { 'Fn::Join': ['/', ['replication-group', { Ref: 'Group' }]] }, groups, type)).toEqual(['Group']);
    expect(to('ResourceId', 'replication-group/mine', groups, type)).toEqual(['Group']);
  });

  test('are only those that are there in the same world', () => {
    const template: Template = {
      ...parameters(['Own', { Default: 'yes' }]),
      Conditions: { Own: { 'Fn::Equals': [{ Ref: 'Own' }, 'yes'] } },
      Resources: { Topic: { Type: 'AWS::SNS::Topic', Condition: 'Own' }, Thing: { Type: TYPE, Properties: { NotificationTopicArn: { 'Fn::If': ['Own', { Ref: 'Topic' }, 'arn:x'] } } } },
    };
    expect(evaluateTemplate(related('NotificationTopicArn'), template).map(({ message, when }) => [message, when])).toEqual([['Topic', undefined], ['?', expect.any(String)]]);
  });

  test('are seen from both sides, with what stands beside the properties', () => {
    const template: Template = {
      Resources: {
        Open: { Type: 'AWS::EC2::SecurityGroup' }, Thing: { Type: TYPE, DeletionPolicy: 'Snapshot', DependsOn: 'Open', Properties: { SecurityGroupIds: [{ 'Fn::GetAtt': ['Open', 'GroupId'] }] } },
      },
    };
    const type = 'AWS::EC2::SecurityGroup';
    const rules = shows((view) => view.referrers('SecurityGroupIds').map((each) =>
      `${each.logicalId} ${each.attribute('DeletionPolicy')} ${each.attribute('UpdatePolicy')} ${each.related('DependsOn')[0].logicalId} ${each.inTemplate} ${each.region}`), type);
    expect(evaluateTemplate(rules, template, { region: 'eu-west-1' }).map(({ message }) => message)).toEqual(['Thing Snapshot undefined Open true eu-west-1']);
    expect(new ResourceView(TYPE, {}).inTemplate).toBe(false);
  });
});
