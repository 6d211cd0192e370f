// The plugin in real syntheses, as CDK calls it.
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'fs';
import { tmpdir } from 'os';
import { join } from 'path';
import { App, CfnCondition, CfnOutput, CfnParameter, CfnResource, Fn, NestedStack, Stack, Stage, Validations } from 'aws-cdk-lib';
import { CfnReplicationGroup, CfnSubnetGroup } from 'aws-cdk-lib/aws-elasticache';
import { Topic } from 'aws-cdk-lib/aws-sns';
import { CfnInclude } from 'aws-cdk-lib/cloudformation-include';
import { Construct } from 'constructs';
import { CacheEngine, ClusterMode, ElastiCacheChecks, RedisVersion, ReplicationGroup } from '../../src';
import { TEMPLATE_RULES } from '../../src/checks/rules/index';
import { acknowledge, newVpc, warningsOf } from '../support/cdk';

interface Reported {
  readonly ruleName: string;
  readonly severity: string;
  readonly description: string;
  readonly places: string[];
}

interface Outcome {
  readonly findings: Reported[];
  readonly acknowledged: string[];
  readonly failed: boolean;
}

const BAD = {
  replicationGroupDescription: 'Cache',
  engine: 'valkey',
  engineVersion: '8.2',
  cacheNodeType: 'cache.t4g.small',
  numCacheClusters: 2,
  automaticFailoverEnabled: true,
  cacheSubnetGroupName: 'subnets',
  transitEncryptionEnabled: true,
  port: 80,
};
const folders: string[] = [];

afterAll(() => folders.forEach((folder) => rmSync(folder, { recursive: true })));

function newApp(): App {
  const outdir = mkdtempSync(join(tmpdir(), 'checks-'));
  folders.push(outdir);
  const app = new App({ outdir });
  Validations.of(app).addPlugins(new ElastiCacheChecks());
  return app;
}

/** Synthesizes and reads the report that CDK writes. */
/** What a review would say of the small caches here besides; it has tests of its own. */
const BESIDES = new Set(['checks/security', 'checks/trap', 'checks/schema'].flatMap((folder) => TEMPLATE_RULES[folder]).map(({ code }) => code));

function outcomeOf(app: App): Outcome {
  let failed = false;
  const quiet = jest.spyOn(console, 'error').mockImplementation();
  try {
    app.synth();
  } catch (error) {
    failed = true;
    expect((error as Error).name).toBe('ValidationFailed');
  }
  quiet.mockRestore();
  const reports = readdirSync(app.outdir).filter((name) => name.includes('validation-report'))
    .flatMap((name) => JSON.parse(readFileSync(join(app.outdir, name), 'utf8')).pluginReports as any[]);
  const own = reports.filter((report) => (report.pluginName ?? report.summary?.pluginName) === 'cdk-elasticache');
  return {
    findings: own.flatMap(({ violations = [] }) => violations).filter(({ ruleName }: any) => !BESIDES.has(ruleName)).map((violation: any) => ({
      ruleName: violation.ruleName,
      severity: violation.severity,
      description: violation.description,
      places: (violation.violatingResources ?? violation.violatingConstructs).map((place: any) => place.constructPath),
    })),
    acknowledged: own.flatMap((report) => report.suppressedViolations ?? report.suppressed ?? []).map((each: any) => each.ruleName),
    failed,
  };
}

const bad = (scope: Construct, id = 'Cache') => new CfnReplicationGroup(scope, id, BAD);
const names = ({ findings }: Outcome) => findings.map(({ ruleName, places }) => [ruleName, ...places]);

test('rejects what AWS would refuse, where it is, and says why', () => {
  const app = newApp();
  bad(new Stack(app, 'Stack'));
  expect(outcomeOf(app)).toEqual({
    failed: true,
    acknowledged: [],
    findings: [{ ruleName: 'PortOutOfRange', severity: 'error', description: 'Port must be 1150 to 8004 or 8006 to 65535, got: 80', places: ['Stack/Cache'] }],
  });
});

test('a warning fails nothing', () => {
  const app = newApp();
  new CfnReplicationGroup(new Stack(app, 'Stack'), 'Cache', { ...BAD, port: 6379, snapshotWindow: '03:00-04:00', snapshotRetentionLimit: 0 });
  expect(outcomeOf(app)).toMatchObject({ failed: false, findings: [{ ruleName: 'BackupWindowWithoutBackups', severity: 'warning' }] });
});

