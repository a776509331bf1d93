import type { ChartContext } from '../dashboard.js';
import { formatter } from '../format.js';
import { isRightToLeft, translator } from '../i18n/messages.js';
import { palette, shapes } from '../theme.js';
import { valueAxis, type AxisSketch } from './axes.js';
import { clockAxis, localDay } from './clock-axis.js';
import { finishedSpec } from './compose.js';
import { drawnText, markLayer, type Drawing } from './drawing.js';
import { legend } from './time-layers.js';

/** What a result of an analyst's own query can be drawn as. */
export type QuickKind = 'bar' | 'trend' | 'scatter';

/** A row of the result, as it is drawn. */
export interface QuickPoint {
  /** `bar`: a name. `trend`: seconds on the local clock. `scatter`: a number. */
  x: string | number;
  y: number;
  /** `trend` only: the line it belongs to; null: there is one. */
  series: string | null;
}

export interface QuickQuestion {
  kind: QuickKind;
  /** Names of the columns. */
  x: string;
  y: string;
  points: readonly QuickPoint[];
}

/** More are not told apart or do not fit; the table has all. Lines: what the palette has colours for. */
export const mostDrawn = { bar: 30, trend: 5_000, scatter: 2_000, lines: 8 } as const;

const longestName = 60;
/** With more marks than this the table is the better reading, so they are not read out one by one. */
const mostReadOut = 200;

/** The first rows of a result as a drawing; `shown` of them. */
export function quickChart(
  { kind, x, y, points }: QuickQuestion,
  context: ChartContext,
): { spec: Record<string, unknown>; rows: Record<string, unknown>[]; shown: number } {
  const sketch: AxisSketch = {
    context,
    definition: {},
    say: translator(context.locale, context),
    format: formatter(context.locale, context),
  };
  const drawn = kind === 'trend' ? firstLines(points) : points.slice(0, mostDrawn[kind]);
  const drawing = { bar, trend, scatter }[kind](drawn, { x, y }, sketch);
  return { spec: finishedSpec(drawing, `${y} × ${x}`, context), rows: drawing.rows, shown: drawn.length };
}

type Quick = Pick<Drawing, 'rows' | 'legendNames'> & { spec: Record<string, unknown> };

function bar(points: readonly QuickPoint[], names: { x: string; y: string }, sketch: AxisSketch): Quick {
  const { context, format } = sketch;
  const isMirrored = isRightToLeft(context.locale);
  const value = valueAxis([0, ...points.map((point) => point.y)], 'n', sketch);
  const told = new Map<string, number>();
  const rows = points.map((point) => {
    const plain = cut(String(point.x));
    const times = (told.get(plain) ?? 0) + 1;
    told.set(plain, times);
    const name = times === 1 ? plain : `${plain} (${times})`;
    return { name, v: point.y, text: `${name}: ${names.y} ${format.value(point.y, 'n')}` };
  });
  const scale = { ...value.scale, reverse: isMirrored };
  return {
    rows,
    spec: {
      width: context.width,
      height: Math.max(120, rows.length * 26 + 56),
      encoding: {
        y: {
          field: 'name',
          type: 'nominal',
          sort: null,
          scale: { type: 'band', padding: 0.25 },
          axis: { orient: isMirrored ? 'right' : 'left', title: null, labelLimit: 200, labelPadding: 8 },
        },
      },
      layer: [
        {
          mark: { type: 'bar', color: palette(context.theme).accent, aria: false },
          encoding: {
            x: { field: 'v', type: 'quantitative', scale, axis: { ...value.axis, orient: 'bottom', grid: true, title: names.y } },
            x2: { datum: 0 },
          },
        },
        {
          name: markLayer,
          mark: { type: 'bar', opacity: 0, height: { band: 1 } },
          encoding: { x: { value: 0 }, x2: { value: 'width' }, ...texts },
        },
      ],
    },
  };
}

