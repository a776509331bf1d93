import { itemReader } from '#server/metrics/facts/texts.js';
import { utf8 } from '#server/metrics/text/words.js';
import { type Level, type Piece, type Stay, type Told, isQuestion, isWord, ownerAt } from './fold-story.js';

/** A message with its row and what the rows of handoffs and delays need of it. */
export interface FoldedWord {
  event: Told;
  /** Places in the story, from 0, where the same was asked or sent first. */
  askedPlace: number | null;
  sentPlace: number | null;
  saysAgain: boolean;
  /** Until when it explains a delay; null for not at all. */
  explainsUntil: number | null;
  row: Record<string, unknown>;
}

const together = 5 * 60_000;

export function foldWords(story: Told[], promises: Record<string, unknown>[], updateInterval: number): FoldedWord[] {
  const read = itemReader();
  return story
    .filter((event) => event.kind === 'said')
    .map((event, n): FoldedWord => {
      const side = event.side ?? 'team';
      const isRead = !event.isBot && (isWord(event) || isQuestion(event)) && (event.text ?? event.attachments) !== undefined;
      const remark = isRead
        ? read({
            item: 1,
            i: event.place,
            side: side === 'customer' ? 'customer' : 'team',
            body: utf8(event.text ?? ''),
            language: null,
            attachments: event.attachments ?? [],
          })
        : null;
      const given = isWord(event)
        ? promises.findLast((promise) => Math.abs(Number(promise.said_at) - event.moment) <= together)
        : undefined;
      const due = given === undefined ? null : Number(given.due_at);
      const givesReason = remark?.givesReason ?? false;
      const givesDate = due !== null || (remark?.tellsDate ?? false);
      return {
        event,
        askedPlace: remark?.askedI ?? null,
        sentPlace: remark?.sentI ?? null,
        saysAgain: remark?.saysAgain ?? false,
        explainsUntil:
          due !== null && due > event.moment && given?.moved_seconds != null
            ? due
            : isWord(event) && (givesReason || givesDate)
              ? event.moment + updateInterval * 1_000
              : null,
        row: {
          n: n + 1,
          at: event.moment,
          side,
          is_public: event.isPublic ?? true,
          is_bot: event.isBot ?? false,
          actor_id: event.actor ?? null,
          team_id: ownerAt(story, 'team', event.place),
          person_id: ownerAt(story, 'person', event.place),
          due_at: due,
          is_chase: remark?.isChase ?? false,
          gives_reason: givesReason,
          gives_date: givesDate,
          is_question: remark?.isQuestion ?? false,
          is_repeat: remark?.saysAgain ?? false,
          is_thanks: remark?.isThanks ?? false,
          is_reask: false,
        },
      };
    });
}

/** What followed each handoff; marks the words that asked or sent again on the way. */
export function foldHandoffWords(
  story: Told[],
  level: Level,
  stays: Stay[],
  ended: number,
  words: FoldedWord[],
): Record<string, unknown>[] {
  const namesAgents = story.some((event) => event.actor !== undefined && (event.role ?? 'agent') === 'agent');
  const rows: Record<string, unknown>[] = [];
  let before: string | null = null;
  let n = 0;
  for (const stay of stays) {
    if (stay.owner === null || stay.owner === before) continue;
    const sender = before;
    before = stay.owner;
    if (sender === null) continue;
    n += 1;
    const handoff = story[stay.place]!;
    const senderPerson = level === 'person' ? sender : ownerAt(story, 'person', stay.place - 1);
    const until = Math.max(stay.from, Math.min(stay.to, ended));
    const isReceiver = ({ actor }: Told): boolean => {
      if (level === 'person' && namesAgents) return actor === stay.owner;
      if (actor === undefined) return true;
      return actor !== senderPerson && (actor !== handoff.actor || (handoff.person !== undefined && handoff.actor === handoff.person));
    };
    const heard = words.filter(
      ({ event }) =>
        event.place > stay.place && event.place < stay.nextPlace && event.moment <= until && (event.isPublic ?? true) && !event.isBot,
    );
    const asking = heard.filter(({ event }) => event.side === 'customer');
    const answering = heard.filter(({ event }) => (event.side ?? 'team') === 'team' && isReceiver(event)).slice(0, 2);
    const again = asking.filter(({ saysAgain, sentPlace }) => saysAgain || (sentPlace !== null && sentPlace < stay.place));
    const reasked = answering.filter(({ askedPlace }) => askedPlace !== null && askedPlace < stay.place);
    for (const word of again) word.row.is_repeat = true;
    for (const word of reasked) word.row.is_reask = true;
    if (asking.length + answering.length === 0) continue;
    rows.push({
      level,
      n,
      receiver_words: answering.length,
      customer_words: asking.length,
      is_reask: reasked.length > 0,
      is_repeat: again.length > 0,
    });
  }
  return rows;
}

interface Delay {
  cycle: number;
  from: number;
  to: number;
  team: string | null;
  isLate: boolean;
  isSilent: boolean;
  isExplained: boolean;
}

export function foldDelays(pieces: Piece[], words: FoldedWord[]): Record<string, unknown>[] {
  const parts = pieces.flatMap((piece): Delay[] => {
    const isSilent = piece.court.startsWith('ours') && !piece.isFresh;
    if (!piece.isDuePast && !isSilent) return [];
    const state = { cycle: piece.cycle, team: piece.team, isLate: piece.isDuePast, isSilent };
    const explained = words
      .filter(({ event }) => isWord(event) && event.moment <= piece.from)
      .map(({ explainsUntil }) => explainsUntil ?? -Infinity);
    const cut = Math.max(piece.from, Math.min(piece.to, Math.max(-Infinity, ...explained)));
    return [
      { ...state, from: piece.from, to: cut, isExplained: true },
      { ...state, from: cut, to: piece.to, isExplained: false },
    ].filter(({ from, to }) => from < to);
  });
  const joined: Delay[] = [];
  for (const part of parts) {
    const last = joined.at(-1);
    const goesOn =
      last?.to === part.from &&
      (['cycle', 'team', 'isLate', 'isSilent', 'isExplained'] as const).every((state) => last[state] === part[state]);
    if (goesOn) last.to = part.to;
    else joined.push({ ...part });
  }
  return joined.map(({ from, to, team, isLate, isSilent, isExplained }, n) => ({
    n: n + 1,
    from_at: from,
    to_at: to,
    team_id: team,
    is_late: isLate,
    is_silent: isSilent,
    is_explained: isExplained,
  }));
}
