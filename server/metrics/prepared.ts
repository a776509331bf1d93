import { Temporal } from 'temporal-polyfill';
import { bucketRows } from './buckets.sql.js';
import { preparedSelect, sourceRows, StatementParameters } from './compose.js';
import type { HeldRows, MetricEngine, Select } from './engine.js';
import type { Prepare, Prepared, PreparedRows, Scope } from './metric.js';
import { endWithWeeks, partsOfWeeks } from './recent-weeks.js';
import type { Source } from './source.js';
import type { Bucket } from './window.js';
import { anywhere, narrowsCustomers, type Within } from './within.js';

/** Rows a metric works out beside the SQL. */
export interface Preparation {
  /** Metrics that give the same name share the rows. */
  name: string;
  /**
   * `all-time`: a row says the same whatever period it is asked for in, those of all periods are worked out at once. `ends`: a row says
   * what was so at the end of its period, those of weeks are worked out before anybody asks.
   */
  of: 'all-time' | 'ends';
  rows(engine: MetricEngine, scope: Scope): Promise<PreparedRows>;
}

type Hold = NonNullable<MetricEngine['hold']>;

/**
 * Of relations that serve one question: those of two windows of a board, forecasts of a year by week and by month, and some marks opened.
 */
const mostOfOne = 12;

/** Of relations that serve all questions of some sources: of all, and of some connections alone. */
const mostOfName = 3;

interface Held {
  version: number;
  /** Questions of one name differ in what they are asked of: sources, and how far these are known. */
  name: string;
  isOfAllTime: boolean;
  rows: Promise<HeldRows>;
  /** Once they are there. */
  made?: HeldRows;
}

/** By `hold`, which an engine and one that looks on at it have in common. */
const heldBy = new WeakMap<Hold, Map<string, Held>>();

/** For `Counted.prepare`: an engine that can hold rows has them worked out once for each version of the facts, whatever else is asked. */
export function preparedOnce({ name, of, rows }: Preparation): Prepare {
  const isOfAllTime = of === 'all-time';
  const questionOf = (sources: readonly Source[], span: string | string[]) => ({ name, question: JSON.stringify([name, sources, span]) });
  const selectOf = async (engine: MetricEngine, scope: Scope): Promise<Select> => {
    const parameters = new StatementParameters();
    return { sql: preparedSelect(await rows(engine.lasting ?? engine, scope), parameters), parameters: parameters.values };
  };
  const prepare = async (engine: MetricEngine, { sources, buckets, zone }: Scope): Promise<Prepared> => {
    const { hold } = engine;
    if (!hold) return { kind: 'rows', rows: await rows(engine.lasting ?? engine, { sources, buckets }) };
    const version = await engine.version();
    const weeks =
      !isOfAllTime && zone !== undefined && endWithWeeks(buckets, sources, zone)
        ? alreadyRemembered(hold, { version, ...questionOf(sources, zone) })
        : undefined;
    if (weeks) return { kind: 'held', relation: weeks.relation };
    const scope = { sources, buckets: isOfAllTime ? [allTime] : buckets };
    const { relation } = await remembered(hold, { version, ...questionOf(sources, instantsOf(scope.buckets)), isOfAllTime }, async () => {
      const { sql, parameters } = await selectOf(engine, scope);
      return hold(sql, parameters);
    });
    return { kind: 'held', relation };
  };
  const holdWeeks = async (engine: MetricEngine, sources: readonly Source[], zone: string): Promise<void> => {
    const { hold } = engine;
    if (!hold) return;
    const asked = { version: await engine.version(), ...questionOf(sources, zone), name: `weeks ${name}`, isOfAllTime: true, most: 1 };
    await remembered(hold, asked, async () => {
      const [first = [], ...others] = partsOfWeeks(sources, zone);
      const { sql, parameters } = await selectOf(engine, { sources, buckets: first });
      const further = async function* () {
        for (const buckets of others) yield await selectOf(engine, { sources, buckets });
      };
      return hold(sql, parameters, further());
    });
  };
  return Object.assign(prepare, { isOfAllTime, ...(!isOfAllTime && { holdWeeks }) });
}

/** A select over `measured.*` and `source` whose rows say the same whatever is asked, and cost more than asking. */
export interface Derivation {
  name: string;
  select(within: Within): string;
  /** Rows of some customers can be derived without those of others. */
  isOfCustomers: boolean;
}

/** The same of one window: the select reads `bucket` too, its rows have the keys of their items, and it may leave out those of others. */
type WindowDerivation = Omit<Derivation, 'isOfCustomers'>;

/** The same for what SQL alone derives from all items. */
export function derivedOnce({ name, select, isOfCustomers }: Derivation): Prepare {
  const prepare = async (engine: MetricEngine, { sources, filters }: Scope): Promise<Prepared> => {
    const { hold } = engine;
    if (!hold) return { kind: 'derived', select };
    const asked = { version: await engine.version(), name, question: JSON.stringify([name, sources]), isOfAllTime: true };
    // Those of a few customers are derived faster than those of all, and read faster where they are held.
    if (isOfCustomers && narrowsCustomers(filters)) {
      const made = alreadyRemembered(hold, asked);
      return made ? { kind: 'held', relation: made.relation } : { kind: 'derived', select };
    }
    const { relation } = await remembered(hold, asked, async () => {
      const parameters = new StatementParameters();
      return hold(`with ${sourceRows(sources, parameters)}\nselect d.* from (\n${select(anywhere)}\n) d`, parameters.values);
    });
    return { kind: 'held', relation };
  };
  return Object.assign(prepare, { isOfAllTime: true });
}

