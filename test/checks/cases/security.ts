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
const MEMBER = { UserId: 'app', UserName: 'app', Engine: 'redis', AccessString: 'on ~* +@all' };

function logged(RetentionInDays?: number): TemplateResources {
  const delivery = { LogType: 'slow-log', LogFormat: 'json', DestinationType: 'cloudwatch-logs' };
  return {
    Logs: { Type: 'AWS::Logs::LogGroup', Properties: { LogGroupName: 'logs', RetentionInDays } },
    Thing: {
      Type: GROUP,
      Properties: { ...REPLICATED, LogDeliveryConfigurations: [{ ...delivery, DestinationDetails: { CloudWatchLogsDetails: { LogGroup: { Ref: 'Logs' } } } }] },
    },
  };
}

function encrypted(properties: Record<string, unknown>): TemplateResources {
  return {
    Key: { Type: 'AWS::KMS::Key', Properties: properties },
    Thing: { Type: GROUP, Properties: { ...REPLICATED, KmsKeyId: { 'Fn::GetAtt': ['Key', 'Arn'] } } },
  };
}

function inSubnets(MapPublicIpOnLaunch: boolean): TemplateResources {
  const subnet = { Type: 'AWS::EC2::Subnet', Properties: { VpcId: 'vpc-1', MapPublicIpOnLaunch } };
  return { One: subnet, Two: subnet, Thing: { Type: SERVERLESS, Properties: { ...CACHE, SubnetIds: [{ Ref: 'One' }, { Ref: 'Two' }] } } };
}

export const SECURITY_CASES: Cases = {
  TransitEncryptionOff: caseOf(GROUP, REPLICATED, { TransitEncryptionEnabled: false }, { TransitEncryptionEnabled: true }),
  AtRestEncryptionOff: caseOf(GROUP, REPLICATED, { AtRestEncryptionEnabled: false }, { AtRestEncryptionEnabled: true }),
  NoAuthentication: caseOf(GROUP, REPLICATED, {}, { UserGroupIds: ['users'] }),
  ServerlessWithoutUsers: caseOf(SERVERLESS, CACHE, {}, { UserGroupId: 'users' }),
  ServerlessPublicWithoutUsers: { bad: inSubnets(true), good: inSubnets(false) },
  LogsKeptForever: { bad: logged(), good: logged(30) },
  AuthTokenInPlainText: caseOf(GROUP, REPLICATED, { AuthToken: 'written-in-the-template' }, { AuthToken: '{{resolve:secretsmanager:token}}' }),
  PasswordInPlainText: caseOf(USER, MEMBER, { Passwords: ['written-in-the-template'] }, { Passwords: ['{{resolve:secretsmanager:password}}'] }),
  DefaultUserOpen: caseOf(USER, { ...MEMBER, UserId: 'nobody', UserName: 'default', NoPasswordRequired: true },
    { AccessString: 'on ~* +@all' }, { AccessString: 'off ~* -@all' }),
  KeyUnfit: { bad: encrypted({ KeySpec: 'RSA_2048' }), good: encrypted({ KeySpec: 'SYMMETRIC_DEFAULT' }) },
  KeyInOtherRegion: caseOf(GROUP, REPLICATED,
    { KmsKeyId: 'arn:aws:kms:us-east-1:111122223333:key/1' }, { KmsKeyId: 'arn:aws:kms:eu-west-1:111122223333:key/1' }),
};

const allow = (Action: unknown, Resource: unknown) => ({ PolicyDocument: { Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action, Resource }] } });
const POLICY = { PolicyName: 'policy' };
const ONE = ['arn:aws:elasticache:eu-west-1:111122223333:serverlesscache:cache', 'arn:aws:elasticache:eu-west-1:111122223333:user:app'];

export const IAM_CASES: Cases = {
  ConnectToEverything: caseOf('AWS::IAM::Policy', POLICY, allow('elasticache:Connect', '*'), allow('elasticache:Connect', ONE)),
  ConnectTooWide: caseOf('AWS::IAM::Policy', POLICY, allow('elasticache:*', '*'), allow('elasticache:Describe*', '*')),
};
