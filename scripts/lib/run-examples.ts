// run-examples.ts TABLET: runs every example that jsii-rosetta translated, and synthesizes what it makes: that it compiles does not say that the
// library takes it. Needs compiled code; run in the project's root.
import { readFileSync } from 'fs';
import { join } from 'path';
import {
  App, Stack, aws_ec2 as ec2, aws_ecs as ecs, aws_elasticache, aws_iam as iam, aws_kms as kms, aws_lambda as lambda, aws_logs as logs, aws_rds as rds,
  aws_route53 as route53, aws_s3 as s3, aws_secretsmanager as secretsmanager, aws_sns as sns,
} from 'aws-cdk-lib';
import { Construct } from 'constructs';
import { ModuleKind, ScriptTarget, transpileModule } from 'typescript';
import { CacheCluster } from 'cdk-elasticache';

interface Translated {
  readonly fullSource: string;
  readonly location: {
    readonly api: { readonly fqn?: string; readonly moduleFqn?: string; readonly memberName?: string };
    readonly field?: { readonly line?: number };
  };
  readonly translations: { readonly $: { readonly source: string } };
}

/** What an example only declares, rosetta/default.ts-fixture first, is made by these. */
const vpc = (scope: Construct) => new ec2.Vpc(scope, 'Vpc', {
  subnetConfiguration: [ec2.SubnetType.PUBLIC, ec2.SubnetType.PRIVATE_WITH_EGRESS, ec2.SubnetType.PRIVATE_ISOLATED]
    .map((subnetType) => ({ subnetType, name: subnetType })),
});
const GIVEN: Readonly<Record<string, (scope: Construct) => unknown>> = {
  app: () => new App(),
  vpc,
  securityGroup: (scope) => new ec2.SecurityGroup(scope, 'SecurityGroup', { vpc: vpc(scope) }),
  fn: (scope) => new lambda.Function(scope, 'Fn', {
    vpc: vpc(scope), runtime: lambda.Runtime.NODEJS_22_X, handler: 'index.handler', code: lambda.Code.fromInline('exports.handler = async () => {}'),
  }),
  service: (scope) => {
    const taskDefinition = new ecs.FargateTaskDefinition(scope, 'Task');
    taskDefinition.addContainer('app', { image: ecs.ContainerImage.fromRegistry('app') });
    return new ecs.FargateService(scope, 'Service', { cluster: new ecs.Cluster(scope, 'Cluster', { vpc: vpc(scope) }), taskDefinition });
  },
  topic: (scope) => new sns.Topic(scope, 'Topic'),
  key: (scope) => new kms.Key(scope, 'Key'),
  secret: (scope) => new secretsmanager.Secret(scope, 'Secret'),
  logGroup: (scope) => new logs.LogGroup(scope, 'LogGroup', { logGroupName: 'slow-log' }),
  bucket: (scope) => new s3.Bucket(scope, 'Bucket'),
  database: (scope) => new rds.DatabaseCluster(scope, 'Database', {
    vpc: vpc(scope),
    engine: rds.DatabaseClusterEngine.auroraPostgres({ version: rds.AuroraPostgresEngineVersion.VER_16_4 }),
    writer: rds.ClusterInstance.serverlessV2('Writer'),
  }),
  zone: (scope) => new route53.PrivateHostedZone(scope, 'Zone', { vpc: vpc(scope), zoneName: 'example.internal' }),
  role: (scope) => new iam.Role(scope, 'Role', { assumedBy: new iam.AccountRootPrincipal() }),
  cache: (scope) => new CacheCluster(scope, 'Cache', { vpc: vpc(scope) }),
  // Declared by single examples.
  orders: (scope) => new CacheCluster(scope, 'Orders', { vpc: vpc(scope) }),
  sessions: (scope) => new CacheCluster(scope, 'Sessions', { vpc: vpc(scope) }),
  imported: (scope) => new CacheCluster(scope, 'Imported', { vpc: vpc(scope) }),
  pager: (scope) => new sns.Topic(scope, 'Pager'),
  mailbox: (scope) => new sns.Topic(scope, 'Mailbox'),
  theirUser: (scope) => new Construct(scope, 'TheirUser'),
  subnetGroup: (scope) => new aws_elasticache.CfnSubnetGroup(scope, 'SubnetGroup', { description: 'theirs', subnetIds: ['subnet-1', 'subnet-2'] }),
  group: (scope) => new aws_elasticache.CfnReplicationGroup(scope, 'Group', { replicationGroupDescription: 'theirs' }),
};

/** Everything an example is given is in a stack of its own; each thing is made once, when it is first asked for. */
function run({ fullSource, translations: { $: { source } } }: Translated): void {
  const app = new App();
  const made = new Map<string, unknown>([['app', app]]);
  const names = [...new Set([...fullSource.matchAll(/^\s*declare const (\w+)/gm)].map(([, name]) => name))];
  const values = names.map((name) => {
    if (!new RegExp(`\\b${name}\\b`).test(source)) {
      return undefined;
    }
    const make = GIVEN[name];
    if (make === undefined) {
      throw new Error(`nothing is given for ${name}: add it to scripts/lib/run-examples.ts`);
    }
    if (!made.has(name)) {
      made.set(name, make(new Stack(app, `Given${name}`)));
    }
    return made.get(name);
  });
  const { outputText } = transpileModule(`${fullSource}\nexport const fixture = typeof Fixture === 'undefined' ? undefined : Fixture;`, {
    compilerOptions: { module: ModuleKind.CommonJS, target: ScriptTarget.ES2022, esModuleInterop: true },
  });
  const module = { exports: {} as { fixture?: new (scope: Construct, id: string) => Construct } };
  new Function('require', 'exports', 'module', ...names, outputText)(require, module.exports, module, ...values);
  if (module.exports.fixture !== undefined) {
    new module.exports.fixture(app, 'Example');
  }
  app.synth();
}

const { snippets } = JSON.parse(readFileSync(join(process.argv[2]), 'utf8')) as { snippets: Record<string, Translated> };
let failed = 0;
for (const snippet of Object.values(snippets)) {
  try {
    run(snippet);
  } catch (error) {
    failed++;
    const { api, field } = snippet.location;
    console.log(`${api.fqn ?? api.moduleFqn}${api.memberName === undefined ? '' : `.${api.memberName}`}, line ${field?.line ?? 1}: ${(error as Error).stack}`);
    console.log(snippet.translations.$.source.replace(/^/gm, '    | '));
  }
}
console.log(`${Object.keys(snippets).length - failed} examples ran, ${failed} failed`);
process.exitCode = failed > 0 ? 1 : 0;
