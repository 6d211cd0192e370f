import { isAbsolute, relative, sep } from 'path';
import { pathToFileURL } from 'url';
import { SarifBuilder, SarifResultBuilder, SarifRuleBuilder, SarifRunBuilder } from 'node-sarif-builder';
import { messageOf, Report, Result } from './check';

/** The report in the Static Analysis Results Interchange Format, which code hosts show beside the lines. */
export function asSarif({ version, results }: Report): string {
  const run = new SarifRunBuilder().initSimple({
    toolDriverName: 'cdk-elasticache', toolDriverVersion: version, url: 'https://github.com/cdk-elasticache/cdk-elasticache',
  });
  for (const rule of new Map(results.map((result) => [result.rule.code, result.rule])).values()) {
    run.addRule(new SarifRuleBuilder().initSimple({ ruleId: rule.code, shortDescriptionText: words(rule.code), helpUri: rule.source }));
  }
  results.forEach((result) => run.addResult(resultOf(result)));
  const log = new SarifBuilder();
  log.addRun(run);
  return log.buildSarifJsonString({ indent: true });
}

function resultOf(found: Result): SarifResultBuilder {
  const builder = new SarifResultBuilder().initSimple({
    ruleId: found.rule.code, level: found.severity, messageText: `${found.logicalId}: ${messageOf(found)}`, fileUri: uriOf(found.path), startLine: found.line,
  });
  if (found.acknowledged !== undefined) {
    builder.result.suppressions = [{ kind: 'external', justification: found.acknowledged }];
  }
  return builder;
}

/** Relative to where the command was called, so that code hosts find the file. */
function uriOf(path: string): string {
  const short = relative('', path);
  return isAbsolute(short) || short.startsWith('..') ? pathToFileURL(path).href : short.split(sep).map(encodeURIComponent).join('/');
}

/** A code as a sentence: `PortOutOfRange` is "Port out of range". */
function words(code: string): string {
  const [first, ...rest] = code.split(/(?=[A-Z])/);
  return [first, ...rest.map((word) => word.toLowerCase())].join(' ');
}
