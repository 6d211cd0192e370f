// One cache of each kind that the engines are compared with the template for. Each line of it shows in an engine or in what the engine refuses.
import { App, Duration, Stack } from 'aws-cdk-lib';
import { Vpc } from 'aws-cdk-lib/aws-ec2';
import {
  AccessString, CacheAuthentication, CacheCluster, CacheEngine, CacheProfile, ClusterMode, MaxmemoryPolicy, Parameters, PasswordUser,
  RedisVersion, ReplicationGroup, UserGroup,
} from 'cdk-elasticache';

const stack = new Stack(new App(), 'Engines');
const vpc = new Vpc(stack, 'Vpc', { maxAzs: 2, natGateways: 0 });

new CacheCluster(stack, 'Cache', {
  vpc,
  parameters: Parameters.combine(
    Parameters.valkey({
      maxmemoryPolicy: MaxmemoryPolicy.ALLKEYS_LFU,
      maxmemorySamples: 7,
      timeout: Duration.minutes(10),
      notifyKeyspaceEvents: 'Ex',
      slowlogLogSlowerThan: Duration.millis(25),
      databases: 4,
      reservedMemoryPercent: 30,
    }),
    Parameters.custom({ 'lazyfree-lazy-user-flush': 'yes' }),
  ),
});

// `ACL WHOAMI` is in no category but @slow; without it nobody could ask as whom the engine knows them.
const accessString = AccessString.of('on ~app:* resetchannels &news:* -@all +@read +@write +@connection +acl|whoami');
new CacheCluster(stack, 'Development', {
  vpc, profile: CacheProfile.DEVELOPMENT, authentication: CacheAuthentication.password({ userName: 'narrow', accessString }),
});

new CacheCluster(stack, 'RedisOss', { vpc, engine: CacheEngine.redis(RedisVersion.V7_1) });

const reader = new PasswordUser(stack, 'Reader', { accessString: AccessString.of('on ~* -@all +@read +acl|whoami') });
const writer = new PasswordUser(stack, 'Writer');
new ReplicationGroup(stack, 'Group', {
  vpc, clusterMode: ClusterMode.disabled({ replicas: 2 }), port: 7000, userGroup: new UserGroup(stack, 'Users', { users: [reader, writer] }),
});

new CacheCluster(stack, 'Open', { vpc, profile: CacheProfile.DEVELOPMENT, authentication: CacheAuthentication.none() });
new ReplicationGroup(stack, 'PlainText', { vpc, clusterMode: ClusterMode.disabled({ replicas: 0 }), transitEncryption: false, port: 6400 });
