import type pg from 'pg';
import type { Json } from '#etl/connector.js';
import { withTransaction } from '#etl/transaction.js';
import type { HeldPerson, Party } from '../api.js';
import { addressesBeside } from './addresses.js';
import { clean, erasuresOf, tokensOf, type Whom } from './erasing.js';
import { findPerson } from './find-person.js';

/** Records looked through for addresses; a person of more has them in these. */
const mostRecords = 500;

/** What is held of a person, counted as erasing counts it. Changes nothing, and keeps nobody from reading. Throws `Missing` for nobody. */
export function readHeld(pool: pg.Pool, whom: Whom): Promise<HeldPerson> {
  return withTransaction(pool, async (client) => {
    await client.query('set transaction isolation level repeatable read read only');
    const parties = await findPerson(client, whom.who);
    const counts = await clean({ client, erasures: await erasuresOf(client, parties, whom), parties, isTrial: true, ...whom });
    const { rows } = await client.query<Pick<HeldPerson['parties'][number], 'id' | 'items' | 'messages'>>(
      `select p.id,
        (select count(*)::int from (
          select i.item_id from core.item i where i.customer_id = p.id and i.deleted_at is null
          union
          select e.item_id from core.event e where e.actor_id = p.id
        ) own) as items,
        (select count(*)::int
          from core.event e
          join core.message m on m.item_id = e.item_id and m.event_id = e.event_id
          where e.actor_id = p.id and (m.body <> '' or m.attachments <> '{}')) as messages
      from unnest($1::uuid[]) as p (id)`,
      [parties.map(({ id }) => id)],
    );
    const numbers = new Map(rows.map(({ id, items, messages }) => [id, { items, messages }]));
    return {
      parties: parties.map((party) => ({ ...party, ...(numbers.get(party.id) ?? { items: 0, messages: 0 }) })),
      addresses: await addressesOf(client, parties),
      counts,
    };
  });
}

async function addressesOf(client: pg.ClientBase, parties: readonly Party[]): Promise<string[]> {
  const { rows } = await client.query<{ payload: Json }>(
    `select payload from ingest.raw_record
    where exists (select from unnest($1::text[]) as token where position(token in lower(payload::text)) > 0)
      and position('@' in payload::text) > 0
    limit ${mostRecords}`,
    [tokensOf(parties, [])],
  );
  const found = rows.flatMap(({ payload }) => addressesBeside(payload, parties));
  return [...new Set([...parties.map(({ externalId }) => externalId).filter((id) => id.includes('@')), ...found])].toSorted();
}
