import { isRightToLeft } from '../i18n/messages.js';
import type { MetricRow } from '../metric-result.js';
import { valueAxis } from './axes.js';
import {
  countText,
  drawnText,
  itemsQuery,
  markLayer,
  noteText,
  notesOf,
  numberOf,
  segmentName,
  type Drawing,
  type Sketch,
} from './drawing.js';
import { segmentTargets } from './segment-targets.js';
import { rankingTable } from './table.js';
import { levelLayers } from './target-layers.js';
import { legend } from './time-layers.js';

/** More names than this hide each other; those outside the limits are named first. */
const mostNames = 12;

const outsides = ['inside', 'outside-95', 'outside-998'] as const;
type Outside = (typeof outsides)[number];
const outsideShapes: Record<Outside, string> = { inside: 'circle', 'outside-95': 'square', 'outside-998': 'triangle-up' };

/** A rate of each segment by its size, within the limits that chance alone keeps segments of that size. */
export function funnel(sketch: Sketch): Drawing {
  const answer = sketch.drawn[0]!;
  const { context, colours, say } = sketch;
  const segments = answer.result.rows.filter((row) => row.n > 0);
  const shown = segments.filter((row) => numberOf(row, 'value') !== null).toSorted((a, b) => sizeOf(a) - sizeOf(b));
  const named = shown
    .toSorted((a, b) => outsides.indexOf(outsideOf(b)) - outsides.indexOf(outsideOf(a)) || sizeOf(b) - sizeOf(a))
    .slice(0, mostNames);
  const words: Record<Outside, string> = {
    inside: drawnText(say('legend.inside'), sketch),
    'outside-95': drawnText(say('note.outside-95'), sketch),
    'outside-998': drawnText(say('note.outside-998'), sketch),
  };
  const aims = segmentTargets([{ part: null, name: '', unit: '%' }], shown, false, sketch);
  const rows = shown.map((row) => ({
    ...markRow(row, sketch),
    own: aims.ownGoalOf(row.by)?.goal ?? null,
    ownLabel: aims.ownGoalOf(row.by)?.label ?? '',
    kind: words[outsideOf(row)],
    label: named.includes(row) ? segmentName(row.by, say) : '',
  }));
  const isMirrored = isRightToLeft(context.locale);
  const x = valueAxis([...rows.map((row) => row.size), 0], 'n', sketch);
  const y = valueAxis([...rows.flatMap((row) => [row.v, row.lower95, row.upper95]), ...aims.values], '%', sketch);
  const domain = outsides.map((outside) => words[outside]);
  const place = (field: string) => ({ y: { field, type: 'quantitative', scale: y.scale } });
  const limit = (field: string, strokeDash: number[]) => ({
    mark: {
      type: 'line',
      point: false,
      strokeDash,
      strokeWidth: 1.3,
      color: colours.muted,
      clip: true,
      aria: false,
    },
    encoding: place(field),
  });
  const listed = segments.toSorted((a, b) => (numberOf(b, 'value') ?? -1) - (numberOf(a, 'value') ?? -1));
  const drawing = {
    rows,
    table: rankingTable(answer, listed, sketch),
    summary: funnelSummary(shown, sketch),
    legendNames: domain,
    spec: {
      width: context.width,
      height: context.height + 40,
      encoding: {
        x: {
          field: 'size',
          type: 'quantitative',
          scale: { ...x.scale, reverse: isMirrored },
          axis: { ...x.axis, orient: 'bottom', title: drawnText(say('axis.size'), sketch) },
        },
      },
      layer: [
        { ...limit('upper95', [1, 0]), encoding: { y: { ...place('upper95').y, axis: y.axis } } },
        limit('lower95', [1, 0]),
        limit('upper998', [5, 4]),
        limit('lower998', [5, 4]),
        {
          mark: { type: 'line', point: false, strokeWidth: 1.5, color: colours.accent, opacity: 0.6, aria: false },
          encoding: place('whole'),
        },
        {
          mark: { type: 'point', filled: true, size: 80, opacity: 1, aria: false },
          encoding: {
            ...place('v'),
            color: {
              field: 'kind',
              type: 'nominal',
              scale: { domain, range: [colours.accent, colours.categories[3], colours.signal] },
              legend,
            },
            shape: { field: 'kind', type: 'nominal', scale: { domain, range: outsides.map((one) => outsideShapes[one]) }, legend },
          },
        },
        ...levelLayers(aims.common ? [aims.common] : [], y.scale, sketch),
        {
          transform: [{ filter: 'isValid(datum.own)' }],
          mark: { type: 'point', shape: 'stroke', size: 260, strokeWidth: 2, color: colours.ink, opacity: 0.85, aria: false },
          encoding: place('own'),
        },
        {
          transform: [{ filter: 'isValid(datum.own)' }],
          mark: {
            type: 'text',
            align: isMirrored ? 'right' : 'left',
            dx: isMirrored ? -12 : 12,
            fontSize: 11,
            fontWeight: 600,
            color: colours.ink,
            aria: false,
          },
          encoding: { ...place('own'), text: { field: 'ownLabel', type: 'nominal' } },
        },
        {
          mark: { type: 'text', fontSize: 11, dy: -11, color: colours.ink, aria: false },
          encoding: { ...place('v'), text: { field: 'label' } },
        },
        {
          name: markLayer,
          mark: { type: 'point', shape: 'circle', filled: true, size: 420, opacity: 0, cursor: 'pointer' },
          encoding: { ...place('v'), shape: { value: 'circle' }, description: { field: 'text' }, tooltip: { field: 'text' } },
        },
      ],
    },
  };
  return aims.told(
    drawing,
    listed.map(({ by }) => by),
  );
}

