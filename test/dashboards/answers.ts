import type { Answer, ChartDefinition, ChartQuery } from '#dashboards/dashboard.js';
import type { MetricInfo, MetricResult, MetricRow, Unit } from '#dashboards/metric-result.js';
import type { UnitResult } from '#dashboards/unit-result.js';
import { findMetric } from '#server/metrics/definitions/index.js';

/** Made-up but repeatable answers for every metric of the boards, for tests of charts and pages without a database. */

interface Shape {
  unit: Unit;
  values: string[];
  typical: number;
  counts: MetricInfo['counts'];
  direction: MetricInfo['direction'];
}

const shapes: Record<string, Shape> = {
  'lead-time': { unit: 's', values: ['p50', 'p85', 'p95'], typical: 180_000, counts: 'items', direction: 'lower' },
  'tail-ratio': { unit: 'x', values: [], typical: 2.6, counts: 'items', direction: 'lower' },
  'reopen-rate': { unit: '%', values: [], typical: 6, counts: 'resolutions', direction: 'lower' },
  'process-behaviour': { unit: 's', values: ['value', 'mean', 'lower', 'upper'], typical: 180_000, counts: 'items', direction: 'neither' },
  'on-time-first': { unit: '%', values: [], typical: 62, counts: 'promises', direction: 'higher' },
  'on-time-last': { unit: '%', values: [], typical: 84, counts: 'promises', direction: 'higher' },
  'goalpost-gap': { unit: 'pp', values: ['gap', 'gapUnasked'], typical: 20, counts: 'promises', direction: 'lower' },
  slip: { unit: 's', values: ['net', 'gross'], typical: 90_000, counts: 'promises', direction: 'lower' },
  'slip-moves': { unit: 'n', values: [], typical: 0.8, counts: 'promises', direction: 'lower' },
  'slip-after-due': { unit: '%', values: [], typical: 35, counts: 'promises', direction: 'lower' },
  'item-age': { unit: 's', values: ['p50', 'p85', 'p95'], typical: 300_000, counts: 'items', direction: 'lower' },
  'court-age': { unit: 's', values: ['p50', 'p85', 'p95'], typical: 200_000, counts: 'items', direction: 'lower' },
  'silent-items': { unit: '%', values: [], typical: 20, counts: 'items', direction: 'lower' },
  'longest-silence': { unit: 's', values: ['p50', 'p85'], typical: 90_000, counts: 'items', direction: 'lower' },
  silence: { unit: '%', values: [], typical: 30, counts: 'items', direction: 'lower' },
  'first-response': { unit: 's', values: ['p50', 'p85'], typical: 9_000, counts: 'items', direction: 'lower' },
  'visibility-coverage': {
    unit: '%',
    values: ['covered', 'owned', 'dueNotPast', 'nextStep', 'fresh'],
    typical: 40,
    counts: 'items',
    direction: 'higher',
  },
  handoffs: { unit: 'n', values: ['perItem', 'per100ItemDays'], typical: 1.4, counts: 'items', direction: 'lower' },
  'handoff-wait': { unit: 's', values: ['p50', 'p85'], typical: 14_000, counts: 'handoffs', direction: 'lower' },
  returns: { unit: '%', values: ['any', 'direct'], typical: 18, counts: 'items', direction: 'lower' },
  'handover-matrix': {
    unit: '%',
    values: ['share', 'wait', 'returns', 'cold', 'reAsk'],
    typical: 10,
    counts: 'handoffs',
    direction: 'neither',
  },
  'flow-efficiency': { unit: '%', values: ['ratio', 'itemMedian'], typical: 28, counts: 'items', direction: 'higher' },
};

export const teams = ['Service desk', 'Onboarding', 'Field operations', 'Billing', 'Platform engineering', 'Customer success'];

/** Metrics not listed are made up in the shape their definition gives them. */
function shapeOf(metric: string): Shape {
  const { unit, values, counts, direction } = findMetric(metric);
  return shapes[metric] ?? { unit, values, typical: { s: 90_000, '%': 40, pp: 12, x: 0.4, n: 3 }[unit], counts, direction };
}

export function infoOf(metric: string): MetricInfo {
  const shape = shapeOf(metric);
  const { units } = findMetric(metric);
  return {
    id: metric,
    family: 'delay',
    definition: `Definition of ${metric}.`,
    unit: shape.unit,
    treatment: 'KM',
    direction: shape.direction,
    ...(units && { units }),
    counts: shape.counts,
    values: shape.values,
    minimumN: 5,
    needs: [],
    source: 'Kaplan & Meier 1958',
  };
}

