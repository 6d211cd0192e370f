// What a cache is filled with, how it is reached over the network, and who may come without TLS.
import { App, Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { CfnBucket, Bucket, BucketEncryption, IBucketRef } from 'aws-cdk-lib/aws-s3';
import { CacheNodeType, ClusterMode, Durability, IpDiscovery, NetworkType, RestoreSource, TransitEncryptionMode } from '../../src';
import { errorOf, expectNoBrokenTokens, groupProperties, newGroup, newStack, newVpc, parameter, propertiesOf, resourceOf, warningsOf } from '../support/cdk';

const TYPE = 'AWS::ElastiCache::ReplicationGroup';
const POLICY = 'AWS::S3::BucketPolicy';
const warned = (stack: Stack, code: string) => warningsOf(stack).filter((text) => text.includes(`cdk-elasticache::${code}`)).length;

describe('a snapshot', () => {
  test.each([
    ['nightly', 'nightly'], ['arn:aws:elasticache:eu-central-1:111122223333:snapshot:nightly', 'nightly'],
  ])('%s', (given, expected) => {
    const properties = groupProperties({ restoreFrom: RestoreSource.snapshot(given) });
    expect(properties.SnapshotName).toBe(expected);
    expect(properties).not.toHaveProperty('SnapshotArns');
  });

  test('that is a token', () => {
    const stack = newStack();
    newGroup(stack, { restoreFrom: RestoreSource.snapshot(parameter(stack, 'Name').string) });
    expect(propertiesOf(stack, TYPE).SnapshotName).toEqual({ Ref: 'Name' });
  });
});

describe('files', () => {
  const restored = (stack: Stack, bucket: IBucketRef, id = 'Cache') => newGroup(stack, { restoreFrom: RestoreSource.rdbFile(bucket, 'one.rdb', 'two.rdb') }, id);

  test('of a bucket of this app: the service may read them, before the cache is made', () => {
    const stack = newStack();
    restored(stack, new Bucket(stack, 'Bucket'));
    const arn = { 'Fn::GetAtt': [resourceOf(stack, 'AWS::S3::Bucket').logicalId, 'Arn'] };
    const file = (name: string) => ({ 'Fn::Join': ['', [arn, `/${name}`]] });
    const Principal = { Service: { 'Fn::Join': ['', [{ Ref: 'AWS::Region' }, '.elasticache-snapshot.', { Ref: 'AWS::URLSuffix' }]] } };
    expect(propertiesOf(stack, TYPE).SnapshotArns).toEqual([file('one.rdb'), file('two.rdb')]);
    expect(propertiesOf(stack, POLICY).PolicyDocument.Statement).toEqual([
      { Action: ['s3:ListBucket', 's3:GetBucketAcl'], Effect: 'Allow', Principal, Resource: arn },
      { Action: 's3:GetObject', Effect: 'Allow', Principal, Resource: [file('one.rdb'), file('two.rdb')] },
    ]);
    expect(resourceOf(stack, TYPE).DependsOn).toContain(resourceOf(stack, POLICY).logicalId);
    expect(warned(stack, 'SnapshotBucketPolicyUnknown')).toBe(0);
  });

  test('shared by two caches: the policy is written once', () => {
    const stack = newStack();
    const bucket = new Bucket(stack, 'Bucket');
    ['One', 'Two'].forEach((id) => restored(stack, bucket, id));
    expect(propertiesOf(stack, POLICY).PolicyDocument.Statement).toHaveLength(2);
  });

  test.each<[string, (stack: Stack) => IBucketRef]>([
    ['an imported bucket', (stack) => Bucket.fromBucketName(stack, 'Bucket', 'files')], ['a raw bucket', (stack) => new CfnBucket(stack, 'Bucket')],
    ['a bucket named by a token', (stack) => Bucket.fromBucketName(stack, 'Bucket', parameter(stack, 'Name').string)],
  ])('of %s: its policy is not changed, and that is said', (_, make) => {
    const stack = newStack();
    restored(stack, make(stack));
    expect(propertiesOf(stack, TYPE).SnapshotArns).toHaveLength(2);
    expect(warned(stack, 'SnapshotBucketPolicyUnknown')).toBe(1);
    Template.fromStack(stack).resourceCountIs(POLICY, 0);
    expectNoBrokenTokens(Template.fromStack(stack).toJSON());
  });

  test.each([['before', true], ['after', false]])('of a bucket in another stack, made %s', (_, first) => {
    const app = new App();
    const make = (id: string) => new Stack(app, id);
    const [left, right] = first ? [make('Files'), make('Caches')] : [make('Caches'), make('Files')].reverse();
    restored(right, new Bucket(left, 'Bucket'));
    app.synth();
    expect(propertiesOf(left, POLICY).PolicyDocument.Statement).toHaveLength(2);
    expect([right, left].map((stack) => stack.dependencies.map(({ node }) => node.id))).toEqual([['Files'], []]);
  });

  test('of a bucket with a key of KMS: the service may not be able to read them', () => {
    const stack = newStack();
    restored(stack, new Bucket(stack, 'Bucket', { encryption: BucketEncryption.KMS }));
    expect(warned(stack, 'SnapshotFileEncrypted')).toBe(1);
  });

  test.each([[[], 'got: none'], [['a,b.rdb'], 'got: "a,b.rdb"']])('%j are refused', (keys, words) => {
    const error = errorOf(() => RestoreSource.rdbFile(Bucket.fromBucketName(newStack(), 'Bucket', 'files'), ...keys));
    expect(error.codes).toEqual(['SnapshotFileInvalid']);
    expect(error.message).toContain(words);
  });
});

describe('network', () => {
  test.each([
    [{ networkType: NetworkType.DUAL_STACK }, 'dual_stack', undefined], [{ networkType: NetworkType.IPV6 }, 'ipv6', 'ipv6'], [{}, undefined, undefined],
    [{ networkType: NetworkType.DUAL_STACK, ipDiscovery: IpDiscovery.IPV6 }, 'dual_stack', 'ipv6'], [{ networkType: NetworkType.IPV4 }, 'ipv4', undefined],
  ])('%j', (props, networkType, ipDiscovery) => {
    const properties = groupProperties({ nodeType: CacheNodeType.R7G_LARGE, ...props });
    expect([properties.NetworkType, properties.IpDiscovery]).toEqual([networkType, ipDiscovery]);
  });

  test('a token is not judged', () => {
    const stack = newStack();
    newGroup(stack, { networkType: parameter(stack, 'Network').string as NetworkType, nodeType: CacheNodeType.of('cache.m4.large') });
    expect(propertiesOf(stack, TYPE).NetworkType).toEqual({ Ref: 'Network' });
  });
});

test.each([
  [{ transitEncryptionMode: TransitEncryptionMode.PREFERRED }, { TransitEncryptionMode: 'preferred', TransitEncryptionEnabled: true }],
  [{ transitEncryptionMode: TransitEncryptionMode.REQUIRED }, { TransitEncryptionMode: 'required' }],
  [{ durability: Durability.DISABLED }, { Durability: 'disabled' }], [{ durability: Durability.DEFAULT, clusterMode: ClusterMode.enabled() }, { Durability: 'default' }],
])('%j', (props, expected) => expect(groupProperties({ vpc: newVpc(newStack()), ...props })).toMatchObject(expected));