test('finds nothing in caches of this library, and nothing where there are none', () => {
  const app = newApp();
  const stack = new Stack(app, 'Stack');
  new ReplicationGroup(stack, 'Cache', { vpc: newVpc(stack) });
  new Topic(new Stack(app, 'Other'), 'Topic');
  expect(outcomeOf(app)).toEqual({ failed: false, acknowledged: [], findings: [] });
});

test('judges nested stacks, those inside nested stacks included', () => {
  const app = newApp();
  const nested = new NestedStack(new Stack(app, 'Stack'), 'Nested');
  bad(nested);
  bad(new NestedStack(nested, 'Inner'));
  expect(names(outcomeOf(app))).toEqual([['PortOutOfRange', 'Stack/Nested/Cache'], ['PortOutOfRange', 'Stack/Nested/Inner/Cache']]);
});

test('judges the stacks of stages', () => {
  const app = newApp();
  for (const stage of ['Test', 'Prod']) {
    const stack = new Stack(new Stage(app, stage), 'Stack');
    bad(stack);
    bad(new NestedStack(stack, 'Nested'));
  }
  expect(names(outcomeOf(app)).sort()).toEqual(['Prod', 'Test'].flatMap((stage) =>
    [['PortOutOfRange', `${stage}/Stack/Cache`], ['PortOutOfRange', `${stage}/Stack/Nested/Cache`]]));
});

test('keeps nothing from one app for the next, nor from one synthesis', () => {
  const [first, second] = [newApp(), newApp()];
  bad(new Stack(first, 'Stack'));
  new CfnReplicationGroup(new Stack(second, 'Stack'), 'Cache', { ...BAD, port: 6379 });
  expect([outcomeOf(first), outcomeOf(second)].map(names)).toEqual([[['PortOutOfRange', 'Stack/Cache']], []]);
});

test('judges what CfnInclude brings along', () => {
  const app = newApp();
  const templateFile = join(app.outdir, 'included.json');
  writeFileSync(templateFile, JSON.stringify({ Resources: { Users: { Type: 'AWS::ElastiCache::UserGroup', Properties: { UserGroupId: 'my_users', Engine: 'valkey', UserIds: ['app'] } } } }));
  new CfnInclude(new Stack(app, 'Stack'), 'Included', { templateFile });
  expect(names(outcomeOf(app))).toEqual([['UserGroupIdInvalid', 'Stack/Included/Users']]);
});

test('judges resources that no class was made for', () => {
  const app = newApp();
  new CfnResource(new Stack(app, 'Stack'), 'Cache', { type: 'AWS::ElastiCache::ReplicationGroup', properties: { ReplicationGroupDescription: 'x', Port: '80', CacheNodeType: 'cache.t4g.micro', NumCacheClusters: '2' } });
  expect(names(outcomeOf(app))).toEqual([['PortOutOfRange', 'Stack/Cache']]);
});

test('judges conditions together, and says what has to be chosen', () => {
  const app = newApp();
  const stack = new Stack(app, 'Stack');
  const size = new CfnParameter(stack, 'Size', { default: 'small', allowedValues: ['small', 'large'] });
  const large = new CfnCondition(stack, 'Large', { expression: Fn.conditionEquals(size, 'large') });
  const choice = (yes: unknown, no: unknown): any => Fn.conditionIf(large.logicalId, yes, no);
  const common = { ...BAD, port: 6379 };
  new CfnReplicationGroup(stack, 'Good', { ...common, automaticFailoverEnabled: choice(true, false), numCacheClusters: choice(2, 1) });
  new CfnReplicationGroup(stack, 'Bad', { ...common, automaticFailoverEnabled: choice(true, false), numCacheClusters: 1 });
  expect(outcomeOf(app).findings).toEqual([expect.objectContaining({
    ruleName: 'FailoverNeedsReplica', severity: 'error', places: ['Stack/Bad'], description: expect.stringMatching(/\(when Size = "large"\)$/),
  })]);
});

