// What most templates of strangers begin with. Each base deploys; a broken template changes what its name says.

export type Properties = Readonly<Record<string, unknown>>;
export type Resources = Readonly<Record<string, { readonly Type: string; readonly Properties?: Properties; readonly [attribute: string]: unknown }>>;

export interface Template {
  readonly Resources: Resources;
  readonly [section: string]: unknown;
}

/** A template that AWS refuses: YAML as text, JSON as an object. */
export interface Broken {
  readonly name: string;
  /** What the deployment says, or what stands in AWS's text. */
  readonly why: string;
  /** Where that can be read. */
  readonly source: string;
  readonly template: string | Template;
  /** The rules that name the cause. One of them has to find it. */
  readonly codes: readonly string[];
}

export const broken = (name: string, why: string, source: string, template: string | Template, ...codes: string[]): Broken => (
  { name, why, source, template, codes });

/** A template that deploys. */
export interface Valid {
  readonly name: string;
  readonly template: string | Template;
  /** Whose template it is in our words. */
  readonly source?: string;
}

const ELASTICACHE = 'AWS::ElastiCache';
export const type = (name: string): string => `${ELASTICACHE}::${name}`;

export const SUBNETS = { Type: type('SubnetGroup'), Properties: { Description: 'Private subnets', SubnetIds: ['subnet-0a1b2c3d', 'subnet-4e5f6a7b'] } };

/** Redis OSS 7.1 with one primary and one replica. */
export function redis(properties: Properties = {}, more: Resources = {}, sections: Properties = {}): Template {
  return {
    ...sections,
    Resources: {
      CacheSubnets: SUBNETS,
      Sessions: {
        Type: type('ReplicationGroup'),
        Properties: {
          ReplicationGroupDescription: 'Sessions of the shop',
          Engine: 'redis',
          EngineVersion: '7.1',
          CacheNodeType: 'cache.r6g.large',
          NumCacheClusters: 2,
          AutomaticFailoverEnabled: true,
          AtRestEncryptionEnabled: true,
          TransitEncryptionEnabled: true,
          CacheSubnetGroupName: { Ref: 'CacheSubnets' },
          SecurityGroupIds: ['sg-0123456789abcdef0'],
          ...properties,
        },
      },
      ...more,
    },
  };
}

/** Valkey 8.0 with two shards. */
export function valkey(properties: Properties = {}, more: Resources = {}, sections: Properties = {}): Template {
  return redis({
    Engine: 'valkey',
    EngineVersion: '8.0',
    NumCacheClusters: undefined,
    NumNodeGroups: 2,
    ReplicasPerNodeGroup: 1,
    MultiAZEnabled: true,
    ...properties,
  }, more, sections);
}

/** A CacheCluster, Memcached 1.6.22 unless said otherwise. */
export function cluster(properties: Properties = {}, more: Resources = {}, sections: Properties = {}): Template {
  return {
    ...sections,
    Resources: {
      Subnets: SUBNETS,
      Pages: {
        Type: type('CacheCluster'),
        Properties: {
          Engine: 'memcached',
          CacheNodeType: 'cache.t3.medium',
          NumCacheNodes: 2,
          CacheSubnetGroupName: { Ref: 'Subnets' },
          VpcSecurityGroupIds: ['sg-0fedcba9876543210'],
          ...properties,
        },
      },
      ...more,
    },
  };
}

/** One Redis OSS node of its own. */
export function node(properties: Properties = {}, more: Resources = {}): Template {
  return cluster({ Engine: 'redis', EngineVersion: '7.0', NumCacheNodes: 1, ...properties }, more);
}

export function serverless(properties: Properties = {}, more: Resources = {}): Template {
  return {
    Resources: {
      Store: {
        Type: type('ServerlessCache'),
        Properties: {
          ServerlessCacheName: 'orders',
          Engine: 'valkey',
          MajorEngineVersion: '8',
          SubnetIds: ['subnet-0a1b2c3d', 'subnet-4e5f6a7b'],
          SecurityGroupIds: ['sg-0123456789abcdef0'],
          ...properties,
        },
      },
      ...more,
    },
  };
}

export function parameters(family: string, values: Properties, more: Properties = {}): Resources {
  return { Tuning: { Type: type('ParameterGroup'), Properties: { CacheParameterGroupFamily: family, Description: 'Tuned', Properties: values, ...more } } };
}

export const TUNING = { CacheParameterGroupName: { Ref: 'Tuning' } };

export function user(properties: Properties = {}): Resources[string] {
  return {
    Type: type('User'),
    Properties: { UserId: 'reader', UserName: 'reader', Engine: 'valkey', AccessString: 'on ~app:* +@read', AuthenticationMode: { Type: 'iam' }, ...properties },
  };
}

export const DEFAULT_USER = user({
  UserId: 'closed-default', UserName: 'default', Engine: 'redis', AccessString: 'off ~* -@all', AuthenticationMode: { Type: 'no-password-required' },
});

export function group(ids: readonly unknown[], engine = 'valkey', more: Properties = {}): Resources[string] {
  return { Type: type('UserGroup'), DependsOn: [], Properties: { UserGroupId: 'readers', Engine: engine, UserIds: ids, ...more } };
}

export const resources = (all: Resources, sections: Properties = {}): Template => ({ ...sections, Resources: all });
