// Every rule over plain CloudFormation, on both sides of its border, without CDK.
import { evaluate, Relations, ResourceView, UNKNOWN } from '../../src/checks/rule';
import { SERVERLESS_RULES } from '../../src/serverless/serverless-rules';

const TYPE = 'AWS::ElastiCache::ServerlessCache';
type Sample = Record<string, unknown> & { readonly related?: Relations };

interface Judgement {
  readonly code: string;
  readonly bad: readonly Sample[];
  readonly good: readonly Sample[];
  readonly asksForPresence?: readonly string[];
}

const group = (Engine: unknown): Relations => ({ UserGroupId: [new ResourceView('AWS::ElastiCache::UserGroup', { Engine })] });
const subnets = (...each: Record<string, unknown>[]): Relations => ({ SubnetIds: each.map((properties) => new ResourceView('AWS::EC2::Subnet', properties)) });
const zones = (...names: unknown[]) => subnets(...names.map((AvailabilityZone) => ({ AvailabilityZone })));
const storage = (limit: object) => ({ CacheUsageLimits: { DataStorage: { Unit: 'GB', ...limit } } });
const ecpu = (limit: object) => ({ CacheUsageLimits: { ECPUPerSecond: limit } });
const ids = (count: number) => ({ SubnetIds: Array.from({ length: count }, (_, index) => `subnet-${index}`) });
const v4 = { CidrBlock: '10.0.0.0/24' };

const JUDGEMENTS: readonly Judgement[] = [
  { code: 'ServerlessEngineUnknown', bad: ['keydb', ''].map((Engine) => ({ Engine })), good: ['valkey', 'redis', 'memcached', 'VALKEY'].map((Engine) => ({ Engine })) },
  {
    code: 'ServerlessVersionUnsupported',
    bad: [['redis', '6'], ['redis', '8'], ['redis', '7.1'], ['valkey', '7.2'], ['valkey', '8.0.1']].map(([Engine, MajorEngineVersion]) => ({ Engine, MajorEngineVersion })),
    good: [['redis', '7'], ['valkey', '7'], ['valkey', '8'], ['valkey', '9'], ['valkey', '10'], ['memcached', '1.6'], ['memcached', '1.6.22'], ['keydb', '1']]
      .map(([Engine, MajorEngineVersion]) => ({ Engine, MajorEngineVersion })),
  },
  {
    code: 'ServerlessVersionUnknown',
    bad: [['valkey', '6'], ['valkey', '10'], ['memcached', '1.5'], ['memcached', '1.6.22']].map(([Engine, MajorEngineVersion]) => ({ Engine, MajorEngineVersion })),
    good: [['valkey', '9'], ['valkey', '7.2'], ['redis', '6'], ['memcached', '1.6']].map(([Engine, MajorEngineVersion]) => ({ Engine, MajorEngineVersion })),
  },
  {
    code: 'ServerlessCacheNameInvalid',
    bad: ['', '1a', 'a_b', 'a--b', 'a-'].map((ServerlessCacheName) => ({ ServerlessCacheName })),
    good: ['a', 'A-1', 'x'.repeat(41)].map((ServerlessCacheName) => ({ ServerlessCacheName })),
  },
  { code: 'ServerlessCacheNameLong', bad: [{ ServerlessCacheName: 'x'.repeat(41) }], good: [{ ServerlessCacheName: 'x'.repeat(40) }] },
  {
    code: 'ServerlessUserGroupUnsupported',
    asksForPresence: ['UserGroupId'],
    bad: [{ Engine: 'memcached', UserGroupId: 'g' }],
    good: [{ Engine: 'valkey', UserGroupId: 'g' }, { Engine: 'redis', UserGroupId: 'g' }, { Engine: 'memcached' }],
  },
  {
    code: 'ServerlessUserGroupEngineUnfit',
    bad: [{ Engine: 'redis', related: group('valkey') }, { Engine: 'Redis', related: group('VALKEY') }],
    good: [{ Engine: 'redis', related: group('redis') }, { Engine: 'valkey', related: group('redis') }, { Engine: 'redis', related: group(UNKNOWN) }],
  },
  {
    code: 'StorageLimitInvalid',
    bad: [storage({ Maximum: 5001 }), storage({ Minimum: -1 }), storage({ Maximum: 1.5 }), storage({ Minimum: 3, Maximum: 2 })],
    good: [{ Minimum: 1, Maximum: 5000 }, { Minimum: 0, Maximum: 0 }, { Minimum: 5, Maximum: 0 }, { Minimum: UNKNOWN, Maximum: 1 }].map(storage),
  },
  { code: 'StorageUnitInvalid', bad: [storage({ Unit: 'MB' })], good: [storage({}), storage({ Unit: 'gb' }), storage({ Unit: UNKNOWN })] },
  {
    code: 'EcpuLimitInvalid',
    bad: [ecpu({ Maximum: 999 }), ecpu({ Minimum: 15_000_001 }), ecpu({ Minimum: 2000, Maximum: 1000 })],
    good: [ecpu({ Minimum: 1000, Maximum: 15_000_000 }), ecpu({ Maximum: 0 }), ecpu({ Minimum: 2000, Maximum: UNKNOWN })],
  },
  {
    code: 'ServerlessDescriptionInvalid',
    bad: ['x'.repeat(256), 'a<b', 'a>b'].map((Description) => ({ Description })),
    good: ['', 'x'.repeat(255)].map((Description) => ({ Description })),
  },
  {
    code: 'ServerlessRetentionOutOfRange',
    bad: [-1, 36, 1.5].map((SnapshotRetentionLimit) => ({ SnapshotRetentionLimit })),
    good: [0, 1, 35].map((SnapshotRetentionLimit) => ({ SnapshotRetentionLimit })),
  },
  {
    code: 'DailyBackupTimeInvalid',
    bad: ['24:00', '3:00', '03:60', '03:00-04:00'].map((DailySnapshotTime) => ({ DailySnapshotTime })),
    good: ['00:00', '23:59'].map((DailySnapshotTime) => ({ DailySnapshotTime })),
  },
  {
    code: 'DailyBackupTimeWithoutBackups',
    asksForPresence: ['DailySnapshotTime'],
    bad: [{ DailySnapshotTime: '03:00' }, { DailySnapshotTime: '03:00', SnapshotRetentionLimit: 0 }],
    good: [{ DailySnapshotTime: '03:00', SnapshotRetentionLimit: 1 }, { SnapshotRetentionLimit: 0 }],
  },
  {
    code: 'SnapshotArnInvalid',
    bad: ['last', 'arn:aws:rds:eu-west-1:1:snapshot:x', 'arn:aws:s3:::bucket/a,b.rdb'].map((arn) => ({ SnapshotArnsToRestore: [arn] })),
    good: ['arn:aws:s3:::bucket/a.rdb', 'arn:aws-cn:elasticache:cn-north-1:1:snapshot:x'].map((arn) => ({ SnapshotArnsToRestore: [arn] })),
  },
  {
    code: 'FinalSnapshotNameInvalid',
    bad: ['', 'a_b', 'x'.repeat(256)].map((FinalSnapshotName) => ({ FinalSnapshotName })),
    good: ['a', 'x'.repeat(255)].map((FinalSnapshotName) => ({ FinalSnapshotName })),
  },
  { code: 'ServerlessSubnetCount', bad: [0, 1, 4].map(ids), good: [2, 3].map(ids) },
  {
    code: 'ServerlessSubnetsShareZone',
    bad: [{ related: zones('a', 'a') }, { related: zones('a', 'b', 'b') }],
    good: [{ related: zones('a', 'b') }, { related: zones(undefined, undefined) }, { related: zones(UNKNOWN, UNKNOWN) }],
  },
  {
    code: 'NetworkTypeUnfitForSubnets',
    bad: [{ NetworkType: 'dual_stack', related: subnets(v4) }, { NetworkType: 'ipv6', related: subnets(v4) }],
    good: [
      { NetworkType: 'ipv4', related: subnets(v4) }, { NetworkType: 'dual_stack', related: subnets({ ...v4, Ipv6CidrBlock: UNKNOWN }) },
      { NetworkType: 'ipv6', related: subnets({ Ipv6Native: true, Ipv6CidrBlock: UNKNOWN }) }, { NetworkType: 'dual_stack', related: zones('a') },
      { related: subnets(v4) },
    ],
  },
];

