import { caseOf, Cases } from './case';

const TYPE = 'AWS::ElastiCache::ParameterGroup';
const valkey8 = (name: string, value: string) => ({ CacheParameterGroupFamily: 'valkey8', Description: 'Parameters', Properties: { [name]: value } });

export const PARAMETERS_CASES: Cases = {
  ParameterValueInvalid: caseOf(TYPE, {}, valkey8('timeout', '19'), valkey8('timeout', '20')),
  ParameterNotModifiable: caseOf(TYPE, {}, valkey8('maxmemory', '1000'), valkey8('maxmemory-samples', '5')),
  ParameterRemoved: caseOf(TYPE, {}, valkey8('lazyfree-lazy-eviction', 'yes'), valkey8('maxmemory-policy', 'allkeys-lru')),
  ParameterUnknown: caseOf(TYPE, {}, valkey8('brand-new', 'x'), valkey8('timeout', '0')),
};
