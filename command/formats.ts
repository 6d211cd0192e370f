import { isError, Result } from './check';

/** What a report is about. */
export interface Report {
  readonly version: string;
  readonly templates: readonly string[];
  readonly results: readonly Result[];
}

export type Format = (report: Report) => string | Promise<string>;

export const FORMATS: Readonly<Record<string, Format>> = {
  text: asText,
  json: asJson,
  sarif: async (report) => (await import('./sarif')).asSarif(report),
};

function counts({ results }: Report): { errors: number; warnings: number; acknowledged: number } {
  const acknowledged = results.filter((result) => result.acknowledged !== undefined).length;
  const errors = results.filter(isError).length;
  return { errors, warnings: results.length - errors - acknowledged, acknowledged };
}

function plural(count: number, word: string): string {
  return `${count} ${word}${count === 1 ? '' : 's'}`;
}

export function messageOf({ message, when }: Result): string {
  return when === undefined ? message : `${message} (when ${when})`;
}

function asText(report: Report): string {
  const blocks = report.results.map((result) => {
    const { rule, path, line, logicalId, resourceType, severity, acknowledged } = result;
    return [
      `${path}${line === undefined ? '' : `:${line}`}  ${logicalId} (${resourceType})`,
      `  ${acknowledged === undefined ? severity : 'acknowledged'} ${rule.code}: ${messageOf(result)}`,
      `    ${acknowledged === undefined ? rule.source : `because: ${acknowledged}`}`,
      '',
    ].join('\n');
  });
  const { errors, warnings, acknowledged } = counts(report);
  return [...blocks, `${plural(errors, 'error')}, ${plural(warnings, 'warning')}, ${acknowledged} acknowledged in ${plural(report.templates.length, 'template')}`]
    .join('\n');
}

function asJson(report: Report): string {
  const findings = report.results.map((result) => ({
    code: result.rule.code, severity: result.severity, message: result.message, when: result.when, template: result.path, line: result.line,
    resource: result.logicalId, type: result.resourceType, source: result.rule.source, evidence: result.rule.evidence, acknowledged: result.acknowledged,
  }));
  return JSON.stringify({ version: report.version, templates: report.templates, summary: counts(report), findings }, null, 2);
}
