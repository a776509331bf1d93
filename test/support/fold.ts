import type { ConnectionSettings } from '#etl/connector.js';
import { foldDelays, foldHandoffWords, foldWords } from './fold-words.js';
import { type StoryEvent, type StoryItem, statuses } from './story.js';
import { type Level, type Piece, type Stay, type Told, isQuestion, isWord, ownerAt } from './fold-story.js';

/**
 * The facts of one item, worked out by walking through its events one by one: slow, without SQL, and written apart from
 * it, to compare with. Instants are epoch milliseconds; `Infinity` while it lasts.
 */
export interface Folded {
  item: Record<string, unknown>;
  cycle: Record<string, unknown>[];
  interval: Record<string, unknown>[];
  ownership: Record<string, unknown>[];
  handoff: Record<string, unknown>[];
  promise: Record<string, unknown>[];
  turn: Record<string, unknown>[];
  rating: Record<string, unknown>[];
  silence: Record<string, unknown>[];
  word: Record<string, unknown>[];
  handoff_word: Record<string, unknown>[];
  delay: Record<string, unknown>[];
}

interface Cycle {
  opened: number;
  closed: number | null;
  as: 'done' | 'cancelled' | null;
  reopened: number | null;
  team: string | null;
}

export function fold(item: StoryItem, settings: ConnectionSettings): Folded {
  const story = inOrder(item.events);
  const created = item.createdAt
    ? instant(item.createdAt)
    : (story.find((event) => event.kind === 'created')?.moment ?? story[0]?.moment ?? instant('2026-01-01T00:00:00Z'));
  const told = item.finishedAt === undefined ? null : instant(item.finishedAt);
  const cycles = foldCycles(story, created);
  const last = cycles.at(-1)!;
  const outcome =
    last.as === 'cancelled' ? 'cancelled' : told !== null ? 'done' : last.as === null ? 'open' : item.finishIsExplicit ? 'unknown' : 'done';
  const ended = outcome === 'open' ? Infinity : (told ?? last.closed!);
  const life = cycles.map((cycle, n) => ({
    from: Math.max(cycle.opened, created),
    to: n === cycles.length - 1 ? (told ?? cycle.closed ?? Infinity) : Math.min(cycle.closed!, told ?? Infinity),
  }));
  const team = foldStays(story, 'team', settings.ownerCorrectionSeconds, ended);
  const person = foldStays(story, 'person', settings.ownerCorrectionSeconds, ended);
  const handoffs = [...foldHandoffs(story, 'person', person, ended), ...foldHandoffs(story, 'team', team, ended)];
  const chain = foldChain(story, settings.dueCorrectionSeconds, created, ended);
  const pieces = foldPieces(story, life, created, chain, settings.updateIntervalSeconds);
  const interval = merge(pieces);
  const isClosed = Number.isFinite(ended) && ended >= created;
  const spent = (matches: (piece: Piece) => boolean): number | null =>
    isClosed ? interval.filter(matches).reduce((sum, piece) => sum + seconds(piece.from, piece.to), 0) : null;
  const word = story.find((event) => isWord(event) && event.moment >= created);
  const promise = promises(chain);
  const resolved = cycles.map((cycle, n) =>
    n === cycles.length - 1 && outcome === 'done' && told !== null && told >= cycle.opened
      ? told
      : cycle.as === 'done'
        ? cycle.closed
        : null,
  );
  const cycle = cycles.map((one, n) => ({
    n: n + 1,
    opened_at: one.opened,
    resolved_at: resolved[n],
    reopened_at: one.as === 'done' ? one.reopened : null,
    team_id: one.team,
  }));
  const words = foldWords(story, promise, settings.updateIntervalSeconds);
  const followed = [...foldHandoffWords(story, 'person', person, ended, words), ...foldHandoffWords(story, 'team', team, ended, words)];
  const count = (level: Level, matches: (handoff: Record<string, unknown>) => boolean): number =>
    handoffs.filter((handoff) => handoff.level === level && matches(handoff)).length;
  const owners = (stays: Stay[]): string[] => stays.flatMap((stay) => (stay.owner === null ? [] : [stay.owner]));
  return {
    item: {
      created_at: created,
      finished_at: outcome === 'done' ? ended : null,
      ended_at: ended,
      outcome,
      excluded: item.excluded ?? (ended < created ? 'clock_anomaly' : null),
      event_count: story.length,
      lead_business_seconds: outcome === 'done' && ended >= created ? seconds(created, ended) : null,
      first_team_id: owners(team)[0] ?? null,
      team_id: owners(team).at(-1) ?? null,
      person_id: owners(person).at(-1) ?? null,
      team_handoffs: count('team', () => true),
      team_returns: count('team', (handoff) => handoff.returns !== null),
      team_direct_returns: count('team', (handoff) => handoff.returns === 'direct'),
      person_handoffs: count('person', () => true),
      person_returns: count('person', (handoff) => handoff.returns !== null),
      person_direct_returns: count('person', (handoff) => handoff.returns === 'direct'),
      resolutions: cycle.filter((one) => one.resolved_at !== null).length,
      reopens: cycle.filter((one) => one.reopened_at !== null).length,
      first_due_at: promise[0]?.due_at ?? null,
      last_due_at: promise.at(-1)?.due_at ?? null,
      due_moves: promise.filter((one) => one.moved_seconds !== null).length,
      first_response_at: word?.moment ?? null,
      ours_active_seconds: spent((piece) => piece.court === 'ours_active'),
      ours_waiting_seconds: spent((piece) => piece.court === 'ours_waiting'),
      customer_seconds: spent((piece) => piece.court === 'customer'),
      third_party_seconds: spent((piece) => piece.court === 'third_party'),
      unowned_seconds: spent((piece) => piece.team === null && piece.person === null),
    },
    cycle,
    interval: interval.map((piece, n) => ({
      n: n + 1,
      from_at: piece.from,
      to_at: piece.to,
      court: piece.court,
      team_id: piece.team,
      person_id: piece.person,
      is_owned: piece.team !== null || piece.person !== null,
      is_due_past: piece.isDuePast,
      has_next_step: piece.hasNextStep,
      is_fresh: piece.isFresh,
      is_unmapped: piece.isUnmapped,
    })),
    ownership: [
      ...person.map((stay, n) => ({ level: 'person', n: n + 1, owner_id: stay.owner, from_at: stay.from, to_at: stay.to })),
      ...team.map((stay, n) => ({ level: 'team', n: n + 1, owner_id: stay.owner, from_at: stay.from, to_at: stay.to })),
    ],
    handoff: handoffs,
    promise,
    turn: foldTurns(story, ended, owners(team).at(-1) ?? null),
    rating: story
      .filter((event) => event.kind === 'rated' && event.rating !== undefined)
      .map((event, n) => ({ n: n + 1, at: event.moment, rating: event.rating, team_id: ownerAt(story, 'team', event.place) })),
    silence: foldSilences(story, pieces),
    word: words.map((word) => word.row),
    handoff_word: followed,
    delay: foldDelays(pieces, words),
  };
}

