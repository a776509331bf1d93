import { z } from 'zod';
import { SourceError, type Context, type Json } from '../../connector.js';
import { isHttpError } from '../../http/errors.js';
import { createHttp, type Http } from '../../http/http.js';
import type { KeysetPage } from '../../incremental/keyset.js';
import { instantOf, type IntercomConfig } from './payload.js';

export const intercomSecret = 'token';
export const concurrency = 4;
/** Most that a search gives at once. */
const pageSize = 150;
/** So many pages in a row without a conversation that is new are borne. */
const mostBarren = 5;

const id = z.union([z.string(), z.number().int()]).transform(String);
const searchSchema = z.looseObject({
  conversations: z.array(z.looseObject({ id, updated_at: z.number().int() })),
  total_count: z.number().int().nullish(),
  pages: z.looseObject({ next: z.looseObject({ starting_after: z.string().nullish() }).nullish() }).nullish(),
});
const named = z.looseObject({ id, name: z.string().nullish() });
const meSchema = z.looseObject({
  name: z.string().nullish(),
  app: z.looseObject({ id_code: z.string().nullish(), name: z.string().nullish(), timezone: z.string().nullish() }).nullish(),
});

export interface Listed {
  id: string;
  updatedAt: string;
}

/** What an Intercom answers. Throws `HttpError`. https://developers.intercom.com/docs/references/2.14/rest-api */
export class IntercomClient {
  private readonly http: Http;

  constructor(config: IntercomConfig, context: Context) {
    this.http = createHttp({
      baseUrl: config.url,
      pace: { concurrency },
      context,
      headers: { 'Intercom-Version': '2.14' },
      credentials: async () => ({ headers: { authorization: `Bearer ${await context.secret(intercomSecret)}` } }),
    });
  }

  /**
   * Conversations changed at `from` or later, by time of change. Each page begins at the last second of the one before; within
   * one second Intercom's own cursor is used.
   */
  async *changed(from: string | null, position: Json): AsyncGenerator<KeysetPage<Listed>> {
    let at = (position as { from: string | null; after: string | null } | null) ?? { from, after: null };
    let seen = new Set<string>();
    let barren = 0;
    for (;;) {
      const { body, at: sourceNow } = await this.search(at.from, at.after, pageSize);
      const rows = body.conversations.map((row) => ({ id: row.id, updatedAt: instantOf(row.updated_at) }));
      const after = body.pages?.next?.starting_after ?? null;
      const isLast = after === null;
      const fresh = rows.filter((row) => !seen.has(`${row.id} ${row.updatedAt}`));
      barren = fresh.length === 0 ? barren + 1 : 0;
      if (barren > mostBarren && !isLast)
        throw new SourceError(`Intercom shows the same page from ${at.from ?? 'the start'} again and again; the cursor does not move.`);
      const last = rows.reduce<string | null>(
        (latest, { updatedAt }) => (latest === null || updatedAt > latest ? updatedAt : latest),
        at.from,
      );
      at = last === at.from ? { from: at.from, after } : { from: last, after: null };
      seen = new Set(rows.map((row) => `${row.id} ${row.updatedAt}`));
      yield { rows: fresh, position: at, isLast, sourceNow };
      if (isLast) return;
    }
  }

  /** The spec calls `>` "greater or equal", other readers found it strict: both are asked for. */
  private search(from: string | null, after: string | null, size: number) {
    const since = from === null ? 0 : Math.floor(Date.parse(from) / 1000);
    const bounds = ['>', '='].map((operator) => ({ field: 'updated_at', operator, value: since }));
    const body = {
      query: { operator: 'OR', value: bounds },
      sort: { field: 'updated_at', order: 'ascending' },
      pagination: { per_page: size, ...(after === null ? {} : { starting_after: after }) },
    };
    return this.http.postJson('conversations/search', body, { schema: searchSchema });
  }

  async count(): Promise<{ total: number | null; headers: Headers }> {
    const { body, headers } = await this.search(null, null, 1);
    return { total: body.total_count ?? null, headers };
  }

  /** One conversation with its parts; null where it was deleted or merged into another. Throws `forbidden`. */
  async conversation(conversation: string): Promise<Json | null> {
    try {
      return (await this.http.getJson(`conversations/${encodeURIComponent(conversation)}`)).body;
    } catch (error) {
      if (isHttpError(error, 'not-found')) return null;
      throw error;
    }
  }

  async teams(): Promise<Map<string, string>> {
    const { body } = await this.http.getJson('teams', { schema: z.looseObject({ teams: z.array(named) }) });
    return new Map(body.teams.map((team) => [team.id, team.name ?? team.id]));
  }

  async admins(): Promise<Map<string, string>> {
    const { body } = await this.http.getJson('admins', { schema: z.looseObject({ admins: z.array(named) }) });
    return new Map(body.admins.map((admin) => [admin.id, admin.name ?? admin.id]));
  }

  async me(): Promise<{ name: string; workspace: string | null; workspaceName: string; zone: string | null; at: string | null }> {
    const { body, at } = await this.http.getJson('me', { schema: meSchema });
    const { id_code, name, timezone } = body.app ?? {};
    return { name: body.name ?? '', workspace: id_code ?? null, workspaceName: name ?? 'a workspace', zone: timezone ?? null, at };
  }
}
