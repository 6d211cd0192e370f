import { Broken, broken, redis, resources, type, valkey } from './bases';
import { api, AUTO_SCALING, cloudFormation } from './sources';

const CREATE = api('CreateReplicationGroup');
const TROUBLE = 'https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/troubleshooting.html';
const UNRESOLVED = 'Unresolved resource dependencies in the Resources block of the template';
const ref = (id: string) => ({ Ref: id });
const STAGE = { Parameters: { Stage: { Type: 'String', Default: 'test', AllowedValues: ['test', 'prod'] } } };
const IS_PROD = { ...STAGE, Conditions: { IsProd: { 'Fn::Equals': [ref('Stage'), 'prod'] } } };
const subnets = (SubnetIds: unknown) => ({ Own: { Type: type('SubnetGroup'), Properties: { Description: 'Private', SubnetIds } } });
const typed = (Type: string) => ({ Parameters: { Value: { Type } } });
const target = (prefix: string) => valkey({ CacheNodeType: 'cache.r7g.large' }, {
  Target: {
    Type: 'AWS::ApplicationAutoScaling::ScalableTarget',
    Properties: {
      ServiceNamespace: 'elasticache',
      ScalableDimension: 'elasticache:replication-group:Replicas',
      MinCapacity: 1,
      MaxCapacity: 5,
      ResourceId: { 'Fn::Sub': `${prefix}/\${Sessions}` },
    },
  },
});

/** What CloudFormation or the service refuses of templates as a whole. */
export const BROKEN_TEMPLATES: readonly Broken[] = [
  broken('zones of a group with shards', 'PreferredCacheClusterAZs can only be specified for one node group.',
    'https://github.com/hashicorp/terraform-provider-aws/issues/14425',
    valkey({ PreferredCacheClusterAZs: ['eu-west-1a', 'eu-west-1b'] }), 'CacheClustersNeedOneShard'),
  broken('a group without an engine', 'The parameter Engine must be provided and must not be null.',
    'https://github.com/awsdocs/aws-cloudformation-user-guide/pull/1072', redis({ Engine: undefined, EngineVersion: undefined }), 'PropertyRequired'),
  broken('a list within a list', 'Value of property SubnetIds must be of type List of String', TROUBLE,
    resources(subnets([ref('Value')]), typed('List<AWS::EC2::Subnet::Id>')), 'PropertyTypeWrong'),
  broken('a text for a list', 'Value of property SubnetIds must be of type List of String', TROUBLE,
    resources(subnets(ref('Value')), typed('String')), 'PropertyTypeWrong'),
  broken('a list for a text', 'Value of property CacheSubnetGroupName must be of type String', TROUBLE,
    redis({ CacheSubnetGroupName: ref('Value') }, {}, typed('CommaDelimitedList')), 'PropertyTypeWrong'),
  broken('a condition that is not there', 'Template validation error: unresolved condition dependency', TROUBLE,
    redis({ Port: { 'Fn::If': ['IsLive', 6380, 6379] } }, {}, IS_PROD), 'ReferenceUnresolved'),
  broken('a mapping that is not there', 'Template error: Mapping named Ports is not present', TROUBLE,
    redis({ Port: { 'Fn::FindInMap': ['Ports', ref('Stage'), 'Cache'] } }, {}, STAGE), 'ReferenceUnresolved'),
  broken('a key that the mapping does not have', 'Template error: Unable to get mapping for Ports::test::Cache', TROUBLE,
    redis({ Port: { 'Fn::FindInMap': ['Ports', ref('Stage'), 'Cache'] } }, {}, { ...STAGE, Mappings: { Ports: { prod: { Cache: '6380' } } } }),
    'ReferenceUnresolved'),
  broken('a parameter group of a condition', UNRESOLVED, TROUBLE, redis({ EngineVersion: '7.1', CacheParameterGroupName: ref('Tuning') }, {
    Tuning: { Type: type('ParameterGroup'), Condition: 'IsProd', Properties: { CacheParameterGroupFamily: 'redis7', Description: 'Tuned' } },
  }, IS_PROD), 'ReferenceUnresolved'),
  broken('a group of clients that needs the port of the cache', 'Circular dependency between resources', TROUBLE,
    redis({ SecurityGroupIds: [{ 'Fn::GetAtt': ['Clients', 'GroupId'] }] }, {
      Clients: {
        Type: 'AWS::EC2::SecurityGroup',
        Properties: { GroupDescription: { 'Fn::Sub': 'Clients of ${Sessions.PrimaryEndPoint.Address}' }, VpcId: 'vpc-1' },
      },
    }), 'ReferencesCircular'),
  broken('a misspelt kind of resource to scale', 'ValidationException: Unsupported resource ID', AUTO_SCALING, target('replicationgroup'), 'ScalingResourceInvalid'),
  broken('a type in other case', 'Template format error: Unrecognized resource types', TROUBLE,
    resources({ Cache: { Type: 'AWS::Elasticache::CacheCluster', Properties: { Engine: 'redis' } } }), 'ResourceTypeUnknown'),
  broken('a policy that is none', 'Template format error: Unrecognized DeletionPolicy', TROUBLE,
    resources({ Cache: { Type: type('CacheCluster'), DeletionPolicy: 'Keep', Properties: { Engine: 'memcached', CacheNodeType: 'cache.t4g.micro', NumCacheNodes: 2 } } }), 'ValueNotOffered'),
  broken('online resharding among the properties', 'extraneous key is not permitted', cloudFormation('replicationgroup'), redis({ UseOnlineResharding: true }), 'PropertyNotOfType'),
  broken('half a name', 'extraneous key is not permitted', CREATE, redis({ AtRestEncryption: true }), 'PropertyNotOfType'),
];
