import type { Answer } from '../dashboard.js';
import { missing } from '../format.js';
import { keyOf } from '../i18n/messages.js';
import type { MetricRow, Unit } from '../metric-result.js';
import { comparedCell } from './compared.js';
import { noteText, segmentName, unitOfValue, type Sketch } from './drawing.js';

/** The same numbers for reading: nothing left out, the first row is the head. */

export function timeTable(answer: Answer, sketch: Sketch): string[][] {
  const { say, format } = sketch;
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
    format.bucket(row.bucket, grain),
    ...(by === null ? [] : [segmentName(row.by, say)]),
    ...valueCells(answer, row, sketch),
    intervalText(row, intervalUnit(answer), sketch),
    format.count(row.n),
    ...(compared.length > 0 ? [comparedCell(row, answer, sketch)] : []),
    noteText(row, say),
  ]);
  return [head, ...lines];
}

export function rankingTable(answer: Answer, ranked: MetricRow[], sketch: Sketch): string[][] {
  const { say, format } = sketch;
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
    intervalText(row, intervalUnit(answer), sketch),
    format.count(row.n),
    noteText(row, say),
  ]);
  return [head, ...lines];
}

/** One line a period, a value and an n for each of the metrics. */
export function versusTable(answers: Answer[], sketch: Sketch): string[][] {
  const { say, format } = sketch;
  const buckets = [...new Set(answers.flatMap((answer) => answer.result.rows.map((row) => row.bucket)))].sort();
  const head = [
    say('head.period'),
    ...answers.flatMap((answer) => [say(keyOf(`metric.${answer.result.metric}.name`)), say('head.interval'), say('head.n')]),
  ];
  const lines = buckets.map((bucket) => [
    format.bucket(bucket, answers[0]?.result.grain ?? 'all'),
    ...answers.flatMap((answer) => {
      const row = answer.result.rows.find((candidate) => candidate.bucket === bucket);
      if (!row) return [missing, missing, missing];
      return [format.value(row.value, answer.result.unit), intervalText(row, answer.result.unit, sketch), format.count(row.n)];
    }),
  ]);
  return [head, ...lines];
}

export function behaviourTable(answer: Answer, sketch: Sketch): string[][] {
  const { say, format } = sketch;
  const { unit, grain, rows } = answer.result;
  const parts = ['value', 'mean', 'lower', 'upper'] as const;
  const head = [say('head.period'), ...parts.map((part) => say(`value.${part}`)), say('head.n'), say('head.note')];
  const lines = rows.map((row) => [
    format.bucket(row.bucket, grain),
    ...parts.map((part) => format.value(row.values?.[part], unit)),
    format.count(row.n),
    noteText(row, say),
  ]);
  return [head, ...lines];
}

export function intervalText(row: MetricRow, unit: Unit, sketch: Sketch): string {
  if (row.lo === null || row.hi === null) return missing;
  return `${sketch.format.value(row.lo, unit)} … ${sketch.format.value(row.hi, unit)}`;
}

export function intervalUnit(answer: Answer): Unit {
  return unitOfValue(answer.info, answer.info.values[0]);
}

function valueHeads(answer: Answer, { say }: Sketch): string[] {
  if (answer.info.values.length === 0) return [say(keyOf(`metric.${answer.result.metric}.name`))];
  return answer.info.values.map((value) => say(keyOf(`value.${value}`)));
}

function valueCells(answer: Answer, row: MetricRow, { format }: Sketch): string[] {
  if (answer.info.values.length === 0) return [format.value(row.value, answer.info.unit)];
  return answer.info.values.map((value) => format.value(row.values?.[value], unitOfValue(answer.info, value)));
}
