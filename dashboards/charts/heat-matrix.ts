import type { MetricRow } from '../metric-result.js';
import { isRightToLeft, keyOf } from '../i18n/messages.js';
import { countText, itemsQuery, markLayer, noteText, segmentName, unitOfValue, type Drawing, type Sketch } from './drawing.js';

/** Rows and columns drawn; smaller flows stay in the table. */
export const mostEnds = 12;

const cellHeight = 40;

interface Flow {
  from: string;
  to: string;
  row: MetricRow;
}

/** From whom (rows) to whom (columns); the darker, the more. */
export function heatMatrix(sketch: Sketch): Drawing {
  const answer = sketch.drawn[0]!;
  const { context, colours, say, format } = sketch;
  const flows = answer.result.rows.filter((row) => row.n > 0).map((row) => ({ ...endsOf(row, sketch), row }));
  const ends = largestEnds(flows);
  const drawn = flows.filter((flow) => ends.includes(flow.from) && ends.includes(flow.to));
  const isMirrored = isRightToLeft(context.locale);
  const most = Math.max(1, ...drawn.map((flow) => flow.row.n));
  const rows = drawn.map((flow) => markRow(flow, most, sketch));
  const overhang = Math.min(80, 4 + 5 * (ends.at(-1)?.length ?? 0));
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
      width: context.width,
      height: ends.length * cellHeight + 110,
      encoding: {
        x: {
          field: 'to',
          type: 'nominal',
          sort: null,
          scale: { domain: isMirrored ? ends.toReversed() : ends, paddingInner: 0.06 },
          axis: { ...axis, orient: 'top', labelAngle: isMirrored ? 30 : -30, title: say('axis.to') },
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

function endsOf(row: MetricRow, { say }: Sketch): { from: string; to: string } {
  const [from, to] = row.pair ?? [row.by ?? '', ''];
  return { from: segmentName(from || null, say), to: segmentName(to || null, say) };
}

/** Those most work passes through, in and out. */
function largestEnds(flows: Flow[]): string[] {
  const volume = new Map<string, number>();
  for (const { from, to, row } of flows) {
    volume.set(from, (volume.get(from) ?? 0) + row.n);
    volume.set(to, (volume.get(to) ?? 0) + row.n);
  }
  const ranked = [...volume].sort((a, b) => b[1] - a[1] || a[0].localeCompare(b[0]));
  return ranked.slice(0, mostEnds).map(([name]) => name);
}

function markRow(flow: Flow, most: number, sketch: Sketch): Record<string, unknown> {
  const answer = sketch.drawn[0]!;
  const { say, format } = sketch;
  const said = [
    countText(answer, flow.row.n, say),
    ...answer.info.values.map(
      (value) => `${say(keyOf(`value.${value}`))}: ${format.value(flow.row.values?.[value], unitOfValue(answer.info, value))}`,
    ),
    noteText(flow.row, say),
  ];
  return {
    metric: answer.result.metric,
    from: flow.from,
    to: flow.to,
    n: flow.row.n,
    label: format.count(flow.row.n),
    isDark: flow.row.n > 0.55 * most,
    text: `${flow.from} → ${flow.to}: ${said.filter((part) => part !== '').join(' · ')}`,
    items: itemsQuery(answer, flow.row),
  };
}

function matrixSummary(flows: Flow[], sketch: Sketch): string {
  const { say, format } = sketch;
  const top = flows.toSorted((a, b) => b.row.n - a.row.n)[0];
  if (!top) return say('summary.empty');
  const total = flows.reduce((sum, flow) => sum + flow.row.n, 0);
  const wait = top.row.values?.wait;
  const shared = {
    from: top.from,
    to: top.to,
    count: format.count(top.row.n),
    total: format.count(total),
    share: format.value(top.row.values?.share ?? (100 * top.row.n) / total, '%'),
  };
  return typeof wait === 'number'
    ? say('summary.matrix', { ...shared, wait: format.duration(wait) })
    : say('summary.matrix.no-wait', shared);
}

function matrixTable(flows: Flow[], sketch: Sketch): string[][] {
  const answer = sketch.drawn[0]!;
  const { say, format } = sketch;
  const head = [
    say('head.from'),
    say('head.to'),
    say('head.n'),
    ...answer.info.values.map((value) => say(keyOf(`value.${value}`))),
    say('head.note'),
  ];
  const lines = flows
    .toSorted((a, b) => b.row.n - a.row.n)
    .map(({ from, to, row }) => [
      from,
      to,
      format.count(row.n),
      ...answer.info.values.map((value) => format.value(row.values?.[value], unitOfValue(answer.info, value))),
      noteText(row, say),
    ]);
  return [head, ...lines];
}
