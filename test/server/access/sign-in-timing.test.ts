import { expect, test } from 'vitest';
import { setPassword } from '#server/access/passwords.js';
import { accountOfPassword } from '#server/access/sign-in.js';
import { testDatabase } from '../../support/database.js';

/** Of each kind. Given by `npm run test:faults` alone: a machine that does something else meanwhile tells nothing about time. */
const tries = Number(process.env['THROUGHLINE_SIGN_INS'] ?? 0);

const { pool } = await testDatabase();

test.runIf(tries > 0)('an unknown account takes as long as a wrong password', async () => {
  const { rows } = await pool.query<{ id: string }>(
    `insert into app.account (email, name, role) values ('known@company.test', 'Known', 'viewer') returning id`,
  );
  await setPassword(pool, rows[0]?.id ?? '', 'correct horse battery', new Date());
  const times = { known: [] as number[], unknown: [] as number[] };
  for (let round = 0; round < tries; round += 1) {
    // By turns, so that what one leaves behind meets both.
    for (const kind of round % 2 === 0 ? (['known', 'unknown'] as const) : (['unknown', 'known'] as const)) {
      await pool.query('delete from app.sign_in_attempt');
      const startedAt = performance.now();
      expect(await accountOfPassword(pool, `${kind}@company.test`, 'wrong horse battery', '203.0.113.9', new Date())).toBeNull();
      times[kind].push(performance.now() - startedAt);
    }
  }
  const [known, unknown] = [median(times.known), median(times.unknown)];
  const difference = Math.abs(known - unknown) / known;
  process.stdout.write(
    `${tries} of each: known ${known.toFixed(2)} ms, unknown ${unknown.toFixed(2)} ms, ${(difference * 100).toFixed(2)} % apart\n`,
  );
  expect(difference).toBeLessThan(0.05);
});

function median(values: number[]): number {
  return values.sort((one, other) => one - other)[Math.floor(values.length / 2)] ?? 0;
}
