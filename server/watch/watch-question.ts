import { z } from 'zod';
import { locales, type Locale } from '#dashboards/i18n/messages.js';
import { dimensions, type Dimension } from '#dashboards/metric-result.js';
import type { WatchReason } from '../api.js';
import { viewFormats, type ViewFormat } from '../exports/formats.js';
import { wholeNumber } from '../http/whole-number.js';

export const watchReasons = ['late-untold', 'silent-untold', 'late', 'likely-late'] as const satisfies WatchReason[];
export const watchSorts = ['urgency', 'chance', 'overrun', 'silence', 'due', 'customer'] as const;

/** Which open items, in which order, and which page of them. */
export interface WatchQuestion {
  filters: Partial<Record<Dimension, string[]>>;
  /** Null: all that have a reason. */
  reason: WatchReason | null;
  sort: (typeof watchSorts)[number];
  /** `only`: those that somebody has handled and nobody else. */
  handled: 'hidden' | 'shown' | 'only';
  offset: number;
  limit: number;
  /** Not said: English. */
  locale?: Locale;
  /** Told, not dropped. */
  unknownParameters: string[];
}

const texts = z.union([z.string(), z.array(z.string())]);

const asked = {
  reason: z.enum(watchReasons).nullable().default(null),
  sort: z.enum(watchSorts).default('urgency'),
  handled: z.enum(['hidden', 'shown', 'only']).default('hidden'),
};

/** Query string of the watch list. */
export const WatchQuery = z
  .object({
    ...asked,
    offset: wholeNumber(0, 10_000_000).default(0),
    limit: wholeNumber(1, 200).default(50),
    lang: z.enum(locales).default('en'),
  })
  .catchall(texts)
  .transform(({ reason, sort, handled, offset, limit, lang, ...rest }): WatchQuestion => ({
    filters: filtersOf(rest),
    reason,
    sort,
    handled,
    offset,
    limit,
    locale: lang,
    unknownParameters: unknownIn(rest),
  }));

/** The same of the whole list as a file. */
export const WatchFileQuery = z
  .object({
    ...asked,
    format: z.enum(viewFormats).default('csv'),
    raw: z
      .enum(['0', '1'], { error: 'is 1 for CSV cells as they are, also those a spreadsheet would run as formulas, or 0.' })
      .default('0'),
  })
  .catchall(texts)
  .transform(({ reason, sort, handled, format, raw, ...rest }): WatchQuestion & { format: ViewFormat; isRaw: boolean } => ({
    filters: filtersOf(rest),
    reason,
    sort,
    handled,
    format,
    isRaw: raw === '1',
    offset: 0,
    limit: Infinity,
    unknownParameters: unknownIn(rest),
  }));

/** Query string of what became of the items that were handled; without a window that of the boards. */
export const HandledQuery = z
  .object({ from: z.iso.date(), to: z.iso.date() })
  .partial()
  .catchall(texts)
  .transform(({ from = null, to = null, ...rest }) => {
    return { from, to, filters: filtersOf(rest), unknownParameters: unknownIn(rest) };
  });

function unknownIn(rest: Record<string, unknown>): string[] {
  return Object.keys(rest).filter((name) => !dimensions.some((dimension) => dimension === name));
}

function filtersOf(query: Record<string, string | string[]>): WatchQuestion['filters'] {
  return Object.fromEntries(dimensions.flatMap((name) => (query[name] === undefined ? [] : [[name, [query[name]].flat()]])));
}