function instant(iso: string): number {
  return Date.parse(iso);
}

/** Whole seconds between two instants, each cut to the second first. */
function seconds(from: number, to: number): number {
  return Math.floor(to / 1000) - Math.floor(from / 1000);
}

function inOrder(events: StoryEvent[]): Told[] {
  return events
    .map((event, index) => ({ event, exact: Date.parse(event.at), seq: event.seq ?? index }))
    .sort((a, b) => a.exact - b.exact || a.seq - b.seq)
    .map(({ event }, place) => ({ ...event, moment: instant(event.at), place }));
}

function foldCycles(story: Told[], created: number): Cycle[] {
  const cycles: Cycle[] = [{ opened: created, closed: null, as: null, reopened: null, team: null }];
  for (const event of story) {
    const meaning = event.status === undefined ? undefined : statuses[event.status];
    if (meaning === undefined || meaning === 'unmapped') continue;
    const cycle = cycles.at(-1)!;
    const closes = meaning === 'done' || meaning === 'cancelled';
    if (closes && cycle.as === null) Object.assign(cycle, { closed: event.moment, as: meaning, team: ownerAt(story, 'team', event.place) });
    if (!closes && cycle.as !== null) {
      cycle.reopened = event.moment;
      cycles.push({ opened: event.moment, closed: null, as: null, reopened: null, team: null });
    }
  }
  const last = cycles.at(-1)!;
  if (last.as === null) last.team = ownerAt(story, 'team', story.length - 1);
  return cycles;
}

function withoutEqualNeighbours<T>(list: T[], value: (one: T) => unknown): T[] {
  return list.filter((one, n) => n === 0 || value(one) !== value(list[n - 1]!));
}

function foldStays(story: Told[], level: Level, correction: number, ended: number): Stay[] {
  const changes = withoutEqualNeighbours(
    story.filter((event) => event[level] !== undefined),
    (event) => event[level],
  );
  const standing = changes.filter((event, n) => {
    const next = changes[n + 1];
    return next === undefined || next.moment - event.moment >= correction * 1000;
  });
  const kept = withoutEqualNeighbours(standing, (event) => event[level]);
  return kept.map((event, n) => ({
    owner: event[level] ?? null,
    from: event.moment,
    to: kept[n + 1]?.moment ?? Math.max(event.moment, ended),
    place: event.place,
    nextPlace: kept[n + 1]?.place ?? Infinity,
  }));
}

