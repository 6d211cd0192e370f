import { readFileSync } from 'fs';
import { join } from 'path';
import { Command, InvalidArgumentError, Option } from 'commander';
import { check, isError } from './check';
import { FORMATS } from './formats';
import { inputsOf } from './inputs';
import { UsageProblem } from './problem';
import { RULES } from '../src/checks/rules';

const EXIT = { fine: 0, errors: 1, usage: 2 };

interface Options {
  readonly format: string;
  readonly region?: string;
  readonly parameter: Record<string, string>;
  readonly acknowledge: Record<string, string>;
}

/** Collects `Name=text` arguments. */
function assignment(argument: string, previous: Record<string, string>): Record<string, string> {
  const [, name, text] = /^([^=]+)=(.*)$/s.exec(argument) ?? [];
  if (name === undefined) {
    throw new InvalidArgumentError('It must be of the form Name=text.');
  }
  return { ...previous, [name]: text };
}

/** An acknowledgement of a rule that exists, with or without the prefix of its id. */
function acknowledgement(argument: string, previous: Record<string, string>): Record<string, string> {
  const [[id, reason]] = Object.entries(assignment(argument, {}));
  const code = id.replace(/^cdk-elasticache::/, '');
  if (!RULES.some((rule) => rule.code === code)) {
    throw new InvalidArgumentError(`There is no rule ${code}.`);
  }
  if (reason.trim() === '') {
    throw new InvalidArgumentError('It needs a reason: Code=reason.');
  }
  return { ...previous, [code]: reason };
}

function run(paths: string[], options: Options): void {
  const inputs = paths.flatMap(inputsOf);
  const results = check(inputs, { region: options.region, parameters: options.parameter, acknowledge: options.acknowledge });
  const report = FORMATS[options.format]({ version: version(), templates: inputs.map(({ file }) => file.path), results });
  process.stdout.write(`${report}\n`);
  process.exitCode = results.some(isError) ? EXIT.errors : EXIT.fine;
}

function version(): string {
  return (JSON.parse(readFileSync(join(__dirname, '../package.json'), 'utf8')) as { version: string }).version;
}

const program = new Command('cdk-elasticache')
  .description('Finds in CloudFormation templates what ElastiCache would refuse, before they are deployed.')
  .version(version())
  .exitOverride(({ exitCode }) => process.exit(exitCode === 0 ? EXIT.fine : EXIT.usage));

program.command('check')
  .description('Judge templates. Ends with 0 when nothing is wrong, 1 when a deployment would fail or lose data, 2 when it was called wrongly.')
  .argument('<paths...>', 'templates in JSON or YAML, and folders that `cdk synth` made (cdk.out)')
  .addOption(new Option('-f, --format <format>', 'how to report').choices(Object.keys(FORMATS)).default('text'))
  .option('-r, --region <region>', 'the region the templates are for, when they do not say')
  .option('-p, --parameter <Name=value>', 'the value of a parameter; may be given several times', assignment, {})
  .option('-a, --acknowledge <Code=reason>', 'a rule that is acknowledged, and why; may be given several times', acknowledgement, {})
  .exitOverride(({ exitCode }) => process.exit(exitCode === 0 ? EXIT.fine : EXIT.usage))
  .action(run);

try {
  program.parse();
} catch (error) {
  process.stderr.write(`${error instanceof UsageProblem ? `error: ${error.message}` : (error as Error).stack ?? String(error)}\n`);
  process.exitCode = EXIT.usage;
}
