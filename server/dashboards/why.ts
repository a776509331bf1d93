import type { ChartDefinition } from '#dashboards/dashboard.js';
import type { DimensionDrivers, DriversResponse, ItemsResponse, WhyItems, WhyResponse } from '../api.js';
import { findMetric } from '../metrics/definitions/index.js';
import type { DriversRequest } from '../metrics/drivers/drivers.js';
import type { Window } from '../metrics/periods.js';
import type { ItemsRequest, MetricRequest } from '../metrics/request.js';
import { Refusal } from '../refusal.js';
import { metricRequest } from './asked.js';
import { ofOneType, ofTypeAlone, type Ask } from './boards.js';
import { canAskWhy } from './charts.js';
import type { DriversQuestion } from './drivers-question.js';
import type { Question } from './question.js';
import { carriers, isTelling, whyTexts } from './why-texts.js';

/** Items told of a segment; the rest is one step away. */
const mostItems = 5;

/** Whoever can split a change and list what is behind a mark. */
export interface WhySources {
  ask: Ask;
  drivers(request: DriversRequest): Promise<DriversResponse>;
  items(request: ItemsRequest): Promise<ItemsResponse>;
}

/**
 * Why the headline of a chart changed: the segments that carry it by the dimension asked, or by the one that explains most, and the
 * items of the first of them. Of the same items as the headline. Throws a `Refusal` where its change cannot be split.
 */
export async function answerWhy(sources: WhySources, chart: ChartDefinition, asked: DriversQuestion, window: Window): Promise<WhyResponse> {
  if (!canAskWhy(chart))
    throw new Refusal(`The change of "${chart.id}" cannot be split: it is neither a sum over its units nor a quantile of them.`);
  const { by, against, value: _value, ...rest } = asked;
  const question: Question = { ...rest, by: null };
  const { ofType } = await ofOneType(sources.ask, chart, question, window);
  const requests = headlineRequests(chart, ofTypeAlone(question, ofType), window);
  const { grain: _grain, by: _by, ...now } = requests.now;
  const { from, to } = against ?? requests.before;
  const drivers = await sources.drivers({
    ...now,
    against: { from, to },
    by: null,
    ...(chart.value !== undefined && { value: chart.value }),
  });
  const shown = by === null ? drivers.dimensions.find(isTelling) : drivers.dimensions.find((one) => one.by === by);
  const texts = whyTexts(chart, drivers, { asked: by, shown, ofType, question });
  return { ...texts, items: shown ? await weightiest(sources, drivers, shown, now) : null };
}

/** What the headline asks of the two windows. */
function headlineRequests(chart: ChartDefinition, question: Question, window: Window): { now: MetricRequest; before: MetricRequest } {
  const request = (wanted: 'now' | 'before') => {
    const query = chart.queries.find(({ role }) => role === wanted);
    if (!query) throw new Error(`Chart "${chart.id}" has no headline.`);
    return metricRequest(query, question, window);
  };
  return { now: request('now'), before: request('before') };
}

/**
 * The items that weigh most in the segment that carries most: those on the worse side, of the window in which it was worse. Null where
 * no segment carries more than chance, and of pairs, which no list is asked by.
 */
async function weightiest(
  { items }: WhySources,
  drivers: DriversResponse,
  { by, segments }: DimensionDrivers,
  now: Omit<MetricRequest, 'grain' | 'by'>,
): Promise<WhyItems | null> {
  const segment = carriers(segments)[0];
  if (!segment || by === 'pair') return null;
  const { compute, direction, treatment } = findMetric(drivers.metric);
  const isHigherBetter = direction === 'higher';
  const hasNumerator = compute.kind === 'counted' && compute.measure.numerator !== undefined;
  // Of a share of time the worse side is no list: each item has some of it.
  if (isHigherBetter && treatment === 'TW') return null;
  const hasRisen = (drivers.change ?? 0) > 0;
  const window = hasRisen === isHigherBetter ? drivers.before : drivers.after;
  const part = !hasNumerator ? 'all' : isHigherBetter ? 'remainder' : 'numerator';
  const {
    name,
    counts,
    adds,
    total,
    items: heaviest,
  } = await items({
    ...now,
    from: window.from,
    to: window.to,
    grain: 'all',
    bucket: 'all',
    by,
    segment: segment.segment,
    part,
    limit: mostItems,
  });
  return { name, counts, adds, total, items: heaviest, segment: segment.segment, by, part, from: window.from, to: window.to };
}
