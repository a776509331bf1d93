import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeEach, expect, test } from 'vitest';
import { addConnection, listConnections, removeConnection } from '#etl/connections.js';
import { listQuarantine, retryQuarantine } from '#etl/quarantine.js';
import { syncConnection } from '#etl/sync.js';
import { testDatabase } from '../support/database.js';
import { replayConnection } from '../support/replay.js';
import { coreHash, emptyModel } from './core-hash.js';
import { change, FakeSource, record } from './fake-connector.js';

const { pool } = await testDatabase();
const directory = await mkdtemp(join(tmpdir(), 'throughline-connections-'));
const file = join(directory, 'log.csv');

afterAll(() => rm(directory, { recursive: true, force: true }));
beforeEach(() => emptyModel(pool));

const mapping = {
  rows: 'events',
  item: { id: 'item', type: { value: 'task' } },
  event: { at: 'at', status: 'status' },
  statuses: { Open: 'ours_active', Closed: 'done' },
};

async function add(config: object) {
  return addConnection(pool, { name: 'log', connector: 'csv', config: { file, mapping: JSON.parse(JSON.stringify(config)) } });
}

async function rows(sql: string) {
  return (await pool.query<Record<string, unknown>>(sql)).rows;
}

async function loadLog() {
  await writeFile(
    file,
    'item,at,status,team\ni1,2026-01-05T09:00:00Z,Open,A\ni1,2026-01-05T10:00:00Z,Waiting,B\ni2,2026-01-05T11:00:00Z,Closed,A\n',
  );
  await add(mapping);
  await syncConnection(pool, 'log');
  await pool.query('delete from facts.dirty');
}

test('a status the mapping does not know is kept as unmapped', async () => {
  await loadLog();
  expect(await rows('select name, meaning from core.status order by name')).toEqual([
    { name: 'Closed', meaning: 'done' },
    { name: 'Open', meaning: 'ours_active' },
    { name: 'Waiting', meaning: 'unmapped' },
  ]);
});

test('the same connection again changes nothing', async () => {
  await loadLog();
  expect(await add(mapping)).toMatchObject({ change: 'unchanged' });
  expect(await rows('select * from facts.dirty')).toEqual([]);
});

test('another court for a status needs no reading: the items are derived again', async () => {
  await loadLog();
  expect(await add({ ...mapping, statuses: { ...mapping.statuses, Waiting: 'customer' } })).toMatchObject({ change: 'settings' });
  expect(await rows(`select meaning from core.status where name = 'Waiting'`)).toEqual([{ meaning: 'customer' }]);
  expect(await rows('select count(distinct item_id)::int as n from facts.dirty')).toEqual([{ n: 2 }]);
});

test('another mapping is applied to what was read before, without the file', async () => {
  await loadLog();
  await rm(file);
  expect(await add({ ...mapping, event: { ...mapping.event, team: 'team' } })).toMatchObject({ change: 'replayed' });
  expect(await rows('select name from core.team order by name')).toEqual([{ name: 'A' }, { name: 'B' }]);
  expect(await rows('select count(team_id)::int as teams from core.event')).toEqual([{ teams: 3 }]);
});

test('a mapping that makes other rows the same drops what was read, and the next sync reads it again', async () => {
  await loadLog();
  expect(await add({ ...mapping, backFilled: ['team'] })).toMatchObject({ change: 'reread' });
  expect(await rows('select count(*)::int as n from core.event')).toEqual([{ n: 0 }]);
  expect(await syncConnection(pool, 'log')).toMatchObject({ inserted: 3 });
});

