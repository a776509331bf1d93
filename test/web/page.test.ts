import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { chartsDrawn, countOf, marks, openSharedSite, type Site } from './browser.js';

let site: Site;

beforeAll(async () => {
  site = await openSharedSite();
});

afterAll(async () => site?.close());

test('from the answer to the board, to the items of a mark, to one story, to the tool', async () => {
  const { page, faults } = await site.open('/');
  await page.locator('[data-board="delay"] .value').waitFor();
  await expect.poll(() => page.locator('[data-board]').count()).toBe(3);
  await page.locator('[data-board="delay"] h2 a').click();
  await chartsDrawn(page);
  const mark = marks(page, 'silence').nth(5);
  const count = await countOf(mark);
  expect(count).toBeGreaterThan(10);
  await mark.click({ force: true });
  await page.locator('[data-total]').waitFor();
  expect(await page.locator('[data-total]').getAttribute('data-total')).toBe(String(count));
  await page.locator('tbody th a').first().click();
  await page.locator('.lanes').waitFor();
  const tool = page.locator('a[target="_blank"]').first();
  expect(await tool.getAttribute('href')).toMatch(/^https?:\/\//);
  expect(await tool.getAttribute('rel')).toContain('noopener');
  expect(faults).toEqual([]);
});

test('the list behind a mark has as many entries as the mark says, on every chart of every board', async () => {
  for (const board of ['consistency', 'delay', 'handoff']) {
    const { page } = await site.open(`/boards/${board}`);
    await chartsDrawn(page);
    for (const chart of await page.locator('article[data-chart]').all()) {
      const id = (await chart.getAttribute('data-chart')) ?? '';
      const all = marks(page, id);
      const mark = all.nth(Math.floor((await all.count()) / 2));
      // A mark that is one item leads to its story, not to a list.
      if ((await mark.getAttribute('aria-label'))?.endsWith('Open its story.')) continue;
      const count = await countOf(mark);
      await mark.focus();
      await page.keyboard.press('Enter');
      await page.locator('[data-total]').waitFor();
      expect(await page.locator('[data-total]').getAttribute('data-total'), `${board} ${id}`).toBe(String(count));
      await page.goBack();
      await chartsDrawn(page);
    }
    await page.context().close();
  }
});

test('filters are in the address; reload, back and forward restore them; a mark keeps them', async () => {
  const { page, faults } = await site.open('/boards/delay');
  await chartsDrawn(page);
  await page.getByRole('button', { name: /^Team/ }).click();
  await page.getByRole('checkbox', { name: 'Billing' }).check();
  await page.waitForURL(/team=Billing/);
  await page.getByLabel('In steps of').selectOption('month');
  await page.waitForURL('**/boards/delay?grain=month&team=Billing');
  await page.reload();
  await chartsDrawn(page);
  expect(await page.getByRole('button', { name: /^Team.*Billing/ }).count()).toBe(1);
  expect(await page.getByLabel('In steps of').inputValue()).toBe('month');
  await page.goBack();
  await page.waitForURL('**/boards/delay?team=Billing');
  await page.goForward();
  await page.waitForURL('**/boards/delay?grain=month&team=Billing');
  await chartsDrawn(page);
  await marks(page, 'silence').nth(2).click({ force: true });
  await page.waitForURL(/\/items\?grain=month&team=Billing&metric=silence/);
  await page.getByRole('link', { name: 'Back to Delay' }).click();
  await page.waitForURL('**/boards/delay?grain=month&team=Billing');
  expect(faults).toEqual([]);
});

test('filters that leave nothing say so and are cleared with one click', async () => {
  const { page } = await site.open('/boards/delay?team=Nobody+at+all');
  await page.getByText('Nothing matches these filters in this period.').waitFor();
  await page.locator('.nothing button').click();
  await page.waitForURL('**/boards/delay');
  await chartsDrawn(page);
});

test('what the address has and nobody knows is told', async () => {
  const { page } = await site.open('/boards/delay?grain=fortnight&colour=blue');
  await page.getByText('Unknown in this address and left out: grain=fortnight, colour.').waitFor();
});

test('a period of one’s own is kept in the address, its last day as people say it', async () => {
  const { page } = await site.open('/boards/consistency');
  await chartsDrawn(page);
  await page.getByRole('button', { name: /^Period/ }).click();
  await page.getByLabel('From', { exact: true }).fill('2026-02-01');
  await page.getByLabel('To the end of').fill('2026-03-31');
  await page.getByRole('button', { name: 'Apply' }).click();
  await page.waitForURL('**/boards/consistency?from=2026-02-01&to=2026-04-01');
  await page.getByRole('button', { name: /^Period.*1 Feb 2026 – 31 Mar 2026/ }).waitFor();
});

test('the table has the numbers of the chart', async () => {
  const { page } = await site.open('/boards/delay');
  await chartsDrawn(page);
  const card = page.locator('[data-chart="silence"]');
  const weeks = await marks(page, 'silence').count();
  await card.getByRole('button', { name: 'Show the table' }).click();
  await card.locator('table').waitFor();
  await expect.poll(() => card.locator('tbody tr').count()).toBe(weeks);
  await card.getByRole('button', { name: 'Show the chart' }).click();
  await chartsDrawn(page);
});

test('every number explains itself', async () => {
  const { page } = await site.open('/boards/delay');
  await chartsDrawn(page);
  await page
    .locator('[data-chart="on-time"]')
    .getByRole('button', { name: /^What is/ })
    .click();
  const panel = page.locator('.panel');
  await panel.getByText('Of the promises whose first date has passed, those finished by that date.').waitFor();
  for (const label of ['Counted', '95 % interval', 'Left out', 'Open items', 'Data to', 'Source'])
    expect(await panel.locator('dt', { hasText: label }).count()).toBe(1);
  await page.keyboard.press('Escape');
  await panel.waitFor({ state: 'detached' });
});

test('Persian runs from right to left, and the choice is kept', async () => {
  const { page, faults } = await site.open('/boards/consistency');
  await page.locator('.settings').getByLabel('Language').selectOption('fa');
  await page.locator('html[dir="rtl"][lang="fa"]').waitFor();
  await page.getByRole('heading', { name: 'یکدستی', level: 1 }).waitFor();
  await page.reload();
  await page.locator('html[dir="rtl"]').waitFor();
  await chartsDrawn(page);
  await expect.poll(() => page.locator('h1').textContent()).toBe('یکدستی');
  expect(faults).toEqual([]);
});

test('dark follows the system until one chooses', async () => {
  const { page } = await site.open('/boards/delay', { colorScheme: 'dark' });
  const ground = () => page.evaluate(() => getComputedStyle(document.body).backgroundColor);
  await expect.poll(ground).toBe('rgb(15, 20, 25)');
  await page.getByLabel('Colours').selectOption('light');
  await expect.poll(ground).toBe('rgb(245, 247, 249)');
});

test('the keyboard alone leads from the page’s top to the items of a mark', async () => {
  const { page } = await site.open('/boards/delay');
  await chartsDrawn(page);
  await page.keyboard.press('Tab');
  expect(await page.evaluate(() => document.activeElement?.textContent)).toBe('Skip to the content');
  const isOnMark = () =>
    page.evaluate(() => document.activeElement?.closest('[class*="open_marks"]') !== null && document.activeElement instanceof SVGElement);
  for (let presses = 0; presses < 60 && !(await isOnMark()); presses += 1) await page.keyboard.press('Tab');
  await page.keyboard.press('ArrowRight');
  await page.keyboard.press('ArrowRight');
  const label = await page.evaluate(() => document.activeElement?.getAttribute('aria-label'));
  await page.keyboard.press('Enter');
  await page.locator('[data-total]').waitFor();
  expect(label).toContain(`${Number(await page.locator('[data-total]').getAttribute('data-total')).toLocaleString('en')} promises`);
});

test('an error says what is wrong and can be tried again', async () => {
  const { page } = await site.open('/');
  await page.goto(`${site.address}/items/00000000-0000-4000-8000-000000000000`);
  await page.getByRole('alert').getByText('There is no item').waitFor();
  expect(await page.getByRole('button', { name: 'Try again' }).count()).toBe(1);
});

test('says how far each connection can be trusted, and opens a fault to its items', async () => {
  const { page, faults } = await site.open('/data');
  await page.getByRole('heading', { name: 'Where the numbers come from' }).waitFor();
  await page.getByRole('link', { name: 'How far the data can be trusted' }).click();
  await page.getByRole('heading', { level: 1, name: 'How far the data can be trusted' }).waitFor();
  await page.locator('[data-check]').first().waitFor();
  await expect.poll(() => page.locator('[data-connection]').count()).toBe(3);
  const finding = page.locator('[data-check]').first();
  const count = Number(/^[\d,]+/.exec((await finding.locator('.number').textContent()) ?? '')?.[0].replaceAll(',', ''));
  expect(count).toBeGreaterThan(0);
  await finding.getByRole('link').click();
  await page.locator('[data-total]').waitFor();
  expect(await page.locator('[data-total]').getAttribute('data-total')).toBe(String(count));
  await page.locator('main li a').first().click();
  await page.locator('.lanes').waitFor();
  expect(faults).toEqual([]);
});

test('an address nobody knows leads home', async () => {
  const { page } = await site.open('/no/such/page');
  await page.getByText('There is no such page.').waitFor();
  await page.getByRole('link', { name: 'Go to Today' }).click();
  await page.getByRole('heading', { name: 'What customers felt' }).waitFor();
});

test('the scripts of the first load are under 200 KB as sent compressed; Vega comes with the first chart', async () => {
  const { page } = await site.open('/data');
  await page.waitForLoadState('networkidle');
  const scripts = await page.evaluate(() =>
    performance
      .getEntriesByType('resource')
      .map((entry) => entry.name)
      .filter((name) => name.endsWith('.js')),
  );
  const sources = await Promise.all(scripts.map(async (script) => (await fetch(script)).text()));
  expect(sources.some((source) => source.includes('vega-lite'))).toBe(false);
  expect(sources.reduce((sum, source) => sum + gzipSync(source).length, 0)).toBeLessThan(200_000);
});
