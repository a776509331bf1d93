import { formatter } from '#dashboards/format.js';
import type { AlertCause, AlertDelivery, AlertReading, WatchItem } from '../api.js';
import { readItems } from '../dashboards/item-story.js';
import { shiftDay } from '../metrics/calendar.js';
import { readDataSpan } from '../metrics/data-span.js';
import { findMetric } from '../metrics/definitions/index.js';
import { metricItems } from '../metrics/items.js';
import type { ItemsRequest } from '../metrics/request.js';
import type { AlertRow } from './alerts.js';
import type { AlertContext } from './alert-context.js';
import { isPeriodRule, scopeOf } from './period-readings.js';
import { alertTexts } from './texts/index.js';

/** Items named in a message; the link leads to all of them. */
const namedItems = 5;

/** The first items behind a reading: of a percentage those on its bad side, otherwise those that weigh most. */
export async function readCauses(
  { pool, engine }: Pick<AlertContext, 'pool' | 'engine'>,
  { rule, delivery }: Pick<AlertRow, 'rule' | 'delivery'>,
  reading: AlertReading,
): Promise<AlertCause[]> {
  if (!isPeriodRule(rule) || reading.untold !== null) return reading.causes;
  const watched = await scopeOf(pool, rule);
  if (watched === null) return [];
  const { scope } = watched;
  const { zone } = await readDataSpan(pool);
  const part = partOf(scope.metric);
  const mark: ItemsRequest = {
    metric: scope.metric,
    from: reading.key,
    to: shiftDay(reading.key, 1, scope.grain, scope.calendar ?? 'gregorian'),
    zone,
    grain: scope.grain,
    ...(scope.calendar && { calendar: scope.calendar }),
    filters: scope.filters,
    ...(scope.clock && { clock: scope.clock }),
    bucket: reading.key,
    part,
    limit: namedItems,
  };
  const { units } = await metricItems(engine, mark);
  const format = formatter(delivery.locale, delivery);
  return (await readItems(pool, units)).map(({ id, externalId, title, customer, contribution }) => ({
    id,
    name: [externalId, title].filter((part) => part !== null).join(' '),
    detail: [customer, reading.unit === 's' && contribution !== null ? format.duration(contribution) : null]
      .filter((part) => part !== null)
      .join(' · '),
  }));
}

/** Which of the counted make a percentage bad. */
export function partOf(metric: string): NonNullable<ItemsRequest['part']> {
  const { compute, direction } = findMetric(metric);
  if (compute.kind !== 'counted' || compute.measure.numerator === undefined) return 'all';
  return direction === 'higher' ? 'remainder' : 'numerator';
}

/** Items of the watch list, with what presses. */
export function itemCauses(items: readonly WatchItem[], { locale, zone, digits }: AlertDelivery): AlertCause[] {
  const conventions = digits ? { digits } : {};
  const say = alertTexts(locale, conventions);
  const format = formatter(locale, conventions);
  return items.slice(0, namedItems).map(({ id, externalId, title, customer, dueAt, silence }) => ({
    id,
    name: [externalId, title].filter((part) => part !== null).join(' '),
    detail: [
      customer,
      dueAt === null ? null : say('detail.due', { at: format.instant(dueAt, zone) }),
      silence === null ? null : say('detail.silent', { time: format.duration(silence) }),
    ]
      .filter((part) => part !== null)
      .join(' · '),
  }));
}
