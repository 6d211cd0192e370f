// Facts about ElastiCache's node types. Data only: nothing of CDK is imported here, so that rules can use it anywhere.
// To add a node type, add one line to SIZES, one to FAMILIES if its family is new, and a constant to `CacheNodeType`.

/** A fact that a row can carry. */
type Fact = 'vcpus' | 'memoryGiB' | 'minRedis' | 'minMemcached';

/** What a family of node types can do. `undefined` means: not known, so never a reason to reject. */
interface FamilyRow {
  /** `previous` runs on in existing clusters only; `phasing-out` is being closed to new clusters. */
  readonly generation: 'current' | 'phasing-out' | 'previous';
  /** Whether new clusters can be made with it. */
  readonly creatable: boolean;
  readonly burstable: boolean;
  /** Keeps rarely used data on a local SSD. */
  readonly dataTiering: boolean;
  readonly graviton?: boolean;
  readonly nitro?: boolean;
  /** Takes the network types `ipv6` and `dual_stack`; Nitro only. */
  readonly ipv6?: boolean;
  /** The lowest version per engine; an engine that is not named does not run on the family. */
  readonly minimum?: { readonly valkey?: string; readonly redis?: string; readonly memcached?: string };
  /** Memcached can encrypt in transit on it. Valkey and Redis OSS can on every creatable family. */
  readonly memcachedTls?: boolean;
  /** Can be a member of a global datastore from size `large` up. */
  readonly globalDatastore?: boolean;
  /** Can be scaled automatically in the sizes of AUTO_SCALING_SIZES. */
  readonly autoScaling?: boolean;
  /** Takes the durability settings of Valkey 9.0. */
  readonly durability?: boolean;
  /** Facts that AWS does not print, or prints with contradictions: they inform, but nothing may be rejected on them. */
  readonly unsure?: readonly Fact[];
}

/** One size of a family. */
interface SizeRow {
  /** Family and size: the node type without `cache.`. */
  readonly type: string;
  /** AWS prints it for the burstable families; for others it is that of the EC2 type of the same name. */
  readonly vcpus: number;
  /** As printed, rounded to two places: up to 0.01 above or below what `maxmemory` says. */
  readonly memoryGiB: number;
  /** Bytes: the engine's `maxmemory`, before anything is reserved. */
  readonly maxmemory?: number;
  /** MiB: Memcached's `max_cache_memory`. */
  readonly memcachedMiB?: number;
  /** GiB of local SSD for data tiering. */
  readonly ssdGiB?: number;
  /** Gbit/s, all the time. */
  readonly gbps?: number;
  /** Gbit/s, for a while. */
  readonly burstGbps?: number;
  /** As for a family, for this size only. */
  readonly unsure?: readonly Fact[];
}

const GUIDE = 'https://docs.aws.amazon.com/AmazonElastiCache/latest/dg';

/** Where the facts are written. */
export const NODE_TYPE_SOURCES = {
  /** Types, sizes, memory, bandwidth, generation, lowest engine versions. */
  types: `${GUIDE}/CacheNodes.SupportedTypes.html`,
  /** `maxmemory` and `max_cache_memory`. */
  maxmemory: `${GUIDE}/ParameterGroups.Engine.html#ParameterGroups.Valkey.NodeSpecific`,
  /** Which families can no longer be created. */
  previousGeneration: 'https://docs.aws.amazon.com/AmazonElastiCache/latest/APIReference/API_CreateCacheCluster.html',
  /** Sizes and families of automatic scaling. The page is older than the 8g families, which stay unknown. */
  autoScaling: `${GUIDE}/AutoScaling.html`,
  dataTiering: `${GUIDE}/data-tiering.html`,
  durability: `${GUIDE}/Durability.Limitations.html`,
  globalDatastore: `${GUIDE}/Redis-Global-Datastores-Getting-Started.html`,
  ipv6: `${GUIDE}/network-type.html`,
  memcachedTls: `${GUIDE}/in-transit-encryption-mc.html`,
};

/** When the sources were last read. */
export const NODE_TYPES_CHECKED = '2026-11-21';

/** The sizes that automatic scaling takes. */
const AUTO_SCALING_SIZES = ['large', 'xlarge', '2xlarge'];

/** The sizes too small for a global datastore. */
const BELOW_LARGE = ['micro', 'small', 'medium'];

