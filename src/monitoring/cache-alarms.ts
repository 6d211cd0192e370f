import { Duration, Token } from 'aws-cdk-lib';
import { Alarm, AlarmBase, ComparisonOperator, IAlarm, IAlarmAction, IMetric, TreatMissingData } from 'aws-cdk-lib/aws-cloudwatch';
import { SnsAction } from 'aws-cdk-lib/aws-cloudwatch-actions';
import { ITopic } from 'aws-cdk-lib/aws-sns';
import { Construct } from 'constructs';
import { AlarmThresholds } from './alarm-thresholds';
import { AlarmSeverity, CacheAlarmOptions } from './cache-alarm-options';
import { CacheSymptom } from './cache-symptom';
import { AlarmMethods } from './private/alarm-methods';
import { AlarmPlan } from './private/alarm-plan';
import { anyOf, PartialAlarm } from './private/composite-alarms';
import { KIND_TITLES } from './private/metric-dimensions';
import type { WatchedNodes } from './private/published-metrics';
import type { Failure, Symptom, SymptomRow } from './private/symptom-table';
import { events, failedSnapshots, symptoms } from './private/tables';
import { ICacheCluster } from '../cache/cache-cluster-ref';
import { fail } from '../private/errors';

/** What the alarms of a cache are made of. */
export interface CacheAlarmsProps {
  /** The cache, owned or imported. */
  readonly cache: ICacheCluster;

  /**
   * Who hears of the alarms.
   *
   * @default - nobody before `addAlarmAction` is called
   */
  readonly topic?: ITopic;

  /**
   * Who hears of warnings. With it `addRecommended` makes warnings too.
   *
   * @default - nobody before `addWarningAction` is called
   */
  readonly warningTopic?: ITopic;

  /**
   * Who hears that an alarm is over.
   *
   * @default - nobody before `addOkAction` is called
   */
  readonly okTopic?: ITopic;

  /**
   * Beyond what the alarms go off.
   *
   * @default - see `AlarmThresholds`
   */
  readonly thresholds?: AlarmThresholds;

  /**
   * The address of instructions for those who hear of an alarm, for example of your wiki.
   *
   * @default - the page of AWS on each symptom
   */
  readonly runbookUrl?: string;
}

/**
 * Alarms of a cache, one a symptom over all of its nodes. Each says in its description what it means and what to do first.
 *
 * CloudWatch watches at most ten metrics with one alarm. For a cache with more nodes there is a metric alarm for every ten of them, the first with
 * the id that was asked for, the others with the number of their first node behind it: `Evictions`, `EvictionsFromNode11`, `EvictionsFromNode21`.
 * An alarm that needs several metrics of each node watches fewer nodes. Nobody hears of these. One composite alarm over them, `EvictionsAnyNode`,
 * goes off with any of them and tells those who were named: once a symptom, however many nodes there are.
 *
 * None is made before it is asked for: an alarm that nobody hears of only costs.
 *
 * A failed backup has no metric, but an event: `addFailedSnapshot` counts these.
 *
 * @see https://docs.aws.amazon.com/AmazonElastiCache/latest/dg/CacheMetrics.WhichShouldIMonitor.html
 *
 * @example
 * const alarms = new CacheAlarms(this, 'Alarms', { cache, topic });
 * alarms.addEvictions('Evictions', { threshold: 0 });
 * alarms.addConnections('Connections');
 */
export class CacheAlarms extends AlarmMethods {
  private readonly cache: ICacheCluster;
  private readonly thresholds: AlarmThresholds;
  private readonly runbookUrl?: string;
  private readonly warns: boolean;
  private readonly actions: Record<AlarmSeverity, IAlarmAction[]> = { critical: [], warning: [] };
  private readonly okActions: IAlarmAction[] = [];
  private readonly made: { readonly alarm: AlarmBase; readonly severity: AlarmSeverity; readonly watching: readonly Alarm[] }[] = [];

  public constructor(scope: Construct, id: string, props: CacheAlarmsProps) {
    super(scope, id);
    this.cache = props.cache;
    this.thresholds = props.thresholds ?? {};
    this.runbookUrl = props.runbookUrl;
    this.warns = props.warningTopic !== undefined;
    const action = (topic: ITopic | undefined) => topic ? [new SnsAction(topic)] : [];
    this.addAlarmAction(...action(props.topic));
    this.addWarningAction(...action(props.warningTopic));
    this.addOkAction(...action(props.okTopic));
  }

  /** @internal */
  public get _cache(): ICacheCluster {
    return this.cache;
  }

  /** All alarms that were made so far, one for each symptom that was asked for, in their order: those that tell somebody. */
  public get alarms(): AlarmBase[] {
    return this.made.map(({ alarm }) => alarm);
  }

