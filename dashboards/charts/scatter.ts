import { missing } from '../format.js';
import { keyOf } from '../i18n/messages.js';
import type { UnitResult, UnitRow } from '../unit-result.js';
import { cellsIn, type TableCell } from './cells.js';
import { valueAxis, type ValueAxis } from './axes.js';
import { clockAxis, localDay, secondsOfDay } from './clock-axis.js';
import { countText, drawnText, markLayer, type Drawing, type Sketch } from './drawing.js';
import { levelLayers } from './target-layers.js';
import { targetLine } from './target-line.js';
import { legend } from './time-layers.js';
import { itemName, sampleLines, sampleNote, toldNumber, unitLayer } from './unit-marks.js';

/** What ended at once would have no place on a logarithmic axis. */
const shortestSeconds = 60;

const states = ['finished', 'open', 'cancelled'] as const;
type State = (typeof states)[number];
const stateShapes: Record<State, string> = { finished: 'circle', open: 'triangle-up', cancelled: 'cross' };

interface Point extends Record<string, unknown> {
  x: number;
  v: number;
  kind: State;
}

/** Each item at the day it ended and how long it took, under the quantiles of all; what is open stands at the end of the data. */
export function scatter(sketch: Sketch): Drawing {
  const answer = sketch.drawn[0]!;
  const units = sketch.units[0]!;
  const { context, say, format, colours } = sketch;
  const { from, to, rows } = answer.result;
  const points = units.rows.flatMap((unit) => pointOf(unit, sketch) ?? []);
  const lines = answer.info.values.flatMap((name) => {
    const v = rows[0]?.values?.[name];
    if (typeof v !== 'number') return [];
    return [{ part: 'line', v, label: drawnText(`${say(keyOf(`value.${name}`))} ${format.duration(v)}`, sketch) }];
  });
  const steps = (context.targets ?? []).flatMap((target) => target.steps.map((step) => step.from));
  const aims = targetLine(
    [...new Set([from, ...steps.filter((day) => day > from && day < to).toSorted()])],
    answer.info.values.map((part) => ({ metric: answer.result.metric, part, name: say(keyOf(`value.${part}`)), unit: 's' as const })),
    sketch,
  );
  const y = valueAxis([...[...points, ...lines].map(({ v }) => v), ...aims.values], 's', sketch);
  const ends: [number, number] = [
    secondsOfDay(from),
    Math.max(secondsOfDay(from) + 86_400, Math.min(units.asOf ?? Infinity, Math.max(secondsOfDay(to), ...points.map(({ x }) => x)))),
  ];
  const shown = states.filter((state) => points.some(({ kind }) => kind === state));
  const names = shown.map((state) => drawnText(say(`state.${state}`), sketch));
  const values = answer.info.values.flatMap((name) => {
    const value = rows[0]?.values?.[name];
    return value == null ? [] : [`${say(keyOf(`value.${name}`))} ${format.value(value, 's')}`];
  });
  const summary = say('summary.points', {
    name: say(keyOf(`metric.${answer.result.metric}.name`)),
    count: countText(answer, units.total, say),
    values: values.length > 0 ? format.list(values) : say('note.too-few'),
  });
  return {
    rows: [...points.map((point) => ({ ...point, state: drawnText(say(`state.${point.kind}`), sketch) })), ...lines],
    table: pointTable(units, sketch),
    clock: { field: 'x', ends },
    summary: [summary, sampleNote(units, sketch), ...aims.sentences].filter((part) => part !== null).join(' '),
    ...(shown.length > 1 && { legendNames: names }),
    spec: {
      width: context.width,
      height: context.height + 60,
      encoding: { x: clockAxis('x', ends, sketch) },
      layer: [
        {
          transform: [{ filter: 'isValid(datum.item)' }],
          mark: { type: 'point', filled: true, size: 30, opacity: 0.65, aria: false, invalid: 'filter' },
          encoding: {
            y: { field: 'v', type: 'quantitative', scale: y.scale, axis: y.axis },
            color: {
              field: 'state',
              type: 'nominal',
              scale: { domain: names, range: shown.map((state) => colours.categories[states.indexOf(state)]) },
              legend: shown.length > 1 ? legend : null,
            },
            shape: {
              field: 'state',
              type: 'nominal',
              scale: { domain: names, range: shown.map((state) => stateShapes[state]) },
              legend: shown.length > 1 ? legend : null,
            },
          },
        },
        ...quantileLayers(y, sketch),
        ...levelLayers(aims.levels, y.scale, sketch),
        unitLayer(markLayer, points.length, { y: { field: 'v', type: 'quantitative', scale: y.scale } }),
      ],
    },
  };
}

/** Rules of the rows `line`, named at the older end, where there are only finished items. */
function quantileLayers(y: ValueAxis, { colours }: Sketch): Record<string, unknown>[] {
  const place = { y: { field: 'v', type: 'quantitative', scale: y.scale } };
  const transform = [{ filter: "datum.part === 'line'" }];
  return [
    {
      transform,
      mark: { type: 'rule', strokeWidth: 1.5, strokeDash: [6, 4], color: colours.ink, aria: false },
      encoding: { ...place, x: { value: 0 }, x2: { value: 'width' } },
    },
    ...[true, false].map((isHalo) => ({
      transform,
      mark: {
        type: 'text',
        align: 'left',
        baseline: 'bottom',
        dx: 4,
        dy: -3,
        fontSize: 11,
        fontWeight: 600,
        color: isHalo ? colours.ground : colours.ink,
        ...(isHalo && { stroke: colours.ground, strokeWidth: 4, strokeOpacity: 0.85 }),
        aria: false,
      },
      encoding: { ...place, x: { value: 0 }, text: { field: 'label' } },
    })),
  ];
}

function pointOf(unit: UnitRow, { say, format }: Sketch): Point | null {
  const [exit, seconds, ended] = ['exit', 'seconds', 'ended'].map((name) => toldNumber(unit.tells, name));
  if (exit == null || seconds == null || ended == null) return null;
  const kind = stateOf(ended);
  const item = itemName(unit);
  return {
    x: exit,
    v: Math.max(shortestSeconds, seconds),
    kind,
    text: say(`point.${kind}`, { item, value: format.duration(seconds), at: format.date(localDay(exit)) }),
    item: unit.itemId,
  };
}

function stateOf(ended: number): State {
  return ended === 0 ? 'open' : ended === 1 ? 'finished' : 'cancelled';
}

/** The longest first. */
function pointTable(units: UnitResult, sketch: Sketch): TableCell[][] {
  const { say, format } = sketch;
  const cell = cellsIn(format);
  const head = [say('head.item'), say('head.ended'), cell.head(say('head.took'), 's'), say('head.state')];
  const lines = units.rows
    .toSorted((one, other) => (toldNumber(other.tells, 'seconds') ?? 0) - (toldNumber(one.tells, 'seconds') ?? 0))
    .map((unit) => {
      const kind = stateOf(toldNumber(unit.tells, 'ended') ?? 0);
      const exit = toldNumber(unit.tells, 'exit');
      return [
        itemName(unit),
        kind === 'open' || exit === null ? { text: missing, plain: null } : cell.date(localDay(exit)),
        cell.value(toldNumber(unit.tells, 'seconds'), 's'),
        say(`state.${kind}`),
      ];
    });
  return [head, ...lines, ...sampleLines(units, head.length, sketch)];
}
