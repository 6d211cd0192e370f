// The client of the sharded example: opens some sessions, which the cluster spreads over its shards, and counts all that are open.
// A cluster client asks the one endpoint for the shards, and sends each command to the shard of its key.
import { GetSecretValueCommand, SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { Cluster } from 'iovalkey';

const { CACHE_HOST, CACHE_PORT, CACHE_SECRET_ARN } = process.env;
const HALF_AN_HOUR = 30 * 60;

async function connect(): Promise<Cluster> {
  const secret = await new SecretsManagerClient().send(new GetSecretValueCommand({ SecretId: CACHE_SECRET_ARN }));
  const { username, password } = JSON.parse(secret.SecretString!);
  return new Cluster([{ host: CACHE_HOST, port: Number(CACHE_PORT) }], {
    // The certificate is for the names of the nodes, so names are not resolved before TLS sees them.
    dnsLookup: (address, callback) => callback(null, address),
    redisOptions: { username, password, tls: {} },
  });
}

export async function handler(): Promise<{ shards: number; sessions: number }> {
  const cache = await connect();
  try {
    await Promise.all(Array.from({ length: 50 }, (_, user) => cache.set(`session:${user}`, 'signed in', 'EX', HALF_AN_HOUR)));
    const shards = cache.nodes('master');
    const sizes = await Promise.all(shards.map((shard) => shard.dbsize()));
    return { shards: shards.length, sessions: sizes.reduce((sum, size) => sum + size, 0) };
  } finally {
    cache.disconnect();
  }
}
