// Clients that never stop: they hold connections, make new ones all the time, and read the secret again, at an interval or when they are refused.
// Runs as a process of its own and says at its end what it saw, as JSON. A refused connection or request that is not put right is a failure.
import { GetSecretValueCommand, SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { Redis } from 'iovalkey';

const [host, port, secretId, userName] = process.argv.slice(2);
const REQUESTS_A_CONNECTION = 60;
const PAUSE = 6;
/** Shorter than the time between two rotations, as a client's interval has to be. */
const REFRESH_EVERY = 200;

const seen = { requests: 0, connections: 0, refreshes: 0, refused: 0, failures: [] as string[], passwords: 0 };
const passwords = new Set<string>();
const secrets = new SecretsManagerClient();
let stopped = false;
const begun = Date.now();

async function readSecret(): Promise<string> {
  const { SecretString: value } = await secrets.send(new GetSecretValueCommand({ SecretId: secretId }));
  seen.refreshes++;
  const { password } = JSON.parse(value!);
  passwords.add(password);
  return password;
}

async function connect(password: string): Promise<Redis> {
  const client = new Redis({
    host,
    port: Number(port),
    username: userName || undefined,
    password,
    tls: {},
    lazyConnect: true,
    retryStrategy: () => null,
    maxRetriesPerRequest: 0,
    connectTimeout: 10_000,
  });
  // The client says only that the connection was closed; the event before says why.
  let reason: Error | undefined;
  client.on('error', (error: Error) => { reason ??= error; });
  try {
    await client.connect();
  } catch (error) {
    client.disconnect();
    throw reason ?? error;
  }
  seen.connections++;
  return client;
}

const isRefusal = (error: unknown) => /^ReplyError: WRONGPASS/.test(String(error));

/** One client: `eager` reads the secret at an interval and may never be refused; the others only read it when they are. */
async function useForever(name: string, eager: boolean): Promise<void> {
  let password = await readSecret();
  let readAt = Date.now();
  while (!stopped) {
    try {
      if (eager && Date.now() - readAt > REFRESH_EVERY) {
        [password, readAt] = [await readSecret(), Date.now()];
      }
      let connection: Redis;
      try {
        connection = await connect(password);
      } catch (error) {
        if (eager || !isRefusal(error)) {
          throw error;
        }
        seen.refused++;
        password = await readSecret();
        connection = await connect(password);
      }
      for (let request = 0; request < REQUESTS_A_CONNECTION && !stopped; request += 2) {
        await connection.set(`load:${name}`, String(request));
        const read = await connection.get(`load:${name}`);
        if (read !== String(request)) {
          throw new Error(`read ${read} after ${request} was written`);
        }
        seen.requests += 2;
        await new Promise((resolve) => setTimeout(resolve, PAUSE));
      }
      connection.disconnect();
    } catch (error) {
      seen.failures.push(`${name}: ${String(error)}`);
    }
  }
}

process.on('SIGTERM', () => { stopped = true; });
void Promise.all(Array.from({ length: 8 }, (_, index) => useForever(`client-${index}`, index % 2 === 0))).then(() => {
  seen.passwords = passwords.size;
  process.stdout.write(JSON.stringify({ ...seen, seconds: (Date.now() - begun) / 1000 }));
  secrets.destroy();
});
