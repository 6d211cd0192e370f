// What gives clients access is loaded with the first client: to make a cache does not take it.
/* eslint-disable @typescript-eslint/no-require-imports */
import { IConnectable } from 'aws-cdk-lib/aws-ec2';
import type * as Access from './grant-access';
import type { CacheAccess, GrantAccessOptions } from '../cache-access';
import type { ICacheCluster } from '../cache-cluster-ref';
import type * as Grants from '../cache-grants';

export type AccessContext = Access.AccessContext;

/** Lets a client in. */
export function grantAccess(cache: ICacheCluster, client: IConnectable, options: GrantAccessOptions, context: AccessContext): CacheAccess {
  return (require('./grant-access') as typeof Access).grantAccess(cache, client, options, context);
}

/** The permissions of a cache. */
export function grantsOf(cache: ICacheCluster, context: () => AccessContext): Grants.CacheGrants {
  return (require('../cache-grants') as typeof Grants).CacheGrants._of(cache, context);
}