function sizeOf(row: MetricRow): number {
  return row.denominator ?? row.n;
}

function outsideOf(row: MetricRow): Outside {
  const { words } = notesOf(row);
  return words.includes('outside:998') ? 'outside-998' : words.includes('outside:95') ? 'outside-95' : 'inside';
}

function markRow(row: MetricRow, sketch: Sketch) {
  const answer = sketch.drawn[0]!;
  const { say, format } = sketch;
  const { unit } = answer.result;
  const name = segmentName(row.by, say);
  const { lower95, upper95 } = row.values ?? {};
  const range =
    lower95 == null || upper95 == null
      ? ''
      : say('text.funnel', { lower: format.value(lower95, unit), upper: format.value(upper95, unit) });
  const said = [`${name}: ${format.value(numberOf(row, 'value'), unit)}`, countText(answer, row.n, say), range, noteText(row, say)];
  return {
    metric: answer.result.metric,
    name,
    size: sizeOf(row),
    v: numberOf(row, 'value'),
    whole: row.values?.whole ?? null,
    lower95: row.values?.lower95 ?? null,
    upper95: row.values?.upper95 ?? null,
    lower998: row.values?.lower998 ?? null,
    upper998: row.values?.upper998 ?? null,
    n: row.n,
    text: said.filter((part) => part !== '').join(' · '),
    items: itemsQuery(answer, row),
  };
}

/** Who is beyond what chance explains, worst first. */
function funnelSummary(shown: MetricRow[], sketch: Sketch): string {
  const answer = sketch.drawn[0]!;
  const { say, format } = sketch;
  const whole = shown[0]?.values?.whole;
  if (shown.length === 0 || whole == null) return say('summary.withheld', { minimum: format.count(answer.info.minimumN) });
  const outside = shown
    .filter((row) => outsideOf(row) !== 'inside')
    .toSorted((a, b) => (numberOf(a, 'value') ?? 0) - (numberOf(b, 'value') ?? 0))
    .map((row) => `${segmentName(row.by, say)} ${format.value(numberOf(row, 'value'), answer.result.unit)}`);
  const told = { count: shown.length, whole: format.value(whole, answer.result.unit) };
  return outside.length === 0
    ? say('summary.funnel.none', told)
    : say('summary.funnel.some', { ...told, outside: outside.length, names: format.list(outside) });
}
