// When you need it: a client of an IAM user, so that there is no password to keep or to rotate.
// What it does: logs in with a token, and makes a new one when a connection was lost after the token had run out.
// Run it: npx tsx iam.ts, or as a function, with the environment that grantAccess gives
import { ElastiCacheClient } from '@aws-sdk/client-elasticache';
import { Redis } from 'iovalkey';
import { connectToken } from './token';

const { CACHE_HOST, CACHE_PORT, CACHE_USERNAME, CACHE_IAM_NAME, CACHE_IAM_RESOURCE_TYPE } = process.env;
const { credentials, region } = new ElastiCacheClient().config; // where the SDK finds them, renewed when they run out
let cache: Promise<Redis> | undefined;

async function connect(): Promise<Redis> {
  const password = await connectToken({
    user: CACHE_USERNAME!, cacheName: CACHE_IAM_NAME!, resourceType: CACHE_IAM_RESOURCE_TYPE, credentials, region,
  });
  // IAM users exist over TLS only.
  const client = new Redis({ host: CACHE_HOST, port: Number(CACHE_PORT), username: CACHE_USERNAME, password, tls: {} });
  return client.on('error', (error) => console.warn(error.message));
}

/** Asks the cache; when it refuses the token, once more with a new one. */
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
