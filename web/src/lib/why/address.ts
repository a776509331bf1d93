import type { ChartResponse, WhyItems, WhyResponse } from '#server/api.js';
import { withQuery, writeChoice, type Choice, type ReadableQuery } from '../address.js';

/** What the address says of the panel: `why` is the chart, `why-by` the dimension looked at. */
export interface WhyAsked {
  chart: string | null;
  by: string | null;
}

export function readWhy(query: ReadableQuery): WhyAsked {
  return { chart: query.get('why'), by: query.get('why-by') };
}

/** What the address asks why of and cannot be answered: no chart of the page, or one whose change has no parts. */
export function unknownWhy(query: ReadableQuery, charts: readonly Pick<ChartResponse, 'id' | 'canAskWhy'>[]): string[] {
  const { chart } = readWhy(query);
  return chart === null || charts.some(({ id, canAskWhy }) => id === chart && canAskWhy) ? [] : [`why=${chart}`];
}

/** The page with the panel of a chart open, and what the reader chose kept. `chart` null: without a panel. */
export function whyAddress(path: string, choice: Choice, chart: string | null, by: string | null = null): string {
  const query = writeChoice(choice);
  if (chart !== null) query.set('why', chart);
  if (by !== null) query.set('why-by', by);
  return withQuery(path, query);
}

/** The board of a segment alone, with all other filters; of the one type the number is of. Null for pairs, which are no filter. */
export function segmentAddress(path: string, choice: Choice, why: WhyResponse, segment: string | null): string | null {
  if (why.by === null || why.by === 'pair') return null;
  return withQuery(path, writeChoice(segmentChoice(choice, why, why.by, segment)));
}

/** The whole list that the items are the beginning of. */
export function heaviestAddress(path: string, choice: Choice, why: WhyResponse, items: WhyItems): string {
  const { from, to } = items;
  const query = writeChoice({ ...segmentChoice(choice, why, items.by, items.segment), period: 'custom', from, to });
  for (const [name, value] of Object.entries({ metric: why.metric, 'mark-grain': 'all', bucket: 'all', part: items.part }))
    query.set(name, value);
  return withQuery(`${path}/items`, query);
}

function segmentChoice(choice: Choice, { ofType }: WhyResponse, by: WhyItems['by'], segment: string | null): Choice {
  const type = ofType === null ? {} : { type: [ofType] };
  return { ...choice, filters: { ...choice.filters, ...type, [by]: [segment ?? ''] } };
}
