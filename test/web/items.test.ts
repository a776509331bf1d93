import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { brokenRules, chartsDrawn, openSharedSite, tooWide, type Site } from './browser.js';

let site: Site;

beforeAll(async () => {
  site = await openSharedSite();
});

afterAll(async () => site?.close());

/** Every item of a year and a half. */
const list = '/boards/consistency/items?from=2025-05-01&to=2026-11-01&metric=lead-time&mark-grain=all';

async function openList(query = '', options: Parameters<Site['open']>[1] = {}): Promise<{ page: Page; faults: string[]; total: number }> {
  const { page, faults } = await site.open(`${list}${query}`, options);
  await page.locator('tbody a').first().waitFor();
  return { page, faults, total: Number(await page.locator('[data-total]').getAttribute('data-total')) };
}

test('a long list is a table that says how long it is and holds only the rows in sight', async () => {
  const { page, faults, total } = await openList();
  expect(total).toBeGreaterThan(8_000);
  expect(await page.locator('table').getAttribute('aria-rowcount')).toBe(String(total + 1));
  expect(await page.locator('tr[data-row]').count()).toBeLessThan(60);
  expect(await page.locator('tr[data-row="0"]').getAttribute('aria-rowindex')).toBe('2');
  expect(faults).toEqual([]);
});

test('scrolled to its end it shows the last item, asked for by then', async () => {
  const { page, total } = await openList();
  await page.locator('[role="region"]').evaluate((region) => region.scrollTo(0, region.scrollHeight));
  await page.locator(`tr[data-row="${total - 1}"] a`).waitFor();
  expect(await page.locator('tr[data-row]').count()).toBeLessThan(60);
});

test('a list says what days and filters it is of, and is looked at without one of them', async () => {
  const { page, total } = await openList('&team=Billing&sort=nope');
  await page.getByText('Unknown in this address and left out: sort=nope.').waitFor();
  await page.getByText('1 May 2025 to 31 Oct 2026').waitFor();
  await page.getByRole('button', { name: /Billing/ }).click();
  await page.waitForURL((url) => !url.searchParams.has('team') && url.searchParams.get('metric') === 'lead-time');
  await expect.poll(async () => Number(await page.locator('[data-total]').getAttribute('data-total'))).toBeGreaterThan(total);
});

test('keys go from item to item, to the end and back', async () => {
  const { page, total } = await openList();
  const focused = () => page.evaluate(() => document.activeElement?.closest<HTMLElement>('[data-row]')?.dataset['row']);
  await page.locator('tbody a').first().focus();
  await page.keyboard.press('ArrowDown');
  await page.waitForFunction(() => document.activeElement?.closest<HTMLElement>('[data-row]')?.dataset['row'] === '1');
  await page.keyboard.press('End');
  await page.waitForFunction(
    (row) => document.activeElement?.closest<HTMLElement>('[data-row]')?.dataset['row'] === row,
    String(total - 1),
  );
  await page.keyboard.press('Home');
  await page.waitForFunction(() => document.activeElement?.closest<HTMLElement>('[data-row]')?.dataset['row'] === '0');
  expect(await focused()).toBe('0');
  await page.keyboard.press('Enter');
  await page.waitForURL('**/items/*-*');
});

test('a column sorts on the server, and the order is in the address', async () => {
  const { page } = await openList('&lang=tr');
  await page.getByRole('button', { name: 'Müşteri' }).last().click();
  await page.waitForURL(/sort=customer&order=asc/);
  await page.locator('th[aria-sort="ascending"]').waitFor();
  await page.locator('tbody a').first().waitFor();
  const customers = await page.locator('tr[data-row] td:nth-child(3)').allTextContents();
  expect(customers).toEqual(customers.toSorted(new Intl.Collator('tr', { numeric: true }).compare));
  await page.reload();
  await page.locator('th[aria-sort="ascending"]').waitFor();
});

test('columns that are left out stay left out, in the file as well', async () => {
  const { page } = await openList();
  await page.getByRole('button', { name: 'Columns' }).click();
  await page.getByRole('checkbox', { name: 'Customer' }).uncheck();
  await expect.poll(() => page.locator('thead th').count()).toBe(6);
  await page.reload();
  await page.locator('tbody a').first().waitFor();
  expect(await page.locator('thead th').count()).toBe(6);
  const [file] = await Promise.all([page.waitForEvent('download'), page.getByRole('link', { name: 'CSV' }).click()]);
  expect(file.suggestedFilename()).toBe('throughline-items.csv');
  const href = (await page.getByRole('link', { name: 'CSV' }).getAttribute('href')) ?? '';
  expect(new URLSearchParams(href.split('?')[1]).getAll('column')).not.toContain('customer');
});

test('what is shown is copied as lines of plain cells', async () => {
  const { page } = await openList('&lang=fa', { permissions: ['clipboard-read', 'clipboard-write'] });
  await page.getByRole('button', { name: 'کپی' }).click();
  await page.locator('.tools [role="status"]:has-text("کپی شد")').waitFor();
  const lines = (await page.evaluate(() => navigator.clipboard.readText())).split('\n');
  expect(lines).toHaveLength(2_001);
  expect(lines[0]).toBe('external_id\ttitle\tcontribution\tcustomer\tteam\ttype\tcreated_at\toutcome\tfinished_at');
  expect(lines[1]).toMatch(/\t\d{4}-\d{2}-\d{2}T[\d:.]+Z\t/);
  expect(lines[1]).not.toMatch(/[۰-۹]/);
});

