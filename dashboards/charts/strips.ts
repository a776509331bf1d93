import type { MetricRow } from '../metric-result.js';
import { isRightToLeft, keyOf } from '../i18n/messages.js';
import { missing } from '../format.js';
import { valueAxis } from './axes.js';
import { countText, drawnText, itemsQuery, markLayer, noteText, numberOf, segmentName, type Drawing, type Sketch } from './drawing.js';
import { mostSegments, rankedRows } from './ranking.js';
import { rankingSummary } from './summary.js';
import { cellsIn, type TableCell } from './cells.js';
import { intervalCell } from './table.js';
import { segmentTargets } from './segment-targets.js';
import { legend } from './time-layers.js';

const rowHeight = 34;

/** The four names of the legend stand under each other on a phone. */
const leastHeight = 180;

/** Quantiles of each segment, slowest first: the middle half as a bar, the median on it, the tail as a line with its marks. */
export function strips(sketch: Sketch): Drawing {
  const answer = sketch.drawn[0]!;
  const { context, colours, say, format, definition } = sketch;
  const { unit } = answer.result;
  const ranked = rankedRows(answer.result.rows, definition.value);
  const shown = ranked.filter((row) => numberOf(row, 'p50') !== null).slice(0, mostSegments);
  const rows = shown.map((row) => markRow(row, sketch));
  const aimed = drawnQuantiles.filter((part) => context.targets?.some((target) => target.part === part));
  const aims = segmentTargets(
    aimed.map((part) => ({ part, name: say(`value.${part}`), unit })),
    shown,
    true,
    sketch,
  );
  const x = valueAxis([...rows.flatMap((row) => [row.p25, row.p50, row.p75, row.p85, row.p95]), ...aims.values], unit, sketch);
  const isMirrored = isRightToLeft(context.locale);
  const scale = { ...x.scale, reverse: isMirrored };
  const quantiles = ['p50', 'p85', 'p95'] as const;
  const half = drawnText(say('legend.middle-half'), sketch);
  const names = [half, ...quantiles.map((name) => drawnText(say(`value.${name}`), sketch))];
  const range = [colours.scale[2], colours.categories[0], colours.categories[1], colours.categories[3]];
  const marked = {
    color: { field: 'which', type: 'nominal', scale: { domain: names, range }, legend },
    shape: { field: 'which', type: 'nominal', scale: { domain: names, range: ['square', 'circle', 'triangle-up', 'diamond'] }, legend },
  };
  const summary = [rankingSummary(answer, ranked, sketch)];
  if (shown.length > 0 && ranked.length > shown.length)
    summary.push(say('summary.shown', { shown: format.count(shown.length), all: format.count(ranked.length) }));
  const drawing = {
    rows,
    table: stripsTable(ranked, sketch),
    summary: summary.join(' '),
    legendNames: names,
    spec: {
      width: context.width,
      height: Math.max(leastHeight, rows.length * rowHeight + 56),
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
          transform: [{ filter: 'isValid(datum.p25) && isValid(datum.end)' }],
          mark: { type: 'rule', strokeWidth: 2, color: colours.muted, opacity: 0.7, aria: false },
          encoding: {
            x: { field: 'p25', type: 'quantitative', scale, axis: { ...x.axis, orient: 'bottom', grid: true } },
            x2: { field: 'end' },
          },
        },
        {
          transform: [{ filter: 'isValid(datum.p25) && isValid(datum.p75)' }],
          mark: { type: 'bar', height: 13, cornerRadius: 3, color: colours.scale[2], stroke: colours.ground, strokeWidth: 1, aria: false },
          encoding: { x: { field: 'p25', type: 'quantitative', scale }, x2: { field: 'p75' } },
        },
        ...quantiles.map((quantile, index) => ({
          transform: [{ filter: `isValid(datum.${quantile})` }, { calculate: JSON.stringify(names[index + 1]), as: 'which' }],
          mark: { type: 'point', filled: true, size: 80, opacity: 1, stroke: colours.ground, strokeWidth: 1, aria: false },
          encoding: { x: { field: quantile, type: 'quantitative', scale }, ...marked },
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

const drawnQuantiles = ['p25', 'p50', 'p75', 'p85', 'p95'] as const;

function markRow(row: MetricRow, sketch: Sketch) {
  const answer = sketch.drawn[0]!;
  const { format, say } = sketch;
  const [p25 = null, p50 = null, p75 = null, p85 = null, p95 = null] = drawnQuantiles.map((name) => numberOf(row, name));
  const name = segmentName(row.by, say);
  const said = drawnQuantiles.map((quantile) => `${say(`value.${quantile}`)} ${format.value(numberOf(row, quantile), answer.result.unit)}`);
  return {
    metric: answer.result.metric,
    name,
    ...{ p25, p50, p75, p85, p95 },
    /** Where the tail line ends: at the last quantile that is known. */
    end: p95 ?? p85 ?? p75 ?? p50,
    n: row.n,
    text: [`${name}: ${format.list(said)}`, countText(answer, row.n, say), noteText(row, say)].filter((part) => part !== '').join(' · '),
    items: itemsQuery(answer, row),
  };
}

function stripsTable(ranked: MetricRow[], sketch: Sketch): TableCell[][] {
  const answer = sketch.drawn[0]!;
  const { say, format } = sketch;
  const cell = cellsIn(format);
  const { unit, by } = answer.result;
  const head = [
    by === null ? missing : say(keyOf(`dimension.${by}`)),
    ...drawnQuantiles.map((name) => cell.head(say(`value.${name}`), unit)),
    `${say('value.p50')}, ${say('head.interval')}`,
    say('head.n'),
    say('head.note'),
  ];
  const lines = ranked.map((row) => [
    segmentName(row.by, say),
    ...drawnQuantiles.map((name) => cell.value(numberOf(row, name), unit)),
    intervalCell(row, unit, sketch),
    cell.count(row.n),
    noteText(row, say),
  ]);
  return [head, ...lines];
}
