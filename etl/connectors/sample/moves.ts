import { bots, teams, updateIntervals, type Person, type TeamId } from './company.js';
import type { Author, Story } from './story.js';
import { truths } from './truths.js';

/** Steps that stories of all three tools are made of. */

export const hour = 3_600;
export const day = 86_400;
export const routing: Author = { kind: 'automation', id: bots.routing.id };

/** Somebody of the team, not the present owner. */
export function colleague(story: Story, team: TeamId): Person {
  return story.random.pick(teams[team].people.filter(({ id }) => id !== story.person?.id));
}

export function asAgent(person: Person): Author {
  return { kind: 'agent', id: person.id };
}

/** A new item lies there until somebody of the team takes it. */
export function take(story: Story, status: string, waitMedian: number, isWarm = false): void {
  const team = story.team ?? 'support';
  const since = story.at;
  passQuietly(story, story.world.teamCalendar(team).add(story.at, story.random.logNormal(waitMedian, 0.8)));
  const person = colleague(story, team);
  story.change(asAgent(person), { person, status });
  story.meant.takings.push({ handedAt: since, takenAt: story.at, isWarm });
}

/** The owning team works for this long by its calendar and keeps the customer informed, unless it has gone silent. */
export function work(story: Story, seconds: number): void {
  passInformed(story, story.world.teamCalendar(story.team ?? 'support').add(story.at, seconds));
}

/** Time passes in our court; every now and then the customer hears from us. */
export function passInformed(story: Story, to: number): void {
  const interval = updateIntervals[story.head.tool];
  const calendar = story.world.teamCalendar(story.team ?? 'support');
  for (;;) {
    const nextAt = calendar.next(Math.max(story.at + hour / 4, story.lastWordAt + Math.round(interval * story.random.logNormal(0.5, 0.3))));
    if (nextAt >= to) break;
    if (isSilent(story, nextAt)) {
      passQuietly(story, to);
      return;
    }
    story.at = nextAt;
    story.teamSays(story.random.chance(0.15) ? 'reason' : 'update');
  }
  story.at = to;
}

/** Nobody speaks; a customer left too long may ask, and mostly gets an answer. */
export function passQuietly(story: Story, to: number): void {
  const { random, world, head } = story;
  const interval = updateIntervals[head.tool];
  for (;;) {
    const askAt = world
      .customerCalendar(head.customer)
      .next(Math.max(story.at, story.lastWordAt + Math.round(interval * (1 + random.next()))));
    if (askAt >= to || !random.chance(0.4)) break;
    story.at = askAt;
    story.customerSays('chase');
    if (isSilent(story, askAt) || story.person === null) break;
    const answerAt = world.teamCalendar(story.team ?? 'support').add(askAt, random.logNormal(2 * hour, 0.7));
    if (answerAt >= to) break;
    story.at = answerAt;
    story.teamSays('sorryLate');
  }
  story.at = to;
}

function isSilent(story: Story, at: number): boolean {
  const { silentTeam } = truths;
  return story.head.tool === silentTeam.tool && story.team === silentTeam.team && at >= story.world.timeline[silentTeam.from];
}

/** The ball goes to the customer, who answers in their own time; `repeats` when they have said it all before. */
export function awaitCustomer(story: Story, waiting: string, backTo: string, { median = 5 * hour, repeats = false } = {}): void {
  const { random, world, head } = story;
  story.change(story.agent(), { status: waiting });
  story.at = world.customerCalendar(head.customer).add(story.at, random.logNormal(median, 1));
  story.customerSays(repeats ? 'repeat' : 'answer', random.chance(0.2) ? [attachment(story)] : undefined);
  story.change(routing, { status: backTo });
}

/** The same file has the same hash wherever it is sent again: the customer keeps few. */
function attachment(story: Story): string {
  return `sha256:${story.head.key.toLowerCase()}-${story.random.whole(1, 3)}`;
}

/** Blocked inside or at a supplier; the customer is kept informed. */
export function pause(story: Story, status: string, backTo: string, median: number): void {
  story.change(story.agent(), { status });
  work(story, story.random.logNormal(median, 0.6));
  story.change(story.agent(), { status: backTo });
}

export interface Handover {
  to: TeamId;
  queued: string;
  taken: string;
  waitMedian: number;
  warm?: number;
  gap?: number;
  isReturn?: boolean;
}

/** From team to team: with a note or cold, sometimes with nobody in between, then the wait for the receiver's first act. */
export function handOver(story: Story, { to, queued, taken, waitMedian, warm = 0.72, gap = 0.1, isReturn = false }: Handover): void {
  const { random, world } = story;
  const note = isReturn ? 'returned' : 'handover';
  const isWarm = random.chance(warm);
  const noteIsLate = random.chance(0.15);
  if (isWarm && !noteIsLate) {
    story.notes(note);
    story.at += random.whole(60, 1_200);
  }
  if (random.chance(0.1)) story.fillsHandoverField();
  const sender = story.agent();
  const handsOverAt = story.at;
  if (random.chance(gap)) {
    story.change(sender, { team: null, person: null, status: queued });
    story.at = world.teamCalendar(to).add(story.at, random.logNormal(2 * hour, 0.7));
    story.change(routing, { team: to });
  } else {
    story.change(sender, { team: to, person: null, status: queued });
    if (isWarm && noteIsLate) lateNote(story, sender, note, handsOverAt + random.whole(60, 240));
  }
  take(story, taken, waitMedian, isWarm);
}

function lateNote(story: Story, sender: Author, note: 'handover' | 'returned', at: number): void {
  story.notes(note, at);
  const written = story.comments.at(-1);
  if (written) written.author = sender;
}

/** After a while a colleague of the same team takes over and begins with a look at the notes. */
export function swapPerson(story: Story): void {
  const { random } = story;
  work(story, random.logNormal(0.7 * hour, 0.5));
  const team = story.team ?? 'support';
  const person = colleague(story, team);
  if (random.chance(0.6)) {
    story.notes('handover');
    story.at += random.whole(60, 900);
  }
  story.change(story.agent(), { person });
  story.at = story.world.teamCalendar(team).add(story.at, random.logNormal(1.5 * hour, 0.7));
  story.notes('note');
}
