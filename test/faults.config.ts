import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';
import tests from '../vitest.config.js';

const given = process.env;

/** `npm run test:faults`: the tests of `npm test` that kill, stop and falsify, many times over. One after another: they measure time. */
export default defineConfig({
  ...tests,
  root: fileURLToPath(new URL('..', import.meta.url)),
  test: {
    ...tests.test,
    include: [
      'test/etl/kill/**/*.test.ts',
      'test/etl/conformance/random-history.test.ts',
      'test/server/access/sign-in-timing.test.ts',
      'test/server/schedules/many-schedulers.test.ts',
      'test/security/**/*.test.ts',
      'test/server/workbench/random-sql.test.ts',
      'test/server/metrics/engines.test.ts',
    ],
    env: {
      THROUGHLINE_KILLS: given['THROUGHLINE_KILLS'] ?? '200',
      THROUGHLINE_SIGN_INS: given['THROUGHLINE_SIGN_INS'] ?? '500',
      THROUGHLINE_STOPS: given['THROUGHLINE_STOPS'] ?? '50',
      THROUGHLINE_SCHEDULER_ROUNDS: given['THROUGHLINE_SCHEDULER_ROUNDS'] ?? '20',
      THROUGHLINE_SECURITY: given['THROUGHLINE_SECURITY'] ?? 'every',
      THROUGHLINE_QUERIES: given['THROUGHLINE_QUERIES'] ?? '10000',
      THROUGHLINE_MARKS: given['THROUGHLINE_MARKS'] ?? 'every',
      THROUGHLINE_CASES: given['THROUGHLINE_CASES'] ?? '3000',
    },
    fileParallelism: false,
    maxWorkers: 1,
    reporters: ['verbose'],
  },
});
