import { notesOf } from '../charts/drawing.js';
import type { MetricRow, Unit } from '../metric-result.js';
import { byTone, counted, movementName, rowsBehind, toneOf, unitOf, type Movement, type Sentence, type Tongue } from './sentence.js';

/** A complete week of a number against the limits of its process behaviour chart. */
interface Week {
  row: MetricRow;
  value: number;
  mean: number;
  lower: number;
  upper: number;
}

/** First day of the last complete week of the numbers; null where none has one. */
export function lastWeek(movements: readonly Movement[]): string | null {
  const weeks = movements.flatMap(({ weeks: rows }) => rows.filter((row) => !notesOf(row).isIncomplete).map(({ bucket }) => bucket));
  return weeks.reduce<string | null>((last, bucket) => (last === null || bucket > last ? bucket : last), null);
}

/** What the last complete week says: every signal, the leading numbers in any case, and how many others kept within their range. */
export function weekSentences(movements: readonly Movement[], tongue: Tongue): Sentence[] {
  const bucket = lastWeek(movements);
  const said = new Set<string>();
  const judged = movements.flatMap((movement) => {
    const week = bucket === null ? null : weekOf(movement, bucket);
    const key = JSON.stringify([movement.info.id, movement.ofType]);
    if (week === null || said.has(key)) return [];
    said.add(key);
    return [{ movement, week, sentence: signalSentence(movement, week, tongue) }];
  });
  const calm = judged.filter(({ sentence }) => sentence === null);
  const alone = calm.filter(({ movement }) => movement.isLeading);
  return [
    ...judged.flatMap(({ sentence }) => (sentence === null ? [] : [sentence])).sort(byTone),
    ...alone.map(({ movement, week }) => calmSentence(movement, week, tongue)),
    ...othersCalm(
      calm.filter(({ movement }) => !movement.isLeading).map(({ movement }) => movement),
      alone.length > 0,
      tongue,
    ),
  ];
}

function weekOf({ weeks }: Movement, bucket: string): Week | null {
  const row = weeks.find((one) => one.bucket === bucket);
  const { value, mean, lower, upper } = row?.values ?? {};
  if (!row || value == null || mean == null || lower == null || upper == null) return null;
  return { row, value, mean, lower, upper };
}

function signalSentence(movement: Movement, week: Week, tongue: Tongue): Sentence | null {
  const { signal } = notesOf(week.row);
  if (signal === null) return null;
  const { say, format } = tongue;
  const unit = unitOf(movement, movement.info.values[0]);
  const shown = shownOf(movement, week, tongue);
  const earlier = movement.weeks.filter(({ bucket }) => bucket < week.row.bucket).at(-1)?.values?.value ?? null;
  const texts = {
    outside: () => say('today.week.outside', shown),
    run: () => say('today.week.run', { ...shown, mean: format.value(week.mean, unit), side: week.value > week.mean ? 'above' : 'below' }),
    'moving-range': () => say('today.week.jump', { ...shown, before: format.value(earlier, unit) }),
  };
  const against = signal === 'moving-range' && earlier !== null ? earlier : week.mean;
  return {
    id: `week ${movement.chart}`,
    about: 'week',
    tone: toneOf(movement, week.value - against),
    text: texts[signal](),
    ...pointers(movement, week, tongue),
  };
}

function calmSentence(movement: Movement, week: Week, tongue: Tongue): Sentence {
  return {
    id: `week ${movement.chart}`,
    about: 'week',
    tone: 'calm',
    text: tongue.say('today.week.usual', shownOf(movement, week, tongue)),
    ...pointers(movement, week, tongue),
  };
}

function shownOf(movement: Movement, week: Week, tongue: Tongue): Record<string, string> {
  const { format } = tongue;
  const unit = unitOf(movement, movement.info.values[0]);
  const { least, most } = possible(movement, unit);
  return {
    name: movementName(movement, tongue, movement.info.values[0]),
    value: format.value(week.value, unit),
    lower: format.value(Math.max(least, week.lower), unit),
    upper: format.value(Math.min(most, week.upper), unit),
    count: counted(movement, week.row.n, tongue),
  };
}

/** Limits are worked out without knowing that no share is below nothing or above all; a reader knows. */
function possible({ weeks }: Movement, unit: Unit): { least: number; most: number } {
  const isNeverNegative = unit !== 'pp' && weeks.every(({ values }) => (values?.value ?? 0) >= 0);
  return { least: isNeverNegative ? 0 : -Infinity, most: unit === '%' ? 100 : Infinity };
}

function pointers(movement: Movement, week: Week, tongue: Tongue): Pick<Sentence, 'chart' | 'carriers' | 'canAskWhy' | 'rows' | 'names'> {
  const { board, chart } = movement;
  return { chart: { board, chart }, carriers: null, canAskWhy: false, rows: rowsBehind(movement, week.row, 'week', tongue), names: [] };
}

function othersCalm(others: readonly Movement[], isAfterOthers: boolean, tongue: Tongue): Sentence[] {
  if (others.length === 0) return [];
  return [
    {
      id: 'week calm',
      about: 'week',
      tone: 'calm',
      text: tongue.say(isAfterOthers ? 'today.week.others' : 'today.week.all', { n: others.length }),
      chart: null,
      carriers: null,
      canAskWhy: false,
      rows: null,
      names: others.map((movement) => ({
        board: movement.board,
        chart: movement.chart,
        name: movementName(movement, tongue, movement.info.values[0]),
      })),
    },
  ];
}
