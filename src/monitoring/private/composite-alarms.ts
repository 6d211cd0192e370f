import { PhysicalName } from 'aws-cdk-lib';
import { Alarm, AlarmBase, AlarmRule, CompositeAlarm } from 'aws-cdk-lib/aws-cloudwatch';
import { Construct } from 'constructs';
import { isOn, MOST_CHILDREN, OR } from './alarm-limits';

/** An alarm on some of the nodes of a cache, which are counted from 1. */
export interface PartialAlarm<T extends AlarmBase = Alarm> {
  readonly alarm: T;
  readonly first: number;
  readonly last: number;
}

/** The id of the alarm over those of `id`. Theirs stay as they are, so that none changes its type when nodes come and go. */
const overId = (id: string) => `${id}AnyNode`;

/**
 * One alarm for several: on while one of them is. Where they are more than a rule can name there are alarms in between, each named after the first
 * node that it is about. Two levels are enough for any cache: its nodes are fewer than {@link MOST_CHILDREN} times as many alarms.
 *
 * @param describe what to say of the nodes of an alarm
 */
export function anyOf(
  scope: Construct, id: string, parts: readonly PartialAlarm[], describe: (first: number, last: number) => string,
): CompositeAlarm {
  const over = (overThis: string, all: readonly PartialAlarm<AlarmBase>[]) => {
    const [first, last] = [all[0].first, all[all.length - 1].last];
    const alarm = new CompositeAlarm(scope, overThis, {
      alarmRule: AlarmRule.fromString(all.map((part) => isOn(part.alarm.alarmName)).join(OR)),
      alarmDescription: describe(first, last),
      // Without it CDK fixes a name, which a second deployment of the same app under other names of stacks would meet again.
      compositeAlarmName: PhysicalName.GENERATE_IF_NEEDED,
    });
    return { alarm, first, last };
  };
  const groups = Array.from({ length: Math.ceil(parts.length / MOST_CHILDREN) },
    (_, index) => parts.slice(index * MOST_CHILDREN, (index + 1) * MOST_CHILDREN));
  const between = groups.length > 1 ? groups.map((group) => over(`${overId(id)}FromNode${group[0].first}`, group)) : parts;
  return over(overId(id), between).alarm;
}
