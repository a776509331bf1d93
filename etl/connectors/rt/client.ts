import { z } from 'zod';
import { SourceError, type Context, type Json } from '../../connector.js';
import { isHttpError } from '../../http/errors.js';
import { createHttp, type Http } from '../../http/http.js';
import type { RtConfig } from './payload.js';

/** Most that RT lists at once. */
export const pageSize = 100;

/** RT tells no limit of its own, and each of its processes answers one request at a time. */
export const concurrency = 2;

export const rtSecret = 'token';

const id = z.union([z.string(), z.number()]).transform(String);
const pageShape = {
  /** Null where the account may not see everything: RT then drops rows after it counted them. */
  total: z.number().nullish(),
};
const feedSchema = z.looseObject({ ...pageShape, items: z.array(z.looseObject({ id, ObjectId: id, Created: z.string() })) });
const transactionsSchema = z.looseObject({ ...pageShape, items: z.array(z.looseObject({ id, ObjectId: id, Type: z.string() })) });
const attachmentsSchema = z.looseObject({
  ...pageShape,
  items: z.array(
    z.looseObject({
      id,
      TransactionId: id,
      ContentType: z.string().nullish(),
      Filename: z.string().nullish(),
      Content: z.string().nullish(),
    }),
  ),
});
const queuesSchema = z.looseObject({ ...pageShape, items: z.array(z.looseObject({ id, Name: z.string() })) });
const userSchema = z.looseObject({
  id,
  Name: z.string(),
  RealName: z.string().nullish(),
  Organization: z.string().nullish(),
  Privileged: z.union([z.string(), z.number()]).nullish(),
});

export interface Feed {
  /** Transactions with their tickets, as they come. */
  rows: { id: number; ticket: string; at: string }[];
  /** How many there are after the bound; null where RT does not say. */
  total: number | null;
  at: string | null;
}

export type Attachment = z.infer<typeof attachmentsSchema>['items'][number];

const transactionFields = 'Type,Field,OldValue,NewValue,OldReference,NewReference,ReferenceType,Data,Created,Creator,ObjectId';

/** What a Request Tracker answers by REST 2.0. Throws `HttpError`. https://docs.bestpractical.com/rt/5.0/RT/REST2.html */
export class RtClient {
  private readonly http: Http;

  constructor(config: RtConfig, context: Context) {
    this.http = createHttp({
      baseUrl: `${config.url.replace(/\/+$/, '')}/REST/2.0/`,
      context,
      pace: { concurrency },
      credentials: async () => ({ headers: { authorization: authorization(await context.secret(rtSecret)) } }),
    });
  }

  async version(): Promise<{ version: string; at: string | null }> {
    const { body, at } = await this.http.getJson('rt', { schema: z.looseObject({ Version: z.string() }) });
    return { version: body.Version, at };
  }

  /** Transactions of tickets that fit a condition, by number. RT puts the rights of the account into the search where it is written so. */
  async feed(condition: string, order: 'ASC' | 'DESC', perPage: number): Promise<Feed> {
    const query = {
      query: `ObjectType = 'RT::Ticket' AND ${condition}`,
      orderby: 'id',
      order,
      per_page: perPage,
      fields: 'ObjectId,Created',
    };
    const { body, at } = await this.http.getJson('transactions', { query, schema: feedSchema });
    const rows = body.items.map((item) => ({ id: Number(item.id), ticket: item.ObjectId, at: item.Created }));
    return { rows, total: body.total ?? null, at };
  }

  /** One ticket as RT tells it. Asked for one that was merged away RT gives the one it lives on in. Null where there is none. */
  async ticket(ticket: string): Promise<Json | null> {
    try {
      return (await this.http.getJson(`ticket/${ticket}`)).body;
    } catch (error) {
      if (isHttpError(error, 'not-found')) return null;
      throw error;
    }
  }

