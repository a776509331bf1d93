import type { MetricRow } from '../metric-result.js';
import { keyOf } from '../i18n/messages.js';
import { cellsIn, type TableCell } from './cells.js';
import { valueAxis } from './axes.js';
import { countText, drawnText, itemsQuery, markLayer, noteText, numberOf, unitOfValue, type Drawing, type Sketch } from './drawing.js';
import { intervalCell } from './table.js';
import { legend } from './time-layers.js';

const week = 7 * 86_400;

/** A short upright line, as survival curves mark those seen no longer. */
const seenMark = 'M0,-1L0,1';

/** The share that still stands by age: a curve in steps with its interval, and where units left while they still stood. */
export function survival(sketch: Sketch): Drawing {
  const answer = sketch.drawn[0]!;
  const { context, colours, say } = sketch;
  const steps = answer.result.rows.filter((row) => row.n > 0).toSorted((a, b) => ageOf(a) - ageOf(b));
  const [standing, , , running] = answer.info.values;
  const shown = steps.filter((row) => row.atSeconds !== undefined && numberOf(row, standing) !== null);
  const marks = shown.map((row) => markRow(row, standing, running, sketch));
  const rows = [{ at: 0, v: 100, lo: 100, hi: 100, n: 0 }, ...marks];
  const x = valueAxis([0, ...marks.map((row) => row.at)], 's', { ...sketch, definition: { ...sketch.definition, isSkewed: false } });
  const y = valueAxis([0, 100], '%', sketch);
  const place = (field: string) => ({ y: { field, type: 'quantitative', scale: y.scale, axis: y.axis } });
  const words = [say(keyOf(`value.${standing}`)), say('legend.left-standing')].map((word) => drawnText(word, sketch));
  const scaleOf = (range: string[]) => ({ field: 'which', type: 'nominal', scale: { domain: words, range }, legend });
  const symbols = (index: number) => ({
    transform: [{ calculate: JSON.stringify(words[index]), as: 'which' }, { filter: index === 0 ? 'datum.n > 0' : 'datum.censored > 0' }],
    mark: { type: 'point', filled: index === 0, size: index === 0 ? 30 : 46, strokeWidth: 1.6, opacity: 1, aria: false },
    encoding: {
      ...place('v'),
      color: scaleOf([colours.accent, colours.ink]),
      shape: scaleOf(['circle', seenMark]),
    },
  });
  return {
    rows,
    table: survivalTable(steps, sketch),
    summary: survivalSummary(shown, sketch),
    legendNames: words,
    spec: {
      width: context.width,
      height: context.height,
      encoding: {
        x: {
          field: 'at',
          type: 'quantitative',
          scale: x.scale,
          axis: { ...x.axis, orient: 'bottom', title: drawnText(say('axis.age'), sketch) },
        },
      },
      layer: [
        {
          mark: { type: 'area', point: false, interpolate: 'step-after', color: colours.band, opacity: 0.14, aria: false },
          encoding: { ...place('lo'), y2: { field: 'hi' } },
        },
        {
          mark: { type: 'line', point: false, interpolate: 'step-after', strokeWidth: 2, color: colours.accent, aria: false },
          encoding: place('v'),
        },
        symbols(0),
        symbols(1),
        {
          name: markLayer,
          transform: [{ filter: 'datum.n > 0' }],
          mark: { type: 'point', shape: 'circle', filled: true, size: 420, opacity: 0, cursor: 'pointer' },
          encoding: { ...place('v'), description: { field: 'text' }, tooltip: { field: 'text' } },
        },
      ],
    },
  };
}

/** What ended later than the last age the curve is read at comes last. */
function ageOf(row: MetricRow): number {
  return row.atSeconds ?? Infinity;
}

function markRow(row: MetricRow, standing: string | undefined, running: string | undefined, sketch: Sketch) {
  const answer = sketch.drawn[0]!;
  const { say } = sketch;
  const parts = countParts(row, sketch).map(([name, value]) => `${name}: ${value}`);
  const value = sketch.format.value(numberOf(row, standing), unitOfValue(answer.info, standing));
  const title = say('text.survival', { age: sketch.format.duration(ageOf(row)), value });
  return {
    metric: answer.result.metric,
    at: ageOf(row),
    v: numberOf(row, standing) ?? 0,
    lo: row.lo ?? numberOf(row, standing),
    hi: row.hi ?? numberOf(row, standing),
    n: row.n,
    censored: numberOf(row, running) ?? 0,
    text: [title, countText(answer, row.n, say), ...parts, noteText(row, say)].filter((part) => part !== '').join(' · '),
    items: itemsQuery(answer, row),
  };
}

/** The values after the first are counts of what ended in the step. */
function countParts(row: MetricRow, { drawn, say, format }: Sketch): [name: string, value: string][] {
  const { info } = drawn[0]!;
  return info.values.slice(1).map((name) => [say(keyOf(`value.${name}`)), format.value(numberOf(row, name), unitOfValue(info, name))]);
}

/** After a week, and at the last age that is shown. */
function survivalSummary(shown: MetricRow[], sketch: Sketch): string {
  const { say, format, drawn } = sketch;
  const { info } = drawn[0]!;
  const last = shown.at(-1);
  if (!last) return say('summary.withheld', { minimum: format.count(info.minimumN) });
  const told = (row: MetricRow) => ({
    age: format.duration(ageOf(row)),
    value: format.value(numberOf(row, info.values[0]), unitOfValue(info, info.values[0])),
  });
  const early = shown.findLast((row) => ageOf(row) <= week) ?? last;
  const one = { age: told(early).age, value: told(early).value };
  if (early === last) return say('summary.survival.one', one);
  return say('summary.survival', { ...one, lastAge: told(last).age, lastValue: told(last).value });
}

function survivalTable(steps: MetricRow[], sketch: Sketch): TableCell[][] {
  const { say, format, drawn } = sketch;
  const cell = cellsIn(format);
  const answer = drawn[0]!;
  const unit = unitOfValue(answer.info, answer.info.values[0]);
  const head = [
    cell.head(say('axis.age'), 's'),
    say(keyOf(`value.${answer.info.values[0]}`)),
    say('head.interval'),
    ...answer.info.values.slice(1).map((name) => say(keyOf(`value.${name}`))),
    say('head.n'),
    say('head.note'),
  ];
  const lines = steps.map((row) => [
    row.atSeconds === undefined ? say('age.later') : cell.duration(row.atSeconds),
    cell.value(numberOf(row, answer.info.values[0]), unit),
    intervalCell(row, unit, sketch),
    ...answer.info.values.slice(1).map((name) => cell.value(numberOf(row, name), unitOfValue(answer.info, name))),
    cell.count(row.n),
    noteText(row, say),
  ]);
  return [head, ...lines];
}
