// The subjects as this library makes them.
import { CacheCluster, CacheTopology } from 'cdk-elasticache';
import { MakeCache } from './subject';

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
