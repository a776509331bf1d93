import { z } from 'zod';
import { SourceError, type Context, type Json } from '../../connector.js';
import { HttpError } from '../../http/errors.js';
import { createHttp, type Http } from '../../http/http.js';
import type { WireAnswer } from '../../http/transport.js';
import { listedSchema, pageInfoSchema, type LinearConfig, type ListedIssue } from './payload.js';
import { queries, type Operation } from './queries.js';

/** A query may cost 10,000 points; an issue costs about 150. */
const pageSize = 50;
export const linearSecret = 'key';

const answerSchema = z.looseObject({
  data: z.record(z.string(), z.unknown()).nullish(),
  errors: z.array(z.looseObject({ message: z.string(), extensions: z.looseObject({ code: z.string().nullish() }).nullish() })).nullish(),
});
const listOf = <T extends z.ZodType>(node: T) => z.looseObject({ nodes: z.array(node), pageInfo: pageInfoSchema });
const named = z.looseObject({ id: z.string(), name: z.string() });
const state = z.looseObject({ id: z.string(), name: z.string(), type: z.string() });
const viewerSchema = z.looseObject({
  viewer: z.looseObject({ name: z.string() }),
  organization: z.looseObject({ name: z.string(), createdIssueCount: z.number() }),
});

const restOf = { history: 'History', comments: 'Comments', relations: 'Relations' } as const;

export interface IssuesPage {
  issues: ListedIssue[];
  /** Null: there is no page behind this one. */
  next: string | null;
  at: string | null;
}

/** What a Linear answers to GraphQL. Throws `HttpError`. */
export class LinearClient {
  private readonly http: Http;

  constructor(
    private readonly config: LinearConfig,
    context: Context,
  ) {
    this.http = createHttp({
      baseUrl: config.url,
      pace: { concurrency: 2 },
      context,
      credentials: async () => ({ headers: { authorization: authorization(await context.secret(linearSecret)) } }),
      isThrottled,
    });
  }

  /** Issues changed since then, archived and trashed ones too, the last changed first. */
  async issues(since: string | null, after: string | null): Promise<IssuesPage> {
    const { teams } = this.config;
    const filter = {
      ...(since === null ? {} : { updatedAt: { gte: since } }),
      ...(teams.length === 0 ? {} : { team: { key: { in: teams } } }),
    };
    const { data, at } = await this.ask('Issues', { filter, first: pageSize, after });
    const { nodes, pageInfo } = read('Issues', listOf(listedSchema), data['issues']);
    return { issues: nodes, next: pageInfo.hasNextPage ? (pageInfo.endCursor ?? null) : null, at };
  }

  /** What of an issue's history, comments or relations did not fit its page. */
  async rest(kind: keyof typeof restOf, issue: ListedIssue): Promise<Json[]> {
    const rows: Json[] = [];
    const operation = restOf[kind];
    let { hasNextPage, endCursor } = issue[kind].pageInfo;
    while (hasNextPage) {
      const { data } = await this.ask(operation, { id: issue.id, after: endCursor ?? null });
      const found = read(operation, z.looseObject({ [kind]: listOf(z.json()) }), data['issue'])[kind];
      if (!found || found.pageInfo.endCursor === endCursor) throw stuck(`the ${kind} of ${issue.id}`);
      rows.push(...found.nodes);
      ({ hasNextPage, endCursor } = found.pageInfo);
    }
    return rows;
  }

  states(): Promise<z.infer<typeof state>[]> {
    return this.all('States', 'workflowStates', state);
  }

  teams(): Promise<z.infer<typeof named>[]> {
    return this.all('Teams', 'teams', named);
  }

  users(): Promise<z.infer<typeof named>[]> {
    return this.all('Users', 'users', named);
  }

  async viewer(): Promise<{ name: string; organization: string; issues: number; at: string | null; limit: string | null }> {
    const { data, at, headers } = await this.ask('Viewer', {});
    const { viewer, organization } = read('Viewer', viewerSchema, data);
    const limit = headers.get('x-ratelimit-requests-limit');
    return { name: viewer.name, organization: organization.name, issues: organization.createdIssueCount, at, limit };
  }

  private async all<T>(operation: Operation, list: string, node: z.ZodType<T>): Promise<T[]> {
    const rows: T[] = [];
    for (let after: string | null = null; ;) {
      const { data } = await this.ask(operation, { after });
      const { nodes, pageInfo } = read(operation, listOf(node), data[list]);
      rows.push(...nodes);
      if (!pageInfo.hasNextPage) return rows;
      if (!pageInfo.endCursor || pageInfo.endCursor === after) throw stuck(list);
      after = pageInfo.endCursor;
    }
  }

  /** Errors come with status 200 or 400, beside the data or instead of it. */
  private async ask(operationName: Operation, variables: Record<string, Json>) {
    const query = queries[operationName];
    const { body, at, headers } = await this.http.postJson('graphql', { operationName, query, variables }, { schema: answerSchema });
    const [error] = body.errors ?? [];
    if (error || !body.data) {
      const isAuth = error?.extensions?.code === 'AUTHENTICATION_ERROR';
      const why = error?.message ?? 'no data';
      throw isAuth
        ? new HttpError('needs-auth', `Linear refuses the query ${operationName}: ${why}. The credentials are not accepted: give new ones.`)
        : new HttpError('refused', `Linear refuses the query ${operationName}: ${why}.`);
    }
    return { data: body.data, at, headers };
  }
}

export function stuck(what: string): SourceError {
  return new SourceError(`Linear leads from one page of ${what} to itself again and again; the cursor does not move.`);
}

function read<T>(operation: Operation, schema: z.ZodType<T>, data: unknown): T {
  const found = schema.safeParse(data);
  if (found.success) return found.data;
  throw new HttpError('unreadable', `Linear answered ${operation} in a form that is not known: ${z.prettifyError(found.error)}`);
}

/** An API key stands alone, an OAuth token after `Bearer`. */
function authorization(key: string): string {
  return key.startsWith('lin_oauth_') ? `Bearer ${key}` : key;
}

/** Linear says its limit by 400 and a code. https://linear.app/developers/rate-limiting */
function isThrottled({ status, body }: WireAnswer): boolean {
  return status === 400 && body.toString('utf8').includes('"RATELIMITED"');
}
