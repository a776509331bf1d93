import type { Json, RawRecord } from '../../connector.js';
import { isHttpError } from '../../http/errors.js';
import { fanOut } from '../../incremental/fan-out.js';
import type { FoundIssue } from './answers.js';
import { concurrency, type JiraClient } from './client.js';
import type { CustomFields } from './payload.js';

type Fields = Record<string, Json>;

/** Makes whole records of found issues: the changelog and comments to their ends, and names for ids. */
export class IssueReader {
  constructor(
    private readonly client: JiraClient,
    private readonly statuses: ReadonlyMap<string, string>,
    private readonly fields: CustomFields,
  ) {}

  async recordsOf(issues: readonly FoundIssue[]): Promise<{ records: RawRecord[]; warnings: string[] }> {
    const changelogs = this.client.isCloud && issues.length > 0 ? await this.client.changelogs(issues.map(({ id }) => id)) : null;
    const read = await fanOut(issues, concurrency, (issue) => this.recordOf(issue, changelogs?.get(issue.id)));
    return {
      records: read.flatMap((record) => (typeof record === 'string' ? [] : [record])),
      warnings: read.flatMap((record) => (typeof record === 'string' ? [record] : [])),
    };
  }

  /** One that is gone or hidden since it was found is left to the census. */
  private async recordOf(found: FoundIssue, changelog: Json[] | undefined): Promise<RawRecord | 'vanished_item'> {
    try {
      const { changelog: inline, ...issue } = found as unknown as { id: string; changelog?: Json; fields?: Fields };
      const { comment, ...fields } = issue.fields ?? {};
      const { histories, isTruncated } = this.client.isCloud
        ? { histories: changelog ?? [], isTruncated: false }
        : await this.whole(found.id, inline);
      const payload = {
        issue: settledForm({ ...issue, fields }),
        histories: settledForm(histories),
        comments: settledForm(await this.commentsOf(found.id, fields, comment)),
        isTruncated,
        statuses: this.statusesIn(histories, fields),
        fields: Object.fromEntries(Object.entries(this.fields).filter(([id]) => !isEmpty(fields[id]))),
      };
      return { externalId: found.id, payload, op: 'upsert', position: found.key };
    } catch (error) {
      if (isHttpError(error, 'not-found', 'forbidden')) return 'vanished_item';
      throw error;
    }
  }

  /** A changelog that comes with a search may be cut short: then the issue is asked for all of it. */
  private async whole(id: string, inline: Json | undefined): Promise<{ histories: Json[]; isTruncated: boolean }> {
    const told = listOf(inline, 'histories');
    if (told.list.length >= told.total) return { histories: told.list, isTruncated: false };
    const { histories, total } = await this.client.changelog(id);
    return { histories, isTruncated: histories.length < total };
  }

  /** Comments come with the issue, cut short where they are many; a Data Center tells the internal ones apart only when asked. */
  private async commentsOf(id: string, fields: Fields, inline: Json | undefined): Promise<Json[]> {
    const { list, total } = listOf(inline, 'comments');
    const isService = memberOf(fields['project'], 'projectTypeKey') === 'service_desk';
    const isMarked = list.every((one) => memberOf(one, 'jsdPublic') !== undefined);
    if (inline !== undefined && list.length >= total && (isMarked || !isService)) return list;
    return this.client.comments(id);
  }

  private statusesIn(histories: readonly Json[], fields: Fields): Record<string, string> {
    const items = histories.flatMap((history) => listOf(history, 'items').list);
    const changed = items.filter((item) => memberOf(item, 'field') === 'status');
    const ids = [...changed.flatMap((item) => [memberOf(item, 'from'), memberOf(item, 'to')]), memberOf(fields['status'], 'id')];
    const known = ids.flatMap((id): [string, string][] =>
      typeof id === 'string' && this.statuses.has(id) ? [[id, this.statuses.get(id) ?? id]] : [],
    );
    return Object.fromEntries(known.sort(([a], [b]) => (a < b ? -1 : 1)));
  }
}

function memberOf(value: Json | undefined, name: string): Json | undefined {
  if (value === null || typeof value !== 'object' || Array.isArray(value)) return undefined;
  return Object.hasOwn(value, name) ? value[name] : undefined;
}

function listOf(value: Json | undefined, name: string): { list: Json[]; total: number } {
  const list = memberOf(value, name);
  const total = memberOf(value, 'total');
  return { list: Array.isArray(list) ? list : [], total: typeof total === 'number' ? total : 0 };
}

function isEmpty(value: Json | undefined): boolean {
  return value === undefined || value === null || (Array.isArray(value) && value.length === 0);
}

/** Addresses of the API and pictures say nothing of the issue. */
const addresses = new Set(['self', 'avatarUrls', 'iconUrl', 'lastViewed']);
/** What of a running clock is another at every look. */
const ticking = new Set(['elapsedTime', 'remainingTime', 'withinCalendarHours']);

/** The same for the same issue, whoever looks and whenever; without the NUL bytes that Jira takes and no database keeps. */
function settledForm(value: Json, leftOut: ReadonlySet<string> = addresses): Json {
  if (typeof value === 'string') return value.replaceAll('\0', '');
  if (Array.isArray(value)) return value.map((one) => settledForm(one));
  if (value === null || typeof value !== 'object') return value;
  const kept = Object.entries(value).filter(([name]) => !leftOut.has(name));
  return Object.fromEntries(kept.map(([name, inner]) => [name, settledForm(inner, name === 'ongoingCycle' ? ticking : addresses)]));
}
