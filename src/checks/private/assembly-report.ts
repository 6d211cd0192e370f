import { readFileSync } from 'fs';
import { dirname, join } from 'path';
import {
  CfnElement, IPolicyValidationContext, NestedStack, PolicyValidationPluginReport, PolicyViolation, Stack, Token, Validations,
} from 'aws-cdk-lib';
import { IConstruct } from 'constructs';
import { isAcknowledged } from '../../private/check';
import { idOf } from '../../private/errors';
import { packageFolder } from '../../private/package-folder';
import { RULES, RULES_BY_TYPE } from '../rules';
import { evaluateTemplate, TemplateFinding } from '../template/evaluate-template';
import { exportsOf } from '../template/exports';
import { DeploymentFacts } from '../template/resolver';
import { isObject, Template } from '../template/template';
import { locationsOf, mayConcernElastiCache } from '../template/template-text';

/** A template on disk and the stack it was made from. */
interface StackTemplate {
  readonly path: string;
  readonly stack: Stack | undefined;
  readonly region: string | undefined;
  readonly account: string | undefined;
}

/** The version of this library. */
export function libraryVersion(): string {
  return (JSON.parse(readFileSync(join(packageFolder(), 'package.json'), 'utf8')) as { version: string }).version;
}

/** The codes of all rules. */
export function ruleCodes(): string[] {
  return [...new Set(RULES.map(({ code }) => code))].sort();
}

/** Judges all templates of a context. Nothing is kept between calls: CDK may call once for an app, or once a stage. */
export function judge(context: IPolicyValidationContext): PolicyValidationPluginReport {
  let known: ReadonlySet<string> | undefined;
  // Only a finding asks for them: without ElastiCache, there is none.
  const acknowledged = () => known ??= scopesOfAcknowledgements(context);
  const templates = templatesOf(context);
  const exported = exportsOf(() => templates.flatMap(({ path, region, account }) => {
    const text = readFileSync(path, 'utf8');
    return text.includes('"Export"') ? [{ template: JSON.parse(text) as Template, facts: { region, account } }] : [];
  }));
  const violations = templates.flatMap((template) => violationsOf(template, exported, acknowledged));
  return { success: !violations.some(({ severity }) => severity === 'error'), violations, pluginVersion: libraryVersion() };
}

function templatesOf(context: IPolicyValidationContext): StackTemplate[] {
  const { root } = context.appConstruct.node;
  const stacks = root.node.findAll().filter(Stack.isStack);
  return context.stackTemplates.flatMap((listed) => {
    const stack = stacks.find(({ node }) => node.path === listed.stackConstructPath);
    const ownRegion = stack && !Token.isUnresolved(stack.region) ? stack.region : undefined;
    const region = (listed as { region?: string }).region ?? ownRegion ?? context.region;
    const account = stack && !Token.isUnresolved(stack.account) ? stack.account : undefined;
    // CDK lists the stacks that are deployed by themselves. Nested ones lie beside them.
    const nested = stacks.filter((each) => stack && NestedStack.isNestedStack(each) && parentOf(each) === stack)
      .map((each) => ({ path: join(dirname(listed.templatePath), each.templateFile), stack: each, region, account }));
    return [{ path: listed.templatePath, stack, region, account }, ...nested];
  });
}

/** The stack by which a nested stack is deployed. */
function parentOf(stack: Stack): Stack {
  return stack.nestedStackParent ? parentOf(stack.nestedStackParent) : stack;
}

function violationsOf(
  { path, stack, region, account }: StackTemplate, exported: DeploymentFacts['exported'], acknowledged: () => ReadonlySet<string>,
): PolicyViolation[] {
  const text = readFileSync(path, 'utf8');
  if (!mayConcernElastiCache(text)) {
    return [];
  }
  const template = JSON.parse(text) as Template;
  const findings = evaluateTemplate(RULES_BY_TYPE, template, { region, account, exported });
  const constructs = findings.length === 0 || !stack ? new Map<string, CfnElement>() : elementsOf(stack);
  // What is about no part of a template is about its stack.
  const constructOf = ({ place, logicalId }: TemplateFinding) => place?.length === 1 ? stack : constructs.get(logicalId);
  return findings.filter((finding) => !isSaidAlready(finding, constructOf(finding)))
    .map((finding) => violationOf(finding, template, path, constructOf(finding), acknowledged()));
}

/** The resources, outputs, parameters, ... of a stack by logical id. */
function elementsOf(stack: Stack): Map<string, CfnElement> {
  const elements = stack.node.findAll().filter(CfnElement.isCfnElement).filter((element) => element.stack === stack);
  return new Map(elements.map((element) => [String(stack.resolve(element.logicalId)), element]));
}

/** Whether a construct carries a finding as its warning. */
function isSaidAlready({ rule, severity }: TemplateFinding, construct: IConstruct | undefined): boolean {
  return severity === 'warning' && rule.severity === 'warning' && construct !== undefined && construct.node.scopes.some((scope) =>
    scope.node.metadata.some(({ type, data }) => type === 'aws:cdk:warning' && String(data).includes(`[ack: ${idOf(rule.code)}]`)));
}

function violationOf(
  { rule, message, severity, logicalId, when, resourceType, place: whole }: TemplateFinding, template: Template, templatePath: string,
  construct: IConstruct | undefined, acknowledged: ReadonlySet<string>,
): PolicyViolation {
  const resource = template.Resources?.[logicalId];
  // An older aws-cdk-lib takes an acknowledgement anywhere for one everywhere. What it was not meant for goes by a name of its own.
  const isElsewhere = construct !== undefined && acknowledged.has(rule.code) && !isAcknowledged(construct, rule.code);
  const place = construct ? { constructPath: construct.node.path } : { resourceLogicalId: logicalId };
  return {
    ruleName: isElsewhere ? `${rule.code}[${construct.node.path}]` : rule.code,
    description: when === undefined ? message : `${message} (when ${when})`,
    severity,
    fix: `see ${rule.source}`,
    ruleMetadata: { id: idOf(rule.code), evidence: rule.evidence, source: rule.source, resourceType },
    violatingResources: [{ ...place, templatePath, locations: whole ? [whole.join('/')] : isObject(resource) ? locationsOf(rule, logicalId, resource) : [] }],
  };
}

/**
 * The codes that were acknowledged anywhere, where CDK does not look at the scope itself. CDK's own handling of scopes came after it began
 * to tell each stack's region, which is how the two are told apart.
 */
function scopesOfAcknowledgements(context: IPolicyValidationContext): ReadonlySet<string> {
  if (context.stackTemplates.some((stack) => 'region' in stack)) {
    return new Set();
  }
  const prefix = idOf('');
  const ids = context.appConstruct.node.root.node.findAll().flatMap(({ node }) => node.metadata)
    .filter(({ type }) => type === Validations.ACKNOWLEDGED_RULES_METADATA_KEY).flatMap(({ data }) => Object.keys(data as object));
  return new Set(ids.filter((id) => id.startsWith(prefix)).map((id) => id.slice(prefix.length)));
}
