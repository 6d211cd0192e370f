// Every rule about templates as a whole: its case as it stands, and what macros leave of it.
import { isAboutWhole, templatesOfRule } from './cases';
import { rejections } from './support/judge';
import { Rule } from '../../src/checks/rule';
import { RULES_BY_FOLDER, RULES_BY_TYPE } from '../../src/checks/rules';
import { evaluateTemplate } from '../../src/checks/template/evaluate-template';
import { Template } from '../../src/checks/template/template';

const SUBJECTS = Object.entries(RULES_BY_FOLDER).flatMap(([folder, rules]) =>
  rules.filter(isAboutWhole).map((rule) => [`${rule.code} of ${rule.resourceType}`, folder, rule] as const));

const found = (rule: Rule, template: object) => evaluateTemplate(RULES_BY_TYPE, JSON.parse(JSON.stringify(template)) as Template, { region: 'eu-west-1' })
  .filter((finding) => finding.rule === rule);

describe.each(SUBJECTS)('%s', (_, folder, rule) => {
  const { bad, good } = templatesOfRule(folder, rule);

  test('is found in the bad template, at its place, and not in the good one', () => {
    const all = found(rule, bad);
    expect(all.map(({ severity, when }) => [severity, when])).toEqual([[rule.severity, undefined]]);
    expect(all[0].place![0] in bad || all[0].place![0] === 'AWSTemplateFormatVersion').toBe(true);
    expect(found(rule, good)).toEqual([]);
  });

  test('no rule rejects the good template, and no other one the bad', () => {
    expect(rejections(good)).toEqual([]);
    expect(rejections(bad).filter(({ code }) => code !== rule.code)).toEqual([]);
  });

  test('is said of no template that a macro writes, and of none without a cache', () => {
    expect(found(rule, { ...bad, Transform: 'MyMacro' })).toEqual([]);
    const Resources = JSON.parse(JSON.stringify(bad.Resources).replaceAll('AWS::ElastiCache::', 'AWS::RDS::'));
    expect(found(rule, { ...bad, Resources })).toEqual([]);
  });
});
