import { SizeRoundingBehavior, Token } from 'aws-cdk-lib';
import { ASKING, GIVEN } from './given-thresholds';
import { KIND_TITLES } from './metric-dimensions';
import type { Symptom, SymptomRow, ThresholdFacts } from './symptom-table';
import { catalog, symptoms } from './tables';
import type { AlarmThresholds } from '../alarm-thresholds';
import type { CacheMetrics } from '../cache-metrics';

/** Decides which alarms a cache gets, and beyond what they go off. Makes nothing. */
export class AlarmPlan {
  public constructor(private readonly metrics: CacheMetrics, private readonly thresholds: AlarmThresholds) {}

  /** The symptom as the cache has it. */
  public symptomFor(asked: Symptom): Symptom {
    return symptoms().symptomFor(asked, this.metrics._subject.kind, this.metrics._subject.engine);
  }

  /** Why the cache cannot have a symptom; `undefined` when it can. */
  public unfit(symptom: Symptom): string | undefined {
    const { kind } = this.metrics._subject;
    const row = symptoms().symptomRow(symptom);
    if (row.kinds.includes(kind)) {
      return undefined;
    }
    const others = symptoms().kindsWith(symptom).map((each) => KIND_TITLES[each]).join(', ');
    return `alarm ${row.id} does not exist for ${KIND_TITLES[kind]}; it exists for ${others}`;
  }

  /**
   * The symptoms that the cache gets alarms for without being asked for each: the recommended ones but those that are not wanted, and those that a
   * threshold was given for.
   */
  public recommended(): Symptom[] {
    const { kind } = this.metrics._subject;
    const { RECOMMENDED_SYMPTOMS, ASKED_SYMPTOMS, askedFor } = symptoms();
    const candidates = RECOMMENDED_SYMPTOMS[kind];
    const cpu = candidates.includes('engineCpu') ? this.cpuSymptoms() : candidates;
    const applies = (symptom: Symptom) => symptom === 'engineCpu' || symptom === 'hostCpu' ? cpu.includes(symptom)
      : this.hasReplicasFor(symptom) && this.known(symptom) !== undefined;
    const asking = ASKED_SYMPTOMS.map((symptom) => this.symptomFor(symptom))
      .filter((symptom) => ASKING[symptom]?.(this.thresholds) !== undefined && this.unfit(symptom) === undefined && !this.lacksMetrics(symptom));
    const without = (this.thresholds.without ?? []) as readonly string[];
    return [...candidates.filter(applies), ...asking].filter((symptom) => !without.includes(askedFor(symptom)));
  }

  /** The threshold of a symptom, when it follows from what is known. */
  public known(symptom: Symptom): number | undefined {
    return (GIVEN[symptom] ?? ASKING[symptom])?.(this.thresholds) ?? this.derived(symptom);
  }

  /** Whether nodes keep data on SSD too. */
  public isTiered(): boolean {
    return this.metrics._subject.nodeType?.features.dataTiering ?? false;
  }

  /** For how many minutes a symptom must last. */
  public minutesOf(symptom: Symptom): number {
    return (symptom === 'evictions' ? this.thresholds.evictionMinutes : undefined) ?? symptoms().symptomRow(symptom).minutes;
  }

  /** The threshold of the warning that goes with a threshold; `undefined` when there is none, as for a token, which cannot be multiplied. */
  public warningOf(symptom: Symptom, threshold: number | undefined = this.known(symptom)): number | undefined {
    const { warning, most }: SymptomRow = symptoms().symptomRow(symptom);
    const scaled = warning === undefined || threshold === undefined || Token.isUnresolved(threshold) ? undefined : threshold * warning;
    return scaled === undefined || scaled === threshold || (most !== undefined && scaled >= most) ? undefined : scaled;
  }

  private derived(symptom: Symptom): number | undefined {
    return symptoms().symptomRow(symptom).threshold(this.facts());
  }

  /** A threshold that was given says which CPU is watched; without one the number of vCPUs says it. */
  private cpuSymptoms(): Symptom[] {
    const { engineCpuPercent, hostCpuPercent } = this.thresholds;
    const { vcpus } = this.facts();
    if (engineCpuPercent === undefined && hostCpuPercent === undefined) {
      return vcpus !== undefined && vcpus <= symptoms().FEW_VCPUS ? ['hostCpu'] : ['engineCpu'];
    }
    return [...engineCpuPercent === undefined ? [] : ['engineCpu' as const], ...hostCpuPercent === undefined ? [] : ['hostCpu' as const]];
  }

  private hasReplicasFor(symptom: Symptom): boolean {
    return !symptoms().metricOf(symptom).replicasOnly || this.metrics._published.hasReplicas();
  }

  private lacksMetrics(symptom: Symptom): boolean {
    return symptoms().symptomRow(symptom).metrics.some((metric) => this.metrics._published.lacks(catalog().METRICS[metric]));
  }

  private facts(): ThresholdFacts {
    const { limits, nodeType } = this.metrics._subject;
    const { storagePercent, ecpuPercent } = this.thresholds;
    return {
      vcpus: nodeType?.features.vcpus,
      memoryBytes: nodeType?.features.memory?.toBytes({ rounding: SizeRoundingBehavior.FLOOR }),
      // A share of them that is a token cannot be taken: CloudFormation has no arithmetic.
      maxStorageGigabytes: Token.isUnresolved(storagePercent) ? undefined : limits?._maxStorageGigabytes(),
      maxEcpuPerSecond: Token.isUnresolved(ecpuPercent) ? undefined : limits?._maxEcpu(),
      storagePercent,
      ecpuPercent,
    };
  }
}
