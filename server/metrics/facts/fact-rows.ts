import type { Court } from '#etl/connector.js';
import type { FactRows } from './fact-tables.js';
import type { ItemFacts } from './fold/item-facts.js';
import { type Piece, foldSilences, isSameState } from './fold/pieces.js';
import { lastOwner, type Level, type Stay } from './fold/stays.js';

const clockAnomaly = Buffer.from('clock_anomaly');

/** Adds the rows of an item, each column in the order of `factTables`. */
export function writeFacts(to: FactRows, facts: ItemFacts, version: number): void {
  const { view, place, source } = facts.item;
  writeItem(to, facts, version);
  facts.cycles.forEach(({ openedAt, resolvedAt, reopenedAt, team }, n) =>
    to.cycle
      .row(view, place)
      .int(n + 1)
      .instant(openedAt)
      .instant(resolvedAt)
      .instant(reopenedAt)
      .id(team),
  );
  writeIntervals(to, facts);
  writeStays(to, facts, 'team', facts.teamStays);
  writeStays(to, facts, 'person', facts.personStays);
  for (const handoff of facts.handoffs)
    to.handoff
      .row(view, place)
      .word(handoff.level)
      .int(handoff.n)
      .instant(handoff.leftAt)
      .instant(handoff.at)
      .id(handoff.fromId)
      .id(handoff.toId)
      .word(handoff.returns)
      .instant(handoff.actedAt)
      .instant(handoff.untilAt)
      .bigint(handoff.waitBusinessSeconds)
      .boolean(handoff.hasNote);
  facts.promises.forEach((promise, n) =>
    to.promise
      .row(view, place)
      .int(n + 1)
      .instant(promise.saidAt)
      .instant(promise.dueAt)
      .instant(promise.untilAt)
      .bigint(promise.movedSeconds)
      .boolean(promise.isAfterDue)
      .boolean(promise.askedByCustomer)
      .boolean(n === facts.promises.length - 1),
  );
  facts.turns.forEach(({ askedAt, answeredAt, untilAt, team, businessSeconds }, n) =>
    to.turn
      .row(view, place)
      .int(n + 1)
      .instant(askedAt)
      .instant(answeredAt)
      .instant(untilAt)
      .id(team)
      .bigint(businessSeconds),
  );
  writeRatings(to, facts);
  if (source.tellsMessages)
    foldSilences(facts.pieces).forEach(({ fromAt, toAt, oursSeconds, team }, n) =>
      to.silence
        .row(view, place)
        .int(n + 1)
        .instant(fromAt)
        .instant(toAt)
        .bigint(toAt === Infinity ? null : oursSeconds)
        .id(team),
    );
  writeWords(to, facts);
  facts.delays.forEach(({ fromAt, toAt, team, isLate, isSilent, isExplained }, n) =>
    to.delay
      .row(view, place)
      .int(n + 1)
      .instant(fromAt)
      .instant(toAt)
      .id(team)
      .boolean(isLate)
      .boolean(isSilent)
      .boolean(isExplained),
  );
}

function writeIntervals(to: FactRows, { item, pieces }: ItemFacts): void {
  let n = 0;
  for (let first = 0; first < pieces.length;) {
    const piece = pieces[first];
    let after = first + 1;
    while (piece && isSameStateAs(piece, pieces[after])) after++;
    const last = pieces[after - 1];
    if (piece && last)
      to.interval
        .row(item.view, item.place)
        .int(++n)
        .instant(piece.fromAt)
        .instant(last.toAt)
        .word(piece.court)
        .id(piece.team)
        .id(piece.person)
        .boolean(piece.team !== null || piece.person !== null)
        .boolean(piece.isDuePast)
        .boolean(piece.hasNextStep)
        .boolean(piece.isFresh)
        .boolean(piece.isUnmapped);
    first = after;
  }
}

function isSameStateAs(piece: Piece, next: Piece | undefined): boolean {
  return next !== undefined && isSameState(piece, next);
}

function writeStays(to: FactRows, { item }: ItemFacts, level: Level, stays: readonly Stay[]): void {
  stays.forEach(({ owner, fromAt, toAt }, n) =>
    to.ownership
      .row(item.view, item.place)
      .word(level)
      .int(n + 1)
      .id(owner)
      .instant(fromAt)
      .instant(toAt),
  );
}

function writeRatings(to: FactRows, { item, story }: ItemFacts): void {
  let n = 0;
  for (const { kind, rating, at, teamNow } of story) {
    if (kind !== 'rated' || rating === null) continue;
    to.rating.row(item.view, item.place).int(++n).instant(at).double(rating).id(teamNow);
  }
}