function trend(points: readonly QuickPoint[], names: { x: string; y: string }, sketch: AxisSketch): Quick {
  const { context, format } = sketch;
  const series = [...new Set(points.map((point) => point.series ?? ''))];
  const lines = series.map((one) => drawnText(one === '' ? names.y : cut(one), sketch));
  const seconds = points.map((point) => Number(point.x));
  const ends = [Math.min(...seconds), Math.max(...seconds)] as const;
  const value = valueAxis(
    points.map((point) => point.y),
    'n',
    sketch,
  );
  const rows = points.map((point) => {
    const line = lines[series.indexOf(point.series ?? '')] ?? names.y;
    const at = format.date(localDay(Number(point.x)));
    return { x: Number(point.x), v: point.y, series: line, text: `${at}: ${line} ${format.value(point.y, 'n')}` };
  });
  const told = lines.length > 1 ? legend : null;
  const range = palette(context.theme).categories.slice(0, lines.length);
  const colour = { field: 'series', type: 'nominal', scale: { domain: lines, range }, legend: told };
  const shape = { ...colour, scale: { domain: lines, range: shapes.slice(0, lines.length) } };
  const y = { field: 'v', type: 'quantitative', scale: value.scale, axis: { ...value.axis, title: names.y } };
  return {
    rows,
    ...(lines.length > 1 && { legendNames: lines }),
    spec: {
      width: context.width,
      height: context.height,
      encoding: { x: clockAxis('x', [ends[0], Math.max(ends[0] + 86_400, ends[1])], sketch), y },
      layer: [
        { mark: { type: 'line', strokeWidth: 2, aria: false }, encoding: { color: colour } },
        ...(rows.length > mostReadOut
          ? []
          : [{ mark: { type: 'point', filled: true, size: 40, opacity: 1, aria: false }, encoding: { color: colour, shape } }]),
        reachable(rows.length),
      ],
    },
  };
}

function scatter(points: readonly QuickPoint[], names: { x: string; y: string }, sketch: AxisSketch): Quick {
  const { context, format } = sketch;
  const axisOf = (values: number[]) => valueAxis(values, 'n', sketch);
  const across = axisOf(points.map((point) => Number(point.x)));
  const up = axisOf(points.map((point) => point.y));
  const rows = points.map((point) => ({
    x: Number(point.x),
    v: point.y,
    text: `${names.x} ${format.value(Number(point.x), 'n')}, ${names.y} ${format.value(point.y, 'n')}`,
  }));
  return {
    rows,
    spec: {
      width: context.width,
      height: context.height + 60,
      encoding: {
        x: { field: 'x', type: 'quantitative', scale: across.scale, axis: { ...across.axis, orient: 'bottom', title: names.x } },
        y: { field: 'v', type: 'quantitative', scale: up.scale, axis: { ...up.axis, title: names.y } },
      },
      layer: [
        { mark: { type: 'point', filled: true, size: 34, opacity: 0.65, color: palette(context.theme).accent, aria: false } },
        reachable(rows.length),
      ],
    },
  };
}

const texts = { description: { field: 'text' }, tooltip: { field: 'text' } };

/** Takes pointer and keyboard over points. */
function reachable(marks: number): Record<string, unknown> {
  const mark = { type: 'point', shape: 'circle', filled: true, size: marks > mostReadOut ? 110 : 420, opacity: 0 };
  return { name: markLayer, mark: { ...mark, aria: marks <= mostReadOut }, encoding: texts };
}

/** The points of the first lines that are named. */
function firstLines(points: readonly QuickPoint[]): QuickPoint[] {
  const names = [...new Set(points.map(({ series }) => series))].slice(0, mostDrawn.lines);
  return points.filter(({ series }) => names.includes(series)).slice(0, mostDrawn.trend);
}

function cut(name: string): string {
  const letters = [...name];
  return letters.length > longestName ? `${letters.slice(0, longestName - 1).join('')}…` : name;
}
