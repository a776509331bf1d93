import type { Formatter } from '../format.js';
import type { MessageKey, Translate } from '../i18n/messages.js';
import type { MetricInfo, MetricRow, Unit } from '../metric-result.js';
import { keyOf } from '../i18n/messages.js';
import { unitOfValue } from '../charts/drawing.js';

/** One sentence about numbers, made by rule and finished for reading. Page and PDF show it as it is. */
export interface Sentence {
  /** Unique in its list. */
  id: string;
  /** `week`: the last complete week; `period`: the whole window against the one before; `past`: weeks that were told otherwise. */
  about: 'week' | 'period' | 'past';
  tone: Tone;
  text: string;
  /** The chart it is about; null where it is about several. */
  chart: { board: string; chart: string } | null;
  /** Those that carry it, where it is a change that was split. */
  carriers: { by: string; text: string } | null;
  /** The panel of its chart says what the change is made of. */
  canAskWhy: boolean;
  /** The list behind its number: a metric, the query of its items, and how many they are, in words. */
  rows: { metric: string; items: string; text: string } | null;
  /** What a sentence about several numbers is about. */
  names: { board: string; chart: string; name: string }[];
}

/** `calm`: no more than chance. `different`: more than chance, and neither better nor worse in itself. */
export type Tone = 'better' | 'worse' | 'different' | 'calm';

/** The number of a chart in two windows and week by week, with all that sentences are made of. */
export interface Movement {
  board: string;
  chart: string;
  info: MetricInfo;
  /** Which of several values. */
  value: string | undefined;
  /** The one type it is of, because types share no percentile. */
  ofType: string | null;
  now: MetricRow | null;
  before: MetricRow | null;
  /** More than chance, no more than it, or not to be said. */
  evidence: 'signal' | 'noise' | 'unclear';
  /** Periods of a process behaviour chart of the metric's first value, oldest first. */
  weeks: MetricRow[];
  /** Whether the change between the windows can be split, and who carries it where it was. */
  canAskWhy: boolean;
  carriers: Carriers | null;
  /** Leads its board, so that it is told of even where nothing happened. */
  isLeading: boolean;
}

/** The segments of a dimension that carry a change beyond chance, the greatest share first. Shares are percent of the change. */
export interface Carriers {
  by: string;
  segments: { name: string | null; share: number }[];
}

/** The tongue sentences are said in. */
export interface Tongue {
  say: Translate;
  format: Formatter;
}

/** Name of the metric with its part and its type. */
export function movementName({ info, value, ofType }: Movement, { say }: Tongue, part = value ?? info.values[0]): string {
  const name = say(keyOf(`metric.${info.id}.name`));
  const title = part === undefined ? name : `${name} (${say(keyOf(`value.${part}`))})`;
  return ofType === null ? title : say('chart.of-type', { title, type: ofType });
}

export function unitOf({ info, value }: Movement, part = value ?? info.values[0]): Unit {
  return unitOfValue(info, part);
}

export function counted({ info }: Pick<Movement, 'info'>, n: number, { say }: Tongue): string {
  return say(`count.${info.counts}` satisfies MessageKey, { n });
}

/** Better or worse by the metric's own direction; what went up is `different` where neither is. */
export function toneOf({ info }: Movement, difference: number): Tone {
  if (info.direction === 'neither' || difference === 0) return 'different';
  return difference < 0 === (info.direction === 'lower') ? 'better' : 'worse';
}

/** What is worse comes before what is better, and that before what is only different. */
export function byTone(one: Sentence, other: Sentence): number {
  return rank[one.tone] - rank[other.tone];
}

const rank: Record<Tone, number> = { worse: 0, better: 1, different: 2, calm: 3 };

/** Query of the items behind a row. */
export function rowsBehind(movement: Movement, row: MetricRow, grain: 'week' | 'all', tongue: Tongue): Sentence['rows'] {
  const items = new URLSearchParams({ grain, bucket: row.bucket });
  if (movement.ofType !== null) items.set('type', movement.ofType);
  return { metric: movement.info.id, items: items.toString(), text: counted(movement, row.n, tongue) };
}