  /** All metric alarms that were made so far. Up to ten nodes they are the same as `alarms`. */
  public get metricAlarms(): Alarm[] {
    return this.made.flatMap(({ watching }) => watching);
  }

  /**
   * The metric alarms behind an alarm: itself, or those of every ten nodes behind a composite one.
   *
   * @param alarm one of `alarms`
   * @returns the metric alarms in the order of their nodes; none for an alarm that is not of this cache
   */
  public metricAlarmsOf(alarm: IAlarm): Alarm[] {
    return this.made.filter((each) => each.alarm === alarm).flatMap(({ watching }) => watching);
  }

  /**
   * Adds the recommended alarms: CPU (of the engine, or of the node when it has at most two vCPUs; a threshold that was given decides instead),
   * memory, evictions, connections, and replication lag when there is a replica. For Memcached on nodes: CPU, evictions, connections
   * and swap. For a serverless cache: evictions, throttled commands, and storage and processing units where they have a maximum.
   * `AlarmThresholds` may add to them and leave some out. With a `warningTopic` each that can have one gets a warning, `MemoryWarning` beside
   * `Memory`.
   *
   * @returns the alarms, at most eight without warnings, however many nodes there are
   */
  public addRecommended(): AlarmBase[] {
    const plan = this.plan();
    return plan.recommended().flatMap((symptom) => {
      const { id } = symptoms().symptomRow(symptom);
      const warned = this.warns && plan.warningOf(symptom) !== undefined;
      return [this._add(symptom, id), ...warned ? [this._add(symptom, `${id}Warning`, { severity: AlarmSeverity.WARNING })] : []];
    });
  }

  /**
   * Adds an alarm for a symptom by its name.
   *
   * @param symptom what to watch for
   * @param id the id of the alarm; the name of the symptom when left out, for example `Evictions`
   * @param options what differs
   * @returns the alarm; a composite one when the cache has more nodes than one can watch
   */
  public add(symptom: CacheSymptom, id?: string, options?: CacheAlarmOptions): AlarmBase {
    const asked = symptom as Symptom;
    const { severity } = options ?? {};
    return this._add(asked, id ?? `${symptoms().symptomRow(asked).id}${severity === AlarmSeverity.WARNING ? 'Warning' : ''}`, options);
  }

  /**
   * The rotation of the cache's password failed: at the next rotation, or when the old password ends, clients are locked out.
   *
   * @param id the id of the alarm
   * @param errors errors of the rotation function, for example `fn.metricErrors()`
   * @param options what differs
   * @returns the alarm
   */
  public addFailedRotation(id: string, errors: IMetric, options: CacheAlarmOptions = {}): Alarm {
    // The function runs rarely: between its runs the last one counts.
    return this.addFailure(id, errors, symptoms().FAILED_ROTATION, TreatMissingData.IGNORE, options);
  }

  /**
   * A backup failed. The service has no metric of it: its events go to a queue that is made for them, where they can be read for fourteen days, and
   * the alarm watches for the messages. It is over a minute later. Replication groups and serverless caches have it; the events of a serverless
   * cache name the backup, so that the alarm goes off for backups of every serverless cache of the account and Region.
   *
   * @param id the id of the alarm
   * @param options what differs
   * @returns the alarm
   */
  public addFailedSnapshot(id: string, options: CacheAlarmOptions = {}): Alarm {
    const { kind } = this.cache.metrics._subject;
    const without = events().ASKED_EVENTS.onSnapshotFailed[kind];
    if (typeof without === 'string') {
      return this.refuse(`alarm FailedSnapshot does not exist for ${KIND_TITLES[kind]}: ${without}`);
    }
    const metric = failedSnapshots().failedSnapshots(this, id, this.cache);
    return this.addFailure(id, metric, symptoms().FAILED_SNAPSHOT, TreatMissingData.NOT_BREACHING, options);
  }

  /**
   * Lets someone hear of all alarms, those made already and those to come.
   *
   * @param actions for example `new SnsAction(topic)`
   */
  public addAlarmAction(...actions: IAlarmAction[]): void {
    this.addActions(AlarmSeverity.CRITICAL, actions);
  }

  /**
   * Lets someone hear of all warnings, those made already and those to come.
   *
   * @param actions for example `new SnsAction(topic)`
   */
  public addWarningAction(...actions: IAlarmAction[]): void {
    this.addActions(AlarmSeverity.WARNING, actions);
  }

  /**
   * Lets someone hear when an alarm or a warning is over, of those made already and those to come.
   *
   * @param actions for example `new SnsAction(topic)`
   */
  public addOkAction(...actions: IAlarmAction[]): void {
    this.okActions.push(...actions);
    if (actions.length > 0) {
      this.made.forEach(({ alarm }) => alarm.addOkAction(...actions));
    }
  }

