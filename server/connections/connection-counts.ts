import { Injectable } from '@nestjs/common';
import type { Pool } from 'pg';

const teamsShown = 100;

/** How many items had each status, by its name, and which teams have how many, the busiest first. */
export interface ConnectionCounts {
  statuses: Record<string, number>;
  teams: { name: string; items: number }[];
}

/** Counts of a connection, which read all that happened in it: counted once for each version of the facts. */
@Injectable()
export class ConnectionCounter {
  private readonly known = new Map<string, { version: string; counts: Promise<ConnectionCounts> }>();

  async of(pool: Pool, name: string): Promise<ConnectionCounts> {
    const { rows } = await pool.query<{ version: string }>('select version::text as version from facts.state');
    const version = rows[0]?.version ?? '';
    const known = this.known.get(name);
    if (known?.version === version) return known.counts;
    const counts = readCounts(pool, name);
    this.known.set(name, { version, counts });
    counts.catch(() => this.known.delete(name));
    return counts;
  }
}

async function readCounts(pool: Pool, name: string): Promise<ConnectionCounts> {
  const { rows } = await pool.query<ConnectionCounts>(countsOf, [name, teamsShown]);
  return rows[0] ?? { statuses: {}, teams: [] };
}

/** $1 name, $2 teams. */
const countsOf = `
select
  (select coalesce(json_object_agg(told.name, told.items), '{}')
    from (
      select status.name, count(distinct event.item_id)::int as items
      from core.event event
      join core.item item on item.item_id = event.item_id and item.connection_id = connection.id
      join core.status status on status.id = event.status_id
      group by status.name
    ) told) as statuses,
  (select coalesce(json_agg(json_build_object('name', counted.name, 'items', counted.items)), '[]')
    from (
      select team.name, count(item.item_id)::int as items
      from core.team team
      left join facts.item item on item.team_id = team.id
      where team.connection_id = connection.id
      group by team.name
      order by items desc, team.name
      limit $2
    ) counted) as teams
from ingest.connection connection
where connection.name = $1`;
