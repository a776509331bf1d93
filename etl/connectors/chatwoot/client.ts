import { z } from 'zod';
import { SourceError, type Context, type Json } from '../../connector.js';
import { isHttpError } from '../../http/errors.js';
import { createHttp, type Http } from '../../http/http.js';
import type { Absence } from '../presence.js';
import { instantOf, type ChatwootConfig, type Named } from './payload.js';

export const chatwootSecret = 'token';
export const concurrency = 2;
/** Most messages of one answer. */
const messagesPerAnswer = 100;

const id = z.number().int();
const listedSchema = z.looseObject({ id, updated_at: z.number().optional() });
const listSchema = z.looseObject({
  data: z.looseObject({ meta: z.looseObject({ all_count: z.number().int().nullish() }), payload: z.array(z.json()) }),
});
const messagesSchema = z.looseObject({ payload: z.array(z.looseObject({ id })) });
const namedSchema = z.array(z.looseObject({ id, name: z.string() }));
const inboxesSchema = z.looseObject({ payload: namedSchema });
const profileSchema = z.looseObject({
  name: z.string().nullish(),
  accounts: z.array(z.looseObject({ id, name: z.string().nullish(), role: z.string().nullish() })).nullish(),
});
const accountSchema = z.looseObject({ name: z.string().nullish(), locale: z.string().nullish() });

export interface Listed {
  id: number;
  updatedAt: string;
  /** As Chatwoot tells it. */
  conversation: Json;
}

interface List {
  rows: Listed[];
  total: number | null;
  /** Chatwoot's own clock, ISO. */
  at: string | null;
}

/** What a Chatwoot answers. Throws `HttpError`. https://developers.chatwoot.com/api-reference/introduction */
export class ChatwootClient {
  private readonly http: Http;
  private readonly account: string;

  constructor(config: ChatwootConfig, context: Context) {
    this.account = `api/v1/accounts/${config.account}`;
    this.http = createHttp({
      baseUrl: config.url,
      // Chatwoot itself bears 3,000 requests a minute from one address.
      pace: { concurrency, perSecond: 25 },
      context,
      credentials: async () => ({ headers: { api_access_token: await context.secret(chatwootSecret) } }),
    });
  }

  /** A page of all conversations, the newest first: what changes meanwhile moves none of them. An empty one is after the last. */
  list(page: number): Promise<List> {
    return this.conversations({ page });
  }

  /** All conversations that changed within the last seconds, on one page whatever their number. */
  within(seconds: number): Promise<List> {
    return this.conversations({ updated_within: seconds });
  }

  private async conversations(more: { page: number } | { updated_within: number }): Promise<List> {
    const query = { status: 'all', assignee_type: 'all', sort_by: 'created_at_desc', ...more };
    const { body, at } = await this.http.getJson(`${this.account}/conversations`, { query, schema: listSchema });
    return { rows: body.data.payload.map(listed), total: body.data.meta.all_count ?? null, at };
  }

  /** Whether there is such a conversation. Throws where the token may not see it: see `absence`. */
  async conversation(conversation: string): Promise<void> {
    await this.http.getJson(`${this.account}/conversations/${encodeURIComponent(conversation)}`);
  }

  /**
   * All messages of a conversation, the oldest first. Asked for by number and sorted by time: of more than fit one answer
   * some may be passed over where the two do not go together, as after an import; then `isCut`.
   */
  async messages(conversation: number): Promise<{ messages: Json[]; isCut: boolean }> {
    const messages: Json[] = [];
    let isCut = false;
    for (let after = 0; ;) {
      const path = `${this.account}/conversations/${conversation}/messages`;
      const { body } = await this.http.getJson(path, { query: { after }, schema: messagesSchema });
      const ids = body.payload.map((message) => message.id);
      messages.push(...(body.payload as Json[]));
      if (ids.length < messagesPerAnswer) return { messages, isCut };
      isCut ||= ids.some((each, index) => each < (ids[index - 1] ?? after));
      const last = Math.max(...ids);
      if (last <= after) throw new SourceError(`Chatwoot shows the same messages of conversation ${conversation} again and again.`);
      after = last;
    }
  }

  async agents(): Promise<Named[]> {
    return (await this.http.getJson(`${this.account}/agents`, { schema: namedSchema })).body.map(plain);
  }

  async teams(): Promise<Named[]> {
    return (await this.http.getJson(`${this.account}/teams`, { schema: namedSchema })).body.map(plain);
  }

  async inboxes(): Promise<Map<number, string>> {
    const { body } = await this.http.getJson(`${this.account}/inboxes`, { schema: inboxesSchema });
    return new Map(body.payload.map((inbox) => [inbox.id, inbox.name]));
  }

  async profile(): Promise<{ name: string; accounts: { id: number; role: string | null }[]; at: string | null }> {
    const { body, at } = await this.http.getJson('api/v1/profile', { schema: profileSchema });
    const accounts = (body.accounts ?? []).map((account) => ({ id: account.id, role: account.role ?? null }));
    return { name: body.name ?? 'a user', accounts, at };
  }

  async settings(): Promise<{ name: string; locale: string }> {
    const { body } = await this.http.getJson(this.account, { schema: accountSchema });
    return { name: body.name ?? 'the account', locale: body.locale ?? 'en' };
  }

  /** What a failure says of a conversation. Chatwoot answers 401 to a token it refuses and for what a good one may not see. */
  async absence(error: unknown): Promise<Absence> {
    if (isHttpError(error, 'not-found')) return 'vanished_item';
    if (isHttpError(error, 'needs-auth')) await this.profile();
    else if (!isHttpError(error, 'forbidden')) throw error;
    return 'forbidden_item';
  }
}

function listed(conversation: Json): Listed {
  const { id: number, updated_at: updated } = listedSchema.parse(conversation);
  if (updated === undefined)
    throw new SourceError('This Chatwoot does not tell when conversations changed; update it to version 4 or later.');
  return { id: number, updatedAt: instantOf(updated), conversation };
}

function plain({ id: number, name }: Named): Named {
  return { id: number, name };
}
