import { SourceError, type Json } from '../../connector.js';
import { isHttpError } from '../../http/errors.js';
import { keysetPages } from '../../incremental/keyset.js';
import { floorTo } from '../../incremental/window.js';
import type { FoundIssue } from './answers.js';
import { pageSize, type Found, type JiraClient } from './client.js';
import { jql, type JqlClock } from './jql.js';
import type { JiraConfig } from './payload.js';

export interface IssuesPage {
  issues: FoundIssue[];
  position: Json;
  isLast: boolean;
  at: string | null;
}

/** A search that goes upwards in time, or in mirrored time. */
interface TimedList {
  query(bound: string): string;
  /** How far before the bound the search may reach. */
  reachMs(bound: string): number;
  fields: string[];
  timeOf(issue: FoundIssue): string;
}

interface Row {
  issue: FoundIssue;
  /** The minute by which the search is ordered, ISO. */
  minute: string;
}

const everything = ['*all'];
/** As often a page may come again before it is clear that the token does not move. */
const mostRepeats = 10;

/** Pages of issues by the time of their creation or change, each way as the edition of Jira can be paged. */
export class IssueSearch {
  constructor(
    private readonly config: JiraConfig,
    private readonly client: JiraClient,
    private readonly clock: JqlClock,
  ) {}

  /** Issues created up to `start` (ISO), the newest first. Times of creation do not change while they are paged. */
  newestFirst(start: string, position: Json, fields = everything): AsyncGenerator<IssuesPage> {
    const query = (bound: string) => jql(this.config, `created < ${this.clock.after(bound)}`, 'created DESC, key DESC');
    if (this.client.isCloud) return this.byToken(query, start, position, fields, createdOf);
    const list = {
      query: (bound: string) => query(mirrored(bound)),
      reachMs: (bound: string) => this.clock.reachMs(mirrored(bound)),
      fields,
      timeOf: (issue: FoundIssue) => mirrored(createdOf(issue)),
    };
    return this.byTime(list, mirrored(start), position);
  }

  /** Issues changed at `from` (ISO) or later, by the time of their change. */
  changedSince(from: string, position: Json): AsyncGenerator<IssuesPage> {
    const query = (bound: string) => jql(this.config, `updated >= ${this.clock.atOrBefore(bound)}`, 'updated ASC, key ASC');
    if (this.client.isCloud) return this.byToken(query, from, position, everything, updatedOf);
    const reachMs = (bound: string) => this.clock.reachMs(bound);
    return this.byTime({ query, reachMs, fields: everything, timeOf: updatedOf }, floorTo('min', from), position);
  }

  /** A token holds for a week and for one search only: where it has gone, the search begins anew at what it had reached. */
  private async *byToken(
    query: (bound: string) => string,
    start: string,
    position: Json,
    fields: string[],
    timeOf: (issue: FoundIssue) => string,
  ): AsyncGenerator<IssuesPage> {
    let at = (position as { bound: string; token: string | null; reached: string } | null) ?? { bound: start, token: null, reached: start };
    let isResumed = at.token !== null;
    for (let repeats = 0; ;) {
      let page: Found;
      try {
        page = await this.client.search(query(at.bound), { fields, size: pageSize, token: at.token });
      } catch (error) {
        if (!isResumed || !isHttpError(error, 'refused')) throw error;
        isResumed = false;
        at = { bound: at.reached, token: null, reached: at.reached };
        continue;
      }
      isResumed = false;
      if (page.next !== null && (page.next === at.token || page.issues.length === 0)) {
        repeats += 1;
        if (repeats > mostRepeats) {
          throw new SourceError(`Jira gives the same place of "${query(at.bound)}" again and again; its page token does not move.`);
        }
        at = { ...at, token: page.next };
        continue;
      }
      repeats = 0;
      const last = page.issues.at(-1);
      at = { bound: at.bound, token: page.next, reached: last ? timeOf(last) : at.reached };
      yield { issues: page.issues, position: { ...at }, isLast: page.next === null, at: page.at };
      if (page.next === null) return;
    }
  }

  /** By offset rows slip away while issues change: each page begins at the minute where the one before ended. */
  private async *byTime(list: TimedList, start: string, position: Json): AsyncGenerator<IssuesPage> {
    const pages = keysetPages<Row>(
      {
        pageSize,
        idOf: ({ issue }) => `${issue.id} ${list.timeOf(issue)}`,
        atOf: ({ minute }) => minute,
        fetch: (from, offset) => this.pageFrom(list, from ?? start, offset),
      },
      start,
      position,
    );
    for await (const { rows, position: next, isLast, sourceNow } of pages) {
      yield { issues: rows.map(({ issue }) => issue), position: next, isLast, at: sourceNow };
    }
  }

  /** A page with issues from before its bound, as caches and proxies show them, is another one than was asked for. */
  private async pageFrom(
    { query, reachMs, fields, timeOf }: TimedList,
    bound: string,
    offset: number,
  ): Promise<{ rows: Row[]; sourceNow: string | null; hasMore: boolean }> {
    const earliest = Date.parse(bound) - reachMs(bound);
    for (let repeats = 0; repeats <= mostRepeats; repeats += 1) {
      const page = await this.client.search(query(bound), { fields, size: pageSize, offset });
      const minutes = page.issues.map((issue) => Date.parse(floorTo('min', timeOf(issue))));
      if (minutes.some((minute) => minute < earliest)) continue;
      // A clock change widens what is asked for; what lies before the bound counts as of the bound.
      const rows = page.issues.map((issue, index) => {
        return { issue, minute: new Date(Math.max(minutes[index] ?? 0, Date.parse(bound))).toISOString() };
      });
      return { rows, sourceNow: page.at, hasMore: offset + rows.length < (page.total ?? 0) };
    }
    throw new SourceError(`Jira was asked for "${query(bound)}" and gave other issues again and again; reading cannot go on.`);
  }
}

/** The newest first is the oldest first of mirrored times, in whole minutes. */
function mirrored(at: string): string {
  return new Date(-Date.parse(floorTo('min', at))).toISOString();
}

function createdOf({ fields }: FoundIssue): string {
  return utc(fields?.created ?? 0);
}

export function updatedOf({ fields }: FoundIssue): string {
  return utc(fields?.updated ?? 0);
}

/** Jira writes times with the offset of the account that asks. */
export function utc(at: string | number): string {
  return new Date(at).toISOString();
}
