import { z } from 'zod';
import { SourceError, type Context, type Json } from '../../connector.js';
import { isHttpError } from '../../http/errors.js';
import { createHttp, type Http } from '../../http/http.js';
import type { TrelloConfig } from './payload.js';

/** Most that Trello lists at once. */
const pageSize = 1000;
export const concurrency = 4;
/** A token may ask 100 times in 10 seconds; half of it. */
const perSecond = 5;
/** As often a page may bring nothing of what was asked for before it is clear that the bound is ignored. */
const mostRepeats = 10;

export const trelloSecrets = ['token', 'key'] as const;
const cardFields = 'name,desc,closed,due,dueComplete,dateLastActivity,idBoard,idList,idMembers,labels,url,isTemplate';

const rowSchema = z.looseObject({ id: z.string() });
const rowsSchema = z.array(rowSchema);
export type Row = z.infer<typeof rowSchema>;
const boardSchema = z.looseObject({ id: z.string(), name: z.string() });
const listsSchema = z.array(z.looseObject({ id: z.string(), name: z.string() }));
const membersSchema = z.array(z.looseObject({ id: z.string(), fullName: z.string().nullish() }));
const membershipsSchema = z.array(z.looseObject({ idMember: z.string(), memberType: z.string() }));
const meSchema = z.looseObject({ fullName: z.string().nullish(), username: z.string().nullish() });

export interface RowsPage {
  rows: Row[];
  /** Ids of the next page are smaller; null: there is none. */
  before: string | null;
  at: string | null;
}

/** What Trello answers. Key and token travel in the address, as it wants them. Throws `HttpError`. */
export class TrelloClient {
  private readonly http: Http;

  constructor(config: TrelloConfig, context: Context) {
    this.http = createHttp({
      baseUrl: new URL('/1/', config.url).href,
      pace: { concurrency, perSecond },
      context,
      credentials: async () => ({ query: { key: await context.secret('key'), token: await context.secret('token') } }),
    });
  }

  /** Cards of a board, also the archived ones, the newest first. https://developer.atlassian.com/cloud/trello/rest/api-group-boards/#api-boards-id-cards-filter-get */
  cards(board: string, before: string | null, fields = cardFields): AsyncGenerator<RowsPage> {
    return this.downwards(`boards/${board}/cards`, { filter: 'all', fields }, before);
  }

  /** What happened on a board since then, the newest first. https://developer.atlassian.com/cloud/trello/rest/api-group-boards/#api-boards-boardid-actions-get */
  boardActions(board: string, since: string | null, before: string | null): AsyncGenerator<RowsPage> {
    return this.downwards(
      `boards/${board}/actions`,
      { filter: 'all', since: since ?? undefined, memberCreator: false, member: false },
      before,
    );
  }

  /** All that happened to a card, the first first. https://developer.atlassian.com/cloud/trello/rest/api-group-cards/#api-cards-id-actions-get */
  async cardActions(card: string): Promise<Json[]> {
    const actions: Row[] = [];
    for await (const { rows } of this.downwards(`cards/${card}/actions`, { filter: 'all' }, null)) actions.push(...rows);
    return actions.sort((a, b) => (a.id < b.id ? -1 : 1)) as Json[];
  }

  /** Trello answers 401 for a card that a token does not reach, and 404 for one that is gone. */
  async card(id: string, fields = cardFields): Promise<Row | 'gone' | 'hidden'> {
    try {
      return (await this.http.getJson(`cards/${id}`, { query: { fields }, schema: rowSchema })).body;
    } catch (error) {
      return this.absence(error);
    }
  }

  /** What an error about a card means, once it is clear that the token itself is good. Throws the error where it is another one. */
  async absence(error: unknown): Promise<'gone' | 'hidden'> {
    if (isHttpError(error, 'not-found')) return 'gone';
    if (!isHttpError(error, 'needs-auth', 'forbidden')) throw error;
    await this.me();
    return 'hidden';
  }

  async board(board: string): Promise<{ id: string; name: string }> {
    return (await this.http.getJson(`boards/${board}`, { query: { fields: 'name' }, schema: boardSchema })).body;
  }

  /** Also the archived lists. */
  async lists(board: string): Promise<{ id: string; name: string }[]> {
    return (await this.http.getJson(`boards/${board}/lists`, { query: { filter: 'all', fields: 'name' }, schema: listsSchema })).body;
  }

  async members(board: string): Promise<{ id: string; name: string; isObserver: boolean }[]> {
    const { body: members } = await this.http.getJson(`boards/${board}/members`, { query: { fields: 'fullName' }, schema: membersSchema });
    const { body: memberships } = await this.http.getJson(`boards/${board}/memberships`, { schema: membershipsSchema });
    const observers = new Set(memberships.flatMap(({ idMember, memberType }) => (memberType === 'observer' ? [idMember] : [])));
    return members.map(({ id, fullName }) => ({ id, name: fullName ?? id, isObserver: observers.has(id) }));
  }

  async me(): Promise<{ name: string; at: string | null; limit: string | null }> {
    const { body, at, headers } = await this.http.getJson('members/me', { query: { fields: 'fullName,username' }, schema: meSchema });
    return { name: body.fullName ?? body.username ?? 'nobody', at, limit: headers.get('x-rate-limit-api-token-max') };
  }

  /** Ids grow with time, so a page begins below the smallest one of the page before; the end is a page without rows. */
  private async *downwards(
    path: string,
    query: Record<string, string | boolean | undefined>,
    from: string | null,
  ): AsyncGenerator<RowsPage> {
    let repeats = 0;
    for (let bound = from; ;) {
      const asked = { ...query, limit: pageSize, before: bound ?? undefined };
      const { body, at } = await this.http.getJson(path, { query: asked, schema: rowsSchema });
      const limit = bound;
      const rows = body.filter(({ id }) => limit === null || id < limit);
      if (body.length > 0 && rows.length === 0) {
        repeats += 1;
        if (repeats > mostRepeats)
          throw new SourceError(`Trello gives the same page of ${path} again and again; the cursor does not move.`);
        continue;
      }
      repeats = 0;
      bound = rows.reduce<string | null>((least, { id }) => (least === null || id < least ? id : least), null);
      yield { rows, before: bound, at };
      if (bound === null) return;
    }
  }
}
