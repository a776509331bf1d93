import type pg from 'pg';
import type { Json } from '#etl/connector.js';
import type { FoundPerson, Party } from '../api.js';
import { namedBeside } from './addresses.js';
import { knownParties } from './find-person.js';

const mostPeople = 20;
/** Records looked through for an address. */
const mostRecords = 200;

/** Who may be meant by a part of a name, an id or an address, by name; those who were erased are not found. */
export async function searchPeople(pool: pg.Pool, search: string): Promise<FoundPerson[]> {
  const text = search.trim();
  const { rows } = await pool.query<Party>(
    `${knownParties}
      and (p.id::text = lower($1) or position(lower($1) in lower(p.name)) > 0 or position(lower($1) in lower(p.external_id)) > 0)
      and not exists (select from ingest.erasure erased where erased.party_id = p.id)
    order by lower(p.name) <> lower($1), p.name, c.name, p.kind, p.id
    limit 200`,
    [text],
  );
  const byAddress = text.includes('@') ? await partiesOfAddress(pool, text) : [];
  const found = [...grouped(rows, null), ...grouped(byAddress, text.toLowerCase())];
  return found.filter(({ name }, index) => found.findIndex((one) => one.name === name) === index).slice(0, mostPeople);
}

/** Those whose name or id stands beside the address in what was read from their connection. */
async function partiesOfAddress(pool: pg.Pool, address: string): Promise<Party[]> {
  const records = await pool.query<{ connection: string; payload: Json }>(
    `select connection_id as connection, payload from ingest.raw_record where position(lower($1) in lower(payload::text)) > 0 limit ${mostRecords}`,
    [address],
  );
  const told = records.rows.flatMap(({ connection, payload }) => {
    const { names, ids } = namedBeside(payload, address);
    return [...names.map((name) => ({ connection, name, id: null })), ...ids.map((id) => ({ connection, name: null, id }))];
  });
  const { rows } = await pool.query<Party>(
    `${knownParties}
      and exists (
        select from jsonb_to_recordset($1::jsonb) as told (connection uuid, name text, id text)
        where told.connection = p.connection_id and (told.name = lower(p.name) or told.id = lower(p.external_id))
      )
      and not exists (select from ingest.erasure erased where erased.party_id = p.id)
    order by p.name, c.name, p.kind, p.id`,
    [JSON.stringify(told)],
  );
  return rows;
}

function grouped(parties: readonly Party[], address: string | null): FoundPerson[] {
  return [...Map.groupBy(parties, ({ name }) => name)].map(([name, own]) => ({ name, address, parties: own }));
}
