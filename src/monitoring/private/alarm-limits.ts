// Data only: what CloudWatch takes of an alarm. Imports nothing of CDK.
const API = 'https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference';

/** An alarm on metric math. */
export const METRIC_ALARM_LIMITS = {
  metrics: 10,
  source: 'https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/alarm-limits.html',
} as const;

/** The longest name of an alarm. */
export const ALARM_NAME_LIMITS = { characters: 255, source: `${API}/API_PutMetricAlarm.html` } as const;

/** An alarm over other alarms: how many of them, and the characters of its rule. */
export const COMPOSITE_ALARM_LIMITS = { children: 100, ruleCharacters: 10_240, source: `${API}/API_PutCompositeAlarm.html` } as const;

/** What a rule says of an alarm: that it is on. */
export function isOn(alarmName: string): string {
  return `ALARM("${alarmName}")`;
}

export const OR = ' OR ';

/**
 * The most alarms behind one. CloudFormation names them, so that a name may be as long as one can be; with names, not ARNs, in the rule the names
 * are all that counts.
 */
export const MOST_CHILDREN = Math.min(
  COMPOSITE_ALARM_LIMITS.children,
  Math.floor((COMPOSITE_ALARM_LIMITS.ruleCharacters + OR.length) / (isOn('').length + ALARM_NAME_LIMITS.characters + OR.length)),
);
