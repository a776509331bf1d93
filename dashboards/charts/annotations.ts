import type { ChartNote, FinishedNote } from '../note.js';
import type { TableCell } from './cells.js';
import { drawnText, markLayer, type Drawing, type Sketch } from './drawing.js';

/** Notes of a drawing over time: each has a number at the period it begins in, and a band to the one it ends in. */

interface Annotation extends FinishedNote {
  /** Of the axis; the same where it lies within one period. */
  first: string;
  last: string;
}

export interface Annotated {
  drawing: Drawing;
  notes: FinishedNote[];
}

/** The drawing with the notes of its time, in the order of time. What has no axis of periods is left as it is. */
export function annotated(drawing: Drawing, sketch: Sketch): Annotated {
  const buckets = bucketsOf(drawing);
  const annotations = buckets === null ? [] : annotationsOf(buckets, sketch);
  if (buckets === null || annotations.length === 0) return { drawing, notes: [] };
  const layers = (drawing.spec?.['layer'] ?? []) as readonly { name?: string }[];
  const isRead = ({ name }: { name?: string }) => name === markLayer;
  const { below, above } = annotationLayers(annotations, sketch);
  return {
    drawing: {
      ...drawing,
      // Numbers lie over the lines, and under what takes pointer and keyboard.
      spec: { ...drawing.spec, layer: [...below, ...layers.filter((layer) => !isRead(layer)), ...above, ...layers.filter(isRead)] },
      rows: drawing.rows.map((row) => toldRow(row, annotations)),
      table: annotatedTable(drawing.table, buckets, annotations, sketch),
    },
    notes: annotations.map(({ first: _first, last: _last, ...note }) => note),
  };
}

/** For whoever reads the drawing as one picture. */
export function notesText(notes: readonly FinishedNote[], { say, format }: Pick<Sketch, 'say' | 'format'>): string {
  if (notes.length === 0) return '';
  const told = notes.map((note) => `${note.number} ${note.text} (${note.period})`);
  return say('notes.told', { notes: format.list(told, 'semicolon') });
}

/** The periods of the axis, oldest first; null for a drawing over anything else. */
function bucketsOf({ spec }: Drawing): string[] | null {
  if (!Array.isArray(spec?.['layer'])) return null;
  const { x } = (spec['encoding'] ?? {}) as { x?: { field?: string; scale?: { domain?: unknown } } };
  const domain = x?.scale?.domain;
  return x?.field === 'bucket' && Array.isArray(domain) ? domain.map(String) : null;
}

function annotationsOf(buckets: readonly string[], sketch: Sketch): Annotation[] {
  const { context, drawn, format, say } = sketch;
  const end = drawn[0]?.result.to ?? '';
  const begin = buckets[0] ?? '';
  return (context.notes ?? [])
    .filter((note) => note.from < end && note.to > begin)
    .sort((one, other) => (one.from === other.from ? (one.text < other.text ? -1 : 1) : one.from < other.from ? -1 : 1))
    .map((note, index) => ({
      id: note.id,
      number: format.count(index + 1),
      kind: say(`notes.kind.${note.kind}`),
      period: periodText(note, sketch),
      text: note.text,
      first: buckets.findLast((bucket) => bucket <= note.from) ?? begin,
      last: buckets.findLast((bucket) => bucket < note.to) ?? begin,
    }));
}

function periodText({ from, to }: ChartNote, { format }: Sketch): string {
  const last = dayBefore(to);
  return last === from ? format.date(from) : `${format.date(from)} – ${format.date(last)}`;
}

function annotationLayers(annotations: readonly Annotation[], sketch: Sketch): Record<'below' | 'above', Record<string, unknown>[]> {
  const { colours } = sketch;
  // Notes that begin in one period share its place: their numbers stand below each other.
  const values = annotations.map(({ first, last, number }, index) => ({
    bucket: first,
    until: last,
    number: drawnText(number, sketch),
    place: 9 + 17 * annotations.slice(0, index).filter((other) => other.first === first).length,
  }));
  const data = { values };
  const x = { field: 'bucket', type: 'ordinal' };
  const y = { field: 'place', type: 'quantitative', scale: null, axis: null };
  const below = [
    {
      data: { values: values.filter(({ bucket, until }) => bucket !== until) },
      mark: { type: 'rect', color: colours.muted, opacity: 0.16, aria: false },
      encoding: { x, x2: { field: 'until' }, y: { value: 0 }, y2: { value: 'height' } },
    },
    {
      data,
      mark: { type: 'rule', color: colours.muted, strokeDash: [2, 3], strokeWidth: 1.5, aria: false },
      encoding: { x, y: { value: 0 }, y2: { value: 'height' } },
    },
  ];
  const above = [
    {
      data,
      mark: { type: 'point', shape: 'circle', filled: true, size: 230, color: colours.muted, opacity: 1, aria: false },
      encoding: { x, y },
    },
    {
      data,
      mark: { type: 'text', color: colours.ground, fontSize: 10.5, fontWeight: 700, aria: false },
      encoding: { x, y, text: { field: 'number', type: 'nominal' } },
    },
  ];
  return { below, above };
}

function notesIn(bucket: unknown, annotations: readonly Annotation[]): Annotation[] {
  return annotations.filter(({ first, last }) => typeof bucket === 'string' && first <= bucket && bucket <= last);
}

/** A mark is read out with the notes of its period. */
function toldRow(row: Record<string, unknown>, annotations: readonly Annotation[]): Record<string, unknown> {
  const notes = notesIn(row['bucket'], annotations);
  if (notes.length === 0 || typeof row['text'] !== 'string') return row;
  return { ...row, text: [row['text'], ...notes.map(({ number, text }) => `${number}: ${text}`)].join(' · ') };
}

/** A column more, where the lines of the table are those of the periods. */
function annotatedTable(
  table: TableCell[][],
  buckets: readonly string[],
  annotations: readonly Annotation[],
  { drawn, say, format }: Sketch,
): TableCell[][] {
  const [head, ...lines] = table;
  const rows = drawn[0]?.result.rows.map(({ bucket }) => bucket) ?? [];
  const order = [rows, buckets].find(({ length }) => length === lines.length);
  if (!head || !order) return table;
  const told = lines.map((line, index) => [
    ...line,
    format.list(
      notesIn(order[index], annotations).map(({ number, text }) => `${number}: ${text}`),
      'semicolon',
    ),
  ]);
  return [[...head, say('notes.column')], ...told];
}

function dayBefore(localDate: string): string {
  const day = new Date(`${localDate}T00:00:00Z`);
  day.setUTCDate(day.getUTCDate() - 1);
  return day.toISOString().slice(0, 10);
}
