import type { ItemsResponse, ItemSummary } from '#server/api.js';
import { count, dateTime, day, elapsed } from './format';
import { t } from './i18n/messages.svelte';
import { columns, type Column } from './item-order';
import { plainText } from './plain-cells';
import { remember, remembered } from './preferences.svelte';

/** The columns of the file that stand for each, beside those that say which item it is. */
export const fileColumns: Record<Column, string[]> = {
  contribution: ['contribution'],
  customer: ['customer'],
  team: ['team'],
  type: ['type'],
  created: ['created_at'],
  outcome: ['outcome', 'finished_at'],
};
export const fileKeys = ['item_id', 'external_id', 'connection', 'title', 'url'];

/** As chosen in this browser before. */
export function keptColumns(): Column[] {
  const kept = remembered('item-columns')?.split(',');
  return kept ? columns.filter((column) => kept.includes(column)) : [...columns];
}

export function keepColumns(chosen: readonly Column[]): void {
  remember('item-columns', chosen.join(','));
}

export function cellText(column: Column, item: ItemSummary, adds: ItemsResponse['adds'], zone: string): string {
  if (column === 'contribution') return addsText(item.contribution, adds);
  if (column === 'created') return dateTime(item.createdAt, zone);
  if (column === 'outcome') return outcomeText(item, zone);
  return item[column] ?? '–';
}

/** The same for another program: ASCII figures and ISO dates; a text that a spreadsheet would run gets an apostrophe in front. */
export function plainCells(chosen: readonly Column[], item: ItemSummary): string[] {
  const cells: Record<Column, (string | number | null)[]> = {
    contribution: [item.contribution],
    customer: [item.customer],
    team: [item.team],
    type: [item.type],
    created: [item.createdAt],
    outcome: [item.outcome, item.finishedAt],
  };
  return [item.externalId, item.title, ...columns.filter((column) => chosen.includes(column)).flatMap((column) => cells[column])].map(
    (cell) => (typeof cell === 'string' ? plainText(cell) : String(cell ?? '')),
  );
}

export function plainHead(chosen: readonly Column[]): string[] {
  return ['external_id', 'title', ...columns.filter((column) => chosen.includes(column)).flatMap((column) => fileColumns[column])];
}

function outcomeText(item: ItemSummary, zone: string): string {
  if (item.outcome !== 'done') return t(`outcome.${item.outcome}`);
  return item.finishedAt ? t('outcome.done', { at: day(item.finishedAt, zone) }) : t('outcome.done-plain');
}

function addsText(contribution: number | null, adds: ItemsResponse['adds']): string {
  if (contribution === null) return '–';
  if (adds === 's') return elapsed(contribution);
  if (adds === 'n') return count(contribution);
  return contribution > 0 ? t('items.yes') : t('items.no');
}
