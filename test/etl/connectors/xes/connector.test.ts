import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { beforeEach, describe, expect, test } from 'vitest';
import type { Json } from '#etl/connector.js';
import { addConnection, listConnections } from '#etl/connections.js';
import { listQuarantine } from '#etl/quarantine.js';
import { syncConnection } from '#etl/sync.js';
import { testDatabase } from '../../../support/database.js';
import { temporaryDirectory } from '../../../support/temporary-directory.js';
import { coreHash, emptyModel } from '../../core-hash.js';

const { pool } = await testDatabase();
const directory = await temporaryDirectory('xes');
const file = join(directory, 'log.xes');

beforeEach(() => emptyModel(pool));

async function load(content: string | Buffer, mapping?: Json) {
  await writeFile(file, content);
  await addConnection(pool, { name: 'log', connector: 'xes', config: mapping === undefined ? { file } : { file, mapping } });
  return syncConnection(pool, 'log');
}

const event = (name: string, at: string, more = '') =>
  `<event><string key="concept:name" value="${name}"/><date key="time:timestamp" value="${at}"/>${more}</event>`;
const trace = (id: string, events: string, more = '') => `<trace><string key="concept:name" value="${id}"/>${more}${events}</trace>\n`;
const log = (...traces: string[]) =>
  `<?xml version="1.0" encoding="UTF-8"?>\n<log xes.version="1849-2016"><extension name="Concept" prefix="concept" uri="x"/><global scope="event"><string key="concept:name" value="name"/></global>\n${traces.join('')}</log>\n`;
const group = (name: string) => `<string key="org:group" value="${name}"/>`;

const two = log(
  trace(
    'c1',
    event('register', '2026-01-05T09:00:00.000+01:00', group('Desk')) +
      event('decide', '2026-01-06T09:00:00.500+03:30', group('Back &amp; office')),
  ),
  trace('c2', event('register', '2026-01-07T10:00:00Z')),
);

async function rows(sql: string) {
  return (await pool.query<Record<string, unknown>>(sql)).rows;
}

describe('a log in XES', () => {
  test('is one item a trace and one change an event, at the instant its offset says', async () => {
    expect(await load(two)).toMatchObject({ state: 'complete', fetched: 2, inserted: 2, asOf: '2026-01-07T10:00:00.000Z' });
    expect(
      await rows(`
        select item.external_id as item, at, status.name as status, team.name as team
        from core.event
        join core.item using (item_id)
        join core.status on status.id = status_id
        left join core.team on team.id = team_id
        order by item.external_id, at`),
    ).toEqual([
      { item: 'c1', at: new Date('2026-01-05T08:00:00Z'), status: 'register', team: 'Desk' },
      { item: 'c1', at: new Date('2026-01-06T05:30:00.500Z'), status: 'decide', team: 'Back & office' },
      { item: 'c2', at: new Date('2026-01-07T10:00:00Z'), status: 'register', team: null },
    ]);
  });

  test('reads the same from gzip, in any cut, and changes nothing a second time', async () => {
    await load(two);
    const expected = await coreHash(pool);
    expect(await load(gzipSync(two))).toMatchObject({ unchanged: 2 });
    expect(await coreHash(pool)).toBe(expected);
  });

  test('without a group says so instead of showing none', async () => {
    await load(log(trace('c1', event('register', '2026-01-05T09:00:00Z'))));
    const [connection] = await listConnections(pool);
    expect(connection?.capabilities.team).toEqual({ fidelity: 'none', reason: 'The first traces of the log have no "org:group".' });
    expect(connection?.capabilities.status).toEqual({ fidelity: 'full' });
  });

  test('ends its items with their last event where the mapping says so', async () => {
    await load(two, { finishedWhen: 'last-event', item: { type: { value: 'permit' } } });
    expect(await rows('select external_id, type, finished_at from core.item order by 1')).toEqual([
      { external_id: 'c1', type: 'permit', finished_at: new Date('2026-01-06T05:30:00.500Z') },
      { external_id: 'c2', type: 'permit', finished_at: new Date('2026-01-07T10:00:00Z') },
    ]);
  });

  test('reads attributes of the trace as columns with case: before them', async () => {
    await load(log(trace('c1', event('register', '2026-01-05T09:00:00Z'), '<date key="deadline" value="2026-02-01T00:00:00Z"/>')), {
      item: { attributes: ['case:deadline'] },
      event: { due: 'case:deadline' },
    });
    expect(await rows(`select due_at from core.event where kind = 'promised'`)).toEqual([{ due_at: new Date('2026-02-01T00:00:00Z') }]);
    expect(await rows('select attributes from core.item')).toEqual([{ attributes: { 'case:deadline': '2026-02-01T00:00:00Z' } }]);
  });
});

