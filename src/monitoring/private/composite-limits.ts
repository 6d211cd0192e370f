// Data only: what CloudWatch takes of a composite alarm. Imports nothing of CDK.

/** The alarms behind one, and the characters of its rule. */
export const COMPOSITE_LIMITS = {
  children: 100,
  ruleCharacters: 10_240,
  source: 'https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_PutCompositeAlarm.html',
} as const;

/** The longest name of an alarm. */
export const ALARM_NAME = {
  characters: 255,
  source: 'https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_PutMetricAlarm.html',
} as const;

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
  COMPOSITE_LIMITS.children,
  Math.floor((COMPOSITE_LIMITS.ruleCharacters + OR.length) / (isOn('').length + ALARM_NAME.characters + OR.length)),
);
