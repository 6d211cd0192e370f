// Data only: what ElastiCache Serverless offers. Imports nothing of CDK.
import { EngineName } from '../../engine/private/engine-table';

const GUIDE = 'https://docs.aws.amazon.com/AmazonElastiCache/latest/dg';

export interface ServerlessEngineRow {
  readonly engine: EngineName;
  /** The major versions that a serverless cache can have, oldest first. */
  readonly majors: readonly string[];
  /** How many numbers of a version make its major version: `8` of `8.2`, `1.6` of `1.6.22`. */
  readonly majorNumbers: number;
  /** Whether no other major version will ever be offered. */
  readonly complete: boolean;
  /** Where clients read and write. */
  readonly port: number;
  /** Where clients read from a replica nearby. */
  readonly readerPort: number;
  /** Engines of one lineage follow each other in place; a change between lineages needs another cache. */
  readonly lineage: string;
  /** What AWS's text that was read does not print: nothing is refused on it, and endpoints take it from the resource. */
  readonly unsure: readonly (keyof ServerlessEngineRow)[];
  readonly source: string;
}

export const SERVERLESS_ENGINES: readonly ServerlessEngineRow[] = [
  {
    engine: 'valkey',
    majors: ['7', '8', '9'],
    majorNumbers: 1,
    complete: false,
    port: 6379,
    readerPort: 6380,
    lineage: 'valkey',
    unsure: [],
    source: `${GUIDE}/engine-versions.html`,
  },
  {
    engine: 'redis',
    majors: ['7'],
    majorNumbers: 1,
    complete: true,
    port: 6379,
    readerPort: 6380,
    lineage: 'valkey',
    unsure: [],
    source: `${GUIDE}/engine-versions.html`,
  },
  {
    engine: 'memcached',
    majors: ['1.6'],
    majorNumbers: 2,
    complete: false,
    port: 11211,
    readerPort: 11212,
    lineage: 'memcached',
    unsure: ['majors', 'readerPort'],
    source: `${GUIDE}/engine-versions.html`,
  },
];

/** The row of an engine; `undefined` for a name that is not an engine's. */
export function serverlessEngine(engine: string): ServerlessEngineRow | undefined {
  return SERVERLESS_ENGINES.find((row) => row.engine === engine);
}

/** What a limit of use may be, 0 apart, which removes it. */
export interface LimitRow {
  /** The words for it. */
  readonly title: string;
  readonly minimum: number;
  readonly maximum: number;
  readonly unit: string;
  readonly source: string;
}

export const LIMITS = {
  storage: { title: 'storage', minimum: 1, maximum: 5000, unit: 'GB', source: `${GUIDE}/Scaling.html` },
  ecpu: { title: 'ECPUs per second', minimum: 1000, maximum: 15_000_000, unit: 'ECPU per second', source: `${GUIDE}/Scaling.html` },
} as const satisfies Record<string, LimitRow>;

/** What is wrong with a pair of limits; a limit that is not known is not judged. */
export function limitProblems(limit: LimitRow, minimum: number | undefined, maximum: number | undefined, names: readonly [string, string]): string[] {
  const range = ([value, name]: readonly [number | undefined, string]) =>
    value === undefined || value === 0 || (Number.isInteger(value) && value >= limit.minimum && value <= limit.maximum) ? []
      : [`${name} must be ${limit.minimum} to ${limit.maximum} ${limit.unit} in whole numbers, or 0 for no limit, got: ${value}`];
  const problems = [[minimum, names[0]] as const, [maximum, names[1]] as const].flatMap(range);
  return problems.length > 0 || minimum === undefined || !maximum || minimum <= maximum ? problems
    : [`${names[0]} must not be above ${names[1]}, got: ${minimum} and ${maximum} ${limit.unit}`];
}

/** How many subnets, each in a zone of its own, AWS places a serverless cache in when it chooses itself. */
export const CUSTOMARY_SUBNETS = { least: 2, most: 3, source: 'https://docs.aws.amazon.com/AmazonElastiCache/latest/APIReference/API_CreateServerlessCache.html' } as const;

/** The type that a client names beside the cache in its IAM token. */
export const TOKEN_RESOURCE_TYPE = 'ServerlessCache'; // https://docs.aws.amazon.com/AmazonElastiCache/latest/dg/auth-iam.html

/** Caches that are reached over the internet instead of in a VPC. */
export const PUBLIC_ENDPOINT = {
  engine: 'valkey', oldestMajor: '9', source: 'https://docs.aws.amazon.com/AmazonElastiCache/latest/dg/serverless-public-endpoints-chapter.html',
} as const;
