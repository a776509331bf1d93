import type { MetricRow } from '../metric-result.js';
import { isRightToLeft } from '../i18n/messages.js';

import { cellsIn, type TableCell } from './cells.js';
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
import { legend } from './time-layers.js';

const ticks = [0, 20, 40, 60, 80, 100];

/** What was forecast against what came: on the diagonal a forecast means what it says. */
export function reliability(sketch: Sketch): Drawing {
  const answer = sketch.drawn[0]!;
  const { context, colours, say } = sketch;
  const classes = answer.result.rows.filter((row) => row.n > 0);
  const words = { inside: say('legend.meant'), outside: say('legend.misses') };
  const rows = classes
    .filter((row) => numberOf(row, 'observed') !== null)
    .map((row) => ({ ...markRow(row, sketch), kind: isOutside(row) ? words.outside : words.inside }));
  const isMirrored = isRightToLeft(context.locale);
  const labels = Object.fromEntries(ticks.map((tick) => [String(tick), drawnText(sketch.format.value(tick, '%'), sketch)]));
  const axis = { values: ticks, labelExpr: `${JSON.stringify(labels)}[datum.value]`, grid: true };
  const scale = { domain: [0, 100], nice: false };
  const x = { scale: { ...scale, reverse: isMirrored }, axis: { ...axis, title: drawnText(say('axis.forecast'), sketch) } };
  const y = { scale, axis: { ...axis, orient: isMirrored ? 'right' : 'left', title: drawnText(say('axis.observed'), sketch) } };
  const domain = [words.inside, words.outside];
  const place = { x: { field: 'forecast', type: 'quantitative', ...x }, y: { field: 'observed', type: 'quantitative', ...y } };
  return {
    rows,
    table: reliabilityTable(classes, sketch),
    summary: reliabilitySummary(classes, sketch),
    legendNames: domain,
    spec: {
      width: context.width,
      height: context.height + 60,
      layer: [
        {
          data: {
            values: [
              { forecast: 0, observed: 0 },
              { forecast: 100, observed: 100 },
            ],
          },
          mark: { type: 'line', point: false, strokeDash: [5, 4], strokeWidth: 1.5, color: colours.muted, aria: false },
          encoding: place,
        },
        {
          mark: { type: 'rule', strokeWidth: 2, opacity: 0.6, color: colours.muted, aria: false },
          encoding: { ...place, y: { field: 'lo', type: 'quantitative', ...y }, y2: { field: 'hi' } },
        },
        {
          mark: { type: 'point', filled: true, size: 110, opacity: 1, aria: false },
          encoding: {
            ...place,
            color: { field: 'kind', type: 'nominal', scale: { domain, range: [colours.accent, colours.signal] }, legend },
            shape: { field: 'kind', type: 'nominal', scale: { domain, range: ['circle', 'triangle-up'] }, legend },
          },
        },
        {
          mark: {
            type: 'text',
            align: isMirrored ? 'right' : 'left',
            dx: isMirrored ? -9 : 9,
            fontSize: 11,
            color: colours.muted,
            aria: false,
          },
          encoding: { ...place, text: { field: 'size' } },
        },
        {
          name: markLayer,
          mark: { type: 'point', shape: 'circle', filled: true, size: 460, opacity: 0, cursor: 'pointer' },
          encoding: { ...place, description: { field: 'text' }, tooltip: { field: 'text' } },
        },
      ],
    },
  };
}

function isOutside(row: MetricRow): boolean {
  return notesOf(row).words.includes('outside:95');
}

/** Forecasts are 0 to 1; people read percent. */
function percent(share: number | null): number | null {
  return share === null ? null : 100 * share;
}

function markRow(row: MetricRow, sketch: Sketch) {
  const answer = sketch.drawn[0]!;
  const { say, format } = sketch;
  const forecast = percent(numberOf(row, 'meanForecast'));
  const observed = percent(numberOf(row, 'observed'));
  const words = { forecast: format.value(forecast, '%'), observed: format.value(observed, '%') };
  const said = [say('text.reliability', words), countText(answer, row.n, say), noteText(row, say)];
  return {
    metric: answer.result.metric,
    forecast,
    observed,
    lo: percent(row.lo),
    hi: percent(row.hi),
    n: row.n,
    size: drawnText(format.count(row.n), sketch),
    text: said.filter((part) => part !== '').join(' · '),
    items: itemsQuery(answer, row),
  };
}

function reliabilitySummary(classes: MetricRow[], sketch: Sketch): string {
  const { say, format, drawn } = sketch;
  const shown = classes.filter((row) => numberOf(row, 'observed') !== null);
  const missed = shown.filter(isOutside).toSorted((a, b) => gap(b) - gap(a));
  const [worst] = missed;
  if (shown.length === 0) return say('summary.withheld', { minimum: format.count(drawn[0]!.info.minimumN) });
  if (!worst) return say('summary.reliability.none', { count: shown.length });
  return say('summary.reliability.some', {
    count: shown.length,
    outside: missed.length,
    forecast: format.value(percent(numberOf(worst, 'meanForecast')), '%'),
    observed: format.value(percent(numberOf(worst, 'observed')), '%'),
  });
}

function gap(row: MetricRow): number {
  return Math.abs((numberOf(row, 'meanForecast') ?? 0) - (numberOf(row, 'observed') ?? 0));
}

function reliabilityTable(classes: MetricRow[], sketch: Sketch): TableCell[][] {
  const { say, format } = sketch;
  const cell = cellsIn(format);
  const share = (value: number | null) => cell.value(percent(value), '%');
  const head = [say('head.class'), say('axis.forecast'), say('axis.observed'), say('head.interval'), say('head.n'), say('head.note')];
  const lines = classes.map((row) => [
    segmentName(row.by, say),
    share(numberOf(row, 'meanForecast')),
    share(numberOf(row, 'observed')),
    cell.interval(percent(row.lo), percent(row.hi), '%'),
    cell.count(row.n),
    noteText(row, say),
  ]);
  return [head, ...lines];
}
