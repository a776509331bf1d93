import { existsSync } from 'node:fs';
import { loadavg } from 'node:os';
import { join } from 'node:path';
import { afterEach, expect, test } from 'vitest';
import { freePort, startServer } from '../support/built-server.js';
import { repositoryRoot } from '../support/import-directions.js';
import { browse, openSite } from '../web/browser.js';
import { isMet, line, type Figure } from './figures.js';
import { benchFilter, benchFirstView, benchScroll } from './in-browser.js';
import { keptCompany } from './kept-company.js';

/** In the first minutes after a start a million items are prepared and the weeks of analysts counted; a reader's working day is after that. */
const restMs = 180_000;

const figures: Figure[] = [];

const tell = (more: readonly Figure[]) => {
  for (const figure of more) process.stdout.write(`page | ${line(figure)}\n`);
  figures.push(...more);
};

afterEach(() => {
  const load = loadavg()[0] ?? 0;
  if (load > 2) process.stdout.write(`page | load ${load.toFixed(1)}: others are at work on this machine, times are too long\n`);
});

test('a board comes in time over the sample, and follows a filter', { timeout: 600_000 }, async () => {
  const site = await openSite();
  try {
    tell(await benchFirstView(site));
    tell(await benchFilter(site, 'sample', '/boards/delay', 'Channel'));
  } finally {
    await site.close();
  }
});

test('a million items are filtered and scrolled through in time', { timeout: 1_800_000 }, async (context) => {
  if (!existsSync(join(repositoryRoot, '.cache', 'bench', '1m')))
    context.skip('the company of a million items is not there; SIZES=1m npm run bench -- million makes it in some ten minutes');
  const company = await keptCompany('1m');
  const site = await browse(await startServer({ DATA_DIR: company.directory, PORT: String(await freePort()) }, 600_000));
  try {
    await new Promise((resolve) => setTimeout(resolve, restMs));
    tell(await benchFilter(site, '1 m', '/boards/delay', 'Channel'));
    tell(await benchScroll(site, '/boards/consistency/items?period=365-days&metric=lead-time&mark-grain=all'));
  } finally {
    await site.close();
    await company.close();
  }
});

test('nothing took longer than it may', () => {
  expect(figures.filter((figure) => !isMet(figure)).map(line)).toEqual([]);
});