test('follows references between resources', () => {
  const app = newApp();
  const stack = new Stack(app, 'Stack');
  const topic = new CfnResource(stack, 'Topic', { type: 'AWS::SNS::Topic', properties: { KmsMasterKeyId: 'alias/aws/sns' } });
  const subnets = new CfnSubnetGroup(stack, 'Subnets', { description: 'Subnets', subnetIds: ['subnet-1'] });
  new CfnReplicationGroup(stack, 'Cache', { ...BAD, port: 6379, notificationTopicArn: topic.ref, cacheSubnetGroupName: subnets.ref });
  expect(names(outcomeOf(app))).toEqual([['NotificationTopicEncrypted', 'Stack/Cache']]);
});

describe('what is acknowledged', () => {
  test('is shown as such and fails nothing', () => {
    const app = newApp();
    const stack = new Stack(app, 'Stack');
    acknowledge(bad(stack), 'PortOutOfRange');
    expect(outcomeOf(app)).toEqual({ failed: false, findings: [], acknowledged: ['PortOutOfRange'] });
  });

  test('on a scope holds for what is below it, and for nothing else', () => {
    const app = newApp();
    const [first, second] = ['First', 'Second'].map((id) => new Stack(app, id));
    [first, second].forEach((stack) => bad(stack));
    acknowledge(first, 'PortOutOfRange');
    const outcome = outcomeOf(app);
    expect(outcome).toMatchObject({ failed: true, acknowledged: ['PortOutOfRange'], findings: [{ severity: 'error', places: ['Second/Cache'] }] });
    expect(outcome.findings[0].ruleName).toMatch(/^PortOutOfRange/);
  });

  test('holds in nested stacks', () => {
    const app = newApp();
    const stack = new Stack(app, 'Stack');
    bad(new NestedStack(stack, 'Nested'));
    acknowledge(stack, 'PortOutOfRange');
    expect(outcomeOf(app)).toEqual({ failed: false, findings: [], acknowledged: ['PortOutOfRange'] });
  });

  test('before a construct was made is shown for its resource', () => {
    const app = newApp();
    const stack = new Stack(app, 'Stack');
    acknowledge(stack, 'FailoverNeedsReplica');
    new ReplicationGroup(stack, 'Cache', { vpc: newVpc(stack), automaticFailover: true, multiAz: false, clusterMode: ClusterMode.disabled({ replicas: 0 }) });
    expect(outcomeOf(app)).toEqual({ failed: false, findings: [], acknowledged: ['FailoverNeedsReplica'] });
  });
});

test('a warning that a construct carries is not said twice', () => {
  const app = newApp();
  const stack = new Stack(app, 'Stack');
  new ReplicationGroup(stack, 'Cache', { vpc: newVpc(stack), engine: CacheEngine.redis(RedisVersion.V5_0_6) });
  expect(warningsOf(stack).join()).toContain('cdk-elasticache::RedisExtendedSupport');
  expect(outcomeOf(app).findings).toEqual([]);
});

test('presents itself', () => {
  const checks = new ElastiCacheChecks();
  expect(checks.name).toBe('cdk-elasticache');
  expect(checks.version).toMatch(/^\d+\.\d+\.\d+/);
  expect(checks.ruleIds).toEqual(expect.arrayContaining(['PortOutOfRange', 'StorageLimitInvalid', 'ClusterNameInvalid', 'UserIdInvalid']));
  expect(new Set(checks.ruleIds).size).toBe(checks.ruleIds!.length);
});

test('what is wrong with the template as a whole is said of the output or the stack, and acknowledged there', () => {
  const build = (reason?: string) => {
    const app = newApp();
    const stack = new Stack(app, 'Stack');
    stack.templateOptions.templateFormatVersion = '2010-09-10';
    new CfnReplicationGroup(stack, 'Cache', { ...BAD, port: 6379 });
    const output = new CfnOutput(stack, 'Host', { value: Fn.ref('Nothing') });
    if (reason) {
      Validations.of(output).acknowledge({ id: 'cdk-elasticache::ReferenceUnresolved', reason });
      Validations.of(stack).acknowledge({ id: 'cdk-elasticache::FormatVersionInvalid', reason });
    }
    return outcomeOf(app);
  };
  expect(names(build())).toEqual([['ReferenceUnresolved', 'Stack/Host'], ['FormatVersionInvalid', 'Stack']]);
  expect(build('Another tool writes it.')).toMatchObject({ failed: false, findings: [] });
});
