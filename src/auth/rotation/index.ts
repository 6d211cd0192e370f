// The function that Secrets Manager calls. It is bundled into `assets/rotation` by `scripts/lib/bundle-rotation.js`.
import { AuthTokenTarget } from './auth-token-target';
import { authTokenService, secretVersions, userService } from './aws-services';
import { logIn } from './log-in';
import { newPassword } from './password';
import { rotate, RotationEvent, RotationTarget } from './rotate';
import { Clock } from './settle';
import { LogIn, UserTarget } from './user-target';

/** What of the context of a function we look at. */
interface Context {
  getRemainingTimeInMillis?(): number;
}

const UNLIMITED = Number.MAX_SAFE_INTEGER;

export async function handler(event: RotationEvent, context: Context = {}): Promise<void> {
  const { SECRET_FIELD: field } = process.env;
  const clock: Clock = {
    remaining: () => context.getRemainingTimeInMillis?.() ?? UNLIMITED,
    sleep: (milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds)),
  };
  const target = targetOf(process.env, clock);
  await rotate(event, { secret: secretVersions(event.SecretId), target, place: { field: field || undefined }, newPassword });
  console.info(JSON.stringify({ step: event.Step, versionId: event.ClientRequestToken, done: true }));
}

function targetOf(environment: NodeJS.ProcessEnv, clock: Clock): RotationTarget {
  const { USER_ID: userId, USER_NAME: userName, REPLICATION_GROUP_ID: replicationGroupId, CACHE_HOST: host, CACHE_PORT: port } = environment;
  const tryAt: LogIn | undefined = host ? (password) => logIn({ host, port: Number(port), userName }, password) : undefined;
  if (userId) {
    return new UserTarget(userService(userId), clock, tryAt);
  }
  if (replicationGroupId && tryAt) {
    return new AuthTokenTarget(authTokenService(replicationGroupId), clock, tryAt);
  }
  throw new Error('the function needs USER_ID, or REPLICATION_GROUP_ID with CACHE_HOST and CACHE_PORT');
}
