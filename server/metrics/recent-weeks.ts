import { Temporal } from 'temporal-polyfill';
import { firstDayOf, shiftDay } from './calendar.js';
import { asOf, type Source } from './source.js';
import { windowBuckets, type Bucket } from './window.js';

/** A year, the one it is compared with, and the weeks both begin in. What is asked of older ones is worked out then. */
const mostWeeks = 108;

/** So many weeks of a million items fit into the memory there is for a statement; each part reads all the facts. */
const weeksAtOnce = 36;

/** The weeks of which rows are held, from Monday on in a zone. Ends with the week the data ends in. */
export function recentWeeks(sources: readonly Source[], zone: string): Bucket[] {
  const last = Temporal.Instant.from(asOf(sources) ?? '1970-01-01T00:00:00Z')
    .toZonedDateTimeISO(zone)
    .toPlainDate()
    .toString();
  const begin = firstDayOf(last, 'week', 'gregorian');
  const [from, to] = [shiftDay(begin, 1 - mostWeeks, 'week', 'gregorian'), shiftDay(begin, 1, 'week', 'gregorian')];
  return windowBuckets({ from, to, zone, grain: 'week' });
}

/** The same in the parts they are worked out in. */
export function partsOfWeeks(sources: readonly Source[], zone: string): Bucket[][] {
  const weeks = recentWeeks(sources, zone);
  return Array.from({ length: Math.ceil(weeks.length / weeksAtOnce) }, (_, part) =>
    weeks.slice(part * weeksAtOnce, (part + 1) * weeksAtOnce),
  );
}

/** Whether each bucket is one of these weeks; null where some is not made of such. What lies after the data makes no difference. */
export function areWeeks(buckets: readonly Bucket[], sources: readonly Source[], zone: string): boolean | null {
  const weeks = recentWeeks(sources, zone);
  const ends = new Map(weeks.map(({ fromAt, toAt }) => [fromAt.epochMilliseconds, toAt.epochMilliseconds]));
  const dataEnd = Date.parse(asOf(sources) ?? '');
  const edges = new Set([...ends.keys(), ...ends.values()]);
  let isEach = true;
  for (const { fromAt, toAt } of buckets) {
    const to = toAt.epochMilliseconds;
    const end = ends.get(fromAt.epochMilliseconds);
    if (end === undefined || !(edges.has(to) || to > dataEnd)) return null;
    isEach &&= to === end || (to > dataEnd && end > dataEnd);
  }
  return isEach;
}

/** Whether each bucket lies in one of these weeks up to its end: what was so then is so at the end of the bucket. */
export function endWithWeeks(buckets: readonly Bucket[], sources: readonly Source[], zone: string): boolean {
  const weeks = recentWeeks(sources, zone);
  const dataEnd = Date.parse(asOf(sources) ?? '');
  return buckets.every(({ fromAt, toAt }) => {
    const [from, to] = [fromAt.epochMilliseconds, toAt.epochMilliseconds];
    const week = weeks.find((one) => one.fromAt.epochMilliseconds <= from && one.toAt.epochMilliseconds > from);
    const end = week?.toAt.epochMilliseconds ?? Infinity;
    return week ? to === end || (to > dataEnd && end > dataEnd) : from > dataEnd;
  });
}