export const weeks = Array.from({ length: 26 }, (_, index) => new Date(Date.UTC(2026, 4, 25 + 7 * index)).toISOString().slice(0, 10));

const days = weeks.flatMap((week) =>
  Array.from({ length: 7 }, (_, day) => new Date(Date.parse(week) + day * 86_400_000).toISOString().slice(0, 10)),
);

export function resultOf(metric: string, rows: MetricRow[], other: Partial<MetricResult> = {}): MetricResult {
  return {
    metric,
    family: 'delay',
    unit: infoOf(metric).unit,
    treatment: 'KM',
    from: weeks[0]!,
    to: '2026-11-23',
    zone: 'Europe/Istanbul',
    grain: 'week',
    by: null,
    asOf: '2026-11-21T08:00:00Z',
    rows,
    absent: [],
    ...other,
  };
}

/** Midnight of the first of the weeks. */
const dayOfUnits = Date.parse('2026-05-25T00:00:00Z') / 1_000;

/** What each metric of charts of single items tells of a made-up unit. */
const told: Record<string, (wave: number, index: number) => UnitResult['rows'][number]['tells']> = {
  'lead-time': (wave, index) => ({
    exit: dayOfUnits + 86_400 * (index + wave),
    seconds: 3_600 + 900_000 * wave ** 3,
    ended: index % 9 === 0 ? 0 : 1,
  }),
  'item-age': (wave, index) => ({
    age: 3_600 + 2_000_000 * wave ** 3,
    isDuePast: index % 5 === 0 ? 1 : 0,
    hasDate: index % 3 === 0 ? 0 : 1,
    court: ['ours_active', 'ours_waiting', 'customer', 'third_party'][index % 4] ?? '',
  }),
  'p-late': (wave) => ({ p: wave, isLate: 0 }),
  slip: (wave) => ({ net: 86_400 * (3 + wave), moves: 3 }),
};

/** Of a slip: a first date and three later ones, the second after the one before had passed, the third asked for. */
const dates = [0, 2, 3, 6].map((day, place) => ({
  said: dayOfUnits + 86_400 * day,
  due: dayOfUnits + 86_400 * (day + 10),
  moved: place === 0 ? 0 : 86_400,
  isAfterDue: place === 2 ? 1 : 0,
  isAsked: place === 3 ? 1 : 0,
}));

export function unitsOf(metric: string, count = 120): UnitResult {
  const tells = told[metric];
  if (!tells) throw new Error(`No made-up units of "${metric}"; add them to test/dashboards/answers.ts.`);
  const rows = Array.from({ length: count }, (_, index) => ({
    itemId: `00000000-0000-8000-a000-${String(index).padStart(12, '0')}`,
    externalId: `DESK-${index}`,
    title: index % 7 === 0 ? null : `Question ${index}`,
    tells: tells(noise(`${metric} ${index}`), index),
    parts: metric === 'slip' ? dates : [],
  }));
  return { metric, total: count, rows, asOf: dayOfUnits + 180 * 86_400, absent: [] };
}

export function unitsFor(definition: ChartDefinition): UnitResult[] {
  return (definition.units ?? []).map(({ metric, most }) => unitsOf(metric, Math.min(120, most)));
}

export function answersFor(definition: ChartDefinition, by: 'team' | null = null): Answer[] {
  return definition.queries.map((query) => ({ info: infoOf(query.metric), result: answerTo(query, by) }));
}

export function answerTo(query: ChartQuery, asked: 'team' | null, grain: 'day' | 'week' | 'month' = 'week'): MetricResult {
  const by = query.by === 'asked' ? asked : query.by;
  const isWhole = query.grain === 'all';
  const buckets = isWhole ? ['all'] : query.grain === 'day' ? days : weeks;
  const segments = ownSegments[query.metric] ?? (by ? teams : [null]);
  const rows = buckets.flatMap((bucket, b) => segments.map((segment, s) => rowOf(query, bucket, segment, b, s, buckets.length)));
  return resultOf(query.metric, rows, { grain: isWhole ? 'all' : query.grain === 'day' ? 'day' : grain, by: by === null ? null : 'team' });
}

