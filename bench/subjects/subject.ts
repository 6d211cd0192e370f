import { App, Stack } from 'aws-cdk-lib';
import { Vpc } from 'aws-cdk-lib/aws-ec2';

/** Makes one cache. */
export type MakeCache = (stack: Stack, id: string, vpc: Vpc) => void;

/** Caches a stack: the default one is 9 resources, and CloudFormation takes 500 a stack. */
const CACHES_A_STACK = 40;

/** An app with some caches, spread over stacks. Without a NAT gateway the subnets of a VPC are isolated, with one they are private. */
export function build(caches: number, make: MakeCache, outdir: string, natGateways: number = 0): App {
  const app = new App({ analyticsReporting: false, outdir });
  for (let first = 0; first < caches; first += CACHES_A_STACK) {
    const stack = new Stack(app, `Stack${first / CACHES_A_STACK}`);
    const vpc = new Vpc(stack, 'Vpc', { maxAzs: 2, natGateways });
    for (let index = first; index < Math.min(first + CACHES_A_STACK, caches); index++) {
      make(stack, `Cache${index}`, vpc);
    }
  }
  return app;
}

/** The templates of an app. */
export function templatesOf(app: App): any[] {
  return app.synth().stacks.map(({ template }) => template);
}
