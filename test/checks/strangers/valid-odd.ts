// What looks wrong at first sight, and deploys.
import { cluster, DEFAULT_USER, group, node, parameters, redis, resources, serverless, SUBNETS, Template, TUNING, type, user, Valid, valkey } from './bases';

const ref = (id: string) => ({ Ref: id });
const STAGES = { Parameters: { Stage: { Type: 'String', AllowedValues: ['dev', 'prod'], Default: 'dev' } }, Conditions: { Prod: { 'Fn::Equals': [ref('Stage'), 'prod'] } } };
const prod = (yes: unknown, no: unknown) => ({ 'Fn::If': ['Prod', yes, no] });
const NONE = ref('AWS::NoValue');
const zone = (index: number) => ({ 'Fn::Select': [index, { 'Fn::GetAZs': '' }] });
const subnet = (index: number) => ({ Type: 'AWS::EC2::Subnet', Properties: { VpcId: ref('Vpc'), CidrBlock: `10.0.${index}.0/24`, AvailabilityZone: zone(index) } });
const NETWORK = {
  Vpc: { Type: 'AWS::EC2::VPC', Properties: { CidrBlock: '10.0.0.0/16' } },
  A: subnet(0),
  B: subnet(1),
  Own: { Type: type('SubnetGroup'), Properties: { Description: 'Private', SubnetIds: [{ 'Fn::GetAtt': ['A', 'SubnetId'] }, ref('B')] } },
};

