import { Duration, RemovalPolicy, Stack } from 'aws-cdk-lib';
import { Annotations, Match } from 'aws-cdk-lib/assertions';
import { RetentionDays } from 'aws-cdk-lib/aws-logs';
import { Topic } from 'aws-cdk-lib/aws-sns';
import { cacheIn, errorOf, Resources, resourcesOf, stackOf, TYPE } from './fixtures';
import {
  BackupWindow, CacheAuthentication, CacheClusterOptions, CacheDefaults, CacheEngine, CacheNodeType, CacheProfile,
  CacheTopology, LogDelivery, MaintenanceWindow, Parameters, RedisVersion,
} from '../../src';

const days = (count: number) => Duration.days(count);
const retentions = (resources: Resources) => Object.values(resources.ofType(TYPE.logGroup)).map(({ Properties }) => Properties.RetentionInDays);
const policies = (resources: Resources) => Object.fromEntries(Object.entries(resources.all)
  .map(([id, { DeletionPolicy, UpdateReplacePolicy }]) => [id, [DeletionPolicy, UpdateReplacePolicy]]));
/** The library's own warnings; an imported VPC brings some of CDK's. */
const warningsOf = (stack: Stack) =>
  Annotations.fromStack(stack).findWarning('*', Match.stringLikeRegexp('cdk-elasticache::')).map(({ entry }) => String(entry.data));

describe('profiles', () => {
  describe('DEVELOPMENT', () => {
    const cache = resourcesOf(() => ({ profile: CacheProfile.DEVELOPMENT }));

    test('is a single cache.t4g.micro', () => {
      expect(cache.group).toMatchObject({ NumCacheClusters: 1, CacheNodeType: 'cache.t4g.micro', AutomaticFailoverEnabled: false, MultiAZEnabled: false });
    });

    test('has no backups and no window for them', () => {
      expect(cache.group.SnapshotRetentionLimit).toBe(0);
      expect(cache.group).not.toHaveProperty('SnapshotWindow');
    });

    test('has no logs', () => {
      expect(cache.group).not.toHaveProperty('LogDeliveryConfigurations');
      expect(cache.ids(TYPE.logGroup)).toEqual([]);
    });

    test('is deleted with its stack', () => {
      expect([...new Set(Object.values(policies(cache)).map((pair) => pair.join()))]).toEqual(['Delete,Delete']);
    });

    test('is as secure as every other', () => {
      expect(cache.group).toMatchObject({ TransitEncryptionEnabled: true, AtRestEncryptionEnabled: true, UserGroupIds: [expect.any(String)] });
    });

    test('warns of nothing', () => {
      const stack = stackOf();
      cacheIn(stack, { profile: CacheProfile.DEVELOPMENT });
      expect(warningsOf(stack)).toEqual([]);
    });
  });

  describe('PRODUCTION', () => {
    const cache = resourcesOf(() => ({ profile: CacheProfile.PRODUCTION }));

    test('is replicated over nodes without CPU credits', () => {
      expect(cache.group).toMatchObject({ NumCacheClusters: 2, CacheNodeType: 'cache.m7g.large', AutomaticFailoverEnabled: true, MultiAZEnabled: true });
    });

    test('keeps backups for 15 days and logs for three months', () => {
      expect(cache.group.SnapshotRetentionLimit).toBe(15);
      expect(retentions(cache)).toEqual([90, 90]);
    });

    test('takes a last snapshot', () => {
      expect(cache.only(TYPE.group).DeletionPolicy).toBe('Snapshot');
    });

    test('its logs are left out for an engine that cannot deliver them: what a profile says and the engine cannot do is no mistake of the user', () => {
      const profile = CacheProfile.combine(CacheProfile.PRODUCTION, CacheProfile.of('older nodes', { nodeType: CacheNodeType.R5_LARGE }));
      const old = resourcesOf(() => ({ profile, engine: CacheEngine.redis(RedisVersion.V5_0_6), authentication: CacheAuthentication.none() }));
      expect(old.group).not.toHaveProperty('LogDeliveryConfigurations');
    });
  });

  test('a backup window of a profile has no say when the cache has no backups', () => {
    const stack = stackOf();
    cacheIn(stack, { profile: CacheProfile.of('night', { backupWindow: BackupWindow.of('01:00-02:00') }), backupRetention: days(0) });
    expect(Resources.of(stack).group).not.toHaveProperty('SnapshotWindow');
    expect(warningsOf(stack)).toEqual([]);
  });

  test('a log that is asked for by prop and that the engine cannot deliver is a mistake', () => {
    expect(errorOf(() => resourcesOf(() => ({
      slowLog: LogDelivery.cloudWatch(), engine: CacheEngine.redis(RedisVersion.V5_0_6), authentication: CacheAuthentication.none(),
    }))).codes).toEqual(['SlowLogUnsupported']);
  });
});

