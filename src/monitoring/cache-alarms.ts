import { Alarm, ComparisonOperator, IAlarmAction, TreatMissingData } from 'aws-cdk-lib/aws-cloudwatch';
import { SnsAction } from 'aws-cdk-lib/aws-cloudwatch-actions';
import { ITopic } from 'aws-cdk-lib/aws-sns';
import { Construct } from 'constructs';
import { AlarmThresholds } from './alarm-thresholds';
import { FEW_VCPUS, metricOf, Symptom, SYMPTOMS } from './private/symptom-table';
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
   * Beyond what the alarms go off.
   *
   * @default - see `AlarmThresholds`
   */
  readonly thresholds?: AlarmThresholds;
}

/** What may differ for one alarm. */
export interface CacheAlarmOptions {
  /**
   * Beyond what the alarm goes off, in the unit of its metric.
   *
   * @default - that of the cache's `AlarmThresholds`
   */
  readonly threshold?: number;

  /**
   * How many minutes in a row must be beyond the threshold.
   *
   * @default - 5; for connections 10, for replication lag 15
   */
  readonly minutes?: number;
}

/**
 * Alarms of a cache, one a symptom over all of its nodes. Each says in its description what it means and what to do first.
 *
 * None is made before it is asked for: an alarm that nobody hears of only costs.
 *
 * @see https://docs.aws.amazon.com/AmazonElastiCache/latest/dg/CacheMetrics.WhichShouldIMonitor.html
 */
export class CacheAlarms extends Construct {
  private readonly cache: ICacheCluster;
  private readonly thresholds: AlarmThresholds;
  private readonly actions: IAlarmAction[] = [];
  private readonly alarms: Alarm[] = [];

  public constructor(scope: Construct, id: string, props: CacheAlarmsProps) {
    super(scope, id);
    this.cache = props.cache;
    this.thresholds = props.thresholds ?? {};
    if (props.topic) {
      this.addAlarmAction(new SnsAction(props.topic));
    }
  }

  /**
   * Adds the recommended alarms: CPU (of the engine, or of the node when it has at most two vCPUs; a threshold that was given decides instead),
   * memory, evictions, connections, and replication lag when there is a replica.
   *
   * @returns the alarms
   */
  public addRecommended(): Alarm[] {
    const hasReplica = (this.cache.metrics._subject.nodes?.length ?? 0) > 1;
    const symptoms: Symptom[] = [...this.cpuSymptoms(), 'memory', 'evictions', 'connections', ...hasReplica ? ['replicationLag' as const] : []];
    return symptoms.map((symptom) => this.add(symptom, SYMPTOMS[symptom].id));
  }

  /**
   * The engine uses nearly all of its core. For node types with four vCPUs and more.
   *
   * @param id the id of the alarm
   * @param options what differs
   */
  public addEngineCpu(id: string, options?: CacheAlarmOptions): Alarm {
    return this.add('engineCpu', id, options);
  }

  /**
   * A node is short of CPU. For node types with one or two vCPUs.
   *
   * @param id the id of the alarm
   * @param options what differs
   */
  public addHostCpu(id: string, options?: CacheAlarmOptions): Alarm {
    return this.add('hostCpu', id, options);
  }

  /**
   * A node is short of memory for data.
   *
   * @param id the id of the alarm
   * @param options what differs
   */
  public addMemory(id: string, options?: CacheAlarmOptions): Alarm {
    return this.add('memory', id, options);
  }

  /**
   * Keys are evicted because memory is full.
   *
   * @param id the id of the alarm
   * @param options what differs
   */
  public addEvictions(id: string, options?: CacheAlarmOptions): Alarm {
    return this.add('evictions', id, options);
  }

  /**
   * A node has nearly as many connections as it can hold.
   *
   * @param id the id of the alarm
   * @param options what differs
   */
  public addConnections(id: string, options?: CacheAlarmOptions): Alarm {
    return this.add('connections', id, options);
  }

  /**
   * A replica is behind its primary. An error for a cache without replicas.
   *
   * @param id the id of the alarm
   * @param options what differs
   */
  public addReplicationLag(id: string, options?: CacheAlarmOptions): Alarm {
    return this.add('replicationLag', id, options);
  }

  /**
   * Lets someone hear of all alarms, those made already and those to come.
   *
   * @param actions for example `new SnsAction(topic)`
   */
  public addAlarmAction(...actions: IAlarmAction[]): void {
    this.actions.push(...actions);
    this.alarms.forEach((alarm) => alarm.addAlarmAction(...actions));
  }

  /** A threshold that was given says which CPU is watched; without one the number of vCPUs says it. */
  private cpuSymptoms(): Symptom[] {
    const { engineCpuPercent, hostCpuPercent } = this.thresholds;
    const vcpus = this.vcpus();
    if (engineCpuPercent === undefined && hostCpuPercent === undefined) {
      return vcpus !== undefined && vcpus <= FEW_VCPUS ? ['hostCpu'] : ['engineCpu'];
    }
    return [...engineCpuPercent === undefined ? [] : ['engineCpu' as const], ...hostCpuPercent === undefined ? [] : ['hostCpu' as const]];
  }

  private add(symptom: Symptom, id: string, options: CacheAlarmOptions = {}): Alarm {
    const row = SYMPTOMS[symptom];
    const alarm = new Alarm(this, id, {
      metric: this.cache.metrics[row.metric](),
      threshold: options.threshold ?? this.thresholdOf(symptom),
      comparisonOperator: ComparisonOperator.GREATER_THAN_THRESHOLD,
      evaluationPeriods: options.minutes ?? row.minutes,
      treatMissingData: TreatMissingData.MISSING,
      alarmDescription: `${this.cache.node.path}: ${row.description}`,
    });
    alarm.addAlarmAction(...this.actions);
    this.alarms.push(alarm);
    return alarm;
  }

  private thresholdOf(symptom: Symptom): number {
    const given: Record<Symptom, number | undefined> = {
      engineCpu: this.thresholds.engineCpuPercent,
      hostCpu: this.thresholds.hostCpuPercent,
      memory: this.thresholds.memoryPercent,
      evictions: this.thresholds.evictionsPerMinute,
      connections: this.thresholds.connections,
      replicationLag: this.thresholds.replicationLag?.toSeconds({ integral: false }),
    };
    return given[symptom] ?? SYMPTOMS[symptom].threshold(this.vcpus()) ?? fail(this, 'ThresholdUnknown',
      `the threshold of ${metricOf(symptom).name} follows from the node type, which is not known here: give a threshold, or nodeType when the cache is imported`);
  }

  private vcpus(): number | undefined {
    return this.cache.metrics._subject.nodeType?.features.vcpus;
  }
}
