// A function with a password and one that logs in with IAM use the cache; the users are what the cache lets in.
import { join } from 'path';
import { ExpectedResult, Match } from '@aws-cdk/integ-tests-alpha';
import { App, Duration, RemovalPolicy } from 'aws-cdk-lib';
import { Runtime } from 'aws-cdk-lib/aws-lambda';
import { NodejsFunction } from 'aws-cdk-lib/aws-lambda-nodejs';
import { assertAfter, IntegStack } from './support/app';
import { CacheCluster, CacheProfile } from 'cdk-elasticache';

const stack = new IntegStack(new App(), 'IntegAccess', 1);
const cache = new CacheCluster(stack, 'Cache', { vpc: stack.vpc, profile: CacheProfile.DEVELOPMENT, removalPolicy: RemovalPolicy.DESTROY });
const reports = cache.addIamUser('Reports');

/** A client of examples/clients, as a function. */
function client(id: string): NodejsFunction {
  const entry = join(__dirname, '..', '..', 'examples', 'clients', 'nodejs', `${id}.ts`);
  return new NodejsFunction(stack, id, { entry, runtime: Runtime.NODEJS_22_X, timeout: Duration.seconds(30), vpc: stack.vpc });
}
const password = client('secret');
const iam = client('iam');
cache.grantAccess(password);
cache.grantAccess(iam, { user: reports });

const test = assertAfter(stack, [
  {
    service: 'ElastiCache',
    api: 'describeUsers',
    parameters: { UserId: cache.applicationUser!.userId },
    expected: { Users: [{ Status: 'active', UserName: 'app', Authentication: { Type: 'password' } }] },
  },
  {
    service: 'ElastiCache',
    api: 'describeUsers',
    parameters: { UserId: reports.userId },
    expected: { Users: [{ Status: 'active', Authentication: { Type: 'iam' } }] },
  },
]);
for (const [{ functionName }, user] of [[password, 'app'], [iam, reports.userName]] as const) {
  test.assertions.invokeFunction({ functionName }).expect(ExpectedResult.objectLike({ Payload: Match.stringLikeRegexp(`"user": ?"${user}"`) }));
}
