// Templates write Redis, REDIS and redis: it is the same engine, refused for nothing and judged as ever.
import { CASES_BY_FOLDER, TemplateResources } from './cases';
import { judge, rejections } from './support/judge';

const FORMS: Readonly<Record<string, (engine: string) => string>> = {
  capital: (engine) => engine.charAt(0).toUpperCase() + engine.slice(1),
  upper: (engine) => engine.toUpperCase(),
};

/** The schemas of these enumerate the engines, in lower case. */
const MINDS_CASE = /^AWS::ElastiCache::User(Group)?$/;

function rewritten(resources: TemplateResources, form: (engine: string) => string): TemplateResources {
  return Object.fromEntries(Object.entries(resources).map(([id, { Properties = {}, ...resource }]) => [id, {
    ...resource, Properties: { ...Properties, ...typeof Properties.Engine === 'string' && !MINDS_CASE.test(resource.Type) ? { Engine: form(Properties.Engine) } : {} },
  }]));
}

const CASES = Object.entries(CASES_BY_FOLDER).flatMap(([folder, cases]) => Object.entries(cases)
  .filter(([, { bad, good }]) => [bad, good].some((side) => Object.values(side).some(({ Properties = {} }) => 'Engine' in Properties)))
  .map(([name, { bad, good }]) => [`${folder}: ${name}`, bad, good] as const));

describe.each(Object.entries(FORMS))('%s', (_, form) => {
  test.each(CASES)('%s', (__, bad, good) => {
    expect(rejections({ Resources: rewritten(good, form) })).toEqual([]);
    const codes = (Resources: TemplateResources) => judge({ Resources }).map(({ code, logicalId }) => `${code} ${logicalId}`).sort();
    expect(codes(rewritten(bad, form))).toEqual(codes(bad));
  });
});

test('what another library writes passes', () => {
  const group = { ReplicationGroupDescription: 'Cache', EngineVersion: '7.1', CacheNodeType: 'cache.t4g.micro', NumCacheClusters: 2, CacheSubnetGroupName: 'subnets' };
  for (const Engine of ['Redis', 'REDIS', 'rEDIS']) {
    expect(rejections({ Resources: { Cache: { Type: 'AWS::ElastiCache::ReplicationGroup', Properties: { ...group, Engine } } } })).toEqual([]);
  }
});
