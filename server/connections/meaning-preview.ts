import type pg from 'pg';
import type { Court, StatusMeaning } from '#etl/connector.js';
import type { MeaningEffect, MeaningPreview } from '../api.js';
import { readBasis, type Basis } from '../metrics/facts/basis.js';
import { foldItem } from '../metrics/facts/fold/item-facts.js';
import { readStories, type StoryRows } from '../metrics/facts/read-stories.js';
import { createSource } from '../metrics/facts/source.sql.js';
import type { Within } from '../metrics/facts/stories.sql.js';
import { receiveStories } from '../metrics/facts/batches.js';

const itemsShown = 10;

interface Candidate {
  id: string;
  externalId: string;
  title: string | null;
  asOf: string | null;
}

/**
 * What other meanings of statuses would change in the latest items that had one of them: their stories are folded as they are, with
 * the meanings of now and with those proposed. Nothing is written.
 */
export async function previewMeanings(
  pool: pg.Pool,
  connection: string,
  proposed: Readonly<Record<string, StatusMeaning>>,
): Promise<MeaningPreview> {
  const client = await pool.connect();
  try {
    await client.query('begin isolation level repeatable read');
    const { rows: items } = await client.query<Candidate>(latestItems, [connection, Object.keys(proposed), itemsShown]);
    if (items.length === 0) return { items: [] };
    await client.query(createSource);
    const basis = await readBasis(client);
    const within: Within = (alias) => `${alias}.item_id in (${items.map(({ id }) => `'${id}'`).join(', ')})`;
    const stories = await receiveStories(client, within);
    const { rows: statuses } = await client.query<{ id: string; name: string }>(statusesNamed, [connection, Object.keys(proposed)]);
    const meanings = new Map(basis.meanings);
    for (const { id, name } of statuses) meanings.set(basis.ids.parse(id), proposed[name] ?? 'unmapped');
    const before = effects(stories, basis, items);
    const after = effects(stories, { ...basis, meanings }, items);
    return {
      items: items.map(({ id, externalId, title }, index) => ({
        id,
        externalId,
        title,
        before: before[index] ?? nothing(),
        after: after[index] ?? nothing(),
      })),
    };
  } finally {
    await client.query('rollback').then(
      () => client.release(),
      (error: unknown) => client.release(error instanceof Error ? error : true),
    );
  }
}

/** In the order of the items' ids, as the stories are. Open time ends with the data. */
function effects(stories: StoryRows, basis: Basis, items: readonly Candidate[]): MeaningEffect[] {
  const found: MeaningEffect[] = [];
  for (const story of readStories(stories, basis)) {
    const { life, pieces } = foldItem(story.item, story.events, basis.time, () => null);
    const asOf = Date.parse(items[found.length]?.asOf ?? '') * 1000;
    const effect = { ...nothing(), outcome: life.outcome };
    for (const { court, fromAt, toAt } of pieces) {
      const end = Number.isFinite(toAt) ? toAt : Number.isFinite(asOf) ? Math.max(fromAt, asOf) : fromAt;
      effect.seconds[court] += Math.floor((end - fromAt) / 1e6);
    }
    found.push(effect);
  }
  return found;
}

function nothing(): MeaningEffect {
  const seconds: Record<Court, number> = { ours_active: 0, ours_waiting: 0, customer: 0, third_party: 0 };
  return { outcome: 'open', seconds };
}

/** $1 connection, $2 names. */
const statusesNamed = `
select status.id, status.name
from core.status status
join ingest.connection connection on connection.id = status.connection_id
where connection.name = $1
  and status.name = any ($2::text[])`;

/** $1 connection, $2 names of statuses, $3 how many. */
const latestItems = `
select chosen.id, chosen."externalId", chosen.title, chosen."asOf"
from (
  select item.item_id as id, item.external_id as "externalId", item.title,
    to_char(connection.as_of_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"') as "asOf"
  from core.event event
  join core.item item on item.item_id = event.item_id
  join ingest.connection connection on connection.id = item.connection_id
  join core.status status on status.id = event.status_id
  where connection.name = $1
    and status.name = any ($2::text[])
    and item.deleted_at is null
  group by item.item_id, connection.as_of_at
  order by max(event.at) desc, item.item_id
  limit $3
) chosen
order by chosen.id`;
