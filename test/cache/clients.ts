// Clients of a cache, and a stack to put both into.
import { IVpc } from 'aws-cdk-lib/aws-ec2';
import { Cluster, ContainerImage, FargateService, FargateTaskDefinition } from 'aws-cdk-lib/aws-ecs';
import { Code, Function, FunctionProps, Runtime } from 'aws-cdk-lib/aws-lambda';
import { Construct } from 'constructs';
import { cacheIn, importedVpc, stackOf } from './fixtures';

/** What a client is given for a cache with a user. */
export const VARIABLES = ['CACHE_HOST', 'CACHE_PORT', 'CACHE_TLS', 'CACHE_READER_HOST', 'CACHE_USERNAME', 'CACHE_SECRET_ARN'];

export function functionIn(scope: Construct, vpc?: IVpc, id = 'Fn', props: Partial<FunctionProps> = {}): Function {
  return new Function(scope, id, { vpc, runtime: Runtime.NODEJS_22_X, handler: 'index.handler', code: Code.fromInline('x'), ...props });
}

export function serviceIn(scope: Construct, vpc: IVpc, containers: string[] = ['App'], id = 'Service') {
  const taskDefinition = new FargateTaskDefinition(scope, `${id}Task`);
  const made = containers.map((name) => taskDefinition.addContainer(name, { image: ContainerImage.fromRegistry('app') }));
  return { service: new FargateService(scope, id, { cluster: new Cluster(scope, `${id}Cluster`, { vpc }), taskDefinition }), containers: made };
}

/** A stack with a VPC, a cache and a function. */
export function scene(cacheProps: Parameters<typeof cacheIn>[1] = {}) {
  const stack = stackOf();
  const vpc = importedVpc(stack);
  const cache = cacheIn(stack, { vpc, ...cacheProps });
  return { stack, vpc, cache, fn: functionIn(stack, vpc) };
}