test('a replay gives what a load gives, twice over', async () => {
  const source = new FakeSource();
  await addConnection(pool, { name: 'tool', connector: 'fake', config: {} }, source);
  source.pages = [
    Array.from({ length: 60 }, (_, n) =>
      change(`r${n}`, `i${n % 7}`, (n * 11) % 60, { title: `t${n}`, team: `team ${n % 3}`, status: 'open' }),
    ),
    [
      record('p', { people: [{ externalId: 'ada', name: 'Ada' }], teams: [{ externalId: 'team 1', name: 'Support' }] }),
      change('r3', 'i6', 59, { status: 'closed' }),
    ],
  ];
  await syncConnection(pool, 'tool', source);
  const loaded = await coreHash(pool);
  expect(await replayConnection(pool, 'tool', source)).toEqual({ records: 61, quarantined: 0 });
  expect(await coreHash(pool)).toBe(loaded);
  await replayConnection(pool, 'tool', source);
  expect(await coreHash(pool)).toBe(loaded);
});

test('a newer map of the connector is replayed at the next sync', async () => {
  const source = new FakeSource();
  source.pages = [[change('a', 'one', 1)]];
  await addConnection(pool, { name: 'tool', connector: 'fake', config: {} }, source);
  await syncConnection(pool, 'tool', source);
  await pool.query('delete from facts.dirty');
  source.mapVersion = 2;
  source.pages = [];
  await syncConnection(pool, 'tool', source);
  expect(await rows('select map_version from ingest.connection')).toEqual([{ map_version: 2 }]);
  expect(await rows('select count(distinct item_id)::int as n from facts.dirty')).toEqual([{ n: 1 }]);
});

test('a removed connection leaves nothing but the marks that remove its facts', async () => {
  await loadLog();
  await removeConnection(pool, 'log');
  for (const table of [
    'ingest.connection',
    'ingest.raw_record',
    'ingest.checkpoint',
    'ingest.sync_run',
    'core.item',
    'core.event',
    'core.status',
  ]) {
    expect({ table, rows: await rows(`select 1 from ${table}`) }).toEqual({ table, rows: [] });
  }
  expect(await rows('select count(distinct item_id)::int as n from facts.dirty')).toEqual([{ n: 2 }]);
  expect(await listConnections(pool)).toEqual([]);
});

test('a calendar of the mapping becomes the default calendar', async () => {
  await writeFile(file, 'item,at,status,team\ni1,2026-01-05T09:00:00Z,Open,A\n');
  const calendar = {
    zone: 'Asia/Tehran',
    hours: [{ days: 'sat-wed', opens: '08:00', closes: '16:30' }],
    holidays: [{ on: '2026-03-21', name: 'Nowruz' }],
  };
  await add({ ...mapping, calendar });
  await add({ ...mapping, calendar });
  expect(await rows('select time_zone from core.calendar')).toEqual([{ time_zone: 'Asia/Tehran' }]);
  expect(await rows('select weekday from core.calendar_hours order by weekday')).toEqual([1, 2, 3, 6, 7].map((weekday) => ({ weekday })));
  expect((await listConnections(pool))[0]?.settings).toMatchObject({ defaultCalendar: 'default', timeZone: 'Asia/Tehran' });
});

test('what is quarantined can be tried again once the rules have changed', async () => {
  const source = new FakeSource();
  await addConnection(pool, { name: 'tool', connector: 'fake', config: {} }, source);
  source.pages = [[change('good', 'one', 1), record('bad', { reject: 'not now' })]];
  await syncConnection(pool, 'tool', source);
  expect(await retryQuarantine(pool, 'tool', source)).toEqual({ tried: 1, loaded: 0, refused: 1, unparsed: 0 });
  const lenient = { ...source.connectors['fake']!, map: () => ({}) };
  expect(await retryQuarantine(pool, 'tool', { connectors: { fake: lenient } })).toEqual({ tried: 1, loaded: 1, refused: 0, unparsed: 0 });
  expect(await listQuarantine(pool)).toEqual([]);
});

test('a name cannot change its connector', async () => {
  await loadLog();
  const source = new FakeSource();
  await expect(addConnection(pool, { name: 'log', connector: 'fake', config: {} }, source)).rejects.toThrow(
    'Connection "log" exists and reads by "csv", not "fake"; choose another name or remove it first.',
  );
  await expect(addConnection(pool, { name: 'x', connector: 'csw', config: {} })).rejects.toThrow('Unknown connector "csw"; known: csv, ');
});
