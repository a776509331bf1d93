import { z } from 'zod';
import { SourceError, type Context, type Json } from '../../connector.js';
import { isHttpError } from '../../http/errors.js';
import { createHttp, type Http } from '../../http/http.js';
import { storyFields, taskFields, type AsanaConfig } from './payload.js';

/** Most that Asana lists at once. */
export const pageSize = 100;
export const concurrency = 4;
export const asanaSecret = 'token';

/** Half of 150 and of 1,500 requests a minute; Asana shows neither limit nor use in its answers. */
const perSecond = { free: 1.25, paid: 12.5 };

const nextPage = z.looseObject({ offset: z.string() }).nullish();
const listOf = <T extends z.ZodType>(row: T) => z.looseObject({ data: z.array(row), next_page: nextPage });
const listedTask = z.looseObject({ gid: z.string(), modified_at: z.string().nullish(), created_at: z.string().nullish() });
const named = z.looseObject({ gid: z.string(), name: z.string() });
const membership = z.looseObject({ user: z.looseObject({ gid: z.string() }), is_guest: z.boolean().nullish() });
const meSchema = z.looseObject({ data: z.looseObject({ name: z.string().nullish() }) });
const projectSchema = z.looseObject({
  data: z.looseObject({ gid: z.string(), name: z.string(), workspace: z.looseObject({ gid: z.string() }).nullish() }),
});

export interface Listed<Row> {
  rows: Row[];
  /** Token of the page behind this one; null: there is none. */
  next: string | null;
  at: string | null;
}
export type ListedTask = z.infer<typeof listedTask>;
export interface Project {
  gid: string;
  name: string;
  workspace: string | null;
}

/** What an Asana answers. Throws `HttpError`. */
export class AsanaClient {
  private readonly http: Http;

  constructor(config: AsanaConfig, context: Context) {
    this.http = createHttp({
      baseUrl: new URL('/api/1.0/', config.url).href,
      pace: { concurrency, perSecond: perSecond[config.plan] },
      context,
      credentials: async () => ({ headers: { authorization: `Bearer ${await context.secret(asanaSecret)}` } }),
    });
  }

  /** https://developers.asana.com/reference/gettasks */
  tasks(project: string, modifiedSince: string | null, offset: string | null, fields = taskFields): Promise<Listed<ListedTask>> {
    const query = { project, modified_since: modifiedSince ?? undefined, opt_fields: fields };
    return this.list('tasks', listedTask, query, offset);
  }

  /** All stories of a task, the oldest first; null where there is no such task. https://developers.asana.com/reference/getstoriesfortask */
  async stories(task: string): Promise<Json[] | null> {
    try {
      return await this.all(`tasks/${task}/stories`, z.json(), { opt_fields: storyFields });
    } catch (error) {
      if (isHttpError(error, 'not-found')) return null;
      throw error;
    }
  }

  async hasTask(task: string): Promise<boolean> {
    try {
      await this.http.getJson(`tasks/${task}`, { query: { opt_fields: 'name' } });
      return true;
    } catch (error) {
      if (isHttpError(error, 'not-found')) return false;
      throw error;
    }
  }

  /** https://developers.asana.com/reference/getproject */
  async project(gid: string): Promise<Project> {
    const { body } = await this.http.getJson(`projects/${gid}`, { query: { opt_fields: 'name,workspace' }, schema: projectSchema });
    return { gid, name: body.data.name, workspace: body.data.workspace?.gid ?? null };
  }

  /** https://developers.asana.com/reference/getsectionsforproject */
  sections(project: string): Promise<{ gid: string; name: string }[]> {
    return this.all(`projects/${project}/sections`, named, { opt_fields: 'name' });
  }

  /** Ids of the guests of a workspace; none where the token may not see its members. https://developers.asana.com/reference/getworkspacemembershipsforworkspace */
  async guests(workspace: string): Promise<string[]> {
    try {
      const members = await this.all(`workspaces/${workspace}/workspace_memberships`, membership, { opt_fields: 'user,is_guest' });
      return members.flatMap(({ user, is_guest: isGuest }) => (isGuest === true ? [user.gid] : []));
    } catch (error) {
      if (isHttpError(error, 'forbidden', 'not-found')) return [];
      throw error;
    }
  }

  async me(): Promise<{ name: string; at: string | null }> {
    const { body, at } = await this.http.getJson('users/me', { query: { opt_fields: 'name' }, schema: meSchema });
    return { name: body.data.name ?? 'nobody', at };
  }

  private async all<T>(path: string, row: z.ZodType<T>, query: Record<string, string>): Promise<T[]> {
    const rows: T[] = [];
    let offset: string | null = null;
    const seen = new Set<string>();
    do {
      const page: Listed<T> = await this.list(path, row, query, offset);
      rows.push(...page.rows);
      if (page.next !== null && seen.has(page.next)) throw stuck(path);
      if (page.next !== null) seen.add(page.next);
      offset = page.next;
    } while (offset !== null);
    return rows;
  }

  private async list<T>(
    path: string,
    row: z.ZodType<T>,
    query: Record<string, string | undefined>,
    offset: string | null,
  ): Promise<Listed<T>> {
    const asked = { ...query, limit: pageSize, ...(offset === null ? {} : { offset }) };
    const { body, at } = await this.http.getJson(path, { query: asked, schema: listOf(row) });
    return { rows: body.data, next: body.next_page?.offset ?? null, at };
  }
}

export function stuck(path: string): SourceError {
  return new SourceError(`Asana leads from one page of ${path} to itself again and again; the cursor does not move.`);
}
