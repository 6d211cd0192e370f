import { Alarm, ComparisonOperator, IAlarmAction, TreatMissingData } from 'aws-cdk-lib/aws-cloudwatch';
import { SnsAction } from 'aws-cdk-lib/aws-cloudwatch-actions';
import { ITopic } from 'aws-cdk-lib/aws-sns';
import { Construct } from 'constructs';
import { AlarmThresholds } from './alarm-thresholds';
import { KIND_TITLES } from './private/metric-catalog';
import { FEW_VCPUS, LimitFacts, metricOf, RECOMMENDED_SYMPTOMS, Symptom, symptomFor, SymptomRow, SYMPTOMS } from './private/symptom-table';
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
 * CloudWatch watches at most ten nodes with one alarm. For a cache with more there is one alarm for every ten nodes, the first with the id that
 * was asked for, the others with the number of their first node behind it: `Evictions`, `EvictionsFromNode11`, `EvictionsFromNode21`.
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
   * memory, evictions, connections, and replication lag when there is a replica. For Memcached on nodes: CPU, evictions, connections
   * and swap. For a serverless cache: evictions, throttled commands, and storage and processing units where they have a maximum.
   *
   * @returns the alarms
   */
  public addRecommended(): Alarm[] {
    const { kind, nodes } = this.cache.metrics._subject;
    const candidates = RECOMMENDED_SYMPTOMS[kind];
    const cpu = candidates.includes('engineCpu') ? this.cpuSymptoms() : candidates;
    const applies = (symptom: Symptom) => symptom === 'engineCpu' || symptom === 'hostCpu' ? cpu.includes(symptom)
      : (!metricOf(symptom).replicasOnly || (nodes?.length ?? 0) > 1) && this.knownThreshold(symptom) !== undefined;
    return candidates.filter(applies).flatMap((symptom) => this.add(symptom, SYMPTOMS[symptom].id));
  }

  /**
   * The engine uses nearly all of its core. For node types with four vCPUs and more.
   *
   * @param id the id of the alarm
   * @param options what differs
   * @returns the alarm; several for a cache of more than ten nodes
   */
  public addEngineCpu(id: string, options?: CacheAlarmOptions): Alarm[] {
    return this.add('engineCpu', id, options);
  }

  /**
   * A node is short of CPU. For node types with one or two vCPUs, and for Memcached on any.
   *
   * @param id the id of the alarm
   * @param options what differs
   * @returns the alarm; several for a cache of more than ten nodes
   */
  public addHostCpu(id: string, options?: CacheAlarmOptions): Alarm[] {
    return this.add('hostCpu', id, options);
  }

  /**
   * A node is short of memory for data.
   *
   * @param id the id of the alarm
   * @param options what differs
   * @returns the alarm; several for a cache of more than ten nodes
   */
  public addMemory(id: string, options?: CacheAlarmOptions): Alarm[] {
    return this.add('memory', id, options);
  }

  /**
   * Keys are evicted because memory is full.
   *
   * @param id the id of the alarm
   * @param options what differs
   * @returns the alarm; several for a cache of more than ten nodes
   */
  public addEvictions(id: string, options?: CacheAlarmOptions): Alarm[] {
    return this.add('evictions', id, options);
  }

  /**
   * A node has nearly as many connections as it can hold.
   *
   * @param id the id of the alarm
   * @param options what differs
   * @returns the alarm; several for a cache of more than ten nodes
   */
  public addConnections(id: string, options?: CacheAlarmOptions): Alarm[] {
    return this.add('connections', id, options);
  }

  /**
   * A replica is behind its primary. An error for a cache without replicas.
   *
   * @param id the id of the alarm
   * @param options what differs
   * @returns the alarm; several for a cache of more than ten nodes
   */
  public addReplicationLag(id: string, options?: CacheAlarmOptions): Alarm[] {
    return this.add('replicationLag', id, options);
  }

  /**
   * A node of Memcached moves memory to disk.
   *
   * @param id the id of the alarm
   * @param options what differs
   * @returns the alarm; several for a cache of more than ten nodes
   */
  public addSwap(id: string, options?: CacheAlarmOptions): Alarm[] {
    return this.add('swap', id, options);
  }

  /**
   * Commands are throttled. Serverless caches only.
   *
   * @param id the id of the alarm
   * @param options what differs
   * @returns the alarm
   */
  public addThrottledCommands(id: string, options?: CacheAlarmOptions): Alarm[] {
    return this.add('throttledCommands', id, options);
  }

  /**
   * A serverless cache nears the maximum of its storage. Needs `maxStorage` of the limits, or a threshold in bytes.
   *
   * @param id the id of the alarm
   * @param options what differs
   * @returns the alarm
   */
  public addStorage(id: string, options?: CacheAlarmOptions): Alarm[] {
    return this.add('storage', id, options);
  }

  /**
   * A serverless cache nears the maximum of its processing units. Needs `maxEcpuPerSecond` of the limits, or a threshold in units a minute.
   *
   * @param id the id of the alarm
   * @param options what differs
   * @returns the alarm
   */
  public addEcpu(id: string, options?: CacheAlarmOptions): Alarm[] {
    return this.add('ecpu', id, options);
  }

  /**
   * Reads are slow. Needs a threshold in microseconds: what is slow is for the application to say.
   *
   * @param id the id of the alarm
   * @param options what differs
   * @returns the alarm
   */
  public addReadLatency(id: string, options?: CacheAlarmOptions): Alarm[] {
    return this.add('readLatency', id, options);
  }

  /**
   * Writes are slow. Needs a threshold in microseconds: what is slow is for the application to say.
   *
   * @param id the id of the alarm
   * @param options what differs
   * @returns the alarm
   */
  public addWriteLatency(id: string, options?: CacheAlarmOptions): Alarm[] {
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
    const { engineCpuPercent, hostCpuPercent } = this.thresholds;
    const vcpus = this.vcpus();
    if (engineCpuPercent === undefined && hostCpuPercent === undefined) {
      return vcpus !== undefined && vcpus <= FEW_VCPUS ? ['hostCpu'] : ['engineCpu'];
    }
    return [...engineCpuPercent === undefined ? [] : ['engineCpu' as const], ...hostCpuPercent === undefined ? [] : ['hostCpu' as const]];
  }

  private add(asked: Symptom, id: string, options: CacheAlarmOptions = {}): Alarm[] {
    const { kind } = this.cache.metrics._subject;
    const symptom = symptomFor(asked, kind);
    const row: SymptomRow = SYMPTOMS[symptom];
    if (!row.kinds.includes(kind)) {
      return fail(this, 'AlarmUnfit',
        `alarm ${row.id} does not exist for ${KIND_TITLES[kind]}; it exists for ${row.kinds.map((each) => KIND_TITLES[each]).join(', ')}`);
    }
    const description = row.descriptions?.[kind] ?? row.description;
    const threshold = options.threshold ?? this.thresholdOf(symptom);
    return this.cache.metrics._forAlarms(row.metric).map(({ metric, first, last }, index, all) => {
      const alarm = new Alarm(this, index === 0 ? id : `${id}FromNode${first}`, {
        metric,
        threshold,
        comparisonOperator: ComparisonOperator.GREATER_THAN_THRESHOLD,
        evaluationPeriods: options.minutes ?? row.minutes,
        treatMissingData: TreatMissingData.MISSING,
        alarmDescription: `${this.cache.node.path}${all.length > 1 ? `, nodes ${first} to ${last}` : ''}: ${description}`,
      });
      alarm.addAlarmAction(...this.actions);
      this.alarms.push(alarm);
      return alarm;
    });
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
      memcachedCpu: this.thresholds.hostCpuPercent,
      memory: this.thresholds.memoryPercent,
      evictions: this.thresholds.evictionsPerMinute,
      connections: this.thresholds.connections,
      replicationLag: this.thresholds.replicationLag?.toSeconds({ integral: false }),
      swap: this.thresholds.swapUsage?.toBytes(),
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