  /** Everything that happened to some tickets, by number. */
  async transactionsOf(tickets: readonly string[]): Promise<Json[]> {
    const among = tickets.map((ticket) => `ObjectId = ${Number(ticket)}`).join(' OR ');
    return this.all(`the transactions of tickets ${tickets.join(', ')}`, async (above) => {
      const condition = `ObjectType = 'RT::Ticket' AND (${among}) AND id > ${above}`;
      const query = { query: condition, orderby: 'id', order: 'ASC', per_page: pageSize, fields: transactionFields };
      return (await this.http.getJson('transactions', { query, schema: transactionsSchema })).body;
    }) as Promise<Json[]>;
  }

  /** Texts that came with some transactions. `Parent` must not be asked for: RT fails at a text without one. */
  async textsOf(transactions: readonly string[]): Promise<Attachment[]> {
    const among: Json[] = transactions.map((value) => ({ field: 'TransactionId', value }));
    const isText = { field: 'ContentType', operator: 'STARTSWITH', value: 'text/' };
    return this.all(`the texts of ${transactions.length} transactions`, async (above) => {
      const query = { orderby: 'id', order: 'ASC', per_page: pageSize, fields: 'TransactionId,ContentType,Filename,Content' };
      const bound = { field: 'id', operator: '>', value: String(above) };
      return (await this.http.postJson('attachments', [...among, isText, bound], { query, schema: attachmentsSchema })).body;
    });
  }

  async queues(): Promise<Map<string, string>> {
    const queues = await this.all('the queues', async (above) => {
      const query = { fields: 'Name', find_disabled_rows: 1, orderby: 'id', order: 'ASC', per_page: pageSize };
      return (await this.http.postJson('queues', [{ field: 'id', operator: '>', value: String(above) }], { query, schema: queuesSchema }))
        .body;
    });
    return new Map(queues.map((queue) => [queue.id, queue.Name]));
  }

  /** By number or login name; null where the account may not look. */
  async user(
    user: string,
  ): Promise<{ id: string; login: string; name: string; isPrivileged: boolean; organization: string | null } | null> {
    try {
      const { body } = await this.http.getJson(`user/${encodeURIComponent(user)}`, { schema: userSchema });
      const { id: number, Name: login, RealName, Organization, Privileged } = body;
      return { id: number, login, name: RealName || login, isPrivileged: Number(Privileged) === 1, organization: Organization || null };
    } catch (error) {
      if (isHttpError(error, 'not-found', 'forbidden')) return null;
      throw error;
    }
  }

  /** Page after page by number, so that rows that come meanwhile move nothing; where RT counts, all it counted must come. */
  private async all<T extends { id: string }>(
    what: string,
    ask: (above: number) => Promise<{ items: T[]; total?: number | null | undefined }>,
  ): Promise<T[]> {
    const rows = new Map<string, T>();
    let repeats = 0;
    for (let above = 0; ;) {
      const { items, total } = await ask(above);
      const fresh = items.filter((item) => Number(item.id) > above);
      for (const item of fresh) rows.set(item.id, item);
      if (items.length === 0 || (typeof total === 'number' && fresh.length >= total)) return byNumber([...rows.values()]);
      repeats = fresh.length > 0 ? 0 : repeats + 1;
      if (repeats > mostRepeats)
        throw new SourceError(`RT gives the same page of ${what} again and again after ${above}; reading cannot go on.`);
      above = Math.max(above, ...fresh.map((item) => Number(item.id)));
    }
  }
}

/** As often a page may come again before it is clear that the bound is ignored. */
export const mostRepeats = 10;

/** A token of RT 5, or `name:password`. */
function authorization(secret: string): string {
  return secret.includes(':') ? `Basic ${Buffer.from(secret).toString('base64')}` : `token ${secret}`;
}

function byNumber<T extends { id: string }>(rows: T[]): T[] {
  return rows.sort((a, b) => Number(a.id) - Number(b.id));
}
