import type { Context, Json } from '../../connector.js';
import { isHttpError } from '../../http/errors.js';
import { createHttp, type Http } from '../../http/http.js';
import {
  auditSchema,
  bulkSchema,
  commentsSchema,
  countSchema,
  fieldsSchema,
  inlineSchema,
  meSchema,
  permissionsSchema,
  searchSchema,
  serverSchema,
  statusesSchema,
  type ChangelogsAnswer,
  type FoundIssue,
} from './answers.js';
import type { CustomFields, Edition, JiraConfig } from './payload.js';

export const jiraSecret = 'token';
/** Most that a search gives with all fields. */
export const pageSize = 100;
/** Most that a list of ids or comments gives. */
const listSize = 1000;
export const concurrency = 2;

export interface Found {
  issues: FoundIssue[];
  /** Where a search of the Cloud goes on; null: it is over. */
  next: string | null;
  /** How many a search of the Data Center finds. */
  total: number | null;
  at: string | null;
}

/** What a Jira answers, Cloud by version 3 of its API, Data Center by version 2. Throws `HttpError`. */
export class JiraClient {
  private constructor(
    private readonly http: Http,
    readonly edition: Edition,
  ) {}

  /** Asks Jira for its edition where the connection does not say it. */
  static async open(config: JiraConfig, context: Context): Promise<JiraClient> {
    const http = createHttp({
      baseUrl: config.url,
      pace: { concurrency },
      context,
      credentials: async () => ({ headers: { authorization: authorization(config, await context.secret(jiraSecret)) } }),
    });
    if (config.edition) return new JiraClient(http, config.edition);
    const { body } = await http.getJson('rest/api/2/serverInfo', { schema: serverSchema });
    return new JiraClient(http, body.deploymentType === 'Cloud' ? 'cloud' : 'data-center');
  }

  get isCloud(): boolean {
    return this.edition === 'cloud';
  }

  async version(): Promise<string> {
    const { body } = await this.http.getJson(this.path('serverInfo'), { schema: serverSchema });
    return this.isCloud ? 'Jira Cloud' : `Jira ${body.version ?? ''}`.trim();
  }

  async me(): Promise<{ name: string; zone: string | null; at: string | null; headers: Headers }> {
    const { body, at, headers } = await this.http.getJson(this.path('myself'), { schema: meSchema });
    return { name: body.displayName ?? body.name ?? 'nobody', zone: body.timeZone ?? null, at, headers };
  }

  /** Which of these the account has, anywhere. */
  async permissions(...names: string[]): Promise<Set<string>> {
    const query = { permissions: this.isCloud ? names.join(',') : undefined };
    const { body } = await this.http.getJson(this.path('mypermissions'), { query, schema: permissionsSchema });
    return new Set(names.filter((name) => body.permissions[name]?.havePermission));
  }

  async count(jql: string): Promise<number> {
    if (!this.isCloud) return (await this.search(jql, { fields: ['id'], size: 1, offset: 0 })).total ?? 0;
    return (await this.http.postJson(this.path('search/approximate-count'), { jql }, { schema: countSchema })).body.count;
  }

  async statuses(): Promise<{ id: string; name: string; category: string | undefined }[]> {
    const { body } = await this.http.getJson(this.path('status'), { schema: statusesSchema });
    return body.map(({ id, name, statusCategory }) => ({ id, name, category: statusCategory?.key }));
  }

  /** Custom fields by id. */
  async fields(): Promise<CustomFields> {
    const { body } = await this.http.getJson(this.path('field'), { schema: fieldsSchema });
    const custom = body.flatMap(({ id, name, schema }) => (schema?.custom ? [[id, { name, kind: schema.custom }] as const] : []));
    return Object.fromEntries(custom);
  }

