// When you need it: a client of an IAM user for a serverless or a sharded cache, both of which speak the protocol of cluster mode.
// What it does: logs in with a token and keeps a fresh one for the connections it opens later. (iamConfig of the client itself does the same,
// but not for serverless caches.)
// Run it: npx tsx glide.ts, or as a function, with the environment that grantAccess gives
import { readFileSync } from 'fs';
import { ElastiCacheClient } from '@aws-sdk/client-elasticache';
import { GlideClusterClient } from '@valkey/valkey-glide';
import { connectToken } from './token';

const { CACHE_HOST, CACHE_PORT, CACHE_USERNAME, CACHE_IAM_NAME, CACHE_IAM_RESOURCE_TYPE, CACHE_CA_FILE } = process.env;
const { credentials, region } = new ElastiCacheClient().config; // where the SDK finds them, renewed when they run out
const MILLISECONDS_BETWEEN_TOKENS = 10 * 60 * 1000;
let cache: Promise<GlideClusterClient> | undefined;
let renewal: NodeJS.Timeout | undefined;

const newToken = () =>
  connectToken({ user: CACHE_USERNAME!, cacheName: CACHE_IAM_NAME!, resourceType: CACHE_IAM_RESOURCE_TYPE, credentials, region });

async function connect(): Promise<GlideClusterClient> {
  const client = await GlideClusterClient.createClient({
    addresses: [{ host: CACHE_HOST!, port: Number(CACHE_PORT) }],
    credentials: { username: CACHE_USERNAME, password: await newToken() },
    useTLS: true,
    requestTimeout: 2000,
    advancedConfiguration: {
      connectionTimeout: 5000,
      // For a cache whose certificate this machine does not trust by itself.
      tlsAdvancedConfiguration: CACHE_CA_FILE ? { rootCertificates: readFileSync(CACHE_CA_FILE) } : undefined,
    },
  });
  renewal = setInterval(async () => client.updateConnectionPassword(await newToken()), MILLISECONDS_BETWEEN_TOKENS).unref();
  return client;
}

export async function handler(): Promise<{ user: string; visits: number }> {
  const client = await (cache ??= connect());
  return { user: String(await client.customCommand(['ACL', 'WHOAMI'])), visits: await client.incr('visits') };
}

export async function close(): Promise<void> {
  clearInterval(renewal);
  (await cache)?.close();
  cache = undefined;
}

if (require.main === module) {
  void handler().then(console.log).finally(close);
}
