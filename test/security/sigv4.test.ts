// A token that the client of the examples makes is what a second implementation of Signature Version 4 would make. A third one, botocore's,
// computes the same signatures in local/tests/test_tokens.py.
import { sign } from 'aws4';
import { TOKEN_ROWS, TokenRow } from './iam-tokens';
import { connectToken } from '../../examples/clients/nodejs/token';

function dateOf({ date }: TokenRow): Date {
  return new Date(date.replace(/^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/, '$1-$2-$3T$4:$5:$6Z'));
}

function tokenOf(row: TokenRow): Promise<string> {
  const { accessKeyId, secretAccessKey, sessionToken } = row;
  return connectToken({ ...row, credentials: { accessKeyId, secretAccessKey, sessionToken }, signingDate: dateOf(row) });
}

/** The same request, signed by aws4. */
function signedByAws4(row: TokenRow): string {
  const { accessKeyId, secretAccessKey, sessionToken, cacheName: host, region } = row;
  const query = new URLSearchParams({
    'Action': 'connect', 'User': row.user, ...row.resourceType && { ResourceType: row.resourceType }, 'X-Amz-Expires': '900', 'X-Amz-Date': row.date,
  });
  const request = sign({ service: 'elasticache', region, host, path: `/?${query}`, signQuery: true }, { accessKeyId, secretAccessKey, sessionToken });
  return signatureIn(`${host}${request.path}`);
}

function signatureIn(token: string): string {
  return new URL(`https://${token}`).searchParams.get('X-Amz-Signature')!;
}

test.each(TOKEN_ROWS)('$what: two implementations make the signature that is written down', async (row) => {
  expect(signatureIn(await tokenOf(row))).toBe(row.signature);
  expect(signedByAws4(row)).toBe(row.signature);
});

const CHANGES: [string, Partial<TokenRow>][] = [
  ['user', { user: 'another' }],
  ['cache', { cacheName: 'another' }],
  ['kind of cache', { resourceType: 'ServerlessCache' }],
  ['region', { region: 'eu-west-1' }],
  ['access key', { accessKeyId: 'AKIDANOTHER' }],
  ['secret', { secretAccessKey: 'guessed' }],
  ['session', { sessionToken: 'another' }],
  ['date', { date: '20260102T030406Z' }],
];

test.each(CHANGES)('another %s makes another signature, for both', async (_, change) => {
  const row = { ...TOKEN_ROWS[0], ...change };
  const signature = signatureIn(await tokenOf(row));
  expect(signature).not.toBe(TOKEN_ROWS[0].signature);
  expect(signedByAws4(row)).toBe(signature);
});

test('a token is an address without its scheme, good for 15 minutes, with the name of the cache in lower case', async () => {
  const token = await tokenOf({ ...TOKEN_ROWS[0], cacheName: 'Orders' });
  const { host, pathname, searchParams } = new URL(`https://${token}`);
  expect(token.startsWith('orders/?')).toBe(true);
  expect({ host, pathname, ...Object.fromEntries(searchParams) }).toMatchObject({
    'host': 'orders', 'pathname': '/', 'Action': 'connect', 'User': 'reports', 'X-Amz-Expires': '900', 'X-Amz-SignedHeaders': 'host',
  });
  expect(searchParams.has('ResourceType')).toBe(false);
});
