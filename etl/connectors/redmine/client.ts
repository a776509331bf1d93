import { z } from 'zod';
import type { Context, Json } from '../../connector.js';
import { isHttpError } from '../../http/errors.js';
import { createHttp, type Http } from '../../http/http.js';
import type { RedmineConfig } from './payload.js';

/** Most that Redmine lists at once. */
export const pageSize = 100;

/** Redmine tells no limit of its own, and small ones run a handful of threads. */
export const concurrency = 2;

export const redmineSecret = 'key';

const listSchema = z.looseObject({
  issues: z.array(z.looseObject({ id: z.number().int(), updated_on: z.string() })),
  total_count: z.number().int(),
});
const id = z.number().int();
const named = z.looseObject({ id, name: z.string() });
const statusesSchema = z.looseObject({
  issue_statuses: z.array(z.looseObject({ id, name: z.string(), is_closed: z.boolean().nullish() })),
});
const membersSchema = z.looseObject({
  memberships: z.array(z.looseObject({ user: named.nullish(), group: named.nullish(), roles: z.array(named) })),
  total_count: id,
});
const categoriesSchema = z.looseObject({ issue_categories: z.array(named) });
const groupsSchema = z.looseObject({ groups: z.array(named) });
const groupSchema = z.looseObject({ group: z.looseObject({ users: z.array(named).nullish() }) });
const projectSchema = z.looseObject({ project: named });
const userSchema = z.looseObject({
  user: z.looseObject({ firstname: z.string().nullish(), lastname: z.string().nullish(), admin: z.boolean().nullish() }),
});
const accountSchema = z.looseObject({ user: z.looseObject({ login: z.string(), admin: z.boolean().nullish() }) });

export interface ListedIssue {
  id: number;
  /** ISO, whole seconds. */
  updatedOn: string;
}

export interface ListedPage {
  issues: ListedIssue[];
  total: number;
  /** The tool's own clock, ISO; null where neither it nor a proxy in front sends one. */
  at: string | null;
}

/** What a Redmine answers. Throws `HttpError`; nothing here is kept between runs. */
export class RedmineClient {
  private readonly http: Http;

  constructor(config: RedmineConfig, context: Context) {
    this.http = createHttp({
      baseUrl: config.url,
      pace: { concurrency },
      context,
      credentials: async () => ({ headers: { 'X-Redmine-API-Key': await context.secret(redmineSecret) } }),
    });
  }

  /** Issues in any status: without `status_id=*` Redmine lists open ones only. https://www.redmine.org/projects/redmine/wiki/Rest_Issues */
  async list(query: Record<string, string | number | undefined>): Promise<ListedPage> {
    const asked = { status_id: '*', limit: pageSize, ...query };
    const { body, at } = await this.http.getJson('issues.json', { query: asked, schema: listSchema });
    return { issues: body.issues.map((issue) => ({ id: issue.id, updatedOn: issue.updated_on })), total: body.total_count, at };
  }

  /** One issue as Redmine tells it; null where there is none. Throws `forbidden` where the key may not see it. */
  async issue(id: number): Promise<Json | null> {
    const query = { include: 'journals,relations,attachments' };
    try {
      const { body } = await this.http.getJson(`issues/${id}.json`, { query, schema: z.looseObject({ issue: z.unknown() }) });
      return body.issue as Json;
    } catch (error) {
      if (isHttpError(error, 'not-found')) return null;
      throw error;
    }
  }

  async statuses(): Promise<{ id: number; name: string; isClosed: boolean | undefined }[]> {
    const { body } = await this.http.getJson('issue_statuses.json', { schema: statusesSchema });
    return body.issue_statuses.map((status) => ({ id: status.id, name: status.name, isClosed: status.is_closed ?? undefined }));
  }

  async projectName(project: string): Promise<string | null> {
    const body = await this.orNull(this.http.getJson(`projects/${project}.json`, { schema: projectSchema }));
    return body?.project.name ?? null;
  }

  /** Members of a project with their roles, also those they have through a group. https://www.redmine.org/projects/redmine/wiki/Rest_Memberships */
  async members(project: string): Promise<{ id: string; name: string; isGroup: boolean; roles: string[] }[]> {
    const members: { id: string; name: string; isGroup: boolean; roles: string[] }[] = [];
    for (let offset = 0; ; offset += pageSize) {
      const query = { limit: pageSize, offset };
      const body = await this.orNull(this.http.getJson(`projects/${project}/memberships.json`, { query, schema: membersSchema }));
      for (const { user, group, roles } of body?.memberships ?? []) {
        const party = user ?? group;
        if (party) members.push({ id: String(party.id), name: party.name, isGroup: !user, roles: roles.map((role) => role.name) });
      }
      if (!body || offset + pageSize >= body.total_count) return members;
    }
  }

  async categories(project: string): Promise<{ id: number; name: string }[]> {
    const body = await this.orNull(this.http.getJson(`projects/${project}/issue_categories.json`, { schema: categoriesSchema }));
    return body?.issue_categories ?? [];
  }

  /** Groups with the ids of their people; null where the key is no administrator's. */
  async groups(): Promise<{ id: string; name: string; people: string[] }[] | null> {
    const body = await this.orNull(this.http.getJson('groups.json', { schema: groupsSchema }));
    if (!body) return null;
    const groups: { id: string; name: string; people: string[] }[] = [];
    for (const group of body.groups) {
      const found = await this.orNull(this.http.getJson(`groups/${group.id}.json`, { query: { include: 'users' }, schema: groupSchema }));
      groups.push({ id: String(group.id), name: group.name, people: (found?.group.users ?? []).map((user) => String(user.id)) });
    }
    return groups;
  }

  async user(user: string): Promise<{ name: string; isAdmin: boolean } | null> {
    const body = await this.orNull(this.http.getJson(`users/${user}.json`, { schema: userSchema }));
    if (!body) return null;
    const { firstname, lastname, admin } = body.user;
    return { name: [firstname, lastname].filter(Boolean).join(' '), isAdmin: admin === true };
  }

  /** Whose key it is. */
  async account(): Promise<{ login: string; isAdmin: boolean; at: string | null }> {
    const { body, at } = await this.http.getJson('users/current.json', { schema: accountSchema });
    return { login: body.user.login, isAdmin: body.user.admin === true, at };
  }

  /** What an issue names may be gone or hidden while the issue is not: then its id stands for it. */
  private async orNull<T>(answer: Promise<{ body: T }>): Promise<T | null> {
    try {
      return (await answer).body;
    } catch (error) {
      if (isHttpError(error, 'not-found', 'forbidden')) return null;
      throw error;
    }
  }
}
