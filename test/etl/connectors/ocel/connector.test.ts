import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { beforeEach, describe, expect, test } from 'vitest';
import { addConnection } from '#etl/connections.js';
import type { MappedRecord, Page } from '#etl/connector.js';
import { ocelConnector } from '#etl/connectors/ocel/connector.js';
import { ocelConfigSchema } from '#etl/connectors/ocel/payload.js';
import { listQuarantine } from '#etl/quarantine.js';
import { syncConnection } from '#etl/sync.js';
import { testDatabase } from '../../../support/database.js';
import { temporaryDirectory } from '../../../support/temporary-directory.js';
import { coreHash, emptyModel } from '../../core-hash.js';
import { json, repairs, xml, type Log } from './logs.js';

const { pool } = await testDatabase();
const directory = await temporaryDirectory('ocel');
const file = join(directory, 'log.ocel');
const context = { signal: new AbortController().signal, now: () => new Date(), secret: () => Promise.reject(new Error('no secrets')) };

beforeEach(() => emptyModel(pool));

const mapping = {
  items: ['Repair'],
  roles: {
    customer: { types: ['Customer'] },
    team: { types: ['Workshop'] },
    person: { types: ['Mechanic'], qualifiers: ['done by'] },
  },
  item: { priority: 'item:urgency' },
  event: { status: 'item:state', due: 'item:due' },
  statuses: { waiting: 'ours_waiting', 'in work': 'ours_active' },
};

async function pagesOf(
  content: string | Buffer,
  given: object = mapping,
): Promise<{ pages: Page[]; mapped: Record<string, MappedRecord> }> {
  await writeFile(file, content);
  const config = ocelConfigSchema.parse({ file, mapping: given });
  const pages: Page[] = [];
  for await (const page of ocelConnector.read(config, 'log', null, context)) pages.push(page);
  const mapped = pages.flatMap(({ records }) =>
    records.flatMap((record) => ('unreadable' in record ? [] : [[record.externalId, ocelConnector.map(config, 'log', record)] as const])),
  );
  return { pages, mapped: Object.fromEntries(mapped) };
}

const unreadable = (pages: Page[]) =>
  pages.flatMap(({ records }) => records.flatMap((record) => ('unreadable' in record ? [record.unreadable] : [])));

test.each([
  ['JSON', json(repairs)],
  ['XML', xml(repairs)],
  ['JSON with the events first', json({ events: repairs.events, objects: repairs.objects })],
  ['JSON in gzip', gzipSync(json(repairs))],
])('%s gives the item, the changes of its attributes and its events', async (_format, content) => {
  const { mapped } = await pagesOf(content);
  expect(Object.keys(mapped).sort()).toEqual(['event/e1/R1', 'event/e2/R1', 'event/e3/R1', 'event/e4', 'object/R1']);
  expect(mapped['object/R1']).toEqual({
    item: {
      externalId: 'R1',
      asOfAt: '1970-01-01T00:00:00Z',
      asOfSeq: 1,
      type: 'Repair',
      priority: 'high',
      customer: 'C7',
      finishIsExplicit: false,
    },
    events: [
      // The values that were there from the start hold from the first event on.
      { externalId: 'object/R1/1970-01-01T00:00:00Z', kind: 'changed', at: '2026-03-02T09:00:00Z', seq: 0, status: 'waiting' },
      {
        externalId: 'object/R1/1970-01-01T00:00:00Z:due',
        kind: 'promised',
        at: '2026-03-02T09:00:00Z',
        seq: 1,
        dueAt: '2026-03-06T16:00:00Z',
      },
      {
        externalId: 'object/R1/2026-03-03T10:00:00+01:00',
        kind: 'changed',
        at: '2026-03-03T09:00:00Z',
        seq: 1_000_000_004,
        status: 'in work',
      },
      {
        externalId: 'object/R1/2026-03-03T12:00:00Z:due',
        kind: 'promised',
        at: '2026-03-03T12:00:00Z',
        seq: 1_000_000_009,
        dueAt: '2026-03-09T16:00:00Z',
      },
    ],
    links: [],
    customers: [{ externalId: 'C7', name: 'Acme & Söhne' }],
  });
  expect(mapped['event/e1/R1']).toEqual({
    item: { externalId: 'R1', asOfAt: '1970-01-01T00:00:00Z', asOfSeq: 0, type: 'Repair' },
    events: [{ externalId: 'e1/R1', kind: 'changed', at: '2026-03-02T09:00:00Z', seq: 4, team: 'W1' }],
    teams: [{ externalId: 'W1', name: 'North' }],
  });
  // P2 took it in, but only "done by" makes a person its owner.
  expect(mapped['event/e2/R1']?.events).toEqual([
    { externalId: 'e2/R1', kind: 'changed', at: '2026-03-03T09:00:00Z', seq: 8, person: 'P1' },
  ]);
  expect(mapped['event/e4']).toEqual({ warnings: ['event_of_no_item'] });
});

