import { ISecurityGroup, IVpc, SecurityGroup } from 'aws-cdk-lib/aws-ec2';
import { Construct } from 'constructs';
import { Inspection } from '../private/check';

/** The security group of a cache: nobody is let in before `grantAccess` or `connections`, and the cache itself opens no connection. */
export function createSecurityGroup(scope: Construct, vpc: IVpc): SecurityGroup {
  return new SecurityGroup(scope, 'SecurityGroup', { vpc, description: 'Nodes of an ElastiCache cache', allowAllOutbound: false });
}

/** Judges the security groups that a cache was given. */
export function checkSecurityGroups(inspection: Inspection, securityGroups: readonly ISecurityGroup[] | undefined): void {
  if (securityGroups?.length === 0) {
    inspection.misuse('NoSecurityGroups', 'securityGroups must name at least one security group, got: an empty list; leave it out for a new one');
  }
}
