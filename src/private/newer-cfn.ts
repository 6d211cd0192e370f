import { CfnServerlessCache } from 'aws-cdk-lib/aws-elasticache';

// Properties that CloudFormation has and the L1s of the oldest aws-cdk-lib that this library works with have not.
// Each leaves this file when the oldest one has it.

/** `ConnectionType` of a serverless cache: an L1's own property from aws-cdk-lib 2.276 on. */
export function setConnectionType(resource: CfnServerlessCache, connectionType: string): void {
  resource.addPropertyOverride('ConnectionType', connectionType);
}
