import type pg from 'pg';
import { wordsOf } from '#etl/erasure/erased-words.js';
import type { Party } from '../api.js';
import { Missing } from '../refusal.js';

/** Persons `p` with their connections `c`; conditions follow. */
export const knownParties = `
with party as (
  select id, connection_id, 'person' as kind, external_id, name from core.person
  union all
  select id, connection_id, 'customer', external_id, name from core.customer
)
select p.id, p.connection_id as "connectionId", p.kind, c.name as connection, p.external_id as "externalId", p.name
from party p
join ingest.connection c on c.id = p.connection_id
where true`;

/** Everybody of that name, whatever the connection, or whom that id is of. Throws `Missing` where there is nobody. */
export async function findPerson(db: pg.Pool | pg.ClientBase, who: string): Promise<Party[]> {
  const { rows } = await db.query<Party>(
    `${knownParties} and (p.id::text = lower($1) or lower(p.name) = lower($1) or p.external_id = $1)
    order by c.name, p.kind, p.id`,
    [who.trim()],
  );
  if (rows.length === 0) throw new Missing(`Nobody is called "${who}" or has this id; write the name as an item shows it.`);
  return rows;
}

/** An id that tells who somebody is: an address, or one made of the name. A number tells nothing. */
export function isTelling({ externalId, name }: Pick<Party, 'externalId' | 'name'>): boolean {
  if (externalId.includes('@')) return true;
  const words = new Set(wordsOf(name.toLowerCase()).filter((word) => word.length > 2));
  return externalId
    .toLowerCase()
    .split(/[^\p{L}\p{N}]+/u)
    .some((word) => words.has(word));
}
