import { caseOf, Cases, TemplateResources } from './case';

const GROUP = 'AWS::ElastiCache::ReplicationGroup';
const SERVERLESS = 'AWS::ElastiCache::ServerlessCache';
const USER = 'AWS::ElastiCache::User';
const REPLICATED = {
  ReplicationGroupDescription: 'Cache',
  Engine: 'valkey',
  EngineVersion: '8.2',
  CacheNodeType: 'cache.t4g.micro',
  NumCacheClusters: 2,
  AutomaticFailoverEnabled: true,
  CacheSubnetGroupName: 'subnets',
  AtRestEncryptionEnabled: true,
  TransitEncryptionEnabled: true,
};
const CACHE = { ServerlessCacheName: 'cache', Engine: 'valkey', MajorEngineVersion: '8', SubnetIds: ['subnet-1', 'subnet-2'] };
const CLUSTER = 'AWS::ElastiCache::CacheCluster';
const NODE = { NumCacheNodes: 1, CacheNodeType: 'cache.t4g.micro', CacheSubnetGroupName: 'subnets', Engine: 'redis', EngineVersion: '7.1' };
const MEMCACHED = { ...NODE, Engine: 'memcached', EngineVersion: '1.6.22' };
const SAVED = 'AWS::ElastiCache::ServerlessCacheSnapshot';
const COPY = { ServerlessCacheName: 'cache', ServerlessCacheSnapshotName: 'last' };
const regional = (region: string) => ({ KmsKeyId: `arn:aws:kms:${region}:111122223333:key/1` });
const MEMBER = { UserId: 'app', UserName: 'app', Engine: 'redis', AccessString: 'on ~* +@all' };

function logged(RetentionInDays?: number, Type = GROUP, properties: Record<string, unknown> = REPLICATED): TemplateResources {
  const delivery = { LogType: 'slow-log', LogFormat: 'json', DestinationType: 'cloudwatch-logs' };
  return {
    Logs: { Type: 'AWS::Logs::LogGroup', Properties: { LogGroupName: 'logs', RetentionInDays } },
    Thing: {
      Type,
      Properties: { ...properties, LogDeliveryConfigurations: [{ ...delivery, DestinationDetails: { CloudWatchLogsDetails: { LogGroup: { Ref: 'Logs' } } } }] },
    },
  };
}

function encrypted(properties: Record<string, unknown>, Type = GROUP, of: Record<string, unknown> = REPLICATED): TemplateResources {
  return {
    Key: { Type: 'AWS::KMS::Key', Properties: properties },
    Thing: { Type, Properties: { ...of, KmsKeyId: { 'Fn::GetAtt': ['Key', 'Arn'] } } },
  };
}

function inSubnets(MapPublicIpOnLaunch: boolean): TemplateResources {
  const subnet = { Type: 'AWS::EC2::Subnet', Properties: { VpcId: 'vpc-1', MapPublicIpOnLaunch } };
  return { One: subnet, Two: subnet, Thing: { Type: SERVERLESS, Properties: { ...CACHE, SubnetIds: [{ Ref: 'One' }, { Ref: 'Two' }] } } };
}

export const SECURITY_CASES: Cases = {
  'TransitEncryptionOff': caseOf(GROUP, REPLICATED, { TransitEncryptionEnabled: false }, { TransitEncryptionEnabled: true }),
  'AtRestEncryptionOff': caseOf(GROUP, { ...REPLICATED, Engine: 'redis', EngineVersion: '7.1' }, { AtRestEncryptionEnabled: false }, { AtRestEncryptionEnabled: true }),
  'NoAuthentication': caseOf(GROUP, REPLICATED, {}, { UserGroupIds: ['users'] }),
  'ServerlessWithoutUsers': caseOf(SERVERLESS, CACHE, {}, { UserGroupId: 'users' }),
  'ServerlessNearThePublic': { bad: inSubnets(true), good: inSubnets(false) },
  'LogsKeptForever': { bad: logged(), good: logged(30) },
  'AuthTokenInPlainText': caseOf(GROUP, REPLICATED, { AuthToken: 'written-in-the-template' }, { AuthToken: '{{resolve:secretsmanager:token}}' }),
  'PasswordInPlainText': caseOf(USER, MEMBER, { Passwords: ['written-in-the-template'] }, { Passwords: ['{{resolve:secretsmanager:password}}'] }),
  'DefaultUserOpen': caseOf(USER, { ...MEMBER, UserId: 'nobody', UserName: 'default', NoPasswordRequired: true },
    { AccessString: 'on ~* +@all' }, { AccessString: 'off ~* -@all' }),
  'KeyUnfit': { bad: encrypted({ KeySpec: 'RSA_2048' }), good: encrypted({ KeySpec: 'SYMMETRIC_DEFAULT' }) },
  'KeyInOtherRegion': caseOf(GROUP, REPLICATED, regional('us-east-1'), regional('eu-west-1')),
  'KeyInOtherRegion:ServerlessCache': caseOf(SERVERLESS, CACHE, regional('us-east-1'), regional('eu-west-1')),
  'KeyInOtherRegion:ServerlessCacheSnapshot': caseOf(SAVED, COPY, regional('us-east-1'), regional('eu-west-1')),
  'KeyUnfit:ServerlessCache': { bad: encrypted({ KeyUsage: 'SIGN_VERIFY' }, SERVERLESS, CACHE), good: encrypted({}, SERVERLESS, CACHE) },
  'KeyUnfit:ServerlessCacheSnapshot': { bad: encrypted({ Enabled: false }, SAVED, COPY), good: encrypted({ Enabled: true }, SAVED, COPY) },
  'TransitEncryptionOff:CacheCluster': caseOf(CLUSTER, MEMCACHED, {}, { TransitEncryptionEnabled: true }),
  'LogsKeptForever:CacheCluster': { bad: logged(undefined, CLUSTER, NODE), good: logged(30, CLUSTER, NODE) },
};

const allow = (Action: unknown, Resource: unknown) => ({ Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action, Resource }] });
const ONE = ['arn:aws:elasticache:eu-west-1:111122223333:serverlesscache:cache', 'arn:aws:elasticache:eu-west-1:111122223333:user:app'];
const POLICIES = ['Policy', 'ManagedPolicy', 'RolePolicy', 'UserPolicy', 'GroupPolicy', 'Role', 'User', 'Group'];

/** A policy of its own, or one inside of who has it. */
function perPolicy(code: string, bad: object, good: object): Cases {
  const holds = (short: string, document: object) => /Policy$/.test(short) ? { PolicyName: 'policy', PolicyDocument: document }
    : { Policies: [{ PolicyName: 'policy', PolicyDocument: document }] };
  return Object.fromEntries(POLICIES.map((short) => [`${code}:${short}`, caseOf(`AWS::IAM::${short}`, {}, holds(short, bad), holds(short, good))]));
}

export const IAM_CASES: Cases = {
  ...perPolicy('ConnectToEverything', allow('elasticache:Connect', '*'), allow('elasticache:Connect', ONE)),
  ...perPolicy('ConnectTooWide', allow('elasticache:*', '*'), allow('elasticache:Describe*', '*')),
};
