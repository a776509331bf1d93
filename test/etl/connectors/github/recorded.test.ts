import { describe, expect, it, test } from 'vitest';
import type { EventRow, Json, MappedRecord } from '#etl/connector.js';
import { githubConnector } from '#etl/connectors/github/connector.js';
import { configSchema } from '#etl/connectors/github/payload.js';
import { sharedFile } from '../../shared-data.js';
import { expectedRows, recordedRows } from '../recorded-rows.js';

interface Recorded {
  [key: string]: unknown;
  id: number;
  number: number;
  event: string;
  issue: Recorded;
  issue_url: string;
  pull_request?: unknown;
}

const folder = 'devlake-fixtures/github/e2e';
const files = {
  issues: sharedFile(`${folder}/raw_tables/_raw_github_api_issues.csv`),
  comments: sharedFile(`${folder}/raw_tables/_raw_github_api_comments.csv`),
  events: sharedFile(`${folder}/raw_tables/_raw_github_api_events.csv`),
  toldIssues: sharedFile(`${folder}/snapshot_tables/_tool_github_issues.csv`),
  toldComments: sharedFile(`${folder}/snapshot_tables/_tool_github_issue_comments.csv`),
  toldEvents: sharedFile(`${folder}/snapshot_tables/_tool_github_issue_events.csv`),
};
const absent = Object.values(files).find(({ isAbsent }) => isAbsent);

const config = configSchema.parse({ repositories: ['panjf2000/ants'], statusLabels: ['waiting for response', 'pending development'] });
const map = (issue: Recorded, timeline: unknown[]): MappedRecord =>
  githubConnector.map(config, 'issues of panjf2000/ants', {
    externalId: String(issue.number),
    op: 'upsert',
    payload: { repository: 'panjf2000/ants', issue, timeline } as unknown as Json,
  });
const minute = (at: string | undefined) => new Date(at ?? '').toISOString();

if (absent) test.skip(`issues of a real repository${absent.why}`, () => undefined);
else
  describe('issues of a real repository, as DevLake expects them', () => {
    const comments = recordedRows(files.comments.path) as Recorded[];
    const issues = (recordedRows(files.issues.path) as Recorded[]).filter((issue) => !issue.pull_request);
    const commentsOf = (issue: Recorded) => comments.filter((comment) => comment.issue_url.endsWith(`/issues/${issue.number}`));
    const mapped = issues.map((issue) =>
      map(
        issue,
        commentsOf(issue).map((comment) => ({ ...comment, event: 'commented' })),
      ),
    );

    it('have its numbers, titles, authors and ends', () => {
      const expected = expectedRows(files.toldIssues.path);
      expect(expected.length).toBe(26);
      expect(
        mapped.map(({ item, events = [] }) => [
          ...[item?.externalId, item?.title, item?.url, minute(item?.createdAt), minute(item?.asOfAt), events[0]?.actor?.id],
          events.findLast(({ status }) => status !== undefined)?.status === 'open' ? 'open' : 'closed',
        ]),
      ).toEqual(
        expected.map((row) => [
          ...[
            `panjf2000/ants#${row['number']}`,
            row['title'],
            row['url'],
            minute(row['github_created_at']),
            minute(row['github_updated_at']),
          ],
          ...[row['author_id'], row['state']],
        ]),
      );
    });

    it('have its comments, with author and time', () => {
      const said = (event: EventRow) => [event.externalId, event.actor?.id, minute(event.at)].join(' ');
      const told = mapped.flatMap(({ events = [] }) => events.filter(({ externalId }) => externalId.startsWith('comment:')).map(said));
      const expected = expectedRows(files.toldComments.path).map((row) =>
        [`comment:${row['github_id']}`, row['author_user_id'], minute(row['github_created_at'])].join(' '),
      );
      expect(expected.length).toBe(48);
      expect(told.sort()).toEqual(expected.sort());
    });

    const events = [...new Map((recordedRows(files.events.path) as Recorded[]).map((event) => [event.id, event])).values()];
    const changed = [...new Map(events.map(({ issue }) => [issue.number, issue])).values()].filter((issue) => !issue.pull_request);
    const stories = new Map(
      changed.map((issue) => [
        issue.number,
        map(
          issue,
          events.filter((event) => event.issue.number === issue.number),
        ),
      ]),
    );
    const steps = (number: number) =>
      (stories.get(number)?.events ?? []).filter(({ kind }) => kind === 'changed').map(({ at, status, person }) => [at, status, person]);

    it('were closed when it says so, and one that its recording leaves out when the issue says so', () => {
      const expected = expectedRows(files.toldEvents.path).filter(
        (row) => row['type'] === 'closed' && changed.some(({ id }) => String(id) === row['issue_id']),
      );
      const closings = [...stories.values()].flatMap(({ events: story = [] }) =>
        story
          .filter(({ status }) => status === 'closed' || status === 'not planned')
          .map(({ externalId, at }) => `${externalId} ${minute(at)}`),
      );
      const recorded = expected.map((row) => `event:${row['github_id']} ${minute(row['github_created_at'])}`);
      expect(recorded.length).toBe(10);
      expect(closings.sort()).toEqual(['212:now 2022-03-08T08:30:19.000Z', ...recorded.sort()]);
      expect(stories.get(212)?.warnings).toEqual(['history_gap']);
    });

    it('go through what labels and assignees say, which it keeps apart', () => {
      expect(steps(220)).toEqual([
        ['2022-04-21T01:11:58Z', undefined, '7496278'],
        ['2022-04-24T15:19:07Z', 'waiting for response', undefined],
        ['2022-05-07T11:29:32Z', 'closed', undefined],
      ]);
      expect(steps(226)).toEqual([
        ['2022-05-21T16:39:30Z', undefined, '7496278'],
        ['2022-05-22T10:46:11Z', 'not planned', undefined],
      ]);
    });

    it('have no kind of event that is not known', () => {
      expect([...mapped, ...stories.values()].flatMap(({ warnings = [] }) => warnings).filter((code) => code !== 'history_gap')).toEqual(
        [],
      );
    });
  });
