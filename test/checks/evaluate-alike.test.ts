// What is much like the last resource is judged by the rules that read what differs, and by no others.
import { CASES_BY_FOLDER, TemplateResources } from './cases';
import { evaluateAlike } from '../../src/checks/evaluate-alike';
import { differences, evaluate, ResourceView, Rule, UNKNOWN } from '../../src/checks/rule';
import { RULES, RULES_BY_FOLDER } from '../../src/checks/rules';
import { rulesOfGroups } from '../../src/replication-group/private/replication-group-plan';
import { RULES_OF_SERVERLESS_CACHES } from '../../src/serverless/private/serverless-plan';

const TYPE = 'AWS::Test::Thing';

function rule(code: string, reads: string[], judge: Rule['judge']): Rule {
  return { code, severity: 'error', resourceType: TYPE, reads, evidence: 'inferred', source: 'https://example.com', checked: '2026-01-01', since: '0.0.0', judge };
}

/** The resources of all cases, as a construct shows them: without what only a finished template tells. */
const VIEWS = Object.values(CASES_BY_FOLDER).flatMap((cases) => Object.values(cases)).flatMap(({ bad, good }) => [good, bad, good])
  .flatMap((resources: TemplateResources) => Object.values(resources)).map(({ Type, Properties = {} }) => new ResourceView(Type, Properties, {}, {}));

describe('the rules that are run', () => {
  let asked: string[] = [];
  const [port, name] = ['Port', 'Name'].map((property) => rule(property, [property], (thing) => {
    asked.push(property);
    return thing.value(property) === 'bad' ? `${property} is bad` : undefined;
  }));
  const behind = rule('Behind', ['Group'], (thing) => {
    asked.push('Group');
    return thing.related('Group').some((group) => group.value('Port') === 'bad') ? 'the group is bad' : undefined;
  });
  const group = (Port: string) => new ResourceView(TYPE, { Port }, {}, {});
  const thing = (properties: object, groups = [group('good')]) => new ResourceView(TYPE, { ...properties }, {}, { Group: groups });

  /** The findings and the rules that were run for them. */
  function judge(rules: readonly Rule[], view: ResourceView): { found: string[]; asked: string[] } {
    asked = [];
    return { found: evaluateAlike(rules, view).map(({ message }) => message), asked };
  }

  test('are all for the first, those that read something else for the next, and none for one that is the same', () => {
    const rules = [port, name, behind];
    expect(judge(rules, thing({ Port: 1, Name: 'a' }))).toEqual({ found: [], asked: ['Port', 'Name', 'Group'] });
    expect(judge(rules, thing({ Port: 1, Name: 'b' }))).toEqual({ found: [], asked: ['Name'] });
    expect(judge(rules, thing({ Port: 1, Name: 'b' }))).toEqual({ found: [], asked: [] });
    expect(judge(rules, thing({ Port: 1 }))).toEqual({ found: [], asked: ['Name'] });
    expect(judge(rules, thing({ Port: [1, { Of: UNKNOWN }] }))).toEqual({ found: [], asked: ['Port'] });
    expect(judge(rules, thing({ Port: [1, { Of: UNKNOWN }] }))).toEqual({ found: [], asked: [] });
    expect(judge(rules, thing({ Port: [1, { Of: 2 }] }))).toEqual({ found: [], asked: ['Port'] });
  });

  test('find what differs behind a property, and find it again', () => {
    const rules = [port, name, behind];
    judge(rules, thing({ Port: 1 }));
    const bad = () => thing({ Port: 1 }, [group('bad')]);
    expect(judge(rules, bad())).toEqual({ found: ['the group is bad'], asked: ['Group'] });
    expect(judge(rules, bad()).found).toEqual(['the group is bad']);
    expect(judge(rules, thing({ Port: 1 })).asked).toEqual([]);
  });

  test('are those that read something else than of the last one without findings, whatever was read in between', () => {
    const rules = [rule('NameOfPort', ['Port', 'Name'], (view) => view.value('Port') === 'bad' ? 'the port is bad'
      : view.value('Name') === 'bad' ? 'the name is bad' : undefined)];
    expect(judge(rules, thing({ Port: 1, Name: 'a' })).found).toEqual([]);
    expect(judge(rules, thing({ Port: 'bad', Name: 'a' })).found).toEqual(['the port is bad']);
    expect(judge(rules, thing({ Port: 1, Name: 'bad' })).found).toEqual(['the name is bad']);
  });

  test('are all where something may be known of a resource beside its properties', () => {
    const inTemplate = () => new ResourceView(TYPE, { Port: 1 }, {}, {}, { attribute: () => undefined });
    const withLookups = () => new ResourceView(TYPE, { Port: 1 }, {}, () => undefined);
    for (const make of [inTemplate, withLookups]) {
      const rules = [port];
      expect([judge(rules, make()).asked, judge(rules, make()).asked]).toEqual([['Port'], ['Port']]);
    }
    expect(differences(thing({}), new ResourceView('AWS::Other::Thing', {}, {}, {}))).toBeUndefined();
  });
});

test('every rule says all that it reads', () => {
  const undeclared = new Set<string>();
  for (const each of RULES) {
    for (const view of VIEWS.filter(({ type }) => type === each.resourceType)) {
      [...view.listen(() => each.judge(view)).asked].filter((property) => !each.reads.includes(property))
        .forEach((property) => undeclared.add(`${each.code} of ${each.resourceType} reads ${property}`));
    }
  }
  expect([...undeclared]).toEqual([]);
});

test('one resource after the other, the findings are those of all rules', () => {
  const tables = [...Object.values(RULES_BY_FOLDER), rulesOfGroups(), RULES_OF_SERVERLESS_CACHES];
  for (const rules of tables) {
    const words = (judge: typeof evaluate) => VIEWS.map((view) => judge(rules, view).map((finding) => `${finding.rule.code} ${finding.message}`));
    expect(words(evaluateAlike)).toEqual(words(evaluate));
  }
});
