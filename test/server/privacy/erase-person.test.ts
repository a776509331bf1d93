import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { zstdDecompressSync } from 'node:zlib';
import { beforeAll, expect, test } from 'vitest';
import { addConnection } from '#etl/connections.js';
import { syncConnection } from '#etl/sync.js';
import { writeBackup } from '#server/backup/backup.js';
import { deriveFacts } from '#server/metrics/facts/derive.js';
import { erasePerson } from '#server/privacy/erase-person.js';
import { addressesBeside, namedBeside } from '#server/privacy/addresses.js';
import { readHeld } from '#server/privacy/held.js';
import { addNote } from '#server/notes/notes.js';
import { FakeSource, record } from '../../etl/fake-connector.js';
import { testDatabase } from '../../support/database.js';
import { replayConnection } from '../../support/replay.js';
import { temporaryDirectory } from '../../support/temporary-directory.js';

const { pool } = await testDatabase();
const directory = await temporaryDirectory('erase');
const source = new FakeSource();
const signal = new AbortController().signal;

/** An item with a question of Zelda's and an answer that names her; `more` is what the tool says beside it. */
function story(id: string, minute: number, asker: string, more: object = {}) {
  const at = (plus: number) => `2026-01-05T10:${String(minute + plus).padStart(2, '0')}:00Z`;
  return record(id, {
    item: { externalId: id, asOfAt: at(3), asOfSeq: 1, type: 'ticket', title: `Roof of Zelda Quixote`, customer: 'c1', createdAt: at(0) },
    events: [
      { externalId: `${id}-0`, kind: 'created', at: at(0), seq: 0, status: 'open' },
      {
        externalId: `${id}-1`,
        kind: 'said',
        at: at(1),
        seq: 1,
        side: 'customer',
        isPublic: true,
        actor: { id: asker, role: 'customer' },
        message: { body: 'My private matter about the leaking roof.' },
      },
      {
        externalId: `${id}-2`,
        kind: 'said',
        at: at(2),
        seq: 2,
        side: 'team',
        isPublic: true,
        actor: { id: '9', role: 'agent' },
        message: { body: 'Dear Zelda Quixote, we wrote to zelda.q@corp.test.' },
      },
      { externalId: `${id}-3`, kind: 'changed', at: at(3), seq: 3, status: 'closed', person: '9' },
    ],
    people: [
      { externalId: asker, name: 'Zelda Quixote' },
      { externalId: '9', name: 'Omar Best' },
    ],
    customers: [{ externalId: 'c1', name: 'Zelda Quixote' }],
    ...more,
  });
}

const everything = async () => {
  const path = join(directory, 'dump');
  await writeBackup(pool, path, signal, () => undefined);
  const facts = await pool.query<{ text: string }>(
    `select string_agg(query_to_xml(format('select * from %I.%I', schemaname, tablename), true, true, '')::text, '') as text
    from pg_tables where schemaname in ('facts', 'measured', 'analytics')`,
  );
  return zstdDecompressSync(await readFile(path)).toString('utf8') + facts.rows[0]?.text;
};
const facts = async () => {
  await deriveFacts(pool, { signal });
  const tables = ['facts.item', 'facts.turn', 'facts.handoff', 'facts.interval', 'facts.ownership'];
  return Promise.all(
    tables.map(
      async (table) => (await pool.query(`select to_jsonb(t) - 'version' - 'fact_version' as row from ${table} t order by 1`)).rows,
    ),
  );
};
const traces = /zelda|quixote|leaking roof|ölmez/i;

beforeAll(async () => {
  await addConnection(pool, { name: 'tool', connector: 'fake', config: {} }, source);
  source.pages = [
    [
      story('one', 0, '7', { raw: { email: 'zelda.q@corp.test', first_name: 'Zelda', last_name: 'Quixote' } }),
      story('two', 10, 'zelda.q@corp.test'),
      record('bad', { reject: 'no time for Zelda Quixote' }),
    ],
  ];
  await syncConnection(pool, 'tool', source);
  await addNote(pool, { from: '2026-01-05', kind: 'other', text: 'Zelda Quixote complained' });
});

test('a person is nowhere afterwards, no number changes, and no later sync brings the person back', async () => {
  const before = await facts();
  expect(await everything()).toMatch(traces);

  const whom = { who: 'zelda quixote', addresses: ['zelda.q@corp.test'] };
  const held = await readHeld(pool, whom);
  expect(held.parties.map(({ kind, items, messages }) => [kind, items, messages]).toSorted()).toEqual([
    ['customer', 2, 0],
    ['person', 1, 1],
    ['person', 1, 1],
  ]);
  expect(held.addresses).toEqual(['zelda.q@corp.test']);
  expect(await everything()).toMatch(traces);

  const steps: string[] = [];
  const { pseudonym, parties, ...counts } = await erasePerson(pool, whom, (step) => steps.push(step));
  const erased = { pseudonym, parties };
  expect(parties).toBe(3);
  expect(counts).toMatchObject({ messages: 2, reportsRemoved: 0 });
  // What was counted before is what was done.
  expect(held.counts).toEqual(counts);
  expect(counts.places.map(({ table }) => table)).toContain('app.note');
  expect(steps).toEqual(['raw', 'story', 'quarantine', 'kept']);
  expect(erased.pseudonym).toMatch(/^Erased [0-9a-f]{8}$/);
  expect(await everything()).not.toMatch(traces);
  expect(await facts()).toEqual(before);

  await pool.query('delete from ingest.checkpoint');
  const again = await syncConnection(pool, 'tool', source);
  expect(again).toMatchObject({ fetched: 3, inserted: 0, updated: 0, unchanged: 2, quarantined: 1 });
  expect(await everything()).not.toMatch(traces);

  source.pages = [[story('three', 20, '7'), story('one', 0, '7', { priority: 'high' })]];
  await pool.query('delete from ingest.checkpoint');
  await syncConnection(pool, 'tool', source);
  await replayConnection(pool, 'tool', source);
  await deriveFacts(pool, { signal });
  expect(await everything()).not.toMatch(traces);
  const { rows } = await pool.query(`select name, count(*)::int as n from core.person group by name order by name`);
  expect(rows).toEqual([
    { name: erased.pseudonym, n: 2 },
    { name: 'Omar Best', n: 1 },
  ]);
});

test('answers of others stay, with the pseudonym in them', async () => {
  const { rows } = await pool.query<{ body: string }>('select distinct body from core.message order by body');
  const bodies = rows.map(({ body }) => body.replaceAll(/Erased [0-9a-f]{8}/g, '…'));
  expect(bodies).toEqual(['', 'Dear …, we wrote to ….']);
});

test('says that nobody is called so', async () => {
  await expect(erasePerson(pool, { who: 'Nemo', addresses: [] })).rejects.toThrow('Nobody is called "Nemo" or has this id');
});

test('addresses and names that stand in one part of a record are of one person', () => {
  const zelda = { id: '', connectionId: '', kind: 'person', connection: 'tool', externalId: '7', name: 'Zelda Quixote' } as const;
  const payload = {
    requester: { id: 7, name: 'zelda quixote', email: 'Zelda.Q@corp.test' },
    assignee: { id: 9, name: 'Omar Best', email: 'omar@desk.test' },
  };
  expect(addressesBeside(payload, [zelda])).toEqual(['zelda.q@corp.test']);
  expect(namedBeside(payload, 'zelda.q@corp.test')).toEqual({ names: ['zelda quixote'], ids: ['7'] });
  expect(namedBeside(payload, 'nobody@corp.test')).toEqual({ names: [], ids: [] });
});
