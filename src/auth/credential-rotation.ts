import { join } from 'path';
import { Duration, RemovalPolicy, Stack } from 'aws-cdk-lib';
import { Alarm, ComparisonOperator, Metric, MetricOptions, TreatMissingData } from 'aws-cdk-lib/aws-cloudwatch';
import { SnsAction } from 'aws-cdk-lib/aws-cloudwatch-actions';
import { Connections, IConnectable, ISecurityGroup, Peer, Port, SecurityGroup } from 'aws-cdk-lib/aws-ec2';
import { ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { Code, Function, IFunction, Runtime } from 'aws-cdk-lib/aws-lambda';
import { LogGroup, RetentionDays } from 'aws-cdk-lib/aws-logs';
import { CfnRotationSchedule, ISecret } from 'aws-cdk-lib/aws-secretsmanager';
import { ITopic } from 'aws-cdk-lib/aws-sns';
import { Construct } from 'constructs';
import { planRotation, RotationInput, RotationPlan } from './private/rotation-plan';
import { createRotationRole } from './private/rotation-role';
import { attach, Inspection } from '../private/check';
import { fail } from '../private/errors';
import { packageFolder } from '../private/package-folder';

/** What `scripts/lib/bundle-rotation.js` makes. */
const BUNDLE = join(packageFolder(), 'assets', 'rotation');
const HTTPS = Port.tcp(443);
/** The longest a function may run: a cache takes its minutes to put a password into force. */
const TIMEOUT = Duration.minutes(15);

/**
 * The rotation of a password, made by `PasswordUser.addRotation` and `AuthToken.addRotation`: a function that Secrets Manager calls on a schedule,
 * with a role, a security group and a log group of its own.
 *
 * A new password is generated, becomes valid beside the current one, is tried, and only then becomes the current one. A rotation that is cut off
 * anywhere goes on with the next try.
 *
 * @see https://docs.aws.amazon.com/secretsmanager/latest/userguide/rotate-secrets_lambda-functions.html
 *
 * @example
 * const rotation = cache.applicationUser!.addRotation({ automaticallyAfter: Duration.days(30) });
 * rotation.alarmOnFailure(topic);
 */
export class CredentialRotation extends Construct implements IConnectable {
  /** @internal */
  public static _create(owner: Construct, input: RotationInput): CredentialRotation {
    // With a cache of another stack everything belongs to that stack, which knows the user's or token's already. The other way round is a cycle.
    const elsewhere = [input.of.resource, input.cache].find((each) => each !== undefined && Stack.of(each) !== Stack.of(owner));
    const [scope, id] = elsewhere ? [Stack.of(elsewhere), `Rotation${owner.node.addr.slice(-10)}`] : [owner, 'Rotation'];
    if (scope.node.tryFindChild(id)) {
      fail(owner, 'RotationTwice', 'addRotation was called before: a secret has one schedule');
    }
    return new CredentialRotation(scope, id, owner, input);
  }

  /** The secret that holds the password. */
  public readonly secret: ISecret;
  /** The function that Secrets Manager calls. */
  public readonly rotationFunction: IFunction;

  private readonly network?: Connections;
  private readonly warned: Construct;
  private alarm?: Alarm;

  private constructor(scope: Construct, id: string, owner: Construct, input: RotationInput) {
    const inspection = new Inspection(owner, 'Rotation');
    const plan = planRotation(inspection, input);
    const warnings = inspection.finish();

    super(scope, id);
    attach(this, warnings);
    this.warned = owner;
    this.secret = input.secret;
    const securityGroups = input.vpc && (input.securityGroups ?? [this.createSecurityGroup(input)]);
    this.network = securityGroups && new Connections({ securityGroups });
    const rotate = this.createFunction(input, plan, securityGroups);
    this.rotationFunction = rotate;
    this.createSchedule(input, plan, rotate);
  }

  /** The security groups of the function. An error when it runs outside of a VPC. */
  public get connections(): Connections {
    return this.network ?? fail(this.warned, 'RotationNotInVpc', 'the function that rotates runs outside of any VPC; give addRotation the vpc of the cache');
  }

  /**
   * Failed steps of rotations. Secrets Manager tries again; a rotation that is stuck fails several times.
   *
   * @param options of the metric
   */
  public metricFailures(options: MetricOptions = {}): Metric {
    return this.rotationFunction.metricErrors({ statistic: 'Sum', period: Duration.minutes(5), ...options });
  }

  /**
   * An alarm when a step of a rotation fails. The current password stays valid meanwhile. Called again, it gives the same alarm another action.
   *
   * @param topic who is told
   */
  public alarmOnFailure(topic: ITopic): Alarm {
    this.alarm ??= new Alarm(this, 'FailureAlarm', {
      alarmDescription: 'Rotating the password of a cache failed: see the log of the function. The current password stays valid.',
      metric: this.metricFailures(),
      threshold: 1,
      evaluationPeriods: 1,
      comparisonOperator: ComparisonOperator.GREATER_THAN_OR_EQUAL_TO_THRESHOLD,
      treatMissingData: TreatMissingData.NOT_BREACHING,
    });
    this.alarm.addAlarmAction(new SnsAction(topic));
    return this.alarm;
  }

  private createSecurityGroup({ vpc }: RotationInput): ISecurityGroup {
    const securityGroup = new SecurityGroup(this, 'SecurityGroup', {
      vpc: vpc!, description: 'Function that rotates the password of a cache', allowAllOutbound: false,
    });
    securityGroup.addEgressRule(Peer.anyIpv4(), HTTPS, 'Secrets Manager and ElastiCache');
    return securityGroup;
  }

  private createFunction(input: RotationInput, plan: RotationPlan, securityGroups?: ISecurityGroup[]): Function {
    const logGroup = new LogGroup(this, 'Logs', { retention: RetentionDays.ONE_MONTH, removalPolicy: RemovalPolicy.DESTROY });
    const role = createRotationRole(this, input.secret, input.of, input.vpc !== undefined);
    logGroup.grantWrite(role);
    const rotate = new Function(this, 'Function', {
      description: 'Replaces the password of a cache by a new one',
      runtime: Runtime.NODEJS_22_X,
      handler: 'index.handler',
      code: Code.fromAsset(BUNDLE),
      timeout: TIMEOUT,
      memorySize: 256,
      role,
      logGroup,
      environment: plan.environment,
      vpc: input.vpc,
      vpcSubnets: plan.subnets && { subnets: [...plan.subnets] },
      securityGroups,
    });
    if (this.network && input.cache) {
      openTo(this.network.securityGroups, input.cache, Port.tcp(input.cache.endpoint.port));
    }
    return rotate;
  }

  private createSchedule({ secret, of: rotated, cache }: RotationInput, plan: RotationPlan, rotate: Function): void {
    // Only for this account's secrets: the service calls in the name of whoever has one.
    rotate.addPermission('SecretsManager', { principal: new ServicePrincipal('secretsmanager.amazonaws.com'), sourceAccount: Stack.of(this).account });
    const schedule = new CfnRotationSchedule(this, 'Schedule', {
      secretId: secret.secretArn,
      rotationLambdaArn: rotate.functionArn,
      rotationRules: { scheduleExpression: plan.schedule },
      rotateImmediatelyOnUpdate: plan.rotateImmediately,
    });
    // Secrets Manager calls the function while the schedule is made. The permission is a child of the function.
    const before = [rotated.resource, cache].flatMap((each) => each?.node.defaultChild ?? []);
    schedule.node.addDependency(rotate, ...this.node.children.filter((child) => SecurityGroup.isSecurityGroup(child)), ...before);
  }
}

/** As for any other client: the rules belong to the client's side. A group that lets everything out needs no rule for the way out. */
function openTo(securityGroups: readonly ISecurityGroup[], cache: IConnectable, port: Port): void {
  securityGroups.forEach((group) =>
    (group.allowAllOutbound ? new Connections({ peer: group }) : new Connections({ securityGroups: [group] })).allowTo(cache, port));
}
