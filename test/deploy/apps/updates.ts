// One cache in the states that an update takes it through: an assembly a state, in a folder of that name.
import { join } from 'path';
import { App, Stack } from 'aws-cdk-lib';
import { Vpc } from 'aws-cdk-lib/aws-ec2';
import { CfnParameterGroup, CfnReplicationGroup } from 'aws-cdk-lib/aws-elasticache';
import { CacheAuthentication, CacheCluster, CacheTopology, Parameters, PasswordUser, UserGroup } from 'cdk-elasticache';

interface State {
  readonly stackName?: string;
  readonly replicas?: number;
  readonly samples?: number;
  readonly users?: string[];
  /** Past the library: its own checks would not let these through. */
  readonly tamper?: (cache: CfnReplicationGroup, parameters: CfnParameterGroup) => void;
}

const neverHeardOf = (_: CfnReplicationGroup, parameters: CfnParameterGroup) =>
  parameters.addPropertyOverride('Properties.maxmemory-policy', 'never-heard-of');

const STATES: Record<string, State> = {
  first: {},
  parameter: { samples: 9 },
  refused: { samples: 11, tamper: neverHeardOf },
  bigger: { samples: 9, replicas: 2 },
  smaller: { samples: 9, users: ['app'] },
  invalid: { stackName: 'Invalid', tamper: neverHeardOf },
  newer: { stackName: 'Newer', tamper: (cache) => cache.addPropertyOverride('EngineVersion', '99.0') },
};

for (const [name, { stackName = 'Updates', replicas = 1, samples = 5, users = ['app', 'batch'], tamper }] of Object.entries(STATES)) {
  const stack = new Stack(new App({ outdir: join(process.env.CDK_OUTDIR!, name) }), stackName);
  const cache = new CacheCluster(stack, 'Cache', {
    vpc: new Vpc(stack, 'Vpc', { maxAzs: 2, natGateways: 0 }),
    topology: CacheTopology.replicated({ replicas }),
    parameters: Parameters.valkey({ maxmemorySamples: samples }),
    authentication: CacheAuthentication.userGroup(new UserGroup(stack, 'Users', { users: users.map((user) => new PasswordUser(stack, user)) })),
  });
  tamper?.(cache.node.defaultChild as CfnReplicationGroup, cache.node.findAll().find((each) => each instanceof CfnParameterGroup)!);
}
