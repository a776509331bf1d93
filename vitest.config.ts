import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';

const root = fileURLToPath(new URL('.', import.meta.url));

export default defineConfig({
  // Tests run the sources; `imports` in package.json points at what tsc built from them.
  resolve: { alias: [{ find: /^#(etl|server|dashboards)\/(.*)\.js$/, replacement: `${root}$1/$2.ts` }] },
  test: {
    include: ['test/**/*.test.ts'],
    globalSetup: ['test/support/cluster.ts'],
    testTimeout: 60_000,
    hookTimeout: 120_000,
    pool: 'forks',
    maxWorkers: 2,
  },
});
