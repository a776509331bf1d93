import { randomBytes } from 'node:crypto';
import pg from 'pg';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { addConnection } from '#etl/connections.js';
import type { Json } from '#etl/connector.js';
import { sqlConnector } from '#etl/connectors/sql/connector.js';
import { sqlConfigSchema } from '#etl/connectors/sql/payload.js';
import { syncConnection } from '#etl/sync.js';
import { testDatabase } from '../../../support/database.js';
import { contextWith, idsOf, logConfig, mapped, readAll } from './reading.js';

const { pool, url } = await testDatabase();
const role = `reader_${randomBytes(4).toString('hex')}`;
const password = 'canary-password';
const query = 'select id, item, at, status, changed from desk.change';
let address: string;

beforeAll(async () => {
  const { host, pathname } = new URL(url.replace('postgres:', 'http:'));
  address = `postgres://${role}@${host}${pathname}`;
  await pool.query(`
    create schema desk;
    create table desk.change (id text, item text, at timestamptz, status text, changed timestamptz);
    create index on desk.change (changed);
    create table desk.local_change (id text, item text, at timestamp, status text, changed timestamp);
    create role ${role} login password '${password}';
    grant usage on schema desk to ${role};
    grant select on all tables in schema desk to ${role}`);
});

afterAll(() => pool.query(`drop owned by ${role}; drop role ${role}`));

beforeEach(() => pool.query('truncate desk.change, desk.local_change'));

const insert = (id: string, changed: string, more: { status?: string; at?: string } = {}) =>
  pool.query('insert into desk.change values ($1, $2, $3, $4, $5)', [id, 'T1', more.at ?? changed, more.status ?? 'Open', changed]);

test('rows become events by the mapping, times with a zone as the instants they are', async () => {
  await insert('a', '2026-03-02 09:00:00.123456+02', { status: 'Open' });
  const config = logConfig(address, query);
  expect(mapped(config, await readAll(config, password))).toEqual([
    {
      item: { externalId: 'T1', asOfAt: '2026-03-02T07:00:00.123456Z', asOfSeq: 4, type: 'ticket', finishIsExplicit: false },
      events: [{ externalId: 'a', kind: 'changed', at: '2026-03-02T07:00:00.123456Z', seq: 4, status: 'Open' }],
    },
  ]);
});

test('the next sync begins fifteen minutes before where the last one ended, that very instant among it', async () => {
  await insert('early', '2026-03-02T08:44:59Z');
  await insert('edge', '2026-03-02T08:45:00Z');
  await insert('last', '2026-03-02T09:00:00Z');
  const config = logConfig(address, query);
  const first = await readAll(config, password);
  expect(idsOf(first)).toEqual(['early', 'edge', 'last']);
  // Committed late: its time lies before the last one that was read.
  await insert('late', '2026-03-02T08:50:00Z');
  await insert('new', '2026-03-02T09:00:00Z');
  const second = await readAll(config, password, first.at(-1)?.next);
  expect(idsOf(second).sort()).toEqual(['edge', 'last', 'late', 'new']);
});

test('a sync counts what it knows as unchanged and loads only what is new', async () => {
  await insert('a', '2026-03-02T09:00:00Z');
  const config = { address, query, cursor: { column: 'changed' }, mapping: logConfig(address, query).mapping } as unknown as Json;
  const key = { id: 'test', bytes: randomBytes(32) };
  const options = { vault: () => Promise.resolve(key) };
  await addConnection(pool, { name: 'desk', connector: 'sql', config, secrets: { password } }, options);
  expect(await syncConnection(pool, 'desk', options)).toMatchObject({ state: 'complete', fetched: 1, inserted: 1 });
  await insert('b', '2026-03-02T10:00:00Z', { status: 'Done' });
  expect(await syncConnection(pool, 'desk', options)).toMatchObject({ state: 'complete', fetched: 2, inserted: 1, unchanged: 1 });
  const kept = await pool.query<{ row: string }>(
    'select raw::text as row from ingest.raw_record raw union all select c::text from ingest.connection c',
  );
  expect(kept.rows.filter(({ row }) => row.includes(password))).toEqual([]);
});

test('12,000 rows of one instant come whole, and whole again where the reading is taken up after any page', async () => {
  await pool.query(
    `insert into desk.change select 'e' || n, 'T1', '2026-03-02T09:00:00Z', 'Open', '2026-03-02T09:00:00Z' from generate_series(1, 12000) n`,
  );
  const config = logConfig(address, query);
  const pages = await readAll(config, password);
  expect(pages.map((page) => [page.records.length, page.done])).toEqual([
    [5_000, false],
    [5_000, false],
    [2_000, true],
  ]);
  for (const { next } of pages) expect(new Set(idsOf(await readAll(config, password, next))).size).toBe(12_000);
});

