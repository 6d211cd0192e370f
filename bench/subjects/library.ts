// The subjects as this library makes them.
import { MakeCache } from './subject';
import { CacheCluster, CacheTopology } from 'cdk-elasticache';

const cacheWith = (topology?: () => CacheTopology): MakeCache => (stack, id, vpc) => {
  new CacheCluster(stack, id, { vpc, topology: topology?.() });
};

export const BY_LIBRARY: Readonly<Record<string, MakeCache>> = {
  default: cacheWith(),
  replicated: cacheWith(() => CacheTopology.replicated()),
  sharded: cacheWith(() => CacheTopology.sharded()),
  singleNode: cacheWith(() => CacheTopology.singleNode()),
  memcached: cacheWith(() => CacheTopology.memcached()),
  serverless: cacheWith(() => CacheTopology.serverless()),
};
