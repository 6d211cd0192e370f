// The client of the quickstart: counts its visits in the cache. What it needs to know is in the environment that grantAccess gave it.
import { GetSecretValueCommand, SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { Redis } from 'iovalkey';

const { CACHE_HOST, CACHE_PORT, CACHE_SECRET_ARN } = process.env;

// One connection for the life of the function, not one a request.
let cache: Promise<Redis> | undefined;

async function connect(): Promise<Redis> {
  const secret = await new SecretsManagerClient().send(new GetSecretValueCommand({ SecretId: CACHE_SECRET_ARN }));
  const { username, password } = JSON.parse(secret.SecretString!);
  return new Redis({ host: CACHE_HOST, port: Number(CACHE_PORT), username, password, tls: {} });
}

export async function handler(): Promise<{ visits: number }> {
  cache ??= connect();
  return { visits: await (await cache).incr('visits') };
}
