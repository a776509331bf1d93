import type { Sentence } from '#dashboards/sentences/sentence.js';
import type { Question } from '../dashboards/question.js';
import type { Window } from '../metrics/periods.js';

/** The page's own names for the mark that a list is behind: see `docs/address.md`. */
const markNames: Record<string, string> = { grain: 'mark-grain', by: 'mark-by', type: 'mark-type' };

/** Addresses on the page of what a summary tells. They name its days, so they show the same when the data has grown. */
export interface Links {
  home(): string;
  board(board: string): string;
  chart(of: { board: string; chart: string }): string;
  why(of: { board: string; chart: string }): string;
  rows(board: string, rows: NonNullable<Sentence['rows']>): string;
  items(board: string, metric: string, part: string): string;
  watch(customer?: string | null): string;
  item(id: string): string;
  connection(name: string): string;
}

export function linksTo(publicUrl: string, question: Pick<Question, 'filters' | 'calendar' | 'locale'>, window: Window): Links {
  const filters = Object.entries(question.filters).flatMap(([name, values]) => values.map((value) => [name, value]));
  const chosen = [['from', window.from], ['to', window.to], ...(question.calendar ? [['calendar', question.calendar]] : []), ...filters];
  const address = (path: string, query: string[][]) =>
    `${publicUrl}${path}?${new URLSearchParams([...query, ['lang', question.locale]] as [string, string][])}`;
  const boardPath = (board: string) => `/boards/${encodeURIComponent(board)}`;
  const mark = (board: string, metric: string, parameters: Iterable<[string, string]>) =>
    address(`${boardPath(board)}/items`, [
      ...chosen,
      ['metric', metric],
      ...[...parameters].map(([name, value]) => [markNames[name] ?? name, value]),
    ]);
  return {
    home: () => address('/', chosen),
    board: (board) => address(boardPath(board), chosen),
    chart: ({ board, chart }) => `${address(boardPath(board), chosen)}#chart-${encodeURIComponent(chart)}`,
    why: ({ board, chart }) => address(boardPath(board), [...chosen, ['why', chart]]),
    rows: (board, { metric, items }) => mark(board, metric, new URLSearchParams(items)),
    items: (board, metric, part) =>
      mark(board, metric, [
        ['grain', 'all'],
        ['bucket', 'all'],
        ['part', part],
      ]),
    watch: (customer) =>
      address(
        '/watch',
        customer === undefined ? filters : [...filters.filter(([name]) => name !== 'customer'), ['customer', customer ?? '']],
      ),
    item: (id) => `${publicUrl}/items/${encodeURIComponent(id)}?${new URLSearchParams({ lang: question.locale })}`,
    connection: (name) => `${publicUrl}/connections/${encodeURIComponent(name)}?${new URLSearchParams({ lang: question.locale })}`,
  };
}
