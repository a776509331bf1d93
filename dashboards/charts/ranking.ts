import type { MetricRow } from '../metric-result.js';
import { isRightToLeft, keyOf } from '../i18n/messages.js';
import { shapes } from '../theme.js';
import { valueAxis } from './axes.js';
import {
  countText,
  drawnText,
  itemsQuery,
  markLayer,
  noteText,
  numberOf,
  segmentName,
  unitOfValue,
  type Drawing,
  type Sketch,
} from './drawing.js';
import { rankingSummary } from './summary.js';
import { rankingTable } from './table.js';
import { segmentTargets } from './segment-targets.js';
import { legend } from './time-layers.js';

/** More do not fit beside their names; the longest are drawn, the table has all. */
export const mostSegments = 14;

const rowHeight = 34;

/** One line a segment, longest first: a dot for each value with a rule between, so that level and tail are seen together. */
export function ranking(sketch: Sketch): Drawing {
  const answer = sketch.drawn[0]!;
  const { definition, context, colours, say, format } = sketch;
  const values = definition.lines ?? (answer.info.values.length > 0 ? answer.info.values : [undefined]);
  const ranked = rankedRows(answer.result.rows, definition.value);
  const shown = ranked.filter((row) => values.some((value) => numberOf(row, value) !== null)).slice(0, mostSegments);
  const rows = shown.map((row) => markRow(row, values, sketch));
  const aims = segmentTargets(
    values.map((value) => ({
      metric: answer.result.metric,
      part: value ?? null,
      name: valueName(value, sketch),
      unit: unitOfValue(answer.info, value),
    })),
    shown,
    values.length > 1,
    sketch,
  );
  const x = valueAxis(
    [...rows.flatMap((row) => values.map((_, index) => row[`v${index}`] as number | null)), ...aims.values],
    answer.result.unit,
    sketch,
  );
  const isMirrored = isRightToLeft(context.locale);
  const scale = { ...x.scale, reverse: isMirrored };
  const names = values.map((value) => drawnText(valueName(value, sketch), sketch));
  const told = names.length > 1 ? legend : null;
  const summary = [rankingSummary(answer, ranked, sketch)];
  if (shown.length > 0 && ranked.length > shown.length)
    summary.push(say('summary.shown', { shown: format.count(shown.length), all: format.count(ranked.length) }));
  const drawing = {
    rows,
    table: rankingTable(answer, ranked, sketch),
    summary: summary.join(' '),
    ...(names.length > 1 && { legendNames: names }),
    spec: {
      width: context.width,
      height: Math.max(120, rows.length * rowHeight + 56),
      encoding: {
        y: {
          field: 'name',
          type: 'nominal',
          sort: null,
          scale: { type: 'band' },
          axis: { orient: isMirrored ? 'right' : 'left', title: null, labelLimit: 240, labelPadding: 12, domain: false, ticks: false },
        },
      },
      layer: [
        {
          mark: { type: 'rule', strokeWidth: 3, color: colours.grid, aria: false },
          encoding: {
            x: { field: 'v0', type: 'quantitative', scale, axis: { ...x.axis, orient: 'bottom', grid: true } },
            x2: { field: `v${values.length - 1}` },
          },
        },
        ...values.map((_, index) => ({
          transform: [{ calculate: JSON.stringify(names[index]), as: 'which' }],
          mark: { type: 'point', filled: true, size: 90, opacity: 1, aria: false, invalid: 'filter' },
          encoding: {
            x: { field: `v${index}`, type: 'quantitative', scale },
            color: {
              field: 'which',
              type: 'nominal',
              scale: { domain: names, range: colours.categories.slice(0, names.length) },
              legend: told,
            },
            shape: { field: 'which', type: 'nominal', scale: { domain: names, range: shapes.slice(0, names.length) }, legend: told },
          },
        })),
        ...aims.layers(scale),
        {
          name: markLayer,
          mark: { type: 'bar', opacity: 0, cursor: 'pointer', height: { band: 1 } },
          encoding: { x: { value: 0 }, x2: { value: 'width' }, description: { field: 'text' }, tooltip: { field: 'text' } },
        },
      ],
    },
  };
  return aims.told(
    drawing,
    ranked.map(({ by }) => by),
  );
}

/** Longest first; those without a value last, by name. */
export function rankedRows(rows: MetricRow[], value: string | undefined): MetricRow[] {
  const rank = (row: MetricRow) => numberOf(row, value) ?? -Infinity;
  return rows.filter((row) => row.n > 0).toSorted((a, b) => rank(b) - rank(a) || b.n - a.n || (a.by ?? '').localeCompare(b.by ?? ''));
}

/** Of a metric with one value alone the name is its own. */
function valueName(value: string | undefined, { drawn, say }: Sketch): string {
  return say(keyOf(value === undefined ? `metric.${drawn[0]!.info.id}.name` : `value.${value}`));
}

function markRow(row: MetricRow, values: (string | undefined)[], sketch: Sketch): Record<string, unknown> {
  const answer = sketch.drawn[0]!;
  const { format, say } = sketch;
  const name = segmentName(row.by, say);
  const said = values.map((value) => `${valueName(value, sketch)} ${format.value(numberOf(row, value), unitOfValue(answer.info, value))}`);
  return {
    metric: answer.result.metric,
    name,
    ...Object.fromEntries(values.map((value, index) => [`v${index}`, numberOf(row, value)])),
    n: row.n,
    text: [`${name}: ${format.list(said)}`, countText(answer, row.n, say), noteText(row, say)].filter((part) => part !== '').join(' · '),
    items: itemsQuery(answer, row),
  };
}
