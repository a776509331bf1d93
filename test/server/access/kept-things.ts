import { randomBytes } from 'node:crypto';
import type pg from 'pg';
import { canaryOf, markers, type CanaryCompany, type Marker } from './canary-company.js';
import type { Things } from './matrix-rows.js';

export type KeptThings = Omit<Things, 'item' | 'foreignCustomer' | 'own' | 'other'>;

/** One thing of each kind for everything, for what each scope leaves, and for what it keeps back; and things of a stranger. */
export async function keepThings({ pool, filters, foreignCustomer }: CanaryCompany, stranger: string): Promise<KeptThings> {
  const id = async (sql: string, values: unknown[]) => {
    const { rows } = await pool.query<{ id: string }>(sql, values);
    return rows[0]?.id ?? '';
  };
  const ofEach = async (keep: (marker: Marker, canary: string) => Promise<string>) => {
    const kept = await Promise.all(markers.map(async (marker) => [marker, await keep(marker, canaryOf[marker])] as const));
    return Object.fromEntries(kept) as Record<Marker, string>;
  };
  const note = (canary: string, scope: object) =>
    id(`insert into app.note (from_on, to_on, kind, body, scope) values ('2026-09-01', '2026-09-08', 'other', $1, $2) returning id`, [
      canary,
      JSON.stringify(scope),
    ]);
  const schedule = await ofEach((marker, canary) =>
    id(
      `insert into app.schedule (name, owner, rhythm, spec, planned_to, is_paused) values ($1, 'Owner', $2, $3, now(), true) returning id`,
      [
        canary,
        JSON.stringify({ kind: 'weekly', weekday: 1, at: '08:00' }),
        JSON.stringify({ boards: [], filters: filters[marker], locale: 'en' }),
      ],
    ),
  );
  const exportSchedule = await id(
    `insert into app.export_schedule (owner_account_id, name, owner, source, format, is_raw, destination, rhythm, zone, planned_to, is_paused)
    values ($1, 'Stranger’s', 'Stranger', $2, 'csv', false, $3, $4, 'UTC', now(), true) returning id`,
    [
      stranger,
      ...[{ kind: 'view', view: 'item' }, { kind: 'folder' }, { kind: 'weekly', weekday: 1, at: '08:00' }].map((part) =>
        JSON.stringify(part),
      ),
    ],
  );
  // Somebody has handled every open item.
  await pool.query(
    `insert into app.watch_mark (item_id, due_at, was_late, cycle, connection_id, as_of_at, note, handled_by)
    select c.item_id, null, false, 1, i.connection_id, n.as_of_at, c.canary, 'Somebody'
    from public.canary c
    join facts.item i on i.item_id = c.item_id
    join ingest.connection n on n.id = i.connection_id
    where c.is_open`,
  );
  await pool.query(`insert into app.query_run (account, text, parameters) values ($1, $2, '[]')`, [stranger, canaryOf.stranger]);
  const boardId = await id(`insert into app.personal_board (title, owner, charts) values ('Stranger’s', 'Stranger', $1) returning id`, [
    JSON.stringify([{ board: 'delay', chart: 'on-time', width: 'half' }]),
  ]);
  return {
    note: {
      // What is said of everything, or of names that occur in a scope too, is said to all.
      all: await note('Of everything', {}),
      'own-team': await note('Of a team', filters['own-team']),
      'own-group': await note('Of a group', filters['own-group']),
      'other-team': await note('Of another team', filters['other-team']),
      'other-group': await note('Of another group', filters['other-group']),
      'foreign-customer': await note(canaryOf['foreign-customer'], { customer: [foreignCustomer] }),
    },
    target: await ofEach(async (marker, canary) => {
      const target = await id(`insert into app.target (metric, scope) values ('on-time-first', $1) returning id`, [
        JSON.stringify(filters[marker]),
      ]);
      await pool.query(`insert into app.target_move (target_id, from_on, value, person) values ($1, '2026-07-01', 80, $2)`, [
        target,
        canary,
      ]);
      return target;
    }),
    alert: await ofEach((marker, canary) =>
      id(`insert into app.alert (name, owner, rule, delivery) values ($1, 'Owner', $2, $3) returning id`, [
        canary,
        JSON.stringify({ kind: 'items', filters: filters[marker], reasons: ['late-untold'], least: 1, hold: 1, recover: 1 }),
        JSON.stringify({ locale: 'en', zone: 'UTC', quiet: null, digestHour: null }),
      ]),
    ),
    schedule,
    run: await ofEach((marker) =>
      id(
        `insert into app.report_due (schedule_id, zone, local_due, due_at, next_at, status, finished_at, reason) values ($1, 'UTC', now(), now(), now(), 'failed', now(), 'making') returning id`,
        [schedule[marker]],
      ),
    ),
    report: await ofEach((marker, canary) => keepReport(pool, canary, filters[marker])),
    // Its name tells of a customer of others.
    view: await id(`insert into app.saved_view (name, owner, path, query) values ($1, 'Stranger', '/boards/delay', $2) returning id`, [
      canaryOf['foreign-customer'],
      `customer=${foreignCustomer}`,
    ]),
    personalBoard: boardId,
    query: await id(
      `insert into app.query (owner_account_id, owner, title, text, parameters, is_shared) values ($1, 'Stranger', $2, 'select 1', '[]', false) returning id`,
      [stranger, canaryOf.stranger],
    ),
    exportSchedule,
    exportRun: await id(
      `insert into app.export_due (schedule_id, zone, local_due, due_at, next_at, status, finished_at, reason)
      values ($1, 'UTC', now(), now(), now(), 'failed', now(), 'making') returning id`,
      [exportSchedule],
    ),
    shareLink: await id(
      `insert into app.share_link (account_id, title, path, query, key_hash, created_at, expires_at)
      values ($1, $2, '/boards/delay', '', $3, now(), now() + interval '1 day') returning id`,
      [stranger, 'Stranger’s', randomBytes(32)],
    ),
    token: await id(
      `insert into app.api_token (account_id, name, key_hash, permissions, created_at, expires_at)
      values ($1, 'Script', $2, '{read}', now(), now() + interval '1 day') returning id`,
      [stranger, randomBytes(32)],
    ),
    session: await id(
      `insert into app.session (account_id, token_hash, created_at, seen_at, address, agent) values ($1, $2, now(), now(), '', '') returning id`,
      [stranger, randomBytes(32)],
    ),
  };
}

async function keepReport(pool: pg.Pool, canary: string, filters: object): Promise<string> {
  const { rows } = await pool.query<{ id: string }>(
    `insert into app.report (spec, spec_key, content_key, said_key, fact_version, locale, subject, file_name, document, html, text, pdf, is_nothing_new)
    values ($1, $2, $2, $2, 1, 'en', $2, 'summary.pdf', $3, $2, $2, convert_to($2, 'utf8'), false) returning id`,
    [JSON.stringify({ boards: [], filters, locale: 'en' }), canary, JSON.stringify({ title: canary })],
  );
  return rows[0]?.id ?? '';
}
