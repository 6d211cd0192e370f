// When you need it: a client of an IAM user, so that there is no password to keep or to rotate.
// What it does: makes a token whenever it connects: a token counts at the login only, and is good for 15 minutes at most.
// Run it: npx tsx iam.ts, or as a function, with the environment that grantAccess gives
import { ElastiCacheClient } from '@aws-sdk/client-elasticache';
import { Redis } from 'iovalkey';
import { connectToken } from './token';

const { CACHE_HOST, CACHE_PORT, CACHE_USERNAME, CACHE_IAM_NAME, CACHE_IAM_RESOURCE_TYPE } = process.env;
const { credentials, region } = new ElastiCacheClient().config; // where the SDK finds them, renewed when they run out
let cache: Promise<Redis> | undefined;

/** A lost connection does not come back by itself, with the old token: the next question connects anew. */
const retryStrategy = () => null;

async function connect(): Promise<Redis> {
  const password = await connectToken({
    user: CACHE_USERNAME!, cacheName: CACHE_IAM_NAME!, resourceType: CACHE_IAM_RESOURCE_TYPE, credentials, region,
  });
  // IAM users exist over TLS only.
  const client = new Redis({ host: CACHE_HOST, port: Number(CACHE_PORT), username: CACHE_USERNAME, password, tls: {}, retryStrategy });
  client.on('error', (error) => console.warn(error.message));
  client.on('end', () => { cache = undefined; });
  return client;
}

/** Asks the cache; when the connection is gone or the token refused, once more with a new one. */
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