test('a row whose cursor is null comes every time, and moves nothing', async () => {
  await insert('a', '2026-03-02T09:00:00Z');
  await pool.query(`insert into desk.change values ('b', 'T1', '2026-03-02T08:00:00Z', 'Open', null)`);
  const config = logConfig(address, query);
  const first = await readAll(config, password);
  expect(first.at(-1)?.next.state).toMatchObject({ reached: '2026-03-02 09:00:00+00' });
  expect(idsOf(await readAll(config, password, first.at(-1)?.next)).sort()).toEqual(['a', 'b']);
});

test('a time of next year does not hide what is written until then', async () => {
  await insert('odd', '2999-01-01T00:00:00Z', { at: '2026-03-02T09:00:00Z' });
  const config = logConfig(address, query);
  const first = await readAll(config, password);
  await pool.query(`insert into desk.change values ('new', 'T1', now(), 'Open', now())`);
  expect(idsOf(await readAll(config, password, first.at(-1)?.next)).sort()).toEqual(['new', 'odd']);
});

test('an id that grows is a cursor too, and tells the order of the rows', async () => {
  await pool.query(`insert into desk.change select n::text, 'T1', '2026-03-02T09:00:00Z', 'Open', null from generate_series(1, 3000) n`);
  const config = logConfig(address, 'select id, item, at, status, id::bigint as n from desk.change', {
    cursor: { column: 'n', overlap: 10 },
  });
  const first = await readAll(config, password);
  expect(first.at(-1)?.next.state).toMatchObject({ reached: '3000' });
  expect(mapped(config, first)[2]?.events?.[0]).toMatchObject({ externalId: '3', seq: 12 });
  expect(idsOf(await readAll(config, password, first.at(-1)?.next))).toHaveLength(11);
});

test('without a cursor every sync reads all rows', async () => {
  await insert('a', '2026-03-02T09:00:00Z');
  const { cursor: _cursor, ...config } = logConfig(address, query);
  const first = await readAll(config, password);
  expect(idsOf(await readAll(config, password, first.at(-1)?.next))).toEqual(['a']);
});

const zones = [
  ...Array.from({ length: 12 }, (_, n) => `Etc/GMT+${12 - n}`),
  'UTC',
  ...Array.from({ length: 14 }, (_, n) => `Etc/GMT-${n + 1}`),
  ...['Asia/Tehran', 'Asia/Kathmandu', 'America/St_Johns', 'Australia/Lord_Howe', 'Europe/Berlin', 'America/New_York'],
];

test('in 27 whole-hour zones and six others times without a zone are the instants meant, and none is missed', async () => {
  // Hourly through 2026: every clock change of the year is passed.
  const instants = `generate_series('2026-01-01T00:00:00Z'::timestamptz, '2026-12-30T00:00:00Z', '61 minutes')`;
  const until = new Date();
  for (const zone of zones) {
    await pool.query('truncate desk.local_change');
    await pool.query(
      `insert into desk.local_change
      select to_char(at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"'), 'T1', at at time zone $1, 'Open', at at time zone $1
      from ${instants} at where at <= $2`,
      [zone, until],
    );
    const config = logConfig(address, 'select * from desk.local_change', {
      mapping: { ...logConfig(address, query).mapping, times: { format: 'iso', zone } },
    });
    const pages = await readAll(config, password);
    const read = mapped(config, pages);
    const { rows } = await pool.query<{ n: number }>(`select count(*)::int as n from ${instants} at where at <= $1`, [until]);
    expect([zone, read.length]).toEqual([zone, rows[0]?.n]);
    // The hour that a clock change repeats is read as the earlier one, and marked; everything else is exact.
    const wrong = read.filter((one) => one.warnings === undefined && one.events?.[0]?.at !== one.events?.[0]?.externalId);
    expect([zone, wrong.slice(0, 2)]).toEqual([zone, []]);
    expect(read.filter((one) => one.warnings).length).toBeLessThanOrEqual(2);
  }
});

test('a row written in the hour that a clock change repeats is found, though its time lies before the last one read', async () => {
  const write = (id: string, local: string) => pool.query(`insert into desk.local_change values ($1, 'T1', $2, 'Open', $2)`, [id, local]);
  await write('first pass', '2025-10-26 02:59:00');
  const config = logConfig(address, 'select * from desk.local_change', {
    mapping: { ...logConfig(address, query).mapping, times: { format: 'iso', zone: 'Europe/Berlin' } },
  });
  const first = await readAll(config, password);
  // Three minutes later by any watch.
  await write('second pass', '2025-10-26 02:02:00');
  expect(idsOf(await readAll(config, password, first.at(-1)?.next))).toContain('second pass');
});

test.each([
  ['a function that writes', `select nextval('desk.n')::text as id, item, at, status, changed from desk.change`, /read-only transaction/],
  ['a second statement', `select 1) as x; drop table desk.change; select * from (select 1`, /multiple commands|syntax error/],
  ['no query', 'selec', /syntax error/],
])('%s is refused by the database itself', async (_what, broken, reason) => {
  await pool.query(`create sequence if not exists desk.n; grant usage on sequence desk.n to ${role}`);
  await insert('a', '2026-03-02T09:00:00Z');
  await expect(readAll(logConfig(address, broken), password)).rejects.toThrow(reason);
  expect((await pool.query('select from desk.change')).rowCount).toBe(1);
});

