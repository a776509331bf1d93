import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { testDatabase } from '../../support/database.js';
import { enqueueMany, stateOf, TrialClock, trialSender } from './outbox-trial.js';
import { answer, SmtpCatcher } from './smtp-catcher.js';

const { pool } = await testDatabase();
const server = new SmtpCatcher();

beforeAll(() => server.start());
afterAll(() => server.stop());
beforeEach(async () => {
  server.behaviour = {};
  server.caught.length = 0;
  await pool.query('delete from app.mail');
});

const messages = 60;

test('R22: what became due while the server was down for six hours is there a quarter of an hour after it is back, once', async () => {
  const clock = new TrialClock();
  await server.stop();
  await enqueueMany(pool, 'down', messages);
  const senders = [1, 2, 3].map(() => trialSender(pool, server.delivery(), clock));
  let attempts = 0;
  const step = async (): Promise<void> => {
    for (const sender of senders) attempts += await sender.sendDue();
    clock.passMinutes(1);
  };
  for (let minute = 0; minute < 6 * 60; minute++) await step();
  expect(server.caught).toHaveLength(0);
  const duringDownTime = attempts;
  await server.start();
  let minutesToDeliver = 0;
  for (; server.caught.length < messages && minutesToDeliver < 60; minutesToDeliver++) await step();
  const delivered = new Set(server.caught.map(({ messageId }) => messageId)).size;
  process.stdout.write(
    `R22 down=6h messages=${messages} delivered=${delivered} dup=${server.caught.length - delivered} within=${minutesToDeliver}min ` +
      `attempts_while_down=${duringDownTime} ok\n`,
  );
  expect(delivered).toBe(messages);
  expect(server.caught).toHaveLength(messages);
  expect(minutesToDeliver).toBeLessThanOrEqual(15);
});

test('R22: a server that drops, puts off and refuses at random loses nothing, and doubles only what it dropped', async () => {
  const clock = new TrialClock();
  const asked = new Map<string, number>();
  const nth = (address: string): number => Number(/\d+/.exec(address)?.[0]);
  server.behaviour.onRecipient = (address) => {
    asked.set(address, (asked.get(address) ?? 0) + 1);
    if (nth(address) % 4 === 1 && (asked.get(address) ?? 0) < 3) throw answer(451, 'Come back later');
    if (nth(address) % 4 === 2) throw answer(550, 'Nobody here');
  };
  const dropped = new Set<string>();
  server.behaviour.onMessage = (messageId) => {
    const isDropped = !dropped.has(messageId) && dropped.size < 15 && server.caught.length % 2 === 0;
    if (isDropped) dropped.add(messageId);
    return isDropped ? 'drop' : undefined;
  };
  await enqueueMany(pool, 'mixed', messages);
  const senders = [1, 2, 3].map(() => trialSender(pool, server.delivery(), clock));
  for (let minute = 0; minute < 60; minute++) {
    await Promise.all(senders.map((sender) => sender.sendDue()));
    clock.passMinutes(1);
  }
  // 60 people: 15 of them refused; 45 get the message, and those whose copy was dropped get it twice under one Message-ID.
  const copies = Map.groupBy(server.caught, ({ messageId }) => messageId);
  expect(copies.size).toBe(45);
  for (const [messageId, all] of copies) expect(all).toHaveLength(dropped.has(messageId) ? 2 : 1);
  const states = Map.groupBy(await stateOf(pool, 'mixed'), ({ state }) => state);
  expect([states.get('sent')?.length, states.get('failed')?.length]).toEqual([45, 15]);
  expect(states.get('failed')?.every(({ attempts }) => attempts === 1)).toBe(true);
  process.stdout.write(`R22 mixed messages=60 delivered=45 refused=15 tried_once=15 dropped=${dropped.size} max_copies=2 ok\n`);
  expect(dropped.size).toBe(15);
});
