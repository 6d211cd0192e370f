// Data only. Imports nothing of CDK.

/** The parameter that makes an engine run as a cluster, and its value. It can be set only in a new group. */
export const CLUSTER_PARAMETER = {
  name: 'cluster-enabled',
  on: 'yes',
  /** How the name of a group of AWS's own ends when it has the parameter, and how it begins. */
  defaultGroups: { prefix: 'default.', suffix: '.cluster.on' },
  source: 'https://docs.aws.amazon.com/AmazonElastiCache/latest/dg/ParameterGroups.Engine.html',
} as const;
