// IAM tokens with everything that went into them, and the signature that comes out. The keys belong to nobody.
// local/tests/test_tokens.py reads the same rows, from iam-tokens.json.
import { readFileSync } from 'fs';
import { join } from 'path';

export interface TokenRow {
  readonly what: string;
  readonly cacheName: string;
  readonly user: string;
  readonly resourceType?: string;
  readonly region: string;
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken?: string;
  /** As it stands in the token. */
  readonly date: string;
  readonly signature: string;
}

export const TOKEN_ROWS: TokenRow[] = JSON.parse(readFileSync(join(__dirname, 'iam-tokens.json'), 'utf8'));
