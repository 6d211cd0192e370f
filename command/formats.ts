import { isError, messageOf, Report, Result } from './check';
import { asSarif } from './sarif';

export type Format = (report: Report) => string;

export const FORMATS: Readonly<Record<string, Format>> = {
  text: asText,
  json: asJson,
  sarif: asSarif,
};

function counts({ results }: Report): { errors: number; warnings: number; acknowledged: number } {
  const acknowledged = results.filter((result) => result.acknowledged !== undefined).length;
  const errors = results.filter(isError).length;
  return { errors, warnings: results.length - errors - acknowledged, acknowledged };
}

function plural(count: number, word: string): string {
  return `${count} ${word}${count === 1 ? '' : 's'}`;
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
  const { version, templates, results } = report;
  return JSON.stringify({ version, templates, summary: counts(report), findings: results.map(plainOf) }, null, 2);
}

function plainOf({ rule, severity, message, when, path, line, logicalId, resourceType, acknowledged }: Result): object {
  const { code, source, evidence, reads } = rule;
  const properties = reads.filter((name) => !name.includes(':'));
  return { code, severity, message, when, template: path, line, resource: logicalId, type: resourceType, properties, source, evidence, acknowledged };
}
