import { expect, test } from 'vitest';
import { statuses, type TeamId } from '#etl/connectors/sample/company.js';
import { placedUnits, StatementParameters } from '#server/metrics/compose.js';
import { secondsByCause } from '#server/metrics/definitions/handoff/wait-causes.units.js';
import { waitCauses } from '#server/metrics/definitions/handoff/wait-causes.js';
import type { Counted } from '#server/metrics/metric.js';
import { findSources } from '#server/metrics/source.js';
import { windowBuckets } from '#server/metrics/window.js';
import { sampleDatabase } from '../../support/sample-company.js';
import { company, items, until, type Story } from './support/meant.js';
import { bothEngines } from './support/measured.js';

/** What waiting was made of in the sample company, item by item and to the second: three calendars, two zones, 18 months. */
const { pool } = await sampleDatabase();
const { engines } = await bothEngines(pool);

type Causes = Record<keyof typeof secondsByCause, number>;
const causes = Object.keys(secondsByCause) as (keyof Causes)[];

/** Seconds of each item by its key, added up over the weeks of the whole history. */
async function measured(engine: (typeof engines)[number]): Promise<Map<string, Causes & { open: number }>> {
  const { sources } = await findSources(engine, waitCauses.needs, undefined);
  const request = { metric: 'wait-causes', from: '2025-01-01', to: '2026-12-01', grain: 'week', zone: 'Asia/Tehran' } as const;
  const compute = waitCauses.compute as Counted;
  const parameters = new StatementParameters();
  const placed = placedUnits(compute, request, { sources, buckets: windowBuckets(request) }, parameters);
  const sums = Object.entries(secondsByCause).map(([name, column]) => `sum(${column})::float8 as "${name}"`);
  const rows = await engine.query(
    `${placed} select item_id, sum(seconds)::float8 as open, ${sums.join(', ')} from placed group by item_id`,
    parameters.values,
  );
  const { rows: ids } = await pool.query<{ id: string; key: string }>('select item_id as id, external_id as key from core.item');
  const keys = new Map(ids.map(({ id, key }) => [id, key]));
  return new Map(rows.map(({ item_id: id, ...seconds }) => [String(keys.get(String(id))), seconds as Causes & { open: number }]));
}

const blockedStatuses = ['Blocked', 'On hold'];
/** Has the default calendar of the connections. */
const standardTeam: TeamId = 'sales';

/** By the lines of its tool: whose court, who had it, whether the place was open. */
function meant({ head, changes }: Story): Causes {
  const spent: Causes = { unowned: 0, queue: 0, offHours: 0, customer: 0, thirdParty: 0, blocked: 0, active: 0 };
  const lines = changes
    .map((change) => ({ ...change, moment: Date.parse(change.at) / 1_000 }))
    .filter(({ moment }) => moment < until)
    .sort((one, other) => one.moment - other.moment || one.order - other.order);
  let status = '';
  let team: string | null = null;
  lines.forEach((line, index) => {
    if (line.status !== undefined) status = line.status;
    if (line.team !== undefined) team = line.team;
    const [from, to] = [line.moment, lines[index + 1]?.moment ?? until];
    const meaning = statuses[head.tool][status];
    if (meaning === 'customer') spent.customer += to - from;
    else if (meaning === 'third_party') spent.thirdParty += to - from;
    else if (meaning === 'ours_active' || meaning === 'ours_waiting') {
      const worked = company.world.teamCalendar((team as TeamId | null) ?? standardTeam).between(from, to);
      const waiting = blockedStatuses.includes(status) ? 'blocked' : 'queue';
      spent[team === null ? 'unowned' : meaning === 'ours_active' ? 'active' : waiting] += worked;
      spent.offHours += to - from - worked;
    }
  });
  return spent;
}

test.each(engines.map((engine) => [engine.name, engine] as const))(
  'every second of every item has the cause the simulation meant, on %s',
  async (_name, engine) => {
    const found = await measured(engine);
    const wrong = items.flatMap(({ story }) => {
      const expected = meant(story);
      const seconds = found.get(story.head.key);
      return causes.every((cause) => (seconds?.[cause] ?? 0) === expected[cause]) ? [] : [{ key: story.head.key, expected, seconds }];
    });
    expect(found.size).toBeGreaterThan(11_000);
    expect({ items: wrong.length, first: wrong.slice(0, 3) }).toEqual({ items: 0, first: [] });
  },
);

test('the causes of each item add up to its open time', async () => {
  const { rows } = await pool.query<{ key: string; seconds: number }>(
    `select c.external_id as key, sum(extract(epoch from least(i.to_at, to_timestamp(${until})) - i.from_at))::float8 as seconds
    from facts.interval i
    join core.item c using (item_id)
    where i.from_at < to_timestamp(${until})
    group by c.external_id`,
  );
  const [engine] = engines;
  if (!engine) throw new Error('No engine.');
  const found = await measured(engine);
  const sums = rows.map(({ key }) => ({ key, seconds: causes.reduce((sum, cause) => sum + (found.get(key)?.[cause] ?? 0), 0) }));
  expect(sums).toEqual(rows);
});