const CURRENT = { generation: 'current', creatable: true, burstable: false, dataTiering: false, memcachedTls: true, durability: false } as const;
const NITRO = { ...CURRENT, nitro: true, ipv6: true, globalDatastore: true, autoScaling: true } as const;
const GRAVITON = { ...NITRO, graviton: true } as const;
const INTEL = { ...NITRO, graviton: false } as const;
const XEN = { ...CURRENT, graviton: false, nitro: false, ipv6: false, globalDatastore: false, autoScaling: false } as const;
const PREVIOUS = { generation: 'previous', creatable: false, burstable: false, dataTiering: false, unsure: ['vcpus', 'memoryGiB'] } as const;
/** Burstable families are too small for what needs size `large`. */
const BURSTABLE = { burstable: true, globalDatastore: false, autoScaling: false } as const;

/** A vCPU count after the EC2 type of the same name. */
const VCPUS: readonly Fact[] = ['vcpus'];
/** Memcached before 1.5.16 did run on some of these families. */
const MEMCACHED: readonly Fact[] = ['minMemcached'];
const BOTH = [...VCPUS, ...MEMCACHED];

/** Lowest versions of the 8g families: no Redis OSS. */
const NO_REDIS = { valkey: '7.2', memcached: '1.6.6' };

/** What the sizes of a family have in common. */
const FAMILIES: Readonly<Record<string, FamilyRow>> = {
  // General purpose
  m8g: { ...GRAVITON, minimum: NO_REDIS, durability: true, autoScaling: undefined, unsure: VCPUS },
  m7g: { ...GRAVITON, minimum: { valkey: '7.2', redis: '6.2', memcached: '1.5.16' }, durability: true, unsure: BOTH },
  m6g: { ...GRAVITON, minimum: { valkey: '7.2', redis: '5.0.6', memcached: '1.5.16' }, durability: true, unsure: BOTH },
  m5: { ...INTEL, minimum: { valkey: '7.2', redis: '4.0.10', memcached: '1.5.16' }, unsure: BOTH },
  m4: { ...XEN, minimum: { valkey: '7.2', redis: '4.0.10', memcached: '1.5.16' }, unsure: BOTH },
  t4g: { ...GRAVITON, ...BURSTABLE, minimum: { valkey: '7.2', redis: '5.0.6', memcached: '1.5.16' }, unsure: MEMCACHED },
  t3: { ...INTEL, ...BURSTABLE, minimum: { valkey: '7.2', redis: '4.0.10', memcached: '1.5.16' }, unsure: MEMCACHED },
  t2: {
    ...XEN,
    ...BURSTABLE,
    generation: 'phasing-out',
    memcachedTls: false,
    minimum: { valkey: '7.2', redis: '4.0.10', memcached: '1.5.16' },
    unsure: MEMCACHED,
  },
  // Memory optimized
  r8g: { ...GRAVITON, minimum: NO_REDIS, durability: true, autoScaling: undefined, unsure: VCPUS },
  r7g: { ...GRAVITON, minimum: { valkey: '7.2', redis: '6.2', memcached: '1.5.16' }, durability: true, unsure: BOTH },
  r6g: { ...GRAVITON, minimum: { valkey: '7.2', redis: '5.0.6', memcached: '1.5.16' }, durability: true, unsure: BOTH },
  r6gd: { ...GRAVITON, dataTiering: true, memcachedTls: false, minimum: { valkey: '7.2', redis: '6.2' }, unsure: VCPUS },
  r5: { ...INTEL, minimum: { valkey: '7.2', redis: '4.0.10', memcached: '1.5.16' }, unsure: BOTH },
  r4: { ...XEN, minimum: { valkey: '7.2', redis: '4.0.10', memcached: '1.5.16' }, unsure: BOTH },
  // Network optimized
  c8gn: { ...GRAVITON, minimum: NO_REDIS, durability: true, autoScaling: undefined, unsure: VCPUS },
  c7gn: { ...GRAVITON, minimum: { valkey: '7.2', redis: '6.2', memcached: '1.6.6' }, durability: true, unsure: VCPUS },
  // Existing clusters only
  t1: { ...PREVIOUS, burstable: true },
  m1: PREVIOUS,
  m2: PREVIOUS,
  m3: PREVIOUS,
  c1: PREVIOUS,
  r3: PREVIOUS,
};

