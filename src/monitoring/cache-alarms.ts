import { Duration, Token } from 'aws-cdk-lib';
import { Alarm, ComparisonOperator, IAlarmAction, IMetric, TreatMissingData } from 'aws-cdk-lib/aws-cloudwatch';
import { SnsAction } from 'aws-cdk-lib/aws-cloudwatch-actions';
import { ITopic } from 'aws-cdk-lib/aws-sns';
import { Construct } from 'constructs';
import { AlarmThresholds } from './alarm-thresholds';
import { AlarmSeverity, CacheAlarmOptions } from './cache-alarm-options';
import { CacheSymptom } from './cache-symptom';
import { AlarmMethods } from './private/alarm-methods';
import { AlarmPlan } from './private/alarm-plan';
import type { WatchedNodes } from './private/published-metrics';
import type { Symptom, SymptomRow } from './private/symptom-table';
import { symptoms } from './private/tables';
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
 * CloudWatch watches at most ten metrics with one alarm. For a cache with more nodes there is one alarm for every ten of them, the first with the
 * id that was asked for, the others with the number of their first node behind it: `Evictions`, `EvictionsFromNode11`, `EvictionsFromNode21`.
 * An alarm that needs several metrics of each node watches fewer nodes.
 *
 * None is made before it is asked for: an alarm that nobody hears of only costs.
 *
 * A failed backup has no metric: the service tells of it in an event.
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
  private readonly made: { readonly alarm: Alarm; readonly severity: AlarmSeverity }[] = [];

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

  /** All alarms that were made so far, in their order. */
  public get alarms(): Alarm[] {
    return this.made.map(({ alarm }) => alarm);
  }

  /**
   * Adds the recommended alarms: CPU (of the engine, or of the node when it has at most two vCPUs; a threshold that was given decides instead),
   * memory, evictions, connections, and replication lag when there is a replica. For Memcached on nodes: CPU, evictions, connections
   * and swap. For a serverless cache: evictions, throttled commands, and storage and processing units where they have a maximum.
   * `AlarmThresholds` may add to them and leave some out. With a `warningTopic` each that can have one gets a warning, `MemoryWarning` beside
   * `Memory`.
   *
   * @returns the alarms
   */
  public addRecommended(): Alarm[] {
    const plan = this.plan();
    return plan.recommended().flatMap((symptom) => {
      const { id } = symptoms().symptomRow(symptom);
      const warned = this.warns && plan.warningOf(symptom) !== undefined;
      return [...this._add(symptom, id), ...warned ? this._add(symptom, `${id}Warning`, { severity: AlarmSeverity.WARNING }) : []];
    });
  }

  /**
   * Adds an alarm for a symptom by its name.
   *
   * @param symptom what to watch for
   * @param id the id of the alarm; the name of the symptom when left out, for example `Evictions`
   * @param options what differs
   * @returns the alarm; several when a cache has more nodes than one can watch
   */
  public add(symptom: CacheSymptom, id?: string, options?: CacheAlarmOptions): Alarm[] {
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
    const { means, first, source } = symptoms().FAILED_ROTATION;
    return this.track(new Alarm(this, id, {
      metric: errors,
      threshold: options.threshold ?? 0,
      comparisonOperator: ComparisonOperator.GREATER_THAN_THRESHOLD,
      evaluationPeriods: options.minutes ?? 1,
      // The function runs rarely: between its runs the last one counts.
      treatMissingData: TreatMissingData.IGNORE,
      alarmDescription: this.describe('', `${means} ${first}`, options.runbookUrl ?? this.runbookUrl ?? source),
    }), options.severity);
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
  public _add(asked: Symptom, id: string, options: CacheAlarmOptions = {}): Alarm[] {
    const plan = this.plan();
    const symptom = plan.symptomFor(asked);
    const unfit = plan.unfit(symptom);
    if (unfit !== undefined) {
      return fail(this, 'AlarmUnfit', unfit);
    }
    const row = symptoms().symptomRow(symptom);
    const { means, first } = row.runbooks?.[this.cache.metrics._subject.kind] ?? row;
    const threshold = options.threshold ?? this.thresholdOf(plan, symptom, options.severity);
    const runbookUrl = options.runbookUrl ?? this.runbookUrl ?? row.source;
    const minutes = options.minutes ?? plan.minutesOf(symptom);
    const watched = this.watch(row, plan.isTiered());
    const alarms = watched.map(({ metric, first: from, last }, index, all) => new Alarm(this, index === 0 ? id : `${id}FromNode${from}`, {
      metric,
      threshold,
      comparisonOperator: row.below ? ComparisonOperator.LESS_THAN_THRESHOLD : ComparisonOperator.GREATER_THAN_THRESHOLD,
      evaluationPeriods: row.period && !Token.isUnresolved(minutes) ? Math.ceil(minutes * 60 / row.period) : minutes,
      treatMissingData: TreatMissingData.MISSING,
      alarmDescription: this.describe(all.length > 1 ? `, nodes ${from} to ${last}` : '', `${means} ${first}`, runbookUrl),
    }));
    return alarms.map((alarm) => this.track(alarm, options.severity));
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

  private track(alarm: Alarm, severity: AlarmSeverity = AlarmSeverity.CRITICAL): Alarm {
    alarm.addAlarmAction(...this.actions[severity]);
    if (this.okActions.length > 0) {
      alarm.addOkAction(...this.okActions);
    }
    this.made.push({ alarm, severity });
    return alarm;
  }

  private addActions(severity: AlarmSeverity, actions: IAlarmAction[]): void {
    this.actions[severity].push(...actions);
    if (actions.length > 0) {
      this.made.filter((each) => each.severity === severity).forEach(({ alarm }) => alarm.addAlarmAction(...actions));
    }
  }
}
