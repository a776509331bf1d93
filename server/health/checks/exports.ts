import type pg from 'pg';
import { fine, type Check } from '../check.js';
import type { Phrase } from '../texts/index.js';

interface FailedExport {
  name: string;
  place: string;
  reason: string | null;
}

/** The last time each scheduled export was due: which failed, where they were to go, and why. */
export async function exportsCheck(pool: pg.Pool): Promise<Check> {
  const { rows } = await pool.query<FailedExport & { status: string | null }>(lastRuns);
  const failed = rows.filter(({ status }) => status === 'failed');
  const subject = { key: 'subject.exports' } as const;
  const found = { key: 'exports.last', values: { count: rows.length, failed: failed.length } } as const;
  if (failed.length === 0) return fine('exports', subject, found);
  const remedies: Phrase[] = failed.map(({ name, place, reason }) => ({
    key: 'exports.failed.do',
    values: { name, place, reason: reason?.replace(/\.$/, '') ?? ({ key: 'mail.no-reason' } as const) },
  }));
  return { id: 'exports', subject, state: 'warning', found, remedies };
}

/** Those that are paused are due to nobody. */
const lastRuns = `
select schedule.name, last_run.status, coalesce(last_run.detail, last_run.reason) as reason,
  case schedule.destination ->> 'kind'
    when 'bucket' then 's3://' || (schedule.destination ->> 'bucket') || '/' || (schedule.destination ->> 'prefix')
    when 'mail' then (select string_agg(address, ', ') from jsonb_array_elements_text(schedule.destination -> 'recipients') address)
    else 'exports/' || schedule.id
  end as place
from app.export_schedule schedule
left join lateral (
  select status, detail, reason
  from app.export_due due
  where due.schedule_id = schedule.id
    and due.status in ('made', 'skipped', 'failed')
  order by due.due_at desc
  limit 1
) last_run on true
where not schedule.is_paused
order by schedule.name`;
