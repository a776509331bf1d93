import { Temporal } from 'temporal-polyfill';
import type { Dimension, NotMeasurable } from '#dashboards/metric-result.js';
import type { WatchReason } from '../api.js';
import type { MetricEngine } from '../metrics/engine.js';
import type { Forecast } from '../metrics/forecast/forecaster.js';
import { openItemForecasts } from '../metrics/forecast/open-item-forecasts.js';
import { asOf, findSources } from '../metrics/source.js';
import { readOpenItems, type OpenItem } from './open-items.js';

/** Rather late than not: the same line as that of "early-warning". */
const likelyFrom = 0.5;

/** An open item, what is to be feared of it, and what the customer knows. Lengths of time in seconds. */
export interface Watched extends OpenItem {
  /** The most pressing first; empty for an item that is on its course. */
  reasons: WatchReason[];
  isLate: boolean;
  /** Null where too few items are like it, where there is no date, and where the source tells no finish or dates. */
  forecast: Forecast | null;
  expectedOverrun: number | null;
  /** Since our last public word, or the creation; null where the source tells no messages. */
  silence: number | null;
  /** Has the customer been told of the delay to come, or of the one there is? Null where the source tells no messages. */
  isTold: boolean | null;
}

/** All open items as the data of their connections ends, those first whose customers should be called. */
export interface WatchList {
  asOf: string | null;
  items: Watched[];
  /** Some source tells what was said to the customer. */
  canTell: boolean;
  /** What some connections cannot tell: dates for the chance of being late, messages for silence and what was told. */
  absent: NotMeasurable[];
}

export async function watchList(engine: MetricEngine): Promise<WatchList> {
  const { sources } = await findSources(engine, [], undefined);
  const at = asOf(sources);
  if (at === null) return { asOf: null, items: [], canTell: false, absent: [] };
  const dated = await findSources(engine, ['finish', 'due', 'first-due'], undefined);
  const told = await findSources(engine, ['courts', 'messages', 'visibility'], undefined);
  const talking = new Set(told.sources.map(({ name }) => name));
  const to = Temporal.Instant.from(at).toZonedDateTimeISO('UTC').toPlainDate().add({ days: 2 }).toString();
  const [open, forecasts] = await Promise.all([
    readOpenItems(engine, sources),
    openItemForecasts(engine, { from: '1970-01-01', to, zone: 'UTC' }),
  ]);
  const forecastOf = new Map(forecasts.map((forecast) => [forecast.itemId, forecast]));
  const items = open.map((item): Watched => {
    const isLate = item.dueAt !== null && item.dueAt <= item.at;
    const { forecast = null, expectedOverrun = null } = forecastOf.get(item.itemId) ?? {};
    const canTell = talking.has(item.connection);
    const isTold = !canTell ? null : isLate || item.isSilent ? item.isExplained : item.isAnnounced;
    const silence = canTell ? item.at - (item.lastWordAt ?? item.createdAt) : null;
    const reasons = reasonsOf({ isLate, isSilent: canTell && item.isSilent, isTold, p: forecast?.p ?? null });
    return { ...item, reasons, isLate, forecast, expectedOverrun, silence, isTold };
  });
  return {
    asOf: at,
    items: items.sort(byUrgency),
    canTell: talking.size > 0,
    absent: [...dated.absent, ...told.absent].filter(isFirstOfItsKind),
  };
}

function reasonsOf(item: { isLate: boolean; isSilent: boolean; isTold: boolean | null; p: number | null }): WatchReason[] {
  const { isLate, isSilent, isTold, p } = item;
  const reasons: [WatchReason, boolean][] = [
    ['late-untold', isLate && isTold === false],
    ['silent-untold', isSilent && isTold === false],
    ['late', isLate && isTold !== false],
    ['likely-late', !isLate && p !== null && p >= likelyFrom],
  ];
  return reasons.flatMap(([reason, holds]) => (holds ? [reason] : []));
}

/** Late or silent without a word to the customer; then by the chance of being late; then what is longest overdue or due next. */
export function byUrgency(one: Watched, other: Watched): number {
  return (
    Number(isUntold(other)) - Number(isUntold(one)) ||
    (other.forecast?.p ?? -1) - (one.forecast?.p ?? -1) ||
    leftOf(one) - leftOf(other) ||
    (other.silence ?? 0) - (one.silence ?? 0)
  );
}

/** Late or silent, and what we said gives no reason or date that still holds. */
export function isUntold({ reasons }: Pick<Watched, 'reasons'>): boolean {
  return reasons.includes('late-untold') || reasons.includes('silent-untold');
}

function leftOf({ dueAt, at }: OpenItem): number {
  return dueAt === null ? Infinity : dueAt - at;
}

/** What filters ask of an item. */
export type Sorted = Pick<
  OpenItem,
  'team' | 'type' | 'service' | 'channel' | 'priority' | 'customer' | 'customerGroup' | 'connection' | 'language'
>;

/** The name an item has in each dimension, as filters ask for it; the empty text where it has none. */
const named: Record<Dimension, (item: Sorted) => string | null> = {
  team: ({ team }) => team,
  type: ({ type }) => type,
  service: ({ service }) => service,
  channel: ({ channel }) => channel,
  priority: ({ priority }) => priority,
  customer: ({ customer }) => customer,
  group: ({ customerGroup }) => customerGroup,
  connection: ({ connection }) => connection,
  language: ({ language }) => language,
};

/** Whether an item is one of those asked for. */
export function matches(item: Sorted, filters: Partial<Record<Dimension, string[]>>): boolean {
  return (Object.keys(named) as Dimension[]).every((dimension) => {
    const wanted = filters[dimension] ?? [];
    return wanted.length === 0 || wanted.includes(named[dimension](item) ?? '');
  });
}

function isFirstOfItsKind(one: NotMeasurable, index: number, all: NotMeasurable[]): boolean {
  return all.findIndex((other) => other.connection === one.connection && other.signal === one.signal) === index;
}
