const nobody = "'00000000-0000-0000-0000-000000000000'::uuid";

/**
 * A condition on a row of `facts.item`: the login of the session may see it. `''` in a scope stands for none. What the login is does not
 * depend on the row, so it is looked up once for a query.
 */
export function seen(item: string): string {
  return `((select r.sees_all from app.reader r) or ${seenOfScope(item)})`;
}

/** The same for a row that only has the key of something items have too: it occurs in an item that may be seen. */
export function ofSeenItems(key: string, column: 'connection_id' | 'team_id' | 'customer_id'): string {
  return `((select r.sees_all from app.reader r)
    or ${key} in (select distinct i.${column} from facts.item i where ${seenOfScope('i')}))`;
}

function seenOfScope(item: string): string {
  const group = `(select u.group_name from core.customer u where u.id = ${item}.customer_id)`;
  return `((select r.is_scoped from app.reader r)
    and ${allowed(`coalesce(${item}.team_id, ${nobody})`, 'team_ids', 'uuid')}
    and ${allowed(`coalesce(${item}.service, '')`, 'services', 'text')}
    and ${allowed(`coalesce(${group}, '')`, 'groups', 'text')})`;
}

function allowed(value: string, column: string, type: string): string {
  const list = `(select r.${column} from app.reader r)`;
  return `(${list} is null or ${value} = any(${list}::${type}[]))`;
}
