// What CloudWatch and the subscribers of its alarms know. The clock of the local AWS may run fast, so that its timestamps are of a future.
import { CloudWatchClient, DescribeAlarmHistoryCommand, DescribeAlarmsCommand, GetMetricDataCommand, MetricDataQuery } from '@aws-sdk/client-cloudwatch';
import { DeleteMessageCommand, ReceiveMessageCommand, SQSClient } from '@aws-sdk/client-sqs';

const EVER = { StartTime: new Date(0), EndTime: new Date('2100-01-01T00:00:00Z') };

/** The state of each alarm, by name. */
export async function alarmStates(prefix = ''): Promise<Record<string, string>> {
  const { MetricAlarms: alarms } = await new CloudWatchClient().send(new DescribeAlarmsCommand({ MaxRecords: 100 }));
  return Object.fromEntries((alarms ?? []).filter(({ AlarmName: name }) => name!.startsWith(prefix))
    .map(({ AlarmName: name, StateValue: state }) => [name!, state!]));
}

/** The state of each alarm over other alarms, by name. */
export async function compositeStates(): Promise<Record<string, string>> {
  const { CompositeAlarms: alarms } = await new CloudWatchClient().send(new DescribeAlarmsCommand({ AlarmTypes: ['CompositeAlarm'], MaxRecords: 100 }));
  return Object.fromEntries((alarms ?? []).map(({ AlarmName: name, StateValue: state }) => [name!, state!]));
}

/** Every change of state of an alarm so far, for example `OK to ALARM`. */
export async function transitionsOf(alarm: string): Promise<string[]> {
  const { AlarmHistoryItems: items } = await new CloudWatchClient().send(
    new DescribeAlarmHistoryCommand({ AlarmName: alarm, HistoryItemType: 'StateUpdate', MaxRecords: 100 }));
  return (items ?? []).map(({ HistorySummary: summary }) => summary!.replace('Alarm updated from ', ''));
}

/** The values of queries, newest first; those of expressions are worked out. */
export async function metricValues(queries: MetricDataQuery[]): Promise<Record<string, number[]>> {
  const { MetricDataResults: results } = await new CloudWatchClient().send(new GetMetricDataCommand({ MetricDataQueries: queries, ...EVER }));
  return Object.fromEntries((results ?? []).map(({ Id: id, Values: values }) => [id!, values ?? []]));
}

/** Takes the alarms that a queue has heard of since it was asked last, as `name: state`. */
export async function heard(queueUrl: string): Promise<string[]> {
  const client = new SQSClient();
  const found: string[] = [];
  for (;;) {
    const { Messages: messages } = await client.send(new ReceiveMessageCommand({ QueueUrl: queueUrl, MaxNumberOfMessages: 10 }));
    if (!messages?.length) {
      return found;
    }
    for (const { Body: body, ReceiptHandle: receipt } of messages) {
      const { AlarmName: name, NewStateValue: state } = JSON.parse(body!);
      found.push(`${name}: ${state}`);
      await client.send(new DeleteMessageCommand({ QueueUrl: queueUrl, ReceiptHandle: receipt }));
    }
  }
}

/** Waits until something holds; fails with what was last seen when it does not. */
export async function until<T>(look: () => Promise<T>, holds: (seen: T) => boolean, seconds: number): Promise<T> {
  const end = Date.now() + seconds * 1000;
  for (;;) {
    const seen = await look();
    if (holds(seen)) {
      return seen;
    }
    if (Date.now() > end) {
      throw new Error(`not within ${seconds} seconds; last seen: ${JSON.stringify(seen)}`);
    }
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}
