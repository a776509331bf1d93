import type { MetricInfo, MetricResult, MetricRow, Treatment } from '#dashboards/metric-result.js';
import type { Signal } from '#etl/connector.js';
import type { EngineRow, MetricEngine } from './engine.js';
import type { ItemsRequest, MetricRequest } from './request.js';
import type { NamedKeys } from './named-keys.js';
import type { Source } from './source.js';
import type { Bucket } from './window.js';
import type { Within } from './within.js';
import type { MetricOptions } from './options.js';

/**
 * The contract of one metric; read this first. A metric says what it counts (`units`, SQL) and how the counted become a value
 * (`measure`). Window, buckets, break-downs, filters, the data's own time and missing signals are the composer's: no metric
 * writes them, and the list behind a mark comes out of the same SQL as the mark. One metric a file, in `definitions/<family>/`.
 */
export interface Metric extends Omit<MetricInfo, 'needs'> {
  needs: Signal[];
  /** Options of the request it understands; others are refused. */
  options?: (keyof MetricOptions)[];
  /** The metric whose values these are, more of them: what is wanted of that one is wanted of this. */
  rangeOf?: string;
  compute: Counted | Watched | Combined;
}

/** A metric that counts units in SQL. */
export interface Counted {
  kind: 'counted';
  units(options: UnitOptions): Units;
  measure: Measure;
  /**
   * What the units read as the relation `prepared`: rows worked out beside the SQL, such as forecasts, each of an item (`item_id`), with
   * the keys of the item, `excluded` and `outcome` beside them; or rows derived from the facts of all items (`prepared.ts`).
   */
  prepare?: Prepare;
  /** What charts that draw every unit are told of one. Default: such charts cannot draw the metric. */
  tells?: UnitTells;
  /** Treatment under the business clock, which does not run for items still open. Default: the metric's. */
  businessTreatment?: Treatment;
}

/** Expressions by name. Instants become seconds on the clock of the request's zone, null at infinity. */
export interface ToldValues {
  instants?: Record<string, string>;
  numbers?: Record<string, string>;
  texts?: Record<string, string>;
}

/** Over `placed`, which has the columns of the units and, where each row is a unit, its `at`. */
export interface UnitTells extends ToldValues {
  /** What a unit is made of, over `relations`: a join that begins `drawn d`, the items drawn, and may join `source s`. */
  parts?: ToldValues & { relations: string; order: string };
}

/** The options of the request, and what relations beside `u` may leave out. */
export type UnitOptions = Required<Pick<MetricOptions, 'clock' | 'level'>> & { within?: Within };

/** Made by `preparedOnce` or `derivedOnce`. */
export interface Prepare {
  (engine: MetricEngine, scope: Scope): Promise<Prepared>;
  /** One relation serves whatever is asked, so it can be made before anybody asks. */
  readonly isOfAllTime: boolean;
  /** Makes the relation that serves whoever asks by week in a zone. */
  readonly holdWeeks?: (engine: MetricEngine, sources: readonly Source[], zone: string) => Promise<void>;
}

/** What one statement is about. */
export interface Scope {
  sources: readonly Source[];
  buckets: readonly Bucket[];
  /** That the buckets are days or weeks in. */
  zone?: string;
  filters?: MetricRequest['filters'];
  /** Of what the filters name. */
  keys?: NamedKeys;
}

/** The columns and the values of each, all of one length. */
export type PreparedRows = Record<string, { type: 'uuid' | 'timestamptz' | 'float8' | 'int'; values: readonly (string | number)[] }>;

/** Rows that travel with the statement, a select that is part of it, or the relation in which the engine holds either. */
export type Prepared =
  { kind: 'rows'; rows: PreparedRows } | { kind: 'derived'; select(within: Within): string } | { kind: 'held'; relation: string };

/** A metric that watches the periods of another one. */
export interface Watched {
  kind: 'watched';
  defaultMetric: string;
  /** Which metrics it can watch. Default: all that count something. */
  watches?(metric: Metric): boolean;
  rows(rows: MetricRow[], value: string | null): MetricRow[];
}

/** A metric worked out from the answers to several questions about others, of the connections that can answer all of them. */
export interface Combined {
  kind: 'combined';
  /** A select over `measured.*` whose rows are `told` to the others: what is known beside items. */
  reads?: string;
  /** Throws `MetricError` where the request makes no sense for it. */
  questions(request: MetricRequest, find: FindMetric, told: readonly EngineRow[]): MetricRequest[];
  /** Answers in the order of the questions. */
  rows(answers: readonly MetricResult[], request: MetricRequest, find: FindMetric, told: readonly EngineRow[]): MetricRow[];
  /** The question that counts the `n` units of a row, null where it can have none; `asOf` is the data's own time. */
  items(request: ItemsRequest, asOf: string, told: readonly EngineRow[]): ItemsRequest | null;
  /** Why there is nothing to answer where there is no question, and what is missing. */
  unasked?(request: MetricRequest): { signal: string; reason: string };
}

