// Jobs that another library does as well. The templates are not the same: each writes its own defaults.
import { AccessControl, IamUser as TheirIamUser, ServerlessCache as TheirServerlessCache, UserGroup as TheirUserGroup } from '@aws-cdk/aws-elasticache-alpha';
import { RedisDB } from 'cdk-redisdb';
import { MakeCache } from './subject';
import { AccessString, CacheEngine, CacheNodeType, ClusterMode, IamUser, ReplicationGroup, ServerlessCache, UserGroup } from 'cdk-elasticache';

const ACCESS = 'on ~* +@all';

/** A job, as this library and as the other does it. */
export interface PeerSubject {
  readonly peer: string;
  readonly job: string;
  readonly library: MakeCache;
  readonly theirs: MakeCache;
}

export const PEERS: readonly PeerSubject[] = [
  {
    peer: 'cdk-redisdb',
    job: 'one shard of Redis OSS with a replica, its subnet group and security group',
    library: (stack, id, vpc) => {
      new ReplicationGroup(stack, id, {
        vpc, engine: CacheEngine.redis(), nodeType: CacheNodeType.M6G_LARGE, clusterMode: ClusterMode.enabled({ shards: 1, replicasPerShard: 1 }),
      });
    },
    theirs: (stack, id, vpc) => {
      new RedisDB(stack, id, { existingVpc: vpc, nodes: 1, replicas: 1, subnetGroupName: id });
    },
  },
  {
    peer: '@aws-cdk/aws-elasticache-alpha',
    job: 'a serverless cache, its security group, a user of IAM and its group',
    library: (stack, id, vpc) => {
      const user = new IamUser(stack, `${id}User`, { accessString: AccessString.of(ACCESS) });
      new ServerlessCache(stack, id, { vpc, userGroup: new UserGroup(stack, `${id}Users`, { users: [user] }) });
    },
    theirs: (stack, id, vpc) => {
      const user = new TheirIamUser(stack, `${id}User`, { userId: id.toLowerCase(), accessControl: AccessControl.fromAccessString(ACCESS) });
      new TheirServerlessCache(stack, id, { vpc, userGroup: new TheirUserGroup(stack, `${id}Users`, { users: [user] }) });
    },
  },
];
