import * as fs from 'fs';
import * as path from 'path';
import { App, aws_elasticache as elasticache, CfnResource, NestedStack, Stack } from 'aws-cdk-lib';
import { synthesize } from './support/assembly';
import { cdkNag, cdkPreflight, cfnLint, awsSchema } from './support/judges';
import { rawReplicationGroup } from './support/raw-replication-group';

// A judge that is not wired up finds nothing, which looks like praise. So each is shown something it must reject.

const GROUP = 'Raw/Group';

test('the judges see the newest aws-cdk-lib', () => {
  const version = (name: string) => JSON.parse(fs.readFileSync(require.resolve(`${name}/package.json`), 'utf8')).version;
  expect(version('aws-cdk-lib')).toBe(version('newest-cdk'));
});

test('the newest aws-cdk-lib writes with its own schema, not with the oldest one\'s', () => {
  const { directory } = synthesize(() => new App());
  const written = JSON.parse(fs.readFileSync(path.join(directory, 'manifest.json'), 'utf8')).version;
  const wanted = JSON.parse(fs.readFileSync(require.resolve('newest-cdk/package.json'), 'utf8'));
  expect(wanted.dependencies['@aws-cdk/cloud-assembly-schema']).toMatch(`^${parseInt(written)}.`);
});

test('aws-schema rejects a property that does not exist', () => {
  const assembly = synthesize(() => withProperty('Nonsense', true));
  expect(awsSchema(assembly)).toContainEqual(finding('F3002', /Nonsense/));
});

test('aws-schema rejects a value of the wrong type, and says so as an error', () => {
  const assembly = synthesize(() => withProperty('Port', 'abc'));
  expect(awsSchema(assembly)).toContainEqual(finding(/^F/, /Port/));
  // Without the strict flag it would be a warning and the report a success.
  expect(assembly.reports.find(report => report.pluginName === 'CloudFormation Validate')?.conclusion).toBe('failure');
});

test('cfn-lint rejects a property that does not exist', () => {
  expect(cfnLint(synthesize(() => withProperty('Nonsense', true)))).toContainEqual(finding('E3002', /Nonsense/));
});

test('cfn-lint rejects Valkey that leaves encryption in transit unsaid', () => {
  const assembly = synthesize(() => rawReplicationGroup({ transitEncryptionEnabled: undefined, transitEncryptionMode: undefined }));
  expect(cfnLint(assembly)).toContainEqual(finding('E3704', /TransitEncryptionEnabled/));
});

test('cfn-lint reads the templates of nested stacks', () => {
  const assembly = synthesize(() => {
    const app = new App();
    const nested = new NestedStack(new Stack(app, 'Outer'), 'Inner');
    new CfnResource(nested, 'Group', { type: 'AWS::ElastiCache::ReplicationGroup', properties: { Nonsense: true } });
    return app;
  });
  expect(cfnLint(assembly)).toContainEqual(expect.objectContaining({ rule: 'E3002', resource: 'Outer/Inner/Group' }));
});

test('cdk-preflight rejects failover without a replica', () => {
  const assembly = synthesize(() => rawReplicationGroup({ numCacheClusters: 1, multiAzEnabled: false }));
  expect(cdkPreflight(assembly)).toContainEqual(finding('pf-elasticache-replication-group-clusters', /Automatic failover/));
});

test('cdk-preflight rejects Memcached in a replication group', () => {
  const assembly = synthesize(() => rawReplicationGroup({ engine: 'memcached', engineVersion: undefined }));
  expect(cdkPreflight(assembly)).toContainEqual(finding('pf-elasticache-engine', /does not support replication/));
});

test('cdk-nag rejects a cache without encryption', () => {
  const assembly = synthesize(() => rawReplicationGroup({
    transitEncryptionEnabled: false, transitEncryptionMode: undefined, atRestEncryptionEnabled: false, kmsKeyId: undefined,
  }));
  expect(cdkNag(assembly)).toContainEqual(finding('AwsSolutions-AEC3', /encryption/));
});

test('cdk-nag rejects a single-zone cache', () => {
  const assembly = synthesize(() => rawReplicationGroup({ multiAzEnabled: false }));
  expect(cdkNag(assembly)).toContainEqual(finding('AwsSolutions-AEC4', /Multi-AZ/));
});

function withProperty(name: string, value: unknown): App {
  const app = rawReplicationGroup();
  const group = app.node.findChild('Raw').node.findChild('Group') as elasticache.CfnReplicationGroup;
  group.addPropertyOverride(name, value);
  return app;
}

function finding(rule: string | RegExp, message: RegExp): unknown {
  return expect.objectContaining({
    rule: typeof rule === 'string' ? rule : expect.stringMatching(rule),
    resource: GROUP,
    message: expect.stringMatching(message),
  });
}