  /** @internal */
  public _add(asked: Symptom, id: string, options: CacheAlarmOptions = {}): AlarmBase {
    const plan = this.plan();
    const symptom = plan.symptomFor(asked);
    const unfit = plan.unfit(symptom);
    if (unfit !== undefined) {
      return this.refuse(unfit);
    }
    const row = symptoms().symptomRow(symptom);
    const { means, first } = row.runbooks?.[this.cache.metrics._subject.kind] ?? row;
    const threshold = options.threshold ?? this.thresholdOf(plan, symptom, options.severity);
    const runbookUrl = options.runbookUrl ?? this.runbookUrl ?? row.source;
    const minutes = options.minutes ?? plan.minutesOf(symptom);
    const text = `${means} ${first}`;
    const describe = (from: number, last: number, more = '') => this.describe(`, nodes ${from} to ${last}`, `${text}${more}`, runbookUrl);
    const parts = this.watch(row, plan.isTiered()).map(({ metric, first: from, last }, index, all): PartialAlarm => ({
      first: from,
      last,
      alarm: new Alarm(this, index === 0 ? id : `${id}FromNode${from}`, {
        metric,
        threshold,
        comparisonOperator: row.below ? ComparisonOperator.LESS_THAN_THRESHOLD : ComparisonOperator.GREATER_THAN_THRESHOLD,
        evaluationPeriods: row.period && !Token.isUnresolved(minutes) ? Math.ceil(minutes * 60 / row.period) : minutes,
        treatMissingData: TreatMissingData.MISSING,
        alarmDescription: all.length > 1 ? describe(from, last) : this.describe('', text, runbookUrl),
      }),
    }));
    const alarm = parts.length === 1 ? parts[0].alarm
      : anyOf(this, id, parts, (from, last) => describe(from, last, ' The alarms behind this one say which nodes.'));
    this.track(alarm, parts.map((part) => part.alarm), options.severity);
    return alarm;
  }

  /** An alarm on what is not of the cache's own metrics, and should not happen at all. */
  private addFailure(
    id: string, metric: IMetric, { means, first, source }: Failure, treatMissingData: TreatMissingData, options: CacheAlarmOptions,
  ): Alarm {
    const alarm = new Alarm(this, id, {
      metric,
      threshold: options.threshold ?? 0,
      comparisonOperator: ComparisonOperator.GREATER_THAN_THRESHOLD,
      evaluationPeriods: options.minutes ?? 1,
      treatMissingData,
      alarmDescription: this.describe('', `${means} ${first}`, options.runbookUrl ?? this.runbookUrl ?? source),
    });
    this.track(alarm, [alarm], options.severity);
    return alarm;
  }

  private refuse(unfit: string): never {
    return fail(this, 'AlarmUnfit', unfit);
  }

  private plan(): AlarmPlan {
    return new AlarmPlan(this.cache.metrics, this.thresholds);
  }

  /** What is watched, in as many parts as it takes. */
  private watch(row: SymptomRow, tiered: boolean): WatchedNodes[] {
    const { metrics } = this.cache;
    const options = row.period === undefined ? undefined : { period: Duration.seconds(row.period) };
    return row.expression
      ? metrics._combined(row.metrics, { expression: row.expression, byShard: row.byShard, label: row.id }, options)
      : metrics._forAlarms(tiered && row.tieredMetric || row.metrics[0], row.across, options);
  }

  private thresholdOf(plan: AlarmPlan, symptom: Symptom, severity?: AlarmSeverity): number {
    const known = severity === AlarmSeverity.WARNING ? plan.warningOf(symptom) : plan.known(symptom);
    const { needs } = symptoms().symptomRow(symptom);
    return known ?? fail(this, 'ThresholdUnknown', `the threshold of ${symptoms().metricOf(symptom).name} does not follow from what is known here${
      severity === AlarmSeverity.WARNING ? ', or has no warning before it' : ''}: give a threshold${needs ? `, or ${needs}` : ''}`);
  }

  private describe(nodes: string, text: string, runbookUrl: string): string {
    return `${this.cache.node.path}${nodes}: ${text} See ${runbookUrl}`;
  }

  /** Of those who were named only `alarm` tells; `watching` are the metric alarms behind it, or itself. */
  private track(alarm: AlarmBase, watching: readonly Alarm[], severity: AlarmSeverity = AlarmSeverity.CRITICAL): void {
    alarm.addAlarmAction(...this.actions[severity]);
    if (this.okActions.length > 0) {
      alarm.addOkAction(...this.okActions);
    }
    this.made.push({ alarm, watching, severity });
  }

  private addActions(severity: AlarmSeverity, actions: IAlarmAction[]): void {
    this.actions[severity].push(...actions);
    if (actions.length > 0) {
      this.made.filter((each) => each.severity === severity).forEach(({ alarm }) => alarm.addAlarmAction(...actions));
    }
  }
}
