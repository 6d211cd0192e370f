// A client that reads a password needs a way to Secrets Manager: isolated subnets have none of their own.
import { Stack } from 'aws-cdk-lib';
import {
  AmazonLinuxImage, IConnectable, Instance, InstanceType, InterfaceVpcEndpointAwsService, SubnetSelection, SubnetType, Vpc,
} from 'aws-cdk-lib/aws-ec2';
import { AwsLogDriver, Cluster, ContainerImage, FargateService, FargateTaskDefinition } from 'aws-cdk-lib/aws-ecs';
import { Code, Function, Runtime } from 'aws-cdk-lib/aws-lambda';
import { cacheIn, Resources, stackOf } from './fixtures';
import { CacheAuthentication } from '../../src';

type Client = (stack: Stack, vpc: Vpc, vpcSubnets: SubnetSelection) => IConnectable;

const service: Client = (stack, vpc, vpcSubnets) => {
  const taskDefinition = new FargateTaskDefinition(stack, 'Task');
  taskDefinition.addContainer('App', { image: ContainerImage.fromRegistry('app'), logging: new AwsLogDriver({ streamPrefix: 'app' }) });
  return new FargateService(stack, 'Client', { cluster: new Cluster(stack, 'Cluster', { vpc }), taskDefinition, vpcSubnets });
};
const instance = (associatePublicIpAddress?: boolean): Client => (stack, vpc, vpcSubnets) => new Instance(stack, 'Client', {
  vpc, vpcSubnets, instanceType: new InstanceType('t4g.micro'), machineImage: new AmazonLinuxImage(), associatePublicIpAddress,
});
const fn: Client = (stack, vpc, vpcSubnets) =>
  new Function(stack, 'Client', { vpc, vpcSubnets, runtime: Runtime.NODEJS_22_X, handler: 'i.h', code: Code.fromInline('x') });

const password = CacheAuthentication.password();
const [isolated, egress] = [SubnetType.PRIVATE_ISOLATED, SubnetType.PRIVATE_WITH_EGRESS].map((subnetType) => ({ subnetType }));

function said(client: Client, where: SubnetSelection, endpoint: boolean, authentication: CacheAuthentication): boolean {
  const stack = stackOf();
  const vpc = new Vpc(stack, 'Net', {
    maxAzs: 2,
    natGateways: 1,
    subnetConfiguration: [SubnetType.PUBLIC, SubnetType.PRIVATE_WITH_EGRESS, SubnetType.PRIVATE_ISOLATED]
      .map((subnetType) => ({ name: subnetType, subnetType })),
  });
  const cache = cacheIn(stack, { vpc, authentication });
  cache.grantAccess(client(stack, vpc, where));
  if (endpoint) {
    vpc.addInterfaceEndpoint('Secrets', { service: InterfaceVpcEndpointAwsService.SECRETS_MANAGER });
  }
  Resources.of(stack);
  return cache.node.metadata.some(({ data }) => /Stack\/Client read a password.*SecretNeedsEndpoint/.test(String(data)));
}

describe.each<[string, Client]>([
  ['a function', fn],
  ['an ECS service', service],
  ['an instance', instance()],
  ['an instance with a network interface', instance(false)],
])('%s', (_, client) => {
  test.each<[string, boolean, SubnetSelection, boolean, CacheAuthentication]>([
    ['in isolated subnets is warned of', true, isolated, false, password],
    ['with an endpoint that comes later has a way', false, isolated, true, password],
    ['behind a NAT gateway has a way', false, egress, false, password],
    ['that logs in with IAM needs none', false, isolated, false, CacheAuthentication.iam()],
  ])('%s', (__, warned, where, endpoint, authentication) => {
    expect(said(client, where, endpoint, authentication)).toBe(warned);
  });
});
