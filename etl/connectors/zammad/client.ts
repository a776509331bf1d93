import { z } from 'zod';
import type { Context, Json } from '../../connector.js';
import { isHttpError } from '../../http/errors.js';
import { createHttp, type Http } from '../../http/http.js';
import type { Person, ZammadConfig } from './payload.js';

export const zammadSecret = 'token';
export const concurrency = 2;
/** So long the search index may show a ticket as it was before. */
export const indexLagMs = 60_000;

const id = z.number().int();
const listedSchema = z.looseObject({ id, updated_at: z.string() });
const searchSchema = z.union([
  z.array(listedSchema),
  // Without results some versions answer with the form of the web client.
  z.looseObject({ tickets: z.array(z.unknown()).length(0) }).transform(() => []),
]);
const meSchema = z.looseObject({ id, login: z.string(), roles: z.array(z.string()).nullish() });
const statesSchema = z.array(z.looseObject({ name: z.string(), state_type: z.string().nullish(), active: z.boolean().nullish() }));
const userSchema = z.looseObject({
  firstname: z.string().nullish(),
  lastname: z.string().nullish(),
  login: z.string().nullish(),
  roles: z.array(z.string()).nullish(),
});

export interface Listed {
  id: number;
  updatedAt: string;
  /** Its place in the order of the index, which may be behind the ticket. */
  orderAt: string;
}

/** What a Zammad answers. Throws `HttpError`. https://docs.zammad.org/en/latest/api/intro.html */
export class ZammadClient {
  private readonly http: Http;

  constructor(
    private readonly config: ZammadConfig,
    context: Context,
  ) {
    this.http = createHttp({
      baseUrl: config.url,
      pace: { concurrency },
      context,
      credentials: async () => ({ headers: { authorization: `Token token=${await context.secret(zammadSecret)}` } }),
    });
  }

  /**
   * Tickets changed at `from` or later by the index. A ticket that changed a moment ago may still stand where it was: it takes
   * the place of the one before, so that none between is passed over.
   */
  async changed(from: string | null, offset: number): Promise<{ rows: Listed[]; sourceNow: string | null; hasMore: boolean }> {
    const { pageSize } = this.config;
    const first = await this.search(from, Math.floor(offset / pageSize) + 1);
    const skipped = offset % pageSize;
    const second = skipped > 0 && first.body.length >= pageSize ? await this.search(from, Math.floor(offset / pageSize) + 2) : null;
    const found = [...first.body, ...(second?.body ?? [])].slice(skipped);
    const settled = first.at === null ? Infinity : Date.parse(first.at) - indexLagMs;
    let orderAt = from ?? new Date(0).toISOString();
    const rows = found.map((ticket) => {
      if (Date.parse(ticket.updated_at) < settled) orderAt = ticket.updated_at;
      return { id: ticket.id, updatedAt: ticket.updated_at, orderAt };
    });
    return { rows, sourceNow: first.at, hasMore: (second ?? first).body.length >= pageSize };
  }

  private async search(from: string | null, page: number) {
    const query = {
      query: from === null ? 'id:*' : `updated_at:["${from}" TO *]`,
      sort_by: 'updated_at,id',
      order_by: 'asc,asc',
      expand: true,
      page,
      per_page: this.config.pageSize,
    };
    return this.http.getJson('api/v1/tickets/search', { query, schema: searchSchema });
  }

  /** Ids of all tickets, by id. */
  async list(page: number): Promise<{ ids: number[]; at: string | null }> {
    const { body, at } = await this.http.getJson('api/v1/tickets', {
      query: { page, per_page: this.config.pageSize },
      schema: z.array(z.looseObject({ id })),
    });
    return { ids: body.map((ticket) => ticket.id), at };
  }

  /** One ticket with names for its ids; null where there is none. Throws `forbidden` where the token may not see it. */
  async ticket(ticket: number): Promise<Json | null> {
    try {
      return (await this.http.getJson(`api/v1/tickets/${ticket}`, { query: { expand: true } })).body;
    } catch (error) {
      if (isHttpError(error, 'not-found')) return null;
      throw error;
    }
  }

  async history(ticket: number): Promise<Json[]> {
    const schema = z.looseObject({ history: z.array(z.json()) });
    return (await this.http.getJson(`api/v1/ticket_history/${ticket}`, { schema })).body.history;
  }

  async articles(ticket: number): Promise<Json[]> {
    return (await this.http.getJson(`api/v1/ticket_articles/by_ticket/${ticket}`, { schema: z.array(z.json()) })).body;
  }

  async user(user: string): Promise<Person | null> {
    try {
      const { body } = await this.http.getJson(`api/v1/users/${user}`, { query: { expand: true }, schema: userSchema });
      const name = [body.firstname, body.lastname].filter(Boolean).join(' ') || (body.login ?? user);
      return { name, isStaff: (body.roles ?? []).some((role) => role !== 'Customer') };
    } catch (error) {
      if (isHttpError(error, 'not-found', 'forbidden')) return null;
      throw error;
    }
  }

  async states(): Promise<{ name: string; type: string | null }[]> {
    const { body } = await this.http.getJson('api/v1/ticket_states', { query: { expand: true }, schema: statesSchema });
    return body.map(({ name, state_type }) => ({ name, type: state_type ?? null }));
  }

  async me(): Promise<{ login: string; roles: string[]; at: string | null }> {
    const { body, at } = await this.http.getJson('api/v1/users/me', { query: { expand: true }, schema: meSchema });
    return { login: body.login, roles: body.roles ?? [], at };
  }
}
