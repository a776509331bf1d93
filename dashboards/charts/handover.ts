import type { MetricRow } from '../metric-result.js';
import { keyOf } from '../i18n/messages.js';
import { cellsIn, type TableCell } from './cells.js';
import { countText, itemsQuery, noteText, segmentName, unitOfValue, type Sketch } from './drawing.js';

/** What drawings of handoffs share: who passes to whom, in words and as a table. */
export interface Flow {
  from: string;
  to: string;
  row: MetricRow;
}

export function flowsOf(rows: readonly MetricRow[], sketch: Sketch): Flow[] {
  return rows.filter((row) => row.n > 0).map((row) => ({ ...endsOf(row, sketch), row }));
}

function endsOf(row: MetricRow, { say }: Sketch): { from: string; to: string } {
  const [from, to] = row.pair ?? [row.by ?? '', ''];
  return { from: segmentName(from || null, say), to: segmentName(to || null, say) };
}

/** Those most work passes through, in and out. */
export function largestEnds(flows: readonly Flow[], most: number): string[] {
  const volume = new Map<string, number>();
  for (const { from, to, row } of flows) {
    volume.set(from, (volume.get(from) ?? 0) + row.n);
    volume.set(to, (volume.get(to) ?? 0) + row.n);
  }
  const ranked = [...volume].sort((a, b) => b[1] - a[1] || a[0].localeCompare(b[0]));
  return ranked.slice(0, most).map(([name]) => name);
}

/** What a tooltip and a screen reader say of one. */
export function flowText({ from, to, row }: Flow, { drawn, say, format }: Sketch): string {
  const answer = drawn[0]!;
  const said = [
    countText(answer, row.n, say),
    ...answer.info.values.map(
      (value) => `${say(keyOf(`value.${value}`))}: ${format.value(row.values?.[value], unitOfValue(answer.info, value))}`,
    ),
    noteText(row, say),
  ];
  return `${from} → ${to}: ${said.filter((part) => part !== '').join(' · ')}`;
}

/** What makes a mark open. */
export function openingOf(row: MetricRow, { drawn }: Sketch): { metric: string; n: number; items: string } {
  const answer = drawn[0]!;
  return { metric: answer.result.metric, n: row.n, items: itemsQuery(answer, row) };
}

export function matrixSummary(flows: readonly Flow[], sketch: Sketch): string {
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

export function matrixTable(flows: readonly Flow[], sketch: Sketch): TableCell[][] {
  const answer = sketch.drawn[0]!;
  const { say, format } = sketch;
  const cell = cellsIn(format);
  const head = [
    say('head.from'),
    say('head.to'),
    say('head.n'),
    ...answer.info.values.map((value) => cell.head(say(keyOf(`value.${value}`)), unitOfValue(answer.info, value))),
    say('head.note'),
  ];
  const lines = flows
    .toSorted((a, b) => b.row.n - a.row.n)
    .map(({ from, to, row }) => [
      from,
      to,
      cell.count(row.n),
      ...answer.info.values.map((value) => cell.value(row.values?.[value], unitOfValue(answer.info, value))),
      noteText(row, say),
    ]);
  return [head, ...lines];
}
