import { existsSync, readdirSync, statSync } from 'fs';
import { join } from 'path';
import { UsageProblem } from './problem';
import { parseJson, read, readTemplate, TemplateFile } from './template-file';
import { isObject } from '../src/checks/template/template';

/** A template to judge, and what is known about its deployment. */
export interface Input {
  readonly file: TemplateFile;
  readonly region?: string;
  readonly account?: string;
  /** The folder of the cloud assembly it belongs to: its stacks are deployed together. */
  readonly assembly?: string;
  /** Whether, and why, somebody acknowledged a rule for a resource, an output or a parameter in the CDK app; for all of them where none is named. */
  readonly acknowledged: (id: string, logicalId: string | undefined) => string | undefined;
}

interface Artifact {
  readonly type: string;
  readonly environment?: string;
  readonly properties?: { readonly templateFile?: string; readonly directoryName?: string };
  readonly metadata?: Metadata;
  readonly additionalMetadataFile?: string;
}

type Metadata = Readonly<Record<string, readonly { readonly type: string; readonly data?: unknown }[]>>;

/** The templates behind a path: a template, or a folder that CDK synthesized. */
export function inputsOf(path: string): Input[] {
  if (!existsSync(path)) {
    throw new UsageProblem(`${path} does not exist`);
  }
  return statSync(path).isDirectory() ? assembly(path).map((input) => ({ ...input, assembly: path }))
    : [{ file: readTemplate(path), acknowledged: () => undefined }];
}

/** The stacks of a cloud assembly, the stacks nested in them, and those of its stages. */
function assembly(folder: string): Input[] {
  const manifest = join(folder, 'manifest.json');
  if (!existsSync(manifest)) {
    throw new UsageProblem(`${folder} is neither a template nor a folder that \`cdk synth\` made: it has no manifest.json`);
  }
  const { artifacts = {} } = json(manifest) as { artifacts?: Record<string, Artifact> };
  return Object.entries(artifacts).flatMap(([id, { type, environment, properties = {}, ...artifact }]) => {
    if (type === 'cdk:cloud-assembly' && properties.directoryName) {
      return assembly(join(folder, properties.directoryName));
    }
    if (type !== 'aws:cloudformation:stack' || !properties.templateFile) {
      return [];
    }
    const [, account, region] = /^aws:\/\/(?:(\d{12})|[^/]+)\/(?:unknown-region|(.+))$/.exec(environment ?? '') ?? [];
    const acknowledged = acknowledgementsIn(metadataOf(folder, artifact));
    return [properties.templateFile, ...nestedIn(folder, id)].map((name) => ({
      file: readTemplate(join(folder, name)), acknowledged, ...region ? { region } : {}, ...account ? { account } : {},
    }));
  });
}

/** The files of the stacks nested in a stack: they are among its assets. */
function nestedIn(folder: string, stack: string): string[] {
  const assets = join(folder, `${stack}.assets.json`);
  if (!existsSync(assets)) {
    return readdirSync(folder).filter((name) => name.startsWith(stack) && name.endsWith('.nested.template.json'));
  }
  const { files = {} } = json(assets) as { files?: Record<string, { source?: { path?: string } }> };
  return Object.values(files).flatMap(({ source }) => source?.path?.endsWith('.nested.template.json') ? [source.path] : []);
}

function metadataOf(folder: string, { metadata, additionalMetadataFile }: Pick<Artifact, 'metadata' | 'additionalMetadataFile'>): Metadata {
  return { ...metadata, ...additionalMetadataFile ? json(join(folder, additionalMetadataFile)) as Metadata : {} };
}

/** What was acknowledged on a resource's construct or one of its parents. */
function acknowledgementsIn(metadata: Metadata): Input['acknowledged'] {
  const entries = Object.entries(metadata);
  const scopes = entries.flatMap(([scope, own]) => own.filter(({ type }) => type === 'aws:cdk:acknowledged-rules').map(({ data }) => ({ scope, data })));
  return (id, logicalId) => {
    const paths = scopes.length === 0 ? [] : entries.filter(([, own]) => own.some(({ type, data }) => type === 'aws:cdk:logicalId' && (logicalId === undefined || data === logicalId)));
    const reasons = paths.map(([path]) => scopes.find(({ scope, data }) =>
      isObject(data) && id in data && `${path}/`.startsWith(scope === '/' ? scope : `${scope}/`)));
    // Stacks that are nested may use a logical id again: only what holds for all of them is sure.
    return reasons.length > 0 && reasons.every((each) => each !== undefined) ? String((reasons[0].data as Record<string, unknown>)[id]) : undefined;
  };
}

function json(path: string): unknown {
  return parseJson(path, read(path));
}
