import { beforeAll, describe, expect, test } from 'vitest';
import { deriveFacts } from '#server/metrics/facts/derive.js';
import { testDatabase } from '../../../support/database.js';
import { type StoryEvent, factsOf, tell, tellConnection } from '../../../support/story.js';

const { pool } = await testDatabase();

beforeAll(() => tellConnection(pool, { settings: { updateIntervalSeconds: 7_200 } }));

const hour = (h: number, minute = 0): string => `2026-01-05T${String(h).padStart(2, '0')}:${String(minute).padStart(2, '0')}:00Z`;
const customer = (at: string, text: string, attachments?: string[]): StoryEvent => ({
  at,
  kind: 'said',
  side: 'customer',
  role: 'customer',
  actor: 'eve',
  text,
  ...(attachments && { attachments }),
});
const ours = (at: string, actor: string, text: string, more: Partial<StoryEvent> = {}): StoryEvent => ({
  at,
  kind: 'said',
  actor,
  text,
  ...more,
});

async function derived(table: 'word' | 'handoff_word' | 'delay', name: string, events: StoryEvent[]): Promise<Record<string, unknown>[]> {
  await tell(pool, { name, events });
  await deriveFacts(pool);
  return factsOf(pool, table, name);
}

describe('words', () => {
  test('are kept in their order, with who had the item and what they say', async () => {
    const rows = await derived('word', 'marked', [
      { at: hour(9), kind: 'created', status: 'queued', team: 'A' },
      customer(hour(9, 1), 'Our line is down.'),
      ours(hour(10), 'ann', 'Which router do you have?', { person: 'ann' }),
      ours(hour(11), 'ann', 'This takes longer because the supplier sent the wrong part.'),
      customer(hour(12), 'Any news? I already told you all this.'),
      customer(hour(13), 'Great, thank you!'),
    ]);
    const marks = rows.map(({ n, side, team_id, person_id, ...row }) => [
      n,
      side,
      team_id,
      person_id,
      Object.keys(row).filter((name) => row[name] === true && name !== 'is_public'),
    ]);
    expect(marks).toEqual([
      [1, 'customer', 'A', null, []],
      [2, 'team', 'A', 'ann', ['is_question']],
      [3, 'team', 'A', 'ann', ['gives_reason']],
      [4, 'customer', 'A', 'ann', ['is_chase', 'is_repeat']],
      [5, 'customer', 'A', 'ann', ['is_thanks']],
    ]);
  });

  test('of bots and between colleagues are kept and not read', async () => {
    const rows = await derived('word', 'unread', [
      { at: hour(9), kind: 'created', team: 'A' },
      ours(hour(10), 'robot', 'Which device is it?', { isBot: true }),
      ours(hour(11), 'ann', 'Late because the supplier sent the wrong part.', { isPublic: false }),
    ]);
    expect(rows).toMatchObject([
      { is_bot: true, is_question: false },
      { is_public: false, gives_reason: false },
    ]);
  });

  test('give the promised date entered within five minutes of them', async () => {
    const rows = await derived('word', 'dated', [
      { at: hour(9), kind: 'created', team: 'A' },
      ours(hour(10), 'ann', 'All planned.'),
      { at: hour(10, 5), kind: 'promised', due: hour(15) },
      ours(hour(10, 11), 'ann', 'Anything else is in the manual.'),
    ]);
    expect(rows).toMatchObject([
      { due_at: hour(15), gives_date: true },
      { due_at: null, gives_date: false },
    ]);
  });
});

describe('after a handoff', () => {
  const asked = [
    { at: hour(9), kind: 'created' as const, status: 'queued', team: 'A', person: 'ann' },
    ours(hour(9, 10), 'ann', 'Could you send me the number printed on your contract?'),
    customer(hour(9, 20), 'It is 77.', ['sha256:scan']),
  ];
  const handed = { at: hour(10), team: 'B', person: 'bob', actor: 'ann' };

  test('the same question in the first two messages of the receiver is a re-ask, a later one is none', async () => {
    const again = 'Would you please let me have your contract number?';
    const rows = await derived('handoff_word', 're-asked', [
      ...asked,
      handed,
      ours(hour(10, 1), 'ann', 'Bob takes over, his question about your contract number may follow?'),
      ours(hour(11), 'bob', 'Hello.'),
      ours(hour(12), 'bob', again),
    ]);
    expect(rows).toEqual([
      { level: 'person', n: 1, receiver_words: 2, customer_words: 0, is_reask: true, is_repeat: false },
      { level: 'team', n: 1, receiver_words: 2, customer_words: 0, is_reask: true, is_repeat: false },
    ]);
    const third = await derived('handoff_word', 'asked third', [
      ...asked,
      handed,
      ours(hour(11), 'bob', 'Hello.'),
      ours(hour(12), 'bob', 'Still on it.'),
      ours(hour(13), 'bob', again),
    ]);
    expect(third).toMatchObject([{ is_reask: false }, { is_reask: false }]);
  });

  test("the customer's attachment sent again is a repeat, before a handoff it is none", async () => {
    const rows = await derived('handoff_word', 'resent', [...asked, handed, customer(hour(11), 'Here.', ['sha256:scan'])]);
    expect(rows).toMatchObject([
      { customer_words: 1, is_repeat: true },
      { customer_words: 1, is_repeat: true },
    ]);
    expect(await derived('word', 'resent early', [...asked, customer(hour(9, 40), 'Here.', ['sha256:scan']), handed])).toMatchObject([
      {},
      { is_repeat: false },
      { is_repeat: false },
    ]);
  });
});

describe('delay', () => {
  const parts = (rows: Record<string, unknown>[]): unknown[] =>
    rows.map((row) => [row.from_at, row.to_at, row.is_late, row.is_silent, row.is_explained]);

  test('is explained by a reason for one interval, and by a new date until it', async () => {
    const rows = await derived('delay', 'explained', [
      { at: hour(8), kind: 'created', status: 'working', team: 'A' },
      { at: hour(8), kind: 'promised', due: hour(10) },
      ours(hour(11), 'ann', 'Sorry for the delay, it was caused by a power cut.'),
      ours(hour(14), 'ann', 'Here is the plan.'),
      { at: hour(14), kind: 'promised', due: hour(15) },
      { at: hour(18), status: 'done' },
    ]);
    // Late from 10, the date moved at 14 to 15. The interval is two hours: silent after the creation from 10 to 11, from 13 to 14 and from 16.
    expect(parts(rows)).toEqual([
      [hour(10), hour(11), true, true, false],
      [hour(11), hour(13), true, false, true],
      [hour(13), hour(14), true, true, false],
      [hour(15), hour(16), true, false, false],
      [hour(16), hour(18), true, true, false],
    ]);
  });

  test('is not explained by the first date: whoever gives one may not be silent until then', async () => {
    const rows = await derived('delay', 'first date', [
      { at: hour(8), kind: 'created', status: 'working', team: 'A' },
      ours(hour(9), 'ann', 'We have begun.'),
      { at: hour(9), kind: 'promised', due: hour(17) },
      { at: hour(15), status: 'done' },
    ]);
    expect(parts(rows)).toEqual([[hour(11), hour(15), false, true, false]]);
  });

  test('runs on while the item is open, and is only late time while the customer has the ball', async () => {
    const rows = await derived('delay', 'open', [
      { at: hour(8), kind: 'created', status: 'working', team: 'A' },
      { at: hour(8), kind: 'promised', due: hour(9) },
      { at: hour(9), status: 'asked' },
    ]);
    expect(parts(rows)).toEqual([[hour(9), 'infinity', true, false, false]]);
  });
});
