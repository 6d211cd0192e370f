import { Stack, Token } from 'aws-cdk-lib';
import { IConnectable, ISubnet } from 'aws-cdk-lib/aws-ec2';
import { IConstruct } from 'constructs';
import { warnAtSynthesis } from './at-synthesis';

/** A VPC of this app, owned or imported, looked at by shape. */
interface Network extends IConstruct {
  readonly isolatedSubnets: ISubnet[];
}

/** What says in which subnets a client is: the L1 of a function or an instance, and an ECS service itself, whose L1 is filled at synthesis. */
interface Placed {
  readonly vpcConfig?: { readonly subnetIds?: unknown };
  readonly networkConfiguration?: { readonly awsvpcConfiguration?: { readonly subnets?: unknown } };
  readonly networkInterfaces?: unknown;
  readonly subnetId?: unknown;
}

/**
 * Warns when a client that reads a secret is in isolated subnets alone and this app makes no endpoint of Secrets Manager: it could not read it.
 * Where the subnets of the client are not known, nothing is said. It is looked at when the app is synthesized: the endpoint may be made later.
 */
export function warnWithoutWayToSecret(cache: IConstruct, client: IConnectable): void {
  const construct = client as Partial<IConstruct>;
  const subnetIds = construct.node ? subnetsOf(construct as IConstruct) : [];
  if (subnetIds.length === 0) {
    return;
  }
  warnAtSynthesis(cache, () => {
    const others = cache.node.root.node.findAll();
    const isolated = new Set<unknown>(others.filter(isNetwork).flatMap((vpc) => vpc.isolatedSubnets.map(({ subnetId }) => subnetId)));
    return !subnetIds.every((id) => isolated.has(id)) || others.some(isEndpointOfSecrets) ? undefined : {
      code: 'SecretNeedsEndpoint',
      message: `grantAccess lets ${construct.node!.path} read a password, and its subnets have no way to Secrets Manager: ` +
        'add vpc.addInterfaceEndpoint(id, { service: ec2.InterfaceVpcEndpointAwsService.SECRETS_MANAGER }), or use IamUser, which needs no network call',
    };
  });
}

/** The ids of the subnets of a client, as they were written; none where they cannot be known. */
function subnetsOf(client: IConstruct): readonly unknown[] {
  const resource = (client.node.defaultChild ?? {}) as Placed;
  const lists = [resource.vpcConfig?.subnetIds, (client as Placed).networkConfiguration?.awsvpcConfiguration?.subnets, instanceSubnets(resource)];
  const known = lists.find((ids): ids is unknown[] => Array.isArray(ids) && ids.length > 0);
  return known && !Token.isUnresolved(known) ? known : [];
}

/** An instance says its subnet itself, or with its network interfaces. */
function instanceSubnets({ subnetId, networkInterfaces }: Placed): unknown[] {
  return Array.isArray(networkInterfaces) && networkInterfaces.length > 0
    ? networkInterfaces.map((each: Placed) => each.subnetId)
    : typeof subnetId === 'string' ? [subnetId] : [];
}

function isNetwork(construct: IConstruct): construct is Network {
  return Array.isArray((construct as Partial<Network>).isolatedSubnets);
}

function isEndpointOfSecrets(construct: IConstruct): boolean {
  const { serviceName } = construct as { readonly serviceName?: unknown };
  // The name holds the Region, which may be a token. Services of other kinds have names too, some of which resolve to nothing.
  return serviceName !== undefined && `${JSON.stringify(Stack.of(construct).resolve(serviceName))}`.includes('.secretsmanager');
}
