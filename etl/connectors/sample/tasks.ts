import { awaitCustomer, handOver, hour, pause, routing, swapPerson, take, work } from './moves.js';
import { dateAfter, giveDate, postponeForCustomer, settleDate } from './dates.js';
import { finish, withdraw, type Ending } from './endings.js';
import type { TeamId } from './company.js';
import { questionCount } from './phrases/phrases.js';
import type { Story } from './story.js';
import { controls, newcomerSeconds, truths } from './truths.js';

export const taskTypes = { Installation: 45, Migration: 25, 'Change order': 30 };
export type TaskType = keyof typeof taskTypes;

const workMedians: Record<TaskType, number> = { Installation: 38 * hour, Migration: 50 * hour, 'Change order': 20 * hour };
/** Waits, handovers and answers that come on top of the work in nearly every task. */
const usualWaits = 14 * hour;
/** Working time promised, as a multiple of the usual one: about two of three dates are kept. */
const promiseFactor = 1.35;
const ordinaryHandoverWait = 3 * hour;
const ending: Ending = { done: 'Done', active: 'In progress', reopenChance: 0.04, reworkMedian: 6 * hour, rateChance: 0.25 };

/** A delivery task: Onboarding prepares it, a delivery team carries it out. */
export function liveTask(story: Story, type: TaskType): void {
  const { random } = story;
  const delivery: TeamId = deliveryTeam(story);
  const isAssigned = random.chance(0.7);
  story.change(routing, { status: 'To do', team: isAssigned ? 'onboarding' : null, person: null });
  story.customerSays('order');
  if (!isAssigned) assignLater(story);
  take(story, 'In progress', 2.5 * hour);
  story.at += random.whole(120, 1_200);
  story.teamSays('hello');
  if (random.chance(0.04)) return withdraw(story, 'Cancelled');
  work(story, random.logNormal(2 * hour, 0.6));
  giveDate(story, dateAfter(story, delivery, promiseFactor * (workMedians[type] + usualWaits)));
  const asked = prepare(story, delivery);
  deliver(story, type, delivery, asked);
  settleDate(story, finish(story, ending));
}

function assignLater(story: Story): void {
  const { random, world } = story;
  story.at = world.teamCalendar('onboarding').add(story.at, random.logNormal(hour, 0.6));
  if (random.chance(0.08)) story.misassign(routing, 'north', 'onboarding');
  else story.change(routing, { team: 'onboarding' });
}

function deliveryTeam(story: Story): TeamId {
  if (story.head.service === controls.service) return 'south';
  const isSouth = story.head.customer.group.startsWith('South');
  return story.random.chance(0.85) === isSouth ? 'south' : 'north';
}

function prepare(story: Story, delivery: TeamId): number | null {
  const { random } = story;
  const asked = random.chance(0.6) ? random.whole(0, questionCount) : null;
  if (asked !== null) {
    story.asks(asked);
    awaitCustomer(story, 'Waiting for customer', 'In progress');
  }
  work(story, random.logNormal(4 * hour, 0.6));
  if (random.chance(0.06)) postponeForCustomer(story, 'Waiting for customer', 'In progress', delivery);
  return asked;
}

function deliver(story: Story, type: TaskType, delivery: TeamId, asked: number | null): void {
  const { random } = story;
  passTo(story, delivery);
  if (asked !== null && random.chance(0.2)) {
    story.at += random.whole(300, 1_800);
    story.asks(asked);
    awaitCustomer(story, 'Waiting for customer', 'In progress', { repeats: true });
  }
  if (random.chance(0.08)) {
    work(story, random.logNormal(hour, 0.6));
    passTo(story, 'onboarding', true);
    work(story, random.logNormal(2 * hour, 0.6));
    passTo(story, delivery);
  }
  const seconds = random.logNormal(workMedians[type], 0.42) * newcomerFactor(story);
  work(story, 0.5 * seconds);
  if (random.chance(0.18)) pause(story, 'Waiting for supplier', 'In progress', 7 * hour);
  if (random.chance(0.12)) pause(story, 'Blocked', 'In progress', 5 * hour);
  if (random.chance(0.12)) swapPerson(story);
  work(story, 0.4 * seconds);
  if (random.chance(0.25)) {
    story.asks(3);
    awaitCustomer(story, 'Waiting for customer', 'In progress');
  }
  story.change(story.agent(), { status: 'In review' });
  work(story, 0.1 * seconds);
}

function passTo(story: Story, to: TeamId, isReturn = false): void {
  const { slowPair } = truths;
  const { head, team, world, at } = story;
  const isSlow = head.tool === slowPair.tool && team === slowPair.sender && to === slowPair.receiver && at >= world.timeline[slowPair.from];
  const waitMedian = ordinaryHandoverWait * (isSlow ? slowPair.waitFactor : 1);
  handOver(story, { to, queued: 'Queued', taken: 'In progress', waitMedian, isReturn });
}

function newcomerFactor({ head, world }: Story): number {
  const { newcomers } = truths;
  const isNew = head.createdAt < head.customer.since + newcomerSeconds;
  const isPlace = head.tool === newcomers.tool && head.service !== controls.service && head.createdAt >= world.timeline[newcomers.from];
  return isNew && isPlace ? newcomers.workFactor : 1;
}
