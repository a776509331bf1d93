import { dimensions } from '#dashboards/metric-result.js';
import type { DimensionDrivers, DriverDimension, DriversResponse, HeadlineValue } from '../../api.js';
import { unitOptions } from '../compose.js';
import { findMetric } from '../definitions/index.js';
import type { MetricEngine } from '../engine.js';
import { evidenceOf } from '../evidence.js';
import type { Counted, Metric, Split } from '../metric.js';
import { findKeys } from '../find-keys.js';
import { checkOptions } from '../query.js';
import { checkRequest, known, MetricError, type MetricRequest } from '../request.js';
import { asOf, findSources } from '../source.js';
import { windowBuckets } from '../window.js';
import { dimensionDrivers } from './dimension-drivers.js';
import { markValues, type MarkValue } from './mark-values.js';
import { splitChange } from './split-change.js';
import type { OfWindows, TwoWindows } from './two-windows.js';

/** A window against another one; `by` null: all dimensions, and which of them explains most. */
export interface DriversRequest extends Omit<MetricRequest, 'grain' | 'by'> {
  /** Local dates in `zone`, half-open. */
  against: { from: string; to: string };
  by?: DriverDimension | null;
  /** Which of several values; default the first. */
  value?: string;
}

/**
 * Splits the change of a metric between two windows among the segments of each dimension: by their shares
 * having changed (mix) and by themselves having changed (rate). Throws `MetricError` for a request that
 * names something unknown, and for a metric that is no sum over its units or quantile of them.
 */
export async function metricDrivers(engine: MetricEngine, request: DriversRequest): Promise<DriversResponse> {
  const { metric, compute, split, value } = checked(request);
  const { sources, absent } = await findSources(engine, metric.needs, request.filters?.connection, request.asOf);
  const asked: MetricRequest = { ...request, grain: 'all', by: null };
  const scope = {
    sources,
    buckets: [request.against, request].flatMap(({ from, to }) => windowBuckets({ ...asked, from, to })),
    filters: request.filters,
    keys: await findKeys(engine, request.filters),
  };
  const prepared = sources.length === 0 ? undefined : await compute.prepare?.(engine, scope);
  const windows: TwoWindows = { compute, request: asked, scope: { ...scope, ...(prepared && { prepared }) } };
  const whole = sources.length === 0 ? null : wholeOf(await markValues(engine, metric, windows, value));
  const before = headline(request.against, whole?.before);
  const after = headline(request, whole?.after);
  const change = before.value === null || after.value === null ? null : after.value - before.value;
  const found =
    whole === null || change === null || change === 0
      ? []
      : await everyDimension(engine, { metric, windows, split, value, whole, change, request });
  const ranked = found.sort((one, other) => other.explained - one.explained);
  const best = ranked[0];
  return {
    metric: metric.id,
    value: metric.values.length === 0 ? null : value,
    unit: metric.units?.[value] ?? metric.unit,
    zone: request.zone,
    asOf: asOf(sources),
    before,
    after,
    change,
    evidence: evidenceOf(after, before),
    by: request.by ?? (best && best.explained > 0 ? best.by : null),
    dimensions: ranked,
    absent,
  };
}

/** Whether the change of a value of a metric, the first if none is named, can be split. */
export function changeCanBeSplit(id: string, value?: string): boolean {
  const metric = findMetric(id);
  return metric.compute.kind === 'counted' && metric.compute.measure.splits?.[value ?? metric.values[0] ?? 'value'] !== undefined;
}

interface Checked {
  metric: Metric;
  compute: Counted;
  split: Split;
  value: string;
}

function checked(request: DriversRequest): Checked {
  const metric = findMetric(request.metric);
  checkOptions(metric, request);
  const { by, against } = request;
  for (const { from, to } of [request, against])
    checkRequest({ ...request, from, to, grain: 'all', by: by === 'pair' || by === undefined ? null : by });
  const { compute } = metric;
  const splits = compute.kind === 'counted' ? compute.measure.splits : undefined;
  if (compute.kind !== 'counted' || !splits)
    throw new MetricError(
      `A change of "${metric.id}" cannot be split: it is neither a sum over its units nor a quantile of them. Ask why of the metric it is made of.`,
    );
  const value = request.value ?? metric.values[0] ?? 'value';
  known('value', value, metric.values.length === 0 ? ['value'] : metric.values);
  const split = splits[value];
  if (!split)
    throw new MetricError(`A change of "${value}" of "${metric.id}" cannot be split; of ${Object.keys(splits).join(', ')} it can.`);
  if (by === 'pair' && !compute.units(unitOptions(request)).pairs)
    throw new MetricError(`"${metric.id}" does not count what goes from one team to another; "pair" is for handoff-wait.`);
  return { metric, compute, split, value };
}

interface Found extends Omit<Checked, 'compute'> {
  windows: TwoWindows;
  whole: OfWindows<MarkValue | undefined>;
  change: number;
  request: DriversRequest;
}

async function everyDimension(
  engine: MetricEngine,
  { metric, windows, split, value, whole, change, request }: Found,
): Promise<DimensionDrivers[]> {
  const { units } = windows.compute;
  const { pairs, segment } = units(unitOptions(request));
  const possible: DriverDimension[] = segment ? [] : [...dimensions, ...(pairs ? ['pair' as const] : [])];
  const wanted = possible.filter((by) => request.by == null || by === request.by);
  const looked = await Promise.all(
    wanted.map(async (by) => {
      const segmented = brokenDown(windows, by);
      const [parts, values] = await Promise.all([
        splitChange(engine, segmented, split, whole, change),
        markValues(engine, metric, segmented, value),
      ]);
      if (parts === null || parts.all.length < 2) return [];
      return [dimensionDrivers(by, parts, values, change, { minimumN: metric.minimumN, looks: wanted.length })];
    }),
  );
  return looked.flat();
}

function brokenDown(windows: TwoWindows, by: DriverDimension): TwoWindows {
  if (by !== 'pair') return { ...windows, request: { ...windows.request, by } };
  const { compute } = windows;
  const units: Counted['units'] = (options) => {
    const { pairs, ...counted } = compute.units(options);
    return { ...counted, ...(pairs && { segment: pairs }) };
  };
  return { ...windows, compute: { ...compute, units } };
}

function wholeOf(values: OfWindows<Map<string, MarkValue>>): OfWindows<MarkValue | undefined> {
  return { before: values.before.get(''), after: values.after.get('') };
}

function headline({ from, to }: { from: string; to: string }, mark: MarkValue | undefined): HeadlineValue {
  return { from, to, ...(mark ? { value: mark.value, n: mark.n, lo: mark.lo, hi: mark.hi, note: mark.note } : nothing) };
}

const nothing = { value: null, n: 0, lo: null, hi: null, note: 'empty' };
