import type { StoryEvent, StoryItem } from '../../../support/story.js';
import { sequence } from './generated.js';

const hourMs = 3_600_000;
const begin = Date.parse('2026-01-05T00:00:00Z');

/** Stories over six weeks from Monday 2026-01-05, each told in the order of time; `reopened`: the share of the resolved that is undone. */
export function randomStories(count: number, seed: number, reopened: number): StoryItem[] {
  const next = sequence(seed);
  const pick = <Value>(values: readonly Value[]): Value => values[Math.floor(next() * values.length)] as Value;
  return Array.from({ length: count }, (_, index) => {
    let at = begin + Math.floor(next() * 42 * 24 * 3_600) * 1_000;
    const now = () => new Date(at).toISOString();
    const later = () => {
      at += Math.ceil(next() ** 2 * 60 * 3_600) * 1_000;
      return now();
    };
    const due = () => new Date(at + Math.floor(next() * 200) * hourMs).toISOString();
    const turns: (() => StoryEvent)[] = [
      () => ({ at: later(), status: pick(['working', 'queued', 'asked', 'vendor']), actor: 'ann' }),
      () => ({ at: later(), team: pick(['A', 'B', 'C']), person: pick(['ann', 'bob']), actor: 'bob' }),
      () => ({ at: later(), kind: 'said', side: 'team', actor: 'ann', text: 'It is late because the supplier sent the wrong part.' }),
      () => ({ at: later(), kind: 'said', side: 'team', actor: 'bob', text: 'Which device is it, and in which room does it stand?' }),
      () => ({ at: later(), kind: 'said', side: 'customer', actor: 'eve', role: 'customer', text: 'As I already said: any news on this?' }),
      () => ({ at: later(), kind: 'promised', due: due() }),
    ];
    const created: StoryEvent = { at: now(), kind: 'created', team: pick(['A', 'B']), status: 'queued', actor: 'eve', role: 'customer' };
    const promised: StoryEvent[] = next() < 0.8 ? [{ at: now(), seq: 1, kind: 'promised', due: due() }] : [];
    const middle = Array.from({ length: Math.floor(next() * 8) }, () => pick(turns)());
    const end = pick(['done', 'done', 'done', 'cancelled', 'open'] as const);
    const events = [created, ...promised, ...middle];
    if (end !== 'open') events.push({ at: later(), status: end, actor: 'ann' });
    if (end === 'done' && next() < 0.3) events.push({ at: later(), kind: 'rated', rating: pick([0, 1]), actor: 'eve', role: 'customer' });
    if (end === 'done' && next() < reopened) events.push({ at: later(), status: 'working' }, { at: later(), status: 'done' });
    return { name: `story ${seed} ${index}`, events };
  });
}

/** What had been told by an instant. */
export function toldBy(stories: readonly StoryItem[], at: string): StoryItem[] {
  const heard = stories.map((story) => ({ ...story, events: story.events.filter((event) => event.at <= at) }));
  return heard.filter(({ events }) => events.length > 0);
}
