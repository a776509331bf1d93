import type { MetricResult, MetricRow } from '#dashboards/metric-result.js';
import { placedUnits, StatementParameters, unitOptions } from './compose.js';
import { findMetric } from './definitions/index.js';
import type { EngineRow, MetricEngine } from './engine.js';
import { joinNotes, number } from './measures/notes.js';
import type { Counted, Figures, Metric, MetricOptions, Watched } from './metric.js';
import { checkRequest, MetricError, type MetricRequest } from './request.js';
import { asOf, findSources } from './source.js';
import { windowBuckets, type Bucket } from './window.js';

/**
 * The metric over the window, a row per bucket and, with a break-down, per segment that has units in it. Without a break-down every
 * bucket has its row. Throws `MetricError` for a request that names something unknown.
 */
export async function queryMetric(engine: MetricEngine, request: MetricRequest): Promise<MetricResult> {
  const metric = findMetric(request.metric);
  checkRequest(request);
  checkOptions(metric, request);
  const { compute } = metric;
  return compute.kind === 'watched' ? watch(engine, metric, compute, request) : count(engine, metric, compute, request);
}

/** The metric whose units are counted: of a watched one, the one it watches. */
export function countedMetric(request: MetricRequest): { metric: Metric; compute: Counted } {
  const metric = findMetric(request.metric);
  if (metric.compute.kind === 'counted') return { metric, compute: metric.compute };
  const watched = findMetric(request.of ?? metric.compute.defaultMetric);
  if (watched.compute.kind !== 'counted')
    throw new MetricError(`"${watched.id}" cannot be watched by "${metric.id}"; name a metric that counts something.`);
  return { metric: watched, compute: watched.compute };
}

export function checkOptions(metric: Metric, request: MetricOptions): void {
  for (const option of ['clock', 'level', 'of'] as const) {
    if (request[option] !== undefined && !metric.options?.includes(option)) {
      throw new MetricError(`"${metric.id}" has no option "${option}"; known: ${metric.options?.join(', ') ?? 'none'}.`);
    }
  }
}

async function watch(engine: MetricEngine, metric: Metric, compute: Watched, request: MetricRequest): Promise<MetricResult> {
  const watched = countedMetric(request);
  const { of: _of, ...options } = request;
  const result = await queryMetric(engine, { ...options, metric: watched.metric.id });
  return { ...result, metric: metric.id, family: metric.family, rows: compute.rows(result.rows, watched.metric.values[0] ?? null) };
}

async function count(engine: MetricEngine, metric: Metric, compute: Counted, request: MetricRequest): Promise<MetricResult> {
  const { sources, absent } = await findSources(engine, metric.needs, request.filters?.connection);
  const buckets = windowBuckets(request);
  const asOfAt = asOf(sources);
  return {
    metric: metric.id,
    family: metric.family,
    unit: metric.unit,
    treatment: (request.clock === 'business' ? compute.businessTreatment : undefined) ?? metric.treatment,
    from: request.from,
    to: request.to,
    zone: request.zone,
    grain: request.grain,
    by: request.by ?? null,
    asOf: asOfAt,
    rows: asOfAt === null ? [] : await countedRows(engine, metric, compute, request, { sources, buckets, asOfAt }),
    absent,
  };
}

interface Scope {
  sources: Parameters<typeof placedUnits>[2]['sources'];
  buckets: readonly Bucket[];
  asOfAt: string;
}

async function countedRows(
  engine: MetricEngine,
  metric: Metric,
  compute: Counted,
  request: MetricRequest,
  scope: Scope,
): Promise<MetricRow[]> {
  const isPaired = compute.units(unitOptions(request)).segment !== undefined;
  if (isPaired && request.by != null) throw new MetricError(`"${metric.id}" is broken down by pairs already; leave out "by".`);
  const parameters = new StatementParameters();
  const sql = `${placedUnits(compute, request, scope, parameters)},
${compute.measure.sql(parameters)}
order by bucket, segment`;
  const marks = await engine.query(sql, parameters.values);
  const rows = marks.map((mark) => markRow(metric, compute, figuresOf(mark), scope));
  if (isPaired || request.by != null) return rows;
  const byBucket = new Map(rows.map((row) => [row.bucket, row]));
  return scope.buckets.map((bucket) => byBucket.get(bucket.label) ?? emptyRow(metric, bucket, scope));
}

function markRow(metric: Metric, compute: Counted, figures: Figures, scope: Scope): MetricRow {
  const bucket = scope.buckets[number(figures, 'bucket')];
  if (!bucket) throw new RangeError(`Bucket ${String(figures.bucket)} is not one of the ${scope.buckets.length} asked for.`);
  const n = number(figures, 'n');
  const excluded = number(figures, 'excluded');
  const { note, ...values } = compute.measure.row(figures, metric);
  return {
    bucket: bucket.label,
    ...segmentNames(String(figures.segment)),
    n,
    ...values,
    note: joinNotes([n === 0 ? 'empty' : note, ...bucketNotes(bucket, scope), excluded > 0 && `excluded:${excluded}`]),
  };
}

function emptyRow(metric: Metric, bucket: Bucket, scope: Scope): MetricRow {
  const nothing = metric.values.length === 0 ? { value: null } : { values: Object.fromEntries(metric.values.map((name) => [name, null])) };
  return {
    bucket: bucket.label,
    by: null,
    n: 0,
    ...nothing,
    lo: null,
    hi: null,
    note: joinNotes(['empty', ...bucketNotes(bucket, scope)]),
  };
}

function bucketNotes(bucket: Bucket, { asOfAt }: Scope): (string | false)[] {
  return [bucket.label !== 'all' && bucket.toAt.epochMilliseconds > Date.parse(asOfAt) && 'running', bucket.isPartial && 'partial'];
}

/** A segment as rows name it: the empty text is none, two names are a pair. */
function segmentNames(segment: string): Pick<MetricRow, 'by' | 'pair'> {
  const [from, to] = segment.split('\u001f');
  if (from !== undefined && to !== undefined) return { by: pairName(from, to), pair: [from, to] };
  return { by: segment === '' ? null : segment };
}

function pairName(from: string, to: string): string {
  return `${from} → ${to}`;
}

function figuresOf(row: EngineRow): Figures {
  return Object.fromEntries(Object.entries(row).map(([name, value]) => [name, typeof value === 'boolean' ? Number(value) : value]));
}
