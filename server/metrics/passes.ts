import { findMetric } from './definitions/index.js';
import type { Counted, Metric } from './metric.js';
import { MetricError, type MetricRequest } from './request.js';

/** Requests that are counted in one statement, each window once. */
export function passesOf(requests: readonly MetricRequest[]): MetricRequest[][] {
  const passes: MetricRequest[][] = [];
  for (const request of requests) {
    if (findMetric(request.metric).compute.kind === 'combined') continue;
    const inner = countedRequest(request);
    const pass = passes.find((others) => others.every((other) => passOf(other) === passOf(inner) && sharePass(other, inner)));
    if (!pass) passes.push([inner]);
    else if (!pass.some((other) => isSameWindow(other, inner))) pass.push(inner);
  }
  return passes;
}

/** Whether what is counted for one request is what the other asks for. */
export function isCountedAlike(one: MetricRequest, other: MetricRequest): boolean {
  return passOf(one) === passOf(other) && isSameWindow(one, other);
}

function passOf(request: MetricRequest): string {
  const { from: _from, to: _to, grain: _grain, calendar: _calendar, zone: _zone, by, ...way } = request;
  return JSON.stringify({ ...way, by: by ?? null });
}

/**
 * Rows that are prepared of the periods asked for, such as what is open at the end of each, would
 * lie in every other period around them too.
 */
function sharePass(one: MetricRequest, other: MetricRequest): boolean {
  if (countedMetric(one).compute.prepare?.isOfAllTime !== false || isSameWindow(one, other)) return true;
  return one.zone === other.zone && (one.to <= other.from || other.to <= one.from);
}

function isSameWindow(one: MetricRequest, other: MetricRequest): boolean {
  const calendar = (request: MetricRequest) => request.calendar ?? 'gregorian';
  return (
    one.from === other.from &&
    one.to === other.to &&
    one.grain === other.grain &&
    calendar(one) === calendar(other) &&
    one.zone === other.zone
  );
}

/** What a request counts: itself, or the metric it watches. */
export function countedRequest(request: MetricRequest): MetricRequest {
  if (findMetric(request.metric).compute.kind === 'counted') return request;
  const { of: _of, ...options } = request;
  return { ...options, metric: countedMetric(request).metric.id };
}

/** The metric whose units are counted: of a watched one, the one it watches. */
export function countedMetric(request: MetricRequest): { metric: Metric; compute: Counted } {
  const metric = findMetric(request.metric);
  if (metric.compute.kind === 'counted') return { metric, compute: metric.compute };
  if (metric.compute.kind === 'combined')
    throw new MetricError(`"${metric.id}" is worked out from other metrics; it counts nothing itself.`);
  const watched = findMetric(request.of ?? metric.compute.defaultMetric);
  if (watched.compute.kind !== 'counted' || metric.compute.watches?.(watched) === false)
    throw new MetricError(`"${watched.id}" cannot be watched by "${metric.id}"; name a metric that counts something.`);
  return { metric: watched, compute: watched.compute };
}
