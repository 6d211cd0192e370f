// What surrounds a cache that is written by hand: with the constructs of aws-cdk-lib, or with its L1s alone.
import { CfnDeletionPolicy, CfnResource, RemovalPolicy } from 'aws-cdk-lib';
import { CfnSecurityGroup, SecurityGroup, Vpc } from 'aws-cdk-lib/aws-ec2';
import { CfnLogGroup, LogGroup, RetentionDays } from 'aws-cdk-lib/aws-logs';
import { CfnSecret, Secret } from 'aws-cdk-lib/aws-secretsmanager';
import { Construct } from 'constructs';

const SECURITY_GROUP_DESCRIPTION = 'Nodes of an ElastiCache cache';
const SECRET_DESCRIPTION = 'Password of the cache user app';
const GENERATED_PASSWORD = {
  secretStringTemplate: '{"username":"app"}', generateStringKey: 'password', passwordLength: 64, excludePunctuation: true, includeSpace: false,
};

/** How the parts that are not of ElastiCache are made; each as what the cache needs of it. */
export interface Parts {
  securityGroupId(scope: Construct, vpc: Vpc): string;
  password(scope: Construct): string;
  logGroupName(scope: Construct, id: string): string;
}

/** With aws-cdk-lib's own L2s. */
export const WITH_L2: Parts = {
  securityGroupId: (scope, vpc) => {
    const securityGroup = new SecurityGroup(scope, 'SecurityGroup', { vpc, description: SECURITY_GROUP_DESCRIPTION, allowAllOutbound: false });
    securityGroup.applyRemovalPolicy(RemovalPolicy.DESTROY);
    return securityGroup.securityGroupId;
  },
  password: (scope) => {
    const secret = new Secret(scope, 'Secret', { description: SECRET_DESCRIPTION, generateSecretString: GENERATED_PASSWORD });
    secret.applyRemovalPolicy(RemovalPolicy.DESTROY);
    return secret.secretValueFromJson('password').unsafeUnwrap();
  },
  logGroupName: (scope, id) => new LogGroup(scope, id, { retention: RetentionDays.ONE_MONTH, removalPolicy: RemovalPolicy.DESTROY }).logGroupName,
};

/** The L1 of an L2 of the same name: one level deeper, so that the logical ids are the same. */
function l1<T extends CfnResource>(resource: T): T {
  resource.cfnOptions.deletionPolicy = CfnDeletionPolicy.DELETE;
  resource.cfnOptions.updateReplacePolicy = CfnDeletionPolicy.DELETE;
  return resource;
}

/** With L1s alone. */
export const WITH_L1: Parts = {
  securityGroupId: (scope, vpc) => l1(new CfnSecurityGroup(new Construct(scope, 'SecurityGroup'), 'Resource', {
    vpcId: vpc.vpcId,
    groupDescription: SECURITY_GROUP_DESCRIPTION,
    securityGroupEgress: [{ cidrIp: '255.255.255.255/32', description: 'Disallow all traffic', ipProtocol: 'icmp', fromPort: 252, toPort: 86 }],
  })).attrGroupId,
  password: (scope) => {
    const secret = l1(new CfnSecret(new Construct(scope, 'Secret'), 'Resource', { description: SECRET_DESCRIPTION, generateSecretString: GENERATED_PASSWORD }));
    return `{{resolve:secretsmanager:${secret.ref}:SecretString:password::}}`;
  },
  logGroupName: (scope, id) => l1(new CfnLogGroup(new Construct(scope, id), 'Resource', { retentionInDays: 30 })).ref,
};
