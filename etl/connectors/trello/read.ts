import { z } from 'zod';
import type { Context, Cursor, Json, Page, RawRecord } from '../../connector.js';
import { isHttpError } from '../../http/errors.js';
import { fanOut } from '../../incremental/fan-out.js';
import { readWindow, windowFrom, type WindowPage, type WindowRules } from '../../incremental/window.js';
import { concurrency, TrelloClient, type Row } from './client.js';
import { mentioned, recordSchema, type TrelloConfig } from './payload.js';

const rules: WindowRules = {
  grain: 'ms',
  overlapMs: 900_000,
  lagMs: 0,
  sweep: { everyMs: 86_400_000, depthMs: 86_400_000 },
};

const placeSchema = z.object({ board: z.number(), before: z.string().nullable() });
const stateSchema = z.object({
  /** Where the first reading goes on; null: it is over. */
  first: placeSchema.nullable(),
  /** Actions since the last run. */
  window: z.object({ v: z.number(), state: z.json() }).nullable(),
  /** What lists were called: where one is renamed all is read again, since records hold names. */
  lists: z.record(z.string(), z.string()),
});
type State = z.infer<typeof stateSchema>;

interface Names {
  boards: Map<string, string>;
  lists: Map<string, string>;
  members: Map<string, { name: string; isObserver: boolean }>;
}

/** First all cards, the newest first; then those to which something happened since that began. */
export async function* readCards(config: TrelloConfig, from: Cursor | null, context: Context): AsyncGenerator<Page> {
  const client = new TrelloClient(config, context);
  const names = await namesOf(client, config.boards);
  const reader = new CardReader(client, names);
  const state = stateOf(from, names.lists);
  let done = 0;
  while (state.first !== null) {
    const place = state.first;
    const board = config.boards[place.board];
    if (board === undefined) break;
    for await (const page of client.cards(board, place.before)) {
      // Taken from the first page: whatever changes while cards are read is read once more as a change.
      state.window ??= windowFrom(page.at, page.at);
      const read = await reader.recordsOf(page.rows);
      done += page.rows.length;
      place.before = page.before;
      if (page.before !== null)
        yield { ...read, next: cursorOf(state), done: false, sourceNow: page.at, progress: { done, unit: 'records' } };
    }
    state.first = place.board + 1 < config.boards.length ? { board: place.board + 1, before: null } : null;
  }
  const pages = readWindow(state.window, rules, (bound, position) => happened(client, reader, config.boards, bound, position));
  for await (const page of pages) {
    state.window = page.next;
    yield { ...page, next: cursorOf(state) };
  }
}

async function* happened(
  client: TrelloClient,
  reader: CardReader,
  boards: readonly string[],
  bound: string | null,
  position: Json,
): AsyncGenerator<WindowPage> {
  const start = position === null ? { board: 0, before: null } : placeSchema.parse(position);
  const read = new Set<string>();
  for (let board = start.board; board < boards.length; board += 1) {
    for await (const page of client.boardActions(boards[board] ?? '', bound, board === start.board ? start.before : null)) {
      const touched = new Map<string, string>();
      for (const action of page.rows) {
        const { id, at } = touchedBy(action);
        if (id !== null && !read.has(id) && (touched.get(id) ?? '') < at) touched.set(id, at);
      }
      for (const id of touched.keys()) read.add(id);
      const { records, warnings } = await reader.cardsOf([...touched.keys()]);
      const isOver = page.before === null;
      yield {
        rows: records.map((record) => ({ at: touched.get(record.externalId) ?? '', record })),
        warnings,
        position: isOver ? { board: board + 1, before: null } : { board, before: page.before },
        isLast: isOver && board + 1 === boards.length,
        sourceNow: page.at,
      };
    }
  }
}

const touchedSchema = z.looseObject({ date: z.string(), data: z.looseObject({ card: z.looseObject({ id: z.string() }) }) });

function touchedBy(action: Row): { id: string | null; at: string } {
  const read = touchedSchema.safeParse(action);
  return read.success ? { id: read.data.data.card.id, at: read.data.date } : { id: null, at: '' };
}

class CardReader {
  constructor(
    private readonly client: TrelloClient,
    private readonly names: Names,
  ) {}

  async cardsOf(ids: readonly string[]): Promise<{ records: RawRecord[]; warnings: string[] }> {
    const cards = await fanOut(ids, concurrency, (id) => this.client.card(id));
    const { records, warnings } = await this.recordsOf(cards.flatMap((card) => (typeof card === 'string' ? [] : [card])));
    return { records, warnings: [...warnings, ...cards.flatMap((card) => (typeof card === 'string' ? [warningOf(card)] : []))] };
  }

  /** The cards with everything their ids mean. One that is gone or hidden since it was listed is left to the census. */
  async recordsOf(cards: readonly Row[]): Promise<{ records: RawRecord[]; warnings: string[] }> {
    const read = await fanOut(cards, concurrency, (card) => this.recordOf(card));
    return {
      records: read.flatMap((record) => (typeof record === 'string' ? [] : [record])),
      warnings: read.flatMap((record) => (typeof record === 'string' ? [record] : [])),
    };
  }

  private async recordOf(card: Row): Promise<RawRecord | string> {
    try {
      const actions = await this.client.cardActions(card.id);
      const told = { card, actions, names: { boards: {}, lists: {}, members: {} } };
      const read = recordSchema.safeParse(told);
      const ids = read.success ? mentioned(read.data) : { boards: [], lists: [], members: [] };
      const pick = <T>(known: ReadonlyMap<string, T>, of: string[]) =>
        Object.fromEntries(of.flatMap((id) => (known.has(id) ? [[id, known.get(id)]] : [])));
      const { boards, lists, members } = this.names;
      const names = { boards: pick(boards, ids.boards), lists: pick(lists, ids.lists), members: pick(members, ids.members) };
      return { externalId: card.id, payload: { ...told, names } as unknown as Json, op: 'upsert', position: `card ${card.id}` };
    } catch (error) {
      if (!isHttpError(error)) throw error;
      return warningOf(await this.client.absence(error));
    }
  }
}

function warningOf(absence: 'gone' | 'hidden'): string {
  return absence === 'gone' ? 'vanished_item' : 'forbidden_item';
}

async function namesOf(client: TrelloClient, boards: readonly string[]): Promise<Names> {
  const names: Names = { boards: new Map(), lists: new Map(), members: new Map() };
  for (const board of boards) {
    const { id, name } = await client.board(board);
    names.boards.set(id, name);
    for (const list of await client.lists(board)) names.lists.set(list.id, list.name);
    for (const { id: member, ...told } of await client.members(board)) {
      const isObserver = told.isObserver && (names.members.get(member)?.isObserver ?? true);
      names.members.set(member, { name: told.name, isObserver });
    }
  }
  return names;
}

function stateOf(from: Cursor | null, lists: ReadonlyMap<string, string>): State {
  const earlier = from ? stateSchema.parse(from.state) : null;
  const isRenamed = earlier !== null && [...lists].some(([id, name]) => (earlier.lists[id] ?? name) !== name);
  const fresh = { first: { board: 0, before: null }, window: null };
  return { ...(earlier && !isRenamed ? earlier : fresh), lists: Object.fromEntries(lists) };
}

function cursorOf(state: State): Cursor {
  return { v: 1, state: structuredClone(state) };
}

/** All cards of the boards, archived ones too. */
export async function* cardIds(client: TrelloClient, boards: readonly string[]): AsyncGenerator<string[]> {
  for (const board of boards) for await (const { rows } of client.cards(board, null, 'id')) yield rows.map(({ id }) => id);
}
