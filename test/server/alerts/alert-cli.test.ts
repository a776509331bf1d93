import { beforeAll, expect, test } from 'vitest';
import type { AlertHistoryResponse, AlertResponse } from '#server/api.js';
import { registerAlertCommand } from '#server/alerts/alert.cli.js';
import { registerChannelCommand } from '#server/channels/channel.cli.js';
import { testDatabase } from '../../support/database.js';
import { runCommand } from '../dashboards/command-line.js';
import { writeFacts } from '../metrics/support/measured.js';
import { endAfter, promisedWeeks } from './promised-weeks.js';

const { pool } = await testDatabase();
const alert = (...words: string[]) => runCommand(pool, registerAlertCommand, ['alert', ...words]);
const channel = (...words: string[]) => runCommand(pool, registerChannelCommand, ['channel', ...words]);
const rule = JSON.stringify({ kind: 'threshold', metric: 'on-time-first', direction: 'below', threshold: 80 });

beforeAll(() =>
  writeFacts(
    pool,
    [{ name: 'desk', asOf: endAfter(2) }],
    promisedWeeks([
      { of: 10, late: 1 },
      { of: 10, late: 4 },
    ]),
  ),
);

test('adds a channel and an alert told there, lists how it stands, tests, mutes and removes it', async () => {
  expect(await channel('add', 'Ann by mail', '--kind', 'mail', '--address', 'ann@company.test', '--by', 'Ann')).toMatchObject({
    exitCode: 0,
    printed: ['"Ann by mail" tells ann@company.test. Try it with throughline channel test "Ann by mail".'],
  });
  const added = await alert(
    'add',
    'On time',
    '--rule',
    rule,
    '--filter',
    'team=Support',
    '--channel',
    'Ann by mail',
    '--by',
    'Ann',
    '--json',
  );
  expect(added).toMatchObject({ exitCode: 0, error: null, notes: [] });
  expect(added.printed[0]).toMatchObject({ status: 'firing', rule: { filters: { team: ['Support'] } }, reading: { value: 60, n: 10 } });
  const [list] = (await alert('list')).printed;
  expect(list).toContain('On time, first date below 80 % in a week');
  expect(list).toContain('60 %');

  const tested = await alert('test', 'On time');
  expect(tested).toMatchObject({ exitCode: 0 });
  expect(tested.printed[0]).toContain('Test: Alert: On time');
  expect(tested.printed[0]).toContain('Ann by mail: taken');
  const mails = await pool.query<{ subject: string }>('select subject from app.mail');
  expect(mails.rows).toEqual([{ subject: 'Test: Alert: On time' }]);

  expect((await alert('mute', 'On time', '--until', '2099-01-01', '--why', 'Stock-taking', '--by', 'Ben')).exitCode).toBe(0);
  const [muted] = (await alert('list', '--json')).printed as [AlertResponse[]];
  expect(muted[0]).toMatchObject({ status: 'muted', mute: { by: 'Ben', until: '2099-01-01T00:00:00.000Z' } });
  expect((await alert('unmute', 'On time', '--by', 'Ben')).exitCode).toBe(0);
  const [history] = (await alert('history', 'On time', '--json')).printed as [AlertHistoryResponse];
  expect(history.episodes).toMatchObject([{ fired: { value: 60 }, recoveredAt: null }]);
  expect(history.messages).toMatchObject([{ channel: 'Ann by mail', state: 'queued', title: 'Alert: On time' }]);

  expect((await channel('remove', 'Ann by mail')).printed).toEqual(['"Ann by mail" is removed. Told there no more: On time.']);
  expect((await alert('remove', 'On time')).exitCode).toBe(0);
  expect((await alert('list')).printed).toEqual(['There is no alert yet.']);
});

test.each([
  [['add', 'X', '--rule', '{"kind"', '--by', 'Ann'], '--rule is no JSON object'],
  [['add', 'X', '--rule', '{"kind":"stale"}', '--by', 'Ann'], 'rule.hours'],
  [['add', 'X', '--rule', rule, '--by', 'Ann', '--quiet', '22-7'], 'delivery.quiet.from'],
  [['add', 'X', '--rule', rule, '--by', 'Ann', '--channel', 'Nowhere'], 'There is no channel "Nowhere"; known: none'],
  [['mute', 'X', '--until', '2099-01-01', '--why', 'y', '--by', 'Ann'], 'There is no alert "X"'],
])('says of %j what is wrong', async (words, message) => {
  const { error, exitCode } = await alert(...words);
  expect(exitCode).not.toBe(0);
  expect(error).toContain(message);
});
