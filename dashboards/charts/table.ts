import type { Answer } from '../dashboard.js';
import { missing } from '../format.js';
import { keyOf } from '../i18n/messages.js';
import type { MetricRow, Unit } from '../metric-result.js';
import { cellsIn, textOf, type TableCell } from './cells.js';
import { comparedCell } from './compared.js';
import { noteText, segmentName, unitOfValue, type Sketch } from './drawing.js';

/** The same numbers for reading: nothing left out, the first row is the head. */

export function timeTable(answer: Answer, sketch: Sketch): TableCell[][] {
  const { say, format } = sketch;
  const cell = cellsIn(format);
  const { by, grain, rows } = answer.result;
  const segmentHead = by === null ? [] : [say(keyOf(`dimension.${by}`))];
  const compared = by === null && sketch.compared ? [say('head.compared')] : [];
  const head = [
    say('head.period'),
    ...segmentHead,
    ...valueHeads(answer, sketch),
    say('head.interval'),
    say('head.n'),
    ...compared,
    say('head.note'),
  ];
  const lines = rows.map((row) => [
    cell.bucket(row.bucket, grain),
    ...(by === null ? [] : [segmentName(row.by, say)]),
    ...valueCells(answer, row, sketch),
    intervalCell(row, intervalUnit(answer), sketch),
    cell.count(row.n),
    ...(compared.length > 0 ? [comparedCell(row, answer, sketch)] : []),
    noteText(row, say),
  ]);
  return [head, ...lines];
}

export function rankingTable(answer: Answer, ranked: MetricRow[], sketch: Sketch): TableCell[][] {
  const { say, format } = sketch;
  const cell = cellsIn(format);
  const head = [
    say(keyOf(`dimension.${answer.result.by ?? 'team'}`)),
    ...valueHeads(answer, sketch),
    say('head.interval'),
    say('head.n'),
    say('head.note'),
  ];
  const lines = ranked.map((row) => [
    segmentName(row.by, say),
    ...valueCells(answer, row, sketch),
    intervalCell(row, intervalUnit(answer), sketch),
    cell.count(row.n),
    noteText(row, say),
  ]);
  return [head, ...lines];
}

/** One line a period, a value and an n for each of the metrics. */
export function versusTable(answers: Answer[], sketch: Sketch): TableCell[][] {
  const { say, format } = sketch;
  const cell = cellsIn(format);
  const buckets = [...new Set(answers.flatMap((answer) => answer.result.rows.map((row) => row.bucket)))].sort();
  const head = [
    say('head.period'),
    ...answers.flatMap((answer) => [
      cell.head(say(keyOf(`metric.${answer.result.metric}.name`)), answer.result.unit),
      say('head.interval'),
      say('head.n'),
    ]),
  ];
  const lines = buckets.map((bucket) => [
    cell.bucket(bucket, answers[0]?.result.grain ?? 'all'),
    ...answers.flatMap((answer) => {
      const row = answer.result.rows.find((candidate) => candidate.bucket === bucket);
      if (!row) return [missing, missing, missing];
      return [cell.value(row.value, answer.result.unit), intervalCell(row, answer.result.unit, sketch), cell.count(row.n)];
    }),
  ]);
  return [head, ...lines];
}

export function behaviourTable(answer: Answer, sketch: Sketch): TableCell[][] {
  const { say, format } = sketch;
  const cell = cellsIn(format);
  const { unit, grain, rows } = answer.result;
  const parts = ['value', 'mean', 'lower', 'upper'] as const;
  const head = [say('head.period'), ...parts.map((part) => cell.head(say(`value.${part}`), unit)), say('head.n'), say('head.note')];
  const lines = rows.map((row) => [
    cell.bucket(row.bucket, grain),
    ...parts.map((part) => cell.value(row.values?.[part], unit)),
    cell.count(row.n),
    noteText(row, say),
  ]);
  return [head, ...lines];
}

export function intervalCell(row: MetricRow, unit: Unit, { format }: Sketch): TableCell {
  return cellsIn(format).interval(row.lo, row.hi, unit);
}

export function intervalText(row: MetricRow, unit: Unit, sketch: Sketch): string {
  return textOf(intervalCell(row, unit, sketch));
}

export function intervalUnit(answer: Answer): Unit {
  return unitOfValue(answer.info, answer.info.values[0]);
}

function valueHeads({ info, result }: Answer, { say, format }: Sketch): TableCell[] {
  const cell = cellsIn(format);
  if (info.values.length === 0) return [cell.head(say(keyOf(`metric.${result.metric}.name`)), info.unit)];
  return info.values.map((value) => cell.head(say(keyOf(`value.${value}`)), unitOfValue(info, value)));
}

function valueCells({ info }: Answer, row: MetricRow, { format }: Sketch): TableCell[] {
  const cell = cellsIn(format);
  if (info.values.length === 0) return [cell.value(row.value, info.unit)];
  return info.values.map((value) => cell.value(row.values?.[value], unitOfValue(info, value)));
}
