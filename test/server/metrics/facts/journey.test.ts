import fc from 'fast-check';
import { beforeEach, expect, test } from 'vitest';
import { defaultSettings, signals } from '#etl/connector.js';
import { deriveFacts, rebuildFacts } from '#server/metrics/facts/derive.js';
import { testDatabase } from '../../../support/database.js';
import { foldJourneys, type Becoming, type FoldedJourney, type ItemEnds } from '../../../support/fold-journeys.js';
import { forget, idOf, tell, tellConnection, type StoryItem } from '../../../support/story.js';

const { pool } = await testDatabase();
const otherConnection = idOf('connection', 'other');

beforeEach(async () => {
  await tellConnection(pool);
  await pool.query(
    `insert into ingest.connection (id, name, connector, config, settings, capabilities, map_version, as_of_at)
     values ($1, 'other', 'told', '{}', $2, $3, 1, '2026-12-31T00:00:00Z') on conflict (id) do nothing`,
    [otherConnection, defaultSettings, Object.fromEntries(signals.map((signal) => [signal, { fidelity: 'full' }]))],
  );
  await pool.query('truncate core.item, core.event, core.link, core.alias, facts.dirty');
  await rebuildFacts(pool);
});

const hour = (n: number): string => new Date(Date.parse('2026-01-05T00:00:00Z') + n * 3_600_000).toISOString();

/** Created, begun and finished at these hours; null: not yet. */
const item = (name: string, created: number, started: number | null, ended: number | null): StoryItem => ({
  name,
  createdAt: hour(created),
  events: [
    { at: hour(created), kind: 'created', status: 'queued', team: 'A' },
    ...(started === null ? [] : [{ at: hour(started), status: 'working' }]),
    ...(ended === null ? [] : [{ at: hour(ended), status: 'done' }]),
  ],
});

/** Writes the links anew, as the records of the items they come from do. */
async function link(...links: Becoming[]): Promise<void> {
  await pool.query(`insert into facts.dirty (item_id) select item_id from core.link union select unnest($1::uuid[])`, [
    links.map(({ from }) => idOf('item', from)),
  ]);
  await pool.query('truncate core.link');
  for (const { from, to, at } of links)
    await pool.query(
      "insert into core.link (item_id, other_item_id, kind, at, record_id) values ($1, $2, 'becomes', $3, $1) on conflict do nothing",
      [idOf('item', from), idOf('item', to), at],
    );
}

async function moveToOther(...names: string[]): Promise<void> {
  await pool.query('update core.item set connection_id = $1 where item_id = any($2)', [
    otherConnection,
    names.map((name) => idOf('item', name)),
  ]);
}

const milliseconds = (at: string) => `(extract(epoch from ${at}) * 1000)::float8`;
const nameOf = (id: string) => `(select external_id from core.item n where n.item_id = ${id})`;

/** The journeys as derived, in the shape of the fold. */
async function derived(): Promise<FoldedJourney[]> {
  const { rows } = await pool.query<FoldedJourney>(`
    select
      (select array_agg(${nameOf('s.item_id')} order by s.n) from facts.journey_step s where s.journey_id = j.journey_id) as items,
      ${milliseconds('j.started_at')} as started, ${milliseconds('j.ended_at')} as ended, j.outcome, j.systems,
      (
        select jsonb_agg(jsonb_build_object(
          'from', ${nameOf('h.from_item_id')}, 'to', ${nameOf('h.item_id')}, 'at', ${milliseconds('h.at')},
          'touched', ${milliseconds('h.touched_at')}, 'until', case when isfinite(h.until_at) then ${milliseconds('h.until_at')} end,
          'isBetweenSystems', h.is_between_systems, 'hasNote', h.has_note
        ))
        from facts.journey_handoff h where h.journey_id = j.journey_id
      ) as handoffs
    from facts.journey j`);
  for (const journey of rows) {
    for (const handoff of journey.handoffs) handoff.until ??= Infinity;
    journey.handoffs.sort((one, other) => (`${one.from} ${one.to}` < `${other.from} ${other.to}` ? -1 : 1));
  }
  return rows.sort((one, other) => (one.items[0]! < other.items[0]! ? -1 : 1));
}

const itemsOf = (journeys: FoldedJourney[]): string[][] => journeys.map(({ items }) => items);

