import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { chartsDrawn, openSharedSite, type Site } from './browser.js';
import { breakable, clipped, print, type sheets } from './paper.js';

let site: Site;

beforeAll(async () => {
  site = await openSharedSite();
});

afterAll(async () => site?.close());

async function openPrinted(path: string, format: keyof typeof sheets, scheme: 'light' | 'dark' = 'light'): Promise<Page> {
  const { page } = await site.open(path, { viewport: { width: 1366, height: 900 }, colorScheme: scheme });
  await page.waitForLoadState('networkidle');
  if ((await page.locator('article[data-chart]').count()) > 0) await chartsDrawn(page);
  await print(page, format);
  return page;
}

test('what is clipped or cut is found', async () => {
  const { page } = await site.open('/data');
  await page.waitForLoadState('networkidle');
  await page.emulateMedia({ media: 'print' });
  await page.evaluate(() => {
    document.body.innerHTML =
      '<div style="width: 4rem; overflow: hidden; white-space: nowrap">cut in the middle</div><div class="chart" style="break-inside: auto"></div>';
  });
  expect(await clipped(page)).toEqual(['div. "cut in the middle" is cut']);
  expect(await breakable(page, 1_000)).toEqual(['a chart may be cut by a page break']);
});

test('on paper there is nothing to press, the ground is white in dark colours too, and links lead on without their addresses', async () => {
  const page = await openPrinted('/boards/delay', 'A4', 'dark');
  expect(await page.locator('button:visible, select:visible').count()).toBe(0);
  expect(await page.evaluate(() => getComputedStyle(document.body).backgroundColor)).toBe('rgb(255, 255, 255)');
  expect(
    await page.locator('a:visible').evaluateAll((links) => links.map((link) => getComputedStyle(link, '::after').content)),
  ).not.toContain('attr(href)');
  const pdf = await page.pdf({ format: 'A4' });
  expect(pdf.subarray(0, 5).toString()).toBe('%PDF-');
  expect((await page.pdf({ format: 'Letter' })).byteLength).toBeGreaterThan(10_000);
});

test('a printed board says what was chosen, and a printed list which rows are on the paper', async () => {
  const board = await openPrinted('/boards/delay?team=Delivery+North&by=type', 'A4');
  expect((await board.locator('ul.on-paper li').allInnerTexts()).map((text) => text.replace(/\s+/g, ' ').trim())).toEqual([
    expect.stringMatching(/^Period \d+ \w+ 2026 – \d+ \w+ 2026$/),
    'In steps of weeks',
    'Broken down by Type',
    'Team Delivery North',
  ]);
  await board.context().close();
  const list = await openPrinted('/boards/handoff/items?metric=handoffs&mark-grain=all&bucket=all', 'A4');
  await list.locator('tbody tr[data-row] a').first().waitFor();
  const [rows = ''] = await list.locator('p.on-paper').allInnerTexts();
  const [, from, to, total] = (/^Rows ([\d,]+) to ([\d,]+) of ([\d,]+) are on this paper/.exec(rows) ?? []).map((text) =>
    Number(text.replaceAll(',', '')),
  );
  expect([from, await list.locator('tbody tr[data-row]').count()]).toEqual([1, to]);
  expect(total).toBeGreaterThan(to ?? 0);
  await list.context().close();
});
