import type pg from 'pg';
import { connectionId, entityId } from '#etl/model/ids.js';

/** One line of an item's story as the database tells it, short: `status In Progress`, `person Mia Moss`, `said team internal: text`. */
export async function storyOf(pool: pg.Pool, connection: string, item: string): Promise<string[]> {
  const found = await pool.query<{ line: string[] }>(storyLines, [entityId(connectionId(connection), 'item', item)]);
  return found.rows.flatMap(({ line }) => line);
}

const storyLines = `
select array_remove(array[
  case when event.kind = 'created' then 'created' end,
  'status ' || status.name,
  'team ' || case when event.team_id = '00000000-0000-0000-0000-000000000000' then 'nobody' else team.name end,
  'person ' || case when event.person_id = '00000000-0000-0000-0000-000000000000' then 'nobody' else person.name end,
  case when event.kind = 'promised' then 'due ' || coalesce(to_char(event.due_at at time zone 'UTC', 'YYYY-MM-DD HH24:MI'), 'none') end,
  case when event.kind = 'said' then concat('said ', event.side, case when event.is_public then ' public: ' else ' internal: ' end, message.body) end
], null) as line
from core.event event
left join core.status status on status.id = event.status_id
left join core.team team on team.id = event.team_id
left join core.person person on person.id = event.person_id
left join core.message message using (item_id, event_id)
where event.item_id = $1
order by event.at, event.seq, event.event_id`;
