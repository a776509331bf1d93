import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { openSharedSite } from './browser.js';

/** To be looked at, not compared: every page, wide and narrow, light and dark, left to right and right to left. */
const directory = process.env['THROUGHLINE_SCREENSHOTS'];

interface Shot {
  path: string;
  lang: string;
  theme: 'light' | 'dark';
  width: number;
}

const shots: Shot[] = [
  ...[
    '/',
    '/boards/consistency',
    '/boards/delay',
    '/boards/handoff',
    '/boards/handoff/items?metric=handoffs&mark-grain=all&bucket=all',
    '/items/:item',
    '/data',
    '/data/quality',
  ].flatMap((path): Shot[] => [
    { path, lang: 'en', theme: 'light', width: 1366 },
    { path, lang: 'fa', theme: 'dark', width: 1366 },
    { path, lang: 'en', theme: 'dark', width: 390 },
    { path, lang: 'fa', theme: 'light', width: 390 },
  ]),
  { path: '/boards/delay?by=team&grain=month', lang: 'tr', theme: 'light', width: 1366 },
  { path: '/boards/delay?by=team&grain=month', lang: 'hy', theme: 'dark', width: 1366 },
];

test.skipIf(directory === undefined)('every page is photographed (skipped unless THROUGHLINE_SCREENSHOTS names a directory)', async () => {
  const site = await openSharedSite();
  await mkdir(directory ?? '', { recursive: true });
  const response = await fetch(`${site.address}/api/metrics/handoffs/items?grain=all&bucket=all&limit=1`);
  const { items } = (await response.json()) as { items: { id: string }[] };
  for (const { path, lang, theme, width } of shots) {
    const address = `${path.replace(':item', items[0]?.id ?? '')}${path.includes('?') ? '&' : '?'}lang=${lang}`;
    const { page, faults } = await site.open(address, { colorScheme: theme, viewport: { width, height: 900 } });
    await page.waitForLoadState('networkidle');
    const name = `${path.split('?')[0]?.replaceAll('/', '-').replace(/^-/, '') || 'today'}-${lang}-${theme}-${width}.png`;
    await page.screenshot({ path: join(directory ?? '', name.replace(':', '')), fullPage: true });
    expect(faults, address).toEqual([]);
    await page.context().close();
  }
  await site.close();
});
