import type pg from 'pg';
import type { Scope } from '../access/principal.js';
import { scopeCondition } from '../access/scope.js';
import type { ConnectionState } from '../api.js';
import { iso } from '../database/iso.js';

/** How each connection stands, by name. To a scope only its items are counted, and no error told: it may name others. */
export async function readConnections(pool: pg.Pool, scope: Scope | null = null): Promise<ConnectionState[]> {
  const parameters: unknown[] = [];
  const error = (column: string) => (scope === null ? column : 'null');
  const { rows } = await pool.query<ConnectionState>(
    `
    select
      c.name,
      c.connector,
      c.is_sample as "isSample",
      ${iso('c.as_of_at')} as "asOf",
      ${iso('c.last_complete_at')} as "lastCompleteAt",
      case when c.failures > 0 or c.state = 'needs_auth'
        then json_build_object('failures', c.failures, 'isRefused', c.state = 'needs_auth', 'error', ${error('c.last_error')})
      end as stale,
      (select count(*)::int from facts.item i where i.connection_id = c.id and ${scopeCondition(scope, 'i', parameters)}) as items,
      (select count(*)::int from ingest.quarantine q where q.connection_id = c.id and q.resolved_at is null and q.dismissed_at is null) as quarantined,
      (select coalesce(json_agg(s.name order by s.name), '[]')
        from core.status s where s.connection_id = c.id and s.meaning = 'unmapped') as "unmappedStatuses",
      (select json_build_object('state', r.state, 'startedAt', ${iso('r.started_at')}, 'finishedAt', ${iso('r.finished_at')}, 'error', ${error('r.error')})
        from ingest.sync_run r where r.connection_id = c.id order by r.started_at desc limit 1) as "lastRun"
    from ingest.connection c
    order by c.name
  `,
    parameters,
  );
  return rows;
}