test('a deal that becomes a project that becomes a ticket of other tools is one journey', async () => {
  await tell(pool, item('deal', 0, 1, 10), item('project', 12, 15, 50), item('ticket', 40, null, null), item('alone', 0, 1, 2));
  await moveToOther('project');
  await link({ from: 'deal', to: 'project', at: hour(12) }, { from: 'project', to: 'ticket', at: hour(40) });
  await deriveFacts(pool);
  const moment = (n: number): number => Date.parse(hour(n));
  // The project waits from the end of the deal; the ticket came while the project was open.
  expect(await derived()).toEqual([
    {
      items: ['deal', 'project', 'ticket'],
      started: moment(0),
      ended: Infinity,
      outcome: 'open',
      systems: 2,
      handoffs: [
        { from: 'deal', to: 'project', at: moment(10), touched: moment(15), until: moment(50), isBetweenSystems: true, hasNote: false },
        { from: 'project', to: 'ticket', at: moment(40), touched: null, until: Infinity, isBetweenSystems: true, hasNote: false },
      ],
    },
  ]);
  expect((await pool.query('select items, handoffs, system_handoffs from facts.journey')).rows).toEqual([
    { items: 3, handoffs: 2, system_handoffs: 2 },
  ]);
});

/** An item of the house and the same item as addresses of its tool call it. */
const nameToo = (item: string, alias: string) =>
  pool.query('insert into core.alias (item_id, alias_id, record_id) values ($1, $2, $1)', [idOf('item', item), idOf('item', alias)]);

test('a link that names an item by its key joins the two, whichever of them comes first', async () => {
  await tell(pool, item('deal', 0, 1, 10), item('ticket', 12, null, null));
  await link({ from: 'deal', to: 'SUP-12', at: hour(12) });
  await deriveFacts(pool);
  expect(await derived()).toEqual([]);
  await nameToo('ticket', 'SUP-12');
  await pool.query('insert into facts.dirty (item_id) values ($1)', [idOf('item', 'ticket')]);
  await deriveFacts(pool);
  expect(itemsOf(await derived())).toEqual([['deal', 'ticket']]);
  const later = await derived();
  await pool.query('truncate core.link');
  await rebuildFacts(pool);
  expect(await derived()).toEqual([]);
  await link({ from: 'deal', to: 'SUP-12', at: hour(12) }, { from: 'deal', to: 'ticket', at: hour(13) });
  await deriveFacts(pool);
  expect(await derived()).toEqual(later);
  await rebuildFacts(pool);
  expect(await derived()).toEqual(later);
});

test('a diamond, a ring and an item that becomes itself are journeys of each item once', async () => {
  await tell(pool, ...['a', 'b', 'c', 'd', 'x', 'y', 'self'].map((name, index) => item(name, index, null, null)));
  const pairs = ['ab', 'ac', 'bd', 'cd', 'xy', 'yx'].map((pair) => ({ from: pair[0]!, to: pair[1]!, at: hour(9) }));
  await link(...pairs, { from: 'self', to: 'self', at: hour(9) });
  await deriveFacts(pool);
  const journeys = await derived();
  expect(itemsOf(journeys)).toEqual([
    ['a', 'b', 'c', 'd'],
    ['x', 'y'],
  ]);
  expect(journeys.map(({ handoffs }) => handoffs.length)).toEqual([4, 2]);
});

test('a chain of two thousand items is joined in a few rounds', async () => {
  const names = Array.from({ length: 2_000 }, (_, index) => `link ${index}`);
  await tell(pool, ...names.map((name) => item(name, 0, null, null)));
  await pool.query(
    `insert into core.link (item_id, other_item_id, kind, at, record_id)
     select l.from_id, l.to_id, 'becomes', $3, l.from_id from unnest($1::uuid[], $2::uuid[]) as l (from_id, to_id)`,
    [names.slice(0, -1).map((name) => idOf('item', name)), names.slice(1).map((name) => idOf('item', name)), hour(1)],
  );
  await deriveFacts(pool);
  expect((await pool.query('select items, handoffs from facts.journey')).rows).toEqual([{ items: 2_000, handoffs: 1_999 }]);
});

test('a link to an item that comes later waits for it, and a link that goes parts the journey', async () => {
  await tell(pool, item('deal', 0, 1, 10));
  await link({ from: 'deal', to: 'project', at: hour(12) });
  await deriveFacts(pool);
  expect(await derived()).toEqual([]);
  await tell(pool, item('project', 12, 15, 50));
  await deriveFacts(pool);
  expect(itemsOf(await derived())).toEqual([['deal', 'project']]);
  await link();
  await deriveFacts(pool);
  expect(await derived()).toEqual([]);
  expect((await pool.query('select from facts.journey_step')).rowCount).toBe(0);
});

