import { SourceError, type Json } from '../../connector.js';
import { keysetPages, type KeysetPage } from '../../incremental/keyset.js';
import { pageSize, type ListedIssue, type RedmineClient } from './client.js';

/**
 * Issues changed at `from` (ISO) or later, in the order of their change. Redmine compares with fractions of a second and
 * shows none: "from 10:00:16" also gives issues of 10:00:15. They count as changes of the bound itself.
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
        const rows = page.issues.map((issue) =>
          bound !== null && Date.parse(issue.updatedOn) < Date.parse(bound) ? { ...issue, updatedOn: bound } : issue,
        );
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

/** As often a page may come again before it is clear that the filter is ignored. */
const mostRepeats = 10;

/** All issues from `below` downwards, so that the newest can be looked at first. Ids do not change while issues do. */
export async function* issuesBelow(client: RedmineClient, below: number | null): AsyncGenerator<IssuesBelow> {
  let repeats = 0;
  for (let bound = below; ;) {
    const page = await client.list({ sort: 'id:desc', issue_id: bound === null ? undefined : `<=${bound}` });
    const issues = page.issues.filter((issue) => bound === null || issue.id <= bound);
    if (page.issues.length > 0 && issues.length === 0) {
      repeats += 1;
      if (repeats <= mostRepeats) continue;
      throw new SourceError(
        `Redmine was asked for issue_id<=${bound} and gave issue ${page.issues[0]?.id} again and again: it ignores the filter, so reading cannot go on.`,
      );
    }
    repeats = 0;
    const next = Math.min(...issues.map((issue) => issue.id), bound ?? Infinity) - 1;
    const isLast = issues.length === 0 || page.issues.length >= page.total || next < 1;
    yield { ...page, issues, below: isLast ? 0 : next, isLast };
    if (isLast) return;
    bound = next;
  }
}

function wholeSeconds(at: string): string {
  return at.replace(/\.\d+Z$/, 'Z');
}
