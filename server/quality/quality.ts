import type pg from 'pg';
import type { Locale } from '#dashboards/i18n/messages.js';
import type { Capabilities } from '#etl/connector.js';
import type { Scope } from '../access/principal.js';
import { scopeCondition } from '../access/scope.js';
import type { QualityItemsResponse, QualityResponse } from '../api.js';
import { Refusal } from '../refusal.js';
import { capabilityRows } from './capability-rows.js';
import { checks, type Check } from './checks.js';

const source = `core.item stored
  join ingest.connection connection on connection.id = stored.connection_id
  left join facts.item item on item.item_id = stored.item_id`;

interface ConnectionRow {
  id: string;
  name: string;
  capabilities: Partial<Capabilities>;
  people: number;
  bots: number;
  messages: number;
  bot_messages: number;
  quarantine: { code: string; n: number }[];
  warnings: { code: string; n: number }[];
}

/**
 * How far the data of each connection can be trusted: what it cannot tell, and the items with a fault, counted by fault: of a scope those
 * within it. People, messages and records that could not be read are told of the whole connection. */
export async function readQuality(pool: pg.Pool, locale: Locale = 'en', scope: Scope | null = null): Promise<QualityResponse> {
  const [connections, counts] = await Promise.all([readConnectionRows(pool), readCounts(pool, scope)]);
  return {
    connections: connections.map((row) => ({
      name: row.name,
      items: Number(counts.get(row.id)?.['items'] ?? 0),
      findings: checks
        .filter((check) => isTold(check, row.capabilities))
        .map(({ id }) => ({
          check: id,
          n: Number(counts.get(row.id)?.[`${id}/n`] ?? 0),
          of: Number(counts.get(row.id)?.[`${id}/of`] ?? 0),
        })),
      capabilities: capabilityRows(row.capabilities, locale),
      bots: { people: row.bots, of: row.people, messages: row.bot_messages, ofMessages: row.messages },
      quarantine: row.quarantine,
      warnings: row.warnings,
    })),
  };
}

/** The items with one fault, the oldest first. Throws `Refusal` for a check nobody knows. */
export async function readFaultyItems(
  pool: pg.Pool,
  asked: { connection: string; check: string; offset: number; limit: number },
  scope: Scope | null = null,
): Promise<QualityItemsResponse> {
  const check = checks.find(({ id }) => id === asked.check);
  if (!check) throw new Refusal(`Unknown check "${asked.check}"; known: ${checks.map(({ id }) => id).join(', ')}.`);
  const parameters: unknown[] = [asked.connection, asked.offset, asked.limit];
  const { rows } = await pool.query<QualityItemsResponse['items'][number] & { total: number }>(
    `select stored.item_id as id, stored.external_id as "externalId", stored.title, stored.url, stored.type,
      to_char(coalesce(item.created_at, stored.created_at) at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"') as "createdAt",
      (count(*) over ())::int as total
    from ${source}
    where connection.name = $1
      and (${check.among})
      and (${check.condition})
      and ${isSeen(scope, parameters)}
    order by coalesce(item.created_at, stored.created_at), stored.item_id
    offset $2 limit $3`,
    parameters,
  );
  return { total: rows[0]?.total ?? 0, items: rows.map(({ total: _total, ...item }) => item) };
}

/** An item that is not derived yet is in no scope. */
function isSeen(scope: Scope | null, parameters: unknown[]): string {
  return scope === null ? 'true' : `item.item_id is not null and ${scopeCondition(scope, 'item', parameters)}`;
}

function isTold(check: Check, capabilities: Partial<Capabilities>): boolean {
  return check.needs === undefined || (capabilities[check.needs]?.fidelity ?? 'none') !== 'none';
}

async function readCounts(pool: pg.Pool, scope: Scope | null): Promise<Map<string, Record<string, string>>> {
  const columns = checks.flatMap(({ id, among, condition }) => [
    `count(*) filter (where ${among}) as "${id}/of"`,
    `count(*) filter (where (${among}) and (${condition})) as "${id}/n"`,
  ]);
  const parameters: unknown[] = [];
  const { rows } = await pool.query<Record<string, string> & { connection: string }>(
    `select stored.connection_id as connection, count(*) as items, ${columns.join(',\n      ')}
    from ${source}
    where ${isSeen(scope, parameters)}
    group by stored.connection_id`,
    parameters,
  );
  return new Map(rows.map((row) => [row.connection, row]));
}

async function readConnectionRows(pool: pg.Pool): Promise<ConnectionRow[]> {
  const { rows } = await pool.query<ConnectionRow>(`
    with talk as (
      select item.connection_id, count(*)::int as messages, (count(*) filter (where event.is_bot))::int as bot_messages
      from core.event event
      join core.item item on item.item_id = event.item_id
      where event.kind = 'said'
      group by item.connection_id
    ), last_run as (
      select distinct on (connection_id, stream) connection_id, warnings
      from ingest.sync_run
      where state = 'complete' and fetched > unchanged
      order by connection_id, stream, started_at desc
    )
    select connection.id, connection.name, connection.capabilities,
      (select count(*)::int from core.person where person.connection_id = connection.id) as people,
      (select count(*)::int from core.person where person.connection_id = connection.id and person.is_bot) as bots,
      coalesce(talk.messages, 0) as messages,
      coalesce(talk.bot_messages, 0) as bot_messages,
      (select coalesce(json_agg(json_build_object('code', code, 'n', n) order by n desc, code), '[]')
        from (select code, count(*)::int as n from ingest.quarantine
          where quarantine.connection_id = connection.id and resolved_at is null and dismissed_at is null group by code) waiting) as quarantine,
      (select coalesce(json_agg(json_build_object('code', code, 'n', n) order by n desc, code), '[]')
        from (select warning.key as code, sum(warning.value::int)::int as n from last_run, jsonb_each_text(last_run.warnings) warning
          where last_run.connection_id = connection.id group by warning.key) told) as warnings
    from ingest.connection connection
    left join talk on talk.connection_id = connection.id
    order by connection.name`);
  return rows;
}
