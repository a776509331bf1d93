import { bots } from './company.js';
import { day, hour, passQuietly, work } from './moves.js';
import type { Author, Story } from './story.js';

const timer: Author = { kind: 'automation', id: bots.timer.id };

export interface Ending {
  done: string;
  active: string;
  /** Where the tool closes solved items by itself. */
  closed?: string;
  reopenChance: number;
  reworkMedian: number;
  rateChance: number;
}

/** The work is done and said; then thanks, a fault that comes back, a rating, the timer that closes. Returns when it was first done. */
export function finish(story: Story, ending: Ending): number {
  const { random, world, head } = story;
  story.teamSays('done');
  story.change(story.agent(), { status: ending.done });
  const firstDoneAt = story.at;
  const customerHours = world.customerCalendar(head.customer);
  if (random.chance(0.45)) later(story, customerHours.add(story.at, random.logNormal(3 * hour, 0.9)), () => story.customerSays('thanks'));
  if (random.chance(ending.reopenChance)) reopen(story, ending, customerHours.add(story.at, random.logNormal(18 * hour, 0.6)));
  if (random.chance(ending.rateChance))
    later(story, customerHours.add(story.at, random.logNormal(10 * hour, 0.7)), () => story.rates(stars(story)));
  if (ending.closed !== undefined) {
    const closed = ending.closed;
    later(story, story.at + 5 * day, () => story.change(timer, { status: closed }));
  }
  return firstDoneAt;
}

/** The customer never answered: the timer ends it. */
export function closeUnanswered(story: Story, waiting: string, done: string): void {
  story.change(story.agent(), { status: waiting });
  story.at += 10 * day;
  story.botSays('noAnswer');
  story.change(timer, { status: done });
}

export function withdraw(story: Story, cancelled: string): void {
  story.customerSays('withdraw');
  passQuietly(story, story.world.teamCalendar(story.team ?? 'support').add(story.at, story.random.logNormal(hour, 0.6)));
  story.change(story.agent(), { status: cancelled });
}

function reopen(story: Story, ending: Ending, at: number): void {
  const { random, world } = story;
  story.at = at;
  story.customerSays('broken');
  story.change({ kind: 'customer' }, { status: ending.active });
  story.at = world.teamCalendar(story.team ?? 'support').add(story.at, random.logNormal(2 * hour, 0.8));
  story.teamSays('sorryLate');
  work(story, random.logNormal(ending.reworkMedian, 0.8));
  story.teamSays('done');
  story.change(story.agent(), { status: ending.done });
}

/** Something that happens beside the story; its time does not move on for it. */
function later(story: Story, at: number, act: () => void): void {
  const now = story.at;
  story.at = at;
  act();
  story.at = now;
}

/** People judge by how long it took and how often they had to be asked. */
function stars(story: Story): number {
  const last = story.meant.promises.at(-1);
  const lateness = last && story.at > last.dueAt ? 1.2 : 0;
  const teamsSeen = new Set(story.meant.owners.map(({ team }) => team)).size;
  return Math.min(5, Math.max(1, Math.round(4.6 - lateness - 0.25 * (teamsSeen - 1) + 0.7 * story.random.normal())));
}
