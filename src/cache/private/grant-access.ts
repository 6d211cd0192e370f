import { Stack } from 'aws-cdk-lib';
import { Connections, IConnectable, Port } from 'aws-cdk-lib/aws-ec2';
import { ContainerDefinition, TaskDefinition } from 'aws-cdk-lib/aws-ecs';
import { IUserGroupRef } from 'aws-cdk-lib/aws-elasticache';
import { IGrantable } from 'aws-cdk-lib/aws-iam';
import { ISecret } from 'aws-cdk-lib/aws-secretsmanager';
import { IConstruct } from 'constructs';
import { CacheIdentity, give, Permissions, permissionsOf, permissionsOfToken, userOf } from './permissions';
import { warnOfStranger } from './user-in-group';
import { warnWithoutWayToSecret } from './way-to-secret';
import { IUser, UserAuthentication } from '../../access/user-ref';
import { attach } from '../../private/check';
import { fail } from '../../private/errors';
import { asText, isKnown } from '../../private/tokens';
import { CacheAccess, GrantAccessOptions } from '../cache-access';
import { ICacheCluster } from '../cache-cluster-ref';
import { Endpoint } from '../endpoint';

/** What a client may be beside connectable. Looked at by shape, so that no service's classes are loaded for it. */
type Client = IConnectable & Partial<IGrantable> & {
  readonly taskDefinition?: TaskDefinition;
  readonly functionArn?: string;
  /** The function that a version or an alias is of. */
  readonly lambda?: unknown;
  readonly addEnvironment?: (name: string, value: string) => unknown;
};

/** Something that takes environment variables. */
interface EnvironmentTarget {
  addEnvironment(name: string, value: string): unknown;
}

/** What a client needs to know of a cache beside its endpoint. */
export interface AccessContext {
  /** Who a client logs in as when it does not say. */
  readonly defaultUser?: IUser;
  /** What is read by clients that log in without a user. */
  readonly secret?: ISecret;
  /** Whether a client has to log in as someone. */
  readonly needsUser: boolean;
  /** The users that the cache takes, where this app gave it some. */
  readonly userGroup?: IUserGroupRef;
  /** Whether the cache can have no users at all. */
  readonly hasNoUsers?: boolean;
  /** Where to read only, for caches that have such a place. */
  readonly readerEndpoint?: Endpoint;
  /** What IAM knows the cache by. */
  readonly identity: CacheIdentity;
  /** Whether the cache is reached over the internet, where no security group is its own. */
  readonly isPublic?: boolean;
}

/** The cache that each environment variable of a client came from: a second cache must not overwrite the first one's. */
const taken = new WeakMap<EnvironmentTarget, Map<string, string>>();

/**
 * Lets a client in. Everything is made in the client's stack and nothing in the cache's refers to the client: a rule made from the cache's
 * side, or a secret's `grantRead`, would close a cycle between the stacks.
 */
export function grantAccess(cache: ICacheCluster, client: IConnectable, options: GrantAccessOptions, context: AccessContext): CacheAccess {
  const user = userOf(cache, options.user, context);
  const permissions = user ? permissionsOf(user, context) : context.secret && permissionsOfToken(context.secret);
  const secret = permissions?.secret;
  const environment = describe(cache, context, options.environmentPrefix ?? 'CACHE_', permissions);
  const connections = context.isPublic ? undefined : connectionsOf(cache, client);
  const targets = options.environment === false ? [] : environmentTargets(cache, client, options);
  const grantee = permissions && permissions.statements.length > 0 ? principalOf(cache, client, options) : undefined;
  const owner = user ? `${cache.node.path} as user ${user.node.path}` : cache.node.path;
  targets.forEach((target) => checkFree(cache, target, Object.keys(environment), owner));
  // An import whose security groups are not known says so here, while nothing has been changed.
  void cache.connections;
  if (permissions?.unknown) {
    attach(cache, [{ code: 'UserSecretUnknown', message: `grantAccess gives no permission to read a password: user ${user!.node.path} has no secret in this app` }]);
  }

  if (connections) {
    openNetwork(cache, connections, context);
  }
  targets.forEach((target) => setEnvironment(target, environment, owner));
  if (user) {
    warnOfStranger(cache, user, context.userGroup);
  }
  if (secret) {
    warnWithoutWayToSecret(cache, client);
  }
  return { user, secret, environment, grant: permissions && grantee && give(permissions, grantee) };
}

/**
 * Lets the client reach the port. Rules belong to the client's stack, which is what `allowTo` does and `allowFrom` does not.
 * A group that lets everything out needs no rule for the way out: asking for one would only make CDK warn.
 */
