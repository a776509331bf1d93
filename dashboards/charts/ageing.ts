import { isRightToLeft, keyOf, type MessageKey } from '../i18n/messages.js';
import type { UnitResult, UnitRow } from '../unit-result.js';
import { cellsIn, type TableCell } from './cells.js';
import { valueAxis, type ValueAxis } from './axes.js';
import { countText, drawnText, markLayer, type Drawing, type Sketch } from './drawing.js';
import { legend } from './time-layers.js';
import { itemName, sampleLines, sampleNote, toldNumber, unitLayer } from './unit-marks.js';

const courts = ['ours_waiting', 'ours_active', 'customer', 'third_party'] as const;
const paces = ['p50', 'p85', 'p95'] as const;

/** From this chance on an item is called likely to be late. */
const likelyFrom = 0.5;

/** Of a court's share of the axis, left free on either side. */
const gap = 0.05;

/** Younger items would have no place on a logarithmic axis. */
const youngestSeconds = 60;

const risks = ['late', 'likely', 'ahead', 'none'] as const;
type Risk = (typeof risks)[number];
const riskShapes: Record<Risk, string> = { late: 'triangle-up', likely: 'diamond', ahead: 'circle', none: 'cross' };

interface Aged {
  unit: UnitRow;
  court: string;
  age: number;
  risk: Risk;
  chance: number | null;
}

/**
 * Open items by court and age, over the ages at which half, 85 % and 95 % of the finished ones had left that court. The answers are
 * the ages and the pace, the units the items and their forecasts.
 */
export function ageing(sketch: Sketch): Drawing {
  const [ages, pace] = sketch.drawn;
  const [items, forecasts] = sketch.units;
  if (!ages || !pace || !items || !forecasts)
    throw new Error(`Chart "${sketch.definition.id}" draws ages over a pace, and items with their forecasts; give it both of both.`);
  const { context, say } = sketch;
  const aged = agedItems(items, forecasts);
  const bands = courts.flatMap((court) => {
    const row = pace.result.rows.find((candidate) => candidate.by === court);
    const [p50, p85, p95] = paces.map((name) => row?.values?.[name] ?? null);
    return typeof p50 === 'number' ? [{ court, p50: Math.max(youngestSeconds, p50), p85: p85 ?? null, p95: p95 ?? null }] : [];
  });
  const shownCourts = courts.filter((court) => aged.some((one) => one.court === court) || bands.some((band) => band.court === court));
  const y = valueAxis(
    [...aged.map(({ age }) => Math.max(youngestSeconds, age)), ...bands.flatMap(({ p50, p85, p95 }) => [p50, p85, p95])],
    's',
    sketch,
  );
  const shown = risks.filter((risk) => aged.some((one) => one.risk === risk));
  const names = shown.map((risk) => drawnText(say(`risk.${risk}`), sketch));
  const older = aged.filter(({ court, age }) => age > (bands.find((band) => band.court === court)?.p85 ?? Infinity)).length;
  const place = { y: { field: 'v', type: 'quantitative', scale: y.scale } };
  const counts = {
    count: countText(ages, ages.result.rows[0]?.n ?? items.total, say),
    older: older,
    late: aged.filter(({ risk }) => risk === 'late').length,
    likely: aged.filter(({ risk }) => risk === 'likely').length,
  };
  const summary = say(bands.some(({ p85 }) => p85 !== null) ? 'summary.ageing' : 'summary.ageing.no-pace', counts);
  const places = isRightToLeft(context.locale) ? shownCourts.toReversed() : shownCourts;
  const placeOf = (court: string) => places.findIndex((candidate) => candidate === court);
  return {
    rows: [
      ...bands.flatMap((band) =>
        bandRows(band, y).map((row) => ({ ...row, x: placeOf(band.court) + gap, end: placeOf(band.court) + 1 - gap })),
      ),
      ...aged.map((one) => ({
        part: 'item',
        x: placeOf(one.court) + 2 * gap + (1 - 4 * gap) * jitterOf(one.unit.itemId),
        v: Math.max(youngestSeconds, one.age),
        risk: drawnText(say(`risk.${one.risk}`), sketch),
        text: agedText(one, sketch),
        item: one.unit.itemId,
      })),
    ],
    table: agedTable(aged, items, sketch),
    summary: [summary, sampleNote(items, sketch)].filter((part) => part !== null).join(' '),
    ...(shown.length > 1 && { legendNames: names }),
    spec: {
      width: context.width,
      height: context.height + 80,
      encoding: {
        x: { field: 'x', type: 'quantitative', scale: { domain: [0, places.length], nice: false }, axis: courtAxis(places, sketch) },
      },
      layer: [
        ...bandLayers(y, sketch),
        {
          transform: [{ filter: "datum.part === 'item'" }],
          mark: { type: 'point', filled: true, size: 46, opacity: 0.85, aria: false, invalid: 'filter' },
          encoding: {
            ...place,
            color: {
              field: 'risk',
              type: 'nominal',
              scale: { domain: names, range: shown.map((risk) => colourOf(risk, sketch)) },
              legend: shown.length > 1 ? legend : null,
            },
            shape: {
              field: 'risk',
              type: 'nominal',
              scale: { domain: names, range: shown.map((risk) => riskShapes[risk]) },
              legend: shown.length > 1 ? legend : null,
            },
          },
        },
        unitLayer(markLayer, aged.length, place),
      ],
    },
  };
}

