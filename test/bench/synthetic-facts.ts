import type pg from 'pg';
import { signals } from '#etl/connector.js';

/**
 * Facts of a made-up connection, written straight into their tables: `items` items over 18 months, eight teams, 500 customers, some
 * eleven fact rows an item. The same every time: what varies hangs on the number of the item.
 */
export async function insertSyntheticFacts(pool: pg.Pool, items: number): Promise<void> {
  const capabilities = Object.fromEntries(signals.map((signal) => [signal, { fidelity: 'full' }]));
  await pool.query(
    `insert into ingest.connection (id, name, connector, config, settings, capabilities, map_version, as_of_at)
     values (md5('connection')::uuid, 'Large desk', 'csv', '{}', '{"timeZone": "UTC"}', $1, 1, '2026-11-16T00:00Z')`,
    [JSON.stringify(capabilities)],
  );
  for (const statement of [teams, customers, core, item, cycle, interval, handoff, promise, silence]) {
    await pool.query(statement.replaceAll('$items', String(Math.trunc(items))));
  }
  await pool.query('update facts.state set version = version + 1');
  await pool.query('analyze');
}

const teams = `
  insert into core.team (id, connection_id, external_id, name)
  select md5('team' || k)::uuid, md5('connection')::uuid, k::text, 'Team ' || k from generate_series(0, 7) k`;

const customers = `
  insert into core.customer (id, connection_id, external_id, name)
  select md5('customer' || k)::uuid, md5('connection')::uuid, k::text, 'Customer ' || k from generate_series(0, 499) k`;

const core = `
  insert into core.item (item_id, connection_id, external_id, as_of_at, as_of_seq, type, record_id)
  select md5('item' || k)::uuid, md5('connection')::uuid, k::text, '2026-11-16T00:00Z', 0, 'incident', md5('item' || k)::uuid
  from generate_series(1, $items) k`;

/** 548 days of arrivals; a lead time of an hour to some twenty days, skewed; one in forty still open. */
const item = `
  with made as (
    select
      k,
      timestamptz '2025-05-17T00:00Z' + make_interval(secs => floor((k - 1) * 47347200.0 / $items)) as created_at,
      make_interval(secs => floor(3600 * exp(5.9 * ((k * 7919) % 1000) / 1000.0))) as lead
    from generate_series(1, $items) k
  ), ended as (
    select
      *,
      case when k % 40 <> 0 and created_at + lead < '2026-11-16T00:00Z' then created_at + lead end as finished_at
    from made
  )
  insert into facts.item (
    item_id, connection_id, version, type, service, channel, priority, language, customer_id, first_team_id, team_id,
    created_at, started_at, finished_at, ended_at, outcome, first_event_at, last_event_at, event_count,
    team_handoffs, team_returns, team_direct_returns, person_handoffs, person_returns, person_direct_returns,
    resolutions, reopens, first_due_at, last_due_at, due_moves, first_response_at
  )
  select
    md5('item' || k)::uuid, md5('connection')::uuid, 1,
    (array['incident', 'request', 'change', 'question'])[1 + k % 4], 'Service ' || k % 12,
    (array['mail', 'chat', 'phone'])[1 + k % 3], 'P' || 1 + k % 4, (array['en', 'tr', 'fa', 'hy'])[1 + (k / 4) % 4],
    md5('customer' || (k * 31) % 500)::uuid, md5('team' || k % 8)::uuid, md5('team' || (k + k % 2) % 8)::uuid,
    created_at, created_at + lead / 10, finished_at, coalesce(finished_at, 'infinity'), case when finished_at is null then 'open' else 'done' end,
    created_at, coalesce(finished_at, created_at), 12, k % 2, 0, 0, 0, 0, 0,
    case when finished_at is null then 0 else 1 end, 0,
    created_at + interval '3 days', created_at + interval '4 days', 1, created_at + lead / 20
  from ended`;

const cycle = `
  insert into facts.cycle (item_id, n, opened_at, resolved_at, reopened_at, team_id)
  select item_id, 1, created_at, finished_at, null, team_id from facts.item`;

const end = "least(i.ended_at, timestamptz '2026-11-16T00:00Z')";

/** Four stretches of the open time: waiting, worked on, with the customer, worked on. The last one of an open item lasts. */
const interval = `
  insert into facts.interval (item_id, n, from_at, to_at, court, team_id, is_owned, is_due_past, has_next_step, is_fresh, is_unmapped)
  select
    i.item_id, q, i.created_at + (${end} - i.created_at) * ((q - 1) / 4.0),
    case when q = 4 then i.ended_at else i.created_at + (${end} - i.created_at) * (q / 4.0) end,
    (array['ours_waiting', 'ours_active', 'customer', 'ours_active'])[q], i.team_id, q > 1, q = 4, q < 4, q % 2 = 1, false
  from facts.item i
  cross join generate_series(1, 4) q`;

const handoff = `
  insert into facts.handoff (item_id, level, n, left_at, at, from_id, to_id, returns, acted_at, until_at, wait_business_seconds, has_note)
  select
    i.item_id, 'team', 1, i.created_at + (${end} - i.created_at) / 4, i.created_at + (${end} - i.created_at) / 4, i.first_team_id, i.team_id, null,
    i.created_at + (${end} - i.created_at) / 3, i.ended_at, null, true
  from facts.item i
  where i.team_handoffs = 1 and i.first_team_id <> i.team_id`;

const promise = `
  insert into facts.promise (item_id, n, said_at, due_at, until_at, moved_seconds, is_after_due, asked_by_customer, is_last)
  select
    i.item_id, q, i.created_at + (q - 1) * interval '2 days', i.created_at + (q + 2) * interval '1 day',
    case when q = 1 then i.created_at + interval '2 days' else greatest(i.ended_at, i.created_at + interval '2 days') end,
    case when q = 2 then 86400 end, case when q = 2 then false end, false, q = 2
  from facts.item i
  cross join generate_series(1, 2) q`;

const silence = `
  insert into facts.silence (item_id, n, from_at, to_at, ours_seconds, team_id)
  select
    i.item_id, q, i.created_at + (${end} - i.created_at) * ((q - 1) / 2.0),
    case when q = 2 then i.ended_at else i.created_at + (${end} - i.created_at) / 2 end,
    case when q = 1 or i.ended_at <> 'infinity' then extract(epoch from ${end} - i.created_at)::bigint / 4 end, i.team_id
  from facts.item i
  cross join generate_series(1, 2) q`;
