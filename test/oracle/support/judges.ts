import { spawnSync } from 'child_process';
import * as fs from 'fs';
import * as path from 'path';
import { JudgedAssembly } from './assembly';

/** What one judge holds against one resource. */
export interface Finding {
  readonly judge: JudgeName;
  readonly rule: string;
  /** Construct path where it is known, else stack and logical id. */
  readonly resource: string;
  readonly message: string;
}

export type JudgeName = 'aws-schema' | 'cfn-lint' | 'cdk-preflight' | 'cdk-nag';

export const JUDGES: Record<JudgeName, (assembly: JudgedAssembly) => Finding[]> = {
  'aws-schema': awsSchema,
  'cfn-lint': cfnLint,
  'cdk-preflight': cdkPreflight,
  'cdk-nag': cdkNag,
};

/** The CloudFormation schema validator that aws-cdk-lib brings along, with its errors counted as errors. */
export function awsSchema(assembly: JudgedAssembly): Finding[] {
  return reported('aws-schema', 'CloudFormation Validate', assembly);
}

/** Constraints that no schema expresses and that fail a deployment. */
export function cdkPreflight(assembly: JudgedAssembly): Finding[] {
  return reported('cdk-preflight', 'cdk-preflight', assembly);
}

/** The AwsSolutions pack: what a security review asks for. */
export function cdkNag(assembly: JudgedAssembly): Finding[] {
  return reported('cdk-nag', 'AwsSolutions', assembly);
}

/** AWS's own linter, which shares no code with the three others. */
export function cfnLint(assembly: JudgedAssembly): Finding[] {
  const linter = path.join(__dirname, '..', '..', '..', 'scripts', 'lib', 'cfn-lint');
  const run = spawnSync(linter, ['--format', 'json', '--', ...assembly.templates], { encoding: 'utf8', maxBuffer: 64e6 });
  // 0 is no finding; 2, 4 and 8 (added up) are errors, warnings and remarks; 1 and all else mean that it did not run.
  if (run.status === null || run.status % 2 !== 0 || run.status > 14) {
    throw new Error(`cfn-lint did not run (exit ${run.status}): ${run.error ?? ''}${run.stdout}${run.stderr}`);
  }
  return (JSON.parse(run.stdout) as LintMatch[]).map(match => ({
    judge: 'cfn-lint',
    rule: match.Rule.Id,
    resource: lintedResource(match),
    message: match.Message,
  }));
}

interface LintMatch {
  readonly Filename: string;
  readonly Rule: { readonly Id: string };
  readonly Message: string;
  readonly Location: { readonly Path: (string | number)[] };
}

function lintedResource(match: LintMatch): string {
  const [section, logicalId] = match.Location.Path;
  const place = `${path.basename(match.Filename, '.template.json')}/${[section, logicalId].join('/')}`;
  if (section !== 'Resources') {
    return place;
  }
  const template = JSON.parse(fs.readFileSync(match.Filename, 'utf8'));
  return template.Resources[logicalId]?.Metadata?.['aws:cdk:path'] ?? place;
}

function reported(judge: JudgeName, pluginName: string, assembly: JudgedAssembly): Finding[] {
  return assembly.reports.filter(report => report.pluginName === pluginName).flatMap(report => {
    if (report.conclusion === 'failure' && report.violations.length === 0) {
      throw new Error(`${judge} did not run: ${JSON.stringify(report.metadata)}`);
    }
    return report.violations.flatMap(violation => violation.violatingConstructs.map(construct => ({
      judge,
      rule: violation.ruleName,
      resource: construct.constructPath || construct.cloudFormationResource?.logicalId || '(app)',
      message: violation.description,
    })));
  });
}
