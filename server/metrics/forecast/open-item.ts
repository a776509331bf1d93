import type { EngineRow } from '../engine.js';
import type { Asked } from './forecaster.js';
import { epochSeconds } from './history.js';

/** Columns of an open item `i` with a promise `p` and its stay `v` that a forecast asks for, the instant apart. */
export const askedColumns = `${epochSeconds('i.created_at')}::float8 as created, ${epochSeconds('p.said_at')}::float8 as said,
  ${epochSeconds('p.due_at')}::float8 as due, i.connection_id, i.type, coalesce(i.priority, '') as priority,
  coalesce(v.court, '') as court, coalesce(v.team_id::text, '') as team`;

/** The stay of the item `i` at an instant, none where nobody tells. */
export const stayAt = (at: string) => `left join measured.interval v on v.item_id = i.item_id and v.from_at <= ${at} and v.to_at > ${at}`;

/** Reads the columns; `at` in epoch seconds. */
export function askedOf(row: EngineRow, at: number): Asked {
  return {
    connectionId: String(row.connection_id),
    type: String(row.type),
    priority: String(row.priority),
    court: String(row.court),
    team: String(row.team),
    age: at - Number(row.created),
    given: at - Number(row.said),
    left: Number(row.due) - at,
  };
}
