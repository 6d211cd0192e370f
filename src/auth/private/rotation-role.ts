import { ArnFormat, Stack } from 'aws-cdk-lib';
import { PolicyStatement, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { ISecret } from 'aws-cdk-lib/aws-secretsmanager';
import { Construct } from 'constructs';
import { Rotated } from './rotation-plan';

/**
 * What a function in a VPC must be allowed to do, for the network interfaces that Lambda makes in its name. Lambda looks at these on all
 * resources of their kind; the two that describe know no resources.
 *
 * @see https://docs.aws.amazon.com/lambda/latest/dg/configuration-vpc.html#configuration-vpc-permissions
 * @see https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazonec2.html
 */
const NETWORK = {
  onInterfaces: ['ec2:CreateNetworkInterface', 'ec2:DeleteNetworkInterface', 'ec2:AssignPrivateIpAddresses', 'ec2:UnassignPrivateIpAddresses'],
  onNothing: ['ec2:DescribeNetworkInterfaces', 'ec2:DescribeSubnets'],
};
/** The resources that `ec2:CreateNetworkInterface` is about. */
const NETWORK_RESOURCES = ['network-interface', 'subnet', 'security-group'];

/** The role of the function: this secret, this user or replication group, and nothing else of the account. */
export function createRotationRole(scope: Construct, secret: ISecret, rotated: Rotated, inVpc: boolean): Role {
  const role = new Role(scope, 'Role', {
    assumedBy: new ServicePrincipal('lambda.amazonaws.com'),
    description: 'Replaces the password of a cache by a new one',
  });
  [secretStatement(secret), ...keyStatements(secret), targetStatement(scope, rotated), ...inVpc ? networkStatements(scope) : []]
    .forEach((statement) => role.addToPolicy(statement));
  return role;
}

function secretStatement(secret: ISecret): PolicyStatement {
  return new PolicyStatement({
    actions: ['DescribeSecret', 'GetSecretValue', 'PutSecretValue', 'UpdateSecretVersionStage'].map((action) => `secretsmanager:${action}`),
    resources: [secret.secretArn],
  });
}

/** On the role alone: a statement in the key's policy would make the key depend on who uses it. Its default policy leaves the decision to IAM. */
function keyStatements({ encryptionKey, env }: ISecret): PolicyStatement[] {
  return encryptionKey ? [new PolicyStatement({
    actions: ['kms:Decrypt', 'kms:GenerateDataKey'],
    resources: [encryptionKey.keyArn],
    conditions: { StringEquals: { 'kms:ViaService': `secretsmanager.${env.region}.amazonaws.com` } },
  })] : [];
}

/** @see https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazonelasticache.html */
function targetStatement(scope: Construct, rotated: Rotated): PolicyStatement {
  return rotated.kind === 'user'
    ? new PolicyStatement({ actions: ['elasticache:DescribeUsers', 'elasticache:ModifyUser'], resources: [rotated.userArn] })
    : new PolicyStatement({
      actions: ['elasticache:DescribeReplicationGroups', 'elasticache:ModifyReplicationGroup'],
      resources: [Stack.of(scope).formatArn({
        service: 'elasticache', resource: 'replicationgroup', resourceName: rotated.replicationGroupId, arnFormat: ArnFormat.COLON_RESOURCE_NAME,
      })],
    });
}

function networkStatements(scope: Construct): PolicyStatement[] {
  const resources = NETWORK_RESOURCES.map((resource) => Stack.of(scope).formatArn({ service: 'ec2', resource, resourceName: '*' }));
  return [new PolicyStatement({ actions: NETWORK.onInterfaces, resources }), new PolicyStatement({ actions: NETWORK.onNothing, resources: ['*'] })];
}
