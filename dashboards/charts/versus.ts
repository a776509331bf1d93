import type { Answer } from '../dashboard.js';
import { keyOf } from '../i18n/messages.js';
import type { MetricRow } from '../metric-result.js';
import { timeAxis, valueAxis } from './axes.js';
import { itemsQuery, markText, notesOf, numberOf, type Drawing, type Sketch } from './drawing.js';
import { versusSummary } from './summary.js';
import { versusTable } from './table.js';
import { targetLine } from './target-line.js';
import { lineLayers, openLayer, seriesEncoding } from './time-layers.js';

/** Two metrics of one unit over time; the area between them is the point. */
export function versus(sketch: Sketch): Drawing {
  const { context, say, colours, drawn } = sketch;
  const [one, other] = drawn as [Answer, Answer];
  const rows = drawn.flatMap((answer) => answer.result.rows.map((row) => markRow(answer, row, sketch)));
  const buckets = [...new Set(rows.map((row) => row.bucket))].sort();
  const between = buckets.map((bucket) => ({ part: 'between', bucket, low: valueAt(one, bucket), high: valueAt(other, bucket) }));
  const names = drawn.map((answer) => say(keyOf(`metric.${answer.result.metric}.name`)));
  const aims = targetLine(
    buckets,
    drawn.map(({ info, result: { metric, unit } }, index) => ({
      metric,
      part: info.values[0] ?? null,
      name: names[index] ?? metric,
      unit,
    })),
    sketch,
  );
  const y = valueAxis([...rows.map((row) => row.v), ...aims.values], one.result.unit, sketch);
  return aims.told({
    rows: [...rows.map((row) => ({ ...row })), ...between],
    table: versusTable(drawn, sketch),
    summary: versusSummary(one, other, sketch),
    legendNames: names,
    spec: {
      width: context.width,
      height: context.height,
      encoding: { x: timeAxis(buckets, one.result.grain, sketch) },
      layer: [
        {
          transform: [{ filter: "datum.part === 'between'" }],
          mark: {
            type: 'area',
            point: false,
            invalid: 'break-paths-filter-domains',
            color: colours.categories[1],
            opacity: 0.12,
            aria: false,
          },
          encoding: { y: { field: 'low', type: 'quantitative', scale: y.scale }, y2: { field: 'high' } },
        },
        ...lineLayers(y, seriesEncoding(names, sketch), sketch),
        ...aims.layers(y.scale),
        openLayer(y.scale, rows.length),
      ],
    },
  });
}

function valueAt(answer: Answer, bucket: string): number | null {
  const row = answer.result.rows.find((candidate) => candidate.bucket === bucket);
  return row && !notesOf(row).isIncomplete ? numberOf(row) : null;
}

function markRow(answer: Answer, row: MetricRow, sketch: Sketch) {
  const { isIncomplete } = notesOf(row);
  const v = numberOf(row);
  const series = sketch.say(keyOf(`metric.${answer.result.metric}.name`));
  const heading = `${sketch.format.bucket(row.bucket, answer.result.grain)}, ${series}`;
  return {
    part: 'value',
    metric: answer.result.metric,
    bucket: row.bucket,
    series,
    v,
    line: isIncomplete ? null : v,
    n: row.n,
    state: v === null ? 'withheld' : isIncomplete ? 'running' : 'complete',
    text: markText(heading, sketch.format.value(v, answer.result.unit), answer, row, sketch),
    items: row.n > 0 ? itemsQuery(answer, row) : null,
  };
}
