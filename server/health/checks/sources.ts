import type pg from 'pg';
import { readConnections } from '../../connections/connection-states.js';
import type { Check } from '../check.js';
import type { Phrase } from '../texts/index.js';

/** Beyond it, what a source says happened "today" is not what this machine calls today. */
const mostSkewMinutes = 5;

export async function connectionChecks(pool: pg.Pool): Promise<Check[]> {
  const states = await readConnections(pool);
  const late = await lateConnections(pool);
  return states.map(({ name, items, asOf, lastRun, stale, quarantined, unmappedStatuses }) => {
    const remedies: Phrase[] = [];
    if (stale?.isRefused) remedies.push({ key: 'connection.refused.do' });
    else if (lastRun && lastRun.state !== 'complete' && lastRun.state !== 'running') {
      const { state, error } = lastRun;
      remedies.push(
        error === null
          ? { key: 'connection.run.do', values: { state: runState(state) } }
          : { key: 'connection.run-error.do', values: { state: runState(state), error } },
      );
    } else if (late.has(name)) remedies.push({ key: 'connection.late.do', values: late.get(name) ?? {} });
    if (quarantined > 0) remedies.push({ key: 'connection.quarantine.do', values: { count: quarantined } });
    if (unmappedStatuses.length > 0) remedies.push({ key: 'connection.unmapped.do', values: { names: unmappedStatuses.join(', ') } });
    const found: Phrase =
      asOf === null ? { key: 'connection.unread', values: { items } } : { key: 'connection.read', values: { items, asOf: new Date(asOf) } };
    const subject: Phrase = { key: 'subject.connection', values: { name } };
    return { id: 'connection', subject, state: remedies.length === 0 ? 'ok' : 'warning', found, remedies };
  });
}

/** Due three times since they were read completely, and an hour ago: nobody asks them, whatever their last run says. By name. */
async function lateConnections(pool: pg.Pool): Promise<Map<string, { minutes: number; asOf: Date }>> {
  const { rows } = await pool.query<{ name: string; minutes: number; asOf: Date }>(
    `select name, round(every_seconds / 60.0)::int as minutes, since as "asOf"
    from (
      select connection.*, coalesce(last_complete_at, (select min(started_at) from ingest.sync_run where connection_id = connection.id)) as since
      from ingest.connection connection
    ) connection
    where every_seconds is not null
      and state <> 'paused'
      and since < now() - greatest(every_seconds * 3, 3600) * interval '1 second'`,
  );
  return new Map(rows.map(({ name, minutes, asOf }) => [name, { minutes, asOf }]));
}

/** A state without a word of its own is told as it is kept. */
function runState(state: string): Phrase | string {
  return state === 'failed' || state === 'incomplete' ? { key: `run.${state}` } : state;
}

/** Sources whose clock was far from ours when they were read last, within a day. */
export async function sourceClockChecks(pool: pg.Pool): Promise<Check[]> {
  const { rows } = await pool.query<{ name: string; minutes: number }>(
    `select c.name, max(abs(extract(epoch from k.updated_at - k.source_now)) / 60)::int as minutes
    from ingest.checkpoint k
    join ingest.connection c on c.id = k.connection_id
    where k.source_now is not null and c.every_seconds is not null and k.updated_at > now() - interval '1 day'
    group by c.name
    having max(abs(extract(epoch from k.updated_at - k.source_now))) > $1
    order by c.name`,
    [mostSkewMinutes * 60],
  );
  return rows.map(({ name, minutes }) => ({
    id: 'source-clock',
    subject: { key: 'subject.source-clock', values: { name } },
    state: 'warning',
    found: { key: 'source-clock.off', values: { minutes } },
    remedies: [{ key: 'source-clock.off.do' }],
  }));
}
