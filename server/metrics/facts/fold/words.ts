import type { Remark } from '../texts.js';
import type { Handoff } from './handoffs.js';
import type { GivenPromise } from './promises.js';
import type { Instant, StoryEvent } from './story.js';

/** A message, with what it says as far as its text was read. */
export interface Word {
  /** Place in the story. */
  place: number;
  event: StoryEvent;
  isPublic: boolean;
  /** The promised date that was given or moved together with it. */
  dueAt: Instant | null;
  /** It takes the place of an earlier date. */
  isNewDate: boolean;
  givesDate: boolean;
  remark: Remark | null;
  /** The customer had to say it again. */
  isRepeat: boolean;
  /** The receiver of a handoff asks what was asked before it. */
  isReask: boolean;
}

/** A date entered and the message that tells it are two acts in most tools. */
const together = 5 * 60_000_000;

/** `remarkOf` is asked for the public messages of persons, in their order. */
export function foldWords(
  story: readonly StoryEvent[],
  promises: readonly GivenPromise[],
  remarkOf: (event: StoryEvent, place: number) => Remark | null,
): Word[] {
  const words: Word[] = [];
  for (let place = 0; place < story.length; place++) {
    const event = story[place];
    if (event?.kind !== 'said') continue;
    const { at, side, isPublic, isWord, isQuestion, isHuman } = event;
    const remark = isWord || (isQuestion && isHuman) ? remarkOf(event, place) : null;
    const given = isWord ? promises.findLast((promise) => Math.abs(promise.saidAt - at) <= together) : undefined;
    words.push({
      place,
      event,
      isPublic: side === 'customer' ? isPublic !== false : isPublic === true,
      dueAt: given?.dueAt ?? null,
      isNewDate: given !== undefined && given.movedSeconds !== null,
      givesDate: given !== undefined || remark?.tellsDate === true,
      remark,
      isRepeat: remark?.saysAgain === true,
      isReask: false,
    });
  }
  return words;
}

/** What was said in public after a handoff while the receiver had the item. */
export interface HandoffWords {
  handoff: Handoff;
  /** Of the receiver, two at most. */
  receiverWords: number;
  customerWords: number;
  isReask: boolean;
  isRepeat: boolean;
}

/**
 * Public messages of persons after a handoff, while the receiver has the item and before its end: the customer's, and the
 * receiver's, which are those of the person who got it or, of a team, of anyone but the sender and whoever handed it over.
 * Marks the words that ask or say again.
 */
export function foldHandoffWords(words: readonly Word[], handoffs: readonly Handoff[], namesAgents: boolean): HandoffWords[] {
  const heard: HandoffWords[] = [];
  for (const handoff of handoffs) {
    const told: HandoffWords = { handoff, receiverWords: 0, customerWords: 0, isReask: false, isRepeat: false };
    for (let n = firstAfter(words, handoff.from); n < words.length; n++) {
      const word = words[n];
      if (word === undefined || (handoff.to !== null && word.place >= handoff.to) || word.event.at > handoff.untilAt) break;
      if (!word.isPublic || !word.event.isHuman) continue;
      if (word.event.side === 'customer') hearCustomer(told, word);
      else if (word.event.side === 'team' && isReceivers(word.event, handoff, namesAgents)) hearReceiver(told, word);
    }
    if (told.receiverWords + told.customerWords > 0) heard.push(told);
  }
  return heard;
}

function firstAfter(words: readonly Word[], place: number): number {
  let low = 0;
  let high = words.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((words[middle]?.place ?? Infinity) > place) high = middle;
    else low = middle + 1;
  }
  return low;
}

function isReceivers({ actor }: StoryEvent, handoff: Handoff, namesAgents: boolean): boolean {
  if (handoff.level === 'person' && namesAgents) return actor === handoff.toId;
  if (actor === null) return true;
  return actor !== handoff.sender && (actor !== handoff.actor || handoff.actor === handoff.person);
}

function hearCustomer(told: HandoffWords, word: Word): void {
  told.customerWords++;
  const sentBefore = word.remark?.sentI ?? null;
  if (word.remark?.saysAgain !== true && (sentBefore === null || sentBefore >= told.handoff.from)) return;
  told.isRepeat = true;
  word.isRepeat = true;
}

function hearReceiver(told: HandoffWords, word: Word): void {
  if (told.receiverWords === 2) return;
  told.receiverWords++;
  const askedBefore = word.remark?.askedI ?? null;
  if (askedBefore === null || askedBefore >= told.handoff.from) return;
  told.isReask = true;
  word.isReask = true;
}