describe('a bad trace is quarantined and the rest is loaded', () => {
  const good = trace('good', event('register', '2026-01-05T09:00:00Z'));
  test.each([
    ['a time that is none', trace('bad', event('register', 'soon')), 'bad_time'],
    ['no events', trace('bad', ''), 'no_events'],
    ['no id', `<trace>${event('register', '2026-01-05T09:00:00Z')}</trace>`, 'no_item_id'],
    ['the id of another trace', trace('good', event('decide', '2026-01-05T09:00:00Z')), 'id_twice'],
    ['too many events', trace('bad', '<event/>'.repeat(50_001)), 'trace_too_large'],
  ])('%s', async (_name, bad, code) => {
    expect(await load(log(good, bad))).toMatchObject({ state: 'complete', inserted: 1, quarantined: 1 });
    expect(await listQuarantine(pool)).toMatchObject([{ code, position: expect.stringMatching(/^log\.xes line \d+$/) }]);
  });
});

describe('a file that is no log gives one clear error', () => {
  const bomb = `<?xml version="1.0"?><!DOCTYPE log [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]><log><trace>&b;</trace></log>`;
  test.each([
    ['a bomb of entities', bomb, 'log.xes line 1 declares a document type; such a file can define entities and is refused.'],
    ['another kind of XML', '<html><body/></html>', 'is not an XES log: its first element is <html>, not <log>.'],
    ['no XML', 'item,at\n1,2\n', 'is not well-formed XML'],
    ['an unknown entity', log(trace('c1', event('&boom;', '2026-01-05T09:00:00Z'))), 'is not well-formed XML'],
    ['elements without end', `<log>${'<list key="a" value="b">'.repeat(40)}`, 'nests deeper than 32 elements.'],
    ['another encoding', '<?xml version="1.0" encoding="ISO-8859-1"?><log/>', 'is in iso-8859-1; save it as UTF-8.'],
    [
      'invalid UTF-8',
      Buffer.concat([Buffer.from('<log><trace>'), Buffer.from([0xff, 0xfe, 0xfd])]),
      'log.xes is not UTF-8; save it as UTF-8.',
    ],
    ['a value of 9 MB', log(trace('c1', event('x'.repeat(9 * 2 ** 20), '2026-01-05T09:00:00Z'))), 'has an element of more than 8 MB.'],
    ['no traces', log(), 'log.xes has no traces; export it again.'],
  ])('%s', async (_name, content, message) => {
    await expect(load(content)).rejects.toThrow(message);
  });

  test('a log stopped in the middle is read on from there', async () => {
    await writeFile(file, log(...Array.from({ length: 4_000 }, (_, n) => trace(`c${n}`, event('register', '2026-01-05T09:00:00Z')))));
    await addConnection(pool, { name: 'log', connector: 'xes', config: { file } });
    const stop = new AbortController();
    const stopped = await syncConnection(pool, 'log', { signal: stop.signal, onProgress: () => stop.abort() });
    expect(stopped).toMatchObject({ state: 'incomplete', fetched: 1_000 });
    expect(await syncConnection(pool, 'log')).toMatchObject({ state: 'complete', inserted: 3_000, unchanged: 0 });
  });

  test('a log that is cut off keeps the traces before the cut', async () => {
    const many = log(...Array.from({ length: 2_500 }, (_, n) => trace(`c${n}`, event('register', '2026-01-05T09:00:00Z'))));
    await expect(load(many.slice(0, Math.floor(many.length * 0.8)))).rejects.toThrow('is cut off: the log is not closed');
    expect((await rows('select count(*)::int as n from core.item'))[0]?.['n']).toBeGreaterThan(1_900);
    expect(await load(many)).toMatchObject({ state: 'complete', fetched: 2_500 });
  });
});
