import { RemovalPolicy } from 'aws-cdk-lib';
import { IDeliveryStreamRef } from 'aws-cdk-lib/aws-kinesisfirehose';
import { IKeyRef } from 'aws-cdk-lib/aws-kms';
import { ILogGroupRef, RetentionDays } from 'aws-cdk-lib/aws-logs';
import { fail } from '../private/errors';
import { refuseSnapshot } from '../private/removal';

/** How the entries of a log are written. */
export enum LogFormat {
  /** One JSON object an entry. */
  JSON = 'json',
  /** One line of text an entry. */
  TEXT = 'text',
}

/** A log in CloudWatch Logs. */
export interface CloudWatchLogDeliveryOptions {
  /**
   * How long entries are kept. Has no meaning together with `logGroup`.
   *
   * @default RetentionDays.ONE_MONTH
   */
  readonly retention?: RetentionDays;

  /**
   * The log group to write to. The slow log and the engine log of a cache each need their own.
   *
   * @default - a new log group, encrypted with the cache's `encryptionKey` when it has one
   */
  readonly logGroup?: ILogGroupRef;

  /**
   * The key of the new log group. The policy of an owned key is changed so that CloudWatch Logs may use it.
   *
   * @default - the cache's `encryptionKey`
   */
  readonly encryptionKey?: IKeyRef;

  /**
   * How entries are written.
   *
   * @default LogFormat.JSON
   */
  readonly format?: LogFormat;

  /**
   * What happens to the new log group when it leaves the stack.
   *
   * @default - it stays when the cache stays, otherwise it is deleted
   */
  readonly removalPolicy?: RemovalPolicy;
}

/** A log that goes to Amazon Data Firehose. */
export interface FirehoseLogDeliveryOptions {
  /**
   * How entries are written.
   *
   * @default LogFormat.JSON
   */
  readonly format?: LogFormat;
}

/**
 * Where a log of the engine goes: the slow log, or the engine log. From Valkey 8.1 on the command log, of large requests and large replies, comes with
 * the slow log; the parameters `commandlog-*` say what is large.
 *
 * @see https://docs.aws.amazon.com/AmazonElastiCache/latest/dg/Log_Delivery.html
 *
 * @example
 * new CacheCluster(this, 'Orders', { vpc, slowLog: LogDelivery.cloudWatch({ logGroup }), engineLog: LogDelivery.none() });
 */
export class LogDelivery {
  /** The log is not delivered anywhere. */
  public static none(): LogDelivery {
    return new LogDelivery('none');
  }

  /**
   * The log goes to CloudWatch Logs.
   *
   * @param options the log group, or how to make one
   */
  public static cloudWatch(options: CloudWatchLogDeliveryOptions = {}): LogDelivery {
    refuseSnapshot({ misuse: (code, message) => fail(undefined, code, message) }, options.removalPolicy, 'a log');
    return new LogDelivery('cloudwatch-logs', options.format, options);
  }

  /**
   * The log goes to an Amazon Data Firehose stream in the account and Region of the cache.
   *
   * @param stream the delivery stream
   * @param options how entries are written
   */
  public static firehose(stream: IDeliveryStreamRef, options: FirehoseLogDeliveryOptions = {}): LogDelivery {
    return new LogDelivery('kinesis-firehose', options.format, undefined, stream);
  }

  /**
   * The kind of destination: `none`, `cloudwatch-logs` or `kinesis-firehose`.
   */
  public readonly destinationType: string;
  /** How entries are written. */
  public readonly format: LogFormat;

  /** @internal */
  public readonly _cloudWatch?: CloudWatchLogDeliveryOptions;
  /** @internal */
  public readonly _stream?: IDeliveryStreamRef;

  private constructor(destinationType: string, format?: LogFormat, cloudWatch?: CloudWatchLogDeliveryOptions, stream?: IDeliveryStreamRef) {
    this.destinationType = destinationType;
    this.format = format ?? LogFormat.JSON;
    this._cloudWatch = cloudWatch;
    this._stream = stream;
  }
}
