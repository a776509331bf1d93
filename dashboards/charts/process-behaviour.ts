import type { MetricRow } from '../metric-result.js';
import { timeAxis, valueAxis } from './axes.js';
import { itemsQuery, markText, notesOf, signals, type Drawing, type Sketch } from './drawing.js';
import { behaviourSummary } from './summary.js';
import { behaviourTable } from './table.js';
import { shareOf } from './target-layers.js';
import { targetLine } from './target-line.js';
import { legend, openLayer } from './time-layers.js';

/** Signals are told by shape first and colour second. */
const signalShapes = { routine: 'circle', run: 'square', outside: 'triangle-up', 'moving-range': 'diamond' } as const;

/** An XmR chart: each complete period against the mean and the limits of the baseline. */
export function processBehaviour(sketch: Sketch): Drawing {
  const answer = sketch.drawn[0]!;
  const { context, colours, say } = sketch;
  const rows = answer.result.rows.map((row) => markRow(row, sketch));
  const buckets = rows.map((row) => row.bucket);
  const { unit } = answer.result;
  // What is watched has one number a period.
  const aims = targetLine(
    buckets,
    (context.targets ?? []).filter(({ segment }) => segment === undefined).map(({ metric, part }) => ({ metric, part, name: '', unit })),
    sketch,
    'begin',
  );
  const y = valueAxis([...rows.flatMap((row) => [row.v, row.mean, row.lower, row.upper]), ...aims.values], unit, sketch);
  const names = {
    routine: say('legend.routine'),
    outside: say('legend.outside'),
    run: say('legend.run'),
    'moving-range': say('legend.moving-range'),
  };
  const kinds = ['routine', ...signals] as const;
  const domain = kinds.map((kind) => names[kind]);
  const signal = {
    color: {
      field: 'kind',
      type: 'nominal',
      scale: { domain, range: [colours.accent, colours.signal, colours.categories[3], colours.categories[2]] },
      legend,
    },
    shape: { field: 'kind', type: 'nominal', scale: { domain, range: kinds.map((kind) => signalShapes[kind]) }, legend },
  };
  const line = (field: string, mark: Record<string, unknown>) => ({
    mark: {
      type: 'line',
      point: false,
      interpolate: 'step',
      aria: false,
      color: colours.muted,
      invalid: 'break-paths-filter-domains',
      ...mark,
    },
    encoding: { y: { field, type: 'quantitative', scale: y.scale, axis: y.axis } },
  });
  const name = (field: 'upper' | 'mean' | 'lower', baseline: string) => ({
    // At the end: time runs to the right in every language, and the baseline is named where it begins.
    transform: [{ filter: { field: 'bucket', equal: buckets.at(-1) ?? '' } }],
    mark: {
      type: 'text',
      text: say(`value.${field}`),
      align: 'right',
      baseline,
      dy: baseline === 'top' ? 4 : -4,
      color: colours.muted,
      fontSize: 11,
      aria: false,
      invalid: 'filter',
    },
    encoding: { y: { field, type: 'quantitative', scale: y.scale } },
  });
  const lower = rows.at(-1)?.lower ?? null;
  const isAtFoot = lower !== null && shareOf(lower, y.scale) < 0.1;
  return aims.told({
    rows: rows.map((row) => ({ ...row, kind: names[row.signal] })),
    table: behaviourTable(answer, sketch),
    summary: behaviourSummary(answer, sketch),
    legendNames: domain,
    spec: {
      width: context.width,
      height: context.height,
      encoding: { x: timeAxis(buckets, answer.result.grain, sketch) },
      layer: [
        ...baselineLayers(
          rows.filter((row) => row.isBaseline).map((row) => row.bucket),
          sketch,
        ),
        line('upper', { strokeDash: [5, 4], strokeWidth: 1.5 }),
        line('lower', { strokeDash: [5, 4], strokeWidth: 1.5 }),
        line('mean', { strokeWidth: 1.5 }),
        name('upper', 'bottom'),
        name('mean', 'bottom'),
        // Where the line lies at the foot, its name has no room below it.
        name('lower', isAtFoot ? 'bottom' : 'top'),
        line('line', { interpolate: 'linear', color: colours.accent, strokeWidth: 2, opacity: 0.55 }),
        {
          transform: [{ filter: "datum.state === 'complete'" }],
          mark: { type: 'point', filled: true, opacity: 1, aria: false },
          encoding: {
            ...signal,
            y: { field: 'v', type: 'quantitative', scale: y.scale },
            size: { condition: { test: "datum.signal !== 'routine'", value: 110 }, value: 34 },
          },
        },
        {
          transform: [{ filter: "datum.state === 'running'" }],
          mark: {
            type: 'point',
            filled: true,
            fill: colours.ground,
            stroke: colours.accent,
            strokeWidth: 2,
            size: 50,
            opacity: 1,
            aria: false,
          },
          encoding: { y: { field: 'v', type: 'quantitative', scale: y.scale } },
        },
        ...aims.layers(y.scale),
        openLayer(y.scale, rows.length),
      ],
    },
  });
}

/** Shades the periods the limits come from. */
function baselineLayers(buckets: string[], { colours, say }: Sketch): Record<string, unknown>[] {
  const [first, last] = [buckets[0], buckets.at(-1)];
  if (first === undefined || last === undefined) return [];
  const one = { values: [{}] };
  const x = { x: { datum: first, type: 'ordinal' }, y: { value: 0 } };
  return [
    {
      data: one,
      mark: { type: 'rect', color: colours.grid, opacity: 0.45, aria: false },
      encoding: { ...x, x2: { datum: last }, y2: { value: 'height' } },
    },
    {
      data: one,
      mark: {
        type: 'text',
        text: say('legend.baseline'),
        align: 'left',
        baseline: 'top',
        dx: 5,
        dy: 5,
        fontSize: 11,
        color: colours.muted,
        aria: false,
      },
      encoding: x,
    },
  ];
}

function markRow(row: MetricRow, sketch: Sketch) {
  const answer = sketch.drawn[0]!;
  const { format } = sketch;
  const { isIncomplete, signal, words } = notesOf(row);
  const v = row.values?.value ?? row.value ?? null;
  return {
    metric: answer.result.metric,
    bucket: row.bucket,
    v,
    line: isIncomplete ? null : v,
    mean: row.values?.mean ?? null,
    lower: row.values?.lower ?? null,
    upper: row.values?.upper ?? null,
    signal: signal ?? ('routine' as const),
    isBaseline: words.includes('baseline'),
    n: row.n,
    state: v === null ? 'withheld' : isIncomplete ? 'running' : 'complete',
    text: markText(format.bucket(row.bucket, answer.result.grain), format.value(v, answer.result.unit), answer, row, sketch),
    items: row.n > 0 ? itemsQuery(answer, row) : null,
  };
}