function agedItems(items: UnitResult, forecasts: UnitResult): Aged[] {
  const chances = new Map(forecasts.rows.map((row) => [row.itemId, toldNumber(row.tells, 'p')]));
  return items.rows.flatMap((unit) => {
    const age = toldNumber(unit.tells, 'age');
    if (age === null) return [];
    const chance = chances.get(unit.itemId) ?? null;
    return [{ unit, court: String(unit.tells['court']), age, chance, risk: riskOf(unit, chance) }];
  });
}

function riskOf({ tells }: UnitRow, chance: number | null): Risk {
  if (toldNumber(tells, 'isDuePast') === 1) return 'late';
  if (toldNumber(tells, 'hasDate') !== 1) return 'none';
  return chance !== null && chance >= likelyFrom ? 'likely' : 'ahead';
}

function colourOf(risk: Risk, { colours }: Sketch): string | undefined {
  return { late: colours.signal, likely: colours.categories[3], ahead: colours.accent, none: colours.muted }[risk];
}

/** Ages between two paces, the lowest from the bottom of the axis. */
function bandRows({ p50, p85, p95 }: { p50: number; p85: number | null; p95: number | null }, y: ValueAxis) {
  const [bottom] = y.scale.domain;
  return [
    { part: 'band', pace: 'P50', level: 1, low: bottom, high: p50 },
    ...(p85 === null ? [] : [{ part: 'band', pace: 'P85', level: 2, low: p50, high: p85 }]),
    ...(p85 === null || p95 === null ? [] : [{ part: 'band', pace: 'P95', level: 3, low: p85, high: p95 }]),
  ];
}

function bandLayers(y: ValueAxis, { colours }: Sketch): Record<string, unknown>[] {
  const transform = [{ filter: "datum.part === 'band'" }];
  const high = { field: 'high', type: 'quantitative', scale: y.scale };
  return [
    {
      transform,
      mark: { type: 'rect', aria: false },
      encoding: {
        y: { field: 'low', type: 'quantitative', scale: y.scale, axis: y.axis },
        y2: { field: 'high' },
        x2: { field: 'end' },
        color: { value: colours.band },
        opacity: { field: 'level', type: 'quantitative', scale: { domain: [1, 3], range: [0.05, 0.2] }, legend: null },
      },
    },
    { transform, mark: { type: 'rule', strokeWidth: 1.5, color: colours.muted, aria: false }, encoding: { y: high, x2: { field: 'end' } } },
    // One further on than the other: lines that lie close together must not write on each other.
    ...[1, 2, 3].map((level) => ({
      transform: [...transform, { filter: `datum.level === ${level}` }],
      mark: {
        type: 'text',
        align: 'left',
        baseline: 'bottom',
        dx: 3 + 24 * (level - 1),
        dy: -2,
        fontSize: 10,
        color: colours.muted,
        aria: false,
      },
      encoding: { y: high, text: { field: 'pace' } },
    })),
  ];
}

/** Letters of a court's name beside those of its neighbours on a phone. */
const lineLength = 10;

/** Broken at its parts, and at words that would reach into the next one's share. */
function linesOf(name: string): string[] {
  return name.split(/[,،] /).flatMap((part) => (part.length > lineLength ? part.split(' ') : [part]));
}

/** A name under the middle of each court's share of the axis. */
function courtAxis(places: readonly string[], sketch: Sketch): Record<string, unknown> {
  const labels = Object.fromEntries(
    places.map((court, index) => [String(index + 0.5), linesOf(sketch.say(courtKey(court))).map((part) => drawnText(part, sketch))]),
  );
  return {
    title: null,
    grid: false,
    ticks: false,
    values: places.map((_, index) => index + 0.5),
    labelExpr: `${JSON.stringify(labels)}[datum.value]`,
    labelOverlap: false,
    labelLineHeight: 14,
  };
}

/** 0 to 1 by the id, so that items of one age lie beside each other and always at the same place. */
function jitterOf(itemId: string): number {
  return Number.parseInt(itemId.slice(-4), 16) / 0xffff;
}

function courtKey(court: string): MessageKey {
  return keyOf(`court.${court}`);
}

function agedText({ unit, court, age, risk, chance }: Aged, { say, format }: Sketch): string {
  const text = say('point.age', {
    item: itemName(unit),
    age: format.duration(age),
    court: say(courtKey(court)),
    risk: say(`risk.${risk}`),
  });
  return chance === null ? text : `${text} · ${say('point.chance', { chance: format.value(100 * chance, '%') })}`;
}

/** The oldest first. */
function agedTable(aged: Aged[], items: UnitResult, sketch: Sketch): TableCell[][] {
  const { say, format } = sketch;
  const cell = cellsIn(format);
  const head = [
    say('head.item'),
    cell.head(say('head.age'), 's'),
    say('head.court'),
    say('head.state'),
    cell.head(say('head.chance-late'), '%'),
  ];
  const lines = aged
    .toSorted((one, other) => other.age - one.age)
    .map(({ unit, age, court, risk, chance }) => [
      itemName(unit),
      cell.duration(age),
      say(courtKey(court)),
      say(`risk.${risk}`),
      cell.value(chance === null ? null : 100 * chance, '%'),
    ]);
  return [head, ...lines, ...sampleLines(items, head.length, sketch)];
}
