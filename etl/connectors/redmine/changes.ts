import { SourceError, type Json } from '../../connector.js';
import { keysetPages, type KeysetPage } from '../../incremental/keyset.js';
import { pageSize, type ListedIssue, type RedmineClient } from './client.js';

/**
 * Issues changed at `from` (ISO) or later, in the order of their change. Redmine compares with fractions of a second and
 * shows none: "from 10:00:16" also gives issues of 10:00:15. They count as changes of the bound itself. A page with older ones
 * is that of another question, as a cache may give it, and is asked for again.
 */
export function changedSince(client: RedmineClient, from: string | null, position: Json): AsyncGenerator<KeysetPage<ListedIssue>> {
  return keysetPages<ListedIssue>(
    {
      pageSize,
      idOf: (issue) => String(issue.id),
      atOf: (issue) => issue.updatedOn,
      fetch: async (bound, offset) => {
        const since = bound === null ? undefined : `>=${wholeSeconds(bound)}`;
        const page = await client.list({ updated_on: since, sort: 'updated_on:asc,id:asc', offset });
        const before = (issue: ListedIssue) => (bound === null ? 0 : Date.parse(bound) - Date.parse(issue.updatedOn));
        if (page.issues.some((issue) => before(issue) > 1_000)) return { rows: [], sourceNow: page.at, hasMore: true };
        const rows = page.issues.map((issue) => (bound !== null && before(issue) > 0 ? { ...issue, updatedOn: bound } : issue));
        return { rows, sourceNow: page.at, hasMore: offset + rows.length < page.total };
      },
    },
    from,
    position,
  );
}

export interface IssuesBelow {
  issues: ListedIssue[];
  total: number;
  at: string | null;
  /** Where the next page begins. */
  below: number;
  isLast: boolean;
}

/** As often a page may be another one than was asked for before it is clear that the filter is ignored. */
const mostRepeats = 10;

/**
 * All issues from `below` downwards, so that the newest can be looked at first. Ids do not change while issues do. A page
 * counts once the number left below it shows that it skipped none; else it is asked for again.
 */
export async function* issuesBelow(client: RedmineClient, below: number | null): AsyncGenerator<IssuesBelow> {
  const list = (bound: number | null) => client.list({ sort: 'id:desc', issue_id: bound === null ? undefined : `<=${bound}` });
  let repeats = 0;
  let bound = below;
  let page = await list(bound);
  while (page.total > 0) {
    const upTo = bound ?? Infinity;
    const issues = page.issues.filter((issue) => issue.id <= upTo);
    const next = Math.min(...issues.map((issue) => issue.id)) - 1;
    const following = issues.length > 0 && next > 0 ? await list(next) : null;
    const left = following?.total ?? 0;
    if (issues.length === 0 || page.total - issues.length > left) {
      repeats += 1;
      if (repeats > mostRepeats) throw ignored(bound, page.issues[0]?.id);
      page = await list(bound);
      continue;
    }
    repeats = 0;
    const isLast = following === null || left === 0;
    yield { ...page, issues, below: isLast ? 0 : next, isLast };
    if (isLast) return;
    bound = next;
    page = following;
  }
  yield { ...page, issues: [], below: 0, isLast: true };
}

function ignored(bound: number | null, shown: number | undefined): SourceError {
  return new SourceError(
    `Redmine was asked for issue_id<=${bound ?? 'any'} and gave issue ${shown ?? 'none'} again and again: it ignores the filter, so reading cannot go on.`,
  );
}

function wholeSeconds(at: string): string {
  return at.replace(/\.\d+Z$/, 'Z');
}
