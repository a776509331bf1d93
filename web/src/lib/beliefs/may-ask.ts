import type { StateResponse } from '#server/api.js';
import { filterDimensions } from '../address';

interface Reader {
  person: string;
  asksBeliefs: boolean;
}

type Address = Pick<URL, 'pathname' | 'hash'> & { searchParams: Pick<URLSearchParams, 'has'> };

/**
 * Whether a reader may be asked what he believes before a chart is shown: only somebody who has told his name and likes to be asked, on
 * the board itself. A link to one chart, to why, or to filtered numbers leads to what it was sent for.
 */
export function mayAsk(state: Pick<StateResponse, 'boards'> | null, board: string, chart: string, url: Address, reader: Reader): boolean {
  if (reader.person === '' || !reader.asksBeliefs || url.pathname !== `/boards/${board}`) return false;
  const isSent = url.hash !== '' || ['why', ...filterDimensions].some((name) => url.searchParams.has(name));
  return !isSent && state?.boards.find(({ id }) => id === board)?.belief === chart;
}
