// Real clients of a cache, and what a cache refuses them.
import { readFileSync } from 'fs';
import { join } from 'path';
import { GlideClient } from '@valkey/valkey-glide';
import { Redis, RedisOptions } from 'iovalkey';
import { Credentials } from './local-aws';

/** Where to connect to. */
export interface Address {
  readonly host: string;
  readonly port: number;
}

/** The certificate of the local AWS. On AWS no client needs one: ElastiCache's is signed by a public authority. */
export function certificate(): Buffer {
  return readFileSync(process.env.CACHE_CA_FILE!);
}

/** Options of a client that tries once and says what was wrong. */
function once(address: Address): RedisOptions {
  const { host, port } = address;
  return { host, port, lazyConnect: true, retryStrategy: () => null, maxRetriesPerRequest: 0, connectTimeout: 5000, enableReadyCheck: false };
}

/** Uses a cache through iovalkey over TLS. */
export async function withClient<T>(address: Address, credentials: Partial<Credentials>, use: (client: Redis) => Promise<T>): Promise<T> {
  return using(new Redis({ ...once(address), ...credentials, tls: { ca: certificate() } }), use);
}

/** Uses a cache through iovalkey without TLS. */
export async function withPlainClient<T>(address: Address, credentials: Partial<Credentials>, use: (client: Redis) => Promise<T>): Promise<T> {
  return using(new Redis({ ...once(address), ...credentials }), use);
}

/** Uses an engine as the administrator of the local AWS, who may do what no user of a cache may. */
export async function withAdministrator<T>(node: Address & { readonly tls: boolean }, use: (client: Redis) => Promise<T>): Promise<T> {
  const password = readFileSync(join(process.env.LOCAL_AWS_DIR!, 'admin.password'), 'utf8').trim();
  return (node.tls ? withClient : withPlainClient)(node, { username: 'local-admin', password }, use);
}

/** Uses a cache through valkey-glide over TLS. */
export async function withGlide<T>(address: Address, credentials: Credentials, use: (client: GlideClient) => Promise<T>): Promise<T> {
  const client = await GlideClient.createClient({
    addresses: [address],
    useTLS: true,
    credentials,
    requestTimeout: 3000,
    advancedConfiguration: { tlsAdvancedConfiguration: { rootCertificates: certificate() } },
  });
  try {
    return await use(client);
  } finally {
    client.close();
  }
}

async function using<T>(client: Redis, use: (client: Redis) => Promise<T>): Promise<T> {
  let reason: Error | undefined;
  client.on('error', (error: Error) => {
    reason ??= error;
  });
  try {
    await client.connect();
    const result = await use(client);
    if (reason) {
      throw reason; // a refused log-in alone does not end a connection: a cache without users still answers
    }
    return result;
  } catch (error) {
    // The client says only that the connection was closed; the event before says why.
    throw reason ?? error;
  } finally {
    client.disconnect();
  }
}

/** The text with which a cache refuses something; an error when it does not refuse. */
export async function refusal(attempt: Promise<unknown>): Promise<string> {
  let answer: unknown;
  try {
    answer = await attempt;
  } catch (error) {
    return (error as Error).message;
  }
  throw new Error(`the cache should have refused, and answered: ${JSON.stringify(answer)}`);
}
