import { scopeDimensions, type Scope, type ScopeDimension } from './principal.js';

/**
 * The condition on a relation with the keys of an item (`team_id`, `service`, `customer_id`) that a scope sets; `true` where it sets none.
 * Adds its values to `parameters`. The empty name stands for none, as in filters.
 */
export function scopeCondition(scope: Scope | null, alias: string, parameters: unknown[]): string {
  return all(scope, (dimension, names) => conditions[dimension](alias, given(names, parameters)));
}

/**
 * The same for a whole item: it is also seen by a team that held it once, since it stands behind the numbers of that team. The relation
 * has its `item_id` too.
 */
export function itemScopeCondition(scope: Scope | null, alias: string, parameters: unknown[]): string {
  return all(scope, (dimension, names) => {
    const place = given(names, parameters);
    const now = conditions[dimension](alias, place);
    if (dimension !== 'team') return now;
    return `(${now} or exists (
      select from facts.ownership o
      join core.team held on held.id = o.owner_id
      where o.item_id = ${alias}.item_id and o.level = 'team' and held.name = any(${place})
    ))`;
  });
}

/** The same as `isSeen`, of filters that are kept as `jsonb`. */
export function filtersCondition(scope: Scope | null, expression: string, parameters: unknown[]): string {
  return all(scope, (dimension, names) => {
    const about = `${expression} -> '${dimension}'`;
    return `(jsonb_array_length(coalesce(${about}, '[]')) > 0 and ${about} <@ to_jsonb(${given(names, parameters)}))`;
  });
}

function all(scope: Scope | null, of: (dimension: ScopeDimension, names: readonly string[]) => string): string {
  const set = scopeDimensions.flatMap((dimension) => {
    const names = scope?.[dimension];
    return names === undefined ? [] : [of(dimension, names)];
  });
  return set.length === 0 ? 'true' : set.join(' and ');
}

function given(names: readonly string[], parameters: unknown[]): string {
  parameters.push(names);
  return `$${parameters.length}::text[]`;
}

const conditions: Record<ScopeDimension, (alias: string, names: string) => string> = {
  service: (alias, names) => `coalesce(${alias}.service, '') = any(${names})`,
  team: (alias, names) =>
    `(${alias}.team_id in (select id from core.team where name = any(${names})) or (${alias}.team_id is null and '' = any(${names})))`,
  group: (alias, names) => `(${alias}.customer_id in (select id from core.customer where coalesce(group_name, '') = any(${names}))
    or (${alias}.customer_id is null and '' = any(${names})))`,
};