/** Metrics that are broken down by something of their own. */
const ownSegments: Record<string, readonly string[]> = {
  'court-age': ['ours_active', 'ours_waiting', 'customer', 'third_party'],
  'handover-matrix': teams.flatMap((from) => teams.filter((to) => to !== from).map((to) => `${from} → ${to}`)),
  reliability: Array.from({ length: 10 }, (_, index) => `class ${index}`),
  'promise-survival': Array.from({ length: 12 }, (_, index) => `step ${index}`),
};

function rowOf(query: ChartQuery, bucket: string, by: string | null, b: number, s: number, of: number): MetricRow {
  const shape = shapeOf(query.metric);
  const wave = noise(`${query.metric} ${query.window} ${bucket} ${by ?? ''}`);
  const late = of > 1 && b > 18 ? 1.5 : 1;
  const main = shape.typical * (0.75 + 0.5 * wave) * late * (1 + s * 0.12);
  const n = bucket === 'all' ? 900 - 120 * s : 30 + Math.floor(40 * wave) - (s > 4 ? 28 : 0);
  const isWithheld = n < 5;
  const note = [b === of - 1 && of > 1 ? 'running' : '', isWithheld ? 'too-few' : ''].filter((part) => part !== '').join(';') || null;
  const withheld = (value: number) => (isWithheld ? null : value);
  if (query.metric === 'handover-matrix') {
    return {
      bucket,
      by,
      ...(by && { pair: by.split(' → ') as [string, string] }),
      values: { share: 8 * wave, wait: 4_000 + 30_000 * wave, returns: 25 * wave, cold: 30 * wave, reAsk: null },
      n: Math.floor(200 * wave * wave) + 1,
      lo: null,
      hi: null,
      note: null,
    };
  }
  if (query.metric === 'level-spread') {
    const values = { value: s === 1 ? 30 : 58 + 8 * wave, whole: 60, lower95: 52, upper95: 68, lower998: 46, upper998: 74 };
    return { bucket, by, values, n: 300 - 40 * s, denominator: 300 - 40 * s, lo: 30, hi: 70, note: s === 1 ? 'outside:998' : null };
  }
  if (query.metric === 'reliability') {
    const values = { observed: Math.min(1, 0.1 * s + 0.1 * wave), meanForecast: 0.05 + 0.1 * s };
    return { bucket, by, values, n: 40 + s, lo: 0.08 * s, hi: Math.min(1, 0.1 * s + 0.2), note: s === 3 ? 'outside:95' : null };
  }
  if (query.metric === 'promise-survival') {
    const values = { standing: 100 - 6 * s, fell: 9, otherEnds: 12, stillStanding: s % 3 };
    return { bucket, by, atSeconds: 86_400 * (s + 1), values, n: 21 + (s % 3), lo: 96 - 7 * s, hi: 100 - 5 * s, note: null };
  }
  if (query.metric === 'process-behaviour') {
    const note2 = b === 22 ? 'signal:outside' : b === 21 ? 'signal:run' : note;
    return {
      bucket,
      by,
      values: { value: main * (b === 22 ? 1.9 : 1), mean: 180_000, lower: 90_000, upper: 290_000 },
      n,
      lo: null,
      hi: null,
      note: note2,
    };
  }
  if (shape.values.length > 0) {
    const factors: Record<string, number> = {
      p85: 2.4,
      p95: 5,
      gapUnasked: 0.7,
      gross: 1.5,
      per100ItemDays: 12,
      direct: 0.6,
      itemMedian: 1.2,
      owned: 1.7,
      dueNotPast: 1.5,
      nextStep: 1.3,
      fresh: 1.6,
    };
    const values = Object.fromEntries(shape.values.map((name) => [name, withheld(main * (factors[name] ?? 1))]));
    return { bucket, by, values, n, lo: withheld(main * 0.8), hi: withheld(main * 1.25), note };
  }
  const most = shape.unit === '%' ? 100 : Infinity;
  return {
    bucket,
    by,
    value: withheld(Math.min(most, main)),
    n,
    ...(query.metric === 'silent-items' && { numerator: Math.floor(n / 4) }),
    lo: withheld(main * 0.85),
    hi: withheld(Math.min(most, main * 1.15)),
    note,
  };
}

/** 0 to 1, the same for the same text everywhere. */
function noise(text: string): number {
  let hash = 2_166_136_261;
  for (let index = 0; index < text.length; index += 1) hash = Math.imul(hash ^ text.charCodeAt(index), 16_777_619) >>> 0;
  return ((hash ^ (hash >>> 13)) % 1_000) / 1_000;
}
