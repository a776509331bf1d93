import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';
import tests from '../../vitest.config.js';

/** `npm run test:servers`: real tools, installed from Debian's packages, filled, changed and read. */
export default defineConfig({
  ...tests,
  root: fileURLToPath(new URL('../..', import.meta.url)),
  test: { ...tests.test, include: ['test/servers/**/*.real.ts'], testTimeout: 300_000, hookTimeout: 600_000, reporters: ['verbose'] },
});
