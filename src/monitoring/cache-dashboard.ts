import { Duration } from 'aws-cdk-lib';
import { Dashboard, IWidget, PeriodOverride } from 'aws-cdk-lib/aws-cloudwatch';
import { Construct } from 'constructs';
import { CacheAlarms } from './cache-alarms';
import type { Shown } from './private/dashboard-widgets';
import { dashboardWidgets } from './private/tables';
import { ICacheCluster } from '../cache/cache-cluster-ref';
import { attach } from '../private/check';
import { fail } from '../private/errors';

/** What a dashboard shows. */
export interface CacheDashboardProps {
  /** The caches, owned or imported, of any account and Region that the dashboard's account may see. */
  readonly caches: ICacheCluster[];

  /**
   * Alarms of the caches, beside those that a `CacheCluster` has. Their state is shown, and their thresholds are drawn in the graphs.
   *
   * @default - those of each `CacheCluster`
   */
  readonly alarms?: CacheAlarms[];

  /**
   * The name of the dashboard.
   *
   * @default - CloudFormation makes one
   */
  readonly dashboardName?: string;

  /**
   * Whether several caches are shown one by one too, below what compares them.
   *
   * @default true
   */
  readonly details?: boolean;

  /**
   * The time that is shown at first.
   *
   * @default Duration.hours(3)
   */
  readonly defaultInterval?: Duration;

  /**
   * Whether graphs keep their period of a minute. With another one sums are larger, and thresholds mean something else.
   *
   * @default PeriodOverride.INHERIT
   */
  readonly periodOverride?: PeriodOverride;
}

/**
 * A dashboard of one cache, or of several side by side: what clients feel first, then what may be the cause, with a word on what to look for.
 *
 * It shows what the caches publish: a graph that none of them has a metric for is left out. A cache with more than twelve nodes shows its worst
 * node and the average. Thresholds of alarms are lines in the graphs.
 *
 * More is added with `dashboard.addWidgets`.
 *
 * @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/CloudWatch_Dashboards.html
 *
 * @example
 * new CacheDashboard(this, 'Dashboard', { caches: [cache] });
 */
export class CacheDashboard extends Construct {
  /** The dashboard. */
  public readonly dashboard: Dashboard;

  public constructor(scope: Construct, id: string, props: CacheDashboardProps) {
    super(scope, id);
    if (props.caches.length === 0) {
      fail(this, 'DashboardEmpty', 'caches must name at least one cache, got: an empty list');
    }
    const shown = props.caches.map((cache) => ({
      cache,
      alarms: () => alarmsOf(cache, props.alarms).flatMap(({ alarms }) => alarms),
      metricAlarms: () => alarmsOf(cache, props.alarms).flatMap(({ metricAlarms }) => metricAlarms),
    }));
    const widgets = this.widgetsOf(shown, props.details ?? true);
    this.checkLimits(widgets);
    this.dashboard = new Dashboard(this, 'Resource', {
      dashboardName: props.dashboardName,
      defaultInterval: props.defaultInterval ?? Duration.hours(3),
      periodOverride: props.periodOverride ?? PeriodOverride.INHERIT,
      widgets,
    });
  }

  private widgetsOf(shown: readonly Shown[], details: boolean): IWidget[][] {
    const { widgetsOfCache, widgetsOfFleet } = dashboardWidgets();
    return shown.length === 1 ? widgetsOfCache(shown[0])
      : [...widgetsOfFleet(shown), ...details ? shown.flatMap((each) => widgetsOfCache(each, 2)) : []];
  }

  private checkLimits(rows: readonly IWidget[][]): void {
    const { countOf, DASHBOARD_LIMITS } = dashboardWidgets();
    const { widgets, metrics, most } = countOf(rows);
    const advice = 'set details to false, or make a dashboard for each of fewer caches';
    if (widgets > DASHBOARD_LIMITS.widgets || most > DASHBOARD_LIMITS.metricsOfWidget) {
      fail(this, 'DashboardTooLarge', `caches need ${widgets} widgets, and up to ${most} metrics in one; a dashboard has at most ${
        DASHBOARD_LIMITS.widgets} widgets of ${DASHBOARD_LIMITS.metricsOfWidget} metrics (${DASHBOARD_LIMITS.source}): ${advice}`);
    }
    if (metrics > DASHBOARD_LIMITS.metrics) {
      attach(this, [{
        code: 'DashboardQuota',
        message: `caches need ${metrics} metrics over all widgets; the quota of a dashboard is ${DASHBOARD_LIMITS.metrics} (${
          DASHBOARD_LIMITS.metricsSource}): ${advice}`,
      }]);
    }
  }
}

/** What makes the alarms of a cache, asked at synthesis: some are made after the dashboard. */
function alarmsOf(cache: ICacheCluster, given: readonly CacheAlarms[] = []): CacheAlarms[] {
  const { alarms: own } = cache as { readonly alarms?: unknown };
  return [...new Set([...own instanceof CacheAlarms ? [own] : [], ...given.filter((each) => each._cache.metrics === cache.metrics)])];
}
