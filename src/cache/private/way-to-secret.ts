import { Aspects, Stack, Token } from 'aws-cdk-lib';
import { IConnectable, ISubnet } from 'aws-cdk-lib/aws-ec2';
import { IConstruct } from 'constructs';
import { attach } from '../../private/check';

/** A VPC of this app, owned or imported, looked at by shape. */
interface Network extends IConstruct {
  readonly isolatedSubnets: ISubnet[];
}

/** The L1 of a client that says in which subnets it is: a function's. */
interface Placed {
  readonly vpcConfig?: { readonly subnetIds?: string[] };
}

/**
 * Warns when a client that reads a secret is in isolated subnets alone and this app makes no endpoint of Secrets Manager: it could not read it.
 * Where the subnets of the client are not known, nothing is said. It is looked at when the app is synthesized: the endpoint may be made later.
 */
export function warnWithoutWayToSecret(cache: IConstruct, client: IConnectable): void {
  const construct = client as Partial<IConstruct>;
  const subnetIds = (construct.node?.defaultChild as Placed | undefined)?.vpcConfig?.subnetIds;
  if (!construct.node || !Array.isArray(subnetIds) || Token.isUnresolved(subnetIds) || subnetIds.length === 0) {
    return;
  }
  let visited = false;
  Aspects.of(cache).add({
    visit: (node) => {
      if (node !== cache || visited) {
        return;
      }
      visited = true;
      const others = cache.node.root.node.findAll();
      const isolated = new Set(others.filter(isNetwork).flatMap((vpc) => vpc.isolatedSubnets.map(({ subnetId }) => subnetId)));
      if (subnetIds.every((id) => isolated.has(id)) && !others.some(isEndpointOfSecrets)) {
        attach(cache, [{
          code: 'SecretNeedsEndpoint',
          message: `grantAccess lets ${construct.node!.path} read a password, and its subnets have no way to Secrets Manager: ` +
            'add vpc.addInterfaceEndpoint(id, { service: ec2.InterfaceVpcEndpointAwsService.SECRETS_MANAGER }), or use IamUser, which needs no network call',
        }]);
      }
    },
  });
}

function isNetwork(construct: IConstruct): construct is Network {
  return Array.isArray((construct as Partial<Network>).isolatedSubnets);
}

function isEndpointOfSecrets(construct: IConstruct): boolean {
  const { serviceName } = construct as { readonly serviceName?: unknown };
  // The name holds the Region, which may be a token.
  return serviceName !== undefined && JSON.stringify(Stack.of(construct).resolve(serviceName)).includes('.secretsmanager');
}
