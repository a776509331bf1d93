import { sequence } from '../sequence.js';

/** What really happened in a tool, known to the test. Times are ISO in UTC, whole seconds. */
export interface ScriptedItem {
  id: number;
  title: string;
  createdAt: string;
  author: number;
  customer: number;
  /** Shown by the tool from then on; later than `createdAt` where the tool is late. */
  visibleAt: string;
  initial: Values;
  events: ScriptedEvent[];
}

/** Status by name, team and person by id, due as a date; null where nobody or none. */
export interface Values {
  status: string;
  team: number | null;
  person: number | null;
  due: string | null;
}
export type ScriptedField = keyof Values;

interface EventBase {
  /** Over all items; grows with time. */
  id: number;
  at: string;
  visibleAt: string;
  actor: number;
}
/** `unknown`: of a kind the tool does not document. `odd`: a change whose value is of another type than documented. */
export type ScriptedEvent = EventBase &
  (
    | { kind: 'change'; field: ScriptedField; from: string | number | null; to: string | number | null }
    | { kind: 'comment'; isPublic: boolean; text: string }
    | { kind: 'unknown' }
    | { kind: 'odd' }
  );

export interface Named {
  id: number;
  name: string;
}

/** The same in every scripted tool. People from 50 on are customers' people. */
export const statuses: readonly (Named & { isClosed: boolean })[] = [
  { id: 1, name: 'New', isClosed: false },
  { id: 2, name: 'In Progress', isClosed: false },
  { id: 3, name: 'Waiting', isClosed: false },
  { id: 4, name: 'Closed', isClosed: true },
];
export const teams: readonly Named[] = [1, 2, 3].map((id) => ({ id, name: `Team ${id}` }));
export const people: readonly Named[] = [11, 12, 13, 14].map((id) => ({ id, name: `Person ${id}` }));
export const customers: readonly Named[] = [51, 52, 53].map((id) => ({ id, name: `Customer ${id}` }));

export interface HistoryOptions {
  seed: number;
  items: number;
  /** Changes and comments per item, at most. */
  events: number;
  fields: readonly ScriptedField[];
  hasComments: boolean;
  /** Everything happens from here on, within `spanMs`. */
  start: string;
  spanMs: number;
  grainMs: number;
  /** Share of events that the tool shows late, and by how much at most. */
  late?: { share: number; mostMs: number };
}

/** Makes up a history; the same one for the same options. */
export function makeHistory(options: HistoryOptions): ScriptedItem[] {
  const random = sequence(options.seed);
  const start = Date.parse(options.start);
  const pick = <T>(from: readonly T[]): T => from[Math.floor(random() * from.length)] as T;
  const moment = (from: number) => from + Math.floor((random() * (start + options.spanMs - from)) / options.grainMs) * options.grainMs;
  const items = Array.from({ length: options.items }, (_, index): ScriptedItem => {
    const createdAt = moment(start);
    const initial: Values = { status: 'New', team: null, person: null, due: null };
    if (options.fields.includes('team')) initial.team = pick(teams).id;
    const now = { ...initial };
    const times = Array.from({ length: Math.floor(random() * (options.events + 1)) }, () => moment(createdAt)).sort((a, b) => a - b);
    const events = times.map((at): ScriptedEvent => {
      const base = { id: 0, at: iso(at), visibleAt: iso(at), actor: pick(people).id };
      if (options.hasComments && random() < 0.3) {
        return { ...base, kind: 'comment', isPublic: random() < 0.5, text: `Note ${Math.floor(random() * 1e6)}` };
      }
      const field = pick(options.fields);
      const from = now[field];
      const to = pick(valuesOf(field).filter((value) => value !== from));
      Object.assign(now, { [field]: to });
      return { ...base, kind: 'change', field, from, to };
    });
    return {
      id: index + 1,
      title: `Item ${index + 1}`,
      createdAt: iso(createdAt),
      visibleAt: iso(createdAt),
      author: pick(people).id,
      customer: pick(customers).id,
      initial,
      events,
    };
  });
  if (options.late) {
    const { share, mostMs } = options.late;
    for (const told of items.flatMap((item) => item.events)) {
      if (random() < share) told.visibleAt = iso(Date.parse(told.at) + Math.floor((random() * mostMs) / 1_000) * 1_000);
    }
  }
  return numbered(items);
}

/** Gives every event its number, in the order of time. */
export function numbered(items: ScriptedItem[]): ScriptedItem[] {
  const all = items.flatMap((item) => item.events.map((event) => ({ event, item: item.id })));
  all.sort((a, b) => Date.parse(a.event.at) - Date.parse(b.event.at) || a.item - b.item);
  all.forEach(({ event }, index) => (event.id = 1_000 + index));
  return items;
}

function valuesOf(field: ScriptedField): (string | number | null)[] {
  if (field === 'status') return statuses.map(({ name }) => name);
  if (field === 'team') return teams.map(({ id }) => id);
  if (field === 'person') return [null, ...people.map(({ id }) => id)];
  return [null, '2026-03-02', '2026-03-09', '2026-04-01'];
}

function iso(ms: number): string {
  return new Date(ms).toISOString();
}
