import type { Answer } from '../dashboard.js';
import { keyOf } from '../i18n/messages.js';
import { timeAxis, valueAxis } from './axes.js';
import { drawnText, itemsQuery, markLayer, markText, notesOf, numberOf, unitOfValue, type Drawing, type Sketch } from './drawing.js';
import { completePoints, latestText, untold } from './summary.js';
import { timeTable } from './table.js';
import { legend } from './time-layers.js';

/** The parts of a whole over time, one on the other; a period that is running is paler. */
export function stack(sketch: Sketch): Drawing {
  const answer = sketch.drawn[0]!;
  const { context, colours, say } = sketch;
  const parts = sketch.definition.lines ?? answer.info.values;
  const names = parts.map((part) => drawnText(say(keyOf(`value.${part}`)), sketch));
  const rows = partRows(answer, parts, names, sketch);
  const buckets = answer.result.rows.map((row) => row.bucket);
  const tops = answer.result.rows.map((row) => parts.reduce((sum, part) => sum + (numberOf(row, part) ?? 0), 0));
  const unit = unitOfValue(answer.info, parts[0]);
  const y = valueAxis(unit === '%' ? [0, 100] : [0, ...tops], unit, sketch);
  const place = {
    y: { field: 'from', type: 'quantitative', scale: y.scale, axis: y.axis },
    y2: { field: 'to' },
  };
  return {
    rows,
    table: timeTable(answer, sketch),
    summary: stackSummary(answer, parts, sketch),
    legendNames: names,
    spec: {
      width: context.width,
      height: context.height + 30,
      encoding: { x: { ...timeAxis(buckets, answer.result.grain, sketch), scale: { type: 'band', domain: buckets, paddingInner: 0.12 } } },
      layer: [
        {
          mark: { type: 'bar', stroke: colours.ground, strokeWidth: 0.7, aria: false },
          encoding: {
            ...place,
            color: { field: 'series', type: 'nominal', scale: { domain: names, range: colours.categories.slice(0, names.length) }, legend },
            opacity: { condition: { test: "datum.state === 'running'", value: 0.45 }, value: 1 },
          },
        },
        {
          name: markLayer,
          mark: { type: 'bar', opacity: 0, cursor: 'pointer', aria: rows.length <= 200 },
          encoding: { ...place, description: { field: 'text' }, tooltip: { field: 'text' } },
        },
      ],
    },
  };
}

function partRows(answer: Answer, parts: string[], names: string[], sketch: Sketch) {
  const { format } = sketch;
  return answer.result.rows.flatMap((row) => {
    const { isIncomplete } = notesOf(row);
    let top = 0;
    return parts.flatMap((part, index) => {
      const v = numberOf(row, part);
      if (v === null) return [];
      const from = top;
      top += v;
      const series = names[index] ?? part;
      return [
        {
          metric: answer.result.metric,
          bucket: row.bucket,
          series,
          v,
          from,
          to: top,
          n: row.n,
          state: isIncomplete ? 'running' : 'complete',
          text: markText(
            `${format.bucket(row.bucket, answer.result.grain)}, ${series}`,
            format.value(v, unitOfValue(answer.info, part)),
            answer,
            row,
            sketch,
          ),
          items: row.n > 0 ? itemsQuery(answer, row) : null,
        },
      ];
    });
  });
}

/** The two largest parts of the latest complete period. */
function stackSummary(answer: Answer, parts: string[], sketch: Sketch): string {
  const { say, format } = sketch;
  const { grain } = answer.result;
  const last = completePoints(answer.result.rows, parts[0]).at(-1)?.row;
  if (!last) return untold(answer, parts[0], sketch);
  const [first, second] = parts.toSorted((a, b) => (numberOf(last, b) ?? 0) - (numberOf(last, a) ?? 0));
  const told = (part: string | undefined) =>
    part === undefined
      ? { name: '', value: '' }
      : { name: say(keyOf(`value.${part}`)), value: format.value(numberOf(last, part), unitOfValue(answer.info, part)) };
  return say('summary.stack', {
    name: say(keyOf(`metric.${answer.result.metric}.name`)),
    bucket: format.bucket(last.bucket, grain),
    latest: latestText(last, answer, sketch),
    first: told(first).name,
    firstValue: told(first).value,
    second: told(second).name,
    secondValue: told(second).value,
  });
}
