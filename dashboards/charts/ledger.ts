import { isRightToLeft } from '../i18n/messages.js';
import type { UnitRow } from '../unit-result.js';
import { cellsIn, type TableCell } from './cells.js';
import { clockAxis, localDay } from './clock-axis.js';
import { drawnText, markLayer, type Drawing, type Sketch } from './drawing.js';
import { legend } from './time-layers.js';
import { itemName, toldNumber } from './unit-marks.js';

const rowHeight = 30;
const daySeconds = 86_400;

const moves = ['first', 'moved', 'asked', 'after'] as const;
type Move = (typeof moves)[number];
const moveShapes: Record<Move, string> = { first: 'circle', moved: 'square', asked: 'diamond', after: 'triangle-up' };

interface Chain {
  unit: UnitRow;
  dates: { due: number; isAfterDue: boolean; isAsked: boolean }[];
  first: number;
  last: number;
  net: number;
}

/** One line a promise: the first date, each later one, and the one in force, on one axis of time; the furthest moved first. */
export function ledger(sketch: Sketch): Drawing {
  const units = sketch.units[0]!;
  const { context, colours, say, format } = sketch;
  const chains = units.rows.flatMap((unit) => chainOf(unit) ?? []);
  const [top] = chains;
  const dues = chains.flatMap(({ dates }) => dates.map(({ due }) => due));
  const margin = Math.max(daySeconds, 0.03 * (Math.max(...dues) - Math.min(...dues)));
  const ends: [number, number] = [Math.min(...dues) - margin, Math.max(...dues) + margin];
  const names = moves.map((move) => drawnText(say(`move.${move}`), sketch));
  const isMirrored = isRightToLeft(context.locale);
  const summary = top
    ? say('summary.ledger', {
        item: itemName(top.unit),
        first: format.date(localDay(top.first)),
        last: format.date(localDay(top.last)),
        slip: format.difference(top.net, 's'),
      })
    : say('summary.ledger.none');
  const shown = top ? say('summary.greatest', { shown: chains.length, all: format.count(units.total) }) : '';
  const place = { field: 'due', type: 'quantitative' };
  return {
    rows: chains.flatMap((chain) => [
      {
        part: 'chain',
        name: chain.unit.externalId,
        due: chain.first,
        last: chain.last,
        text: chainText(chain, sketch),
        item: chain.unit.itemId,
      },
      ...dateRows(chain).map((row) => ({ ...row, kind: names[moves.indexOf(row.kind)] })),
    ]),
    table: ledgerTable(chains, sketch),
    summary: `${summary} ${shown}`.trim(),
    legendNames: names,
    clock: { field: 'due', ends },
    spec:
      chains.length === 0
        ? null
        : {
            width: context.width,
            height: chains.length * rowHeight + 80,
            encoding: {
              x: clockAxis('due', ends, sketch),
              y: {
                field: 'name',
                type: 'nominal',
                sort: null,
                scale: { type: 'band', domain: chains.map(({ unit }) => unit.externalId) },
                axis: { orient: isMirrored ? 'right' : 'left', title: null, labelLimit: 120, grid: false },
              },
            },
            layer: [
              {
                transform: [{ filter: "datum.part === 'chain'" }],
                mark: { type: 'rule', strokeWidth: 3, color: colours.grid, aria: false },
                encoding: { x2: { field: 'last' } },
              },
              {
                transform: [{ filter: "datum.part === 'date'" }],
                mark: { type: 'point', filled: true, opacity: 1, aria: false, yOffset: { expr: 'datum.lift' } },
                encoding: {
                  x: place,
                  color: {
                    field: 'kind',
                    type: 'nominal',
                    scale: { domain: names, range: moves.map((move) => colourOf(move, sketch)) },
                    legend,
                  },
                  shape: { field: 'kind', type: 'nominal', scale: { domain: names, range: moves.map((move) => moveShapes[move]) }, legend },
                  size: { field: 'size', type: 'quantitative', scale: null },
                },
              },
              {
                name: markLayer,
                transform: [{ filter: "datum.part === 'chain'" }],
                mark: { type: 'bar', opacity: 0, cursor: 'pointer', height: { band: 1 } },
                encoding: { x: { value: 0 }, x2: { value: 'width' }, description: { field: 'text' }, tooltip: { field: 'text' } },
              },
            ],
          },
  };
}

/** Null for a promise that was never moved. */
function chainOf(unit: UnitRow): Chain | null {
  const dates = unit.parts.flatMap((part) => {
    const due = toldNumber(part, 'due');
    return due === null ? [] : [{ due, isAfterDue: toldNumber(part, 'isAfterDue') === 1, isAsked: toldNumber(part, 'isAsked') === 1 }];
  });
  const [first, last] = [dates[0], dates.at(-1)];
  if (!first || !last || dates.length < 2) return null;
  return { unit, dates, first: first.due, last: last.due, net: toldNumber(unit.tells, 'net') ?? last.due - first.due };
}

/** A date that came after the one before had passed has a mark of its own above it. The date in force is the largest. */
function dateRows({ unit, dates }: Chain): { part: 'date'; name: string; due: number; kind: Move; size: number; lift: number }[] {
  return dates.flatMap(({ due, isAfterDue, isAsked }, place) => {
    const row = { part: 'date' as const, name: unit.externalId, due };
    const kind: Move = place === 0 ? 'first' : isAsked ? 'asked' : 'moved';
    const date = { ...row, kind, size: place === 0 || place === dates.length - 1 ? 110 : 45, lift: 0 };
    return isAfterDue && place > 0 ? [date, { ...row, kind: 'after' as const, size: 40, lift: -11 }] : [date];
  });
}

function colourOf(move: Move, { colours }: Sketch): string | undefined {
  return { first: colours.muted, moved: colours.accent, asked: colours.categories[2], after: colours.signal }[move];
}

function moveCounts({ dates }: Chain): { moves: number; after: number; asked: number } {
  const moved = dates.slice(1);
  return {
    moves: moved.length,
    after: moved.filter(({ isAfterDue }) => isAfterDue).length,
    asked: moved.filter(({ isAsked }) => isAsked).length,
  };
}

function chainText(chain: Chain, { say, format }: Sketch): string {
  const { moves: count, after, asked } = moveCounts(chain);
  return say('point.slip', {
    item: itemName(chain.unit),
    first: format.date(localDay(chain.first)),
    last: format.date(localDay(chain.last)),
    slip: format.difference(chain.net, 's'),
    moves: count,
    after: format.count(after),
    asked: format.count(asked),
  });
}

function ledgerTable(chains: Chain[], { say, format }: Sketch): TableCell[][] {
  const cell = cellsIn(format);
  const head = (['item', 'first-promise', 'last-promise', 'slip', 'moves', 'moves-after-due', 'moves-asked'] as const).map((name) =>
    say(`head.${name}`),
  );
  const lines = chains.map((chain) => {
    const { moves: count, after, asked } = moveCounts(chain);
    return [
      itemName(chain.unit),
      cell.date(localDay(chain.first)),
      cell.date(localDay(chain.last)),
      cell.difference(chain.net, 's'),
      cell.count(count),
      cell.count(after),
      cell.count(asked),
    ];
  });
  return [head, ...lines];
}
