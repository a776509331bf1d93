import type { TeamId } from './company.js';
import { awaitCustomer, day, hour } from './moves.js';
import type { Story } from './story.js';
import { truths } from './truths.js';

/** The date given: so much working time from now, at the close of business of the team that will deliver. */
export function dateAfter(story: Story, team: TeamId, seconds: number): number {
  const calendar = story.world.teamCalendar(team);
  return calendar.closeOfBusiness(calendar.add(story.at, seconds));
}

/** Tells the customer a date and writes it down; now and then with a slip of the hand first. */
export function giveDate(story: Story, dueAt: number): void {
  story.teamSays('promise', dueAt);
  if (story.random.chance(0.03)) story.promisesWrongly(dueAt + 7 * day, dueAt);
  else story.promises(dueAt);
}

/** The customer asks for a later date and gets it; the work rests meanwhile. */
export function postponeForCustomer(story: Story, waiting: string, backTo: string, team: TeamId): void {
  const due = story.meant.promises.at(-1)?.dueAt;
  if (due === undefined || due < story.at + 2 * day) return;
  story.customerSays('askLater');
  story.at = story.world.teamCalendar(story.team ?? team).add(story.at, story.random.logNormal(hour, 0.5));
  const later = story.world.teamCalendar(team).closeOfBusiness(due + 7 * day);
  story.teamSays('promise', later);
  story.promises(later, { askedByCustomer: true });
  awaitCustomer(story, waiting, backTo, { median: 4 * day });
}

/**
 * Once it is known when the work ends, what became of the date: kept; or missed and announced before, moved without a
 * word, moved once it had passed, or left to pass.
 */
export function settleDate(story: Story, finishedAt: number): void {
  const { random } = story;
  const last = story.meant.promises.at(-1);
  if (!last || finishedAt <= last.dueAt) return;
  const fate = random.weighted(fatesOf(story, last.dueAt));
  if (fate === 'left') return;
  const wantedAt = last.dueAt + Math.round(fate === 'afterwards' ? random.logNormal(1.5 * hour, 0.8) : -random.logNormal(14 * hour, 0.6));
  const at = whenSomebodyHasIt(story, Math.max(wantedAt, last.at + 4 * hour), fate !== 'afterwards');
  if (at === null || at >= finishedAt || (fate === 'afterwards') !== at > last.dueAt) return;
  const aim = random.chance(fate === 'announced' ? 0.75 : 0.93) ? finishedAt + random.whole(1, 40) * hour : at + 0.6 * (finishedAt - at);
  const team = story.team ?? 'support';
  const newDueAt = story.world.teamCalendar(team).closeOfBusiness(Math.max(aim, last.dueAt + 4 * hour));
  if (newDueAt <= last.dueAt) return;
  if (fate === 'announced' || (fate === 'afterwards' && random.chance(0.5))) story.teamSays('newDate', newDueAt, at);
  story.promises(newDueAt, { at });
}

/** Of 100 dates about to be missed. */
const ordinaryFates = { announced: 18, unsaid: 3, afterwards: 4, left: 75 };

function fatesOf(story: Story, dueAt: number): typeof ordinaryFates {
  const { movedDates } = truths;
  const { tool, service } = story.head;
  const isPlace = tool === movedDates.tool && service === movedDates.service && dueAt >= story.world.timeline[movedDates.from];
  return isPlace ? movedDates.fates : ordinaryFates;
}

/** The first instant from `at` on when a person has the item; in working hours, unless it is a date put right in the evening. */
function whenSomebodyHasIt(story: Story, at: number, inHours: boolean): number | null {
  const { owners } = story.meant;
  for (
    let index = Math.max(
      0,
      owners.findLastIndex((owner) => owner.at <= at),
    );
    index < owners.length;
    index += 1
  ) {
    const owner = owners[index];
    if (!owner?.person || !owner.team) continue;
    const earliest = Math.max(at, owner.at + 60);
    const actsAt = inHours ? story.world.teamCalendar(owner.team).next(earliest) : earliest;
    if (actsAt < (owners[index + 1]?.at ?? Infinity)) return actsAt;
  }
  return null;
}
