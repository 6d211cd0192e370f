import { ArnFormat, RemovalPolicy, Stack } from 'aws-cdk-lib';
import { CfnReplicationGroup } from 'aws-cdk-lib/aws-elasticache';
import { PolicyStatement, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { IKey, IKeyRef } from 'aws-cdk-lib/aws-kms';
import { LogGroup, RetentionDays } from 'aws-cdk-lib/aws-logs';
import { Construct } from 'constructs';
import { attach } from '../../private/check';
import { LogDelivery } from '../log-delivery';

/** A log of the engine: its name in the service and the id of the log group made for it. */
export interface LogKind {
  readonly logType: string;
  readonly logGroupId: string;
}

export const SLOW_LOG: LogKind = { logType: 'slow-log', logGroupId: 'SlowLog' };
export const ENGINE_LOG: LogKind = { logType: 'engine-log', logGroupId: 'EngineLog' };

/** What a new log group takes from its cache. */
export interface LogGroupContext {
  readonly removalPolicy: RemovalPolicy;
  readonly encryptionKey?: IKeyRef;
}

type LogRequest = CfnReplicationGroup.LogDeliveryConfigurationRequestProperty;

/** What rules can see of a delivery before its log group exists. */
export function describeDelivery(kind: LogKind, delivery: LogDelivery | undefined): LogRequest[] {
  return !delivery || delivery.destinationType === 'none' ? []
    : [{ logType: kind.logType, logFormat: delivery.format, destinationType: delivery.destinationType, destinationDetails: {} }];
}

/** Makes what a delivery needs and renders it. */
export function createDelivery(scope: Construct, kind: LogKind, delivery: LogDelivery | undefined, context: LogGroupContext): LogRequest[] {
  return describeDelivery(kind, delivery).map((request) => ({ ...request, destinationDetails: destination(scope, kind, delivery!, context) }));
}

function destination(scope: Construct, kind: LogKind, delivery: LogDelivery, context: LogGroupContext): LogRequest['destinationDetails'] {
  if (delivery._stream) {
    return { kinesisFirehoseDetails: { deliveryStream: delivery._stream.deliveryStreamRef.deliveryStreamName } };
  }
  const given = delivery._cloudWatch?.logGroup;
  const logGroup = given?.logGroupRef.logGroupName ?? createLogGroup(scope, kind, delivery, context).logGroupName;
  return { cloudWatchLogsDetails: { logGroup } };
}

function createLogGroup(scope: Construct, kind: LogKind, delivery: LogDelivery, context: LogGroupContext): LogGroup {
  const key = delivery._cloudWatch?.encryptionKey ?? context.encryptionKey;
  const encrypted = key !== undefined && letLogsUseKey(scope, key);
  if (key && !encrypted) {
    attach(scope, [{
      code: 'LogNotEncryptedWithKey',
      message: `the ${kind.logType} is not encrypted with encryptionKey: this app cannot change the policy of that key to let CloudWatch Logs use it; ` +
        'change the policy, and pass a log group on that key with LogDelivery.cloudWatch({ logGroup })',
    }]);
  }
  return new LogGroup(scope, kind.logGroupId, {
    retention: delivery._cloudWatch?.retention ?? RetentionDays.ONE_MONTH,
    removalPolicy: delivery._cloudWatch?.removalPolicy ?? context.removalPolicy,
    encryptionKey: encrypted ? key : undefined,
  });
}

/**
 * Lets CloudWatch Logs use a key for the log groups of this account and Region.
 *
 * @returns whether the key's policy could be changed: an imported key's cannot, and a log group on it could not be made
 * @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/encrypt-log-data-kms.html
 */
function letLogsUseKey(scope: Construct, key: IKeyRef): boolean {
  const { addToResourcePolicy } = key as Partial<IKey>;
  if (!addToResourcePolicy) {
    return false;
  }
  const stack = Stack.of(scope);
  const result = addToResourcePolicy.call(key, new PolicyStatement({
    principals: [new ServicePrincipal(`logs.${stack.region}.${stack.urlSuffix}`)],
    actions: ['kms:Encrypt*', 'kms:Decrypt*', 'kms:ReEncrypt*', 'kms:GenerateDataKey*', 'kms:Describe*'],
    resources: ['*'],
    conditions: {
      ArnLike: {
        'kms:EncryptionContext:aws:logs:arn': stack.formatArn({ service: 'logs', resource: 'log-group', resourceName: '*', arnFormat: ArnFormat.COLON_RESOURCE_NAME }),
      },
    },
  }), true);
  return result.statementAdded;
}
