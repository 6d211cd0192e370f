// Two caches whose passwords are rotated: one with a user, one with an AUTH token. The function is the library's, with a trap around it.
import { join } from 'path';
import { App, CfnOutput, Duration, Stack } from 'aws-cdk-lib';
import { Vpc } from 'aws-cdk-lib/aws-ec2';
import { CfnFunction } from 'aws-cdk-lib/aws-lambda';
import { Asset } from 'aws-cdk-lib/aws-s3-assets';
import { AuthToken, CacheAuthentication, CacheCluster, CacheProfile, CredentialRotation } from 'cdk-elasticache';

const app = new App();
const stack = new Stack(app, 'Rotation');
const vpc = new Vpc(stack, 'Vpc', { maxAzs: 2, natGateways: 0 });

const authentication = CacheAuthentication.password({ rotationInterval: Duration.days(30) });
const users = new CacheCluster(stack, 'Users', { vpc, profile: CacheProfile.DEVELOPMENT, authentication });
expose('User', users, users.applicationUser!.rotation!);

const token = new AuthToken(stack, 'Token');
const shared = new CacheCluster(stack, 'Shared', { vpc, profile: CacheProfile.DEVELOPMENT, authentication: CacheAuthentication.authToken(token) });
expose('Token', shared, token.addRotation());

function expose(name: string, cache: CacheCluster, rotation: CredentialRotation): void {
  const resource = rotation.rotationFunction.node.defaultChild as CfnFunction;
  const trap = new Asset(rotation, 'Trap', { path: join(process.env.ROTATION_TRAP!, '.') });
  resource.code = { s3Bucket: trap.s3BucketName, s3Key: trap.s3ObjectKey };
  resource.addPropertyOverride('Environment.Variables.TRAP', join(process.env.ROTATION_TRAP!, `${name}.trap`));
  const outputs = { Secret: rotation.secret.secretArn, Host: cache.endpoint.hostname, Port: String(cache.endpoint.port) };
  Object.entries(outputs).forEach(([key, value]) => new CfnOutput(stack, `${name}${key}`, { value }));
}
