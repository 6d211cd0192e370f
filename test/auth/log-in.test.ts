// The log-in of the function against a server that answers as engines do. TLS itself is seen in the deployments.
import { AddressInfo, createServer, Server, Socket } from 'net';
import { logIn } from '../../src/auth/rotation/log-in';

jest.mock('tls', () => ({ connect: (options: object, connected: () => void) => jest.requireActual('net').connect(options, connected) }));

let server: Server;
let received: string;
let sockets: Socket[];

/** A server that gives these answers to whoever connects. */
async function answering(...answers: string[]): Promise<{ host: string; port: number }> {
  received = '';
  sockets = [];
  server = createServer((socket) => {
    sockets.push(socket);
    socket.on('error', () => undefined);
    socket.on('data', (data) => {
      received += data;
      answers.splice(0).forEach((answer) => answer === 'hang up' ? socket.destroy() : socket.write(answer));
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return { host: '127.0.0.1', port: (server.address() as AddressInfo).port };
}

afterEach(() => {
  sockets.forEach((socket) => socket.destroy());
  server.close();
});

test('a user logs in with name and password, and asks for a sign of life', async () => {
  const address = await answering('+OK\r\n+PONG\r\n');
  expect(await logIn({ ...address, userName: 'app' }, 'pässword')).toBe(true);
  expect(received).toBe('*3\r\n$4\r\nAUTH\r\n$3\r\napp\r\n$9\r\npässword\r\n*1\r\n$4\r\nPING\r\n');
});

test('a token is tried without a name', async () => {
  const address = await answering('+OK\r\n', '+PONG\r\n');
  expect(await logIn(address, 'token')).toBe(true);
  expect(received).toContain('*2\r\n$4\r\nAUTH\r\n$5\r\ntoken\r\n');
});

test('a user that may not PING is logged in all the same', async () => {
  const address = await answering('+OK\r\n-NOPERM this user has no permissions\r\n');
  expect(await logIn({ ...address, userName: 'app' }, 'password')).toBe(true);
});

test.each(['-WRONGPASS invalid username-password pair or user is disabled.', '-ERR invalid password'])('%s: the password is wrong', async (answer) => {
  const address = await answering(`${answer}\r\n-NOAUTH Authentication required.\r\n`);
  expect(await logIn({ ...address, userName: 'app' }, 'password')).toBe(false);
});

test.each([
  ['-ERR AUTH <password> called without any password configured\r\n+PONG\r\n', 'answers AUTH with "-ERR"'],
  ['-LOADING the dataset\r\n-LOADING the dataset\r\n', 'answers AUTH with "-LOADING"'],
  ['+OK\r\n-MASTERDOWN link\r\n', 'answers PING with "-MASTERDOWN"'],
])('%p says nothing about the password: an error', async (answer, message) => {
  const address = await answering(answer);
  await expect(logIn({ ...address, userName: 'app' }, 'the-password')).rejects.toThrow(message);
});

test('a connection that is closed is an error that shows no password', async () => {
  const address = await answering('hang up');
  const error: Error = await logIn({ ...address, userName: 'app' }, 'the-password').then(() => new Error('there was none'), (each) => each);
  expect(error.message).toMatch(/^no log-in at 127\.0\.0\.1:\d+: /);
  expect(error.message).not.toContain('the-password');
});

test('a cache that does not answer is given up', async () => {
  const address = await answering();
  await expect(logIn({ ...address, timeoutMilliseconds: 50 }, 'password')).rejects.toThrow('no answer within 50 ms');
});

test('nobody there is an error', async () => {
  const address = await answering();
  await new Promise((resolve) => server.close(resolve));
  await expect(logIn(address, 'password')).rejects.toThrow('ECONNREFUSED');
});
