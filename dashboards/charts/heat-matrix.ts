import { isRightToLeft } from '../i18n/messages.js';
import { markLayer, type Drawing, type Sketch } from './drawing.js';
import { flowsOf, flowText, largestEnds, matrixSummary, matrixTable, openingOf, type Flow } from './handover.js';

/** Rows and columns drawn; smaller flows stay in the table. */
export const mostEnds = 12;

const cellHeight = 40;

/** Narrower than this, the names of the columns stand upright: slanted ones reach beyond the last and leave the cells no room. */
const upright = 460;

/** From whom (rows) to whom (columns); the darker, the more. */
export function heatMatrix(sketch: Sketch): Drawing {
  const answer = sketch.drawn[0]!;
  const { context, colours, say, format } = sketch;
  const flows = flowsOf(answer.result.rows, sketch);
  const ends = largestEnds(flows, mostEnds);
  const drawn = flows.filter((flow) => ends.includes(flow.from) && ends.includes(flow.to));
  const isMirrored = isRightToLeft(context.locale);
  const most = Math.max(1, ...drawn.map((flow) => flow.row.n));
  const rows = drawn.map((flow) => markRow(flow, most, sketch));
  const overhang = Math.min(80, 4 + 5 * (ends.at(-1)?.length ?? 0));
  const angle = isMirrored ? 30 : -30;
  const axis = { title: null, domain: false, ticks: false, labelLimit: 220, grid: false };
  const summary = [matrixSummary(flows, sketch)];
  if (drawn.length < flows.length)
    summary.push(say('summary.shown', { shown: format.count(drawn.length), all: format.count(flows.length) }));
  return {
    rows,
    table: matrixTable(flows, sketch),
    summary: summary.join(' '),
    spec: {
      // The slanted name of the outermost column reaches beyond it.
      padding: { left: isMirrored ? overhang : 4, right: isMirrored ? 4 : overhang, top: 4, bottom: 4 },
      params: [{ name: 'columnAngle', value: angle }],
      usermeta: { narrow: { below: upright, spec: { params: [{ name: 'columnAngle', value: -90 }], padding: 4 } } },
      width: context.width,
      height: ends.length * cellHeight + 110,
      encoding: {
        x: {
          field: 'to',
          type: 'nominal',
          sort: null,
          scale: { domain: isMirrored ? ends.toReversed() : ends, paddingInner: 0.06 },
          axis: { ...axis, orient: 'top', labelAngle: { expr: 'columnAngle' }, title: say('axis.to') },
        },
        y: {
          field: 'from',
          type: 'nominal',
          sort: null,
          scale: { domain: ends, paddingInner: 0.06 },
          axis: { ...axis, orient: isMirrored ? 'right' : 'left', title: say('axis.from') },
        },
      },
      layer: [
        {
          mark: { type: 'rect', cornerRadius: 3, aria: false },
          encoding: {
            color: { field: 'n', type: 'quantitative', scale: { domain: [0, most], range: colours.scale, type: 'linear' }, legend: null },
          },
        },
        {
          mark: { type: 'text', fontSize: 12, aria: false },
          encoding: {
            text: { field: 'label' },
            color: { condition: { test: 'datum.isDark', value: context.theme === 'light' ? '#ffffff' : '#0d1319' }, value: colours.ink },
          },
        },
        {
          name: markLayer,
          mark: { type: 'rect', opacity: 0, cursor: 'pointer' },
          encoding: { description: { field: 'text' }, tooltip: { field: 'text' } },
        },
      ],
    },
  };
}

function markRow(flow: Flow, most: number, sketch: Sketch): Record<string, unknown> {
  const { from, to, row } = flow;
  return {
    ...openingOf(row, sketch),
    from,
    to,
    label: sketch.format.count(row.n),
    isDark: row.n > 0.55 * most,
    text: flowText(flow, sketch),
  };
}
