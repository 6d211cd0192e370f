// A template as a graph: what there is, and what refers to what. No layout, no drawing.
import { StackTemplate } from './subjects';

/** Resources that are drawn as one: all of a type, for there may be many alike. */
export interface Box {
  readonly id: string;
  readonly area: Area;
  readonly lines: readonly string[];
  readonly isCache: boolean;
}

export interface Picture {
  readonly boxes: readonly Box[];
  /** Pairs of ids: the first one refers to the second. */
  readonly arrows: readonly (readonly [string, string])[];
}

/** What a resource is for. */
export type Area = 'cache' | 'network' | 'access' | 'observation';

const AREAS: readonly [RegExp, Area][] = [
  [/ElastiCache::(User|UserGroup)$|SecretsManager/, 'access'],
  [/EC2|SubnetGroup/, 'network'],
  [/CloudWatch|Logs|SNS/, 'observation'],
];
const CACHES = ['ReplicationGroup', 'CacheCluster', 'ServerlessCache'];

export function picture({ Resources }: StackTemplate): Picture {
  const groups = new Map<string, string[]>();
  for (const [logicalId, { Type }] of Object.entries(Resources)) {
    groups.set(Type, [...groups.get(Type) ?? [], logicalId]);
  }
  const typeOf = (logicalId: string) => Resources[logicalId]?.Type;
  const arrows = new Set<string>();
  for (const { Type, ...resource } of Object.values(Resources)) {
    referencesIn(resource).map(typeOf).filter((type) => type && type !== Type).forEach((type) => arrows.add(JSON.stringify([Type, type])));
  }
  return {
    boxes: [...groups].map(([type, logicalIds]) => boxOf(type, logicalIds.map((logicalId) => Resources[logicalId].Properties ?? {}))),
    arrows: [...arrows].map((pair) => JSON.parse(pair)),
  };
}

/** The logical ids that something refers to: by Ref, GetAtt, and DependsOn. */
function referencesIn(value: any): string[] {
  if (Array.isArray(value)) {
    return value.flatMap(referencesIn);
  }
  if (typeof value !== 'object' || value === null) {
    return [];
  }
  return Object.entries<any>(value).flatMap(([key, inner]) => {
    switch (key) {
      case 'Ref': return [inner];
      case 'Fn::GetAtt': return [[inner].flat()[0].split('.')[0]];
      case 'DependsOn': return [inner].flat();
      default: return referencesIn(inner);
    }
  });
}

function boxOf(type: string, properties: any[]): Box {
  const name = type.split('::').slice(1).join(' ');
  const title = properties.length > 1 ? `${properties.length} × ${name}` : name;
  const isCache = CACHES.includes(type.split('::')[2]);
  const area = isCache ? 'cache' : AREAS.find(([pattern]) => pattern.test(type))?.[1] ?? 'cache';
  return { id: type, area, isCache, lines: [title, ...properties.flatMap((each) => isCache ? describeCache(each) : [])] };
}

/** What somebody wants to know of a cache at first sight. */
function describeCache(properties: any): string[] {
  const {
    Engine, EngineVersion, MajorEngineVersion, CacheNodeType, Port, TransitEncryptionEnabled, AtRestEncryptionEnabled, SnapshotRetentionLimit,
  } = properties;
  return [
    [Engine, EngineVersion ?? MajorEngineVersion, CacheNodeType].filter(Boolean).join(' · '),
    ...nodesOf(properties),
    [Port && `port ${Port}`, TransitEncryptionEnabled && 'TLS', AtRestEncryptionEnabled && 'encrypted at rest'].filter(Boolean).join(' · '),
    SnapshotRetentionLimit ? `backups of ${SnapshotRetentionLimit} days` : '',
  ].filter(Boolean);
}

/** One line a shard. */
function nodesOf({ NumCacheClusters, NumNodeGroups, ReplicasPerNodeGroup, NodeGroupConfiguration, NumCacheNodes }: any): string[] {
  const shard = (replicas: number) => ['primary', ...Array.from({ length: replicas }, (_, index) => `replica ${index + 1}`)].join('  +  ');
  if (NodeGroupConfiguration) {
    return NodeGroupConfiguration.map(({ ReplicaCount }: any, index: number) => `shard ${index + 1}: ${shard(ReplicaCount ?? ReplicasPerNodeGroup ?? 0)}`);
  }
  if (NumNodeGroups) {
    return Array.from({ length: NumNodeGroups }, (_, index) => `shard ${index + 1}: ${shard(ReplicasPerNodeGroup ?? 0)}`);
  }
  if (NumCacheNodes) {
    return [Array.from({ length: NumCacheNodes }, (_, index) => `node ${index + 1}`).join('  +  ')];
  }
  return NumCacheClusters ? [shard(NumCacheClusters - 1)] : ['no nodes to choose: AWS scales it'];
}
