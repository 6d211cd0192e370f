// The client of the example: asks the configuration endpoint for the nodes, and writes to one of them and reads back.
// It speaks Memcached's text protocol itself, to need nothing but Node.js; an application uses a client library with auto discovery and TLS.
import { connect } from 'tls';

const { CACHE_HOST, CACHE_PORT } = process.env;

/** One command and its answer, over a connection of its own. */
function ask(host: string, port: number, request: string, end: RegExp): Promise<string> {
  return new Promise((resolve, reject) => {
    let answer = '';
    const socket = connect({ host, port }, () => socket.write(`${request}\r\n`));
    socket.setEncoding('utf8').on('error', reject).on('data', (text) => {
      answer += text;
      if (end.test(answer)) {
        socket.end();
        resolve(answer);
      }
    });
  });
}

/** The nodes, from the answer `<version>\n<host>|<address>|<port> ...\n`. A plain Memcached knows no such command, and holds it under a key at most. */
async function discover(): Promise<{ host: string; port: number }[]> {
  const commands = ['config get cluster', 'get AmazonElastiCache:cluster'];
  const answers = await Promise.all(commands.map((command) => ask(CACHE_HOST!, Number(CACHE_PORT), command, /END\r\n$|ERROR/)));
  const [listing] = answers.join('\n').split('\n').filter((line) => line.includes('|'));
  return listing.trim().split(' ').map((node) => node.split('|')).map(([host,, port]) => ({ host, port: Number(port) }));
}

export async function handler(): Promise<{ nodes: number; page: string }> {
  const nodes = await discover();
  const { host, port } = nodes[nodes.length - 1];
  await ask(host, port, 'set page 0 60 5\r\nhello', /STORED\r\n$|ERROR/);
  const answer = await ask(host, port, 'get page', /END\r\n$|ERROR/);
  return { nodes: nodes.length, page: answer.split('\r\n')[1] };
}
