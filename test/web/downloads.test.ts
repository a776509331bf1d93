import { readFile } from 'node:fs/promises';
import type { Download, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { brokenRules, chartsDrawn, openSharedSite, tooWide, type Site } from './browser.js';

let site: Site;

beforeAll(async () => {
  site = await openSharedSite();
});

afterAll(async () => site?.close());

/** The menu of a chart, open. */
async function menuOf(page: Page, chart: string, name = /^More of/) {
  const card = page.locator(`[data-chart="${chart}"]`);
  await card.getByRole('button', { name }).click();
  const menu = card.locator('.menu');
  await menu.waitFor();
  return menu;
}

async function downloaded(page: Page, take: () => Promise<void>): Promise<{ name: string; bytes: Buffer }> {
  const [file]: [Download, void] = await Promise.all([page.waitForEvent('download'), take()]);
  return { name: file.suggestedFilename(), bytes: await readFile(await file.path()) };
}

test('a chart is taken as PNG at twice its size, and as SVG, CSV and Arrow under names the server gives', async () => {
  const { page, faults } = await site.open('/boards/delay?from=2026-03-02&to=2026-06-01');
  await chartsDrawn(page);
  const menu = await menuOf(page, 'on-time');
  const png = await downloaded(page, () => menu.getByRole('button', { name: 'PNG' }).click());
  expect(png.name).toBe('throughline-on-time-2026-03-02-2026-06-01.png');
  expect(png.bytes.subarray(1, 4).toString()).toBe('PNG');
  const svg = await downloaded(page, () => menu.getByRole('link', { name: 'SVG' }).click());
  const [, width, height] = /width="(\d+)" height="(\d+)"/.exec(svg.bytes.toString()) ?? [];
  expect([png.bytes.readUInt32BE(16), png.bytes.readUInt32BE(20)]).toEqual([2 * Number(width), 2 * Number(height)]);
  expect(svg.bytes.toString()).toContain('Period: 2 Mar 2026 – 31 May 2026');
  const csv = await downloaded(page, () => menu.getByRole('link', { name: 'CSV' }).click());
  expect(csv.name).toBe('throughline-on-time-2026-03-02-2026-06-01.csv');
  expect(csv.bytes.toString().split('\n')[1]).toMatch(/^drawn,on-time-first,2026-03-02,2026-06-01,week,2026-03-02,/);
  const arrow = await downloaded(page, () => menu.getByRole('link', { name: 'Arrow' }).click());
  expect(arrow.bytes.byteLength).toBeGreaterThan(1_000);
  expect(faults).toEqual([]);
});

test('the line for a script gets the same file, and the numbers are copied as plain cells', async () => {
  const { page } = await site.open('/boards/delay?lang=fa&team=Billing', { permissions: ['clipboard-read', 'clipboard-write'] });
  await chartsDrawn(page);
  const menu = await menuOf(page, 'silence', /^کارهای دیگر/);
  const line = (await menu.locator('code').textContent()) ?? '';
  const [, address = ''] = /^curl --fail -OJ -H 'Authorization: Bearer TOKEN' '(.+)'$/.exec(line) ?? [];
  expect(address).toContain('/api/boards/delay/charts/silence.csv?');
  const csv = await (await fetch(address)).text();
  await menu.getByRole('button', { name: 'کپی اعداد' }).click();
  await menu.locator('[role="status"]:has-text("کپی شد")').first().waitFor();
  const copied = await page.evaluate(() => navigator.clipboard.readText());
  expect(copied.split('\n')).toHaveLength(csv.split('\n').length);
  expect(copied.split('\n')[0]?.split('\t').slice(0, 3)).toEqual(['role', 'metric', 'window_from']);
  expect(copied).not.toMatch(/[۰-۹]/);
});

test('the open menu keeps the rules of WCAG 2.2 AA, fits a phone and closes with Escape', async () => {
  const { page } = await site.open('/boards/consistency?lang=hy', { viewport: { width: 320, height: 700 }, colorScheme: 'dark' });
  await chartsDrawn(page);
  await menuOf(page, 'lead-time-points', /^Այլ գործողություններ/);
  expect(await brokenRules(page)).toEqual([]);
  expect(await tooWide(page)).toEqual([]);
  await page.keyboard.press('Escape');
  await page.locator('.menu').waitFor({ state: 'detached' });
});

test('the whole watch list is a file as it is filtered and sorted, not only the page that is shown', async () => {
  const { page, faults } = await site.open('/watch?sort=silence&reason=silent-untold');
  await page.locator('[data-total]').waitFor();
  const total = Number(await page.locator('[data-total]').getAttribute('data-total'));
  const first = await page.locator('[data-item]').first().getAttribute('data-item');
  const { name, bytes } = await downloaded(page, () => page.getByRole('link', { name: 'CSV' }).click());
  expect(name).toBe('throughline-watch.csv');
  const lines = bytes.toString().trimEnd().split('\n');
  expect(lines).toHaveLength(total + 1);
  expect(lines[1]?.split(',')[0]).toBe(first);
  expect(faults).toEqual([]);
});

test('a file that cannot be had is told in the menu', async () => {
  const { page } = await site.open('/boards/delay');
  await chartsDrawn(page);
  await page.route('**/charts/*.svg?*', (route) =>
    route.fulfill({ status: 400, contentType: 'application/json', body: '{"statusCode":400,"message":"Not like this."}' }),
  );
  const menu = await menuOf(page, 'on-time');
  await menu.getByRole('button', { name: 'PNG' }).click();
  await menu.getByText('That did not work: Not like this.').waitFor();
});
