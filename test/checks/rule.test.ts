import { evaluate, ResourceView, Rule, UNKNOWN } from '../../src/checks/rule';

const TYPE = 'AWS::Test::Thing';

function view(properties: Record<string, unknown>, ...rest: any[]): ResourceView {
  return new ResourceView(TYPE, properties, ...rest);
}

const RULE: Rule = {
  code: 'PortTaken',
  severity: 'error',
  resourceType: TYPE,
  reads: ['Port'],
  evidence: 'inferred',
  source: 'https://example.com',
  checked: '2026-01-01',
  since: '0.0.0',
  judge: (thing) => thing.number('Port') === 1 ? 'port is taken' : undefined,
};

describe('a view of CloudFormation properties', () => {
  const values = view({ Text: 'a', Empty: '', Number: 3, Zero: 0, Yes: true, No: false, List: ['a', 'b'], Holes: ['a', UNKNOWN], Token: UNKNOWN, Null: null });

  test('gives values of the type that is asked for, and no others', () => {
    expect([values.text('Text'), values.text('Empty'), values.text('Number'), values.text('Yes'), values.text('Token'), values.text('Absent')])
      .toEqual(['a', '', undefined, undefined, undefined, undefined]);
    expect([values.number('Number'), values.number('Zero'), values.number('Text'), values.number('Token'), values.number('Absent')])
      .toEqual([3, 0, undefined, undefined, undefined]);
    expect([values.list('List'), values.list('Text'), values.list('Token'), values.list('Absent')]).toEqual([['a', 'b'], undefined, undefined, undefined]);
    expect([values.value('Text'), values.value('No'), values.value('Token'), values.value('Absent')]).toEqual(['a', false, undefined, undefined]);
  });

  test('does not give a list of which a part is not known', () => {
    expect(values.list('Holes')).toBeUndefined();
  });

  test('says what is certain about a flag, and nothing about a token', () => {
    const flags = ['Yes', 'No', 'Token', 'Absent'];
    expect(flags.map((name) => values.isTrue(name))).toEqual([true, false, false, false]);
    expect(flags.map((name) => values.isNotTrue(name))).toEqual([false, true, false, true]);
  });

  test('tells absent from present; a token is present', () => {
    const names = ['Yes', 'No', 'Zero', 'Empty', 'Token', 'Absent'];
    expect(names.map((name) => values.isPresent(name))).toEqual([true, true, true, true, true, false]);
    expect(names.map((name) => values.isAbsent(name))).toEqual([false, false, false, false, false, true]);
  });

  test('knows related resources only when it was told', () => {
    const other = view({});
    const thing = view({ All: UNKNOWN }, {}, { All: [other, other], Some: [other, undefined], None: [undefined], Empty: [], Unknown: undefined });
    const names = ['All', 'Some', 'None', 'Empty', 'Unknown', 'Other'];
    expect(names.map((name) => thing.related(name))).toEqual([[other, other], [other], [], [], [], []]);
    expect(names.map((name) => thing.allRelated(name))).toEqual([[other, other], undefined, undefined, [], undefined, undefined]);
  });

  test('tells an empty list from one that holds something or is not known', () => {
    const lists = view({ Full: ['a'], Empty: [], Holes: [UNKNOWN], Token: UNKNOWN, Text: 'a' });
    expect(['Full', 'Empty', 'Holes', 'Token', 'Text', 'Absent'].map((name) => lists.isFilled(name))).toEqual([true, false, true, true, true, false]);
  });
});

describe('words', () => {
  const wordings = { AtRestEncryptionEnabled: 'atRestEncryption', NumCacheClusters: { name: 'replicas', show: (nodes: unknown) => `${Number(nodes) - 1}` }, Port: { name: 'port' } };

  test('are the property itself without a wording', () => {
    expect(view({ Port: 1 }).name('Port')).toBe('Port');
    expect(view({ Port: 1 }).given('Port')).toBe('Port: 1');
    expect(view({}).given('Port')).toBe('no Port');
  });

  test('are those of the user with a wording', () => {
    const thing = view({ NumCacheClusters: 1, AtRestEncryptionEnabled: false, Port: 80 }, wordings);
    expect([thing.name('NumCacheClusters'), thing.name('AtRestEncryptionEnabled'), thing.name('Port')]).toEqual(['replicas', 'atRestEncryption', 'port']);
    expect([thing.given('NumCacheClusters'), thing.given('AtRestEncryptionEnabled'), thing.given('Port')])
      .toEqual(['replicas: 0', 'atRestEncryption: false', 'port: 80']);
    expect(view({}, wordings).given('NumCacheClusters')).toBe('no replicas');
  });

  test('never show the inside of a token', () => {
    expect(view({ Port: UNKNOWN }, wordings).given('Port')).toBe('port: a token');
    expect(view({ Mode: { Type: 'a', Passwords: [UNKNOWN] } }).given('Mode')).toBe('Mode: {"Type":"a","Passwords":["a token"]}');
    expect(view({ Text: 'plain' }).given('Text')).toBe('Text: "plain"');
  });
});

describe('evaluate', () => {
  const several: Rule = { ...RULE, code: 'Several', judge: () => ['one', 'two'] };
  const none: Rule = { ...RULE, code: 'None', judge: () => [] };
  const elsewhere: Rule = { ...RULE, code: 'Elsewhere', resourceType: 'AWS::Test::Other', judge: () => 'never' };

  test('gives a finding for each text', () => {
    expect(evaluate([RULE, several, none, elsewhere], view({ Port: 1 })).map(({ rule, message }) => [rule.code, message]))
      .toEqual([['PortTaken', 'port is taken'], ['Several', 'one'], ['Several', 'two']]);
  });

  test('gives nothing when all is well', () => {
    expect(evaluate([RULE, none, elsewhere], view({ Port: 2 }))).toEqual([]);
  });
});
