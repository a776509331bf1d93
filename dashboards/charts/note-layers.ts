import { dayBefore } from '../format.js';
import type { ChartNote, FinishedNote } from '../note.js';
import { drawnText, markLayer, type Drawing, type Sketch } from './drawing.js';

/** What notes are drawn with, under the marks and over them. */
export type NoteLayers = Record<'below' | 'above', Record<string, unknown>[]>;

/** A note as it is drawn: `row` counts those above it at its place; the axis' field has where it begins, `until` where it ends. */
type DrawnNote = Record<string, unknown> & { number: string; row: number };

/** The notes of the days from `begin` to `end`, the second left out, numbered in the order of time. */
export function notesBetween(begin: string, end: string, sketch: Sketch): (FinishedNote & Pick<ChartNote, 'from' | 'to'>)[] {
  const { context, format, say } = sketch;
  return (context.notes ?? [])
    .filter((note) => note.from < end && note.to > begin)
    .sort((one, other) => (one.from === other.from ? (one.text < other.text ? -1 : 1) : one.from < other.from ? -1 : 1))
    .map((note, index) => ({
      id: note.id,
      number: format.count(index + 1),
      kind: say(`notes.kind.${note.kind}`),
      period: periodText(note, sketch),
      text: note.text,
      from: note.from,
      to: note.to,
    }));
}

/** A dotted line where each begins with its number on top, and a band to where it ends, if that is elsewhere. */
export function noteLayers(notes: readonly DrawnNote[], axis: { field: string; type: string }, sketch: Sketch): NoteLayers {
  const { colours } = sketch;
  const values = notes.map(({ row, number, ...note }) => ({ ...note, number: drawnText(number, sketch), place: 9 + 17 * row }));
  const data = { values };
  const x = axis;
  const y = { field: 'place', type: 'quantitative', scale: null, axis: null };
  const below = [
    {
      data: { values: values.filter((note: Record<string, unknown>) => note[axis.field] !== note['until']) },
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

/** Numbers lie over the lines, and under what takes pointer and keyboard. */
export function withNotes(spec: Drawing['spec'], { below, above }: NoteLayers): Drawing['spec'] {
  const layers = (spec?.['layer'] ?? []) as readonly { name?: string }[];
  const isRead = ({ name }: { name?: string }) => name === markLayer;
  return { ...spec, layer: [...below, ...layers.filter((layer) => !isRead(layer)), ...above, ...layers.filter(isRead)] };
}

function periodText({ from, to }: ChartNote, { format }: Sketch): string {
  const last = dayBefore(to);
  return last === from ? format.date(from) : `${format.date(from)} – ${format.date(last)}`;
}
