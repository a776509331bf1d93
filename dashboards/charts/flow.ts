import { isRightToLeft } from '../i18n/messages.js';
import { drawnText, markLayer, type Drawing, type Sketch } from './drawing.js';
import { flowsOf, flowText, largestEnds, matrixSummary, matrixTable, openingOf, type Flow } from './handover.js';
import { waitClasses, waitClassOf } from './wait-classes.js';
import { legend } from './time-layers.js';

/** Teams on each side; smaller flows stay in the table. */
const mostTeams = 9;

/** Points along a ribbon: enough for a smooth bend. */
const bends = 16;

interface Node {
  name: string;
  top: number;
  bottom: number;
}

/** Where a flow leaves and where it arrives: its upper edge. */
interface Placed {
  flow: Flow;
  start: number;
  end: number;
}

/** From whom (one side) to whom (the other): the wider, the more; the darker, the longer half of them wait. */
export function flow(sketch: Sketch): Drawing {
  const answer = sketch.drawn[0]!;
  const { context, colours, say, format } = sketch;
  const flows = flowsOf(answer.result.rows, sketch);
  const ends = largestEnds(flows, mostTeams);
  const drawn = flows.filter(({ from, to }) => ends.includes(from) && ends.includes(to)).toSorted((a, b) => b.row.n - a.row.n);
  const total = Math.max(
    1,
    drawn.reduce((sum, { row }) => sum + row.n, 0),
  );
  const gap = (0.35 * total) / Math.max(4, ends.length);
  const from = nodesOf(drawn, 'from', ends, gap);
  const to = nodesOf(drawn, 'to', ends, gap);
  const height = Math.max(...[...from.values(), ...to.values()].map(({ bottom }) => bottom), 1);
  const classes = waitClasses(drawn.map(({ row }) => row.values?.wait ?? null));
  const names = classes.map((one) => drawnText(one.name(sketch), sketch));
  const ribbons = placedFlows(drawn, ends, from, to).flatMap((placed) =>
    ribbonRows(placed, names[waitClassOf(placed.flow.row.values?.wait ?? null, classes)] ?? '', sketch),
  );
  const isMirrored = isRightToLeft(context.locale);
  const nodes = (side: Map<string, Node>, at: number) =>
    [...side.values()].map(({ name, top, bottom }) => ({ part: 'node', name, at, top, bottom, middle: (top + bottom) / 2 }));
  const summary = [matrixSummary(flows, sketch)];
  if (drawn.length < flows.length)
    summary.push(say('summary.shown', { shown: format.count(drawn.length), all: format.count(flows.length) }));
  const across = { field: 'x', type: 'quantitative', scale: { domain: [0, 1], nice: false, reverse: isMirrored }, axis: null };
  const down = { type: 'quantitative', scale: { domain: [height, 0], nice: false, zero: false }, axis: null };
  const ribbon = { x: across, y: { field: 'top', ...down }, y2: { field: 'bottom' }, detail: { field: 'flow', type: 'nominal' } };
  const label = (at: 0 | 1, halo: boolean) => {
    const isAtStart = (at === 0) !== isMirrored;
    return {
      transform: [{ filter: `datum.part === 'node' && datum.at === ${at}` }],
      mark: {
        type: 'text',
        align: isAtStart ? 'left' : 'right',
        dx: isAtStart ? 13 : -13,
        fontSize: 12,
        aria: false,
        ...(halo ? { stroke: colours.ground, strokeWidth: 3.5, strokeJoin: 'round', color: colours.ground } : { color: colours.ink }),
      },
      encoding: { x: { ...across, field: 'at' }, y: { field: 'middle', ...down }, text: { field: 'name' } },
    };
  };
  return {
    rows: [...ribbons, ...nodes(from, 0), ...nodes(to, 1)],
    table: matrixTable(flows, sketch),
    summary: summary.join(' '),
    legendNames: names,
    spec: {
      width: context.width,
      height: Math.max(context.height, 46 * ends.length + 60),
      layer: [
        {
          transform: [{ filter: "datum.part === 'ribbon'" }],
          mark: {
            type: 'area',
            point: false,

            opacity: 0.78,
            stroke: colours.ground,
            strokeWidth: 0.8,
            aria: false,
          },
          encoding: {
            ...ribbon,
            color: {
              field: 'wait',
              type: 'nominal',
              scale: { domain: names, range: classes.map((one) => one.colour(colours)) },
              legend: { ...legend, title: drawnText(say('legend.wait'), sketch), symbolType: 'square' },
            },
          },
        },
        {
          transform: [{ filter: "datum.part === 'node'" }],
          mark: { type: 'rule', strokeWidth: 9, color: colours.muted, aria: false },
          encoding: { x: { ...across, field: 'at' }, y: { field: 'top', ...down }, y2: { field: 'bottom' } },
        },
        label(0, true),
        label(0, false),
        label(1, true),
        label(1, false),
        {
          name: markLayer,
          transform: [{ filter: "datum.part === 'ribbon'" }],
          mark: { type: 'area', point: false, opacity: 0, cursor: 'pointer' },
          encoding: { ...ribbon, description: { field: 'text' }, tooltip: { field: 'text' } },
        },
      ],
    },
  };
}

/** Teams of a side from the top, the busiest first, a gap between them. */
function nodesOf(flows: Flow[], side: 'from' | 'to', ends: string[], gap: number): Map<string, Node> {
  const nodes = new Map<string, Node>();
  let top = 0;
  for (const name of ends) {
    const size = flows.filter((one) => one[side] === name).reduce((sum, { row }) => sum + row.n, 0);
    if (size === 0) continue;
    nodes.set(name, { name, top, bottom: top + size });
    top += size + gap;
  }
  return nodes;
}

/** The flows of a team lie in the order of the teams they go to or come from, so that few cross. */
function placedFlows(flows: Flow[], ends: string[], from: Map<string, Node>, to: Map<string, Node>): Placed[] {
  const edges = (side: 'from' | 'to', nodes: Map<string, Node>) => {
    const other = side === 'from' ? 'to' : 'from';
    const next = new Map([...nodes].map(([name, { top }]) => [name, top]));
    const found = new Map<Flow, number>();
    for (const flow of flows.toSorted((a, b) => ends.indexOf(a[other]) - ends.indexOf(b[other]))) {
      const top = next.get(flow[side]) ?? 0;
      found.set(flow, top);
      next.set(flow[side], top + flow.row.n);
    }
    return found;
  };
  const [starts, arrivals] = [edges('from', from), edges('to', to)];
  return flows.map((flow) => ({ flow, start: starts.get(flow) ?? 0, end: arrivals.get(flow) ?? 0 }));
}

/** A ribbon is one mark, known by the point it is drawn from: one of its ends. */
function ribbonRows({ flow, start, end }: Placed, wait: string, sketch: Sketch): Record<string, unknown>[] {
  return Array.from({ length: bends + 1 }, (_, index) => {
    const x = index / bends;
    const top = start + (end - start) * x * x * (3 - 2 * x);
    const point = { part: 'ribbon', flow: `${flow.from} → ${flow.to}`, x, top, bottom: top + flow.row.n, wait };
    return index > 0 && index < bends ? point : { ...point, ...openingOf(flow.row, sketch), text: flowText(flow, sketch) };
  });
}
