import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';
import tests from '../vitest.config.js';

/** `npm run test:pages`: the tests of `npm test` that go through every page, in every language, theme and paper. */
export default defineConfig({
  ...tests,
  root: fileURLToPath(new URL('..', import.meta.url)),
  test: {
    ...tests.test,
    include: ['test/web/{every-page,accessibility,connections,longer-texts,print,first-view}.test.ts'],
    env: { THROUGHLINE_PAGES: 'every' },
    reporters: ['verbose'],
  },
});