interface Field {
  readonly name: keyof CacheDefaults;
  readonly read: (resources: Resources) => unknown;
  readonly library: unknown;
  readonly profile: [CacheDefaults, unknown];
  readonly prop: [CacheClusterOptions, unknown];
}

const logRetention = (kind: string) => (resources: Resources) => {
  const delivery = resources.group.LogDeliveryConfigurations?.find(({ LogType }: any) => LogType === kind);
  return delivery && resources.all[delivery.DestinationDetails.CloudWatchLogsDetails.LogGroup.Ref].Properties.RetentionInDays;
};
const memoryThreshold = (resources: Resources) =>
  Object.values(resources.ofType(TYPE.alarm)).find(({ Properties }) => JSON.stringify(Properties).includes('DatabaseMemory'))?.Properties.Threshold;
const week = LogDelivery.cloudWatch({ retention: RetentionDays.ONE_WEEK });

const FIELDS: Field[] = [
  {
    name: 'topology',
    read: ({ group }) => group.NumCacheClusters,
    library: 2,
    profile: [{ topology: CacheTopology.replicated({ replicas: 2 }) }, 3],
    prop: [{ topology: CacheTopology.singleNode() }, 1],
  },
  {
    name: 'nodeType',
    read: ({ group }) => group.CacheNodeType,
    library: 'cache.t4g.medium',
    profile: [{ nodeType: CacheNodeType.M7G_LARGE }, 'cache.m7g.large'],
    prop: [{ topology: CacheTopology.replicated({ nodeType: CacheNodeType.R7G_LARGE }) }, 'cache.r7g.large'],
  },
  {
    name: 'parameters',
    read: (resources) => resources.props(TYPE.parameterGroup).Properties,
    library: undefined,
    profile: [{ parameters: Parameters.custom({ 'maxmemory-policy': 'allkeys-lru', 'timeout': '60' }) }, { 'maxmemory-policy': 'allkeys-lru', 'timeout': '60' }],
    prop: [{ parameters: Parameters.custom({ 'timeout': '30', 'maxmemory-samples': '5' }) },
      { 'maxmemory-policy': 'allkeys-lru', 'timeout': '30', 'maxmemory-samples': '5' }],
  },
  {
    name: 'backupRetention',
    read: ({ group }) => group.SnapshotRetentionLimit,
    library: 7,
    profile: [{ backupRetention: days(3) }, 3],
    prop: [{ backupRetention: days(0) }, 0],
  },
  {
    name: 'backupWindow',
    read: ({ group }) => group.SnapshotWindow,
    library: '03:00-04:00',
    profile: [{ backupWindow: BackupWindow.of('10:00-11:00') }, '10:00-11:00'],
    prop: [{ backupWindow: BackupWindow.of('12:00-13:00') }, '12:00-13:00'],
  },
  {
    name: 'maintenanceWindow',
    read: ({ group }) => group.PreferredMaintenanceWindow,
    library: 'sun:05:00-sun:06:00',
    profile: [{ maintenanceWindow: MaintenanceWindow.of('mon:10:00-mon:11:00') }, 'mon:10:00-mon:11:00'],
    prop: [{ maintenanceWindow: MaintenanceWindow.of('tue:10:00-tue:11:00') }, 'tue:10:00-tue:11:00'],
  },
  {
    name: 'autoMinorVersionUpgrade',
    read: ({ group }) => group.AutoMinorVersionUpgrade,
    library: undefined,
    profile: [{ autoMinorVersionUpgrade: true }, true],
    prop: [{ autoMinorVersionUpgrade: false }, false],
  },
  { name: 'slowLog', read: logRetention('slow-log'), library: 30, profile: [{ slowLog: week }, 7], prop: [{ slowLog: LogDelivery.none() }, undefined] },
  { name: 'engineLog', read: logRetention('engine-log'), library: 30, profile: [{ engineLog: week }, 7], prop: [{ engineLog: LogDelivery.none() }, undefined] },
  {
    name: 'alarmThresholds',
    read: memoryThreshold,
    library: 80,
    profile: [{ alarmThresholds: { memoryPercent: 70 } }, 70],
    prop: [{ alarmThresholds: { memoryPercent: 60 } }, 60],
  },
  {
    name: 'removalPolicy',
    read: (resources) => resources.only(TYPE.group).DeletionPolicy,
    library: 'Snapshot',
    profile: [{ removalPolicy: RemovalPolicy.RETAIN }, 'Retain'],
    prop: [{ removalPolicy: RemovalPolicy.DESTROY }, 'Delete'],
  },
];

