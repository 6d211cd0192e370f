// When you need it: an IAM user logs in. Its password is a signed request that is good for 15 minutes at most.
// What it needs: the AWS credentials of the function or task, which have to allow elasticache:Connect on the cache and on the user.
import { Sha256 } from '@aws-crypto/sha256-js';
import { SignatureV4, SignatureV4Init } from '@smithy/signature-v4';

/** What a token is signed for. */
export interface TokenOptions {
  readonly user: string;
  /** The id of the replication group or the name of the serverless cache. */
  readonly cacheName: string;
  /** `ServerlessCache` for a serverless cache, nothing for others. */
  readonly resourceType?: string;
  readonly region: SignatureV4Init['region'];
  readonly credentials: SignatureV4Init['credentials'];
  /** @default - now */
  readonly signingDate?: Date;
}

export async function connectToken(options: TokenOptions): Promise<string> {
  const hostname = options.cacheName.toLowerCase();
  const signer = new SignatureV4({ service: 'elasticache', region: options.region, credentials: options.credentials, sha256: Sha256 });
  const signed = await signer.presign({
    method: 'GET',
    protocol: 'https:',
    hostname,
    path: '/',
    headers: { host: hostname },
    query: { Action: 'connect', User: options.user, ...options.resourceType && { ResourceType: options.resourceType } },
  }, { expiresIn: 900, signingDate: options.signingDate });
  const query = Object.entries(signed.query ?? {}).map(([name, value]) => `${name}=${encodeURIComponent(String(value))}`);
  return `${hostname}/?${query.join('&')}`;
}
