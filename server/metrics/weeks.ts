import { bucketRows, reachRows, windowBounds } from './buckets.sql.js';
import { sourceRows, StatementParameters, unitOptions } from './compose.js';
import type { MetricEngine } from './engine.js';
import { itemTimePlacement, sumNames, timedUnits, type TimedUnits } from './item-time.sql.js';
import type { Counted, Scope } from './metric.js';
import { alreadyRemembered, remembered } from './prepared.js';
import { areWeeks, partsOfWeeks } from './recent-weeks.js';
import type { MetricRequest } from './request.js';
import type { Source } from './source.js';
import type { HeldWeeks } from './weeks.sql.js';
import { anywhere } from './within.js';
import type { Bucket } from './window.js';

/** What an item has of its own to be asked for by, beside its team and its source. A customer's few items are faster found in the facts. */
const heldDimensions = ['type', 'service', 'channel', 'priority', 'language'] as const;

/**
 * Has an engine that can hold rows cut the time of all items into weeks that begin on Monday in a zone, and add it up for each item and
 * team, once for each version of the facts.
 */
export async function holdWeeks(engine: MetricEngine, compute: Counted, sources: readonly Source[], zone: string): Promise<void> {
  const { hold } = engine;
  const units = heldUnits(compute, {});
  if (!hold || !units) return;
  const asked = { version: await engine.version(), ...questionOf(units, sources, zone), isOfAllTime: true, most: 1 };
  await remembered(hold, asked, async () => {
    const parts = partsOfWeeks(sources, zone).map((weeks) => {
      const parameters = new StatementParameters();
      return { sql: weekSelect(units, sources, weeks, parameters), parameters: parameters.values };
    });
    const [first, ...further] = parts;
    if (!first) throw new RangeError('There is always a week the data ends in.');
    return hold(first.sql, first.parameters, further);
  });
}

/** The weeks that answer a request, null where they are not held or do not make its buckets. */
export async function heldWeeks(engine: MetricEngine, compute: Counted, request: MetricRequest, scope: Scope): Promise<HeldWeeks | null> {
  const { hold } = engine;
  const units = heldUnits(compute, request);
  const { filters = {}, by, zone } = request;
  const isOfCustomers = by === 'customer' || by === 'group' || filters.customer !== undefined || filters.group !== undefined;
  if (!hold || !units || isOfCustomers) return null;
  const made = alreadyRemembered(hold, { version: await engine.version(), ...questionOf(units, scope.sources, zone) });
  if (!made) return null;
  const isEach = areWeeks(scope.buckets, scope.sources, zone);
  // Where its calendar ends an interval counts as worked, and its weeks are not what the whole of it is.
  if (isEach === null || (!isEach && units.calendar)) return null;
  return { relation: made.relation, isEach };
}

export function isHeldByWeek(compute: Counted): boolean {
  return heldUnits(compute, {}) !== null;
}

function heldUnits(compute: Counted, request: Partial<MetricRequest>): TimedUnits | null {
  const units = compute.units(unitOptions(request));
  return units.per === 'item-time' && units.isHeldByWeek ? units : null;
}

function questionOf(units: TimedUnits, sources: readonly Source[], zone: string): { name: string; question: string } {
  const name = `weeks ${units.sql}`;
  return { name, question: JSON.stringify([name, sources, zone]) };
}

/** `is_alone`: the item was with no other team in that week. */
function weekSelect(units: TimedUnits, sources: readonly Source[], weeks: readonly Bucket[], parameters: StatementParameters): string {
  const bounds = windowBounds(weeks, parameters);
  const placed = itemTimePlacement(units, {
    segment: 'u.team_id',
    joins: '',
    filters: [],
    isByDay: true,
    bounds,
  });
  return `with ${sourceRows(sources, parameters)},
${bucketRows(weeks, true, parameters)},
${reachRows(weeks, parameters)},
${timedUnits(units, bounds, anywhere)},
${placed},
counted as (
  select p.*, count(*) over (partition by p.bucket, p.item_id, p.is_excluded) = 1 as is_alone
  from placed p
),
week as (
  select distinct bucket, from_at
  from bucket
)
select w.from_at as at, c.segment as team_id, s.name as source_name, ${heldDimensions.map((name) => `i.${name}`).join(', ')},
  i.rowid::int as item_id, c.is_excluded, c.is_alone, ${sumNames(units)
    .map((name) => `c.${name}`)
    .join(', ')}
from counted c
join measured.item i on i.item_id = c.item_id
join source s on s.connection_id = i.connection_id
join week w on w.bucket = c.bucket
order by 1, 2, i.rowid`;
}
