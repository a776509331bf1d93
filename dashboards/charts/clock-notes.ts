import type { FinishedNote } from '../note.js';
import { localDay, secondsOfDay } from './clock-axis.js';
import type { Drawing, Sketch } from './drawing.js';
import { noteLayers, notesBetween, withNotes } from './note-layers.js';

const daySeconds = 86_400;

/** Pixels a number needs for itself. */
const numberWidth = 20;

/** The drawing of an axis whose time is a length, with the notes of its days: each from the beginning of its first one. */
export function annotatedClock(
  drawing: Drawing,
  { field, ends: [begin, end] }: NonNullable<Drawing['clock']>,
  sketch: Sketch,
): { drawing: Drawing; notes: FinishedNote[] } {
  const notes = drawing.spec === null ? [] : notesBetween(localDay(begin), localDay(end + daySeconds - 1), sketch);
  if (notes.length === 0) return { drawing, notes: [] };
  const near = ((end - begin) / sketch.context.width) * numberWidth;
  const starts = notes.map(({ from }) => Math.max(begin, secondsOfDay(from)));
  const drawn = notes.map(({ from, to, number }, index) => {
    const at = starts[index] ?? begin;
    const isOneDay = secondsOfDay(to) - secondsOfDay(from) <= daySeconds;
    const row = starts.slice(0, index).filter((other) => at - other < near).length;
    return { [field]: at, until: isOneDay ? at : Math.min(end, secondsOfDay(to)), number, row };
  });
  return {
    drawing: { ...drawing, spec: withNotes(drawing.spec, noteLayers(drawn, { field, type: 'quantitative' }, sketch)) },
    notes: notes.map(({ from: _from, to: _to, ...note }) => note),
  };
}