function messages(code: string, { related, ...properties }: Sample): string[] {
  const findings = evaluate(SERVERLESS_RULES, new ResourceView(TYPE, properties, {}, related));
  return findings.filter(({ rule }) => rule.code === code).map(({ message }) => message);
}

test('there is a case for every rule', () => expect(JUDGEMENTS.map(({ code }) => code)).toEqual(SERVERLESS_RULES.map(({ code }) => code)));

describe.each(JUDGEMENTS.map((judgement) => [judgement.code, judgement] as const))('%s', (code, { bad, good, asksForPresence = [] }) => {
  const rule = SERVERLESS_RULES.find((each) => each.code === code)!;

  test.each(bad.map((sample) => [JSON.stringify(sample), sample] as const))('finds %s', (_, sample) => {
    const [message, ...more] = messages(code, sample);
    expect(message).not.toMatch(/\$\{|undefined|\[object|\.$/);
    expect(more).toEqual([]);
  });

  test.each(good.map((sample) => [JSON.stringify(sample), sample] as const))('passes %s (%#)', (_, sample) => expect(messages(code, sample)).toEqual([]));

  test('judges no token, and nothing that is not written', () => {
    expect(messages(code, Object.fromEntries(rule.reads.map((property) => [property, UNKNOWN])))).toEqual([]);
    expect(messages(code, {})).toEqual([]);
    for (const sample of bad) {
      for (const property of rule.reads.filter((each) => each in sample)) {
        expect([property, messages(code, { ...sample, [property]: UNKNOWN }).length]).toEqual([property, asksForPresence.includes(property) ? 1 : 0]);
      }
    }
  });

  test('rejects only what a source says', () => {
    expect(rule.evidence === 'inferred' && rule.severity === 'error').toBe(false);
    expect(rule).toMatchObject({ resourceType: TYPE, checked: '2026-11-21', since: '0.1.0', source: expect.stringMatching(/^https:\/\/docs\.aws\.amazon\.com\//) });
  });
});
