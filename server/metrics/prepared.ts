import { Temporal } from 'temporal-polyfill';
import { preparedSelect, sourceRows, StatementParameters } from './compose.js';
import type { HeldRows, MetricEngine } from './engine.js';
import type { Prepare, Prepared, PreparedRows, Scope } from './metric.js';
import type { Bucket } from './window.js';
import { anywhere, narrowsCustomers, type Within } from './within.js';

/** Rows a metric works out beside the SQL. */
export interface Preparation {
  /** Metrics that give the same name share the rows. */
  name: string;
  /** A row says the same whatever period it is asked for in: those of all periods are worked out at once. */
  isOfAllTime: boolean;
  rows(engine: MetricEngine, scope: Scope): Promise<PreparedRows>;
}

/** Relations of an engine: those of a year by week, by month and as a whole, and of some marks opened. */
const mostHeld = 8;

const heldBy = new WeakMap<NonNullable<MetricEngine['hold']>, Map<string, Promise<HeldRows>>>();

/** For `Counted.prepare`: an engine that can hold rows has them worked out once for each version of the facts, whatever else is asked. */
export function preparedOnce({ name, isOfAllTime, rows }: Preparation): Prepare {
  const prepare = async (engine: MetricEngine, { sources, buckets }: Scope): Promise<Prepared> => {
    const { hold } = engine;
    if (!hold) return { kind: 'rows', rows: await rows(engine, { sources, buckets }) };
    const scope = { sources, buckets: isOfAllTime ? [allTime] : buckets };
    const instants = scope.buckets.map(({ fromAt, toAt }) => `${fromAt.epochMilliseconds}/${toAt.epochMilliseconds}`);
    const key = JSON.stringify([await engine.version(), name, sources, instants]);
    const { relation } = await remembered(hold, key, async () => {
      const parameters = new StatementParameters();
      return hold(preparedSelect(await rows(engine, scope), parameters), parameters.values);
    });
    return { kind: 'held', relation };
  };
  return Object.assign(prepare, { isOfAllTime });
}

/** A select over `measured.*` and `source` whose rows say the same whatever is asked, and cost more than asking. */
export interface Derivation {
  name: string;
  select(within: Within): string;
  /** Rows of some customers can be derived without those of others. */
  isOfCustomers: boolean;
}

/** The same for what SQL alone derives from all items. */
export function derivedOnce({ name, select, isOfCustomers }: Derivation): Prepare {
  const prepare = async (engine: MetricEngine, { sources, filters }: Scope): Promise<Prepared> => {
    const { hold } = engine;
    if (!hold || (isOfCustomers && narrowsCustomers(filters))) return { kind: 'derived', select };
    const key = JSON.stringify([await engine.version(), name, sources]);
    const { relation } = await remembered(hold, key, async () => {
      const parameters = new StatementParameters();
      return hold(`with ${sourceRows(sources, parameters)}\nselect d.* from (\n${select(anywhere)}\n) d`, parameters.values);
    });
    return { kind: 'held', relation };
  };
  return Object.assign(prepare, { isOfAllTime: true });
}

const allTime: Bucket = {
  label: 'all',
  fromAt: Temporal.Instant.from('1900-01-01T00:00:00Z'),
  toAt: Temporal.Instant.from('9000-01-01T00:00:00Z'),
  isPartial: false,
};

/** The relation asked for longest ago goes first; whoever reads one keeps it until done. */
export async function remembered(hold: NonNullable<MetricEngine['hold']>, key: string, make: () => Promise<HeldRows>): Promise<HeldRows> {
  const held = heldBy.get(hold) ?? new Map<string, Promise<HeldRows>>();
  heldBy.set(hold, held);
  const rows = held.get(key) ?? make();
  held.delete(key);
  held.set(key, rows);
  for (const [oldest, gone] of held) {
    if (held.size <= mostHeld) break;
    held.delete(oldest);
    // One that failed holds nothing; who asked for it has heard.
    gone.then(({ drop }) => drop()).catch(() => undefined);
  }
  try {
    return await rows;
  } catch (error) {
    held.delete(key);
    throw error;
  }
}