test('an item that is deleted or turns out to be a duplicate leaves the journey', async () => {
  await tell(pool, item('a', 0, 1, 2), item('b', 3, 4, 5), item('c', 6, 7, 8));
  await link({ from: 'a', to: 'b', at: hour(3) }, { from: 'b', to: 'c', at: hour(6) });
  await deriveFacts(pool);
  await forget(pool, 'c');
  await deriveFacts(pool);
  expect(itemsOf(await derived())).toEqual([['a', 'b']]);
  await tell(pool, { ...item('b', 3, 4, 5), excluded: 'duplicate' });
  await deriveFacts(pool);
  expect(await derived()).toEqual([]);
});

test('a change of one item gives its whole journey the new version, and no other journey', async () => {
  await tell(pool, item('a', 0, 1, 2), item('b', 3, 4, null), item('x', 0, 1, 2), item('y', 3, 4, null));
  await link({ from: 'a', to: 'b', at: hour(3) }, { from: 'x', to: 'y', at: hour(3) });
  const first = await deriveFacts(pool);
  await tell(pool, item('b', 3, 4, 9));
  const second = await deriveFacts(pool);
  expect(second).toEqual({ items: 1, version: first.version + 1 });
  const { rows } = await pool.query<{ name: string; version: number }>(
    `select ${nameOf('f.item_id')} as name, version::int from facts.item f order by name`,
  );
  expect(rows.map(({ name, version }) => [name, version - first.version])).toEqual([
    ['a', 1],
    ['b', 1],
    ['x', 0],
    ['y', 0],
  ]);
});

const moment = fc.integer({ min: 0, max: 60 });
const drawnItem = fc.record({
  created: moment,
  started: fc.option(moment),
  length: fc.option(moment),
  noteAt: fc.option(moment),
  isOther: fc.boolean(),
  excluded: fc.option(fc.constant('spam'), { nil: undefined, freq: 8 }),
});
const drawnLinks = (items: number): fc.Arbitrary<Becoming[]> =>
  fc.uniqueArray(
    fc.record({
      from: fc.nat(items - 1).map((n) => `item ${n}`),
      to: fc.nat(items - 1).map((n) => `item ${n}`),
      at: moment.map(hour),
    }),
    { maxLength: 12, selector: ({ from, to }) => `${from} ${to}` },
  );

async function everything(): Promise<unknown[]> {
  const all: unknown[] = [];
  for (const table of ['journey', 'journey_step', 'journey_handoff'])
    all.push((await pool.query(`select to_jsonb(f)::text as row from facts.${table} f order by 1`)).rows);
  return all;
}

test('journeys equal a walk along the links, for random items, and deriving what changed gives those of a rebuild', async () => {
  const count = 10;
  await fc.assert(
    fc.asyncProperty(
      fc.array(drawnItem, { minLength: count, maxLength: count }),
      drawnLinks(count),
      drawnLinks(count),
      fc.array(fc.nat(count - 1), { maxLength: 3 }),
      async (drawn, before, after, gone) => {
        await pool.query('truncate core.item, core.event, core.link');
        const stories = drawn.map(({ created, started, length, noteAt, excluded }, index): StoryItem => {
          const story = item(`item ${index}`, created, started, length === null ? null : created + length);
          const note = noteAt === null ? [] : [{ at: hour(noteAt), kind: 'noted' as const }];
          return { ...story, events: [...story.events, ...note], ...(excluded && { excluded }) };
        });
        await tell(pool, ...stories);
        await moveToOther(...drawn.flatMap(({ isOther }, index) => (isOther ? [`item ${index}`] : [])));
        await link(...before);
        await deriveFacts(pool);
        await link(...after);
        await forget(pool, ...gone.map((index) => `item ${index}`));
        await deriveFacts(pool);
        const { rows } = await pool.query<ItemEnds>(`
          select i.external_id as name, case f.connection_id when '${otherConnection}' then 'other' else 'told' end as connection,
            ${milliseconds('f.created_at')} as created, ${milliseconds('least(f.started_at, f.first_response_at)')} as touched,
            ${milliseconds('f.ended_at')} as ended, f.outcome, f.excluded
          from facts.item f join core.item i using (item_id)`);
        expect(await derived()).toEqual(foldJourneys(rows, stories, after));
        const incremental = await everything();
        await rebuildFacts(pool, { batchSize: 3 });
        expect(await everything()).toEqual(incremental);
      },
    ),
    { numRuns: Number(process.env.THROUGHLINE_RUNS ?? 20), seed: 20_261_121 },
  );
});
