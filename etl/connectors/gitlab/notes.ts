import { Temporal } from 'temporal-polyfill';

/** What a system note says of owners, due date and other issues. GitLab writes it as text, and the new value only. */
export interface ToldChange {
  assigned: string[];
  unassigned: string[];
  /** All were unassigned: an old wording. */
  isCleared: boolean;
  /** A date, or null where it was removed; absent where the note says nothing of it. */
  due?: string | null;
  /** References as written: `#12`, `group/project#12`. */
  related: string[];
}

const name = '@[\\w.-]*\\w';
const names = `((?:${name})(?:(?:,? and |, )(?:${name}))*)`;
const assigned = new RegExp(`\\bassigned to ${names}`);
const unassigned = new RegExp(`\\bunassigned ${names}`);
const changedDue = /\bchanged due date to ([A-Z][a-z]+) (\d{1,2}), (\d{4})\b/;
const months = [
  ...['january', 'february', 'march', 'april', 'may', 'june'],
  ...['july', 'august', 'september', 'october', 'november', 'december'],
];

/** Notes that say nothing of owner, status or due date, by how they begin. */
const silent = new RegExp(
  `^(${[
    ...['added', 'removed', 'changed', 'set', 'cleared', 'deleted', 'subtracted', 'mentioned in', 'marked', 'unmarked', 'relates to'],
    ...['closed', 'reopened', 'moved', 'cloned', 'copied', 'created', 'locked', 'unlocked', 'made', 'enabled', 'disabled', 'reordered'],
    ...[
      'promoted',
      'requested',
      'resolved',
      'restored',
      'blocks',
      'is blocked by',
      'blocked',
      'unblocked',
      'converted',
      'designs?',
      'started',
    ],
    ...['edited', 'approved', 'unapproved', 'imported', 'updated', 'reassigned', 'connected', 'disconnected', 'estimated', 'escalated'],
  ].join('|')})\\b`,
  'i',
);

/** Reads a system note. `unread`: it speaks of owner or due date in words that are not known; `unknown`: of nothing that is known. */
export function readNote(body: string): ToldChange | 'unread' | 'unknown' {
  const told: ToldChange = {
    assigned: [],
    unassigned: [],
    isCleared: /^removed assignee\b/.test(body),
    related: /^(marked this issue as (related to|blocking|blocked by)|mentioned in issue) /.test(body) ? referencesIn(body) : [],
  };
  // By its beginning: a title or a branch that is quoted later in a note may speak of anything.
  if (/^(un)?assigned /.test(body)) {
    told.assigned = namesIn(assigned.exec(body)?.[1]);
    told.unassigned = namesIn(unassigned.exec(body)?.[1]);
    return told.assigned.length + told.unassigned.length > 0 ? told : 'unread';
  }
  if (/^(changed|removed|set) (start|due) date\b/.test(body)) {
    const date = changedDue.exec(body);
    if (/\bremoved due date\b/.test(body)) told.due = null;
    else if (date) {
      const due = dateOf(date);
      if (due === null) return 'unread';
      told.due = due;
    } else if (/\bdue date\b/.test(body)) return 'unread';
    return told;
  }
  if (silent.test(body)) return told;
  return /\bassign|\bdue date\b/i.test(body) ? 'unread' : 'unknown';
}

/** No path of a project is as long as the words that are passed over, in which each letter might begin one. */
function referencesIn(body: string): string[] {
  return body.split(/\s+/).flatMap((word) => (word.length > 400 ? [] : (word.match(/(?:[\w.-]+(?:\/[\w.-]+)+)?#\d+/g) ?? [])));
}

function namesIn(list: string | undefined): string[] {
  return (list?.match(new RegExp(name, 'g')) ?? []).map((found) => found.slice(1));
}

function dateOf([, monthName = '', day, year]: RegExpExecArray): string | null {
  const month = months.findIndex((each) => each.startsWith(monthName.toLowerCase())) + 1;
  if (month === 0) return null;
  try {
    return Temporal.PlainDate.from({ year: Number(year), month, day: Number(day) }, { overflow: 'reject' }).toString();
  } catch (error) {
    if (error instanceof RangeError) return null;
    throw error;
  }
}
