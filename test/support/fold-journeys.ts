import { idOf, type StoryItem } from './story.js';

/** One item became another. */
export interface Becoming {
  from: string;
  to: string;
  at: string;
}

/** What is known of an item by itself; instants are epoch milliseconds, `Infinity` while it lasts. */
export interface ItemEnds {
  name: string;
  connection: string;
  created: number;
  /** First start or first public word of ours; null for neither. */
  touched: number | null;
  ended: number;
  outcome: string;
  excluded: string | null;
}

export interface FoldedJourney {
  items: string[];
  started: number;
  ended: number;
  outcome: string;
  systems: number;
  handoffs: { from: string; to: string; at: number; touched: number | null; until: number; isBetweenSystems: boolean; hasNote: boolean }[];
}

/**
 * Journeys, worked out by walking from item to item along the links: slow, without SQL, and written apart from it, to compare
 * with. Sorted by their first items' names.
 */
export function foldJourneys(items: ItemEnds[], stories: StoryItem[], links: Becoming[]): FoldedJourney[] {
  const known = new Map(items.filter(({ excluded }) => excluded === null).map((item) => [item.name, item]));
  const valid = links.filter(({ from, to }) => from !== to && known.has(from) && known.has(to));
  const seen = new Set<string>();
  const journeys: FoldedJourney[] = [];
  for (const name of known.keys()) {
    if (seen.has(name)) continue;
    const members = reached(name, valid);
    for (const member of members) seen.add(member);
    if (members.length > 1)
      journeys.push(
        journeyOf(
          members.map((member) => known.get(member)!),
          stories,
          valid,
        ),
      );
  }
  return journeys.sort((one, other) => (one.items[0]! < other.items[0]! ? -1 : 1));
}

function reached(start: string, links: Becoming[]): string[] {
  const found = [start];
  for (const name of found) {
    const next = links.flatMap(({ from, to }) => (from === name ? [to] : to === name ? [from] : []));
    for (const other of next) if (!found.includes(other)) found.push(other);
  }
  return found;
}

function journeyOf(members: ItemEnds[], stories: StoryItem[], links: Becoming[]): FoldedJourney {
  const order = [...members].sort(
    (one, other) => one.created - other.created || (idOf('item', one.name) < idOf('item', other.name) ? -1 : 1),
  );
  const last = [...members].sort(
    (one, other) => other.ended - one.ended || (idOf('item', one.name) < idOf('item', other.name) ? -1 : 1),
  )[0]!;
  const of = (name: string): ItemEnds => members.find((member) => member.name === name)!;
  const eventsOf = (name: string): StoryItem['events'] => stories.find((story) => story.name === name)!.events;
  const handoffs = links
    .filter(({ from }) => members.some(({ name }) => name === from))
    .map((link) => {
      const [from, to, linked] = [of(link.from), of(link.to), Date.parse(link.at)];
      const at = Math.min(from.ended, linked);
      const isNear = (moment: number, middle: number): boolean => moment >= middle - 1_800_000 && moment <= middle + 300_000;
      const before = notes(eventsOf(link.from)).some((moment) => isNear(moment, at) || isNear(moment, linked));
      const after = notes(eventsOf(link.to)).some(
        (moment) => moment >= linked - 1_800_000 && moment <= Math.max(to.touched ?? -Infinity, linked + 300_000),
      );
      return {
        from: link.from,
        to: link.to,
        at,
        touched: to.touched,
        until: to.ended,
        isBetweenSystems: from.connection !== to.connection,
        hasNote: before || after,
      };
    })
    .sort((one, other) => (`${one.from} ${one.to}` < `${other.from} ${other.to}` ? -1 : 1));
  return {
    items: order.map(({ name }) => name),
    started: order[0]!.created,
    ended: last.ended,
    outcome: last.outcome,
    systems: new Set(members.map(({ connection }) => connection)).size,
    handoffs,
  };
}

function notes(events: StoryItem['events']): number[] {
  return events
    .filter(
      (event) =>
        !event.isBot &&
        (event.kind === 'noted' || (event.kind === 'said' && (event.side ?? 'team') === 'team' && event.isPublic === false)),
    )
    .map((event) => Date.parse(event.at));
}
