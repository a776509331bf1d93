import fc from 'fast-check';
import { beforeAll, expect, test } from 'vitest';
import { type ConnectionSettings, defaultSettings } from '#etl/connector.js';
import { deriveFacts, rebuildFacts } from '#server/metrics/facts/derive.js';
import { testDatabase } from '../../../support/database.js';
import { fold } from '../../../support/fold.js';
import { type StoryEvent, type StoryItem, factsOf, statuses, tell, tellConnection } from '../../../support/story.js';

const { pool } = await testDatabase();

beforeAll(() => tellConnection(pool));

const start = Date.parse('2026-01-05T08:00:00Z');
/** Many at the same moment, some under the corrections apart, some with parts of a second. */
const moment = fc
  .oneof(
    fc.integer({ min: 0, max: 40 }).map((n) => n * 1_800_000),
    fc.integer({ min: 0, max: 7_200_000 }).map((ms) => ms * 10),
  )
  .map((ms) => new Date(start + ms).toISOString());
const rarely = <T>(value: fc.Arbitrary<T>): fc.Arbitrary<T | undefined> => fc.option(value, { nil: undefined, freq: 2 });
const team = fc.constantFrom('A', 'B', 'C', null);
const person = fc.constantFrom('ann', 'bob', null);
const actor = fc.constantFrom<Pick<StoryEvent, 'actor' | 'role'>>(
  {},
  { actor: 'ann' },
  { actor: 'bob' },
  { actor: 'cem' },
  { actor: 'eve', role: 'customer' },
  { role: 'system' },
);

const withoutUndefined = (event: StoryEvent): StoryEvent =>
  Object.fromEntries(Object.entries(event).filter(([, value]) => value !== undefined)) as unknown as StoryEvent;

const text = fc.constantFrom(
  'Any news on this?',
  'Daha önce de söylediğim gibi, girişteki cihaz.',
  'Which device is affected, and where does it stand?',
  'In which room does the device stand?',
  'This is late because the supplier sent the wrong part. It will be done by Friday.',
  'Շնորհակալություն, ամեն ինչ կարգին է։',
  'All fine so far.',
);

const changed = fc.tuple(
  fc.record({ at: moment, status: rarely(fc.constantFrom(...Object.keys(statuses))), team: rarely(team), person: rarely(person) }),
  actor,
);
const said = fc.tuple(
  fc.record({
    at: moment,
    kind: fc.constant('said' as const),
    side: fc.constantFrom('team' as const, 'customer' as const),
    isPublic: fc.boolean(),
    isBot: fc.boolean(),
    text: rarely(text),
    attachments: rarely(fc.constantFrom<string[]>(['sha256:1'], ['sha256:2', 'sha256:1'])),
  }),
  actor,
);
const noted = fc.tuple(fc.record({ at: moment, kind: fc.constantFrom('noted' as const, 'created' as const) }), actor);
const promised = fc.tuple(
  fc.record({ at: moment, kind: fc.constant('promised' as const), due: fc.option(moment), askedByCustomer: fc.boolean() }),
  actor,
);

const rated = fc.tuple(fc.record({ at: moment, kind: fc.constant('rated' as const), rating: rarely(fc.constantFrom(0, 0.25, 1)) }), actor);

const events = (withActors: boolean): fc.Arbitrary<StoryEvent[]> =>
  fc
    .array(fc.oneof({ arbitrary: changed, weight: 4 }, said, noted, promised, rated), { minLength: 0, maxLength: 14 })
    .map((drawn) => drawn.map(([event, by], seq) => withoutUndefined({ ...event, ...(withActors ? by : {}), seq })));

const item: fc.Arbitrary<Omit<StoryItem, 'name'>> = fc.record({
  events: fc.boolean().chain(events),
  createdAt: rarely(moment),
  finishedAt: rarely(moment),
  finishIsExplicit: fc.boolean(),
  excluded: rarely(fc.constant('merged')),
});