  /** The Cloud goes on by token, the Data Center by offset. https://developer.atlassian.com/cloud/jira/platform/rest/v3/api-group-issue-search/ */
  async search(jql: string, page: { fields: string[]; size: number; token?: string | null; offset?: number }): Promise<Found> {
    const { fields, size, token } = page;
    const asked = this.isCloud
      ? await this.http.postJson(
          this.path('search/jql'),
          { jql, fields, maxResults: size, ...(token ? { nextPageToken: token } : {}) },
          { schema: searchSchema },
        )
      : await this.http.getJson(this.path('search'), {
          query: { jql, fields: fields.join(','), maxResults: size, startAt: page.offset ?? 0, expand: expanded(fields) },
          schema: searchSchema,
        });
    const { issues, nextPageToken, isLast, total } = asked.body;
    return { issues, next: isLast === true ? null : (nextPageToken ?? null), total: total ?? null, at: asked.at };
  }

  /** Whole changelogs by issue id, Cloud only. https://developer.atlassian.com/cloud/jira/platform/rest/v3/api-group-issues/#api-rest-api-3-changelog-bulkfetch-post */
  async changelogs(ids: readonly string[]): Promise<Map<string, Json[]>> {
    const found = new Map<string, Json[]>();
    let token: string | null = null;
    do {
      const body: Json = { issueIdsOrKeys: [...ids], maxResults: listSize, ...(token === null ? {} : { nextPageToken: token }) };
      const answer: { body: ChangelogsAnswer } = await this.http.postJson(this.path('changelog/bulkfetch'), body, {
        schema: bulkSchema,
      });
      for (const { issueId, changeHistories } of answer.body.issueChangeLogs) {
        found.set(issueId, [...(found.get(issueId) ?? []), ...(changeHistories as Json[])]);
      }
      const next: string | null = answer.body.nextPageToken ?? null;
      token = next === token ? null : next;
    } while (token !== null);
    return found;
  }

  /** The changelog of one issue of a Data Center, which gives it whole. */
  async changelog(id: string): Promise<{ histories: Json[]; total: number }> {
    const query = { fields: 'id', expand: 'changelog' };
    const { body } = await this.http.getJson(this.path(`issue/${id}`), { query, schema: inlineSchema });
    return { histories: body.changelog.histories as Json[], total: body.changelog.total };
  }

  /** All comments of an issue, with the mark that Service Management puts on internal ones. */
  async comments(id: string): Promise<Json[]> {
    const comments: Json[] = [];
    for (;;) {
      const query = { startAt: comments.length, maxResults: listSize, orderBy: 'created', expand: 'properties' };
      const { body } = await this.http.getJson(this.path(`issue/${id}/comment`), { query, schema: commentsSchema });
      comments.push(...(body.comments as Json[]));
      if (body.comments.length === 0 || comments.length >= body.total) return comments;
    }
  }

  /** Throws `not-found` or `forbidden` where it is not shown. */
  async issue(id: string): Promise<void> {
    await this.http.getJson(this.path(`issue/${id}`), { query: { fields: 'id' } });
  }

  /** Whether the audit log of the Cloud tells that the issue was deleted; false too where the account may not read it. */
  async isDeleted(key: string): Promise<boolean> {
    try {
      for (let offset = 0; ; offset += listSize) {
        const query = { filter: key, limit: listSize, offset };
        const { body } = await this.http.getJson(this.path('auditing/record'), { query, schema: auditSchema });
        if (body.records.some(({ objectItem }) => objectItem?.typeName === 'ISSUE_DELETE' && objectItem.name === key)) return true;
        if (body.records.length === 0 || offset + listSize >= body.total) return false;
      }
    } catch (error) {
      if (isHttpError(error, 'forbidden', 'not-found')) return false;
      throw error;
    }
  }

  private path(rest: string): string {
    return `rest/api/${this.isCloud ? 3 : 2}/${rest}`;
  }
}

function authorization({ email }: JiraConfig, secret: string): string {
  return email === undefined ? `Bearer ${secret}` : `Basic ${Buffer.from(`${email}:${secret}`).toString('base64')}`;
}

function expanded(fields: readonly string[]): string | undefined {
  return fields.includes('*all') ? 'changelog' : undefined;
}