/**
 * Kept of a window that is asked for as a whole, or with filters once more: whoever tries one filter after the other has the rows derived
 * once. What is asked for once is derived with its filters.
 */
export function derivedOfWindow({ name, select }: WindowDerivation): Prepare {
  const prepare = async (engine: MetricEngine, { sources, buckets, filters }: Scope): Promise<Prepared> => {
    const { hold } = engine;
    if (!hold || buckets.length > mostPeriods) return { kind: 'derived', select };
    const asked = { version: await engine.version(), name, question: JSON.stringify([name, sources, instantsOf(buckets)]) };
    if (isNarrowed(filters) && !heldBy.get(hold)?.has(keyOf(asked)) && isFirst(hold, asked)) return { kind: 'derived', select };
    const { relation } = await remembered(hold, asked, async () => {
      const parameters = new StatementParameters();
      const window = `with ${sourceRows(sources, parameters)},\n${bucketRows(buckets, false, parameters)}`;
      return hold(`${window}\nselect d.* from (\n${select(anywhere)}\n) d`, parameters.values);
    });
    return { kind: 'held', relation };
  };
  return Object.assign(prepare, { isOfAllTime: false });
}

/** Of a window and the one before it. Rows of each week of a year would fill the memory. */
const mostPeriods = 2;

/** By more than a type: percentiles are of one type, also where nobody has chosen anything. */
function isNarrowed(filters: Scope['filters']): boolean {
  return Object.entries(filters ?? {}).some(([dimension, wanted]) => dimension !== 'type' && wanted.length > 0);
}

/** Questions that were asked with filters, the last ones, by `hold`. */
const askedBy = new WeakMap<Hold, Set<string>>();
const mostAsked = 100;

function isFirst(hold: Hold, asked: Pick<Asked, 'version' | 'question'>): boolean {
  const known = askedBy.get(hold) ?? new Set<string>();
  askedBy.set(hold, known);
  const key = keyOf(asked);
  const isKnown = known.has(key);
  known.add(key);
  for (const oldest of known) if (known.size > mostAsked) known.delete(oldest);
  return !isKnown;
}

function instantsOf(buckets: readonly Bucket[]): string[] {
  return buckets.map(({ fromAt, toAt }) => `${fromAt.epochMilliseconds}/${toAt.epochMilliseconds}`);
}

const allTime: Bucket = {
  label: 'all',
  fromAt: Temporal.Instant.from('1900-01-01T00:00:00Z'),
  toAt: Temporal.Instant.from('9000-01-01T00:00:00Z'),
  isPartial: false,
};

interface Asked {
  version: number;
  name: string;
  question: string;
  isOfAllTime?: boolean;
  /** Of its name at a time, where it serves all questions. */
  most?: number;
}

/** The relation an engine holds for a question, where it is made. */
export function alreadyRemembered(hold: Hold, asked: Pick<Asked, 'version' | 'question'>): HeldRows | undefined {
  return heldBy.get(hold)?.get(keyOf(asked))?.made;
}

/**
 * The relation an engine holds for a question, made where it has none. Goes when there is one of its name of a newer version, and where
 * there are too many the one asked for longest ago: of its name, or of all that serve one question alone. Whoever reads one keeps it
 * until done.
 */
export async function remembered(
  hold: Hold,
  { version, name, question, isOfAllTime = false, most = mostOfName }: Asked,
  make: () => Promise<HeldRows>,
): Promise<HeldRows> {
  const all = heldBy.get(hold) ?? new Map<string, Held>();
  heldBy.set(hold, all);
  const key = keyOf({ version, question });
  const held: Held = all.get(key) ?? { version, name, isOfAllTime, rows: make() };
  all.delete(key);
  all.set(key, held);
  const ofOne = [...all].filter(([, one]) => !one.isOfAllTime);
  if (ofOne[0] && ofOne.length > mostOfOne) letGo(all, ofOne[0]);
  try {
    const rows = await held.rows;
    held.made = rows;
    const ofName = [...all].filter(([, one]) => one.name === name);
    const older = ofName.filter(([, one]) => one.version < version);
    for (const one of older) letGo(all, one);
    if (isOfAllTime) for (const one of ofName.filter((other) => !older.includes(other)).slice(0, -most)) letGo(all, one);
    return rows;
  } catch (error) {
    all.delete(key);
    throw error;
  }
}

function keyOf({ version, question }: Pick<Asked, 'version' | 'question'>): string {
  return `${version} ${question}`;
}

function letGo(all: Map<string, Held>, [key, { rows }]: [string, Held]): void {
  all.delete(key);
  // One that failed holds nothing; who asked for it has heard.
  rows.then(({ drop }) => drop()).catch(() => undefined);
}
