import type pg from 'pg';
import { numberOf, notesOf } from '#dashboards/charts/drawing.js';
import { judged, stepOn } from '#dashboards/target.js';
import type { Target, TargetMove } from '../api.js';
import { firstDayOf, shiftDay } from '../metrics/calendar.js';
import { readDataSpan } from '../metrics/data-span.js';
import type { MetricEngine } from '../metrics/engine.js';
import { withholdMixed } from '../metrics/mixed-types.js';
import type { DataSpan } from '../metrics/periods.js';
import { queryMetric } from '../metrics/query.js';
import { quantile, quantileRanks } from '../metrics/statistics/quantile.js';
import { targetMetric } from './target-metric.js';
import { readTargets, type TargetKey } from './targets.js';

/** Of fewer no order statistic bounds the median with 95 % confidence. */
export const fewestWeeks = 6;

/**
 * The level a number has held: the median of its complete weeks before a local day, `weeks` of them at most, with the order statistics
 * that bound it (95 %). Null where fewer than six of them have a value.
 */
export async function lastingLevel(
  engine: MetricEngine,
  { metric, part, scope }: TargetKey,
  asked: { before: string; weeks: number; zone: string },
): Promise<TargetMove['seen']> {
  const to = firstDayOf(asked.before, 'week', 'gregorian');
  const from = shiftDay(to, -asked.weeks, 'week', 'gregorian');
  const result = await queryMetric(engine, { metric, from, to, zone: asked.zone, grain: 'week', filters: scope });
  const values = withholdMixed(result)
    .rows.filter((row) => !notesOf(row).isIncomplete)
    .map((row) => numberOf(row, part ?? undefined))
    .filter((value) => value !== null)
    .sort((one, other) => one - other);
  const median = quantile(values, 0.5);
  if (median === null || values.length < fewestWeeks) return null;
  const ranks = quantileRanks(values.length, 0.5);
  const at = (rank: number | null) => (rank === null ? null : (values[rank - 1] ?? null));
  return { from, to, weeks: values.length, median, lo: at(ranks.lo), hi: at(ranks.hi) };
}

/**
 * Looks at every period that has ended since each ratchet looked last, the oldest first: where the lasting level is better than the
 * target, its whole interval, the target becomes that level from the next period on. It never goes back. A period is looked at once,
 * whatever is said of it later. Returns the number of moves.
 */
export async function moveRatchets(pool: pg.Pool, engine: MetricEngine): Promise<number> {
  const ratchets = (await readDecided(pool)).filter(({ target }) => target.ratchet !== null);
  const span = await readDataSpan(pool);
  let moved = 0;
  for (const { target, decidedOn } of ratchets) moved += await moveRatchet(pool, engine, target, decidedOn, span);
  return moved;
}

async function moveRatchet(pool: pg.Pool, engine: MetricEngine, target: Target, decidedOn: string, span: DataSpan): Promise<number> {
  if (!target.ratchet || span.last === null) return 0;
  const { every, weeks } = target.ratchet;
  const { direction } = targetMetric(target.metric, target.part);
  const steps = target.moves.map(({ from, value }) => ({ from, value }));
  let moved = 0;
  let decided = decidedOn;
  for (let begin = nextPeriod(decided, every); begin <= span.last; begin = nextPeriod(begin, every)) {
    const seen = await lastingLevel(engine, target, { before: begin, weeks, zone: span.zone });
    const held = stepOn({ steps }, begin);
    const isBetter = seen !== null && held !== null && judged({ ...seen, value: seen.median }, held.value, direction);
    const move = seen && isBetter && isBetter.state === 'met' && isBetter.margin > 0 ? seen : null;
    if (!(await decide(pool, target.id, { from: decided, to: begin }, move))) return moved;
    if (move) {
      steps.push({ from: begin, value: move.median });
      moved += 1;
    }
    decided = begin;
  }
  return moved;
}

/** False where somebody else has decided it, or has changed the target: the next look goes on from there. */
async function decide(pool: pg.Pool, id: string, looked: { from: string; to: string }, seen: TargetMove['seen']): Promise<boolean> {
  const { rowCount } = await pool.query(
    `with decided as (
      update app.target set decided_on = $3 where id = $1 and decided_on = $2 returning id
    ), moved as (
      insert into app.target_move (target_id, from_on, value, seen_from_on, seen_to_on, weeks, median, lo, hi)
      select id, $3, $7, $4, $5, $6, $7, $8, $9 from decided where $7::float8 is not null
      on conflict (target_id, from_on) do nothing
    )
    select from decided`,
    [id, looked.from, looked.to, seen?.from, seen?.to, seen?.weeks, seen?.median, seen?.lo, seen?.hi],
  );
  return rowCount === 1;
}

async function readDecided(pool: pg.Pool): Promise<{ target: Target; decidedOn: string }[]> {
  const { rows } = await pool.query<{ id: string; decidedOn: string }>(
    `select id, to_char(decided_on, 'YYYY-MM-DD') as "decidedOn" from app.target where every is not null`,
  );
  const targets = await readTargets(pool);
  return rows.flatMap(({ id, decidedOn }) => targets.filter((target) => target.id === id).map((target) => ({ target, decidedOn })));
}

function nextPeriod(localDate: string, every: 'month' | 'quarter'): string {
  return shiftDay(firstDayOf(localDate, every, 'gregorian'), 1, every, 'gregorian');
}
