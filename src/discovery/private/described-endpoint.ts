import { IUserRef } from 'aws-cdk-lib/aws-elasticache';
import { IUser } from '../../access/user-ref';
import { ICacheCluster } from '../../cache/cache-cluster-ref';
import { Endpoint } from '../../cache/endpoint';
import { asText } from '../../private/tokens';

/** One thing that somebody outside the app has to know to connect. */
export interface Fact {
  /** Its name in words, as an id is made of. */
  readonly id: string;
  /** Its name in a path. */
  readonly name: string;
  readonly description: string;
  readonly value: string;
}

/** All that somebody has to know to connect to a cache. What the cache does not have is left out. */
export function describeEndpoint(cache: ICacheCluster, user: IUserRef | undefined): Fact[] {
  const reader = readerOf(cache);
  const secretArn = (user as Partial<IUser> | undefined)?.secret?.secretArn;
  const facts: (Omit<Fact, 'value'> & { readonly value?: string })[] = [
    { id: 'Host', name: 'host', description: 'Host name to read and write', value: cache.endpoint.hostname },
    { id: 'Port', name: 'port', description: 'Port to read and write', value: asText(cache.endpoint.port) },
    { id: 'Tls', name: 'tls', description: 'Whether clients must use TLS', value: String(cache.transitEncryption) },
    { id: 'ReaderHost', name: 'reader-host', description: 'Host name to read only', value: reader?.hostname },
    { id: 'ReaderPort', name: 'reader-port', description: 'Port to read only', value: reader && asText(reader.port) },
    { id: 'Username', name: 'username', description: 'Name of the user to log in as', value: user && userNameOf(user) },
    { id: 'SecretArn', name: 'secret-arn', description: 'Secret with the fields username and password', value: secretArn },
  ];
  return facts.filter((fact): fact is Fact => fact.value !== undefined);
}

/** Where to read only. A cache without such a place says so by an error, and here that is an answer. */
function readerOf(cache: ICacheCluster): Endpoint | undefined {
  try {
    return cache.readerEndpoint;
  } catch {
    return undefined;
  }
}

function userNameOf(user: IUserRef): string {
  return (user as Partial<IUser>).userName ?? user.userRef.userName;
}
