// The names of events against an independent source: the schemas of EventBridge in AWS's own data. Notifications have no schema: their page lists them.
import { loadAwsServiceSpecSync } from '@aws-cdk/aws-service-spec';
import { ASKED_EVENTS, EVENT_SOURCE, EVENTS, eventsOf, MOST_FILTERED_NAMES } from '../../src/monitoring/private/event-table';

const KINDS = ['replicationGroup', 'memcached', 'serverless'] as const;
const published = loadAwsServiceSpecSync().all('event').filter(({ source }) => source === EVENT_SOURCE);

test('events of serverless caches are those that EventBridge has schemas of', () => {
  expect(published.length).toBeGreaterThan(5);
  expect(eventsOf('serverless').map(({ name }) => name).sort()).toEqual(published.map(({ detailType }) => detailType).sort());
});

test('rules match on fields that the schemas have', () => {
  const db = loadAwsServiceSpecSync();
  for (const { rootProperty } of published) {
    expect(Object.keys(db.get('eventTypeDefinition', rootProperty.$ref).properties)).toEqual(expect.arrayContaining(['SourceArn', 'SourceType']));
  }
});

test('each name stands once, with the page that lists it', () => {
  expect(new Set(EVENTS.map(({ name }) => name)).size).toBe(EVENTS.length);
  EVENTS.forEach(({ name, source, kinds }) => {
    expect(source).toMatch(name.startsWith('ElastiCache:') ? /ElastiCacheSNS\.html$/ : /events-ref-elasticache\.html$/);
    expect(kinds.length).toBeGreaterThan(0);
  });
});

test.each(Object.entries(ASKED_EVENTS))('%s: names of the table that the kind of cache has, as many as a filter holds, or why there are none', (_, byKind) => {
  KINDS.forEach((kind) => {
    const names = byKind[kind];
    if (typeof names === 'string') {
      expect(names.length).toBeGreaterThan(20);
    } else {
      expect(eventsOf(kind).map(({ name }) => name)).toEqual(expect.arrayContaining([...names]));
      expect(names.length).toBeLessThanOrEqual(MOST_FILTERED_NAMES.names);
    }
  });
});