function openNetwork(cache: ICacheCluster, connections: Connections, context: AccessContext): void {
  const ports = [cache.endpoint, context.readerEndpoint].flatMap((endpoint) => endpoint?.port ?? []);
  const sources = connections.securityGroups
    .map((group) => group.allowAllOutbound ? new Connections({ peer: group }) : new Connections({ securityGroups: [group] }));
  for (const port of new Set(ports)) {
    (sources.length > 0 ? sources : [connections]).forEach((source) => source.allowTo(cache, Port.tcp(port)));
  }
}

function describe(cache: ICacheCluster, context: AccessContext, prefix: string, permissions?: Permissions): { [name: string]: string } {
  const readerPort = context.readerEndpoint?.port;
  const iam = permissions?.authentication === UserAuthentication.IAM ? context.identity : undefined;
  const values: [string, string | undefined][] = [
    ['HOST', cache.endpoint.hostname],
    ['PORT', asText(cache.endpoint.port)],
    ['TLS', String(cache.transitEncryption)],
    ['READER_HOST', context.readerEndpoint?.hostname],
    ['READER_PORT', readerPort === undefined || readerPort === cache.endpoint.port ? undefined : asText(readerPort)],
    ['USERNAME', permissions?.userName],
    ['SECRET_ARN', permissions?.secret?.secretArn],
    ['IAM_NAME', iam?.name],
    ['IAM_RESOURCE_TYPE', iam?.tokenResourceType],
  ];
  const known = values.filter((entry): entry is [string, string] => entry[1] !== undefined);
  return Object.fromEntries(known.map(([name, value]) => [prefix + name, value]));
}

/** A security group of another Region cannot be named in a rule; an import stands in the Region of its stack. */
function refuseOtherRegion(cache: ICacheCluster, client: Partial<IConstruct>): void {
  const [own, other] = [cache.env.region, client.node && Stack.of(client as IConstruct).region];
  if (isKnown(own) && isKnown(other) && own !== other) {
    fail(cache, 'ClientInOtherRegion', `grantAccess needs a client in the Region of the cache, ${own}, got: ${pathOf(client as Client)} in ${other}; ` +
      'no rule names a security group of another Region: open the network by address, and take the cache as an imported one into the stack of the client');
  }
}

function connectionsOf(cache: ICacheCluster, client: Client): Connections {
  refuseOtherRegion(cache, client as Partial<IConstruct>);
  if (client.lambda !== undefined) {
    refuseFixed(cache, client);
  }
  try {
    return client.connections;
  } catch (error) {
    return fail(cache, 'ClientNotInVpc',
      `grantAccess needs a client in the cache's VPC, got: ${pathOf(client)}; give it the vpc when it is made (${(error as Error).message})`);
  }
}

function principalOf(cache: ICacheCluster, client: Client, options: GrantAccessOptions): IGrantable {
  const taskRole = client.taskDefinition?.taskRole;
  return options.grantee ?? (client.grantPrincipal ? client as IGrantable : undefined) ?? taskRole ?? fail(cache, 'ClientHasNoPrincipal',
    `grantAccess needs to know who logs in, got a client without a principal: ${pathOf(client)}; pass options.grantee`);
}

function environmentTargets(cache: ICacheCluster, client: Client, options: GrantAccessOptions): EnvironmentTarget[] {
  if (options.containers) {
    return options.containers;
  }
  if (client.taskDefinition) {
    const container: ContainerDefinition | undefined = client.taskDefinition.defaultContainer;
    return container ? [container] : fail(cache, 'ClientHasNoContainer',
      `grantAccess sets environment variables, and the task definition of ${pathOf(client)} has no container yet: ` +
      'add the container before, pass options.containers, or options.environment: false');
  }
  if (client.addEnvironment) {
    return [client as EnvironmentTarget];
  }
  return client.functionArn === undefined ? [] : refuseFixed(cache, client);
}

function refuseFixed(cache: ICacheCluster, client: Client): never {
  return fail(cache, 'ClientEnvironmentFixed',
    `grantAccess cannot set the environment variables of ${pathOf(client)}, an imported function, a version or an alias: ` +
    'give the function itself; for an imported one pass options.environment: false and set them where it is made, the returned CacheAccess has them');
}

function checkFree(cache: ICacheCluster, target: EnvironmentTarget, names: string[], owner: string): void {
  const owners = taken.get(target);
  const name = names.find((candidate) => owners?.has(candidate) && owners.get(candidate) !== owner);
  if (name) {
    fail(cache, 'EnvironmentTaken', `environment variable ${name} of the client belongs to the cache ${owners!.get(name)} already; pass options.environmentPrefix`);
  }
}

function setEnvironment(target: EnvironmentTarget, environment: { [name: string]: string }, owner: string): void {
  const owners = taken.get(target) ?? new Map<string, string>();
  taken.set(target, owners);
  Object.entries(environment).forEach(([name, value]) => {
    owners.set(name, owner);
    target.addEnvironment(name, value);
  });
}

function pathOf(client: IConnectable): string {
  return (client as Partial<IConstruct>).node?.path ?? 'a client outside the construct tree';
}
