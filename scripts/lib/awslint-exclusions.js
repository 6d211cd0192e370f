// What awslint says and we do not follow, each with its reason. The pattern is `rule:scope`; a `*` stands for anything.
// An exclusion that nothing needs any more fails the check, so that this list cannot outlive its reasons.
module.exports = [
  {
    pattern: 'prefer-ref-interface:aws-cdk-lib.*',
    reason: 'it judges the API of aws-cdk-lib, reached through what our constructs return',
  },
  {
    pattern: 'prefer-ref-interface:*.vpc',
    reason: 'subnets are selected and their routes looked at, which IVPCRef cannot tell; every construct of aws-cdk-lib in a VPC takes IVpc',
  },
  {
    pattern: 'prefer-ref-interface:*.securityGroups',
    reason: 'they become Connections, whose rules only ISecurityGroup can add; raw ones are imported in one line',
  },
  {
    pattern: 'prefer-ref-interface:*.secret',
    reason: 'policies for clients need the key of the secret, which ISecretRef does not know',
  },
  {
    pattern: 'prefer-ref-interface:*opic',
    reason: 'alarm actions of aws-cdk-lib take ITopic, and an encrypted topic is only known from it',
  },
  {
    pattern: 'prefer-ref-interface:*.zone',
    reason: 'record sets of aws-cdk-lib take IHostedZone, and its name is in the records',
  },
  {
    pattern: 'prefer-ref-interface:*.CacheAlarms.metricAlarmsOf.alarm',
    reason: 'it is a metric alarm or a composite one, and what they share is IAlarm',
  },
  {
    pattern: 'prefer-ref-interface:*.globalDatastore',
    reason: 'a member takes from the datastore what the primary decides: engine, node type, shards',
  },
  {
    pattern: 'construct-ctor:*.CredentialRotation',
    reason: 'only addRotation makes one; its constructor is not public',
  },
  {
    pattern: 'construct-ctor-props-optional:*.ServerlessCache',
    reason: 'each prop is optional, but a VPC or a public endpoint must be said: no props at all is an error',
  },
  {
    pattern: 'events-method-signature:*.CacheCluster.*',
    reason: 'a cache on nodes tells its events to a topic and not to EventBridge, so there is no rule to return and no pattern to give',
  },
  {
    pattern: 'events-in-interface:*.CacheCluster.*',
    reason: 'the interface has them all as events; on CacheCluster the two most wanted are at hand',
  },
  {
    pattern: 'props-physical-name:*',
    reason: 'names are AWS\'s (replicationGroupId, clusterName) where the type has one, and absent where a fixed name blocks a replacement',
  },
  {
    pattern: 'from-attributes:*.params[2]',
    reason: 'the parameter is called attributes, written out; callers in no language name it',
  },
  {
    pattern: 'from-signature:*.fromMemcachedClusterName.params[2]',
    reason: 'AWS calls it the name of the cluster',
  },
  {
    pattern: 'resource-interface:*User',
    reason: 'every kind of user is an IUser; a kind of its own would say nothing more',
  },
  {
    pattern: 'resource-interface:*.SecondaryReplicationGroup',
    reason: 'it is an IReplicationGroup, and used like any other',
  },
];
