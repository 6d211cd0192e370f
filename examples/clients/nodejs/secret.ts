// When you need it: a client whose password is rotated while it runs.
// What it does: reads the password whenever it connects. A connection stays open when its password goes; the next one logs in with the new one.
// Run it: npx tsx secret.ts, or as a function, with the environment that grantAccess gives
import { GetSecretValueCommand, SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { Redis } from 'iovalkey';

const { CACHE_HOST, CACHE_PORT, CACHE_TLS, CACHE_SECRET_ARN } = process.env;
const secrets = new SecretsManagerClient();
let cache: Promise<Redis> | undefined;

/** A lost connection does not come back by itself, with the old password: the next question connects anew. */
const retryStrategy = () => null;

async function connect(): Promise<Redis> {
  const secret = await secrets.send(new GetSecretValueCommand({ SecretId: CACHE_SECRET_ARN }));
  const { username, password } = JSON.parse(secret.SecretString!);
  const client = new Redis({ host: CACHE_HOST, port: Number(CACHE_PORT), username, password, tls: CACHE_TLS === 'true' ? {} : undefined, retryStrategy });
  client.on('error', (error) => console.warn(error.message));
  client.on('end', () => { cache = undefined; });
  return client;
}

/** Asks the cache; when the connection is gone or the password refused, once more with the one that is in the secret now. */
export async function ask<T>(question: (client: Redis) => Promise<T>): Promise<T> {
  try {
    return await question(await (cache ??= connect()));
  } catch (error) {
    if (!/WRONGPASS|Connection is closed/.test(String(error))) {
      throw error;
    }
    cache = undefined;
    return question(await (cache ??= connect()));
  }
}

export async function handler(): Promise<{ user: string; visits: number }> {
  return ask(async (client) => ({ user: String(await client.acl('WHOAMI')), visits: await client.incr('visits') }));
}

export async function close(): Promise<void> {
  (await cache)?.disconnect();
}

if (require.main === module) {
  void handler().then(console.log).finally(close);
}
