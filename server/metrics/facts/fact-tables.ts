import { CopyWriter } from './copy/copy-writer.js';
import type { Ids } from './copy/ids.js';

/** The tables of the facts; `columns` follow `item_id`, in the order `fact-rows.ts` writes them. */
export const factTables = {
  item: `connection_id, version, type, service, channel, priority, language, customer_id, first_team_id, team_id, person_id,
    created_at, started_at, finished_at, ended_at, outcome, excluded, first_event_at, last_event_at, event_count,
    lead_business_seconds, cycle_business_seconds,
    team_handoffs, team_returns, team_direct_returns, person_handoffs, person_returns, person_direct_returns,
    resolutions, reopens, first_due_at, last_due_at, due_moves, first_response_at, first_response_business_seconds,
    ours_active_seconds, ours_waiting_seconds, customer_seconds, third_party_seconds, unowned_seconds`,
  cycle: 'n, opened_at, resolved_at, reopened_at, team_id',
  interval: 'n, from_at, to_at, court, team_id, person_id, is_owned, is_due_past, has_next_step, is_fresh, is_unmapped',
  ownership: 'level, n, owner_id, from_at, to_at',
  handoff: 'level, n, left_at, at, from_id, to_id, returns, acted_at, until_at, wait_business_seconds, has_note',
  promise: 'n, said_at, due_at, until_at, moved_seconds, is_after_due, asked_by_customer, is_last',
  turn: 'n, asked_at, answered_at, until_at, team_id, business_seconds',
  rating: 'n, at, rating, team_id',
  silence: 'n, from_at, to_at, ours_seconds, team_id',
  word: `n, at, side, is_public, is_bot, actor_id, team_id, person_id, due_at,
    is_chase, gives_reason, gives_date, is_question, is_repeat, is_thanks, is_reask`,
  handoff_word: 'level, n, receiver_words, customer_words, is_reask, is_repeat',
  delay: 'n, from_at, to_at, team_id, is_late, is_silent, is_explained',
} as const;

export type FactTable = keyof typeof factTables;

export const factTableNames = Object.keys(factTables) as FactTable[];

/** The rows to be written of each table. */
export type FactRows = Record<FactTable, CopyWriter>;

export function factRows(ids: Ids): FactRows {
  const writer = (table: FactTable): CopyWriter => new CopyWriter(ids, 1 + factTables[table].split(',').length);
  return Object.fromEntries(factTableNames.map((table) => [table, writer(table)])) as FactRows;
}

/** The key of each table. */
export const factKeys: Record<FactTable, string> = {
  item: 'item_id',
  cycle: 'item_id, n',
  interval: 'item_id, n',
  ownership: 'item_id, level, n',
  handoff: 'item_id, level, n',
  promise: 'item_id, n',
  turn: 'item_id, n',
  rating: 'item_id, n',
  silence: 'item_id, n',
  word: 'item_id, n',
  handoff_word: 'item_id, level, n',
  delay: 'item_id, n',
};

export function copyInto(table: FactTable, into: string): string {
  return `copy ${into} (item_id, ${factTables[table]}) from stdin (format binary)`;
}

/** Into a table made in the same transaction: its rows are final at once, so nobody who reads them later has to write. */
export function copyIntoFresh(table: FactTable, into: string): string {
  return `copy ${into} (item_id, ${factTables[table]}) from stdin (format binary, freeze)`;
}
