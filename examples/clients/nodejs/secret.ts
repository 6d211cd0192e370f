// When you need it: a client whose password is rotated while it runs.
// What it does: reads the password once, and again when the cache refuses it: a long-lived connection stays open when its password goes.
// Run it: npx tsx secret.ts, or as a function, with the environment that grantAccess gives
import { GetSecretValueCommand, SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { Redis } from 'iovalkey';

const { CACHE_HOST, CACHE_PORT, CACHE_TLS, CACHE_SECRET_ARN } = process.env;
const secrets = new SecretsManagerClient();
let cache: Promise<Redis> | undefined;

async function connect(): Promise<Redis> {
  const secret = await secrets.send(new GetSecretValueCommand({ SecretId: CACHE_SECRET_ARN }));
  const { username, password } = JSON.parse(secret.SecretString!);
  const client = new Redis({ host: CACHE_HOST, port: Number(CACHE_PORT), username, password, tls: CACHE_TLS === 'true' ? {} : undefined });
  return client.on('error', (error) => console.warn(error.message));
}

/** Asks the cache; when it refuses the password, once more with the one that is in the secret now. */
export async function ask<T>(question: (client: Redis) => Promise<T>): Promise<T> {
  const current = cache ??= connect();
  try {
    return await question(await current);
  } catch (error) {
    if (!/WRONGPASS/.test(String(error))) {
      throw error;
    }
    if (cache === current) { // else somebody else has connected anew already
      cache = connect();
      (await current).disconnect();
    }
    return question(await cache);
  }
}

export async function handler(): Promise<{ user: string; visits: number }> {
  return ask(async (client) => ({ user: String(await client.acl('WHOAMI')), visits: await client.incr('visits') }));
}

export async function close(): Promise<void> {
  (await cache)?.disconnect();
  cache = undefined;
}

if (require.main === module) {
  void handler().then(console.log).finally(close);
}
