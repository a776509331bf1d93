import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';
import { LongestFirst } from './test/support/longest-first.js';

const root = fileURLToPath(new URL('.', import.meta.url));

export default defineConfig({
  // Tests run the sources; `imports` in package.json points at what tsc built from them.
  resolve: { alias: [{ find: /^#(etl|server|dashboards)\/(.*)\.js$/, replacement: `${root}$1/$2.ts` }] },
  test: {
    include: ['test/**/*.test.ts'],
    globalSetup: ['test/support/cluster.ts', 'test/support/shared-server.ts'],
    // What never ends is told by whoever waits for it, sooner than this: on a machine with much to do all takes many times as long.
    testTimeout: 900_000,
    hookTimeout: 900_000,
    expect: { poll: { timeout: 120_000 } },
    pool: 'forks',
    // More than two cores have: much of the time a file waits for its database, its server or its browser.
    maxWorkers: 3,
    sequence: { sequencer: LongestFirst },
  },
});