test('on paper the list is whole as far as its rows are there, its head on every sheet', async () => {
  const { page, total } = await openList();
  await page.evaluate(() => (window.print = () => document.body.setAttribute('data-printed', 'yes')));
  await page.getByRole('button', { name: 'Print' }).click();
  await page.locator('body[data-printed]').waitFor();
  await page.emulateMedia({ media: 'print' });
  await page.waitForFunction(() => document.querySelectorAll('tr[data-row]').length === 1_000);
  expect(await page.locator('tr[data-row][aria-busy="true"]').count()).toBe(0);
  expect(await page.locator('p.on-paper').innerText()).toContain(`Rows 1 to 1,000 of ${total.toLocaleString('en')} are on this paper`);
  expect(await page.locator('thead').evaluate((head) => getComputedStyle(head).display)).toBe('table-header-group');
  // A head that holds the box of a button is printed on the first sheet alone.
  expect(
    await page
      .locator('thead button')
      .first()
      .evaluate((one) => getComputedStyle(one).display),
  ).toBe('contents');
  await page.emulateMedia({ media: 'screen' });
  await page.waitForFunction(() => document.querySelectorAll('tr[data-row]').length < 60);
});

test('the table of a chart sorts by what its cells mean, leaves columns out, and is copied as plain cells and taken as files', async () => {
  const { page, faults } = await site.open('/boards/consistency?lang=fa', { permissions: ['clipboard-read', 'clipboard-write'] });
  await chartsDrawn(page);
  const card = page.locator('[data-chart="lead-time"]');
  await card.getByRole('button', { name: 'نمایش جدول' }).click();
  const column = async (at: number) => {
    await page.evaluate(() => navigator.clipboard.writeText('nothing yet'));
    await card.getByRole('button', { name: 'کپی' }).click();
    const clipboard = () => page.evaluate(() => navigator.clipboard.readText());
    await expect.poll(clipboard).not.toBe('nothing yet');
    const lines = (await clipboard()).split('\n');
    return lines.slice(1).map((line) => line.split('\t')[at] ?? '');
  };
  const head = card.locator('thead button').nth(2);
  await head.click();
  await card.locator('th[aria-sort="ascending"]').waitFor();
  const seconds = (await column(2)).filter((cell) => cell !== '').map(Number);
  expect(seconds.length).toBeGreaterThan(3);
  expect(seconds).toEqual(seconds.toSorted((one, other) => one - other));
  await head.click();
  await card.locator('th[aria-sort="descending"]').waitFor();
  await page.waitForURL((url) => url.search === '?table=lead-time&table-sort=lead-time.3.desc');
  expect((await column(2)).filter((cell) => cell !== '').map(Number)).toEqual(seconds.toReversed());

  const before = await card.locator('thead th').count();
  await card.getByRole('button', { name: 'ستون‌ها' }).click();
  await card.getByRole('checkbox').first().uncheck();
  await expect.poll(() => card.locator('thead th').count()).toBe(before - 1);
  expect((await column(1)).filter((cell) => cell !== '').map(Number)).toEqual(seconds.toReversed());
  expect(await brokenRules(page)).toEqual([]);
  await page.keyboard.press('Escape');
  await page.reload();
  await expect.poll(() => card.locator('thead th').count()).toBe(before - 1);
  await card.locator('th[aria-sort="descending"]').waitFor();
  await page.goBack();
  await expect.poll(() => card.locator('thead th').count()).toBe(before);
  await page.goForward();
  await expect.poll(() => card.locator('thead th').count()).toBe(before - 1);
  const [file] = await Promise.all([page.waitForEvent('download'), card.getByRole('link', { name: 'CSV' }).click()]);
  expect(file.suggestedFilename()).toMatch(/\.csv$/);
  expect(faults).toEqual([]);
});

test('nothing of the page is wider than a small screen', async () => {
  const { page } = await openList('', { viewport: { width: 320, height: 640 } });
  expect(await tooWide(page)).toEqual([]);
});

test('a mark that is one item opens its story', async () => {
  const { page } = await site.open('/boards/consistency');
  await chartsDrawn(page);
  const mark = page.locator('[data-chart="lead-time-points"] [class*="open_marks"] > *').first();
  expect(await mark.getAttribute('aria-label')).toMatch(/Open its story\.$/);
  await mark.focus();
  await page.keyboard.press('Enter');
  await page.waitForURL('**/items/*-*');
  await page.locator('.lanes').waitFor();
});

test('a day of the calendar opens exactly the items that were silent in it', async () => {
  const { page } = await site.open('/boards/delay');
  await chartsDrawn(page);
  const mark = page.locator('[data-chart="silence-calendar"] [class*="open_marks"] > [role="button"]').nth(30);
  const count = /: ([\d,]+) items? without a word/.exec((await mark.getAttribute('aria-label')) ?? '')?.[1];
  await mark.focus();
  await page.keyboard.press('Enter');
  await page.locator('[data-total]').waitFor();
  expect(await page.locator('[data-total]').getAttribute('data-total')).toBe(count?.replaceAll(',', ''));
});