test('by default the type of an event is the status of the items it is about', async () => {
  const { mapped } = await pagesOf(json(repairs), { items: ['Repair'] });
  expect(['e1', 'e2', 'e3'].map((id) => mapped[`event/${id}/R1`]?.events?.[0]?.status)).toEqual(['Take in', 'Repair', 'Bill']);
});

test('an event about two items is an event of each, and what relates them is a link once both are there', async () => {
  const { mapped } = await pagesOf(json(repairs), { items: ['Repair', 'Invoice'], links: { 'is billed by': 'becomes' } });
  expect(Object.keys(mapped)).toEqual(expect.arrayContaining(['event/e3/R1', 'event/e3/I1', 'object/I1']));
  expect(mapped['object/R1']?.links).toEqual([{ to: { externalId: 'I1' }, kind: 'becomes', at: '2026-03-04T09:00:00Z' }]);
});

test('a customer that only events name is the customer of the item', async () => {
  const log: Log = {
    objects: [
      { id: 'o1', type: 'Order' },
      { id: 'c1', type: 'Customer' },
    ],
    events: [
      {
        id: 'e1',
        type: 'Place',
        time: '2026-03-02T09:00:00Z',
        relationships: [
          { objectId: 'o1', qualifier: 'order' },
          { objectId: 'c1', qualifier: 'placed by' },
        ],
      },
    ],
  };
  const { mapped } = await pagesOf(json(log), { items: ['Order'], roles: { customer: { qualifiers: ['placed by'] } } });
  expect(mapped['object/o1']?.item?.customer).toBe('c1');
});

test('a time without an offset is read in the zone of the mapping', async () => {
  const [first] = repairs.events;
  const log = { ...repairs, events: [{ ...first, time: '2026-07-02T09:00:00' }] };
  const { mapped } = await pagesOf(json(log), { ...mapping, times: { zone: 'Europe/Berlin' } });
  expect(mapped['event/e1/R1']?.events?.[0]?.at).toBe('2026-07-02T07:00:00Z');
});

describe('what cannot be read', () => {
  const [first] = repairs.events;

  test('is set aside event by event, with line and reason, in JSON', async () => {
    const broken = [
      ...repairs.events,
      { ...first, id: undefined },
      { ...first, id: 'e6', relationships: [{ objectId: 'X9', qualifier: 'of' }] },
      { ...first, type: 'Other' },
      null,
    ];
    const text = json({ ...repairs, events: broken }).replace(/\n\s*null/, '\n{"id": "e8", "type" "Bill"}');
    const { pages, mapped } = await pagesOf(text);
    expect(Object.keys(mapped)).toHaveLength(5);
    expect(unreadable(pages)).toMatchObject([
      { code: 'bad_event', reason: expect.stringContaining('The event cannot be read: id: Invalid input') as string },
      { code: 'unknown_object', reason: 'The event "e6" is about "X9", which is not among the objects.' },
      { code: 'id_twice', reason: 'Another event before has the same id, "e1", and differs.' },
      {
        code: 'bad_event',
        reason: expect.stringMatching(/^The event is not JSON: /) as string,
        position: expect.stringMatching(/^log\.ocel line \d+$/) as string,
      },
    ]);
  });

  test('is set aside event by event in XML too', async () => {
    const { pages, mapped } = await pagesOf(
      xml({ ...repairs, events: [...repairs.events, { id: 'e9', type: 'Bill', relationships: [] }] }),
    );
    expect(Object.keys(mapped)).toHaveLength(5);
    expect(unreadable(pages)).toMatchObject([{ code: 'bad_event', reason: expect.stringContaining('time: Invalid input') as string }]);
  });

  test('and a time that is none is quarantined with the value, the others are loaded', async () => {
    await writeFile(file, json({ ...repairs, events: [...repairs.events, { ...first, id: 'e7', time: 'yesterday' }] }));
    await addConnection(pool, { name: 'log', connector: 'ocel', config: { file, mapping } });
    expect(await syncConnection(pool, 'log')).toMatchObject({
      state: 'complete',
      fetched: 6,
      inserted: 5,
      quarantined: 1,
      warnings: { event_of_no_item: 1 },
    });
    expect(await listQuarantine(pool)).toMatchObject([{ code: 'bad_time', reason: expect.stringContaining('"yesterday"') as string }]);
  });

  test.each([
    ['a cut document', json(repairs).slice(0, -30), /is cut off/],
    ['a cut XML', xml(repairs).slice(0, -60), /is cut off/],
    ['OCEL 1.0', '{"ocel:global-log": {}}', /is OCEL 1\.0 \("ocel:global-log"\)/],
    ['a list', '[1, 2]', /begins with "\["/],
    ['another XML', '<feed></feed>', /first element is <feed>, not <log>/],
    ['XES', '<log><trace></trace></log>', /is XES, not OCEL/],
    ['entities', '<!DOCTYPE log [<!ENTITY a "b">]><log></log>', /declares a document type/],
    ['SQLite', 'SQLite format 3\0', /begins with "S"/],
    ['no objects', '{"objects": [], "events": []}', /has no objects/],
    ['a type that is not there', json({ ...repairs, objects: repairs.objects.slice(1) }), /no objects of the type "Repair"/],
  ])('%s ends with one clear error', async (_what, content, reason) => {
    await expect(pagesOf(content)).rejects.toThrow(reason);
  });

  test('a mistyped type is answered with the nearest', async () => {
    await expect(pagesOf(json(repairs), { ...mapping, items: ['Repiar'] })).rejects.toThrow('did you mean "Repair"?');
  });
});