/** The sizes. */
const SIZES: readonly SizeRow[] = [
  { type: 'm8g.large', vcpus: 2, memoryGiB: 6.79, maxmemory: 7_294_178_820, gbps: 0.937, burstGbps: 12.5 },
  { type: 'm8g.xlarge', vcpus: 4, memoryGiB: 14.18, maxmemory: 15_222_495_510, gbps: 1.875, burstGbps: 12.5 },
  { type: 'm8g.2xlarge', vcpus: 8, memoryGiB: 29.68, maxmemory: 31_866_224_640, gbps: 3.75, burstGbps: 15 },
  { type: 'm8g.4xlarge', vcpus: 16, memoryGiB: 61.33, maxmemory: 65_856_864_256, gbps: 7.5, burstGbps: 15 },
  { type: 'm8g.8xlarge', vcpus: 32, memoryGiB: 124.65, maxmemory: 133_838_143_488, gbps: 15 },
  { type: 'm8g.12xlarge', vcpus: 48, memoryGiB: 187.96, maxmemory: 201_819_422_720, gbps: 22.5 },
  { type: 'm8g.16xlarge', vcpus: 64, memoryGiB: 251.27, maxmemory: 269_800_701_952, gbps: 30 },
  { type: 'm7g.large', vcpus: 2, memoryGiB: 6.38, maxmemory: 6_854_542_746, gbps: 0.937, burstGbps: 12.5 },
  { type: 'm7g.xlarge', vcpus: 4, memoryGiB: 12.93, maxmemory: 13_891_921_715, gbps: 1.876, burstGbps: 12.5 },
  { type: 'm7g.2xlarge', vcpus: 8, memoryGiB: 26.04, maxmemory: 27_966_669_210, gbps: 3.75, burstGbps: 15 },
  { type: 'm7g.4xlarge', vcpus: 16, memoryGiB: 52.26, maxmemory: 56_116_178_125, gbps: 7.5, burstGbps: 15 },
  { type: 'm7g.8xlarge', vcpus: 32, memoryGiB: 103.68, maxmemory: 111_325_552_312, gbps: 15 },
  { type: 'm7g.12xlarge', vcpus: 48, memoryGiB: 157.12, maxmemory: 168_715_971_994, gbps: 22.5 },
  { type: 'm7g.16xlarge', vcpus: 64, memoryGiB: 209.55, maxmemory: 225_000_375_228, gbps: 30 },
  { type: 'm6g.large', vcpus: 2, memoryGiB: 6.38, maxmemory: 6_854_542_746, memcachedMiB: 6537, gbps: 0.75, burstGbps: 10 },
  { type: 'm6g.xlarge', vcpus: 4, memoryGiB: 12.93, maxmemory: 13_891_921_715, memcachedMiB: 13248, gbps: 1.25, burstGbps: 10 },
  { type: 'm6g.2xlarge', vcpus: 8, memoryGiB: 26.04, maxmemory: 27_966_669_210, memcachedMiB: 26671, gbps: 2.5, burstGbps: 10 },
  { type: 'm6g.4xlarge', vcpus: 16, memoryGiB: 52.26, maxmemory: 56_116_178_125, memcachedMiB: 53516, gbps: 5, burstGbps: 10 },
  { type: 'm6g.8xlarge', vcpus: 32, memoryGiB: 103.68, maxmemory: 111_325_552_312, memcachedMiB: 107000, gbps: 12 },
  { type: 'm6g.12xlarge', vcpus: 48, memoryGiB: 157.12, maxmemory: 168_715_971_994, memcachedMiB: 160900, gbps: 20 },
  { type: 'm6g.16xlarge', vcpus: 64, memoryGiB: 209.55, maxmemory: 225_000_375_228, memcachedMiB: 214577, gbps: 25 },
  { type: 'm5.large', vcpus: 2, memoryGiB: 6.38, maxmemory: 6_854_542_746, memcachedMiB: 6537, gbps: 0.75, burstGbps: 10 },
  { type: 'm5.xlarge', vcpus: 4, memoryGiB: 12.93, maxmemory: 13_891_921_715, memcachedMiB: 13248, gbps: 1.25, burstGbps: 10 },
  { type: 'm5.2xlarge', vcpus: 8, memoryGiB: 26.04, maxmemory: 27_966_669_210, memcachedMiB: 26671, gbps: 2.5, burstGbps: 10 },
  { type: 'm5.4xlarge', vcpus: 16, memoryGiB: 52.26, maxmemory: 56_116_178_125, memcachedMiB: 53516, gbps: 5, burstGbps: 10 },
  { type: 'm5.12xlarge', vcpus: 48, memoryGiB: 157.12, maxmemory: 168_715_971_994, memcachedMiB: 160900, gbps: 12 },
  { type: 'm5.24xlarge', vcpus: 96, memoryGiB: 314.32, maxmemory: 337_500_562_842, memcachedMiB: 321865, gbps: 25 },
  { type: 'm4.large', vcpus: 2, memoryGiB: 6.42, maxmemory: 6_892_593_152, memcachedMiB: 6573, gbps: 0.45, burstGbps: 1.2 },
  { type: 'm4.xlarge', vcpus: 4, memoryGiB: 14.28, maxmemory: 15_328_501_760, memcachedMiB: 11496, gbps: 0.75, burstGbps: 2.8 },
  { type: 'm4.2xlarge', vcpus: 8, memoryGiB: 29.7, maxmemory: 31_889_126_359, memcachedMiB: 30412, gbps: 1, burstGbps: 10 },
  { type: 'm4.4xlarge', vcpus: 16, memoryGiB: 60.78, maxmemory: 65_257_290_629, memcachedMiB: 62234, gbps: 2, burstGbps: 10 },
  { type: 'm4.10xlarge', vcpus: 40, memoryGiB: 154.64, maxmemory: 166_047_614_239, memcachedMiB: 158355, gbps: 5, burstGbps: 10 },
  // AWS prints both 4.0.10 and 5.0.6 as the lowest Redis OSS version of t4g.micro.
  { type: 't4g.micro', vcpus: 2, memoryGiB: 0.5, maxmemory: 536_870_912, memcachedMiB: 512, gbps: 0.064, burstGbps: 5, unsure: ['minRedis'] },
  { type: 't4g.small', vcpus: 2, memoryGiB: 1.37, maxmemory: 1_471_026_299, memcachedMiB: 1402, gbps: 0.128, burstGbps: 5 },
  { type: 't4g.medium', vcpus: 2, memoryGiB: 3.09, maxmemory: 3_317_862_236, memcachedMiB: 3164, gbps: 0.256, burstGbps: 5 },
  { type: 't3.micro', vcpus: 2, memoryGiB: 0.5, maxmemory: 536_870_912, memcachedMiB: 512, gbps: 0.064, burstGbps: 5 },
  { type: 't3.small', vcpus: 2, memoryGiB: 1.37, maxmemory: 1_471_026_299, memcachedMiB: 1402, gbps: 0.128, burstGbps: 5 },
  { type: 't3.medium', vcpus: 2, memoryGiB: 3.09, maxmemory: 3_317_862_236, memcachedMiB: 3364, gbps: 0.256, burstGbps: 5 },
  { type: 't2.micro', vcpus: 1, memoryGiB: 0.555, maxmemory: 581_959_680, memcachedMiB: 555, gbps: 0.064, burstGbps: 1.024 },
  { type: 't2.small', vcpus: 1, memoryGiB: 1.55, maxmemory: 1_665_138_688, memcachedMiB: 1588, gbps: 0.128, burstGbps: 1.024 },
  { type: 't2.medium', vcpus: 2, memoryGiB: 3.22, maxmemory: 3_461_349_376, memcachedMiB: 3301, gbps: 0.256, burstGbps: 1.024 },
  { type: 'r8g.large', vcpus: 2, memoryGiB: 14.18, maxmemory: 15_222_495_510, gbps: 0.937, burstGbps: 12.5 },
  { type: 'r8g.xlarge', vcpus: 4, memoryGiB: 29.68, maxmemory: 31_866_224_640, gbps: 1.875, burstGbps: 12.5 },
  { type: 'r8g.2xlarge', vcpus: 8, memoryGiB: 61.33, maxmemory: 65_856_864_256, gbps: 3.75, burstGbps: 15 },
  { type: 'r8g.4xlarge', vcpus: 16, memoryGiB: 124.65, maxmemory: 133_838_143_488, gbps: 7.5, burstGbps: 15 },
  { type: 'r8g.8xlarge', vcpus: 32, memoryGiB: 251.27, maxmemory: 269_800_701_952, gbps: 15 },
  { type: 'r8g.12xlarge', vcpus: 48, memoryGiB: 377.9, maxmemory: 405_763_260_416, gbps: 22.5 },
  { type: 'r8g.16xlarge', vcpus: 64, memoryGiB: 504.52, maxmemory: 541_725_818_880, gbps: 30 },
  { type: 'r7g.large', vcpus: 2, memoryGiB: 13.07, maxmemory: 14_037_181_030, gbps: 0.937, burstGbps: 12.5 },
  { type: 'r7g.xlarge', vcpus: 4, memoryGiB: 26.32, maxmemory: 28_261_849_702, gbps: 1.876, burstGbps: 12.5 },
  { type: 'r7g.2xlarge', vcpus: 8, memoryGiB: 52.82, maxmemory: 56_711_183_565, gbps: 3.75, burstGbps: 15 },
  { type: 'r7g.4xlarge', vcpus: 16, memoryGiB: 105.81, maxmemory: 113_609_865_216, gbps: 7.5, burstGbps: 15 },
  { type: 'r7g.8xlarge', vcpus: 32, memoryGiB: 209.55, maxmemory: 225_000_375_228, gbps: 15 },
  { type: 'r7g.12xlarge', vcpus: 48, memoryGiB: 317.77, maxmemory: 341_206_346_547, gbps: 22.5 },
  { type: 'r7g.16xlarge', vcpus: 64, memoryGiB: 419.09, maxmemory: 450_000_750_456, gbps: 30 },
  { type: 'r6g.large', vcpus: 2, memoryGiB: 13.07, maxmemory: 14_037_181_030, memcachedMiB: 13387, gbps: 0.75, burstGbps: 10 },
  { type: 'r6g.xlarge', vcpus: 4, memoryGiB: 26.32, maxmemory: 28_261_849_702, memcachedMiB: 26953, gbps: 1.25, burstGbps: 10 },
  { type: 'r6g.2xlarge', vcpus: 8, memoryGiB: 52.82, maxmemory: 56_711_183_565, memcachedMiB: 54084, gbps: 2.5, burstGbps: 10 },
  { type: 'r6g.4xlarge', vcpus: 16, memoryGiB: 105.81, maxmemory: 113_609_865_216, memcachedMiB: 108347, gbps: 5, burstGbps: 10 },
  { type: 'r6g.8xlarge', vcpus: 32, memoryGiB: 209.55, maxmemory: 225_000_375_228, memcachedMiB: 214577, gbps: 12 },
  { type: 'r6g.12xlarge', vcpus: 48, memoryGiB: 317.77, maxmemory: 341_206_346_547, memcachedMiB: 325400, gbps: 20 },
  { type: 'r6g.16xlarge', vcpus: 64, memoryGiB: 419.09, maxmemory: 450_000_750_456, memcachedMiB: 429154, gbps: 25 },
  { type: 'r6gd.xlarge', vcpus: 4, memoryGiB: 26.32, maxmemory: 28_261_849_702, ssdGiB: 99.33, gbps: 1.25, burstGbps: 10 },
  { type: 'r6gd.2xlarge', vcpus: 8, memoryGiB: 52.82, maxmemory: 56_711_183_565, ssdGiB: 199.07, gbps: 2.5, burstGbps: 10 },
  { type: 'r6gd.4xlarge', vcpus: 16, memoryGiB: 105.81, maxmemory: 113_609_865_216, ssdGiB: 398.14, gbps: 5, burstGbps: 10 },
  { type: 'r6gd.8xlarge', vcpus: 32, memoryGiB: 209.55, maxmemory: 225_000_375_228, ssdGiB: 796.28, gbps: 12 },
  { type: 'r6gd.12xlarge', vcpus: 48, memoryGiB: 317.77, maxmemory: 341_206_346_547, ssdGiB: 1194.42, gbps: 20 },
  { type: 'r6gd.16xlarge', vcpus: 64, memoryGiB: 419.09, maxmemory: 450_000_750_456, ssdGiB: 1592.56, gbps: 25 },
  { type: 'r5.large', vcpus: 2, memoryGiB: 13.07, maxmemory: 14_037_181_030, memcachedMiB: 13387, gbps: 0.75, burstGbps: 10 },
  { type: 'r5.xlarge', vcpus: 4, memoryGiB: 26.32, maxmemory: 28_261_849_702, memcachedMiB: 26953, gbps: 1.25, burstGbps: 10 },
  { type: 'r5.2xlarge', vcpus: 8, memoryGiB: 52.82, maxmemory: 56_711_183_565, memcachedMiB: 54084, gbps: 2.5, burstGbps: 10 },
  { type: 'r5.4xlarge', vcpus: 16, memoryGiB: 105.81, maxmemory: 113_609_865_216, memcachedMiB: 108347, gbps: 5, burstGbps: 10 },
  { type: 'r5.12xlarge', vcpus: 48, memoryGiB: 317.77, maxmemory: 341_206_346_547, memcachedMiB: 325400, gbps: 12 },
  { type: 'r5.24xlarge', vcpus: 96, memoryGiB: 635.61, maxmemory: 682_485_973_811, memcachedMiB: 650869, gbps: 25 },
  { type: 'r4.large', vcpus: 2, memoryGiB: 12.3, maxmemory: 13_201_781_556, memcachedMiB: 12590, gbps: 0.75, burstGbps: 10 },
  { type: 'r4.xlarge', vcpus: 4, memoryGiB: 25.05, maxmemory: 26_898_228_839, memcachedMiB: 25652, gbps: 1.25, burstGbps: 10 },
  { type: 'r4.2xlarge', vcpus: 8, memoryGiB: 50.47, maxmemory: 54_197_537_997, memcachedMiB: 51686, gbps: 2.5, burstGbps: 10 },
  { type: 'r4.4xlarge', vcpus: 16, memoryGiB: 101.38, maxmemory: 108_858_546_586, memcachedMiB: 103815, gbps: 5, burstGbps: 10 },
  { type: 'r4.8xlarge', vcpus: 32, memoryGiB: 203.26, maxmemory: 218_255_432_090, memcachedMiB: 208144, gbps: 12 },
  { type: 'r4.16xlarge', vcpus: 64, memoryGiB: 407, maxmemory: 437_021_573_120, memcachedMiB: 416776, gbps: 25 },
  { type: 'c8gn.large', vcpus: 2, memoryGiB: 3.1, maxmemory: 3_330_020_474, gbps: 6.25, burstGbps: 30 },
  { type: 'c8gn.xlarge', vcpus: 4, memoryGiB: 6.79, maxmemory: 7_294_178_820, gbps: 12.5, burstGbps: 40 },
  { type: 'c8gn.2xlarge', vcpus: 8, memoryGiB: 14.18, maxmemory: 15_222_495_510, gbps: 25, burstGbps: 50 },
  { type: 'c8gn.4xlarge', vcpus: 16, memoryGiB: 29.68, maxmemory: 31_866_224_640, gbps: 50 },
  { type: 'c8gn.8xlarge', vcpus: 32, memoryGiB: 61.33, maxmemory: 65_856_864_256, gbps: 100 },
  { type: 'c8gn.12xlarge', vcpus: 48, memoryGiB: 92.99, maxmemory: 99_847_503_872, gbps: 150 },
  { type: 'c8gn.16xlarge', vcpus: 64, memoryGiB: 124.65, maxmemory: 133_838_143_488, gbps: 200 },
  { type: 'c7gn.large', vcpus: 2, memoryGiB: 3.09, maxmemory: 3_317_862_236, gbps: 6.25, burstGbps: 30 },
  { type: 'c7gn.xlarge', vcpus: 4, memoryGiB: 6.38, maxmemory: 6_854_542_746, gbps: 12.5, burstGbps: 40 },
  { type: 'c7gn.2xlarge', vcpus: 8, memoryGiB: 12.94, maxmemory: 13_891_921_715, gbps: 25, burstGbps: 50 },
  { type: 'c7gn.4xlarge', vcpus: 16, memoryGiB: 26.05, maxmemory: 27_966_669_210, gbps: 50 },
  { type: 'c7gn.8xlarge', vcpus: 32, memoryGiB: 52.26, maxmemory: 56_116_178_125, gbps: 100 },
  { type: 'c7gn.12xlarge', vcpus: 48, memoryGiB: 78.56, maxmemory: 84_357_985_997, gbps: 150 },
  { type: 'c7gn.16xlarge', vcpus: 64, memoryGiB: 105.81, maxmemory: 113_609_865_216, gbps: 200 },
  { type: 't1.micro', vcpus: 1, memoryGiB: 0.13 },
  { type: 'm1.small', vcpus: 1, memoryGiB: 0.88 },
  { type: 'm1.medium', vcpus: 1, memoryGiB: 2.88 },
  { type: 'm1.large', vcpus: 2, memoryGiB: 6.54 },
  { type: 'm1.xlarge', vcpus: 4, memoryGiB: 13.87 },
  { type: 'm2.xlarge', vcpus: 2, memoryGiB: 15.92 },
  { type: 'm2.2xlarge', vcpus: 4, memoryGiB: 32.62 },
  { type: 'm2.4xlarge', vcpus: 8, memoryGiB: 66.02 },
  { type: 'm3.medium', vcpus: 1, memoryGiB: 2.78 },
  { type: 'm3.large', vcpus: 2, memoryGiB: 6.05 },
  { type: 'm3.xlarge', vcpus: 4, memoryGiB: 13.28 },
  { type: 'm3.2xlarge', vcpus: 8, memoryGiB: 27.93 },
  { type: 'c1.xlarge', vcpus: 8, memoryGiB: 6.05 },
  { type: 'r3.large', vcpus: 2, memoryGiB: 13.48 },
  { type: 'r3.xlarge', vcpus: 4, memoryGiB: 28.42 },
  { type: 'r3.2xlarge', vcpus: 8, memoryGiB: 58.2 },
  { type: 'r3.4xlarge', vcpus: 16, memoryGiB: 117.77 },
  { type: 'r3.8xlarge', vcpus: 32, memoryGiB: 236.91 },
];

