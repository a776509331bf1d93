import { z } from 'zod';
import type { Context, Json } from '../../connector.js';
import { isHttpError } from '../../http/errors.js';
import { createHttp, type Http } from '../../http/http.js';
import { linkOf } from '../../http/link.js';
import { ownStatuses, type FreshdeskConfig } from './payload.js';

export const freshdeskSecret = 'key';

/** Most that Freshdesk lists at once. */
export const pageSize = 100;
export const concurrency = 2;

const row = z.looseObject({ id: z.number().int(), updated_at: z.string() });
const ticketsSchema = z.array(row);
const rowsSchema = z.array(z.looseObject({ id: z.number().int() }));
const ratingsSchema = z.array(z.looseObject({ id: z.number().int(), created_at: z.string() }));
const namedSchema = z.array(z.looseObject({ id: z.number().int(), name: z.string().nullish() }));
const agentsSchema = z.array(
  z.looseObject({ id: z.number().int(), contact: z.looseObject({ name: z.string().nullish(), email: z.string().nullish() }).nullish() }),
);
const companySchema = z.looseObject({ name: z.string() });
const fieldsSchema = z.array(z.looseObject({ choices: z.record(z.string(), z.unknown()).nullish() }));
const meSchema = z.looseObject({ contact: z.looseObject({ name: z.string().nullish(), time_zone: z.string().nullish() }).nullish() });

export type ListedTicket = z.output<typeof row>;
/** `deleted` and `spam` are listed by themselves alone. */
export type TicketFilter = 'all' | 'deleted' | 'spam';

export interface Listed<T> {
  rows: T[];
  hasMore: boolean;
  at: string | null;
}

/** What a Freshdesk answers. Throws `HttpError`; nothing here is kept between runs. */
export class FreshdeskClient {
  private readonly http: Http;

  constructor(config: FreshdeskConfig, context: Context) {
    this.http = createHttp({
      baseUrl: config.url,
      pace: { concurrency },
      context,
      credentials: async () => {
        const pair = Buffer.from(`${await context.secret(freshdeskSecret)}:X`).toString('base64');
        return { headers: { authorization: `Basic ${pair}` } };
      },
    });
  }

  /** Tickets updated since, by that time. Without a time Freshdesk lists those of thirty days only. */
  tickets(filter: TicketFilter, since: string, page: number): Promise<Listed<ListedTicket>> {
    const order = { updated_since: since, order_by: 'updated_at', order_type: 'asc' };
    const more: Record<string, string> = filter === 'all' ? { include: 'stats,requester,description' } : { filter };
    return this.list('api/v2/tickets', { ...order, ...more }, page, ticketsSchema);
  }

  /** All that was written on a ticket; null where it is gone meanwhile. */
  async conversations(ticket: number): Promise<Json[] | null> {
    try {
      return (await this.all(`api/v2/tickets/${ticket}/conversations`, rowsSchema)) as Json[];
    } catch (error) {
      if (isHttpError(error, 'not-found')) return null;
      throw error;
    }
  }

  /** Null where the plan has no surveys or the key does not reach them. */
  async ratings(since: string, page: number): Promise<Listed<z.output<typeof ratingsSchema>[number]> | null> {
    return this.orNull(this.list('api/v2/surveys/satisfaction_ratings', { created_since: since }, page, ratingsSchema));
  }

  async groups(): Promise<Map<number, string>> {
    const rows = (await this.orNull(this.all('api/v2/groups', namedSchema))) ?? [];
    return new Map(rows.map(({ id, name }) => [id, name ?? `#${id}`]));
  }

  async agents(): Promise<Map<number, string>> {
    const rows = (await this.orNull(this.all('api/v2/agents', agentsSchema))) ?? [];
    return new Map(rows.map(({ id, contact }) => [id, contact?.name ?? contact?.email ?? `#${id}`]));
  }

  async company(id: number): Promise<string | null> {
    return (await this.orNull(this.http.getJson(`api/v2/companies/${id}`, { schema: companySchema })))?.body.name ?? null;
  }

  /** Names of the statuses by number; those that every account has where the key does not reach the fields. */
  async statuses(): Promise<Record<string, string>> {
    const query = { type: 'default_status' };
    const answer = await this.orNull(this.http.getJson('api/v2/ticket_fields', { query, schema: fieldsSchema }));
    const own = Object.entries(ownStatuses).map(([id, { name }]): [string, string] => [id, name]);
    const told = Object.entries(answer?.body[0]?.choices ?? {}).flatMap(([id, names]): [string, string][] => {
      const first: unknown = Array.isArray(names) ? names[0] : names;
      return typeof first === 'string' ? [[id, first]] : [];
    });
    return Object.fromEntries([...own, ...told]);
  }

  async me() {
    const { body, at, headers } = await this.http.getJson('api/v2/agents/me', { schema: meSchema });
    return { name: body.contact?.name ?? 'an agent', zone: body.contact?.time_zone ?? null, at, headers };
  }

  /** Freshdesk has no count of all; its search counts what it finds. */
  async count(): Promise<number> {
    const query = { query: `"created_at:>'1990-01-01'"` };
    return (await this.http.getJson('api/v2/search/tickets', { query, schema: z.looseObject({ total: z.number() }) })).body.total;
  }

  private async all<T>(path: string, schema: z.ZodType<T[]>): Promise<T[]> {
    const rows: T[] = [];
    for (let page = 1; ; page += 1) {
      const listed = await this.list(path, {}, page, schema);
      rows.push(...listed.rows);
      if (!listed.hasMore || listed.rows.length === 0) return rows;
    }
  }

  private async list<T>(path: string, query: Record<string, string>, page: number, schema: z.ZodType<T[]>): Promise<Listed<T>> {
    const { body, headers, at } = await this.http.getJson(path, { query: { ...query, page, per_page: pageSize }, schema });
    return { rows: body, hasMore: linkOf(headers, 'next') !== null || body.length >= pageSize, at };
  }

  private async orNull<T>(answer: Promise<T>): Promise<T | null> {
    try {
      return await answer;
    } catch (error) {
      if (isHttpError(error, 'not-found', 'forbidden')) return null;
      throw error;
    }
  }
}
