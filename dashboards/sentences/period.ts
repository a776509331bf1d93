import { numberOf, segmentName } from '../charts/drawing.js';
import { byTone, counted, movementName, rowsBehind, toneOf, unitOf, type Movement, type Sentence, type Tongue } from './sentence.js';

/** More names than this are no answer to "who". */
const mostCarriers = 2;

/** What changed between the window and the one before: every signal with those that carry it, and how many moved no more than chance. */
export function periodSentences(movements: readonly Movement[], tongue: Tongue): Sentence[] {
  const said = new Set<string>();
  const own = movements.filter((movement) => {
    const key = JSON.stringify([movement.info.id, movement.value ?? movement.info.values[0], movement.ofType]);
    return !said.has(key) && said.add(key);
  });
  const changed = own.filter(({ evidence }) => evidence === 'signal');
  const calm = own.filter(({ evidence }) => evidence === 'noise');
  return [
    ...strongestFirst(changed)
      .map((movement) => changedSentence(movement, tongue))
      .sort(byTone),
    ...calmSentences(calm, changed.length > 0, tongue),
  ];
}

/** The change that is least like chance first: how often its interval's half lengths fit into it. */
export function strongestFirst<Changed extends Pick<Movement, 'now' | 'before' | 'value'>>(movements: readonly Changed[]): Changed[] {
  return movements.toSorted((one, other) => strength(other) - strength(one));
}

function strength({ now, before, value }: Pick<Movement, 'now' | 'before' | 'value'>): number {
  const halves = [now, before].map((row) => (row?.lo == null || row.hi === null ? Infinity : (row.hi - row.lo) / 2));
  const difference = (now === null ? 0 : (numberOf(now, value) ?? 0)) - (before === null ? 0 : (numberOf(before, value) ?? 0));
  return Math.abs(difference) / halves.reduce((sum, half) => sum + half, 0);
}

function changedSentence(movement: Movement, tongue: Tongue): Sentence {
  const { board, chart, now, before, value } = movement;
  if (!now || !before) throw new Error(`A change of ${chart} has two values; without them it is no signal.`);
  const [present, past] = [numberOf(now, value), numberOf(before, value)];
  const tone = toneOf(movement, (present ?? 0) - (past ?? 0));
  const unit = unitOf(movement);
  const { say, format } = tongue;
  const shown = {
    name: movementName(movement, tongue),
    now: format.value(present, unit),
    before: format.value(past, unit),
    count: counted(movement, now.n, tongue),
    beforeCount: counted(movement, before.n, tongue),
  };
  return {
    id: `period ${chart}`,
    about: 'period',
    tone,
    text: say(tone === 'calm' ? 'today.period.different' : `today.period.${tone}`, shown),
    chart: { board, chart },
    carriers: carriersText(movement, tongue),
    canAskWhy: movement.canAskWhy,
    rows: rowsBehind(movement, now, 'all', tongue),
    names: [],
  };
}

/** Segments that go with the change; those that go against it carry nothing of it. */
function carriersText({ carriers }: Movement, { say, format }: Tongue): Sentence['carriers'] {
  const [first, second] = (carriers?.segments ?? []).filter(({ share }) => share > 0).slice(0, mostCarriers);
  if (!carriers || !first) return null;
  const shown = (one: { name: string | null; share: number }) => ({
    segment: segmentName(one.name, say),
    share: format.value(Math.round(one.share), '%'),
  });
  const text =
    Math.round(first.share) > 100
      ? say('today.carried-beyond', shown(first))
      : second
        ? say('today.carried-by-two', { ...shown(first), other: shown(second).segment, otherShare: shown(second).share })
        : say('today.carried', shown(first));
  return { by: carriers.by, text };
}

function calmSentences(calm: readonly Movement[], isAfterOthers: boolean, tongue: Tongue): Sentence[] {
  if (calm.length === 0) return [];
  return [
    {
      id: 'period calm',
      about: 'period',
      tone: 'calm',
      text: tongue.say(isAfterOthers ? 'today.period.others' : 'today.period.all', { n: calm.length }),
      chart: null,
      carriers: null,
      canAskWhy: false,
      rows: null,
      names: calm.map((movement) => ({ board: movement.board, chart: movement.chart, name: movementName(movement, tongue) })),
    },
  ];
}