/** Everything known about one node type. `undefined` means: not known. */
export interface NodeTypeRow extends Omit<FamilyRow, 'minimum' | 'unsure'> {
  /** The node type as ElastiCache spells it, `cache.r7g.large`. */
  readonly name: string;
  readonly family: string;
  readonly size: string;
  readonly vcpus: number;
  readonly memoryGiB: number;
  readonly maxmemoryBytes?: number;
  readonly memcachedMiB?: number;
  readonly ssdGiB?: number;
  readonly gbps?: number;
  readonly burstGbps?: number;
  /** The engines that run on it. */
  readonly engines?: readonly string[];
  readonly minValkey?: string;
  readonly minRedis?: string;
  readonly minMemcached?: string;
  /** The fields above that nothing may be rejected on. */
  readonly unsure: readonly string[];
}

/** All node types, in the order of AWS's page. */
export const NODE_TYPE_ROWS: readonly NodeTypeRow[] = SIZES.map(expand);

const BY_NAME = new Map(NODE_TYPE_ROWS.map((row) => [row.name, row]));

/** The facts about a node type; `undefined` for one that the table does not know. */
export function nodeTypeRow(name: string): NodeTypeRow | undefined {
  return BY_NAME.get(name);
}

/** Whether the table knows a family, `t4g`. */
export function isKnownFamily(family: string): boolean {
  return Object.hasOwn(FAMILIES, family);
}

/** Whether a family will get no more sizes, so that a size that is not in the table does not exist: those older than the two newest generations. */
export function isClosedFamily(family: string): boolean {
  return isKnownFamily(family) && !/^[a-z]+[78]/.test(family);
}

function expand(sizeRow: SizeRow): NodeTypeRow {
  const { type, maxmemory, unsure: unsureOfSize = [], ...facts } = sizeRow;
  const [family, size] = type.split('.');
  const { minimum, unsure: unsureOfFamily = [], ...common } = FAMILIES[family];
  return {
    name: `cache.${type}`,
    family,
    size,
    ...facts,
    maxmemoryBytes: maxmemory,
    ...common,
    engines: minimum && Object.keys(minimum),
    minValkey: minimum?.valkey,
    minRedis: minimum?.redis,
    minMemcached: minimum?.memcached,
    globalDatastore: common.globalDatastore && !BELOW_LARGE.includes(size),
    autoScaling: common.autoScaling && AUTO_SCALING_SIZES.includes(size),
    unsure: [...unsureOfFamily, ...unsureOfSize],
  };
}
