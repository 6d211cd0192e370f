import { Duration } from 'aws-cdk-lib';
import { ISubnet } from 'aws-cdk-lib/aws-ec2';
import { Schedule } from 'aws-cdk-lib/aws-events';
import { ISecret } from 'aws-cdk-lib/aws-secretsmanager';
import { IConstruct } from 'constructs';
import { chooseSubnets } from '../../network/private/cache-subnets';
import { Inspection } from '../../private/check';
import { refuseNoSecurityGroups } from '../../private/props';
import { asText } from '../../private/tokens';
import { RotationOptions } from '../rotation-options';

/** Whose password is rotated. */
export type Rotated =
  | { readonly kind: 'user'; readonly userId: string; readonly userName: string; readonly userArn: string; readonly resource: IConstruct }
  | { readonly kind: 'authToken'; readonly replicationGroupId: string; readonly resource: IConstruct };

/** All that a rotation is made from. */
export interface RotationInput extends RotationOptions {
  readonly secret: ISecret;
  readonly secretField: string;
  readonly of: Rotated;
}

/** Options with every default filled in. */
export interface RotationPlan {
  /** As Secrets Manager takes it: `rate(30 days)`. */
  readonly schedule: string;
  readonly rotateImmediately: boolean;
  /** Where the function is; absent outside of a VPC. */
  readonly subnets?: readonly ISubnet[];
  readonly environment: Record<string, string>;
}

/** @see https://docs.aws.amazon.com/secretsmanager/latest/apireference/API_RotationRulesType.html */
const INTERVAL = { shortest: Duration.hours(4), longest: Duration.days(1000) };

/** What a function in a closed subnet cannot reach without an interface endpoint, under the names in `InterfaceVpcEndpointAwsService`. */
const CALLED_SERVICES = ['SECRETS_MANAGER', 'ELASTICACHE'];

/** Fills in the defaults, and says what cannot be. */
export function planRotation(inspection: Inspection, input: RotationInput): RotationPlan {
  for (const name of (['cache', 'vpcSubnets', 'securityGroups'] as const).filter((each) => !input.vpc && input[each] !== undefined)) {
    inspection.misuse('RotationNeedsVpc', `${name} of addRotation needs vpc: the function has to run in the VPC of the cache`);
  }
  return {
    ...inspectRotation(inspection, input),
    rotateImmediately: input.rotateImmediately ?? false,
    environment: environmentOf(input),
  };
}

/** Only a password that was generated here can be replaced here. */
export function refuseGivenPasswords(inspection: Inspection, name: string): void {
  inspection.misuse('RotationNeedsSecret',
    `${name} needs a password that was generated here, got: passwords; leave passwords out, or rotate them where they are kept`);
}

/**
 * Judges when and where before there is a user or a cache.
 *
 * @param options what was asked for
 * @param intervalName what the interval is called where it was written
 */
export function inspectRotation(
  inspection: Inspection, options: RotationOptions, intervalName: string = 'automaticallyAfter',
): Pick<RotationPlan, 'schedule' | 'subnets'> {
  const { automaticallyAfter = Duration.days(30), vpc } = options;
  const schedule = scheduleOf(inspection, automaticallyAfter, intervalName);
  refuseNoSecurityGroups(inspection, options.securityGroups);
  const subnets = vpc && chooseSubnets(inspection, vpc, options.vpcSubnets).subnets;
  const closed = new Set(vpc?.isolatedSubnets.map(({ subnetId }) => subnetId));
  if (subnets?.some(({ subnetId }) => closed.has(subnetId))) {
    inspection.warn('RotationNeedsEndpoints', 'addRotation places its function in isolated subnets, from where it reaches AWS only through interface endpoints: ' +
      `${CALLED_SERVICES.map((service) => `vpc.addInterfaceEndpoint('...', { service: InterfaceVpcEndpointAwsService.${service} })`).join(' and ')}; ` +
      'choose private subnets, or acknowledge this when the VPC has the endpoints');
  }
  return { schedule, subnets };
}

/** The interval as Secrets Manager takes it; nothing when it takes none like it. */
function scheduleOf(inspection: Inspection, interval: Duration, name: string): string {
  const [minutes, shortest, longest] = [interval, INTERVAL.shortest, INTERVAL.longest]
    .map((each) => each.isUnresolved() ? undefined : each.toMinutes({ integral: false }));
  if (minutes !== undefined && (minutes < shortest! || minutes > longest! || minutes % 60 !== 0)) {
    inspection.misuse('RotationIntervalInvalid', `${name} must be whole hours, at least 4 hours and at most 1000 days, got: ${interval.toHumanString()}`);
    return '';
  }
  return Schedule.rate(interval).expressionString;
}

/** What the function is told. It knows no secret but the one it is called for. */
function environmentOf({ of: rotated, secretField, cache }: RotationInput): Record<string, string> {
  const place: Record<string, string> = cache ? { CACHE_HOST: cache.endpoint.hostname, CACHE_PORT: asText(cache.endpoint.port) } : {};
  const who: Record<string, string> = rotated.kind === 'user' ? { USER_ID: rotated.userId, USER_NAME: rotated.userName }
    : { REPLICATION_GROUP_ID: rotated.replicationGroupId };
  return { SECRET_FIELD: secretField, ...who, ...place };
}