describe.each(FIELDS.map((field) => [field.name, field] as const))('the order of precedence for %s', (name, { read, library, profile, prop }) => {
  const valueOf = (props: CacheClusterOptions) => read(resourcesOf((stack) => ({ alarmTopic: new Topic(stack, 'Ops'), ...props })));
  const named = CacheProfile.of('organisation', profile[0]);

  test('the library decides what nobody says', () => expect(valueOf({})).toEqual(library));
  test('a profile wins over the library', () => expect(valueOf({ profile: named })).toEqual(profile[1]));
  test('a prop wins over the profile', () => expect(valueOf({ profile: named, ...prop[0] })).toEqual(prop[1]));
  test('a prop that is undefined hides nothing', () => expect(valueOf({ profile: named, [name]: undefined } as CacheClusterOptions)).toEqual(profile[1]));
  test('a profile\'s field that is undefined hides nothing', () => {
    expect(valueOf({ profile: CacheProfile.of('empty', { [name]: undefined }) })).toEqual(library);
    expect(valueOf({ profile: CacheProfile.combine(named, CacheProfile.of('empty', { [name]: undefined })) })).toEqual(profile[1]);
  });
  test('the last profile of a combination wins', () => {
    const weak = CacheProfile.of('weak', Object.fromEntries(Object.entries(prop[0])) as CacheDefaults);
    expect(valueOf({ profile: CacheProfile.combine(weak, named) })).toEqual(name === 'parameters'
      ? { 'maxmemory-policy': 'allkeys-lru', 'timeout': '60', 'maxmemory-samples': '5' } : name === 'nodeType' ? 'cache.r7g.large' : profile[1]);
  });
});

test('the table of precedence has every field of CacheDefaults', () => {
  const everyField: Record<keyof CacheDefaults, true> = {
    topology: true,
    nodeType: true,
    parameters: true,
    backupRetention: true,
    backupWindow: true,
    maintenanceWindow: true,
    autoMinorVersionUpgrade: true,
    slowLog: true,
    engineLog: true,
    alarmThresholds: true,
    removalPolicy: true,
  };
  expect(FIELDS.map(({ name }) => name).sort()).toEqual(Object.keys(everyField).sort());
});

describe('node types', () => {
  const big = CacheProfile.of('big', { nodeType: CacheNodeType.M7G_LARGE, topology: CacheTopology.singleNode({ nodeType: CacheNodeType.R7G_LARGE }) });

  test('a topology without a node type takes the profile\'s', () => {
    expect(resourcesOf(() => ({ profile: big, topology: CacheTopology.replicated() })).group.CacheNodeType).toBe('cache.m7g.large');
  });

  test('a profile\'s topology wins over its node type, as one that is more precise', () => {
    expect(resourcesOf(() => ({ profile: big })).group.CacheNodeType).toBe('cache.r7g.large');
  });
});

describe('CacheProfile.combine', () => {
  const a = CacheProfile.of('a', { backupRetention: days(1), parameters: Parameters.custom({ x: '1', y: '1' }) });
  const b = CacheProfile.of('b', { slowLog: LogDelivery.none(), parameters: Parameters.custom({ y: '2', z: '2' }) });

  test('names the profile after all of them', () => {
    expect(CacheProfile.combine(a, b).name).toBe('a+b');
  });

  test('keeps the fields of both', () => {
    expect(CacheProfile.combine(a, b).defaults).toMatchObject({ backupRetention: days(1), slowLog: LogDelivery.none() });
  });

  test('merges parameters name by name', () => {
    expect(CacheProfile.combine(a, b).defaults.parameters!.values).toEqual({ x: '1', y: '2', z: '2' });
    expect(CacheProfile.combine(b, a).defaults.parameters!.values).toEqual({ x: '1', y: '1', z: '2' });
  });

  test('leaves what it combines as it was', () => {
    CacheProfile.combine(a, b);
    expect(a.defaults.parameters!.values).toEqual({ x: '1', y: '1' });
    expect(a.defaults).not.toHaveProperty('slowLog');
  });

  test('has no parameters when none has any', () => {
    expect(CacheProfile.combine(CacheProfile.DEVELOPMENT, CacheProfile.PRODUCTION).defaults).not.toHaveProperty('parameters');
  });

  test('takes one profile, and none', () => {
    expect(CacheProfile.combine(a).defaults).toEqual(a.defaults);
    expect(CacheProfile.combine().defaults).toEqual({});
  });

  test('development over production is the cheap one', () => {
    expect(CacheProfile.combine(CacheProfile.PRODUCTION, CacheProfile.DEVELOPMENT).defaults).toEqual(CacheProfile.DEVELOPMENT.defaults);
  });
});
