// What judging finished templates costs: all rules over 500 resources, and a template without ElastiCache.
// Run it: npx tsx bench/checks.ts [repetitions]
import { availableParallelism, loadavg } from 'os';
import { spread, timeOf } from './statistics';
import { RULES_BY_TYPE } from '../src/checks/rules';
import { evaluateTemplate } from '../src/checks/template/evaluate-template';
import { Template } from '../src/checks/template/template';
import { mayConcernElastiCache } from '../src/checks/template/template-text';

const RESOURCES = 500;
const LIMITS = { caches: 20, none: 1 }; // milliseconds, median

/** Caches with all that belongs to them: of ten resources, one is a replication group. */
function templateOfCaches(conditional: boolean): Template {
  const resources: Record<string, object> = {};
  for (let index = 0; index < RESOURCES / 10; index++) {
    const id = (name: string) => `${name}${index}`;
    const users = [0, 1, 2].map((user) => `User${user}x${index}`);
    const add = (name: string, Type: string, Properties: object) => { resources[name] = { Type, Properties }; };
    add(id('SecurityGroup'), 'AWS::EC2::SecurityGroup', { GroupDescription: 'Cache', VpcId: 'vpc-1' });
    add(id('Subnets'), 'AWS::ElastiCache::SubnetGroup', { Description: 'Cache', SubnetIds: ['subnet-1', 'subnet-2'] });
    add(id('Parameters'), 'AWS::ElastiCache::ParameterGroup', { CacheParameterGroupFamily: 'valkey8', Description: 'Cache', Properties: { 'maxmemory-policy': 'allkeys-lru', 'timeout': '20' } });
    add(id('Logs'), 'AWS::Logs::LogGroup', { RetentionInDays: 30 });
    add(id('Topic'), 'AWS::SNS::Topic', {});
    users.forEach((user) => add(user, 'AWS::ElastiCache::User', {
      UserId: user.toLowerCase(), UserName: user.toLowerCase(), Engine: 'valkey', AccessString: 'on ~* +@all', AuthenticationMode: { Type: 'iam' },
    }));
    add(id('Users'), 'AWS::ElastiCache::UserGroup', { UserGroupId: id('users'), Engine: 'valkey', UserIds: users.map((user) => user.toLowerCase()) });
    add(id('Cache'), 'AWS::ElastiCache::ReplicationGroup', {
      ReplicationGroupDescription: { 'Fn::Sub': '${AWS::StackName}/cache' },
      Engine: 'valkey',
      EngineVersion: '8.2',
      CacheNodeType: 'cache.r7g.large',
      NumCacheClusters: conditional ? { 'Fn::If': ['Large', 3, 2] } : 2,
      AutomaticFailoverEnabled: true,
      MultiAZEnabled: true,
      TransitEncryptionEnabled: true,
      AtRestEncryptionEnabled: true,
      Port: 6379,
      SnapshotRetentionLimit: 7,
      SnapshotWindow: '03:00-04:00',
      PreferredMaintenanceWindow: 'sun:05:00-sun:06:00',
      SecurityGroupIds: [{ 'Fn::GetAtt': [id('SecurityGroup'), 'GroupId'] }],
      CacheSubnetGroupName: { Ref: id('Subnets') },
      CacheParameterGroupName: { Ref: id('Parameters') },
      NotificationTopicArn: { Ref: id('Topic') },
      UserGroupIds: [{ Ref: id('Users') }],
      LogDeliveryConfigurations: [{
        LogType: 'slow-log',
        LogFormat: 'json',
        DestinationType: 'cloudwatch-logs',
        DestinationDetails: { CloudWatchLogsDetails: { LogGroup: { Ref: id('Logs') } } },
      }],
    });
  }
  return {
    Parameters: { Size: { Type: 'String', Default: 'small', AllowedValues: ['small', 'large'] } },
    Conditions: { Large: { 'Fn::Equals': [{ Ref: 'Size' }, 'large'] } },
    Resources: resources as Template['Resources'],
  };
}

interface Timing {
  /** In a process that has judged nothing like it, which is what a person waits for once. */
  readonly first: number;
  readonly median: number;
  readonly least: number;
  /** What the processor worked: other programs on the machine add nothing to it. */
  readonly cpu: number;
}

/** Times an act, after a first time that compiles it. */
function time(act: () => void): Timing {
  const first = timeOf(act).elapsed;
  const times = Array.from({ length: repetitions }, () => timeOf(act));
  const { median, lowest } = spread(times.map(({ elapsed }) => elapsed));
  return { first, median, least: lowest, cpu: times.reduce((sum, { processor }) => sum + processor, 0) / repetitions };
}

const repetitions = Number(process.argv[2] ?? 200);
const [caches, conditional] = [templateOfCaches(false), templateOfCaches(true)];
const buckets = Array.from({ length: RESOURCES }, (_, index) => [`Bucket${index}`, { Type: 'AWS::S3::Bucket', Properties: { BucketName: `bucket-${index}` } }]);
const groups = Array.from({ length: RESOURCES }, (_, index) => [`Group${index}`, { Type: 'AWS::EC2::SecurityGroup', Properties: { GroupDescription: `Group ${index}` } }]);
const policies = Array.from({ length: RESOURCES }, (_, index) => [`Policy${index}`, {
  Type: 'AWS::IAM::Policy',
  Properties: { PolicyName: `policy-${index}`, PolicyDocument: { Statement: [{ Effect: 'Allow', Action: 's3:GetObject', Resource: { 'Fn::Sub': 'arn:${AWS::Partition}:s3:::bucket/*' } }] } },
}]);
const others = JSON.stringify({ Resources: Object.fromEntries(buckets) });
const networks = { Resources: Object.fromEntries(groups) } as Template;
const access = { Resources: Object.fromEntries(policies) } as Template;

const results = [
  { what: `${Object.keys(caches.Resources!).length} resources of caches`, timing: time(() => evaluateTemplate(RULES_BY_TYPE, caches)), limit: LIMITS.caches },
  { what: 'the same with a condition', timing: time(() => evaluateTemplate(RULES_BY_TYPE, conditional)), limit: LIMITS.caches },
  { what: `the text of ${RESOURCES} resources without ElastiCache`, timing: time(() => mayConcernElastiCache(others)), limit: LIMITS.none },
  { what: `${RESOURCES} security groups without ElastiCache`, timing: time(() => evaluateTemplate(RULES_BY_TYPE, networks)), limit: LIMITS.none },
  { what: `${RESOURCES} policies without ElastiCache`, timing: time(() => evaluateTemplate(RULES_BY_TYPE, access)), limit: LIMITS.none },
];
const rejected = [caches, conditional].flatMap((template) => evaluateTemplate(RULES_BY_TYPE, template)).filter(({ severity }) => severity === 'error');
if (rejected.length > 0) {
  throw new Error(`the template of the benchmark is not valid: ${rejected[0].message}`);
}
console.log(`  the machine has ${availableParallelism()} processors and a load of ${loadavg()[0].toFixed(1)}`);
for (const { what, timing: { first, median, least, cpu }, limit } of results) {
  console.log(`  ${what}: ${median.toFixed(2)} ms median of ${repetitions}, ${first.toFixed(2)} the first time, ${least.toFixed(2)} least, ${cpu.toFixed(2)} of the processor, limit ${limit} ms`);
  if (median > limit) {
    process.exitCode = 1;
  }
}
