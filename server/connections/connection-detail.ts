import type { Pool } from 'pg';
import { builtInConnectors } from '#etl/connectors/index.js';
import type { ConnectionDetail, ConnectionProgress, ConnectionRun } from '../api.js';
import { iso, readConnections } from '../dashboards/state.js';
import { Missing } from '../dashboards/refusal.js';
import { isLive } from './connector-forms.js';
import { nextSyncAt } from './schedule.js';
import type { RunningSync } from './sync-keeper.js';

const runsShown = 20;
const teamsShown = 100;

type Row = Pick<
  ConnectionDetail,
  'state' | 'config' | 'everySeconds' | 'nextSyncAt' | 'failures' | 'lastError' | 'runs' | 'statuses' | 'teams' | 'secrets'
>;

/** Everything a person wants to know of one connection; of secrets only that they are there. Throws `Missing`. */
export async function readDetail(pool: Pool, name: string, running: RunningSync | null): Promise<ConnectionDetail> {
  const [states, { rows }] = await Promise.all([readConnections(pool), pool.query<Row>(detail, [name, runsShown, teamsShown])]);
  const state = states.find((each) => each.name === name);
  const [row] = rows;
  if (!state || !row) {
    const known = states.map((each) => `"${each.name}"`).join(', ');
    throw new Missing(`There is no connection "${name}"; ${known === '' ? 'there are none yet' : `known: ${known}`}.`);
  }
  const connector = builtInConnectors[state.connector];
  return { ...state, ...row, isLive: connector !== undefined && isLive(connector), running: running && progressOf(running, new Date()) };
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

/** $1 name, $2 runs, $3 teams. */
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
  (select coalesce(json_agg(json_build_object('name', status.name, 'meaning', status.meaning, 'items', coalesce(told.items, 0))
      order by coalesce(told.items, 0) desc, status.name), '[]')
    from core.status
    left join (
      select event.status_id, count(distinct event.item_id)::int as items
      from core.event event
      join core.item item on item.item_id = event.item_id and item.connection_id = connection.id
      where event.status_id is not null
      group by event.status_id
    ) told on told.status_id = status.id
    where status.connection_id = connection.id) as statuses,
  (select coalesce(json_agg(json_build_object('name', counted.name, 'items', counted.items)), '[]')
    from (
      select team.name, count(item.item_id)::int as items
      from core.team team
      left join facts.item item on item.team_id = team.id
      where team.connection_id = connection.id
      group by team.name
      order by items desc, team.name
      limit $3
    ) counted) as teams
from ingest.connection connection
where connection.name = $1`;
