// Data only: what a slow log looks like, and what is asked of it. Imports nothing of CDK.

/** The fields of an entry that is written as JSON. */
export const SLOW_LOG_FIELDS = {
  source: 'https://docs.aws.amazon.com/AmazonElastiCache/latest/dg/Log_Delivery.html#Destination_Specs_Formats',
  member: 'CacheClusterId',
  duration: 'Duration (us)',
  /** The command with what AWS leaves of its arguments: `GET ... (1 more arguments)`. */
  command: 'Command',
  address: 'ClientAddress',
  client: 'ClientName',
} as const;

const { member, duration, command, address, client } = SLOW_LOG_FIELDS;
const MICROSECONDS = `\`${duration}\``;
const ENTRIES = `filter ispresent(${command})`;

/** A saved query, in the language of CloudWatch Logs Insights. */
export interface SavedQuery {
  readonly id: string;
  readonly title: string;
  readonly lines: readonly string[];
}

export const SLOW_LOG_QUERIES: readonly SavedQuery[] = [
  {
    id: 'Slowest',
    title: 'Slowest commands',
    lines: [
      `fields @timestamp, ${MICROSECONDS} as microseconds, ${command}, ${member}, ${address}, ${client}`,
      ENTRIES,
      'sort microseconds desc',
      'limit 50',
    ],
  },
  {
    id: 'PerMinute',
    title: 'Slow commands per minute',
    lines: [ENTRIES, `stats count(*) as slowCommands, max(${MICROSECONDS}) as slowestMicroseconds by bin(1m)`],
  },
  {
    id: 'PerCommand',
    title: 'Slow commands by command',
    lines: [ENTRIES, `stats count(*) as slowCommands, sum(${MICROSECONDS}) as microseconds by ${command}`, 'sort microseconds desc'],
  },
  {
    id: 'PerClient',
    title: 'Slow commands by client',
    lines: [
      ENTRIES,
      `parse ${address} "*:*" as host, port`,
      `stats count(*) as slowCommands, sum(${MICROSECONDS}) as microseconds by host, ${client}`,
      'sort microseconds desc',
    ],
  },
];
