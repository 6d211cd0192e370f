import { judgeParameterValue } from './private/parameter-table';
import { ResourceView, Rule } from '../checks/rule';

const TYPE = 'AWS::ElastiCache::ParameterGroup';
const COMMON = {
  resourceType: TYPE,
  reads: ['CacheParameterGroupFamily', 'Properties'],
  source: 'https://docs.aws.amazon.com/AmazonElastiCache/latest/dg/ParameterGroups.Engine.html',
  checked: '2026-11-21',
  since: '0.1.0',
} as const;

/** The settings of a group that the parameter table has a given opinion of. */
function settings(group: ResourceView, verdict: string, say: (name: string, value: string, allowed: string) => string): string[] {
  const family = group.text('CacheParameterGroupFamily');
  const properties = group.value('Properties');
  if (family === undefined || typeof properties !== 'object' || properties === null) {
    return [];
  }
  return Object.entries(properties).flatMap(([name, value]) => {
    // CloudFormation makes texts of numbers and flags.
    if (!['string', 'number', 'boolean'].includes(typeof value)) {
      return [];
    }
    const judged = judgeParameterValue(family, name, String(value));
    return judged.verdict === verdict ? [`${group.name('Properties')}: ${say(name, String(value), judged.allowed ?? '')}`] : [];
  });
}

/** Rules about parameter groups. */
export const PARAMETER_GROUP_RULES: readonly Rule[] = [
  {
    ...COMMON,
    code: 'ParameterValueInvalid',
    severity: 'error',
    evidence: 'documented',
    judge: (group) => settings(group, 'wrongValue', (name, value, allowed) => `${name} must be ${allowed}, got: ${JSON.stringify(value)}`),
  },
  {
    ...COMMON,
    code: 'ParameterNotModifiable',
    severity: 'error',
    evidence: 'documented',
    judge: (group) => settings(group, 'notModifiable', (name, value) =>
      `${name} cannot be changed in family ${group.text('CacheParameterGroupFamily')}, got: ${JSON.stringify(value)}; leave it out`),
  },
  {
    ...COMMON,
    code: 'ParameterRemoved',
    severity: 'error',
    evidence: 'documented',
    judge: (group) => settings(group, 'removedInFamily', (name, value, instead) =>
      `${name} no longer exists in family ${group.text('CacheParameterGroupFamily')}, got: ${JSON.stringify(value)}; ${instead || 'leave it out'}`),
  },
  {
    ...COMMON,
    code: 'ParameterUnknown',
    severity: 'warning',
    evidence: 'inferred',
    judge: (group) => settings(group, 'unknownName', (name) =>
      `${name} is not a parameter of family ${group.text('CacheParameterGroupFamily')} that this library knows; the deployment fails if AWS does not know it either`),
  },
];
