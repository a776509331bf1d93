import type { FinishedNote } from '../note.js';
import type { TableCell } from './cells.js';
import { annotatedClock } from './clock-notes.js';
import type { Drawing, Sketch } from './drawing.js';
import { noteLayers, notesBetween, withNotes, type NoteLayers } from './note-layers.js';

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
  if (drawing.clock) return annotatedClock(drawing, drawing.clock, sketch);
  const buckets = bucketsOf(drawing);
  const annotations = buckets === null ? [] : annotationsOf(buckets, sketch);
  if (buckets === null || annotations.length === 0) return { drawing, notes: [] };
  return {
    drawing: {
      ...drawing,
      spec: withNotes(drawing.spec, annotationLayers(annotations, sketch)),
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
  const begin = buckets[0] ?? '';
  return notesBetween(begin, sketch.drawn[0]?.result.to ?? '', sketch).map(({ from, to, ...note }) => ({
    ...note,
    first: buckets.findLast((bucket) => bucket <= from) ?? begin,
    last: buckets.findLast((bucket) => bucket < to) ?? begin,
  }));
}

function annotationLayers(annotations: readonly Annotation[], sketch: Sketch): NoteLayers {
  const drawn = annotations.map(({ first, last, number }, index) => ({
    bucket: first,
    until: last,
    number,
    // Notes that begin in one period share its place.
    row: annotations.slice(0, index).filter((other) => other.first === first).length,
  }));
  return noteLayers(drawn, { field: 'bucket', type: 'ordinal' }, sketch);
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
