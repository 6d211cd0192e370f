// Metrics, alarms and their tables are loaded when the first of them is asked for: a cache without them does not pay for them.
/* eslint-disable @typescript-eslint/no-require-imports */
import type * as DashboardWidgets from './dashboard-widgets';
import type * as EventDelivery from './event-delivery';
import type { EventSubject } from './event-subject';
import type * as Events from './event-table';
import type * as FailedSnapshots from './failed-snapshots';
import type * as Catalog from './metric-catalog';
import type { MetricSubject } from './metric-subject';
import type * as Symptoms from './symptom-table';
import type * as Alarms from '../cache-alarms';
import type * as CacheEvents from '../cache-events';
import type * as Metrics from '../cache-metrics';

/** The metric catalogue. */
export function catalog(): typeof Catalog {
  return require('./metric-catalog') as typeof Catalog;
}

/** The table of symptoms. */
export function symptoms(): typeof Symptoms {
  return require('./symptom-table') as typeof Symptoms;
}

/** The metrics of a cache. */
export function metricsOf(subject: MetricSubject): Metrics.CacheMetrics {
  return (require('../cache-metrics') as typeof Metrics).CacheMetrics._of(subject);
}

/** The class of alarms. */
export function alarmsClass(): typeof Alarms.CacheAlarms {
  return (require('../cache-alarms') as typeof Alarms).CacheAlarms;
}

/** The events of a cache. */
export function eventsOf(subject: EventSubject): CacheEvents.CacheEvents {
  return (require('../cache-events') as typeof CacheEvents).CacheEvents._of(subject);
}

/** The table of events. */
export function events(): typeof Events {
  return require('./event-table') as typeof Events;
}

/** What brings events to their targets, with the modules of CDK that it takes. */
export function eventDelivery(): typeof EventDelivery {
  return require('./event-delivery') as typeof EventDelivery;
}

/** What makes a metric of events of failed backups. */
export function failedSnapshots(): typeof FailedSnapshots {
  return require('./failed-snapshots') as typeof FailedSnapshots;
}

/** What makes the widgets of a dashboard. */
export function dashboardWidgets(): typeof DashboardWidgets {
  return require('./dashboard-widgets') as typeof DashboardWidgets;
}
