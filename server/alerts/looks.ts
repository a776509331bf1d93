import type pg from 'pg';
import type { AlertReading, AlertRule, WatchItem } from '../api.js';
import { iso } from '../database/iso.js';
import type { WatchService } from '../watch/watch.service.js';

/** Ids of all items are kept, so that new ones are told; beyond this a list is no list to act on. */
const mostItems = 5_000;

type StaleRule = Extract<AlertRule, { kind: 'stale' }>;
type ItemsRule = Extract<AlertRule, { kind: 'items' }>;

/** How long ago the last complete sync was, of the connection that waits longest. */
export async function lookAtSources(db: Pick<pg.Pool, 'query'>, rule: StaleRule, now: Date): Promise<AlertReading> {
  const { rows } = await db.query<{ name: string; seconds: number; last: string; error: string | null }>(
    `select c.name, extract(epoch from $2::timestamptz - coalesce(c.last_complete_at, c.created_at))::float8 as seconds,
      ${iso('coalesce(c.last_complete_at, c.created_at)')} as last, c.last_error as error
    from ingest.connection c
    where case when $1::text is null then c.every_seconds is not null and c.state <> 'paused' else c.name = $1 end
    order by seconds desc, c.name`,
    [rule.connection, now.toISOString()],
  );
  const limit = rule.hours * 3_600;
  const stale = rows.filter(({ seconds }) => seconds > limit);
  const [worst] = rows;
  return {
    ...lookOf(now),
    verdict: !worst ? 'untold' : stale.length > 0 ? 'breach' : 'clear',
    untold: worst ? null : 'no-source',
    value: worst ? Math.max(0, Math.round(worst.seconds)) : null,
    unit: 's',
    n: rows.length,
    limit,
    causes: stale.map(({ name, last, error }) => ({ id: null, name, detail: [last, error].filter((part) => part !== null).join(' · ') })),
  };
}

/** Open items of the watch list, nobody of whose customers was told; those somebody has handled are left out there too. */
export async function lookAtItems(
  watch: Pick<WatchService, 'list'>,
  rule: ItemsRule,
  now: Date,
): Promise<{ reading: AlertReading; items: WatchItem[] }> {
  const list = await watch.list({
    filters: rule.filters,
    reason: null,
    sort: 'urgency',
    handled: 'hidden',
    offset: 0,
    limit: mostItems,
    unknownParameters: [],
  });
  const items = list.items.filter(({ reasons, isTold }) => isTold === false && rule.reasons.some((reason) => reasons.includes(reason)));
  const untold = list.asOf === null ? 'no-source' : list.untold === null ? 'not-measurable' : null;
  const reading: AlertReading = {
    ...lookOf(now),
    verdict: untold !== null ? 'untold' : items.length >= rule.least ? 'breach' : 'clear',
    untold,
    value: untold === null ? items.length : null,
    unit: 'n',
    n: list.open,
    limit: rule.least,
    asOf: list.asOf,
    causes: [],
  };
  return { reading, items };
}

function lookOf(now: Date) {
  return { key: now.toISOString(), lo: null, hi: null, signals: [], isRunning: false, asOf: null };
}
