/** Who should hear of an alarm. */
export enum AlarmSeverity {
  /** Something is wrong: someone should look now. */
  CRITICAL = 'critical',
  /** Something may go wrong: someone should look in working hours. The threshold is nearer to what is normal. */
  WARNING = 'warning',
}

/** What may differ for one alarm. */
export interface CacheAlarmOptions {
  /**
   * Beyond what the alarm goes off, in the unit of its metric.
   *
   * @default - that of the cache's `AlarmThresholds`; for a warning a share of it
   */
  readonly threshold?: number;

  /**
   * How many minutes in a row must be beyond the threshold.
   *
   * @default - what the symptom asks for: 5 for most, 10 for connections, 15 for replication lag
   */
  readonly minutes?: number;

  /**
   * Who hears of it: those who were named for alarms, or those who were named for warnings.
   *
   * @default AlarmSeverity.CRITICAL
   */
  readonly severity?: AlarmSeverity;

  /**
   * The address of instructions for those who hear of it, the last word of the alarm's description.
   *
   * @default - that of the cache's alarms, else the page of AWS on the symptom
   */
  readonly runbookUrl?: string;
}