const settings: fc.Arbitrary<Partial<ConnectionSettings>> = fc.record({
  ownerCorrectionSeconds: fc.constantFrom(0, 120, 1_800),
  dueCorrectionSeconds: fc.constantFrom(0, 3_600),
  updateIntervalSeconds: fc.constantFrom(3_600, 172_800),
});

const named = (items: Omit<StoryItem, 'name'>[]): StoryItem[] => items.map((one, n) => ({ ...one, name: `item ${n}` }));

const tables = [
  'cycle',
  'interval',
  'ownership',
  'handoff',
  'promise',
  'turn',
  'rating',
  'silence',
  'word',
  'handoff_word',
  'delay',
] as const;

function inMilliseconds(row: Record<string, unknown>): Record<string, unknown> {
  const value = (one: unknown): unknown =>
    one === 'infinity' ? Infinity : typeof one === 'string' && /^\d{4}-.*Z$/.test(one) ? Date.parse(one) : one;
  return Object.fromEntries(Object.entries(row).map(([column, one]) => [column, value(one)]));
}

test('facts equal a walk through the events, for random stories', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(item, { minLength: 1, maxLength: 12 }), settings, async (drawn, chosen) => {
      const items = named(drawn);
      await tellConnection(pool, { settings: chosen });
      await tell(pool, ...items);
      await deriveFacts(pool);
      for (const one of items) {
        const expected = fold(one, { ...defaultSettings, ...chosen });
        const [facts] = await factsOf(pool, 'item', one.name);
        expect(inMilliseconds(facts ?? {})).toMatchObject(expected.item);
        for (const table of tables) {
          const rows = await factsOf(pool, table, one.name);
          expect(rows.map(inMilliseconds), table).toEqual(expected[table]);
        }
      }
    }),
    { numRuns: Number(process.env.THROUGHLINE_RUNS ?? 60), seed: 20_261_121 },
  );
});

/** Items whose parts leave a gap, overlap, or do not add up to their seconds. */
const wrongPartitions = `
  select i.item_id
  from facts.item i
  left join (
    select
      item_id,
      sum(extract(epoch from date_trunc('second', to_at) - date_trunc('second', from_at))) as seconds,
      bool_or(next_at < to_at) as is_overlapping
    from (select item_id, from_at, to_at, lead(from_at) over (partition by item_id order by n) as next_at from facts.interval) as part
    group by item_id
  ) as parts using (item_id)
  where parts.is_overlapping
    or isfinite(i.ended_at)
      and i.excluded is null
      and i.ours_active_seconds + i.ours_waiting_seconds + i.customer_seconds + i.third_party_seconds <> coalesce(parts.seconds, 0)`;

async function everything(): Promise<string> {
  const parts: string[] = [];
  for (const table of ['item', ...tables]) {
    const rows = await pool.query<{ row: string }>(`select ((to_jsonb(f) - 'version')::text) as row from facts.${table} f order by 1`);
    parts.push(table, ...rows.rows.map((row) => row.row));
  }
  return parts.join('\n');
}

test('deriving what changed gives the rows of a full rebuild, in whatever order the stories arrive', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.tuple(item, item), { minLength: 1, maxLength: 8 }),
      settings,
      fc.boolean(),
      async (drawn, chosen, backwards) => {
        const before = named(drawn.map(([one]) => one));
        const after = named(drawn.map(([, two]) => two));
        const arriving = backwards ? after.toReversed() : after;
        await tellConnection(pool, { settings: chosen });
        await tell(pool, ...before);
        await deriveFacts(pool);
        for (const one of arriving) {
          await tell(pool, { ...one, events: backwards ? one.events.toReversed() : one.events });
          await deriveFacts(pool);
        }
        const incremental = await everything();
        await rebuildFacts(pool, { batchSize: 3 });
        expect(await everything()).toBe(incremental);
        expect((await pool.query(wrongPartitions)).rows).toEqual([]);
      },
    ),
    { numRuns: 12, seed: 20_261_121 },
  );
});
