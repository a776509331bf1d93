import { afterAll, expect, test } from 'vitest';
import type { HealthCheck } from '#server/api.js';
import { enqueueMail } from '#server/mail/outbox.js';
import { registerDoctorCommand } from '#server/health/doctor.cli.js';
import { testDatabase } from '../../support/database.js';
import { runCommand } from '../dashboards/command-line.js';
import { dropLogins } from '../workbench/analysts.js';

const { pool } = await testDatabase();
afterAll(() => dropLogins(pool));

async function check(known: string): Promise<HealthCheck | undefined> {
  const { printed } = await runCommand(pool, registerDoctorCommand, ['doctor', '--json']);
  const [checks] = printed as [HealthCheck[]];
  return checks.find(({ id }) => id === known);
}

test('tries the attacks of the workbench', async () => {
  expect(await check('workbench')).toMatchObject({ state: 'ok', found: 'on', remedies: [] });
});

test('finds mail that failed, and says why and what to do', async () => {
  expect(await check('mail')).toMatchObject({ found: expect.stringContaining('0 failed, 0 tried and waiting'), state: 'ok', remedies: [] });
  const message = {
    to: { name: 'Ada', address: 'ada@example.test' },
    subject: 'Weekly',
    text: 'text',
    html: '<p>text</p>',
    attachments: [],
  };
  await enqueueMail(pool, 'one', message);
  await pool.query(`update app.mail set state = 'failed', due_at = null, attempts = 1, reason = '550 no such user'`);
  expect(await check('mail')).toMatchObject({
    found: expect.stringContaining('in 30 days 1 failed, 0 tried and waiting'),
    state: 'warning',
    remedies: ['The latest failed because: 550 no such user. See "throughline mail list", mend it and say "throughline mail retry".'],
  });
});

async function connection(name: string, more: { every?: number; complete?: string; state?: string } = {}): Promise<string> {
  const { every = null, complete = null, state = 'active' } = more;
  const { rows } = await pool.query<{ id: string }>(
    `insert into ingest.connection (id, name, connector, config, settings, capabilities, map_version, every_seconds, last_complete_at, state)
    values (gen_random_uuid(), $1, 'csv', '{}', '{"timeZone": "UTC"}', '{}', 1, $2, now() - $3::interval, $4)
    returning id`,
    [name, every, complete, state],
  );
  return rows[0]?.id ?? '';
}

async function sourceChecks(): Promise<Record<string, [string, string[]]>> {
  const { printed, error } = await runCommand(pool, registerDoctorCommand, ['doctor', '--json']);
  expect(error).toBeNull();
  const checks = (printed as [HealthCheck[]])[0].filter(({ id }) => id === 'connection');
  return Object.fromEntries(checks.map(({ subject, state, remedies }) => [subject, [state, remedies]]));
}

test('finds sources that nobody reads, though they are due, and says since when', async () => {
  const run = (id: string, state: string, error: string | null = null) =>
    pool.query(
      `insert into ingest.sync_run (id, connection_id, stream, state, started_at, error)
      values (gen_random_uuid(), $1, 'records', $2, now() - interval '2 days', $3)`,
      [id, state, error],
    );
  await run(await connection('left', { every: 900, complete: '2 days' }), 'complete');
  await run(await connection('hanging', { every: 900 }), 'running');
  await run(await connection('fresh', { every: 900, complete: '40 minutes' }), 'complete');
  await run(await connection('rare', { every: 86_400, complete: '2 days' }), 'complete');
  await run(await connection('paused', { every: 900, complete: '2 days', state: 'paused' }), 'complete');
  await run(await connection('by hand', { complete: '2 days' }), 'complete');
  await run(await connection('broken', { every: 900, complete: '2 days' }), 'failed', 'It answered 500.');
  await run(await connection('refused', { every: 900, complete: '2 days', state: 'needs_auth' }), 'failed');
  const late = [expect.stringMatching(/^Not read completely since 20.*, though it is due every 15 minutes/)];
  expect(await sourceChecks()).toEqual({
    'connection left': ['warning', late],
    'connection hanging': ['warning', late],
    'connection fresh': ['ok', []],
    'connection rare': ['ok', []],
    'connection paused': ['ok', []],
    'connection by hand': ['ok', []],
    'connection broken': ['warning', ['The last run is failed (It answered 500.): run "throughline sync" for it again.']],
    'connection refused': ['warning', ['The tool refuses the credentials: give it new ones under Data.']],
  });
});

test('finds a tool whose clock is far from ours', async () => {
  const { rows } = await pool.query<{ id: string }>(`select id from ingest.connection where name = 'fresh'`);
  await pool.query(
    `insert into ingest.checkpoint (connection_id, stream, cursor, seq, source_now, updated_at)
    values ($1, 'tickets', '{}', 1, now() - interval '42 minutes', now())`,
    [rows[0]?.id],
  );
  expect(await check('source-clock')).toMatchObject({ subject: 'clock of fresh', state: 'warning', found: '42 minutes from ours' });
});

test('finds scheduled exports whose last run failed, and says where they were to go, why and what to do', async () => {
  expect(await check('exports')).toMatchObject({ found: '0 by schedule; the last time 0 of them failed', state: 'ok', remedies: [] });
  const destination = {
    kind: 'bucket',
    endpoint: 'https://s3.test/',
    region: 'eu-1',
    bucket: 'files',
    prefix: 'daily/',
    accessKeyId: 'A1',
  };
  await pool.query(
    `with kept as (
      insert into app.export_schedule (name, owner, source, format, is_raw, destination, rhythm, zone, planned_to)
      select name, 'Ada', '{}', 'csv', false, $1, '{}', 'UTC', now() from unnest(array['Mended', 'Refused']) name
      returning id, name
    )
    insert into app.export_due (schedule_id, zone, local_due, due_at, next_at, status, detail, finished_at, file)
    select kept.id, 'UTC', told.due, told.due, told.due, told.status, told.detail, now(), case told.status when 'made' then '{}'::jsonb end
    from kept
    join (values
      ('Mended', timestamp '2026-03-01 08:00', 'failed', 'The disk is full.'),
      ('Mended', '2026-03-02 08:00', 'made', null),
      ('Refused', '2026-03-02 08:00', 'failed', 's3.test answered 403 (AccessDenied).')
    ) told (name, due, status, detail) on told.name = kept.name`,
    [JSON.stringify(destination)],
  );
  expect(await check('exports')).toMatchObject({
    found: '2 by schedule; the last time 1 of them failed',
    state: 'warning',
    remedies: [
      '"Refused" to s3://files/daily/ failed: s3.test answered 403 (AccessDenied). Mend it and say "throughline export-schedule run NAME", or try again under Exports.',
    ],
  });
});