function foldHandoffs(story: Told[], level: Level, stays: Stay[], ended: number): Record<string, unknown>[] {
  const handoffs: Record<string, unknown>[] = [];
  const owners: string[] = [];
  let sender: Stay | undefined;
  for (const stay of stays) {
    if (stay.owner === null) continue;
    if (owners.length === 0) owners.push(stay.owner);
    else if (owners.at(-1) !== stay.owner && sender) {
      const acted = firstAct(story, level, stay, ended);
      const until = Math.max(stay.from, Math.min(stay.to, ended));
      const end = acted ?? until;
      handoffs.push({
        level,
        n: owners.length,
        left_at: sender.to,
        at: stay.from,
        from_id: owners.at(-1),
        to_id: stay.owner,
        returns: owners.at(-2) === stay.owner ? 'direct' : owners.includes(stay.owner) ? 'indirect' : null,
        acted_at: acted,
        until_at: until,
        wait_business_seconds: Number.isFinite(end) ? seconds(stay.from, end) : null,
        has_note: hasNote(story, level, sender, stay),
      });
      owners.push(stay.owner);
    }
    sender = stay;
  }
  return handoffs;
}

function firstAct(story: Told[], level: Level, stay: Stay, ended: number): number | null {
  const handoff = story[stay.place]!;
  const namesAgents = story.some((event) => event.actor !== undefined && (event.role ?? 'agent') === 'agent');
  for (const event of story.slice(stay.place)) {
    if (event.place > stay.nextPlace || event.moment > ended) return null;
    if (level === 'person' && namesAgents) {
      if (event.actor === stay.owner) return event.moment;
      continue;
    }
    if (event === handoff) {
      if (level === 'team' && event.actor !== undefined && event.actor === event.person) return event.moment;
      continue;
    }
    if (event.place === stay.nextPlace || event.role === 'customer' || event.role === 'system') continue;
    const earlier = story.slice(0, event.place);
    const changed = event.status !== undefined && earlier.findLast((one) => one.status !== undefined)?.status !== event.status;
    const ours = event.kind === 'said' && (event.side ?? 'team') === 'team' && !event.isBot;
    if (level === 'person') {
      if (changed || ours) return event.moment;
      continue;
    }
    if (changed && !['ours_waiting', 'unmapped'].includes(statuses[event.status!]!)) return event.moment;
    if (event.person && event.person !== ownerAt(story, 'person', event.place - 1)) return event.moment;
    const isAgent = event.actor !== undefined && (event.role ?? 'agent') === 'agent';
    const sender = ownerAt(story, 'person', stay.place - 1);
    if (event.actor === undefined ? ours : (ours || isAgent) && event.actor !== handoff.actor && event.actor !== sender)
      return event.moment;
  }
  return null;
}

function hasNote(story: Told[], level: Level, sender: Stay, stay: Stay): boolean {
  const handoff = story[stay.place]!;
  const from = level === 'person' ? sender.owner : ownerAt(story, 'person', stay.place - 1);
  const to = level === 'person' ? stay.owner : ownerAt(story, 'person', stay.place);
  return story.some((event) => {
    const isNote =
      !event.isBot && (event.kind === 'noted' || (event.kind === 'said' && (event.side ?? 'team') === 'team' && event.isPublic === false));
    if (!isNote || event.place < sender.place || event.moment < stay.from - 1_800_000 || event.moment > stay.from + 300_000) return false;
    if (event.actor !== undefined && event.actor === to) return false;
    return event.place <= stay.place || (event.actor !== undefined && (event.actor === from || event.actor === handoff.actor));
  });
}

interface ChainLink {
  due: number | null;
  said: number;
  until: number;
  asked: boolean;
}

function foldChain(story: Told[], correction: number, created: number, ended: number): ChainLink[] {
  let raw = story
    .filter((event) => event.kind === 'promised' && event.moment <= Math.max(created, ended))
    .map((event) => ({ due: event.due ? instant(event.due) : null, said: event.moment, asked: event.askedByCustomer ?? false }));
  const collapse = (): void => {
    raw = withoutEqualNeighbours(raw, (link) => link.due);
    if (raw[0]?.due === null) raw.shift();
  };
  collapse();
  const kept: typeof raw = [];
  let since: number | null = null;
  for (const [n, link] of raw.entries()) {
    const next = raw[n + 1];
    since ??= link.said;
    if (next !== undefined && next.said - link.said < correction * 1000) continue;
    kept.push({ ...link, said: since });
    since = null;
  }
  raw = kept;
  collapse();
  return raw.map((link, n) => ({ ...link, until: raw[n + 1]?.said ?? Math.max(link.said, ended) }));
}

