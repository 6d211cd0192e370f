// What the integration apps share. Each is an app of its own: one stack under test, and one that asks AWS what came of it.
import { ExpectedResult, IntegTest } from '@aws-cdk/integ-tests-alpha';
import { App, Stack } from 'aws-cdk-lib';
import { SubnetType, Vpc } from 'aws-cdk-lib/aws-ec2';

/** The stack under test, in whatever account and Region the credentials are for. */
export class IntegStack extends Stack {
  /** Isolated subnets, for they cost nothing; a client that calls AWS needs a NAT gateway. */
  public readonly vpc: Vpc;

  public constructor(app: App, id: string, natGateways = 0) {
    super(app, id);
    const subnetType = natGateways > 0 ? SubnetType.PRIVATE_WITH_EGRESS : SubnetType.PRIVATE_ISOLATED;
    const subnets = [{ name: 'Cache', subnetType }, ...natGateways > 0 ? [{ name: 'Public', subnetType: SubnetType.PUBLIC }] : []];
    this.vpc = new Vpc(this, 'Vpc', { maxAzs: 2, natGateways, subnetConfiguration: subnets });
  }
}

/** An assertion: what an API of AWS must answer, at least. */
export interface Assertion {
  readonly service: string;
  readonly api: string;
  readonly parameters: unknown;
  readonly expected: Record<string, unknown>;
}

/** Asks each API once everything is deployed. */
export function assertAfter(stack: Stack, assertions: readonly Assertion[]): IntegTest {
  const test = new IntegTest(stack.node.root as App, `${stack.stackName}Test`, { testCases: [stack] });
  for (const { service, api, parameters, expected } of assertions) {
    test.assertions.awsApiCall(service, api, parameters).expect(ExpectedResult.objectLike(expected));
  }
  return test;
}