function manyRepairs(count: number): Log {
  return {
    objects: [repairs.objects[2] ?? { id: '', type: '' }, ...Array.from({ length: count }, (_, n) => ({ id: `R${n}`, type: 'Repair' }))],
    events: Array.from({ length: count * 2 }, (_, n) => ({
      id: `e${n}`,
      type: n % 2 === 0 ? 'Take in' : 'Bill',
      time: new Date(Date.UTC(2026, 0, 1) + n * 60_000).toISOString(),
      relationships: [{ objectId: `R${n >> 1}`, qualifier: 'of' }],
    })),
  };
}

test.each(['json', 'xml'] as const)('a %s log read again changes nothing, wherever the first reading stopped', async (format) => {
  const log = manyRepairs(4_000);
  await writeFile(file, format === 'json' ? json(log) : xml(log));
  await addConnection(pool, { name: 'log', connector: 'ocel', config: { file, mapping: { items: ['Repair'] } } });
  const stop = new AbortController();
  const stopped = await syncConnection(pool, 'log', { signal: stop.signal, onProgress: () => stop.abort() });
  expect(stopped).toMatchObject({ state: 'incomplete' });
  expect(await syncConnection(pool, 'log')).toMatchObject({ state: 'complete', fetched: 12_000 - stopped.fetched });
  const after = await coreHash(pool);
  expect(await syncConnection(pool, 'log')).toMatchObject({ state: 'complete', fetched: 12_000, unchanged: 12_000 });
  expect(await coreHash(pool)).toBe(after);
  const { rows } = await pool.query('select count(*)::int as items, (select count(*)::int from core.event) as events from core.item');
  expect(rows).toEqual([{ items: 4_000, events: 8_000 }]);
});

test('the log is cut anywhere without a difference', async () => {
  const { JsonElements } = await import('#etl/connectors/ocel/json-elements.js');
  const text = json(repairs);
  const read = (size: number) => {
    const reader = new JsonElements('log');
    const found = [];
    for (let at = 0; at < text.length; at += size) found.push(...reader.push(text.slice(at, at + size)));
    return [...found, ...reader.end()];
  };
  const whole = read(text.length);
  expect(whole.map(({ kind, broken }) => [kind, broken])).toEqual([
    ...repairs.objects.map(() => ['object', null]),
    ...repairs.events.map(() => ['event', null]),
  ]);
  for (const size of [1, 2, 3, 7, 64]) expect(read(size)).toEqual(whole);
});

test('the check names the types there are', async () => {
  await writeFile(file, json(repairs));
  expect(await ocelConnector.check(ocelConfigSchema.parse({ file, mapping }), context)).toEqual({
    ok: true,
    findings: ['The log has objects of the types Customer, Invoice, Mechanic, Repair, Workshop.'],
  });
});
