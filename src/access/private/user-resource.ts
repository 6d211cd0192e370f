import { CfnUser, CfnUserProps } from 'aws-cdk-lib/aws-elasticache';
import { Construct } from 'constructs';
import { Wordings } from '../../checks/rule';
import { CacheEngine } from '../../engine/cache-engine';
import { Inspection } from '../../private/check';
import { viewOf } from '../../private/construct-view';
import { generatedId } from '../../private/names';
import { RULES } from '../../private/rule-tables';
import { lowerCase } from '../../private/tokens';
import { AccessString } from '../access-string';
import { UserOptions } from '../user-options';

/** The props of a user under their names in CloudFormation. */
const WORDINGS: Wordings = { UserId: 'userId', UserName: 'userName', AccessString: 'accessString', AuthenticationMode: 'passwords' };

/** How a user proves who they are, as the service takes it. */
export interface AuthenticationMode {
  readonly Type: 'password' | 'no-password-required' | 'iam';
  readonly Passwords?: string[];
}

/** What every kind of user has in common. */
export interface UserPlan {
  readonly options: UserOptions;
  /** The name; absent for a user whose name is its id. */
  readonly userName?: string;
  readonly accessString: AccessString;
}

/** Judges a user before it is made; `authenticationMode` may leave out passwords that do not exist yet. */
export function inspectUser(inspection: Inspection, plan: UserPlan, authenticationMode: object): void {
  const userId = plan.options.userId;
  inspection.check(RULES.user(), () => viewOf(CfnUser.CFN_RESOURCE_TYPE_NAME, {
    ...commonProperties(plan), userId, userName: plan.userName ?? userId, authenticationMode,
  }, WORDINGS));
}

/** The L1 of a user. Its id is literal: groups name it without a `Ref`. */
export function createUser(scope: Construct, plan: UserPlan, authenticationMode: AuthenticationMode): CfnUser {
  const engine = engineOf(plan);
  const replacedBy = [engine.name, ...plan.userName === undefined ? [] : [plan.userName]];
  const userId = plan.options.userId === undefined ? generatedId(scope, ...replacedBy) : lowerCase(plan.options.userId);
  return new CfnUser(scope, userLogicalId(engine), {
    ...commonProperties(plan),
    userId,
    userName: plan.userName ?? userId,
    authenticationMode,
  });
}

function commonProperties(plan: UserPlan): Pick<CfnUserProps, 'engine' | 'accessString'> {
  return { engine: engineOf(plan).name, accessString: plan.accessString.toString() };
}

function engineOf(plan: UserPlan): CacheEngine {
  return plan.options.engine ?? CacheEngine.valkey();
}

/** The engine is part of the logical id: a user of another engine is another resource, made before the old one goes. */
function userLogicalId(engine: CacheEngine): string {
  return engine.name[0].toUpperCase() + engine.name.slice(1);
}
