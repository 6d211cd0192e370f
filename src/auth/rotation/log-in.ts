// The few words of the engines' protocol that a log-in needs, so that the function brings no client library along.
import { connect } from 'tls';

/** Where the cache is, and who logs in. Without a user name it is the AUTH token that is tried. */
export interface CacheLogIn {
  readonly host: string;
  readonly port: number;
  readonly userName?: string;
  readonly timeoutMilliseconds?: number;
}

/** Answers that say the password is wrong, and nothing else. */
const WRONG_PASSWORD = /^-(WRONGPASS|ERR invalid password)/;

/** Logs in over TLS and asks for a sign of life. `false` when the cache refuses the password; an error when it cannot be asked. */
export async function logIn({ host, port, userName, timeoutMilliseconds = 10_000 }: CacheLogIn, password: string): Promise<boolean> {
  const words = userName === undefined ? [password] : [userName, password];
  const [authenticated, alive] = await exchange(host, port, [['AUTH', ...words], ['PING']], timeoutMilliseconds);
  if (WRONG_PASSWORD.test(authenticated)) {
    return false;
  }
  if (!authenticated.startsWith('+OK')) {
    throw new Error(`the cache answers AUTH with ${kindOf(authenticated)}`);
  }
  // A user that may not PING is logged in all the same.
  if (!alive.startsWith('+PONG') && !alive.startsWith('-NOPERM')) {
    throw new Error(`the cache answers PING with ${kindOf(alive)}`);
  }
  return true;
}

function exchange(host: string, port: number, commands: readonly (readonly string[])[], timeout: number): Promise<string[]> {
  return new Promise((resolve, reject) => {
    let received = '';
    const socket = connect({ host, port, timeout }, () => socket.write(commands.map(encode).join('')));
    const giveUp = (reason: string) => {
      socket.destroy();
      reject(new Error(`no log-in at ${host}:${port}: ${reason}`));
    };
    const overall = setTimeout(() => giveUp(`no answer within ${timeout} ms`), timeout);
    socket.setEncoding('utf8');
    socket.on('data', (text: string) => {
      received += text;
      const lines = received.split('\r\n');
      if (lines.length > commands.length) {
        clearTimeout(overall);
        socket.destroy();
        resolve(lines.slice(0, commands.length));
      }
    });
    socket.on('error', (error) => {
      clearTimeout(overall);
      giveUp(error.message);
    });
    socket.on('close', () => {
      clearTimeout(overall);
      giveUp('the connection was closed');
    });
  });
}

function encode(words: readonly string[]): string {
  return `*${words.length}\r\n${words.map((word) => `$${Buffer.byteLength(word)}\r\n${word}\r\n`).join('')}`;
}

/** The first word of an answer: enough to look it up, and never something we sent. */
function kindOf(answer: string): string {
  return JSON.stringify(answer.split(' ')[0]);
}
