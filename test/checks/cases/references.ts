import { Case, Cases, TemplateResources } from './case';
import { LEAST } from './schema';

const VPC = { Vpc: { Type: 'AWS::EC2::VPC', Properties: { CidrBlock: '10.0.0.0/16' } } };
const PRIMARY = { Type: 'AWS::ElastiCache::ReplicationGroup', Properties: { ...LEAST.ReplicationGroup, CacheNodeType: 'cache.r7g.large' } };
const QUEUE = { Queue: { Type: 'AWS::SQS::Queue' } };
const TOPIC = { Topic: { Type: 'AWS::SNS::Topic' } };
const USERS = { Type: 'AWS::ElastiCache::UserGroup', Properties: LEAST.UserGroup };
const USER = { Type: 'AWS::ElastiCache::User', Properties: LEAST.User };

/** A property that refers to something, with what it refers to beside it. */
function referring(short: string, property: string, wrong: [unknown, TemplateResources], right: [unknown, TemplateResources]): Case {
  const to = ([value, others]: [unknown, TemplateResources]): TemplateResources => (
    { ...others, Thing: { Type: `AWS::ElastiCache::${short}`, Properties: { ...LEAST[short], [property]: value } } });
  return { bad: to(wrong), good: to(right) };
}

const ref = (id: string) => ({ Ref: id });
const arn = (id: string) => ({ 'Fn::GetAtt': [id, 'Arn'] });
const SUBNET = { Subnet: { Type: 'AWS::EC2::Subnet', Properties: { VpcId: ref('Vpc'), CidrBlock: '10.0.0.0/24' } }, ...VPC };
const FIREWALL = { Firewall: { Type: 'AWS::EC2::SecurityGroup', Properties: { GroupDescription: 'Cache', VpcId: ref('Vpc') } }, ...VPC };
const SERVERLESS = { Cache: { Type: 'AWS::ElastiCache::ServerlessCache', Properties: { ...LEAST.ServerlessCache, ServerlessCacheName: 'source' } } };
const SECRET = { Secret: { Type: 'AWS::SecretsManager::Secret', Properties: { GenerateSecretString: { PasswordLength: 64 } } } };
const GROUP = { Tuning: { Type: 'AWS::ElastiCache::ParameterGroup', Properties: { CacheParameterGroupFamily: 'valkey8', Description: 'Tuned' } } };
const RDS_GROUP = { Settings: { Type: 'AWS::RDS::DBParameterGroup', Properties: { Family: 'postgres16', Description: 'Tuned' } } };

export const REFERENCE_CASES: Cases = {
  'ReferenceUnfit': referring('ReplicationGroup', 'NotificationTopicArn', [arn('Queue'), QUEUE], [ref('Topic'), TOPIC]),
  'ReferenceUnfit:SubnetGroup': referring('SubnetGroup', 'SubnetIds', [[ref('Vpc')], VPC], [[ref('Subnet')], SUBNET]),
  'ReferenceUnfit:ServerlessCache': referring('ServerlessCache', 'UserGroupId', [ref('App'), { App: USER }], [ref('Users'), { Users: USERS }]),
  'ReferenceUnfit:CacheCluster': referring('CacheCluster', 'VpcSecurityGroupIds',
    [[{ 'Fn::GetAtt': ['Firewall', 'VpcId'] }], FIREWALL], [[{ 'Fn::GetAtt': ['Firewall', 'GroupId'] }], FIREWALL]),
  'ReferenceUnfit:GlobalReplicationGroup': {
    bad: world('Settings'), good: world('Tuning'),
  },
  'ReferenceUnfit:ServerlessCacheSnapshot': referring('ServerlessCacheSnapshot', 'ServerlessCacheName',
    [{ 'Fn::GetAtt': ['Cache', 'ARN'] }, SERVERLESS], [ref('Cache'), SERVERLESS]),
  'ReferenceUnfit:User': referring('User', 'AuthenticationMode', [{ Type: 'password', Passwords: [ref('Secret')] }, SECRET],
    [{ Type: 'password', Passwords: [{ 'Fn::Sub': '{{resolve:secretsmanager:${Secret}}}' }] }, SECRET]),
  'ReferenceUnfit:UserGroup': referring('UserGroup', 'UserIds', [[ref('Users')], { Users: USERS }], [[ref('App')], { App: USER }]),
};

function world(parameters: string): TemplateResources {
  return {
    ...GROUP,
    ...RDS_GROUP,
    Primary: PRIMARY,
    Thing: {
      Type: 'AWS::ElastiCache::GlobalReplicationGroup',
      Properties: {
        Members: [{ ReplicationGroupId: ref('Primary'), ReplicationGroupRegion: 'eu-west-1', Role: 'PRIMARY' }],
        EngineVersion: '8.2',
        CacheParameterGroupName: ref(parameters),
      },
    },
  };
}
