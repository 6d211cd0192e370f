// The templates of the examples, whole: a drift alarm. What single properties must be is said by the other tests.
import { exampleApp, exampleFiles } from '../oracle/support/example-app';

// An example may take account and Region from the environment, as the CDK CLI sets it.
delete process.env.CDK_DEFAULT_ACCOUNT;
delete process.env.CDK_DEFAULT_REGION;

/** Bundles change with every release of what is in them, and a newer aws-cdk-lib writes out a default of text widgets: that is no drift of ours. */
function withoutHashes(template: unknown): unknown {
  return JSON.parse(JSON.stringify(template).replace(/[0-9a-f]{64}/g, '<hash>').replace(/,\\"background\\":\\"transparent\\"/g, ''));
}

test.each(exampleFiles())('the template of the example $name', ({ file }) => {
  const [stack] = exampleApp(file).synth().stacks;
  expect(withoutHashes(stack.template)).toMatchSnapshot();
});
