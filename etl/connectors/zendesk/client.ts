import { z } from 'zod';
import { SourceError, type CalendarRow, type Context } from '../../connector.js';
import { isHttpError } from '../../http/errors.js';
import { createHttp, type Answer, type Http } from '../../http/http.js';
import { updateSchema, type ZendeskConfig } from './payload.js';
import { calendarsIn, holidaysSchema, schedulesSchema } from './schedules.js';

export const zendeskSecret = 'token';
/** Most that an export gives at once. */
export const exportSize = 1000;
/** Most users that can be asked for by id at once. */
const usersAtOnce = 100;

const rowsSchema = z.array(z.looseObject({ id: z.number().int() }));
const cursorExportSchema = (rows: string) =>
  z
    .looseObject({ after_cursor: z.string().nullish(), end_of_stream: z.boolean() })
    .transform((body) => ({ rows: rowsSchema.parse(body[rows]), next: body.after_cursor ?? null, isLast: body.end_of_stream }));
const timeExportSchema = (rows: string) =>
  z.looseObject({ end_time: z.number().nullish(), end_of_stream: z.boolean().nullish() }).transform((body) => {
    const told = rowsSchema.parse(body[rows]);
    return { rows: told, next: body.end_time ?? null, isLast: body.end_of_stream ?? told.length < exportSize };
  });
const groupsSchema = z.looseObject({
  groups: z.array(z.looseObject({ id: z.number().int() })),
  meta: z.looseObject({ has_more: z.boolean() }).nullish(),
  links: z.looseObject({ next: z.string().nullish() }).nullish(),
});
const rolesSchema = z.looseObject({ users: z.array(z.looseObject({ id: z.number().int(), role: z.string() })) });
const formsSchema = z.looseObject({ ticket_forms: z.array(z.looseObject({ id: z.number().int(), name: z.string() })) });
const meSchema = z.looseObject({
  user: z.looseObject({ name: z.string().nullish(), role: z.string().nullish(), iana_time_zone: z.string().nullish() }),
});
const countSchema = z.looseObject({ count: z.looseObject({ value: z.number() }) });

/** One page of an export: rows as told, and where it goes on. */
export interface ExportPage {
  rows: { id: number; [key: string]: unknown }[];
  /** The cursor after this page, or its end time in Unix seconds; null where the tool gave none. */
  next: string | number | null;
  isLast: boolean;
  at: string | null;
}

/** What a Zendesk answers. Throws `HttpError`. */
export class ZendeskClient {
  private readonly http: Http;
  private readonly roles = new Map<number, string | null>();

  constructor(config: ZendeskConfig, context: Context) {
    this.http = createHttp({
      baseUrl: config.url,
      context,
      credentials: async () => ({ headers: { authorization: authorization(config, await context.secret(zendeskSecret)) } }),
    });
  }

  /** https://developer.zendesk.com/documentation/ticketing/managing-tickets/using-the-incremental-export-api/#cursor-based-incremental-exports */
  async cursorExport(rows: 'tickets' | 'users', from: string | number): Promise<ExportPage> {
    const query = { per_page: exportSize, ...(typeof from === 'number' ? { start_time: from } : { cursor: from }) };
    const { body, at } = await this.http.getJson(`api/v2/incremental/${rows}/cursor.json`, { query, schema: cursorExportSchema(rows) });
    return { ...body, at };
  }

  /** The end time of a page is the time of its last row, so the next page shows that row again: nothing of its second is lost. */
  async timeExport(rows: 'ticket_events' | 'organizations', from: number): Promise<ExportPage> {
    const query = { start_time: from, ...(rows === 'ticket_events' ? { include: 'comment_events' } : {}) };
    const { body, at } = await this.http.getJson(`api/v2/incremental/${rows}.json`, { query, schema: timeExportSchema(rows) });
    return { ...body, at };
  }

  async *groups(): AsyncGenerator<{ rows: ExportPage['rows']; isLast: boolean; at: string | null }> {
    const seen = new Set<string>();
    for (let path: string | null = 'api/v2/groups.json?page[size]=100'; path !== null;) {
      if (seen.has(path)) throw new SourceError(`Zendesk leads from one page of the groups back to one before: ${path}`);
      seen.add(path);
      const answer: Answer<z.output<typeof groupsSchema>> = await this.http.getJson(path, { schema: groupsSchema });
      path = answer.body.meta?.has_more === true ? (answer.body.links?.next ?? null) : null;
      yield { rows: answer.body.groups, isLast: path === null, at: answer.at };
    }
  }

  /** Roles of the people who wrote in these updates, by id; those that are gone have none. */
  async rolesIn(updates: z.output<typeof updateSchema>[]): Promise<ReadonlyMap<number, string | null>> {
    const asked = [...new Set(updates.flatMap(authorsOf))].filter((id) => !this.roles.has(id));
    for (let start = 0; start < asked.length; start += usersAtOnce) {
      const ids = asked.slice(start, start + usersAtOnce);
      const { body } = await this.http.getJson('api/v2/users/show_many.json', { query: { ids: ids.join(',') }, schema: rolesSchema });
      for (const id of ids) this.roles.set(id, null);
      for (const { id, role } of body.users) this.roles.set(id, role);
    }
    return this.roles;
  }

  /** Names of ticket forms; none where the plan has no forms. */
  async forms(): Promise<Map<number, string>> {
    const body = await this.orNull(this.http.getJson('api/v2/ticket_forms.json', { schema: formsSchema }));
    return new Map((body?.ticket_forms ?? []).map(({ id, name }) => [id, name]));
  }

  /** Business hours; none where the plan has no schedules or the token does not reach them. */
  async calendars(): Promise<CalendarRow[]> {
    const body = await this.orNull(this.http.getJson('api/v2/business_hours/schedules.json', { schema: schedulesSchema }));
    const calendars: CalendarRow[] = [];
    for (const schedule of body?.schedules ?? []) {
      const path = `api/v2/business_hours/schedules/${schedule.id}/holidays.json`;
      const held = await this.orNull(this.http.getJson(path, { schema: holidaysSchema }));
      calendars.push(calendarsIn(schedule, held?.holidays ?? []));
    }
    return calendars;
  }

  async me(): Promise<{ name: string; role: string; timeZone: string | null; at: string | null; headers: Headers }> {
    const { body, at, headers } = await this.http.getJson('api/v2/users/me.json', { schema: meSchema });
    return { name: body.user.name ?? '', role: body.user.role ?? 'nobody', timeZone: body.user.iana_time_zone ?? null, at, headers };
  }

  async ticketCount(): Promise<number> {
    return (await this.http.getJson('api/v2/tickets/count.json', { schema: countSchema })).body.count.value;
  }

  private async orNull<T>(answer: Promise<{ body: T }>): Promise<T | null> {
    try {
      return (await answer).body;
    } catch (error) {
      if (isHttpError(error, 'not-found', 'forbidden')) return null;
      throw error;
    }
  }
}

/** People whose role decides how an update is read; ids below zero are Zendesk itself. */
export function authorsOf(update: z.output<typeof updateSchema>): number[] {
  const authors = update.child_events.map((child) => child['author_id']);
  return [update.updater_id, ...authors].filter((id): id is number => typeof id === 'number' && id > 0);
}

function authorization(config: ZendeskConfig, token: string): string {
  return config.email === undefined ? `Bearer ${token}` : `Basic ${Buffer.from(`${config.email}/token:${token}`).toString('base64')}`;
}
