import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';
import tests from '../../vitest.config.js';

/** `npm run bench`: one after another, so that they do not measure each other. */
export default defineConfig({
  ...tests,
  root: fileURLToPath(new URL('../..', import.meta.url)),
  test: { ...tests.test, include: ['test/bench/**/*.bench.ts'], fileParallelism: false, maxWorkers: 1 },
});