/** Looks a metric up by its id; throws `MetricError` for an unknown one. */
export type FindMetric = (id: string) => Metric;

/**
 * What is counted. `sql` is one portable select over `measured.* u join source s`, with the columns of `itemKeys` and
 * `is_excluded`; `source` holds the connections that can support the metric: connection_id, as_of_at (nothing later counts)
 * and since_at (nothing earlier can be trusted).
 */
export type Units = CountedUnits & {
  /** Where the units are broken down by something of their own: its column, and the relations to join. */
  segment?: UnitSegment;
  /** Where the units go from one team to another: what names the pair. A change can be split by it. */
  pairs?: UnitSegment;
};

interface UnitSegment {
  column: string;
  join: string;
}

type CountedUnits =
  /** Each row is a unit, placed by its `at`; `columns` go to the measure. */
  | { per: 'row'; sql: string; columns: string[] }
  /** Rows are placed by `at`; the rows of an item in a bucket make one unit. */
  | { per: 'item'; sql: string; columns: Record<string, 'sum' | 'max'> }
  /** Rows run from `from_at` to `to_at`; a unit is the time of an item in a bucket: `seconds`, and of it each of `shares`
   * (0 or 1 in the row). `counts` are added up as they are; such rows have no length. `calendar` names the column with the calendar a
   * row runs on, null for round the clock: each share then also counts its working time, as `<share>_worked`. `hasType`: a unit has
   * the type of its item too. `isHeldByWeek`: the units of whole weeks are held in memory (`weeks.ts`); the measure then reads nothing
   * but `placed` and `bucket`. */
  | {
      per: 'item-time';
      sql: string;
      shares: string[];
      counts: string[];
      calendar?: string;
      hasType?: true;
      isHeldByWeek?: true;
    };

/**
 * How the units of a mark become its value. Reads the CTE `placed`: bucket, segment, item_id, is_excluded and the columns of the
 * units. Counts are of units that are not excluded.
 */
export interface Measure {
  /** CTEs and a final select: bucket, segment, n, excluded and the figures `row` reads. */
  sql(parameters: Parameters): string;
  row(figures: Figures, metric: Pick<MetricInfo, 'minimumN' | 'values'>): Omit<MetricRow, 'bucket' | 'by' | 'n'>;
  /** Every figure is a count or a sum, so that those of several segments added up are those of their units together. */
  isAdditive?: true;
  /** What a unit adds to the mark. This and the conditions are over `placed`. */
  contribution: string;
  /** Which rows of `placed` are units at all. Default: each. */
  unitCondition?: string;
  /** Which units make the numerator. Absent where there is none. */
  numerator?: string;
  /** By the names of the values, `value` where there is one: how a change of it is split among segments. Absent where it cannot be. */
  splits?: Record<string, Split>;
}

/** How a value is made of its units. The expressions are over `placed`, the figures those that `row` reads. */
export type Split =
  /** `scale` times the sum of `of` over the sum of `per`. `isOncePerItem`: `of` is 1 or 0, also of an item that is in several segments. */
  | { kind: 'ratio'; of: string; per: string; scale: number; isOncePerItem?: true }
  /** A quantile of durations, its figure; `whole`: the CTE `whole` that they are taken from, where it is not `placed`. */
  | { kind: 'quantile'; figure: string; whole?: string }
  /** What grows with the ratio of two quantiles of durations. */
  | { kind: 'quantile-ratio'; lower: string; upper: string; valueOf(ratio: number): number };

/** One row of an aggregate, already numbers, texts and nulls. */
export type Figures = Record<string, number | string | null>;

/** Collects the parameters of one statement; `add` answers with the place holder. */
export interface Parameters {
  add(value: string): string;
}

/** The keys every unit carries; the main relation of the select is `u`, its source `s`. */
export const itemKeys = keysWithTeam('u.team_id');

/** The same with another team than the one beside the fact. */
export function keysWithTeam(team: string): string {
  return `u.item_id, s.name as source_name, s.since_at, ${team} as team_id, u.customer_id, u.type, u.service, u.channel, u.priority, u.language`;
}

/** Seconds from one instant to another, in both engines. Facts are cut to the whole second. */
export function secondsBetween(from: string, to: string): string {
  return `(extract(epoch from ${to}) - extract(epoch from ${from}))::float8`;
}

/** What is shown of a metric. */
export function metricInfo(metric: Metric): MetricInfo {
  const { id, family, definition, unit, treatment, direction, counts, values, units, minimumN, needs, source, estimate } = metric;
  return {
    id,
    family,
    definition,
    unit,
    treatment,
    direction,
    counts,
    values,
    ...(units && { units }),
    minimumN,
    needs: [...needs],
    source,
    ...(metric.options?.includes('clock') && { hasBusinessClock: true as const }),
    ...(estimate && { estimate }),
  };
}
