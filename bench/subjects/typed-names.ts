/** The names in a cache that the library generates, and that a person would type. */
export interface TypedNames {
  readonly userId: string;
  readonly userGroupId: string;
  readonly serverlessCacheName: string;
}

const typed = new Map<string, TypedNames>();

/** Takes the names from the library's templates, so that the same caches can be written by hand. */
export function readNames(templates: readonly any[]): void {
  const properties = ['UserId', 'UserGroupId', 'ServerlessCacheName'].map((property) => [property, property[0].toLowerCase() + property.slice(1)]);
  for (const [logicalId, resource] of templates.flatMap((template) => Object.entries<any>(template.Resources))) {
    const cache = /^(Cache\d+)(AppUser|UserGroup|ServerlessCache)/.exec(logicalId)?.[1];
    const names = properties.filter(([property]) => typeof resource.Properties?.[property] === 'string').map(([property, name]) => [name, resource.Properties[property]]);
    if (cache) {
      typed.set(cache, { ...typed.get(cache), ...Object.fromEntries(names) });
    }
  }
}

/** Where templates are not compared, any name does. */
export function namesOf(id: string): TypedNames {
  return typed.get(id) ?? { userId: `user-${id}`, userGroupId: `group-${id}`, serverlessCacheName: `cache-${id}` };
}
