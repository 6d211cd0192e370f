// The client of the serverless example: counts its visits, and reads them from the replica nearby. A serverless cache speaks the protocol of
// cluster mode, so the client is a cluster client. What it needs to know is in the environment that grantAccess gave it.
import { GetSecretValueCommand, SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { Cluster } from 'iovalkey';

const { CACHE_HOST, CACHE_PORT, CACHE_SECRET_ARN } = process.env;

// One connection for the life of the function, not one a request.
let cache: Promise<Cluster> | undefined;

async function connect(): Promise<Cluster> {
  const secret = await new SecretsManagerClient().send(new GetSecretValueCommand({ SecretId: CACHE_SECRET_ARN }));
  const { username, password } = JSON.parse(secret.SecretString!);
  return new Cluster([{ host: CACHE_HOST, port: Number(CACHE_PORT) }], {
    // The certificate is for the name of the cache, so names are not resolved before TLS sees them.
    dnsLookup: (address, callback) => callback(null, address),
    scaleReads: 'slave',
    redisOptions: { username, password, tls: {} },
  });
}

export async function handler(): Promise<{ visits: number; read: string | null }> {
  cache ??= connect();
  const visits = await (await cache).incr('visits');
  return { visits, read: await (await cache).get('visits') };
}
