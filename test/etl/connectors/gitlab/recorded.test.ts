import { expect, test } from 'vitest';
import { gitlabConnector } from '#etl/connectors/gitlab/connector.js';
import { configSchema } from '#etl/connectors/gitlab/payload.js';
import { sharedFile } from '../../shared-data.js';
import { expectedRows, recordedRows } from '../recorded-rows.js';

const folder = 'devlake-fixtures/gitlab/e2e';
const recorded = sharedFile(`${folder}/raw_tables/_raw_gitlab_api_issues.csv`);
const told = sharedFile(`${folder}/snapshot_tables/_tool_gitlab_issues.csv`);
const project = 'gitlab-data/snowflake_spend';
const absent = [recorded, told].find(({ isAbsent }) => isAbsent);

test.skipIf(absent !== undefined)(`issues of a real project are what DevLake expects them to be${absent?.why ?? ''}`, () => {
  const config = configSchema.parse({ projects: [project] });
  const issues = recordedRows(recorded.path) as { iid: number }[];
  const mapped = issues.map((issue) =>
    gitlabConnector.map(config, `issues of ${project}`, {
      externalId: String(issue.iid),
      op: 'upsert',
      // Their events and notes were not recorded: what an issue is now is all there is.
      payload: { project, issue, states: [], labels: [], notes: [], members: [] },
    }),
  );
  const expected = expectedRows(told.path);
  expect(expected.length).toBe(16);
  const iso = (at: string | undefined) => (at ? new Date(at).toISOString() : null);
  expect(
    mapped.map(({ item, events = [] }) => {
      const closing = events.findLast(({ status }) => status === 'closed');
      return [
        ...[item?.externalId, item?.title, item?.url, events[0]?.actor?.id, iso(item?.createdAt), iso(item?.asOfAt)],
        ...[closing ? 'closed' : 'opened', iso(closing?.at), events[0]?.person ?? '0'],
      ];
    }),
  ).toEqual(
    expected.map((row) => [
      ...[
        `${project}#${row['number']}`,
        row['title'],
        row['url'],
        row['creator_id'],
        iso(row['gitlab_created_at']),
        iso(row['gitlab_updated_at']),
      ],
      ...[row['status'] || row['state'], iso(row['closed_at']), row['assignee_id']],
    ]),
  );
  // A closing without an event is taken from the issue, and counted.
  const closed = expected.filter(({ state }) => state === 'closed').length;
  expect(mapped.flatMap(({ warnings = [] }) => warnings)).toEqual(Array.from({ length: closed }, () => 'history_gap'));
});
