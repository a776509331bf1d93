import type { Answer, ChartDefinition, ChartQuery } from '#dashboards/dashboard.js';
import type { MetricRow, Unit } from '#dashboards/metric-result.js';
import type { UnitResult, UnitRow } from '#dashboards/unit-result.js';
import type { RowColumn } from '../exports/row-file.js';
import { findMetric } from '../metrics/definitions/index.js';

/** One number of a chart with all that says what it is, or one thing told of a single item it draws. */
export interface ChartRow {
  /** `unit`: of a single item. Otherwise as the chart asks: the marks, those of the window compared with, and the headline's two. */
  role: ChartQuery['role'] | 'unit';
  metric: string;
  /** Local dates, half-open. Null for units, which are of the window asked. */
  from: string | null;
  to: string | null;
  grain: string | null;
  bucket: string | null;
  dimension: string | null;
  segment: string | null;
  pair: readonly [from: string, to: string] | null;
  atSeconds: number | null;
  item: Pick<UnitRow, 'itemId' | 'externalId' | 'title'> | null;
  /** Which of the parts of a unit, from 1. */
  part: number | null;
  /** Which of several values. */
  name: string | null;
  value: number | null;
  text: string | null;
  unit: Unit | null;
  n: number | null;
  numerator: number | null;
  denominator: number | null;
  lo: number | null;
  hi: number | null;
  note: string | null;
}

/** One long table for every kind of chart. */
export const chartColumns: Record<string, RowColumn<ChartRow>> = {
  role: { kind: 'text', of: (row) => row.role },
  metric: { kind: 'text', of: (row) => row.metric },
  window_from: { kind: 'day', of: (row) => row.from },
  window_to: { kind: 'day', of: (row) => row.to },
  grain: { kind: 'text', of: (row) => row.grain },
  bucket: { kind: 'day', of: (row) => row.bucket },
  dimension: { kind: 'text', of: (row) => row.dimension },
  segment: { kind: 'text', of: (row) => row.segment },
  pair_from: { kind: 'text', of: (row) => row.pair?.[0] ?? null },
  pair_to: { kind: 'text', of: (row) => row.pair?.[1] ?? null },
  at_seconds: { kind: 'number', of: (row) => row.atSeconds },
  item_id: { kind: 'text', of: (row) => row.item?.itemId ?? null },
  external_id: { kind: 'text', of: (row) => row.item?.externalId ?? null },
  title: { kind: 'text', of: (row) => row.item?.title ?? null },
  part: { kind: 'whole', of: (row) => row.part },
  name: { kind: 'text', of: (row) => row.name },
  value: { kind: 'number', of: (row) => row.value },
  text: { kind: 'text', of: (row) => row.text },
  unit: { kind: 'text', of: (row) => row.unit },
  n: { kind: 'whole', of: (row) => row.n },
  numerator: { kind: 'number', of: (row) => row.numerator },
  denominator: { kind: 'number', of: (row) => row.denominator },
  lo: { kind: 'number', of: (row) => row.lo },
  hi: { kind: 'number', of: (row) => row.hi },
  note: { kind: 'text', of: (row) => row.note },
};

/** All a chart shows, its headline included, in the order of its queries and after them its units. */
export function chartRows(chart: ChartDefinition, answers: readonly Answer[], units: readonly UnitResult[]): ChartRow[] {
  return [
    ...answers.flatMap((answer, index) => answerRows(chart.queries[index]?.role ?? 'drawn', answer)),
    ...units.flatMap((result) => result.rows.flatMap((unit) => unitRows(result.metric, unit))),
  ];
}

function answerRows(role: ChartQuery['role'], { info, result }: Answer): ChartRow[] {
  const { metric, from, to, grain, by } = result;
  return result.rows.flatMap((row) =>
    valuesOf(row).map(([name, value], index) => ({
      ...nothing,
      role,
      metric,
      from,
      to,
      grain,
      bucket: row.bucket === 'all' ? null : row.bucket,
      dimension: by,
      segment: row.by,
      pair: row.pair ?? null,
      atSeconds: row.atSeconds ?? null,
      name,
      value,
      unit: (name !== null && info.units?.[name]) || info.unit,
      n: row.n,
      numerator: row.numerator ?? null,
      denominator: row.denominator ?? null,
      // The interval is that of the first value alone.
      lo: index === 0 ? row.lo : null,
      hi: index === 0 ? row.hi : null,
      note: row.note,
    })),
  );
}

function valuesOf(row: MetricRow): [name: string | null, value: number | null][] {
  return row.values ? Object.entries(row.values) : [[null, row.value ?? null]];
}

function unitRows(metric: string, unit: UnitRow): ChartRow[] {
  const { itemId, externalId, title } = unit;
  const instants = instantsOf(metric);
  const told = (tells: UnitRow['tells'], part: number | null): ChartRow[] =>
    Object.entries(tells).map(([name, value]) => ({
      ...nothing,
      role: 'unit',
      metric,
      item: { itemId, externalId, title },
      part,
      name,
      ...(typeof value === 'number' && !instants.has(name) ? { value } : { text: textOf(value) }),
    }));
  return [...told(unit.tells, null), ...unit.parts.flatMap((part, index) => told(part, index + 1))];
}

function instantsOf(metric: string): ReadonlySet<string> {
  const { compute } = findMetric(metric);
  const tells = compute.kind === 'counted' ? compute.tells : undefined;
  return new Set([...Object.keys(tells?.instants ?? {}), ...Object.keys(tells?.parts?.instants ?? {})]);
}

/** Instants are on the clock of the zone, so they are written without one. */
function textOf(value: string | number | null): string | null {
  return typeof value === 'number' ? new Date(value * 1_000).toISOString().slice(0, 19) : value;
}

const nothing = {
  from: null,
  to: null,
  grain: null,
  bucket: null,
  dimension: null,
  segment: null,
  pair: null,
  atSeconds: null,
  item: null,
  part: null,
  name: null,
  value: null,
  text: null,
  unit: null,
  n: null,
  numerator: null,
  denominator: null,
  lo: null,
  hi: null,
  note: null,
} satisfies Partial<ChartRow>;
