import type { Answer } from '../dashboard.js';
import { isRightToLeft, keyOf } from '../i18n/messages.js';
import type { MetricRow } from '../metric-result.js';
import { cellsIn, type TableCell } from './cells.js';
import { valueAxis } from './axes.js';
import { countText, drawnText, itemsQuery, markLayer, noteText, notesOf, numberOf, type Drawing, type Sketch } from './drawing.js';
import { intervalCell } from './table.js';
import { levelLayers } from './target-layers.js';
import { targetLine } from './target-line.js';

interface Point {
  level: MetricRow;
  load: MetricRow;
}

/** Two metrics against each other, a mark a period; the first answer is the slope between them, which the sentence tells. */
export function association(sketch: Sketch): Drawing {
  const { drawn, context, colours } = sketch;
  const [slope, level, load] = drawn as [Answer, Answer, Answer];
  const points = level.result.rows.flatMap((row): Point[] => {
    const other = load.result.rows.find((candidate) => candidate.bucket === row.bucket);
    return other === undefined ? [] : [{ level: row, load: other }];
  });
  const rows = points
    .filter((point) => numberOf(point.level) !== null && numberOf(point.load) !== null)
    .map((point) => markRow(point, level, load, sketch));
  const isMirrored = isRightToLeft(context.locale);
  const name = (answer: Answer) => drawnText(sketch.say(keyOf(`metric.${answer.result.metric}.name`)), sketch);
  const x = valueAxis(
    rows.map((row) => row.load),
    load.result.unit,
    sketch,
  );
  const aims = targetLine(
    points.map(({ level: { bucket } }) => bucket),
    [{ metric: level.result.metric, part: level.info.values[0] ?? null, name: '', unit: level.result.unit }],
    sketch,
  );
  const y = valueAxis([...rows.map((row) => row.level), ...aims.values], level.result.unit, sketch);
  const place = {
    x: {
      field: 'load',
      type: 'quantitative',
      scale: { ...x.scale, reverse: isMirrored },
      axis: { ...x.axis, orient: 'bottom', title: name(load) },
    },
    y: { field: 'level', type: 'quantitative', scale: y.scale, axis: { ...y.axis, title: name(level) } },
  };
  const dot = { type: 'point', strokeWidth: 2, size: 70, color: colours.accent, aria: false };
  return aims.told({
    rows,
    table: associationTable(points, level, load, sketch),
    summary: slopeSummary(slope, sketch),
    spec: {
      width: context.width,
      height: context.height + 20,
      layer: [
        { transform: [{ filter: "datum.state === 'complete'" }], mark: { ...dot, filled: true, opacity: 0.8 }, encoding: place },
        { transform: [{ filter: "datum.state === 'running'" }], mark: { ...dot, filled: false, opacity: 1 }, encoding: place },
        {
          name: markLayer,
          mark: { type: 'point', shape: 'circle', filled: true, size: 420, opacity: 0, cursor: 'pointer', aria: rows.length <= 200 },
          encoding: { ...place, description: { field: 'text' }, tooltip: { field: 'text' } },
        },
        ...levelLayers(aims.levels, y.scale, sketch),
      ],
    },
  });
}

function markRow({ level: row, load: other }: Point, level: Answer, load: Answer, sketch: Sketch) {
  const { say, format } = sketch;
  const words = {
    bucket: format.bucket(row.bucket, level.result.grain),
    level: format.value(numberOf(row), level.result.unit),
    load: format.value(numberOf(other), load.result.unit),
  };
  const said = [say('text.association', words), countText(level, row.n, say), noteText(row, say)];
  return {
    metric: level.result.metric,
    bucket: row.bucket,
    level: numberOf(row),
    load: numberOf(other),
    n: row.n,
    state: notesOf(row).isIncomplete ? 'running' : 'complete',
    text: said.filter((part) => part !== '').join(' · '),
    items: row.n > 0 ? itemsQuery(level, row) : null,
  };
}

function slopeSummary(slope: Answer, { say, format }: Sketch): string {
  const row = slope.result.rows[0];
  const value = row ? numberOf(row) : null;
  if (!row || value === null || row.lo === null || row.hi === null) return say('summary.association.none');
  const told = (amount: number) => format.difference(amount, slope.result.unit);
  return say('summary.association', { slope: told(value), lo: told(row.lo), hi: told(row.hi) });
}

function associationTable(points: Point[], level: Answer, load: Answer, sketch: Sketch): TableCell[][] {
  const { say, format } = sketch;
  const cell = cellsIn(format);
  const names = [load, level].map((answer) => cell.head(say(keyOf(`metric.${answer.result.metric}.name`)), answer.result.unit));
  const head = [say('head.period'), ...names, say('head.interval'), say('head.n'), say('head.note')];
  const lines = points.map((point) => [
    cell.bucket(point.level.bucket, level.result.grain),
    cell.value(numberOf(point.load), load.result.unit),
    cell.value(numberOf(point.level), level.result.unit),
    intervalCell(point.level, level.result.unit, sketch),
    cell.count(point.level.n),
    noteText(point.level, say),
  ]);
  return [head, ...lines];
}
