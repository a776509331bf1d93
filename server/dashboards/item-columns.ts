import type { ItemSummary } from '../api.js';
import type { RowColumn } from '../exports/row-file.js';

/** Columns of a downloaded list by name, in the order of the file. What a unit adds is as the metric counts. */
export const itemColumns = {
  item_id: { kind: 'text', of: (item) => item.id },
  external_id: { kind: 'text', of: (item) => item.externalId },
  connection: { kind: 'text', of: (item) => item.connection },
  title: { kind: 'text', of: (item) => item.title },
  contribution: { kind: 'number', of: (item) => item.contribution },
  customer: { kind: 'text', of: (item) => item.customer },
  team: { kind: 'text', of: (item) => item.team },
  type: { kind: 'text', of: (item) => item.type },
  created_at: { kind: 'instant', of: (item) => item.createdAt },
  outcome: { kind: 'text', of: (item) => item.outcome },
  finished_at: { kind: 'instant', of: (item) => item.finishedAt },
  url: { kind: 'text', of: (item) => item.url },
} satisfies Record<string, RowColumn<ItemSummary>>;

export type ItemColumn = keyof typeof itemColumns;
export const itemColumnNames = Object.keys(itemColumns) as ItemColumn[];
