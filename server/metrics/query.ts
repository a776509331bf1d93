import type { MetricResult, MetricRow, NotMeasurable } from '#dashboards/metric-result.js';
import { countFigures, hasOwnSegments } from './count-figures.js';
import { findMetric } from './definitions/index.js';
import type { EngineRow, MetricEngine } from './engine.js';
import { joinNotes, number } from './measures/notes.js';
import type { Combined, Counted, Figures, Metric } from './metric.js';
import type { MetricOptions } from './options.js';
import { countedMetric, countedRequest, isCountedAlike, passesOf } from './passes.js';
import { checkRequest, MetricError, type MetricRequest } from './request.js';
import { asOf, beginsLater, findSources, type Source } from './source.js';
import { summedFigures } from './sums.js';
import { windowBuckets, type Bucket } from './window.js';

/**
 * The metric over the window, a row per bucket and, with a break-down, per segment that has units in it. Without a break-down every
 * bucket has its row. Throws `MetricError` for a request that names something unknown.
 */
export async function queryMetric(engine: MetricEngine, request: MetricRequest): Promise<MetricResult> {
  const [result] = await queryMetrics(engine, [request]);
  if (!result) throw new RangeError('One request has one result.');
  return result;
}

/**
 * Results in the order of the requests, each what `queryMetric` gives. Requests for one metric that differ in their windows alone
 * are answered in one pass over its units: the planning of a statement costs more than many of its rows.
 */
export async function queryMetrics(engine: MetricEngine, requests: readonly MetricRequest[]): Promise<MetricResult[]> {
  for (const request of requests) {
    checkOptions(findMetric(request.metric), request);
    checkRequest(request);
  }
  const passes = passesOf(requests);
  const results = (await Promise.all(passes.map((pass) => count(engine, pass)))).flat();
  const asked = passes.flat();
  const answerTo = (request: MetricRequest): MetricResult => {
    const inner = countedRequest(request);
    const result = results[asked.findIndex((other) => isCountedAlike(other, inner))];
    if (!result) throw new RangeError('Every request belongs to a pass.');
    return outerResult(request, result);
  };
  return Promise.all(
    requests.map(async (request) => {
      const metric = findMetric(request.metric);
      return metric.compute.kind === 'combined' ? combinedResult(engine, metric, metric.compute, request) : answerTo(request);
    }),
  );
}

/** Asks the connections that can support all of it, each question once. */
async function combinedResult(engine: MetricEngine, metric: Metric, compute: Combined, request: MetricRequest): Promise<MetricResult> {
  const told = await readTold(engine, compute);
  const questions = compute.questions(request, findMetric, told);
  const asked = await supportedQuestions(engine, metric, questions);
  const answers = asked.sources.length === 0 ? [] : await queryMetrics(engine, asked.questions);
  const counted = questions[0] && findMetric(questions[0].metric);
  return {
    metric: metric.id,
    family: metric.family,
    unit: metric.options?.includes('of') && counted ? counted.unit : metric.unit,
    treatment: metric.options?.includes('of') && counted ? counted.treatment : metric.treatment,
    from: request.from,
    to: request.to,
    zone: request.zone,
    grain: request.grain,
    ...(request.calendar && { calendar: request.calendar }),
    by: request.by ?? null,
    asOf: asOf(asked.sources),
    rows: answers.length === 0 ? [] : compute.rows(answers, request, findMetric, told),
    absent: [
      ...asked.absent,
      ...beginsLater(asked.sources, request),
      ...(questions.length === 0 ? unasked(asked.sources, compute, request) : []),
    ],
  };
}

/** What a combined metric knows beside the answers. */
export async function readTold(engine: MetricEngine, { reads }: Combined): Promise<EngineRow[]> {
  return reads === undefined ? [] : engine.query(reads);
}

function unasked(sources: readonly Source[], compute: Combined, request: MetricRequest): NotMeasurable[] {
  const missing = compute.unasked?.(request);
  return missing ? sources.map(({ name }) => ({ connection: name, ...missing })) : [];
}

/** The questions, of the connections alone that have every signal the metric and what it asks for need. */
export async function supportedQuestions<Question extends MetricRequest>(
  engine: MetricEngine,
  metric: Metric,
  questions: readonly Question[],
): Promise<{ questions: Question[]; sources: Source[]; absent: NotMeasurable[] }> {
  const own = metric.options?.includes('of') ? [] : metric.needs;
  const needs = [...new Set([...own, ...questions.flatMap((question) => findMetric(question.metric).needs)])];
  const { sources, absent } = await findSources(engine, needs, questions[0]?.filters?.connection, questions[0]?.asOf);
  const connection = sources.map((source) => source.name);
  const narrowed = questions.map((question) =>
    absent.length === 0 ? question : { ...question, filters: { ...question.filters, connection } },
  );
  return { questions: narrowed, sources, absent };
}

