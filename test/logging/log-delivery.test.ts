import { RemovalPolicy, Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { CfnDeliveryStream, DeliveryStream } from 'aws-cdk-lib/aws-kinesisfirehose';
import { CfnKey, Key } from 'aws-cdk-lib/aws-kms';
import { CfnLogGroup, LogGroup, RetentionDays } from 'aws-cdk-lib/aws-logs';
import { CacheEngine, LogDelivery, LogFormat, RedisVersion, ReplicationGroupProps } from '../../src';
import { expectNoBrokenTokens, groupProperties, newGroup, newStack, parameter, propertiesOf, warningsOf } from '../support/cdk';

const GROUP = 'AWS::ElastiCache::ReplicationGroup';
const LOG_GROUP = 'AWS::Logs::LogGroup';

/** The deliveries in a new template, by log, with the log groups that were made. */
function logsOf(props: Partial<ReplicationGroupProps>, stack = newStack()): { deliveries: Record<string, any>; logGroups: Record<string, any> } {
  const cache = newGroup(stack, props);
  const deliveries = propertiesOf(stack, GROUP).LogDeliveryConfigurations ?? [];
  const logGroups = Object.entries(Template.fromStack(stack).findResources(LOG_GROUP));
  expect(cache).toBeDefined();
  return {
    deliveries: Object.fromEntries(deliveries.map((delivery: any) => [delivery.LogType, delivery])),
    logGroups: Object.fromEntries(logGroups),
  };
}

const NONE = { slowLog: LogDelivery.none(), engineLog: LogDelivery.none() };

describe('by default', () => {
  test('both logs go to log groups of their own for one month, as JSON', () => {
    const { deliveries, logGroups } = logsOf({});
    expect(Object.keys(deliveries)).toEqual(['slow-log', 'engine-log']);
    const names = Object.values(deliveries).map((delivery) => delivery.DestinationDetails.CloudWatchLogsDetails.LogGroup.Ref);
    expect(new Set(names)).toEqual(new Set(Object.keys(logGroups)));
    expect(new Set(names).size).toBe(2);
    for (const delivery of Object.values(deliveries)) {
      expect(delivery).toMatchObject({ DestinationType: 'cloudwatch-logs', LogFormat: 'json' });
    }
    for (const logGroup of Object.values(logGroups)) {
      expect(logGroup).toMatchObject({ Properties: { RetentionInDays: 30 }, DeletionPolicy: 'Delete', UpdateReplacePolicy: 'Delete' });
      expect(logGroup.Properties.KmsKeyId).toBeUndefined();
      // CloudFormation names it: a name that is fixed exists once.
      expect(logGroup.Properties.LogGroupName).toBeUndefined();
    }
  });

  test.each([
    ['5.0.6', []], ['6.0', ['slow-log']], ['6.2', ['slow-log', 'engine-log']], ['6.x', ['slow-log', 'engine-log']], ['7.1', ['slow-log', 'engine-log']],
  ])('Redis OSS %s delivers %j', (version, expected) => {
    expect(Object.keys(logsOf({ engine: CacheEngine.redis(RedisVersion.of(version)) }).deliveries)).toEqual(expected);
  });
});

describe('no log', () => {
  test('of both kinds: nothing is written and nothing made', () => {
    expect(groupProperties(NONE)).not.toHaveProperty('LogDeliveryConfigurations');
    expect(logsOf(NONE).logGroups).toEqual({});
  });

  test('of one kind leaves the other', () => {
    expect(Object.keys(logsOf({ slowLog: LogDelivery.none() }).deliveries)).toEqual(['engine-log']);
    expect(Object.keys(logsOf({ engineLog: LogDelivery.none() }).deliveries)).toEqual(['slow-log']);
  });
});

describe('CloudWatch Logs', () => {
  test('takes retention, format and removal policy', () => {
    const { deliveries, logGroups } = logsOf({
      ...NONE, slowLog: LogDelivery.cloudWatch({ retention: RetentionDays.ONE_WEEK, format: LogFormat.TEXT, removalPolicy: RemovalPolicy.RETAIN }),
    });
    expect(deliveries['slow-log'].LogFormat).toBe('text');
    expect(Object.values(logGroups)).toEqual([expect.objectContaining({
      Properties: { RetentionInDays: 7 }, DeletionPolicy: 'Retain', UpdateReplacePolicy: 'Retain',
    })]);
  });

  test('without end of retention, none is written', () => {
    const { logGroups } = logsOf({ ...NONE, slowLog: LogDelivery.cloudWatch({ retention: RetentionDays.INFINITE }) });
    expect(Object.values(logGroups)[0].Properties ?? {}).not.toHaveProperty('RetentionInDays');
  });

  test('takes an owned, an imported and a raw log group', () => {
    for (const make of [
      (stack: Stack) => new LogGroup(stack, 'Logs'),
      (stack: Stack) => LogGroup.fromLogGroupName(stack, 'Logs', 'my-logs'),
      (stack: Stack) => new CfnLogGroup(stack, 'Logs'),
    ]) {
      const stack = newStack();
      const logGroup = make(stack);
      const { deliveries } = logsOf({ ...NONE, engineLog: LogDelivery.cloudWatch({ logGroup }) }, stack);
      expect(deliveries['engine-log'].DestinationDetails).toEqual({ CloudWatchLogsDetails: { LogGroup: stack.resolve(logGroup.logGroupRef.logGroupName) } });
      expect(stack.node.findChild('Cache').node.tryFindChild('EngineLog')).toBeUndefined();
    }
  });

  test('takes a log group whose name is a token', () => {
    const stack = newStack();
    const name = parameter(stack, 'Name');
    const { deliveries } = logsOf({ ...NONE, slowLog: LogDelivery.cloudWatch({ logGroup: LogGroup.fromLogGroupName(stack, 'Logs', name.string) }) }, stack);
    expect(deliveries['slow-log'].DestinationDetails).toEqual({ CloudWatchLogsDetails: { LogGroup: name.ref } });
    expectNoBrokenTokens(Template.fromStack(stack).toJSON());
  });
});

describe('Firehose', () => {
  test('takes an imported and a raw stream, and names it rather than giving its ARN', () => {
    const stack = newStack();
    const imported = DeliveryStream.fromDeliveryStreamArn(stack, 'Imported', 'arn:aws:firehose:eu-central-1:111122223333:deliverystream/my-stream');
    const raw = new CfnDeliveryStream(stack, 'Raw');
    const [slowLog, engineLog] = [LogDelivery.firehose(imported), LogDelivery.firehose(raw, { format: LogFormat.TEXT })];
    const { deliveries, logGroups } = logsOf({ slowLog, engineLog }, stack);
    expect(deliveries['slow-log']).toEqual({
      LogType: 'slow-log', LogFormat: 'json', DestinationType: 'kinesis-firehose', DestinationDetails: { KinesisFirehoseDetails: { DeliveryStream: 'my-stream' } },
    });
    expect(deliveries['engine-log']).toEqual({
      LogType: 'engine-log', LogFormat: 'text', DestinationType: 'kinesis-firehose', DestinationDetails: { KinesisFirehoseDetails: { DeliveryStream: { Ref: 'Raw' } } },
    });
    expect(logGroups).toEqual({});
  });
});

describe('encryptionKey', () => {
  const warned = (stack: Stack) => warningsOf(stack).filter((warning) => warning.includes('cdk-elasticache::LogNotEncryptedWithKey'));

  test('an owned key encrypts the logs, once its policy lets the service', () => {
    const stack = newStack();
    const key = new Key(stack, 'Key');
    const { logGroups } = logsOf({ encryptionKey: key }, stack);
    expect(Object.values(logGroups).map((logGroup) => logGroup.Properties.KmsKeyId)).toEqual([stack.resolve(key.keyArn), stack.resolve(key.keyArn)]);
    const statements = propertiesOf(stack, 'AWS::KMS::Key').KeyPolicy.Statement.filter((statement: any) => JSON.stringify(statement.Principal).includes('logs.'));
    expect(statements).toEqual([{
      Effect: 'Allow',
      Principal: { Service: { 'Fn::Join': ['', ['logs.', { Ref: 'AWS::Region' }, '.', { Ref: 'AWS::URLSuffix' }]] } },
      Action: ['kms:Encrypt*', 'kms:Decrypt*', 'kms:ReEncrypt*', 'kms:GenerateDataKey*', 'kms:Describe*'],
      Resource: '*',
      Condition: {
        ArnLike: {
          'kms:EncryptionContext:aws:logs:arn': {
            'Fn::Join': ['', ['arn:', { Ref: 'AWS::Partition' }, ':logs:', { Ref: 'AWS::Region' }, ':', { Ref: 'AWS::AccountId' }, ':log-group:*']],
          },
        },
      },
    }]);
    expect(warned(stack)).toEqual([]);
  });

  test.each<[string, (stack: Stack) => NonNullable<ReplicationGroupProps['encryptionKey']>]>([
    ['an imported', (stack) => Key.fromKeyArn(stack, 'Key', 'arn:aws:kms:eu-central-1:111122223333:key/1234')],
    ['a raw', (stack) => new CfnKey(stack, 'Key', { keyPolicy: {} })],
  ])('%s key warns for each log and leaves the logs as they are', (_, make) => {
    const stack = newStack();
    const encryptionKey = make(stack);
    const { logGroups } = logsOf({ encryptionKey }, stack);
    Object.values(logGroups).forEach((logGroup) => expect(logGroup.Properties).not.toHaveProperty('KmsKeyId'));
    expect(propertiesOf(stack, GROUP).KmsKeyId).toEqual(stack.resolve(encryptionKey.keyRef.keyArn));
    expect(warned(stack)).toHaveLength(2);
    expect(warned(stack)[0]).toContain('LogDelivery.cloudWatch({ logGroup })');
  });

  test('of one log alone', () => {
    const stack = newStack();
    const key = new Key(stack, 'Key');
    const { logGroups } = logsOf({ slowLog: LogDelivery.cloudWatch({ encryptionKey: key }) }, stack);
    const keys = Object.values(logGroups).map((logGroup) => logGroup.Properties.KmsKeyId);
    expect(keys).toEqual(expect.arrayContaining([stack.resolve(key.keyArn), undefined]));
    expect(propertiesOf(stack, GROUP)).not.toHaveProperty('KmsKeyId');
  });

  test('has nothing to do with a log group that is given, nor with no logs', () => {
    const stack = newStack();
    const encryptionKey = Key.fromKeyArn(stack, 'Key', 'arn:aws:kms:eu-central-1:111122223333:key/1234');
    logsOf({ encryptionKey, slowLog: LogDelivery.none(), engineLog: LogDelivery.cloudWatch({ logGroup: new LogGroup(stack, 'Logs') }) }, stack);
    expect(warned(stack)).toEqual([]);
  });
});

test('values say what they are', () => {
  const deliveries = [LogDelivery.none(), LogDelivery.cloudWatch(), LogDelivery.cloudWatch({ format: LogFormat.TEXT })];
  expect(deliveries.map((delivery) => [delivery.destinationType, delivery.format]))
    .toEqual([['none', 'json'], ['cloudwatch-logs', 'json'], ['cloudwatch-logs', 'text']]);
});
