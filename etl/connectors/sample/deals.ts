import { awaitCustomer, day, handOver, hour, routing, swapPerson, take, work } from './moves.js';
import { dateAfter, giveDate, settleDate } from './dates.js';
import { closeUnanswered } from './endings.js';
import { questionCount } from './phrases/phrases.js';
import type { Story } from './story.js';

export const dealTypes = { 'New business': 40, Extension: 40, Renewal: 20 };
export type DealType = keyof typeof dealTypes;

const offerMedians: Record<DealType, number> = { 'New business': 14 * hour, Extension: 9 * hour, Renewal: 5 * hour };
const setUpMedian = 9 * hour;
/** Working time promised for the account, as a multiple of the usual one: about three of four dates are kept. */
const promiseFactor = 1.5;

/** A deal, from the first word to the signed contract and the account that is ready; returns when it was won, if it was. */
export function liveDeal(story: Story, type: DealType): number | null {
  const { random } = story;
  const isAssigned = random.chance(0.5);
  story.change(routing, { status: 'New lead', team: isAssigned ? 'sales' : null, person: null });
  story.customerSays('lead');
  if (!isAssigned) {
    story.at = story.world.teamCalendar('sales').add(story.at, random.logNormal(hour, 0.6));
    story.change(routing, { team: 'sales' });
  }
  take(story, 'Qualifying', 3 * hour);
  story.at += random.whole(300, 1_800);
  story.teamSays('hello');
  qualify(story);
  if (random.chance(0.07)) return lose(story, 'Withdrawn');
  prepareOffer(story, type);
  if (random.chance(0.12)) {
    closeUnanswered(story, 'Offer sent', 'Lost');
    return null;
  }
  negotiate(story);
  if (random.chance(0.35)) return lose(story, 'Lost');
  story.change(story.agent(), { status: 'Setting up account' });
  giveDate(story, dateAfter(story, 'sales', promiseFactor * setUpMedian));
  work(story, random.logNormal(setUpMedian, 0.55));
  story.teamSays('done');
  story.change(story.agent(), { status: 'Won' });
  settleDate(story, story.at);
  return story.at;
}

function qualify(story: Story): void {
  const { random } = story;
  const first = random.whole(0, questionCount);
  for (let round = 0; round < random.whole(1, 3); round += 1) {
    work(story, random.logNormal(2 * hour, 0.7));
    story.asks(first + round);
    story.at += 60;
    story.notes('note');
    story.at = story.world.customerCalendar(story.head.customer).add(story.at, random.logNormal(6 * hour, 0.9));
    story.customerSays('answer');
  }
}

function prepareOffer(story: Story, type: DealType): void {
  const { random } = story;
  story.change(story.agent(), { status: 'Preparing offer' });
  if (random.chance(0.25)) consult(story);
  if (random.chance(0.1)) swapPerson(story);
  work(story, random.logNormal(offerMedians[type], 0.7));
  story.teamSays('offer');
}

/** Onboarding says whether it can be done, and gives the deal back: planned, and still two handoffs. */
function consult(story: Story): void {
  handOver(story, { to: 'onboarding', queued: 'Queued', taken: 'Checking feasibility', waitMedian: 2.5 * hour });
  work(story, story.random.logNormal(2 * hour, 0.6));
  handOver(story, { to: 'sales', queued: 'Queued', taken: 'Preparing offer', waitMedian: hour, isReturn: true, gap: 0 });
}

function negotiate(story: Story): void {
  const { random } = story;
  for (let round = 0; round < random.whole(1, 4); round += 1) {
    awaitCustomer(story, 'Offer sent', 'Negotiating', { median: 1.5 * day });
    work(story, random.logNormal(3 * hour, 0.8));
    story.teamSays(round === 0 ? 'update' : 'offer');
  }
}

function lose(story: Story, status: 'Lost' | 'Withdrawn'): null {
  story.customerSays('withdraw');
  story.at += 1_800;
  story.change(story.agent(), { status });
  return null;
}
