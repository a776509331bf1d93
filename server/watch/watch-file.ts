import type { WatchItem } from '../api.js';
import type { RowColumn } from '../exports/row-file.js';

/** Columns of the watch list as a file, in their order. Lengths of time in seconds, chances from 0 to 1. */
export const watchColumns = {
  item_id: { kind: 'text', of: (item) => item.id },
  external_id: { kind: 'text', of: (item) => item.externalId },
  connection: { kind: 'text', of: (item) => item.connection },
  title: { kind: 'text', of: (item) => item.title },
  customer: { kind: 'text', of: (item) => item.customer },
  team: { kind: 'text', of: (item) => item.team },
  type: { kind: 'text', of: (item) => item.type },
  reasons: { kind: 'text', of: (item) => item.reasons.join(' ') },
  due_at: { kind: 'instant', of: (item) => item.dueAt },
  first_due_at: { kind: 'instant', of: (item) => item.firstDueAt },
  is_late: { kind: 'flag', of: (item) => item.isLate },
  chance_late: { kind: 'number', of: (item) => item.chance?.late ?? null },
  chance_n: { kind: 'whole', of: (item) => item.chance?.n ?? null },
  expected_overrun_seconds: { kind: 'number', of: (item) => item.expectedOverrun },
  court: { kind: 'text', of: (item) => item.court },
  court_since: { kind: 'instant', of: (item) => item.courtSince },
  silence_seconds: { kind: 'number', of: (item) => item.silence },
  is_told: { kind: 'flag', of: (item) => item.isTold },
  as_of: { kind: 'instant', of: (item) => item.asOf },
  handled_at: { kind: 'instant', of: (item) => item.mark?.at ?? null },
  handled_by: { kind: 'text', of: (item) => item.mark?.by ?? null },
  handled_note: { kind: 'text', of: (item) => item.mark?.note ?? null },
  url: { kind: 'text', of: (item) => item.url },
} satisfies Record<string, RowColumn<WatchItem>>;