/** The result of a watched metric has its name and its rows; all else is that of the one it watches. */
function outerResult(request: MetricRequest, result: MetricResult): MetricResult {
  const metric = findMetric(request.metric);
  if (metric.compute.kind !== 'watched') return result;
  const watched = countedMetric(request).metric;
  return { ...result, metric: metric.id, family: metric.family, rows: metric.compute.rows(result.rows, watched.values[0] ?? null) };
}

/** Throws `MetricError` for an option the metric does not have. */
export function checkOptions(metric: Metric, request: MetricOptions): void {
  for (const option of ['clock', 'level', 'of'] as const) {
    if (request[option] !== undefined && !metric.options?.includes(option)) {
      throw new MetricError(`"${metric.id}" has no option "${option}"; known: ${metric.options?.join(', ') ?? 'none'}.`);
    }
  }
}

/** Requests that differ in their windows alone. Their buckets lie one after the other in one statement. */
async function count(engine: MetricEngine, requests: readonly MetricRequest[]): Promise<MetricResult[]> {
  const [first] = requests;
  if (!first) return [];
  const { metric, compute } = countedMetric(first);
  const { sources, absent } = await findSources(engine, metric.needs, first.filters?.connection, first.asOf);
  const asOfAt = asOf(sources);
  const rows = asOfAt === null ? [] : await countedRows(engine, metric, compute, requests, { sources, asOfAt });
  return requests.map((request, index) => ({
    metric: metric.id,
    family: metric.family,
    unit: metric.unit,
    treatment: (request.clock === 'business' ? compute.businessTreatment : undefined) ?? metric.treatment,
    from: request.from,
    to: request.to,
    zone: request.zone,
    grain: request.grain,
    ...(request.calendar && { calendar: request.calendar }),
    by: request.by ?? null,
    asOf: asOfAt,
    rows: rows[index] ?? [],
    absent: [...absent, ...beginsLater(sources, request)],
  }));
}

/** Rows of each request. */
async function countedRows(
  engine: MetricEngine,
  metric: Metric,
  compute: Counted,
  requests: readonly MetricRequest[],
  { sources, asOfAt }: { sources: readonly Source[]; asOfAt: string },
): Promise<MetricRow[][]> {
  const isPaired = requests.some((request) => hasOwnSegments(compute, request));
  if (isPaired && requests.some(({ by }) => by != null))
    throw new MetricError(`"${metric.id}" is broken down by pairs already; leave out "by".`);
  const figures = await summedFigures(engine, { compute, sources }, requests, countFigures(compute, sources));
  return requests.map((request, index) => {
    const window = windowBuckets(request);
    const rows = (figures[index] ?? []).flatMap((counted) => {
      const bucket = window[number(counted, 'bucket')];
      return bucket ? [markRow(metric, compute, counted, bucket, asOfAt)] : [];
    });
    if (isPaired || request.by != null) return rows;
    const byBucket = new Map(rows.map((row) => [row.bucket, row]));
    return window.map((bucket) => byBucket.get(bucket.label) ?? emptyRow(metric, bucket, asOfAt));
  });
}

function markRow(metric: Metric, compute: Counted, figures: Figures, bucket: Bucket, asOfAt: string): MetricRow {
  const n = number(figures, 'n');
  const excluded = number(figures, 'excluded');
  const { note, ...values } = compute.measure.row(figures, metric);
  return {
    bucket: bucket.label,
    ...segmentNames(String(figures.segment)),
    n,
    ...values,
    note: joinNotes([n === 0 ? 'empty' : note, ...bucketNotes(bucket, asOfAt), excluded > 0 && `excluded:${excluded}`]),
  };
}

function emptyRow(metric: Metric, bucket: Bucket, asOfAt: string): MetricRow {
  const nothing = metric.values.length === 0 ? { value: null } : { values: Object.fromEntries(metric.values.map((name) => [name, null])) };
  return {
    bucket: bucket.label,
    by: null,
    n: 0,
    ...nothing,
    lo: null,
    hi: null,
    note: joinNotes(['empty', ...bucketNotes(bucket, asOfAt)]),
  };
}

function bucketNotes(bucket: Bucket, asOfAt: string): (string | false)[] {
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
