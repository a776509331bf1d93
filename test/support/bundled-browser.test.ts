import { readdir, stat } from 'node:fs/promises';
import { expect, test } from 'vitest';
import { bundledBrowser } from './bundled-browser.js';
import { temporaryDirectory } from './temporary-directory.js';

test('who unpacks the browser at the same time as another gets a whole one too, and nothing else is left', async () => {
  const shared = await temporaryDirectory('browser');
  const sizes = await Promise.all([0, 1].map(async () => (await stat(await bundledBrowser(shared))).size));
  expect(sizes[0]).toBeGreaterThan(100_000_000);
  expect(sizes[1]).toBe(sizes[0]);
  expect(await readdir(shared)).toHaveLength(1);
});