function writeWords(to: FactRows, { item, words, handoffWords }: ItemFacts): void {
  words.forEach(({ event, isPublic, dueAt, givesDate, remark, isRepeat, isReask }, n) =>
    to.word
      .row(item.view, item.place)
      .int(n + 1)
      .instant(event.at)
      .word(event.side)
      .boolean(isPublic)
      .boolean(!event.isHuman)
      .id(event.actor)
      .id(event.teamNow)
      .id(event.personNow)
      .instant(dueAt)
      .boolean(remark?.isChase ?? false)
      .boolean(remark?.givesReason ?? false)
      .boolean(givesDate)
      .boolean(remark?.isQuestion ?? false)
      .boolean(isRepeat)
      .boolean(remark?.isThanks ?? false)
      .boolean(isReask),
  );
  for (const { handoff, receiverWords, customerWords, isReask, isRepeat } of handoffWords)
    to.handoff_word
      .row(item.view, item.place)
      .word(handoff.level)
      .int(handoff.n)
      .int(receiverWords)
      .int(customerWords)
      .boolean(isReask)
      .boolean(isRepeat);
}

function writeItem(to: FactRows, facts: ItemFacts, version: number): void {
  const { item, story, life, promises, firstResponse } = facts;
  const byTeam = countsOf(facts, 'team');
  const byPerson = countsOf(facts, 'person');
  const spent = life.isClosed ? spentIn(facts.pieces) : null;
  to.item
    .row(item.view, item.place)
    .id(item.connection)
    .bigint(version)
    .utf8(item.type)
    .utf8(item.service)
    .utf8(item.channel)
    .utf8(item.priority)
    .utf8(item.language)
    .id(item.customer)
    .id(facts.teamStays.find((stay) => stay.owner !== null)?.owner ?? null)
    .id(lastOwner(facts.teamStays))
    .id(lastOwner(facts.personStays))
    .instant(life.createdAt)
    .instant(life.startedAt)
    .instant(life.finishedAt)
    .instant(life.endedAt)
    .word(life.outcome)
    .utf8(item.excluded ?? (life.endedAt < life.createdAt ? clockAnomaly : null))
    .instant(story[0]?.at ?? life.createdAt)
    .instant(story.at(-1)?.at ?? life.createdAt)
    .int(story.length)
    .bigint(facts.leadSeconds)
    .bigint(facts.cycleSeconds)
    .int(byTeam.handoffs)
    .int(byTeam.returns)
    .int(byTeam.directReturns)
    .int(byPerson.handoffs)
    .int(byPerson.returns)
    .int(byPerson.directReturns)
    .int(facts.cycles.filter((cycle) => cycle.resolvedAt !== null).length)
    .int(facts.cycles.filter((cycle) => cycle.reopenedAt !== null).length)
    .instant(promises[0]?.dueAt ?? null)
    .instant(promises.at(-1)?.dueAt ?? null)
    .int(promises.filter((promise) => promise.movedSeconds !== null).length)
    .instant(firstResponse?.at ?? null)
    .bigint(firstResponse?.businessSeconds ?? null)
    .bigint(spent?.ours_active ?? null)
    .bigint(spent?.ours_waiting ?? null)
    .bigint(spent?.customer ?? null)
    .bigint(spent?.third_party ?? null)
    .bigint(spent?.unowned ?? null);
}

interface HandoffCounts {
  handoffs: number;
  returns: number;
  directReturns: number;
}

function countsOf({ handoffs }: ItemFacts, level: Level): HandoffCounts {
  const counts: HandoffCounts = { handoffs: 0, returns: 0, directReturns: 0 };
  for (const handoff of handoffs) {
    if (handoff.level !== level) continue;
    counts.handoffs++;
    if (handoff.returns !== null) counts.returns++;
    if (handoff.returns === 'direct') counts.directReturns++;
  }
  return counts;
}

/** Seconds in each court, and those of them in which nobody had the item. */
function spentIn(pieces: readonly Piece[]): Record<Court | 'unowned', number> {
  const spent = { ours_active: 0, ours_waiting: 0, customer: 0, third_party: 0, unowned: 0 };
  for (const { court, team, person, seconds } of pieces) {
    spent[court] += seconds ?? 0;
    if (team === null && person === null) spent.unowned += seconds ?? 0;
  }
  return spent;
}
