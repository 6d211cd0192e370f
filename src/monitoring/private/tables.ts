// The tables of metrics and symptoms are loaded when the first metric or alarm is asked for: a cache without them does not pay for them.
/* eslint-disable @typescript-eslint/no-require-imports */
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
