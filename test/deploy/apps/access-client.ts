// A function that uses every cache it was told of, and says what it saw. It knows nothing but its environment.
import { GetSecretValueCommand, SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { Redis } from 'iovalkey';

interface Seen {
  readonly user: string;
  readonly written: string;
  readonly read: string | null;
}

async function use(prefix: string): Promise<Seen> {
  const of = (name: string) => process.env[`${prefix}${name}`];
  const secret = await new SecretsManagerClient().send(new GetSecretValueCommand({ SecretId: of('SECRET_ARN') }));
  const { password } = JSON.parse(secret.SecretString!);
  const options = { port: Number(of('PORT')), username: of('USERNAME'), password, tls: of('TLS') === 'true' ? {} : undefined, retryStrategy: () => null };
  const [cache, reader] = [new Redis({ ...options, host: of('HOST') }), new Redis({ ...options, host: of('READER_HOST') })];
  try {
    const user = await cache.acl('WHOAMI') as unknown as string;
    const written = await cache.set('last-client', `${prefix}client`);
    await cache.wait(1, 1000);
    return { user, written, read: await reader.get('last-client') };
  } finally {
    cache.disconnect();
    reader.disconnect();
  }
}

export async function handler(): Promise<Record<string, Seen>> {
  const prefixes = Object.keys(process.env).flatMap((name) => /^([A-Z]+_)SECRET_ARN$/.exec(name)?.[1] ?? []);
  return Object.fromEntries(await Promise.all(prefixes.map(async (prefix) => [prefix, await use(prefix)])));
}