function promises(chain: ChainLink[]): Record<string, unknown>[] {
  const given = chain.filter((link) => link.due !== null);
  return given.map((link, n) => {
    const before = given[n - 1]?.due ?? null;
    const moved = before === null || link.due === before ? null : seconds(before, link.due!);
    return {
      n: n + 1,
      said_at: link.said,
      due_at: link.due,
      until_at: link.until,
      moved_seconds: moved,
      is_after_due: moved === null ? null : link.said > before!,
      asked_by_customer: link.asked,
      is_last: n === given.length - 1,
    };
  });
}

/** Every moment at which anything could change is a cut; the state of each part is looked up from the start of the story. */
function foldPieces(
  story: Told[],
  life: { from: number; to: number }[],
  created: number,
  chain: ChainLink[],
  updateInterval: number,
): Piece[] {
  const words = story.filter(isWord).map((event) => Math.max(event.moment, created));
  const cuts = new Set<number>([
    ...story.map((event) => event.moment),
    ...chain.flatMap((link) => [link.said, link.until, link.due ?? link.said]),
    ...[created, ...words].map((moment) => moment + updateInterval * 1000),
  ]);
  return life.flatMap(({ from, to }, cycle) => {
    if (from >= to) return [];
    const within = [...cuts].filter((cut) => cut > from && cut < to).sort((a, b) => a - b);
    const starts = [from, ...within];
    return starts.map((start, n): Piece => {
      const past = story.filter((event) => event.moment <= start);
      const place = past.length - 1;
      const team = ownerAt(story, 'team', place);
      const person = ownerAt(story, 'person', place);
      const open = past.flatMap((event) => (event.status === undefined ? [] : [statuses[event.status]!]));
      const meaning = open.findLast((one) => one !== 'done' && one !== 'cancelled');
      const due = chain.find((link) => link.said <= start && start < link.until)?.due ?? null;
      const word = Math.max(created, ...words.filter((moment) => moment <= start));
      return {
        cycle,
        from: start,
        to: starts[n + 1] ?? to,
        court:
          meaning === undefined || meaning === 'unmapped' || (meaning === 'ours_active' && team === null && person === null)
            ? 'ours_waiting'
            : meaning,
        team,
        person,
        isDuePast: due !== null && start >= due,
        hasNextStep: due !== null && start < due,
        isFresh: start < word + updateInterval * 1000,
        isUnmapped: meaning === 'unmapped',
      };
    });
  });
}

function merge(pieces: Piece[]): Piece[] {
  const merged: Piece[] = [];
  for (const piece of pieces) {
    const last = merged.at(-1);
    const { from: _from, to: _to, ...state } = piece;
    const isSame = last !== undefined && Object.entries(state).every(([key, value]) => last[key as keyof Piece] === value);
    if (isSame) last.to = piece.to;
    else merged.push({ ...piece });
  }
  return merged;
}

function foldTurns(story: Told[], ended: number, lastTeam: string | null): Record<string, unknown>[] {
  const turns: Record<string, unknown>[] = [];
  let asked: Told | null = null;
  const close = (answer: Told | null): void => {
    if (asked === null) return;
    const until = answer?.moment ?? Math.max(asked.moment, ended);
    turns.push({
      n: turns.length + 1,
      asked_at: asked.moment,
      answered_at: answer?.moment ?? null,
      until_at: until,
      team_id: ownerAt(story, 'team', asked.place) ?? (answer ? ownerAt(story, 'team', answer.place) : null) ?? lastTeam,
      business_seconds: Number.isFinite(until) ? seconds(asked.moment, until) : null,
    });
    asked = null;
  };
  for (const event of story) {
    if (isQuestion(event)) asked ??= event;
    if (isWord(event)) close(event);
  }
  close(null);
  return turns;
}

function foldSilences(story: Told[], pieces: Piece[]): Record<string, unknown>[] {
  const words = story.filter(isWord).map((event) => event.moment);
  const gaps = new Map<string, Piece[]>();
  for (const piece of pieces) {
    const key = `${piece.cycle} ${words.filter((moment) => moment <= piece.from).length}`;
    gaps.set(key, [...(gaps.get(key) ?? []), piece]);
  }
  return [...gaps.values()].map((gap, n) => {
    const to = gap.at(-1)!.to;
    const ours = gap.filter((piece) => piece.court.startsWith('ours')).reduce((sum, piece) => sum + seconds(piece.from, piece.to), 0);
    return { n: n + 1, from_at: gap[0]!.from, to_at: to, ours_seconds: Number.isFinite(to) ? ours : null, team_id: gap.at(-1)!.team };
  });
}
