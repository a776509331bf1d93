import { dimensions, type Dimension } from '#dashboards/metric-result.js';
import { Refusal } from '../refusal.js';

/** The one page a link opens. */
export interface SharedPage {
  /** `/boards/:id` or `/reports/:id`. */
  path: string;
  /** With its `?`, or empty. */
  query: string;
  kind: 'board' | 'report';
  /** Of the board or summary. */
  id: string;
  /** What its address is narrowed to: a visitor may narrow it further, and widen nothing. */
  filters: Partial<Record<Dimension, string[]>>;
}

const paths = {
  board: /^\/boards\/([a-z0-9-]{1,120})$/,
  report: /^\/reports\/([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})$/,
};

/** Reads the address of a page. Throws a `Refusal` for one that cannot be shared. */
export function sharedPage(address: string): SharedPage {
  const [path = '', search] = address.split(/\?(.*)/s);
  const board = paths.board.exec(path)?.[1];
  const id = board ?? paths.report.exec(path)?.[1];
  if (id === undefined) {
    throw new Refusal(
      `"${address.slice(0, 120)}" cannot be shared; give the address of a board, as in /boards/delay?team=Support, or of a kept summary.`,
    );
  }
  const query = new URLSearchParams(search ?? '');
  const narrowed = dimensions.filter((dimension) => query.has(dimension));
  return {
    path,
    query: query.size === 0 ? '' : `?${query}`,
    kind: board === undefined ? 'report' : 'board',
    id,
    filters: Object.fromEntries(narrowed.map((dimension) => [dimension, query.getAll(dimension)])),
  };
}
