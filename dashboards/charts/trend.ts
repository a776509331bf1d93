import type { Answer } from '../dashboard.js';
import { keyOf } from '../i18n/messages.js';
import type { MetricRow, Unit } from '../metric-result.js';
import { timeAxis, valueAxis, type ValueAxis } from './axes.js';
import {
  countText,
  drawnText,
  itemsQuery,
  markText,
  notesOf,
  numberOf,
  segmentName,
  unitOfValue,
  type Drawing,
  type Sketch,
} from './drawing.js';
import { trendSummary } from './summary.js';
import { timeTable } from './table.js';
import { comparedLayer, comparedRows, comparedSummary, comparedText } from './compared.js';
import { targetLine, type Aimed } from './target-line.js';
import { lineLayers, openLayer, seriesEncoding } from './time-layers.js';

/** More lines than this cannot be told apart; the largest are drawn, the table has all. */
export const mostSeries = 8;

interface Series {
  name: string;
  /** Which of the metric's `values`; undefined where it has one. */
  value: string | undefined;
  rows: MetricRow[];
}

/** Lines over time, with the 95 % interval as a band or, where it stands alone, a bar, the running period hollow and withheld periods crossed. */
export function trend(sketch: Sketch): Drawing {
  const answer = sketch.drawn[0]!;
  const { definition, say, format, context } = sketch;
  const all = seriesOf(answer, sketch);
  const largest = all.slice(0, mostSeries);
  // By name, so that a segment has the same colour in every chart that draws the same ones.
  const series = answer.result.by === null ? largest : largest.sort((a, b) => byName(a, b, sketch));
  const unit = unitOfValue(answer.info, series[0]?.value);
  const rows = series.flatMap((one) => withSpans(one.rows.map((row) => markRow(one, row, answer, sketch))));
  const hasBand = answer.result.by === null && rows.some((row) => row.lo !== null);
  const buckets = [...new Set(answer.result.rows.map((row) => row.bucket))].sort();
  const behind = comparedRows(buckets, sketch);
  const aims = targetLine(buckets, aimedLines(all, series, sketch), sketch);
  const lines = [...rows.map(({ v }) => v), ...behind.map(({ compared }) => compared), ...aims.values];
  const y = valueAxis([...lines, ...(hasBand ? bandEnds(rows, lines, unit) : [])], unit, sketch);
  const summary = [trendSummary(answer, definition.value, sketch), ...comparedSummary(behind.length > 0, sketch)];
  if (all.length > series.length) summary.push(say('summary.shown', { shown: format.count(series.length), all: format.count(all.length) }));
  return aims.told({
    rows: [...rows.map((row) => ({ ...row })), ...behind],
    table: timeTable(answer, sketch),
    summary: summary.join(' '),
    ...(series.length > 1 && { legendNames: series.map((one) => one.name) }),
    spec: {
      width: context.width,
      height: context.height,
      encoding: { x: timeAxis(buckets, answer.result.grain, sketch) },
      layer: [
        ...(behind.length > 0 ? [comparedLayer(y.scale, sketch)] : []),
        ...(hasBand ? intervalLayers(y.scale, series[0]?.name ?? '', sketch) : []),
        ...lineLayers(
          y,
          seriesEncoding(
            series.map((one) => one.name),
            sketch,
          ),
          sketch,
        ),
        ...(rows.some((row) => row.state === 'withheld') ? [withheldLayer(sketch)] : []),
        ...aims.layers(y.scale),
        openLayer(y.scale, rows.length),
      ],
    },
  });
}

/** Segments that are not drawn are wanted something of as well. */
function aimedLines(all: readonly Series[], drawn: readonly Series[], { drawn: answers, colours }: Sketch): Aimed[] {
  const { info, result } = answers[0]!;
  return all.map((one) => {
    const { name, value, rows } = one;
    const line = { metric: result.metric, part: value ?? null, name, unit: unitOfValue(info, value) };
    if (result.by === null) return line;
    const place = drawn.indexOf(one);
    return { ...line, segment: rows[0]?.by ?? null, colour: colours.categories[place] ?? null };
  });
}

/**
 * The ends of the band that the axis reaches for: a few wide intervals would press the lines flat, so they are cut where they are
 * further from the lines than these reach, and below 0 where a number counts or is a share. The table has them whole.
 */
function bandEnds(rows: readonly { lo: number | null; hi: number | null }[], lines: readonly (number | null)[], unit: Unit): number[] {
  const present = lines.filter((value) => value !== null);
  const [low, high] = [Math.min(...present), Math.max(...present)];
  const reach = Math.max(high - low, Math.abs(high) / 2);
  const floor = low >= 0 && (unit === 'n' || unit === '%') ? 0 : low - reach;
  return rows.flatMap(({ lo, hi }) => [
    ...(lo === null ? [] : [Math.max(floor, lo)]),
    ...(hi === null ? [] : [Math.min(high + reach, hi)]),
  ]);
}

/** A band is drawn of three periods and more: one or two of them would stand there like a note of those days. */
const leastBand = 3;