test('a statement that takes too long is ended by the database', async () => {
  await insert('a', '2026-03-02T09:00:00Z');
  const config = logConfig(address, `${query} where pg_sleep(30) is not null`, { timeoutSeconds: 1 });
  await expect(readAll(config, password)).rejects.toThrow('statement timeout');
});

async function check(config: ReturnType<typeof logConfig>, secret = password) {
  return sqlConnector.check(config, contextWith(secret));
}

test('the check says what was opened, and finds nothing wrong with a role that only reads', async () => {
  const { ok, findings } = await check(logConfig(address, query));
  expect(ok).toBe(true);
  expect(findings).toEqual([
    expect.stringMatching(/^Opened PostgreSQL \d+.*, test_\w+ on 127\.0\.0\.1:\d+ as "reader_\w+", without TLS\.$/) as string,
    'The query has 5 columns, among them all that the mapping names.',
  ]);
});

test('the check warns of a role that may write, of a cursor without index and of none', async () => {
  const unindexed = await check(logConfig(address, 'select * from desk.local_change'));
  expect(unindexed.findings).toContain(
    'No index begins with the cursor column "changed", so every sync reads the whole table; ask for one.',
  );
  const { cursor: _cursor, ...without } = logConfig(address, query);
  expect((await check(without)).findings).toContain('No cursor is named, so every sync reads all rows.');
  await pool.query(`grant update on desk.local_change to ${role}`);
  expect((await check(logConfig(address, query))).findings).toContain(
    'The role can do more than read: it may write to desk.local_change. Give it the right to select, and no other.',
  );
  await pool.query(`revoke update on desk.local_change from ${role}`);
});

test.each([
  [
    'a column that is not there',
    'select id, item, at, state, changed from (select *, status as state from desk.change) c',
    {},
    /has no column "status", which the mapping names as event.status/,
  ],
  [
    'a cursor that is not there',
    query,
    { cursor: { column: 'chnaged' } },
    /no column "chnaged", which cursor.column names; did you mean "changed"\?/,
  ],
  [
    'a cursor without order in time',
    query,
    { cursor: { column: 'status' } },
    /cursor column "status" is text; it must be a time, a date or a whole number/,
  ],
  ['a table out of reach', 'select * from ingest.connection', {}, /permission denied/],
])('the check names %s', async (_what, asked, more, finding) => {
  const { ok, findings } = await check(logConfig(address, asked, more));
  expect(ok).toBe(false);
  expect(findings.at(-1)).toMatch(finding);
});

test('a wrong password is said, never shown', async () => {
  const { ok, findings } = await check(logConfig(address, query), 'another-canary');
  expect(ok).toBe(false);
  expect(findings.join()).toMatch(/cannot be opened as "reader_\w+": password authentication failed/);
  expect(findings.join()).not.toContain('another-canary');
});

test('TLS that is asked for and not offered ends the reading', async () => {
  await expect(readAll(logConfig(address, query, { tls: 'verify' }), password)).rejects.toThrow('does not support SSL');
});

test.each([
  ['postgres://reader:secret@db/desk', /leave the password out/],
  ['https://db/desk', /https:\/\/ is not spoken/],
  ['postgres://reader@db/desk?sslmode=disable', /are not read; write it like/],
  ['postgres://db/desk', /host, user or database is missing/],
])('the address %s is refused with the remedy', (wrong, reason) => {
  expect(() => logConfig(wrong, query)).toThrow(reason);
});

test.each(['169.254.169.254', '[fe80::1]'])('a database at %s is never asked', async (host) => {
  const { ok, findings } = await check(sqlConfigSchema.parse({ ...logConfig(address, query), address: `postgres://reader@${host}/desk` }));
  expect([ok, findings[0]]).toEqual([false, expect.stringContaining('is an address that is never asked')]);
});

test('the session that read is gone afterwards, however far it came', async () => {
  await pool.query(`insert into desk.change select 'e' || n, 'T1', now(), 'Open', now() from generate_series(1, 20000) n`);
  for await (const page of sqlConnector.read(logConfig(address, query), 'rows', null, contextWith(password))) {
    expect(page.records).toHaveLength(5_000);
    break;
  }
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  await expect.poll(async () => (await client.query('select from pg_stat_activity where usename = $1', [role])).rowCount).toBe(0);
  await client.end();
});

test('the password belongs to server and user, not to the database or the query', () => {
  expect(sqlConnector.address?.(logConfig('postgresql://reader@db.example/desk', query))).toBe('postgres://reader@db.example:5432');
  expect(sqlConnector.address?.(logConfig('mariadb://reader@[2001:db8::7]:3307/desk', query))).toBe('mysql://reader@2001:db8::7:3307');
});
