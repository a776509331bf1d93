import { sourceRows, StatementParameters } from '../compose.js';
import type { MetricEngine } from '../engine.js';
import { secondsBetween } from '../metric.js';
import type { Source } from '../source.js';
import type { FollowUp } from '../statistics/survival.js';

/** Open time after creation and between ends, as it would have been told at any instant. Epoch seconds. */
export interface KnownSpan {
  created: number;
  /** Age at which it came under observation; null from the start. */
  entry: number | null;
  /** The data of its source ends here: nobody knows more. */
  seenTo: number;
  /** This is what was known from here, inclusive, to there, exclusive. */
  from: number;
  to: number;
  ended: 0 | 1 | 2;
}

export interface Stratum {
  type: string;
  /** Empty for none. */
  priority: string;
  spans: KnownSpan[];
}

/**
 * What was known of the ends of the items in `drawn`, from when to when: `ended_at` of a finish
 * that was undone is what was known until `undone_at`.
 */
export const knownEnds = `known_end as (
  select c.item_id, c.resolved_at as ended_at, c.reopened_at as undone_at, 1 as ended
  from measured.cycle c
  join measured.item i on i.item_id = c.item_id
  join source s on s.connection_id = c.connection_id
  where c.item_id in (select item_id from drawn) and c.resolved_at < c.reopened_at and c.reopened_at <= least(i.ended_at, s.as_of_at)
  union all
  select i.item_id, i.ended_at, null, case when i.outcome = 'done' then 1 else 2 end
  from measured.item i
  join source s on s.connection_id = i.connection_id
  where i.item_id in (select item_id from drawn) and i.ended_at <= s.as_of_at and i.outcome in ('done', 'cancelled')
)`;

/** Epoch seconds of an instant that is finite. */
export function epochSeconds(at: string): string {
  return `floor(extract(epoch from ${at}))::bigint`;
}

/** More items or promises of a connection say no more, and time grows with them. Item ids are hashes: the first are a fair draw. */
export const mostOfConnection = 20_000;

/** The stories of items that can be learned from, by type and priority, in both engines with the same text. */
export async function readHistory(engine: MetricEngine, sources: readonly Source[]): Promise<Stratum[]> {
  const parameters = new StatementParameters();
  const rows = await engine.query(
    `with ${sourceRows(sources, parameters)},
learned as (
  select u.item_id, u.connection_id, u.type, coalesce(u.priority, '') as priority, u.created_at, s.as_of_at, s.since_at,
    row_number() over (partition by u.connection_id order by u.item_id) as draw
  from measured.item u
  join source s on s.connection_id = u.connection_id
  where u.created_at <= s.as_of_at and u.excluded is null and u.outcome <> 'unknown' and u.ended_at >= s.since_at
),
drawn as (
  select item_id, type, priority, created_at, as_of_at, since_at
  from learned
  where draw <= ${mostOfConnection}
),
${knownEnds},
item_end as (
  select item_id, string_agg(concat(${epochSeconds('ended_at')}, '/', ${epochSeconds('undone_at')}, '/', ended), '|') as ends
  from known_end
  group by item_id
)
select d.type, d.priority,
  string_agg(concat(${epochSeconds('d.created_at')}, ':', ${epochSeconds('d.as_of_at')}, ':',
    case when d.created_at < d.since_at then ${secondsBetween('d.created_at', 'd.since_at')} end, ':', e.ends), ';') as stories
from drawn d
left join item_end e on e.item_id = d.item_id
group by d.type, d.priority
order by type, priority`,
    parameters.values,
  );
  return rows.map((row) => ({
    type: String(row.type),
    priority: String(row.priority),
    spans: String(row.stories).split(';').flatMap(spansOf),
  }));
}

/** Reads `created:seenTo:entry:end/undone/how|…`; what is not there is empty. */
export function spansOf(story: string): KnownSpan[] {
  const [createdText = '', seenToText = '', entryText = '', endsText = ''] = story.split(':');
  const created = Number(createdText);
  const known = { created, entry: entryText === '' ? null : Number(entryText), seenTo: Number(seenToText) };
  const ends =
    endsText === ''
      ? []
      : endsText
          .split('|')
          .map(endOf)
          .sort((one, other) => one.at - other.at);
  const spans: KnownSpan[] = [];
  let openFrom = created;
  for (const end of ends) {
    spans.push({ ...known, from: openFrom, to: end.at, ended: 0 });
    spans.push({ ...known, from: end.at, to: end.undone, ended: end.ended });
    openFrom = end.undone;
  }
  if (openFrom < Infinity) spans.push({ ...known, from: openFrom, to: Infinity, ended: 0 });
  return spans;
}

function endOf(text: string): { at: number; undone: number; ended: 1 | 2 } {
  const [at = '', undone = '', ended] = text.split('/');
  return { at: Number(at), undone: undone === '' ? Infinity : Number(undone), ended: ended === '1' ? 1 : 2 };
}

/** The items as they were known at an instant: what ended later was open, what was undone later was finished. */
export function knownAt(stratum: Stratum, at: number): FollowUp[] {
  return stratum.spans.flatMap(({ created, entry, seenTo, from, to, ended }) => {
    if (at < from || at >= to) return [];
    const exit = (ended === 0 ? Math.min(at, seenTo) : from) - created;
    if (entry === null) return [{ exit, ended }];
    return exit > entry ? [{ exit, ended, entry }] : [];
  });
}

/**
 * Seconds since the creation of each item told by the instant for which it was followed or could have been, had it not ended; ascending.
 */
export function horizonsAt(stratum: Stratum, at: number): Float64Array {
  const horizons = stratum.spans.flatMap(({ created, seenTo, from, to }) =>
    at < from || at >= to ? [] : [Math.min(at, seenTo) - created],
  );
  return Float64Array.from(horizons).sort();
}
