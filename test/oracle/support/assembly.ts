import * as fs from 'fs';
import * as path from 'path';
import { App, Validations } from 'aws-cdk-lib';
import { AwsSolutionsChecks } from 'cdk-nag';
import { Preflight } from 'cdk-preflight';

/** An app as the judges see it: templates on disk and what the plugins reported while they were written. */
export interface JudgedAssembly {
  readonly directory: string;
  /** Paths of all templates, those of nested stacks included. */
  readonly templates: string[];
  readonly reports: PluginReport[];
}

/** The part of CDK's `validation-report.json` that is read here. */
export interface PluginReport {
  readonly pluginName: string;
  readonly conclusion: 'success' | 'failure';
  readonly metadata?: Record<string, string>;
  readonly violations: {
    readonly ruleName: string;
    readonly description: string;
    readonly violatingConstructs: {
      readonly constructPath: string;
      readonly cloudFormationResource?: { readonly logicalId: string; readonly templatePath: string };
    }[];
  }[];
}

const CONTEXT = {
  // Without this the built-in validator turns its errors into warnings.
  '@aws-cdk/core:validateAgainstDefaultRules': true,
  // Findings are read from the report; a synthesis that throws at the first judge would hide the others'.
  '@aws-cdk/core:failSynthOnValidationErrors': false,
  // Lets findings that know only a logical id name the construct.
  'aws:cdk:enable-path-metadata': true,
};

/** Builds an app with every judge that plugs into CDK, and synthesizes it. */
export function synthesize(build: () => App): JudgedAssembly {
  const app = withEnvironment({ CDK_CONTEXT_JSON: JSON.stringify(CONTEXT) }, build);
  Validations.of(app).addPlugins(new AwsSolutionsChecks(app, { verbose: true }));
  Preflight.apply(app);
  // The unit tests switch the built-in validator off through this variable, and a developer's shell may.
  // cdk-preflight puts a `synth` of its own on the app, which prints and throws; the prototype's does neither.
  const { directory } = withEnvironment({ CDK_VALIDATION: 'true' }, () => App.prototype.synth.call(app, { force: true }));
  return { directory, templates: findTemplates(directory), reports: readReports(directory) };
}

function findTemplates(directory: string): string[] {
  return fs.readdirSync(directory, { recursive: true, encoding: 'utf8' })
    .filter(file => file.endsWith('.template.json'))
    .map(file => path.join(directory, file));
}

function readReports(directory: string): PluginReport[] {
  const file = path.join(directory, 'validation-report.json');
  // A plugin that found nothing leaves no report; when none found anything there is still the file.
  return JSON.parse(fs.readFileSync(file, 'utf8')).pluginReports;
}

/** Runs something the way the CDK CLI does: through environment variables that apps read when they are created. */
function withEnvironment<T>(variables: Record<string, string>, run: () => T): T {
  const before = { ...process.env };
  Object.assign(process.env, variables);
  try {
    return run();
  } finally {
    for (const name of Object.keys(variables)) {
      if (before[name] === undefined) {
        delete process.env[name];
      } else {
        process.env[name] = before[name];
      }
    }
  }
}
