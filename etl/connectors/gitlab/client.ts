import { z } from 'zod';
import { SourceError, type Context, type Json } from '../../connector.js';
import { isHttpError } from '../../http/errors.js';
import { createHttp, type Answer, type Http } from '../../http/http.js';
import { linkOf } from '../../http/link.js';
import type { NumberedPage } from '../../incremental/numbered.js';
import type { GitlabConfig } from './payload.js';

export const gitlabSecret = 'token';

/** Issues read at once; each is asked for its history in three parts, one after the other. */
export const concurrency = 2;

const rowSchema = z.looseObject({ iid: z.number().int(), updated_at: z.string() });
export type ListedIssue = z.infer<typeof rowSchema>;

const access = z.looseObject({ access_level: z.number().nullish() }).nullish();
const projectSchema = z.looseObject({
  open_issues_count: z.number().nullish(),
  permissions: z.looseObject({ project_access: access, group_access: access }).nullish(),
});
const userSchema = z.looseObject({ username: z.string(), is_admin: z.boolean().nullish() });
const memberSchema = z.looseObject({ id: z.number().int(), username: z.string(), access_level: z.number() });
export type Member = z.infer<typeof memberSchema>;

export interface Project {
  openIssues: number | null;
  /** Of the token, by membership; 0 where it is no member. */
  level: number;
  headers: Headers;
  at: string | null;
}

/** What a GitLab answers about one project. Throws `HttpError`. */
export class GitlabClient {
  private readonly http: Http;
  private readonly root: string;

  constructor(
    private readonly config: GitlabConfig,
    project: string,
    context: Context,
  ) {
    this.http = createHttp({
      baseUrl: config.url,
      context,
      credentials: async () => ({ headers: { 'private-token': await context.secret(gitlabSecret) } }),
    });
    this.root = `api/v4/projects/${encodeURIComponent(project)}`;
  }

  /** https://docs.gitlab.com/api/issues/#list-project-issues; `since` is ISO. */
  async list(query: {
    updated_after?: string | undefined;
    order_by: 'created_at' | 'updated_at';
    page: number;
  }): Promise<NumberedPage<ListedIssue>> {
    const asked = { scope: 'all', sort: 'asc', per_page: this.config.pageSize, ...query };
    return pageOf(await this.http.getJson(`${this.root}/issues`, { query: asked, schema: z.array(rowSchema) }));
  }

  /** All of what GitLab keeps of an issue's past; null where it is gone. */
  async history(iid: number): Promise<{ states: Json[]; labels: Json[]; notes: Json[] } | null> {
    const path = `${this.root}/issues/${iid}`;
    try {
      return {
        states: await this.all(`${path}/resource_state_events`),
        labels: await this.all(`${path}/resource_label_events`),
        notes: await this.all(`${path}/notes`, { order_by: 'created_at', sort: 'asc' }),
      };
    } catch (error) {
      if (isHttpError(error, 'not-found')) return null;
      throw error;
    }
  }

  async hasIssue(iid: number): Promise<boolean> {
    try {
      await this.http.getJson(`${this.root}/issues/${iid}`);
      return true;
    } catch (error) {
      if (isHttpError(error, 'not-found')) return false;
      throw error;
    }
  }

  async project(): Promise<Project> {
    const { body, headers, at } = await this.http.getJson(this.root, { schema: projectSchema });
    const { project_access, group_access } = body.permissions ?? {};
    const level = Math.max(project_access?.access_level ?? 0, group_access?.access_level ?? 0);
    return { openIssues: body.open_issues_count ?? null, level, headers, at };
  }

  async account(): Promise<{ name: string; isAdmin: boolean }> {
    const { body } = await this.http.getJson('api/v4/user', { schema: userSchema });
    return { name: body.username, isAdmin: body.is_admin === true };
  }

  /** Members with their access level, also those by a group. */
  async members(): Promise<Member[]> {
    return z.array(memberSchema).parse(await this.all(`${this.root}/members/all`));
  }

  async labels(): Promise<string[]> {
    const rows = z.array(z.looseObject({ name: z.string() })).parse(await this.all(`${this.root}/labels`));
    return rows.map(({ name }) => name);
  }

  private async all(path: string, query: Record<string, string> = {}): Promise<Json[]> {
    const rows: Json[] = [];
    let before = '';
    for (let page = 1; ; page += 1) {
      const asked = { per_page: this.config.pageSize, page, ...query };
      const answer = pageOf(await this.http.getJson(path, { query: asked, schema: z.array(z.unknown()) }));
      const text = JSON.stringify(answer.rows);
      if (answer.hasMore && text === before) throw new SourceError(`GitLab shows page ${page - 1} of ${path} again as page ${page}.`);
      before = text;
      rows.push(...(answer.rows as Json[]));
      if (!answer.hasMore || answer.rows.length === 0) return rows;
    }
  }
}

function pageOf<T>({ body, headers, at }: Answer<T[]>): NumberedPage<T> {
  return { rows: body, hasMore: (headers.get('x-next-page') ?? '') !== '' || linkOf(headers, 'next') !== null, at };
}
