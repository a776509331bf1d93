import type { StatusMeaning } from '../connector.js';

const words: [StatusMeaning, RegExp][] = [
  ['cancelled', /\b(reject|cancel|declin|won'?t|wont|duplicate|invalid|deleted|spam|withdrawn|abandon)/],
  ['customer', /\b(feedback|resolved|waiting (for|on) (the )?(customer|reporter|requestor|user|client)|pending|answered|need(s)? info)/],
  ['third_party', /\b(stalled|on hold|hold|vendor|supplier|third.?party|blocked|external)/],
  ['done', /\b(closed|done|complete|finished|fixed|solved)/],
  ['ours_active', /\b(in progress|open|active|working|doing|started|assigned|review|test)/],
  ['ours_waiting', /\b(new|backlog|to.?do|queue|triage|accepted|confirmed|reopened|ready|planned)/],
];

/**
 * What a status of this name probably means, for a person to correct; `unmapped` where the name says nothing. `isClosed`:
 * the tool itself says that the status ends an item, or that it does not.
 */
export function guessMeaning(name: string, isClosed?: boolean): StatusMeaning {
  const lower = name.toLowerCase();
  const fitting = words.filter(([, pattern]) => pattern.test(lower)).map(([meaning]) => meaning);
  if (isClosed === true) return fitting.includes('cancelled') ? 'cancelled' : 'done';
  const ends: readonly StatusMeaning[] = ['done', 'cancelled'];
  return fitting.find((meaning) => isClosed === undefined || !ends.includes(meaning)) ?? 'unmapped';
}
