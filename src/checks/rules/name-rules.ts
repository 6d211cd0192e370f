// Names of which a part is known only at deployment: what is certain of them is judged. Imports nothing of CDK.
import { Rule } from '../rule';
import { FACTS, factsAbout } from './private/template-facts';
import { HOLE } from '../template/world';

const API = 'https://docs.aws.amazon.com/AmazonElastiCache/latest/APIReference';

/** The properties that name a resource, with what makes it. */
const NAMES: Readonly<Record<string, { readonly property: string; readonly action: string }>> = {
  ReplicationGroup: { property: 'ReplicationGroupId', action: 'CreateReplicationGroup' },
  CacheCluster: { property: 'ClusterName', action: 'CreateCacheCluster' },
  ServerlessCache: { property: 'ServerlessCacheName', action: 'CreateServerlessCache' },
  SubnetGroup: { property: 'CacheSubnetGroupName', action: 'CreateCacheSubnetGroup' },
  User: { property: 'UserId', action: 'CreateUser' },
  UserGroup: { property: 'UserGroupId', action: 'CreateUserGroup' },
};

/** What is certainly wrong with a name with holes in it. */
function problemOf(name: string): string | undefined {
  const parts = name.split(HOLE);
  const odd = /[^A-Za-z0-9-]/.exec(parts.join(''))?.[0];
  return odd !== undefined ? `have letters, digits and hyphens alone, got: ${JSON.stringify(odd)}`
    : parts.some((part) => part.includes('--')) ? 'not have two hyphens in a row'
      : /^[^A-Za-z]/.test(parts[0]) ? `begin with a letter, got: ${JSON.stringify(parts[0][0])}`
        : parts.at(-1)!.endsWith('-') ? 'not end with a hyphen' : undefined;
}

/** Rules about names of which a part is not known. */
export const NAME_RULES: readonly Rule[] = Object.entries(NAMES).map(([short, { property, action }]): Rule => ({
  code: 'NamePartInvalid',
  severity: 'error',
  resourceType: `AWS::ElastiCache::${short}`,
  reads: [property],
  evidence: 'live',
  source: `${API}/API_${action}.html`,
  checked: '2026-11-21',
  since: '0.1.0',
  judge: (resource) => {
    const [name] = factsAbout(resource, FACTS.patterns, property);
    const problem = name === undefined ? undefined : problemOf(name);
    return problem && `${property} must ${problem} in ${JSON.stringify(name.split(HOLE).join('…'))}`;
  },
}));