/** Says of each interval whether it is part of a band or stands by itself. */
function withSpans<Row extends { lo: number | null }>(rows: Row[]): (Row & { span: 'band' | 'alone' | null })[] {
  const spans = rows.map(({ lo }): 'band' | 'alone' | null => (lo === null ? null : 'alone'));
  for (let from = 0; from < rows.length; from += 1) {
    const run = spans.slice(from, from + leastBand);
    if (run.length === leastBand && !run.includes(null)) spans.fill('band', from, from + leastBand);
  }
  return rows.map((row, index) => ({ ...row, span: spans[index] ?? null }));
}

function seriesOf(answer: Answer, sketch: Sketch): Series[] {
  const { definition, say } = sketch;
  const { result, info } = answer;
  if (result.by === null) {
    const values = definition.lines ?? (info.values.length > 0 ? [definition.value ?? info.values[0]] : [undefined]);
    return values.map((value) => ({
      name: value === undefined ? info.id : drawnText(say(keyOf(`value.${value}`)), sketch),
      value,
      rows: result.rows,
    }));
  }
  const value = definition.value ?? info.values[0];
  const segments = Map.groupBy(result.rows, (row) => row.by);
  return [...segments]
    .map(([by, rows]) => ({ name: segmentName(by, say), value, rows }))
    .sort((a, b) => total(b.rows) - total(a.rows) || byName(a, b, sketch));
}

/** Segments that have a name first: the nameless one must not shift the colours of the others. */
function byName(a: Series, b: Series, { format }: Sketch): number {
  const isNameless = (series: Series) => Number(series.rows[0]?.by === null);
  return isNameless(a) - isNameless(b) || format.compareNames(a.name, b.name);
}

function total(rows: MetricRow[]): number {
  return rows.reduce((sum, row) => sum + row.n, 0);
}

function markRow(series: Series, row: MetricRow, answer: Answer, sketch: Sketch) {
  const { format, say } = sketch;
  const { isIncomplete } = notesOf(row);
  const v = numberOf(row, series.value);
  const isFirst = series.value === undefined || series.value === answer.info.values[0];
  const hasBand = isFirst && !isIncomplete && v !== null && row.lo !== null && row.hi !== null;
  const value = format.value(v, unitOfValue(answer.info, series.value));
  const heading = [format.bucket(row.bucket, answer.result.grain), series.value || answer.result.by ? series.name : ''];
  return {
    metric: answer.result.metric,
    bucket: row.bucket,
    series: series.name,
    v,
    line: isIncomplete ? null : v,
    lo: hasBand ? row.lo : null,
    hi: hasBand ? row.hi : null,
    n: row.n,
    count: countText(answer, row.n, say),
    state: v !== null ? (isIncomplete ? 'running' : 'complete') : row.n > 0 ? 'withheld' : 'none',
    text: [
      markText(sketch.format.list(heading.filter((part) => part !== '')), value, answer, row, sketch),
      ...comparedText(row, answer, sketch),
    ].join(' · '),
    items: row.n > 0 ? itemsQuery(answer, row) : null,
  };
}

/** The band, and a bar from end to end for an interval by itself; an end beyond the axis has no stop. */
function intervalLayers(scale: ValueAxis['scale'], firstSeries: string, { colours }: Sketch): Record<string, unknown>[] {
  const isFirst = { filter: { field: 'series', equal: firstSeries } };
  const span = { y: { field: 'lo', type: 'quantitative', scale }, y2: { field: 'hi' } };
  const ink = { color: colours.band, aria: false };
  const end = (field: 'lo' | 'hi') => ({
    transform: [isFirst, { filter: `datum.span === 'alone' && inrange(datum.${field}, ${JSON.stringify(scale.domain)})` }],
    mark: { type: 'point', shape: 'stroke', size: 50, strokeWidth: 1.5, opacity: 0.6, ...ink },
    encoding: { y: { field, type: 'quantitative', scale }, shape: { value: 'stroke' } },
  });
  return [
    {
      transform: [isFirst, { filter: "datum.span !== 'alone'" }],
      mark: { type: 'area', point: false, invalid: 'break-paths-filter-domains', opacity: 0.14, ...ink },
      encoding: { ...span, color: { value: colours.band } },
    },
    {
      transform: [isFirst, { filter: "datum.span === 'alone'" }],
      mark: { type: 'rule', strokeWidth: 1.5, opacity: 0.6, ...ink },
      encoding: span,
    },
    end('lo'),
    end('hi'),
  ];
}

function withheldLayer(sketch: Sketch): Record<string, unknown> {
  return {
    transform: [{ filter: "datum.state === 'withheld'" }],
    mark: {
      type: 'point',
      shape: 'M-1,-1L1,1M-1,1L1,-1',
      size: 14,
      strokeWidth: 1.5,
      color: sketch.colours.muted,
      opacity: 1,
      yOffset: -7,
      aria: false,
    },
    encoding: { y: { value: 'height' } },
  };
}
