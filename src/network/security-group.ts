import { RemovalPolicy } from 'aws-cdk-lib';
import { IVpc, SecurityGroup } from 'aws-cdk-lib/aws-ec2';
import { Construct } from 'constructs';
import { applyToAll, retains } from '../private/removal';

/**
 * The security group of a cache: nobody is let in before `grantAccess` or `connections`, and the cache itself opens no connection.
 * It stays when the cache stays.
 */
export function createSecurityGroup(scope: Construct, vpc: IVpc, cachePolicy: RemovalPolicy): SecurityGroup {
  const securityGroup = new SecurityGroup(scope, 'SecurityGroup', { vpc, description: 'Nodes of an ElastiCache cache', allowAllOutbound: false });
  if (retains(cachePolicy)) {
    applyToAll(securityGroup, cachePolicy);
  }
  return securityGroup;
}
