import type { Pool } from 'pg';
import type { ScriptedField, ScriptedItem } from './history.js';

/** How the ids and dates of a tool come into the model. */
export interface Naming {
  fields: readonly ScriptedField[];
  hasComments: boolean;
  item: (id: number) => string;
  team: (id: number) => string;
  person: (id: number) => string;
  status: (name: string) => string;
  dueDay: (dueAt: Date) => string;
}

/** What a history comes to, one line a fact, item by item: `7 2026-01-05T10:00:00.000Z status Closed`. */
export function trueStory(history: readonly ScriptedItem[], naming: Naming): string[] {
  const lines: string[] = [];
  for (const item of history) {
    const id = naming.item(item.id);
    const tell = (at: string, what: string, value: string) => lines.push(`${id} ${new Date(at).toISOString()} ${what} ${value}`);
    const valueOf = (field: ScriptedField, value: string | number | null) =>
      value === null
        ? 'none'
        : field === 'team'
          ? naming.team(Number(value))
          : field === 'person'
            ? naming.person(Number(value))
            : field === 'status'
              ? naming.status(String(value))
              : String(value);
    for (const field of naming.fields) {
      if (item.initial[field] !== null) tell(item.createdAt, field, valueOf(field, item.initial[field]));
    }
    for (const event of [...item.events].sort((a, b) => a.id - b.id)) {
      if (event.kind === 'change' && naming.fields.includes(event.field)) tell(event.at, event.field, valueOf(event.field, event.to));
      if (event.kind === 'comment' && naming.hasComments) tell(event.at, event.isPublic ? 'public' : 'internal', event.text);
    }
  }
  return lines.sort();
}

interface StoredLine {
  item: string;
  at: Date;
  status: string | null;
  team: string | null;
  person: string | null;
  isPromise: boolean;
  dueAt: Date | null;
  said: string | null;
  isPublic: boolean | null;
}

/** The same lines as the model holds them. Neighbours that say the same value, and a "nobody" or "none" at the beginning, say nothing. */
export async function storedStory(pool: Pool, naming: Naming, connection: string): Promise<string[]> {
  const { rows } = await pool.query<StoredLine>(
    `
    select item.external_id as item, event.at, status.name as status, event.kind = 'promised' as "isPromise", event.due_at as "dueAt",
      case when event.team_id = '00000000-0000-0000-0000-000000000000' then 'none' else team.external_id end as team,
      case when event.person_id = '00000000-0000-0000-0000-000000000000' then 'none' else person.external_id end as person,
      case when event.kind = 'said' then message.body end as said, event.is_public as "isPublic"
    from core.event event
    join core.item item using (item_id)
    left join core.status status on status.id = event.status_id
    left join core.team team on team.id = event.team_id
    left join core.person person on person.id = event.person_id
    left join core.message message using (item_id, event_id)
    where item.connection_id = $1
    order by event.item_id, event.at, event.seq, event.event_id`,
    [connection],
  );
  const lines: string[] = [];
  const last = new Map<string, string>();
  for (const row of rows) {
    const at = row.at.toISOString();
    const told: [ScriptedField, string | null][] = [
      ['status', row.status],
      ['team', row.team],
      ['person', row.person],
      ['due', row.isPromise ? (row.dueAt === null ? 'none' : naming.dueDay(row.dueAt)) : null],
    ];
    for (const [field, value] of told) {
      const key = `${row.item} ${field}`;
      if (value === null || !naming.fields.includes(field) || (last.get(key) ?? 'none') === value) continue;
      last.set(key, value);
      lines.push(`${row.item} ${at} ${field} ${value}`);
    }
    if (row.said !== null && naming.hasComments) lines.push(`${row.item} ${at} ${row.isPublic ? 'public' : 'internal'} ${row.said}`);
  }
  return lines.sort();
}
