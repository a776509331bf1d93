import { z } from 'zod';
import type { Context, Json } from '../../connector.js';
import { isHttpError } from '../../http/errors.js';
import { createHttp, type Answer, type Ask, type Http } from '../../http/http.js';
import { linkOf } from '../../http/link.js';
import type { NumberedPage } from '../../incremental/numbered.js';
import type { GithubConfig } from './payload.js';

export const githubSecret = 'token';

const apiVersion = '2022-11-28';

/** GitHub asks for few requests at a time. */
export const concurrency = 2;

const rowSchema = z.looseObject({ number: z.number().int(), updated_at: z.string(), pull_request: z.unknown().optional() });
export type ListedIssue = z.infer<typeof rowSchema>;

const repositorySchema = z.looseObject({
  full_name: z.string(),
  url: z.string(),
  open_issues_count: z.number(),
  has_issues: z.boolean().nullish(),
  private: z.boolean().nullish(),
});
const foundSchema = z.looseObject({ number: z.number().int(), repository_url: z.string() });
const rowsSchema = z.array(z.unknown());

/** What GitHub answers about one repository. Throws `HttpError`. */
export class GithubClient {
  private readonly http: Http;

  constructor(
    private readonly config: GithubConfig,
    private readonly repository: string,
    context: Context,
  ) {
    this.http = createHttp({
      baseUrl: config.url,
      context,
      pace: { concurrency },
      credentials: async () => ({ headers: { authorization: `Bearer ${await context.secret(githubSecret)}` } }),
    });
  }

  /** Issues and pull requests together, as GitHub lists them; `since` is ISO, in whole seconds. */
  async list(query: { since?: string | undefined; sort: 'created' | 'updated'; page: number }): Promise<NumberedPage<ListedIssue>> {
    const asked = { state: 'all', direction: 'asc', per_page: this.config.pageSize, ...query };
    return pageOf(await this.get('issues', z.array(rowSchema), asked));
  }

  /** All that happened to an issue, its comments among it; null where it is gone. */
  async timeline(number: number): Promise<Json[] | null> {
    const events: Json[] = [];
    try {
      for (let page = 1; ; page += 1) {
        const asked = { per_page: this.config.pageSize, page };
        const { rows, hasMore } = pageOf(await this.get(`issues/${number}/timeline`, rowsSchema, asked));
        events.push(...(rows as Json[]));
        if (!hasMore || rows.length === 0) return events;
      }
    } catch (error) {
      if (isHttpError(error, 'not-found')) return null;
      throw error;
    }
  }

  /** Number and repository under which GitHub has the issue now; null where there is none. */
  async issue(number: number): Promise<z.infer<typeof foundSchema> | null> {
    try {
      return (await this.get(`issues/${number}`, foundSchema)).body;
    } catch (error) {
      if (isHttpError(error, 'not-found')) return null;
      throw error;
    }
  }

  about(): Promise<Answer<z.infer<typeof repositorySchema>>> {
    return this.get('', repositorySchema);
  }

  async labels(): Promise<string[]> {
    const names: string[] = [];
    for (let page = 1; ; page += 1) {
      const asked = { per_page: this.config.pageSize, page };
      const { rows, hasMore } = pageOf(await this.get('labels', z.array(z.looseObject({ name: z.string() })), asked));
      names.push(...rows.map(({ name }) => name));
      if (!hasMore || rows.length === 0) return names;
    }
  }

  private get<T>(path: string, schema: z.ZodType<T>, query: Ask<T>['query'] = {}): Promise<Answer<T>> {
    const url = `repos/${this.repository}${path === '' ? '' : `/${path}`}`;
    const headers = { accept: 'application/vnd.github+json', 'x-github-api-version': apiVersion };
    return this.http.getJson(url, { query, headers, schema });
  }
}

function pageOf<T>({ body, headers, at }: Answer<T[]>): NumberedPage<T> {
  return { rows: body, hasMore: linkOf(headers, 'next') !== null, at };
}
