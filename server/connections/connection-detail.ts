import type { Pool } from 'pg';
import { readHeldCensus } from '#etl/held-census.js';
import { builtInConnectors } from '#etl/connectors/index.js';
import type { ConnectionDetail, ConnectionProgress, ConnectionRun } from '../api.js';
import { iso } from '../database/iso.js';
import { Missing } from '../refusal.js';
import { ConnectionCounter } from './connection-counts.js';
import { readConnections } from './connection-states.js';
import { isLive } from './connector-forms.js';
import { nextSyncAt } from './schedule.js';
import type { RunningSync } from './sync-keeper.js';

const runsShown = 20;
/** So far back late rows are counted. */
export const lateDays = 30;

type Row = Pick<
  ConnectionDetail,
  'state' | 'config' | 'everySeconds' | 'nextSyncAt' | 'failures' | 'lastError' | 'runs' | 'secrets' | 'dismissed' | 'lateRows'
> & { statuses: Omit<ConnectionDetail['statuses'][number], 'items'>[] };

/** Everything a person wants to know of one connection; of secrets only that they are there. Throws `Missing`. */
export async function readDetail(
  pool: Pool,
  name: string,
  running: RunningSync | null,
  counter = new ConnectionCounter(),
): Promise<ConnectionDetail> {
  const [states, { rows }, counts] = await Promise.all([
    readConnections(pool),
    pool.query<Row>(detail, [name, runsShown]),
    counter.of(pool, name),
  ]);
  const state = states.find((each) => each.name === name);
  const [row] = rows;
  if (!state || !row) throw unknown(name, states);
  const connector = builtInConnectors[state.connector];
  const statuses = row.statuses
    .map((status) => ({ ...status, items: counts.statuses[status.name] ?? 0 }))
    .sort((a, b) => b.items - a.items || (a.name < b.name ? -1 : 1));
  return {
    ...state,
    ...row,
    statuses,
    teams: counts.teams,
    heldCensus: await readHeldCensus(pool, name),
    isLive: connector !== undefined && isLive(connector),
    running: running && progressOf(running, new Date()),
  };
}

/** For a command that is refused: which connections there are. Throws `Missing` where there is no such one. */
export async function requireConnection(pool: Pool, name: string): Promise<void> {
  const { rows } = await pool.query<{ name: string }>('select name from ingest.connection order by name');
  if (!rows.some((row) => row.name === name)) throw unknown(name, rows);
}

function unknown(name: string, all: readonly { name: string }[]): Missing {
  const known = all.map((each) => `"${each.name}"`).join(', ');
  return new Missing(`There is no connection "${name}"; ${known === '' ? 'there are none yet' : `known: ${known}`}.`);
}

/** Rate and time left, from what was read so far. */
export function progressOf(running: RunningSync, now: Date): ConnectionProgress {
  const seconds = Math.max(1, (now.getTime() - running.startedAt.getTime()) / 1000);
  const done = running.progress?.done ?? null;
  const total = running.progress?.total ?? null;
  const isKnown = done !== null && total !== null && done > 0;
  return {
    startedAt: running.startedAt.toISOString(),
    stream: running.stream,
    records: running.records,
    recordsPerSecond: Math.round(running.records / seconds),
    done,
    total,
    secondsLeft: isKnown ? Math.round((seconds * Math.max(0, total - done)) / done) : null,
    waitingUntil: running.waitingUntil?.toISOString() ?? null,
  };
}

const runColumns: Record<keyof ConnectionRun, string> = {
  stream: 'run.stream',
  state: 'run.state',
  startedAt: iso('run.started_at'),
  finishedAt: iso('run.finished_at'),
  fetched: 'run.fetched',
  inserted: 'run.inserted',
  updated: 'run.updated',
  unchanged: 'run.unchanged',
  duplicate: 'run.duplicate',
  quarantined: 'run.quarantined',
  warnings: 'run.warnings',
  error: 'run.error',
};

/** $1 name, $2 runs. */
const detail = `
select connection.state, connection.config, connection.every_seconds as "everySeconds", ${iso(`(${nextSyncAt})`)} as "nextSyncAt",
  connection.failures, connection.last_error as "lastError",
  (select coalesce(json_agg(json_build_object('name', secret.name, 'setAt', ${iso('secret.set_at')}) order by secret.name), '[]')
    from ingest.secret where secret.connection_id = connection.id) as secrets,
  (select coalesce(json_agg(last), '[]')
    from (select ${Object.entries(runColumns)
      .map(([name, column]) => `${column} as "${name}"`)
      .join(', ')}
      from ingest.sync_run run where run.connection_id = connection.id order by run.started_at desc limit $2) last) as runs,
  (select coalesce(json_agg(json_build_object('name', status.name, 'meaning', status.meaning)), '[]')
    from core.status
    where status.connection_id = connection.id) as statuses,
  (select count(*)::int from ingest.quarantine
    where quarantine.connection_id = connection.id and resolved_at is null and dismissed_at is not null) as dismissed,
  (select coalesce(sum((run.warnings ->> 'late_row')::int), 0)::int from ingest.sync_run run
    where run.connection_id = connection.id and run.started_at >= now() - interval '${lateDays} days') as "lateRows"
from ingest.connection connection
where connection.name = $1`;
