import { Alarm, ComparisonOperator, IAlarmAction, TreatMissingData } from 'aws-cdk-lib/aws-cloudwatch';
import { SnsAction } from 'aws-cdk-lib/aws-cloudwatch-actions';
import { ITopic } from 'aws-cdk-lib/aws-sns';
import { Construct } from 'constructs';
import { AlarmThresholds } from './alarm-thresholds';
import { FEW_VCPUS, LimitFacts, metricOf, recommendedFor, Symptom, SymptomRow, SYMPTOMS } from './private/symptom-table';
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
   * Adds the recommended alarms. For nodes: CPU (of the engine, or of the node when it has at most two vCPUs; a threshold that was given decides
   * instead), memory, evictions, connections, and replication lag when there is a replica. For a serverless cache: evictions, throttled commands,
   * and storage and processing units where they have a maximum.
   *
   * @returns the alarms
   */
  public addRecommended(): Alarm[] {
    const { kind } = this.cache.metrics._subject;
    const symptoms = [...this.cpuSymptoms(), ...recommendedFor(kind), ...this.replicaSymptoms(), ...this.limitSymptoms()];
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
   * Commands are throttled. Serverless caches only.
   *
   * @param id the id of the alarm
   * @param options what differs
   */
  public addThrottledCommands(id: string, options?: CacheAlarmOptions): Alarm {
    return this.add('throttledCommands', id, options);
  }

  /**
   * A serverless cache nears the maximum of its storage. Needs `maxStorage` of the limits, or a threshold in bytes.
   *
   * @param id the id of the alarm
   * @param options what differs
   */
  public addStorage(id: string, options?: CacheAlarmOptions): Alarm {
    return this.add('storage', id, options);
  }

  /**
   * A serverless cache nears the maximum of its processing units. Needs `maxEcpuPerSecond` of the limits, or a threshold in units a minute.
   *
   * @param id the id of the alarm
   * @param options what differs
   */
  public addEcpu(id: string, options?: CacheAlarmOptions): Alarm {
    return this.add('ecpu', id, options);
  }

  /**
   * Reads are slow. Needs a threshold in microseconds: what is slow is for the application to say.
   *
   * @param id the id of the alarm
   * @param options what differs
   */
  public addReadLatency(id: string, options?: CacheAlarmOptions): Alarm {
    return this.add('readLatency', id, options);
  }

  /**
   * Writes are slow. Needs a threshold in microseconds: what is slow is for the application to say.
   *
   * @param id the id of the alarm
   * @param options what differs
   */
  public addWriteLatency(id: string, options?: CacheAlarmOptions): Alarm {
    return this.add('writeLatency', id, options);
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
    if (!this.cache.metrics._publishes(SYMPTOMS.hostCpu.metric)) {
      return [];
    }
    const { engineCpuPercent, hostCpuPercent } = this.thresholds;
    const vcpus = this.vcpus();
    if (engineCpuPercent === undefined && hostCpuPercent === undefined) {
      return vcpus !== undefined && vcpus <= FEW_VCPUS ? ['hostCpu'] : ['engineCpu'];
    }
    return [...engineCpuPercent === undefined ? [] : ['engineCpu' as const], ...hostCpuPercent === undefined ? [] : ['hostCpu' as const]];
  }

  private replicaSymptoms(): Symptom[] {
    const { nodes } = this.cache.metrics._subject;
    return (nodes?.length ?? 0) > 1 && this.cache.metrics._publishes(SYMPTOMS.replicationLag.metric) ? ['replicationLag'] : [];
  }

  /** The limits that a serverless cache has, and that are known. */
  private limitSymptoms(): Symptom[] {
    return (['storage', 'ecpu'] as const).filter((symptom) => this.knownThreshold(symptom) !== undefined);
  }

  private add(symptom: Symptom, id: string, options: CacheAlarmOptions = {}): Alarm {
    const row: SymptomRow = SYMPTOMS[symptom];
    const description = row.descriptions?.[this.cache.metrics._subject.kind] ?? row.description;
    const alarm = new Alarm(this, id, {
      metric: this.cache.metrics[row.metric](),
      threshold: options.threshold ?? this.thresholdOf(symptom),
      comparisonOperator: ComparisonOperator.GREATER_THAN_THRESHOLD,
      evaluationPeriods: options.minutes ?? row.minutes,
      treatMissingData: TreatMissingData.MISSING,
      alarmDescription: `${this.cache.node.path}: ${description}`,
    });
    alarm.addAlarmAction(...this.actions);
    this.alarms.push(alarm);
    return alarm;
  }

  private thresholdOf(symptom: Symptom): number {
    const { needs }: SymptomRow = SYMPTOMS[symptom];
    return this.knownThreshold(symptom) ?? fail(this, 'ThresholdUnknown',
      `the threshold of ${metricOf(symptom).name} does not follow from what is known here: give a threshold${needs ? `, or ${needs}` : ''}`);
  }

  private knownThreshold(symptom: Symptom): number | undefined {
    const given: Partial<Record<Symptom, number>> = {
      engineCpu: this.thresholds.engineCpuPercent,
      hostCpu: this.thresholds.hostCpuPercent,
      memory: this.thresholds.memoryPercent,
      evictions: this.thresholds.evictionsPerMinute,
      connections: this.thresholds.connections,
      replicationLag: this.thresholds.replicationLag?.toSeconds({ integral: false }),
      throttledCommands: this.thresholds.throttledCommandsPerMinute,
    };
    return given[symptom] ?? SYMPTOMS[symptom].threshold(this.vcpus(), this.limits());
  }

  private limits(): LimitFacts {
    const { limits } = this.cache.metrics._subject;
    return {
      maxStorageGigabytes: limits?._maxStorageGigabytes(),
      maxEcpuPerSecond: limits?._maxEcpu(),
      storagePercent: this.thresholds.storagePercent,
      ecpuPercent: this.thresholds.ecpuPercent,
    };
  }

  private vcpus(): number | undefined {
    return this.cache.metrics._subject.nodeType?.features.vcpus;
  }
}
