import type { PlainCell } from './charts/cells.js';
import type { Conventions, Locale } from './i18n/messages.js';
import type { Dimension, MetricInfo, MetricResult, NotMeasurable } from './metric-result.js';
import type { ChartNote, FinishedNote } from './note.js';
import type { ChartTarget, TargetVerdict } from './target.js';

/**
 * A dashboard is data: a list of charts, each naming the metrics it asks for and the kind that draws it. One board a file, in
 * `boards/`. Titles and descriptions are catalog texts: `board.<id>.title`, `chart.<id>.title`. Nothing in this folder asks a
 * database or reads a clock.
 */
export interface Board {
  id: string;
  /** Its own title and description, of a board that is not in the catalogs. */
  title?: OwnText;
  description?: OwnText;
  /** Drawn in this order. The first one carries the board's headline. */
  charts: ChartDefinition[];
  /** The chart whose number, a percentage of counted units, readers are asked about before they see it. Default: none. */
  belief?: string;
}

/** A text in English and, where told, in other languages. */
export type OwnText = { en: string } & Partial<Record<Locale, string>>;

export type ChartKind =
  | 'trend'
  | 'versus'
  | 'process-behaviour'
  | 'ranking'
  | 'heat-matrix'
  | 'scatter'
  | 'ageing'
  | 'ledger'
  | 'calendar'
  | 'funnel'
  | 'strips'
  | 'stack'
  | 'flow'
  | 'reliability'
  | 'survival'
  | 'association';

export interface ChartDefinition {
  /** Unique among all boards; part of addresses and of catalog keys. */
  id: string;
  kind: ChartKind;
  /** Its own title, where the catalogs have none. */
  title?: OwnText;
  /** What the server asks the metrics, in the order in which `composeChart` takes the answers. */
  queries: ChartQuery[];
  /** Single units that are drawn, in the order in which `composeChart` takes them. Default: none. */
  units?: UnitQuery[];
  /** The one of `values` that is drawn where a metric has several and the chart shows a single number. Default: the first. */
  value?: string;
  /** Values drawn as lines beside each other where no break-down is asked. Default: all of the metric's. */
  lines?: string[];
  /** Spread over orders of magnitude, so drawn on a logarithmic axis. Default false. */
  isSkewed?: boolean;
  /** Also in the printed summary, which has room for a few charts of each board. Default false. */
  isPrinted?: boolean;
}

/** `previous`: the window just before. `year`: the same days a year before. */
export type Compare = 'previous' | 'year' | 'none';

/** The calendar's never stops; the business clock runs in the working hours of the team. */
export type Clock = 'calendar' | 'business';

/** `asked` means: as the reader chose in the address. */
export interface ChartQuery {
  /** `drawn`: the marks. `now` and `before`: the headline, over the whole window and over the equally long one before it. */
  role: 'drawn' | 'now' | 'before' | 'compared';
  metric: string;
  /** `half-year`: the last 26 weeks of what was asked. */
  window: 'asked' | 'previous' | 'half-year';
  grain: 'asked' | 'all' | 'day' | 'quarter';
  by: 'asked' | Dimension | null;
}

/** The units behind a metric over the whole window as asked, of the same items as the numbers of the chart. */
export interface UnitQuery {
  metric: string;
  /** Where there are more than `most`. `sample`: drawn by chance, always the same ones. `greatest`: those that add most. */
  take: 'sample' | 'greatest';
  most: number;
}

/** What a query got, in the order of the definition's `queries`. */
export interface Answer {
  info: MetricInfo;
  result: MetricResult;
}

export interface ChartContext extends Conventions {
  locale: Locale;
  theme: 'light' | 'dark';
  /** Pixels of the whole drawing, axes included. */
  width: number;
  height: number;
  /** What the window before is. Default: the one just before. */
  compare?: Compare;
  /** Which clock was asked for; a metric without it says so. Default: the calendar's. */
  clock?: Clock;
  /** Filters are set, so an empty chart may be empty because of them. */
  isFiltered: boolean;
  /** The one type the answers are of, chosen because types share no percentile; null: all that was asked for. */
  ofType: string | null;
  /** What people know about the time shown. Default: nothing. */
  notes?: readonly ChartNote[];
  /** What the numbers drawn are wanted to be, of the same items. Default: nothing. */
  targets?: readonly ChartTarget[];
}

/** Drawn as it is by the page and by the PDF; neither adds a number. */
export interface FinishedChart {
  id: string;
  kind: ChartKind;
  metric: string;
  title: string;
  /** One sentence that says what the chart shows. */
  summary: string;
  /** Vega-Lite without its rows, which go under the name `rows`. Null where nothing can be drawn. */
  spec: Record<string, unknown> | null;
  /**
   * A row with `items` opens: that text is the query of `/api/metrics/<metric>/items`, and `n` the count it must give. A row with
   * `item` opens the story of that one.
   */
  rows: Record<string, unknown>[];
  /** The same numbers for reading, formatted; the first row is the head. */
  table: string[][];
  /** The cells of the table for sorting and for other programs, the head with its units. */
  plain: PlainCell[][];
  /** Numbered in the drawing, in the order of time; none where it is not over time. */
  notes: FinishedNote[];
  state: 'ok' | 'empty' | 'filtered-empty' | 'not-measurable';
  absent: NotMeasurable[];
  headline: Headline | null;
  explanation: Explanation;
}

/** The metric over the whole window, in words. */
export interface Headline {
  /** Formatted; a dash where withheld, `note` then says why. */
  value: string;
  /** How many are behind it, and the interval. */
  basis: string;
  change: { text: string; tone: 'better' | 'worse' | 'same' | 'unclear' } | null;
  note: string | null;
  /** Against what it is wanted to be; absent where nothing is wanted, or the value is withheld. */
  target?: TargetVerdict & { text: string };
}

/** Behind the ⓘ of a number. */
export interface Explanation {
  name: string;
  /** What the customer feels when the number moves. */
  feels: string;
  definition: string;
  /** n, treatment of open items, interval, as of, left out, source. */
  facts: { label: string; text: string }[];
}

/** Draws `metric` over time as asked, with its headline. */
export function trendQueries(metric: string): ChartQuery[] {
  return [{ role: 'drawn', metric, window: 'asked', grain: 'asked', by: 'asked' }, ...headlineQueries(metric)];
}

/** Draws `metric` over the whole window, one mark a segment of `by`. */
export function wholeQuery(metric: string, by: Dimension | null = null): ChartQuery {
  return { role: 'drawn', metric, window: 'asked', grain: 'all', by };
}

export function headlineQueries(metric: string): ChartQuery[] {
  return [
    { role: 'now', metric, window: 'asked', grain: 'all', by: null },
    { role: 'before', metric, window: 'previous', grain: 'all', by: null },
  ];
}
