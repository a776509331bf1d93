import { expect, test } from 'vitest';
import { jql, JqlClock } from '#etl/connectors/jira/jql.js';
import { configSchema } from '#etl/connectors/jira/payload.js';

test.each([
  ['Etc/GMT+12', '"2026-01-04 22:15"', '"2026-01-04 22:16"'],
  ['America/New_York', '"2026-01-05 05:15"', '"2026-01-05 05:16"'],
  ['UTC', '"2026-01-05 10:15"', '"2026-01-05 10:16"'],
  ['Asia/Kathmandu', '"2026-01-05 16:00"', '"2026-01-05 16:01"'],
  ['Etc/GMT-14', '"2026-01-06 00:15"', '"2026-01-06 00:16"'],
])('a moment is written in the minutes of %s', (zone, before, after) => {
  const clock = new JqlClock(zone);
  expect(clock.atOrBefore('2026-01-05T10:15:42.500Z')).toBe(before);
  expect(clock.after('2026-01-05T10:15:42.500Z')).toBe(after);
});

test('near the hour that comes twice, so much more is asked for that nothing is left out', () => {
  const clock = new JqlClock('Europe/Berlin');
  // 01:30 UTC is the second 02:30 of that night; 01:30 of it comes once.
  expect(clock.atOrBefore('2026-10-25T01:30:00Z')).toBe('"2026-10-25 01:30"');
  expect(clock.after('2026-10-25T00:30:00Z')).toBe('"2026-10-25 03:31"');
  expect(clock.reachMs('2026-10-25T01:30:00Z')).toBe(4 * 3_600_000);
  expect(clock.reachMs('2026-10-26T01:30:00Z')).toBe(0);
});

test.each([null, 'Middle/Earth'])('an account whose zone is %s is asked for all that may be meant', (zone) => {
  const clock = new JqlClock(zone);
  expect(clock.atOrBefore('2026-01-05T10:15:00Z')).toBe('"2026-01-04 20:15"');
  expect(clock.after('2026-01-05T10:15:00Z')).toBe('"2026-01-06 00:16"');
});

test('a search stays within the projects of the connection, and their keys bring in nothing else', () => {
  const config = configSchema.parse({ url: 'https://acme.atlassian.net', projects: ['SUP', 'HW'] });
  expect(jql(config, 'created < "2026-01-05"', 'created DESC')).toBe(
    'project in ("SUP", "HW") AND created < "2026-01-05" ORDER BY created DESC',
  );
  expect(configSchema.safeParse({ url: 'https://acme.atlassian.net', projects: ['A") OR ("'] }).success).toBe(false);
});
