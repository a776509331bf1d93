import { colleague, asAgent, awaitCustomer, handOver, hour, pause, routing, swapPerson, take, work } from './moves.js';
import { dateAfter, giveDate, settleDate } from './dates.js';
import { closeUnanswered, finish, withdraw, type Ending } from './endings.js';
import type { TeamId } from './company.js';
import { questionCount } from './phrases/phrases.js';
import type { Story } from './story.js';
import { truths } from './truths.js';

export const ticketTypes = { Question: 33, Incident: 32, Request: 21, Invoice: 14 };
export type TicketType = keyof typeof ticketTypes;

const openings = { Question: 'question', Incident: 'incident', Request: 'request', Invoice: 'invoice' } as const;
const workMedians: Record<TicketType, number> = { Question: 1.5 * hour, Incident: 9 * hour, Request: 12 * hour, Invoice: 26 * hour };
const workSigmas: Record<TicketType, number> = { Question: 0.7, Incident: 0.75, Request: 0.7, Invoice: 0.6 };
/** Working time promised, as a multiple of the usual one: about seven of ten dates are kept. */
const promiseFactor = 2.6;
const dateChances: Record<TicketType, number> = { Question: 0, Incident: 0.45, Request: 0.7, Invoice: 0.6 };
const ending: Ending = { done: 'Solved', active: 'Open', closed: 'Closed', reopenChance: 0.05, reworkMedian: 3 * hour, rateChance: 0.3 };

/** A support ticket, from the first message of the customer on. */
export function liveTicket(story: Story, type: TicketType): void {
  const { random } = story;
  open(story, type);
  if (random.chance(0.012)) return setAside(story, 'spam');
  take(story, 'Open', 1.2 * hour);
  story.at += random.whole(60, 900);
  story.teamSays('hello');
  if (random.chance(0.03)) return withdraw(story, 'Withdrawn');
  if (random.chance(dateChances[type])) giveDate(story, dateAfter(story, 'support', promiseFactor * workMedians[type] + 5 * hour));
  const asked = exchange(story);
  if (type !== 'Question' && asked !== null && random.chance(0.04)) return closeUnanswered(story, 'Waiting for customer', 'Solved');
  const expert = expertFor(story, type);
  if (expert) escalate(story, expert, asked);
  solve(story, type);
}

function open(story: Story, type: TicketType): void {
  const { random } = story;
  const isRouted = random.chance(0.65);
  story.change({ kind: 'customer' }, { status: 'New', team: isRouted ? 'support' : null, person: null });
  story.customerSays(openings[type]);
  story.at += random.whole(15, 60);
  story.botSays('received');
  if (isRouted) return;
  story.at = story.world.teamCalendar('support').add(story.at, random.logNormal(0.6 * hour, 0.6));
  if (random.chance(0.08)) story.misassign(routing, 'billing', 'support');
  else story.change(routing, { team: 'support' });
}

/** Spam, and tickets that say what another one already says. */
export function setAside(story: Story, markedAs: 'spam' | 'duplicate'): void {
  take(story, 'Open', hour);
  story.markedAs = markedAs;
  story.change(story.agent(), { status: 'Withdrawn' });
}

/** Questions and answers at the start; returns the question asked, if any. */
function exchange(story: Story): number | null {
  const { random } = story;
  const rounds = Number(random.weighted({ '0': 42, '1': 40, '2': 14, '3': 4 }));
  const first = random.whole(0, questionCount);
  for (let round = 0; round < rounds; round += 1) {
    work(story, random.logNormal(0.5 * hour, 0.6));
    story.asks(first + round);
    awaitCustomer(story, 'Waiting for customer', 'Open');
  }
  return rounds > 0 ? first : null;
}

function expertFor(story: Story, type: TicketType): TeamId | null {
  const { random, head } = story;
  if (type === 'Question') return null;
  if (type === 'Invoice') return random.chance(0.92) ? 'billing' : null;
  const isSouth = head.service === 'Cloud telephony' || head.service === 'Site installation';
  return random.chance(0.5) ? (isSouth ? 'south' : 'north') : null;
}

function escalate(story: Story, expert: TeamId, asked: number | null): void {
  const { random } = story;
  work(story, random.logNormal(0.7 * hour, 0.6));
  if (random.chance(0.5)) story.teamSays('passedOn');
  const out = { to: expert, queued: 'Queued', taken: 'Open', waitMedian: 2.5 * hour };
  const back = { to: 'support' as const, queued: 'Queued', taken: 'Open', waitMedian: hour, isReturn: true };
  handOver(story, out);
  askAgain(story, asked);
  for (let rounds = 0; rounds < 3 && random.chance(returnChance(story, expert)); rounds += 1) {
    work(story, random.logNormal(0.8 * hour, 0.6));
    handOver(story, back);
    work(story, random.logNormal(0.8 * hour, 0.6));
    handOver(story, out);
    askAgain(story, asked);
  }
}

function returnChance(story: Story, expert: TeamId): number {
  const { loop } = truths;
  const { head, world, at } = story;
  const isPlace = head.tool === loop.tool && head.service === loop.service && expert === loop.teams[1] && at >= world.timeline[loop.from];
  return isPlace ? loop.shareReturned : 0.08;
}

/** The new team asks what the customer has answered before. */
function askAgain(story: Story, asked: number | null): void {
  if (asked === null || !story.random.chance(0.22)) return;
  story.at += story.random.whole(300, 1_800);
  story.asks(asked);
  awaitCustomer(story, 'Waiting for customer', 'Open', { repeats: true });
}

function solve(story: Story, type: TicketType): void {
  const { random } = story;
  if (random.chance(0.12)) pause(story, 'Waiting for supplier', 'Open', 8 * hour);
  if (random.chance(0.08)) pause(story, 'On hold', 'Open', 4 * hour);
  if (random.chance(0.07)) swapPerson(story);
  const seconds = random.logNormal(workMedians[type], workSigmas[type]);
  work(story, seconds + tailSeconds(story, type, seconds));
  const doneAt = finish(story, ending);
  settleDate(story, doneAt);
}

/** What the planted tail adds to an item that has taken long already. */
function tailSeconds({ head, world, at }: Story, type: TicketType, seconds: number): number {
  const { heavyTail } = truths;
  if (type !== heavyTail.type || head.createdAt < world.timeline[heavyTail.from]) return 0;
  const usual = world.teamCalendar('support').between(head.createdAt, at) + seconds;
  return heavyTail.growth * Math.max(0, usual - heavyTail.beyondSeconds);
}

/** Someone in the desk opens it by mistake and puts it aside: never a customer's. */
export function liveTest(story: Story): void {
  const person = colleague(story, 'support');
  story.change(asAgent(person), { status: 'New', team: 'support', person });
  story.markedAs = 'test';
  story.at += 600;
  story.change(asAgent(person), { status: 'Withdrawn' });
}
