import type pg from 'pg';
import type { MetricEngine } from '../../metrics/engine.js';
import { fine, type Check } from '../check.js';

/** Longer than the facts of half a million items take to be derived. */
const stalledAfterMinutes = 15;

/** How far facts and the metric engine are. `waitingSince`: as somebody saw who kept looking; null: nobody did, or nothing waits. */
export interface FactsSeen {
  version: number;
  dirty: number;
  waitingSince: Date | null;
  engine: { name: string; version: number; behindSince: Date | null } | null;
}

export async function readFacts(pool: pg.Pool, engine: MetricEngine | null): Promise<FactsSeen> {
  const { rows } = await pool.query<{ version: number; dirty: number }>(
    'select version::float8 as version, (select count(distinct item_id)::int from facts.dirty) as dirty from facts.state',
  );
  const { version = 0, dirty = 0 } = rows[0] ?? {};
  const answering = engine && {
    name: engine.name === 'duckdb' ? 'DuckDB' : 'PostgreSQL',
    version: await engine.version(),
    behindSince: null,
  };
  return { version, dirty, waitingSince: null, engine: answering };
}

export function factsChecks({ version, dirty, waitingSince, engine }: FactsSeen, now: Date): Check[] {
  const minutesSince = (since: Date | null) => (since === null ? 0 : Math.floor((now.getTime() - since.getTime()) / 60_000));
  const checks = [derivedCheck(version, dirty, minutesSince(waitingSince))];
  if (engine) checks.push(engineCheck(version, engine, minutesSince(engine.behindSince)));
  return checks;
}

function derivedCheck(version: number, dirty: number, minutes: number): Check {
  const subject = { key: 'subject.facts' } as const;
  const values = { version: String(version), count: dirty, minutes };
  if (dirty === 0) return fine('facts', subject, { key: 'facts.derived', values });
  if (minutes < stalledAfterMinutes) {
    return { id: 'facts', subject, state: 'warning', found: { key: 'facts.waiting', values }, remedies: [{ key: 'facts.waiting.do' }] };
  }
  return { id: 'facts', subject, state: 'failing', found: { key: 'facts.stalled', values }, remedies: [{ key: 'facts.stalled.do' }] };
}

function engineCheck(facts: number, engine: NonNullable<FactsSeen['engine']>, minutes: number): Check {
  const subject = { key: 'subject.engine' } as const;
  const values = { engine: engine.name, version: String(engine.version), facts: String(facts), minutes };
  if (engine.version === facts || minutes < stalledAfterMinutes) return fine('engine', subject, { key: 'engine.answers', values });
  return { id: 'engine', subject, state: 'failing', found: { key: 'engine.behind', values }, remedies: [{ key: 'engine.behind.do' }] };
}