const TEMPLATES: Readonly<Record<string, Template>> = {
  'failover and nothing of nodes, out of a snapshot': redis({ NumCacheClusters: undefined, SnapshotName: 'yesterday' }),
  'failover and nothing of nodes, in cluster mode': valkey({
    NumNodeGroups: undefined, ReplicasPerNodeGroup: undefined, MultiAZEnabled: false, CacheParameterGroupName: 'default.valkey8.cluster.on',
  }),
  'failover and nothing of nodes, with parameters of another stack': redis({ NumCacheClusters: undefined, CacheParameterGroupName: { 'Fn::ImportValue': 'tuning' } }),
  'one shard of cluster mode without replicas': valkey({ NumNodeGroups: 1, ReplicasPerNodeGroup: 0, MultiAZEnabled: false, CacheParameterGroupName: 'default.valkey8.cluster.on' }),
  'zones that nobody knows, in subnets of the template': redis({ CacheSubnetGroupName: ref('Own'), PreferredCacheClusterAZs: [zone(0), zone(1)] }, NETWORK),
  'zones by their names, in subnets whose zones nobody knows': redis({ CacheSubnetGroupName: ref('Own'), PreferredCacheClusterAZs: ['eu-west-1a', 'eu-west-1b'] }, NETWORK),
  'the default security group of the VPC': redis({ CacheSubnetGroupName: ref('Own'), SecurityGroupIds: [{ 'Fn::GetAtt': ['Vpc', 'DefaultSecurityGroup'] }] }, NETWORK),
  'subnets of a custom resource': serverless({ SubnetIds: { 'Fn::GetAtt': ['Lookup', 'SubnetIds'] } }, {
    Lookup: { Type: 'Custom::Subnets', Properties: { ServiceToken: 'arn:aws:lambda:eu-west-1:111122223333:function:lookup' } },
  }),
  'a subnet group and groups of a nested stack': redis({
    CacheSubnetGroupName: { 'Fn::GetAtt': ['Network', 'Outputs.Subnets'] }, SecurityGroupIds: [{ 'Fn::GetAtt': ['Network', 'Outputs.Firewall'] }],
  }, { Network: { Type: 'AWS::CloudFormation::Stack', Properties: { TemplateURL: 'https://templates.s3.amazonaws.com/network.yaml' } } }),
  'a topic by an SSM parameter of the template': redis({ NotificationTopicArn: { 'Fn::GetAtt': ['Topic', 'Value'] } }, {
    Topic: { Type: 'AWS::SSM::Parameter', Properties: { Type: 'String', Value: 'arn:aws:sns:eu-west-1:111122223333:events' } },
  }),
  'names with the stage and the stack in them': redis({ ReplicationGroupId: { 'Fn::Sub': '${AWS::StackName}-${Stage}-cache' } }, {}, { Parameters: { Stage: { Type: 'String' } } }),
  'a name that begins with a parameter': cluster({ ClusterName: { 'Fn::Join': ['', [ref('Prefix'), '-pages']] } }, {}, { Parameters: { Prefix: { Type: 'String' } } }),
  'a name of a parameter of Systems Manager': serverless({ ServerlessCacheName: { 'Fn::Sub': '{{resolve:ssm:/${AWS::StackName}/cache_name}}' } }),
  'a name with a hyphen that a condition leaves out': redis({ ReplicationGroupId: { 'Fn::Join': ['-', ['cache', prod('prod', NONE)]] } }, {}, STAGES),
  'a log delivery in one stage alone': valkey({
    LogDeliveryConfigurations: [prod({
      LogType: 'slow-log', LogFormat: 'json', DestinationType: 'cloudwatch-logs', DestinationDetails: { CloudWatchLogsDetails: { LogGroup: { 'Fn::Sub': '/cache/${Stage}' } } },
    }, NONE)],
  }, {}, STAGES),
  'limits by condition': resources({
    Store: {
      Type: type('ServerlessCache'),
      Properties: {
        ServerlessCacheName: 'orders',
        Engine: 'valkey',
        CacheUsageLimits: { DataStorage: prod({ Maximum: '100', Unit: 'GB' }, NONE), ECPUPerSecond: prod(NONE, { Maximum: 5000 }) },
      },
    },
  }, STAGES),
  'parameters of Redis OSS 6 for a restored group': redis({ EngineVersion: undefined, SnapshotName: 'of-version-6', ...TUNING }, parameters('redis6.x', {})),
  'parameters of Redis OSS 7 and no version': node({ EngineVersion: undefined, ...TUNING }, parameters('redis7', {})),
  'parameters of Valkey 7 and no version': valkey({ EngineVersion: undefined, ...TUNING }, parameters('valkey7', { 'cluster-enabled': 'yes' })),
  'a mode of TLS with Redis OSS 7.0': redis({ EngineVersion: '7.0', TransitEncryptionMode: 'required' }),
  'a tag without a value': resources({ Users: group([ref('User')], 'valkey', { Tags: [{ Key: 'team' }] }), User: user() }),
  'the user of AWS by its id': resources({ App: user({ Engine: 'redis' }), Users: group(['default', ref('App')], 'redis') }),
  'a closed default user, by its id as text': resources({ Closed: DEFAULT_USER, Users: { ...group(['closed-default'], 'redis'), DependsOn: 'Closed' } }),
  'users of another stack': resources({ Users: group(['one', 'two'], 'redis') }),
  'a parameter that AWS added yesterday': resources(parameters('valkey8', { 'set-max-listpack-values': '64' })),
  'a resource of a condition under the same condition': redis({ CacheParameterGroupName: { 'Fn::If': ['Prod', { Ref: 'Tuning' }, 'default.redis7'] } }, {
    Tuning: { Type: type('ParameterGroup'), Condition: 'Prod', Properties: { CacheParameterGroupFamily: 'redis7', Description: 'Tuned' } },
  }, STAGES),
  'a key of a mapping with a value to fall back on': redis({ Port: { 'Fn::FindInMap': ['Ports', 'test', 'Cache', { DefaultValue: 6379 }] } }, {},
    { Transform: 'AWS::LanguageExtensions', Mappings: { Ports: { prod: { Cache: '6380' } } } }),
  'a key that only a branch not taken looks up': redis({ Port: { 'Fn::If': ['Prod', { 'Fn::FindInMap': ['Ports', { Ref: 'Stage' }, 'Cache'] }, 6379] } }, {},
    { ...STAGES, Mappings: { Ports: { prod: { Cache: '6380' } } } }),
  'a circle that a condition cuts': redis({ SecurityGroupIds: [{ 'Fn::GetAtt': ['Clients', 'GroupId'] }] }, {
    Clients: {
      Type: 'AWS::EC2::SecurityGroup',
      Properties: { GroupDescription: { 'Fn::If': ['Prod', 'Clients', 'Others'] }, VpcId: 'vpc-1' },
    },
  }, STAGES),
  'a token to be given': redis({ AuthToken: { Ref: 'Token' } }, {}, { Parameters: { Token: { Type: 'String', NoEcho: true, Default: '' } } }),
  'a list of subnets by parameter': resources({ Own: { Type: type('SubnetGroup'), Properties: { Description: 'Private', SubnetIds: { Ref: 'Subnets' } } } },
    { Parameters: { Subnets: { Type: 'List<AWS::EC2::Subnet::Id>' } } }),
  'a policy for all but the first deployment': resources({
    Cache: { Type: type('CacheCluster'), DeletionPolicy: 'RetainExceptOnCreate', Properties: { Engine: 'memcached', CacheNodeType: 'cache.t4g.micro', NumCacheNodes: 2 } },
  }),
  'a member of a global datastore without an engine': resources({
    Member: {
      Type: type('ReplicationGroup'),
      Properties: { ReplicationGroupDescription: 'Second', GlobalReplicationGroupId: 'ldgnf-shop', NumCacheClusters: 2, AutomaticFailoverEnabled: true },
    },
  }),
  'a key of another kind of resource': redis({ KmsKeyId: { 'Fn::GetAtt': ['Stack', 'Outputs.Key'] } }, { Stack: { Type: 'AWS::CloudFormation::Stack' }, Other: SUBNETS }),
};

export const VALID_ODD: readonly Valid[] = Object.entries(TEMPLATES).map(([name, template]) => ({ name, template }));
