import { IConstruct } from 'constructs';
import { fail } from '../../private/errors';
import { ClusterMode } from '../cluster-mode';

/** What a group is reached at, the modes that have it, and what to use in a mode that does not. */
const ENDPOINTS = {
  primaryEndpoint: { has: ({ _row }: ClusterMode) => _row.primaryEndpoint, instead: 'use configurationEndpoint, or endpoint, which every mode has' },
  readerEndpoint: { has: ({ _row }: ClusterMode) => _row.primaryEndpoint, instead: 'use configurationEndpoint: cluster clients find the replicas themselves' },
  configurationEndpoint: { has: ({ _row }: ClusterMode) => _row.configurationEndpoint, instead: 'use endpoint to write and readerEndpoint to read' },
  nodeHostnames: { has: ({ _row }: ClusterMode) => !_row.clusterEnabled, instead: 'use configurationEndpoint: cluster clients find the nodes themselves' },
} as const;

/** Refuses an endpoint that CloudFormation does not answer for the mode: the deployment would fail. */
export function requireEndpoint(group: IConstruct, mode: ClusterMode, name: keyof typeof ENDPOINTS): void {
  const { has, instead } = ENDPOINTS[name];
  if (!has(mode)) {
    fail(group, 'EndpointNotInMode', `${name} does not exist in cluster mode ${mode.name}: ${instead}`);
  }
}
