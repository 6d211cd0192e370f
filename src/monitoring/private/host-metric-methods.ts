import { IMetric, MetricOptions } from 'aws-cdk-lib/aws-cloudwatch';
import type { MetricKey } from './metric-catalog';

/**
 * The metrics of hosts as methods. Part of `CacheMetrics`, in a file of its own for its length.
 *
 * @internal
 */
export abstract class HostMetricMethods {
  /** @internal */
  public abstract _ofAllNodes(metric: MetricKey, options?: MetricOptions): IMetric;

  /**
   * Use of all cores of the node, in percent. The measure for node types with one or two vCPUs, where other work takes from the engine.
   *
   * @param options period, statistic, label and the like
   */
  public cpuUtilization(options?: MetricOptions): IMetric {
    return this._ofAllNodes('cpuUtilization', options);
  }

  /**
   * CPU credits that a node has left: the least of any node, every five minutes. Nodes of the families T3 and T4g only.
   *
   * @param options period, statistic, label and the like
   */
  public cpuCreditBalance(options?: MetricOptions): IMetric {
    return this._ofAllNodes('cpuCreditBalance', options);
  }

  /**
   * CPU credits that a node spent: the most of any node, every five minutes. Nodes of the families T3 and T4g only.
   *
   * @param options period, statistic, label and the like
   */
  public cpuCreditUsage(options?: MetricOptions): IMetric {
    return this._ofAllNodes('cpuCreditUsage', options);
  }

  /**
   * Memory of the node that neither the engine nor anything else uses, in bytes: the least of any node.
   *
   * @param options period, statistic, label and the like
   */
  public freeableMemory(options?: MetricOptions): IMetric {
    return this._ofAllNodes('freeableMemory', options);
  }

  /**
   * Memory of the node that was moved to disk, in bytes. More than 50 MiB slows a node of Memcached down.
   *
   * @param options period, statistic, label and the like
   */
  public swapUsage(options?: MetricOptions): IMetric {
    return this._ofAllNodes('swapUsage', options);
  }

  /**
   * Bytes that were received, of all nodes together.
   *
   * @param options period, statistic, label and the like
   */
  public networkBytesIn(options?: MetricOptions): IMetric {
    return this._ofAllNodes('networkBytesIn', options);
  }

  /**
   * Bytes that were sent, of all nodes together.
   *
   * @param options period, statistic, label and the like
   */
  public networkBytesOut(options?: MetricOptions): IMetric {
    return this._ofAllNodes('networkBytesOut', options);
  }

  /**
   * Packets that were received, of all nodes together.
   *
   * @param options period, statistic, label and the like
   */
  public networkPacketsIn(options?: MetricOptions): IMetric {
    return this._ofAllNodes('networkPacketsIn', options);
  }

  /**
   * Packets that were sent, of all nodes together.
   *
   * @param options period, statistic, label and the like
   */
  public networkPacketsOut(options?: MetricOptions): IMetric {
    return this._ofAllNodes('networkPacketsOut', options);
  }

  /**
   * The most bytes that any node received in one second of each minute.
   *
   * @param options period, statistic, label and the like
   */
  public networkMaxBytesIn(options?: MetricOptions): IMetric {
    return this._ofAllNodes('networkMaxBytesIn', options);
  }

  /**
   * The most bytes that any node sent in one second of each minute.
   *
   * @param options period, statistic, label and the like
   */
  public networkMaxBytesOut(options?: MetricOptions): IMetric {
    return this._ofAllNodes('networkMaxBytesOut', options);
  }

  /**
   * The most packets that any node received in one second of each minute.
   *
   * @param options period, statistic, label and the like
   */
  public networkMaxPacketsIn(options?: MetricOptions): IMetric {
    return this._ofAllNodes('networkMaxPacketsIn', options);
  }

  /**
   * The most packets that any node sent in one second of each minute.
   *
   * @param options period, statistic, label and the like
   */
  public networkMaxPacketsOut(options?: MetricOptions): IMetric {
    return this._ofAllNodes('networkMaxPacketsOut', options);
  }

  /**
   * Packets that waited or were dropped because a node received more than its network takes.
   *
   * @param options period, statistic, label and the like
   */
  public networkBandwidthInAllowanceExceeded(options?: MetricOptions): IMetric {
    return this._ofAllNodes('networkBandwidthInAllowanceExceeded', options);
  }

  /**
   * Packets that waited or were dropped because a node sent more than its network takes.
   *
   * @param options period, statistic, label and the like
   */
  public networkBandwidthOutAllowanceExceeded(options?: MetricOptions): IMetric {
    return this._ofAllNodes('networkBandwidthOutAllowanceExceeded', options);
  }

  /**
   * Packets that were dropped because a node tracked as many connections as it can: new connections fail.
   *
   * @param options period, statistic, label and the like
   */
  public networkConntrackAllowanceExceeded(options?: MetricOptions): IMetric {
    return this._ofAllNodes('networkConntrackAllowanceExceeded', options);
  }

  /**
   * Packets that waited or were dropped because a node had more of them a second than its network takes.
   *
   * @param options period, statistic, label and the like
   */
  public networkPacketsPerSecondAllowanceExceeded(options?: MetricOptions): IMetric {
    return this._ofAllNodes('networkPacketsPerSecondAllowanceExceeded', options);
  }

  /**
   * Packets that were dropped because a node sent more to services of its own host, such as DNS, than those take.
   *
   * @param options period, statistic, label and the like
   */
  public networkLinkLocalAllowanceExceeded(options?: MetricOptions): IMetric {
    return this._ofAllNodes('networkLinkLocalAllowanceExceeded', options);
  }
}
