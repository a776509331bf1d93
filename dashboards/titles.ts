import type { Board, ChartDefinition } from './dashboard.js';
import { keyOf, translator, type Locale } from './i18n/messages.js';

/** What a board is called: by its own texts, English where it has none in the language, or by the catalogs. */
export function boardTitle(board: Board, locale: Locale): string {
  return board.title?.[locale] ?? board.title?.en ?? translator(locale)(keyOf(`board.${board.id}.title`));
}

/** A board with texts of its own may go without a description. */
export function boardDescription(board: Board, locale: Locale): string {
  if (board.title) return board.description?.[locale] ?? board.description?.en ?? '';
  return translator(locale)(keyOf(`board.${board.id}.description`));
}

export function chartTitle(chart: ChartDefinition, locale: Locale): string {
  return chart.title?.[locale] ?? chart.title?.en ?? translator(locale)(keyOf(`chart.${chart.id}.title`));
}
