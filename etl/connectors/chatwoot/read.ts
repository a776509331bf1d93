import { SourceError, type Context, type Cursor, type Json, type Page, type RawRecord } from '../../connector.js';
import { isHttpError } from '../../http/errors.js';
import { fanOut } from '../../incremental/fan-out.js';
import { timedRecords, type TimedRecords } from '../../incremental/recent-first.js';
import { readWindow, type WindowPage, type WindowRules } from '../../incremental/window.js';
import type { Absence } from '../presence.js';
import { ChatwootClient, concurrency, type Listed } from './client.js';
import { messageTypes, type ChatwootConfig, type Named } from './payload.js';

/** Sentences about changes are written some time after the change, which the conversation then tells as one more. */
const rules: WindowRules = {
  grain: 'ms',
  overlapMs: 300_000,
  lagMs: 60_000,
  followsClock: true,
  sweep: { everyMs: 86_400_000, depthMs: 86_400_000 },
};
/**
 * What changed longer ago is looked for in the list: all that changed since a moment comes in one answer, which must not grow too large.
 */
const longestWithinMs = 7 * 86_400_000;
/** Conversations stored at once, of those that changed. */
const chunkSize = 50;
/** As often a page of the list may show nothing but the conversations of those before. */
const mostRepeats = 10;

/** At first all conversations, the newest first; from then on those that changed. */
export function readConversations(config: ChatwootConfig, from: Cursor | null, context: Context): AsyncGenerator<Page> {
  const client = new ChatwootClient(config, context);
  const reader = new ConversationReader(client);
  return readWindow(from, rules, async function* (bound, position) {
    const pages = typeof position === 'number' || bound === null ? inList(client, bound, position) : changed(client, bound, position);
    for await (const page of pages) {
      const { records: rows, warnings } = await reader.recordsOf(page.rows);
      yield { ...page, rows, warnings };
    }
  });
}

type ListedPage = Omit<WindowPage, 'rows'> & { rows: Listed[] };

async function* changed(client: ChatwootClient, bound: string, position: Json): AsyncGenerator<ListedPage> {
  const from = typeof position === 'string' ? position : bound;
  const { at: clock } = await client.profile();
  const span = clock === null ? Infinity : Date.parse(clock) - Date.parse(from);
  if (span > longestWithinMs) {
    yield* inList(client, bound, null);
    return;
  }
  const { rows, at: sourceNow } = await client.within(Math.max(1, Math.ceil(span / 1000) + 1));
  const later = rows.filter(({ updatedAt }) => Date.parse(updatedAt) >= Date.parse(from));
  later.sort((a, b) => Date.parse(a.updatedAt) - Date.parse(b.updatedAt) || a.id - b.id);
  for (let start = 0; ; start += chunkSize) {
    const chunk = later.slice(start, start + chunkSize);
    const isLast = start + chunkSize >= later.length;
    yield { rows: chunk, position: chunk.at(-1)?.updatedAt ?? from, isLast, sourceNow };
    if (isLast) return;
  }
}

async function* inList(client: ChatwootClient, bound: string | null, position: Json): AsyncGenerator<ListedPage> {
  const isWanted = ({ updatedAt }: Listed) => bound === null || Date.parse(updatedAt) >= Date.parse(bound);
  for await (const { rows, page, isLast, at } of everyPage(client, typeof position === 'number' ? position : 1))
    yield { rows: rows.filter(isWanted), position: page + 1, isLast, sourceNow: at };
}

/** Ids of all conversations that the token sees. */
export async function* conversationIds(client: ChatwootClient): AsyncGenerator<string[]> {
  for await (const { rows } of everyPage(client, 1)) yield rows.map(({ id }) => String(id));
}

/** The pages of the list up to the empty one, each without what came in those before. */
async function* everyPage(
  client: ChatwootClient,
  first: number,
): AsyncGenerator<{ rows: Listed[]; page: number; isLast: boolean; at: string | null }> {
  const seen = new Set<number>();
  let repeats = 0;
  for (let page = first; ;) {
    const { rows, at } = await client.list(page);
    const fresh = rows.filter(({ id }) => !seen.has(id));
    if (rows.length > 0 && fresh.length === 0) {
      repeats += 1;
      if (repeats > mostRepeats) throw new SourceError('Chatwoot shows the same page of its conversations again and again.');
      continue;
    }
    repeats = 0;
    for (const { id } of fresh) seen.add(id);
    const isLast = rows.length === 0;
    yield { rows: fresh, page, isLast, at };
    if (isLast) return;
    page += 1;
  }
}

interface Names {
  agents: Named[];
  teams: Named[];
  inboxes: Map<number, string>;
}

/** Brings a conversation together with its messages and whom they name. */
class ConversationReader {
  private names: Promise<Names> | null = null;

  constructor(private readonly client: ChatwootClient) {}

  async recordsOf(rows: readonly Listed[]): Promise<TimedRecords> {
    const read = await fanOut(rows, concurrency, (row) => this.recordOf(row));
    return timedRecords(
      rows.map(({ updatedAt: at }) => ({ at })),
      read,
    );
  }

  /** One that is gone or hidden since it was listed is left to the census. */
  private async recordOf({ id, conversation }: Listed): Promise<RawRecord | Absence> {
    try {
      const { messages, isCut } = await this.client.messages(id);
      this.names ??= this.allNames();
      const { agents, teams, inboxes } = await this.names;
      const sentences = messages.flatMap(sentenceOf);
      const isNamed = ({ name }: Named) => sentences.some((sentence) => sentence.includes(name));
      const told = lasting(conversation);
      const inbox = inboxes.get(Number(told['inbox_id'])) ?? null;
      const payload = { conversation: told, messages, isCut, agents: agents.filter(isNamed), teams: teams.filter(isNamed), inbox };
      return { externalId: String(id), payload: payload as unknown as Json, op: 'upsert', position: `conversation ${id}` };
    } catch (error) {
      if (!isHttpError(error)) throw error;
      return this.client.absence(error);
    }
  }

  private async allNames(): Promise<Names> {
    return { agents: await this.client.agents(), teams: await this.client.teams(), inboxes: await this.client.inboxes() };
  }
}

function sentenceOf(message: Json): string[] {
  const { message_type: type, content } = message as { message_type?: Json; content?: Json };
  return type === messageTypes.activity && typeof content === 'string' ? [content] : [];
}

/** Told again with the messages, or changed by looking at a conversation. */
const passing = [
  ...['messages', 'last_non_activity_message', 'unread_count', 'can_reply'],
  ...['agent_last_seen_at', 'assignee_last_seen_at', 'contact_last_seen_at'],
];

function lasting(conversation: Json): { [key: string]: Json } {
  return Object.fromEntries(Object.entries(conversation as { [key: string]: Json }).filter(([field]) => !passing.includes(field)));
}
