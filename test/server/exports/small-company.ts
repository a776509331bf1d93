import type pg from 'pg';

/** A company small enough to count by hand: one connection, two teams, one customer, three items. */
export const ids = {
  connection: '10000000-0000-4000-8000-000000000001',
  desk: '20000000-0000-4000-8000-000000000001',
  field: '20000000-0000-4000-8000-000000000002',
  ada: '30000000-0000-4000-8000-000000000001',
  acme: '40000000-0000-4000-8000-000000000001',
  waiting: '50000000-0000-4000-8000-000000000001',
  done: '50000000-0000-4000-8000-000000000002',
  first: '60000000-0000-4000-8000-000000000001',
  second: '60000000-0000-4000-8000-000000000002',
  open: '60000000-0000-4000-8000-000000000003',
};

/**
 * `first` takes 2 h, `second` 4 h and one handoff, `open` is a day old. As of 2026-03-10T12:00Z.
 * The title, the body and the customer's name are what an attacker would send.
 */
export async function loadSmallCompany(pool: pg.Pool): Promise<void> {
  await pool.query(
    `insert into ingest.connection (id, name, connector, config, settings, capabilities, map_version, as_of_at)
     values ($1, 'desk', 'csv', '{}', '{"timeZone": "UTC"}', $2, 1, '2026-03-10T12:00Z')`,
    [ids.connection, JSON.stringify({ rating: { fidelity: 'none', reason: 'the file has no ratings' }, team: { fidelity: 'full' } })],
  );
  await pool.query(
    `insert into core.team (id, connection_id, external_id, name) values ($2, $1, 'desk', 'Desk'), ($3, $1, 'field', '+Field')`,
    [ids.connection, ids.desk, ids.field],
  );
  await pool.query(`insert into core.person (id, connection_id, external_id, name) values ($2, $1, 'ada', 'Ada Lovelace')`, [
    ids.connection,
    ids.ada,
  ]);
  await pool.query(`insert into core.customer (id, connection_id, external_id, name) values ($2, $1, 'acme', '=cmd|'' /C calc''!A0')`, [
    ids.connection,
    ids.acme,
  ]);
  await pool.query(
    `insert into core.status (id, connection_id, name, meaning) values ($2, $1, 'New', 'ours_waiting'), ($3, $1, 'Closed', 'done')`,
    [ids.connection, ids.waiting, ids.done],
  );
  await item(pool, ids.first, { created: '2026-03-09T08:00Z', finished: '2026-03-09T10:00Z', handoffs: 0 });
  await item(pool, ids.second, { created: '2026-03-09T08:00Z', finished: '2026-03-09T12:00Z', handoffs: 1 });
  await item(pool, ids.open, { created: '2026-03-09T12:00Z', finished: null, handoffs: 0 });
  await pool.query(
    `insert into facts.handoff (item_id, level, n, left_at, at, from_id, to_id, acted_at, until_at, wait_business_seconds, has_note)
     values ($1, 'team', 1, '2026-03-09T09:00Z', '2026-03-09T09:30Z', $2, $3, '2026-03-09T10:30Z', '2026-03-09T12:00Z', 3600, null)`,
    [ids.second, ids.desk, ids.field],
  );
  await pool.query(
    `insert into facts.promise (item_id, n, said_at, due_at, until_at, moved_seconds, is_after_due, asked_by_customer, is_last)
     values ($1, 1, '2026-03-09T08:00Z', '2026-03-09T11:00Z', '2026-03-09T10:30Z', null, null, false, false),
            ($1, 2, '2026-03-09T10:30Z', '2026-03-09T13:00Z', '2026-03-09T12:00Z', 7200, false, false, true)`,
    [ids.second],
  );
}

async function item(pool: pg.Pool, id: string, story: { created: string; finished: string | null; handoffs: number }): Promise<void> {
  const { rows } = await pool.query<{ n: string }>('select count(*)::text as n from core.item');
  await pool.query(
    `insert into core.item (item_id, connection_id, external_id, as_of_at, as_of_seq, title, url, type, customer_id, record_id)
     values ($1, $2, $3, $4, 0, '<script>alert(1)</script>', $6, 'incident', $5, $1)`,
    [
      id,
      ids.connection,
      `INC-${rows[0]?.n}`,
      story.created,
      ids.acme,
      story.finished ? `https://desk.example/${id}` : 'javascript:alert(1)',
    ],
  );
  const event = (kind: string, at: string, seq: number, rest: Record<string, unknown>) =>
    pool.query(
      `insert into core.event (item_id, event_id, at, seq, kind, status_id, team_id, person_id, side, is_public, is_bot, record_id)
       values ($1::uuid, md5($1::text || $3::text || $2::text)::uuid, $2::text::timestamptz, $3::text::bigint, $4, $5, $6, $7, $8, $9, false, $1::uuid)`,
      [
        id,
        at,
        seq,
        kind,
        rest['status'] ?? null,
        rest['team'] ?? null,
        rest['person'] ?? null,
        rest['side'] ?? null,
        rest['isPublic'] ?? null,
      ],
    );
  await event('created', story.created, 1, { status: ids.waiting, team: ids.desk, person: ids.ada });
  await event('said', story.created, 2, { side: 'customer', isPublic: true });
  await pool.query(
    `insert into core.message (item_id, event_id, body, language)
     select item_id, event_id, 'Where is it?', 'en' from core.event where item_id = $1 and kind = 'said'`,
    [id],
  );
  if (story.finished) await event('changed', story.finished, 3, { status: ids.done });
  await pool.query(
    `insert into facts.item (item_id, connection_id, version, type, customer_id, first_team_id, team_id, person_id, created_at, finished_at,
       ended_at, outcome, first_event_at, last_event_at, event_count, team_handoffs, team_returns, team_direct_returns,
       person_handoffs, person_returns, person_direct_returns, resolutions, reopens, due_moves)
     values ($1, $2, 1, 'incident', $3, $4, $5, $6, $7::timestamptz, $8::timestamptz, coalesce($8::timestamptz, 'infinity'),
       case when $8::timestamptz is null then 'open' else 'done' end, $7::timestamptz, coalesce($8::timestamptz, $7::timestamptz), 3, $9, 0, 0, 0, 0, 0, 0, 0, 0)`,
    [id, ids.connection, ids.acme, ids.desk, story.handoffs ? ids.field : ids.desk, ids.ada, story.created, story.finished, story.handoffs],
  );
  await pool.query(
    `insert into facts.interval (item_id, n, from_at, to_at, court, team_id, person_id, is_owned, is_due_past, has_next_step, is_fresh, is_unmapped)
     values ($1, 1, $2::timestamptz, coalesce($3::timestamptz, 'infinity'), 'ours_waiting', $4, $5, true, false, false, true, false)`,
    [id, story.created, story.finished, ids.desk, ids.ada],
  );
}
