// The tables of metrics and symptoms are loaded when the first metric or alarm is asked for: a cache without them does not pay for them.
/* eslint-disable @typescript-eslint/no-require-imports */
import type * as DashboardWidgets from './dashboard-widgets';
import type * as EventDelivery from './event-delivery';
import type * as Events from './event-table';
import type * as Catalog from './metric-catalog';
import type * as Symptoms from './symptom-table';

/** The metric catalogue. */
export function catalog(): typeof Catalog {
  return require('./metric-catalog') as typeof Catalog;
}

/** The table of symptoms. */
export function symptoms(): typeof Symptoms {
  return require('./symptom-table') as typeof Symptoms;
}

/** The table of events. */
export function events(): typeof Events {
  return require('./event-table') as typeof Events;
}

/** What brings events to their targets, with the modules of CDK that it takes. */
export function eventDelivery(): typeof EventDelivery {
  return require('./event-delivery') as typeof EventDelivery;
}

/** What makes the widgets of a dashboard. */
export function dashboardWidgets(): typeof DashboardWidgets {
  return require('./dashboard-widgets') as typeof DashboardWidgets;
}
