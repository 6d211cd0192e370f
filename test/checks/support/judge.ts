// Templates before the rules. Everything in these tests goes through `judge`.
import { Rule } from '../../../src/checks/rule';
import { RULES_BY_TYPE } from '../../../src/checks/rules';
import { evaluateTemplate } from '../../../src/checks/template/evaluate-template';
import { TemplateResources } from '../cases';

export interface Template {
  readonly Resources: TemplateResources;
  readonly [section: string]: unknown;
}

export interface Judged {
  readonly code: string;
  readonly severity: Rule['severity'];
  readonly logicalId: string;
  readonly type: string;
  readonly message: string;
}

/** Where the templates of these tests are deployed. */
export const REGION = 'eu-west-1';
export const ACCOUNT = '111122223333';

/** What the rules find in a template. */
export function judge(template: Template, region = REGION): Judged[] {
  // As it is in a file: without properties that are undefined.
  return evaluateTemplate(RULES_BY_TYPE, JSON.parse(JSON.stringify(template)), { region, account: ACCOUNT })
    .map(({ rule, severity, logicalId, resourceType, message }) => ({ code: rule.code, severity, logicalId, type: resourceType, message }));
}

/** What rejects a template. */
export function rejections(template: Template, region?: string): Judged[] {
  return judge(template, region).filter(({ severity }) => severity === 'error');
}
