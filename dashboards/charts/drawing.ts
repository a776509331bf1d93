import type { Answer, ChartContext, ChartDefinition } from '../dashboard.js';
import type { Formatter } from '../format.js';
import { isRightToLeft, type MessageKey, type Translate } from '../i18n/messages.js';
import type { MetricInfo, MetricRow, Unit } from '../metric-result.js';
import type { Palette } from '../theme.js';
import type { UnitResult } from '../unit-result.js';
import type { TableCell } from './cells.js';

/** What a chart kind gets: the answers to draw, and the tongue to say them in. */
export interface Sketch {
  definition: ChartDefinition;
  drawn: Answer[];
  /** What is drawn behind, of the window compared with. */
  compared?: Answer;
  units: readonly UnitResult[];
  context: ChartContext;
  say: Translate;
  format: Formatter;
  colours: Palette;
}

/**
 * A text of ours as it goes into a drawing. SVG lays texts out from left to right; where the language runs from the right, it is told
 * so from the first letter to the last, whatever sign or figure it begins and ends with.
 */
export function drawnText(text: string, { context }: Pick<Sketch, 'context'>): string {
  return isRightToLeft(context.locale) ? `\u202b${text}\u202c` : text;
}

/** What a chart kind gives back. `spec` null: nothing to draw, the summary says why. */
export interface Drawing {
  spec: Record<string, unknown> | null;
  rows: Record<string, unknown>[];
  table: TableCell[][];
  summary: string;
  /** Where its axis of time is a length and not a row of periods: the field, and its ends in local seconds. */
  clock?: { field: string; ends: [number, number] };
  /** Names in the legend, if it has one. */
  legendNames?: string[];
}

/** The layer that takes pointer and keyboard; its marks carry `items`. */
export const markLayer = 'open';

export interface Notes {
  /** Not over yet, or cut by the window: drawn hollow and compared with nothing. */
  isIncomplete: boolean;
  excluded: number;
  /** Process behaviour only; where several are told, the strongest. */
  signal: Signal | null;
  words: string[];
}

export const signals = ['outside', 'run', 'moving-range'] as const;
export type Signal = (typeof signals)[number];

export function notesOf(row: MetricRow): Notes {
  const words = (row.note ?? '').split(';').filter((word) => word !== '');
  const excluded = words.find((word) => word.startsWith('excluded:'));
  return {
    isIncomplete: words.includes('running') || words.includes('partial'),
    excluded: excluded ? Number(excluded.slice('excluded:'.length)) : 0,
    signal: signals.find((signal) => words.includes(`signal:${signal}`)) ?? null,
    words,
  };
}

/** All notes of a row as a reader takes them; a word without a text is shown as it is. */
export function noteText(row: MetricRow, say: Translate): string {
  const { excluded, words } = notesOf(row);
  const texts = words.filter((word) => !word.startsWith('excluded:')).map((word) => wordText(word, say));
  if (excluded > 0) texts.push(say('note.excluded', { n: excluded }));
  return texts.join(' · ');
}

/** `too-few:p95` is about one of several values. */
function wordText(word: string, say: Translate): string {
  if (isNoteWord(word)) return say(noteKeys[word]);
  const [kind = '', name = ''] = word.split(':');
  return isNoteWord(kind) ? `${name}: ${say(noteKeys[kind])}` : word;
}

const noteKeys = {
  'too-few': 'note.too-few',
  'not-reached': 'note.not-reached',
  empty: 'note.empty',
  running: 'note.running',
  partial: 'note.partial',
  'mixed-types': 'note.mixed-types',
  undefined: 'note.undefined',
  baseline: 'note.baseline',
  'signal:outside': 'legend.outside',
  'signal:run': 'legend.run',
  'signal:moving-range': 'legend.moving-range',
  'outside:95': 'note.outside-95',
  'outside:998': 'note.outside-998',
} as const;

function isNoteWord(word: string): word is keyof typeof noteKeys {
  return Object.hasOwn(noteKeys, word);
}

/** The single number of a row, or the named one of several. */
export function numberOf(row: MetricRow, name?: string): number | null {
  if (!row.values) return row.value ?? null;
  return row.values[name ?? Object.keys(row.values)[0] ?? ''] ?? null;
}

/** Unit of one of a metric's values, or of its only one. */
export function unitOfValue(info: MetricInfo, name: string | undefined): Unit {
  return (name !== undefined && info.units?.[name]) || info.unit;
}

export function segmentName(by: string | null, say: Translate): string {
  return by ?? say('segment.none');
}

/** Query of the items behind a mark, without the window and the filters, which the page adds. */
export function itemsQuery(answer: Answer, row: MetricRow, part?: string): string {
  const { grain, by } = answer.result;
  const query = new URLSearchParams({ grain, bucket: row.bucket });
  if (by) query.set('by', by);
  if (row.by !== null) query.set('segment', row.by);
  if (part) query.set('part', part);
  return query.toString();
}

export function countText(answer: Answer, n: number, say: Translate): string {
  return say(countKeys[answer.info.counts], { n });
}

const countKeys: Record<Answer['info']['counts'], MessageKey> = {
  items: 'count.items',
  handoffs: 'count.handoffs',
  promises: 'count.promises',
  resolutions: 'count.resolutions',
  messages: 'count.messages',
  ratings: 'count.ratings',
  journeys: 'count.journeys',
  answers: 'count.answers',
};

/** What a tooltip and a screen reader say of one mark. */
export function markText(title: string, value: string, answer: Answer, row: MetricRow, sketch: Sketch): string {
  const parts = [`${title}: ${value}`, countText(answer, row.n, sketch.say), noteText(row, sketch.say)];
  return parts.filter((part) => part !== '').join(' · ');
}
