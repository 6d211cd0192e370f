import { IVpc, SecurityGroup } from 'aws-cdk-lib/aws-ec2';
import { Construct } from 'constructs';

/** The security group of a cache: nobody is let in before `grantAccess` or `connections`, and the cache itself opens no connection. */
export function createSecurityGroup(scope: Construct, vpc: IVpc): SecurityGroup {
  return new SecurityGroup(scope, 'SecurityGroup', { vpc, description: 'Nodes of an ElastiCache cache', allowAllOutbound: false });
}
