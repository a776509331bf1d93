import type { Dimension } from '#dashboards/metric-result.js';
import { unitOptions } from './compose.js';
import { hasOwnSegments, type CountFigures } from './count-figures.js';
import type { MetricEngine } from './engine.js';
import type { Counted, Figures } from './metric.js';
import { addedUp, packed, type PackedFigures } from './packed-figures.js';
import type { MetricRequest } from './request.js';
import { scopeKey } from './scope-key.js';
import type { Source } from './source.js';

interface Sums {
  version: number;
  /** Null: of too many names to be kept. */
  figures: Promise<PackedFigures | null>;
}

interface Memory {
  /** By question, those asked last at the end. */
  sums: Map<string, Sums>;
  /** Questions that were asked with a filter once. */
  asked: Set<string>;
}

type Hold = NonNullable<MetricEngine['hold']>;

/** By `hold`, which an engine and one that looks on at it have in common. */
const memoryBy = new WeakMap<Hold, Memory>();

/** A board has some twenty such questions and a reader tries some three filters. */
const mostSums = 1_000;
const mostAsked = 1_000;

/** Figures of one question: a year of days of some ten names. */
const mostFigures = 5_000;

/** A unit is of one name of each of these, and so are all rows of an item; a team is that of the row. */
const ofItem: readonly Dimension[] = ['type', 'service', 'channel', 'priority', 'language'];
const ofRow: readonly Dimension[] = ['team', ...ofItem];

/**
 * What requests that differ in their windows alone count. Who tries one name of a filter after the other has what each name counts
 * counted once, from the second choice on: every further one is added up. Metrics whose figures cannot be added are always counted.
 */
export async function summedFigures(
  engine: MetricEngine,
  { compute, sources }: { compute: Counted; sources: readonly Source[] },
  requests: readonly MetricRequest[],
  count: CountFigures,
): Promise<Figures[][]> {
  const { hold } = engine;
  const [first] = requests;
  const filtered =
    first && first.by == null ? summedDimensions(compute, first).filter((name) => (first.filters?.[name] ?? []).length > 0) : [];
  if (!hold || !first || filtered.length === 0) return count(engine, requests);
  const memory = memoryOf(hold);
  const version = await engine.version();
  const keyOf = (request: MetricRequest, name: Dimension) => sumsKey(version, sources, withoutFilter(request, name), name);
  const isKnown = (name: Dimension) => requests.every((request) => memory.sums.has(keyOf(request, name)));
  const isAskedAgain = (name: Dimension) => requests.every((request) => memory.asked.has(keyOf(request, name)));
  const name = filtered.find(isKnown) ?? filtered.find(isAskedAgain);
  for (const one of filtered) for (const request of requests) remember(memory.asked, keyOf(request, one), mostAsked);
  if (name === undefined) return count(engine, requests);
  const parts = await Promise.all(sumsBy(engine, memory, { version, sources, name, requests }, count));
  const wanted = new Set(first.filters?.[name]);
  const sums = parts.flatMap((figures) => (figures ? [addedUp(figures, wanted)] : []));
  return sums.length === parts.length ? sums : count(engine, requests);
}

/**
 * Has an engine that can hold rows count, before anybody filters, what each name of a dimension
 * adds to some requests without filters of it.
 */
export async function prepareSums(
  engine: MetricEngine,
  { compute, sources, name }: { compute: Counted; sources: readonly Source[]; name: Dimension },
  requests: readonly MetricRequest[],
  count: CountFigures,
): Promise<void> {
  const [first] = requests;
  if (!engine.hold || !first || first.by != null || !summedDimensions(compute, first).includes(name)) return;
  await Promise.all(sumsBy(engine, memoryOf(engine.hold), { version: await engine.version(), sources, name, requests }, count));
}

function summedDimensions(compute: Counted, request: MetricRequest): readonly Dimension[] {
  if (!compute.measure.isAdditive || hasOwnSegments(compute, request)) return [];
  return compute.units(unitOptions(request)).per === 'row' ? ofRow : ofItem;
}

/** What each name counts, of each request; those not known are counted together. */
function sumsBy(
  engine: MetricEngine,
  memory: Memory,
  asked: { version: number; sources: readonly Source[]; name: Dimension; requests: readonly MetricRequest[] },
  count: CountFigures,
): Promise<PackedFigures | null>[] {
  const { version, sources, name } = asked;
  const requests = asked.requests.map((request) => ({ ...withoutFilter(request, name), by: name }));
  const keys = requests.map((request) => sumsKey(version, sources, request, name));
  const unknown = requests.filter((_, index) => !memory.sums.has(keys[index] ?? ''));
  // Others will use it too, so it is worked out to its end.
  const counted = unknown.length === 0 ? null : count(engine.lasting ?? engine, unknown);
  return requests.map((request, index) => {
    const key = keys[index] ?? '';
    const known = memory.sums.get(key);
    const figures =
      known?.figures ??
      (counted ?? Promise.resolve([])).then((all) => {
        const own = all[unknown.indexOf(request)] ?? [];
        return own.length > mostFigures ? null : packed(own);
      });
    memory.sums.delete(key);
    memory.sums.set(key, { version, figures });
    if (!known) {
      for (const [other, one] of memory.sums) if (one.version < version || memory.sums.size > mostSums) memory.sums.delete(other);
      figures.catch(() => memory.sums.delete(key));
    }
    return figures;
  });
}

function memoryOf(hold: Hold): Memory {
  const memory = memoryBy.get(hold) ?? { sums: new Map<string, Sums>(), asked: new Set<string>() };
  memoryBy.set(hold, memory);
  return memory;
}

function remember(known: Set<string>, key: string, most: number): void {
  known.delete(key);
  known.add(key);
  for (const oldest of known) {
    if (known.size <= most) break;
    known.delete(oldest);
  }
}

function withoutFilter(request: MetricRequest, name: Dimension): MetricRequest {
  const { [name]: _wanted, ...filters } = request.filters ?? {};
  return { ...request, filters };
}

function sumsKey(version: number, sources: readonly Source[], request: MetricRequest, name: Dimension): string {
  const { metric, from, to, grain, calendar = 'gregorian', zone, filters } = request;
  const { clock, level } = unitOptions(request);
  return JSON.stringify([version, name, metric, clock, level, from, to, grain, calendar, zone, scopeKey(filters), sources]);
}
