import type { Court } from '#etl/connector.js';
import { tools, updateIntervals } from '#etl/connectors/sample/company.js';
import { simulate, type SimulatedItem } from '#etl/connectors/sample/simulation.js';
import { sampleUntil } from '../../../support/sample-company.js';

/** The sample company as the simulation meant it; what is told of it is read in the tests. Times are epoch seconds. */
export const company = simulate('meridian', sampleUntil);
export const items = tools.flatMap((tool) => company.items[tool]);
export const { until } = company.world.timeline;

export type Story = SimulatedItem['story'];
interface Stretch {
  from: number;
  to: number;
  court: Court;
}

export function meaningsOf(story: Story): Story['meant']['meanings'] {
  return story.meant.meanings.filter(({ at }) => at < until).sort((one, other) => one.at - other.at);
}

export function outcomeOf(story: Story): 'open' | 'done' | 'cancelled' {
  const last = meaningsOf(story).at(-1)?.meaning;
  return last === 'done' || last === 'cancelled' ? last : 'open';
}

export function reopensOf(story: Story): number {
  const meanings = meaningsOf(story).map(({ meaning }) => meaning);
  return meanings.filter((meaning, index) => meaning !== 'done' && meaning !== 'cancelled' && meanings[index - 1] === 'done').length;
}

export function handoffsIn(owners: { at: number; owner: string | null }[]): { handoffs: number; returns: number; direct: number } {
  const held = owners
    .flatMap(({ at, owner }) => (owner !== null && at < until ? [owner] : []))
    .filter((owner, index, all) => owner !== all[index - 1]);
  const direct = held.filter((owner, index) => owner === held[index - 2]).length;
  return { handoffs: Math.max(0, held.length - 1), returns: held.length - new Set(held).size, direct };
}

/** When a team got it from another one. */
export function handoverTimes(story: Story): number[] {
  const got = story.meant.owners.filter(({ at, team }) => team !== null && at < until);
  return got.filter(({ team }, index) => index > 0 && team !== got[index - 1]?.team).map(({ at }) => at);
}

/** Internal notes and filled fields of those who had it, half an hour before to five minutes after. */
export function hasNote({ changes, comments }: SimulatedItem['record'], handedAt: number): boolean {
  const notes = [...comments.filter(({ audience }) => audience === 'internal'), ...changes.filter(({ handoverField }) => handoverField)];
  return notes.some(({ at }) => Date.parse(at) / 1_000 >= handedAt - 1_800 && Date.parse(at) / 1_000 <= handedAt + 300);
}

/** When somebody of ours began with it or said something, whichever came first. */
export function touchedAt(story: Story): number | null {
  const begun = meaningsOf(story).find(({ meaning }) => meaning === 'ours_active')?.at;
  const moments = [begun, ...story.meant.words].filter((at) => at !== undefined && at < until) as number[];
  return moments.length === 0 ? null : Math.min(...moments);
}

/** From the first message of the customer that nobody has answered to the next word of a person of ours. */
export function turnsOf({ comments }: SimulatedItem['record']): { asked: string; answered: string | null }[] {
  const turns: { asked: string; answered: string | null }[] = [];
  for (const { at, author, audience } of comments) {
    const open = turns.at(-1)?.answered === null ? turns.at(-1) : undefined;
    if (author.kind === 'customer' && !open) turns.push({ asked: at, answered: null });
    if (author.kind === 'agent' && audience === 'public' && open) open.answered = at;
  }
  return turns;
}

export function stretchesOf(story: Story): Stretch[] {
  const meanings = meaningsOf(story);
  return meanings.flatMap(({ at, meaning }, index) => {
    const to = meanings[index + 1]?.at ?? until;
    return meaning === 'done' || meaning === 'cancelled' || meaning === 'unmapped' ? [] : [{ from: at, to, court: meaning }];
  });
}

export function courtsOf(story: Story): Record<Court, number> {
  const seconds: Record<Court, number> = { ours_active: 0, ours_waiting: 0, customer: 0, third_party: 0 };
  for (const { from, to, court } of stretchesOf(story)) seconds[court] += to - from;
  return seconds;
}

/** A slip of the hand is no owner in the sequence, but for its seconds somebody has it. */
export function unownedSeconds(story: Story): number {
  const { owners, slips } = story.meant;
  const gaps = owners.map(({ at, team }, index) => ({ from: at, to: team === null ? (owners[index + 1]?.at ?? Infinity) : at }));
  return shared(stretchesOf(story), gaps) - shared(stretchesOf(story), slips);
}

/** The promise in force is the one said last. */
export function promisedSeconds(story: Story): { past: number; ahead: number } {
  const promises = [...story.meant.promises].sort((one, other) => one.at - other.at);
  const spans = promises.map(({ at, dueAt }, index) => ({ at, dueAt, to: promises[index + 1]?.at ?? Infinity }));
  const ahead = spans.map(({ at, dueAt, to }) => ({ from: at, to: Math.min(dueAt, to) }));
  const past = spans.map(({ dueAt, to }) => ({ from: dueAt, to: Math.max(dueAt, to) }));
  return { past: shared(stretchesOf(story), past), ahead: shared(stretchesOf(story), ahead) };
}

/** Seconds that lie both in a stretch and in a span; spans do not overlap. */
function shared(stretches: Stretch[], spans: { from: number; to: number }[]): number {
  return stretches.reduce(
    (sum, { from, to }) => sum + spans.reduce((part, span) => part + Math.max(0, Math.min(to, span.to) - Math.max(from, span.from)), 0),
    0,
  );
}

/** Beyond the promised interval since the last public word, or since the creation. */
export function silentSeconds(story: Story): number {
  const words = [story.head.createdAt, ...story.meant.words].sort((one, other) => one - other);
  const interval = updateIntervals[story.head.tool];
  const gaps = words.map((word, index) => ({ from: word + interval, to: words[index + 1] ?? Infinity }));
  const ours = stretchesOf(story).filter(({ court }) => court === 'ours_active' || court === 'ours_waiting');
  return shared(ours, gaps);
}
