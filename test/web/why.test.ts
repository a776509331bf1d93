import { afterAll, beforeAll, expect, test } from 'vitest';
import { chartsDrawn, openSharedSite, tooWide, type Site } from './browser.js';

let site: Site;

beforeAll(async () => {
  site = await openSharedSite();
});

afterAll(async () => site?.close());

test('Why? on a change says first what it is made of, then the groups, then the items', async () => {
  const { page, faults } = await site.open('/boards/handoff');
  await chartsDrawn(page);
  const card = page.locator('[data-chart="handoff-wait"]');
  await card.getByRole('link', { name: /^Why did Waiting after a handoff/ }).click();
  await page.waitForURL('**/boards/handoff?why=handoff-wait');
  const panel = page.locator('[data-why="handoff-wait"]');
  await panel.locator('.summary').waitFor();
  expect(await panel.locator('.summary').textContent()).toMatch(/before, .* now .* carries it\.$/);
  await expect.poll(() => panel.evaluate((element) => element === document.activeElement)).toBe(true);
  expect(await panel.locator('tr[data-evidence="signal"]').count()).toBeGreaterThan(0);
  await panel.locator('ol a').first().click();
  await page.locator('.lanes').waitFor();
  expect(faults).toEqual([]);
});

test('where a change has no parts the card says so and leads to its teams, and an address that asks Why is told', async () => {
  const { page } = await site.open('/boards/growth?why=load');
  const card = page.locator('[data-chart="load"]');
  await card.getByText('This change has no parts').waitFor();
  await page.getByText('Unknown in this address and left out: why=load.').waitFor();
  await card.getByRole('link', { name: 'Look at it by team' }).click();
  await page.waitForURL('**/boards/growth?by=team#chart-load');
  expect(await page.locator('[data-chart="reopen-rate"] [data-why-none]').count()).toBe(0);
});

test('from the first page Why? leads to the board with the panel open', async () => {
  const { page } = await site.open('/');
  await page.locator('[data-board="delay"] a.why').click();
  await page.waitForURL(/\/boards\/delay\?.*why=/);
  await page.locator('[data-why] .summary').waitFor();
});

test('the SQL behind a number is shown when asked for', async () => {
  const { page } = await site.open('/boards/delay');
  await page
    .locator('[data-chart="on-time"]')
    .getByRole('button', { name: /^What is/ })
    .click();
  await page.getByRole('button', { name: 'Show the SQL' }).click();
  await expect
    .poll(() => page.getByRole('region', { name: /^SQL of/ }).textContent())
    .toMatch(/^prepare metric as\nwith source as \([\s\S]*execute metric\(/);
});

test('reload and back show the panel again, Escape closes it and gives the focus back', async () => {
  const { page } = await site.open('/boards/handoff?why=handoff-wait');
  const panel = page.locator('[data-why="handoff-wait"]');
  await panel.getByRole('link', { name: /^Pair of teams/ }).click();
  await page.waitForURL('**/boards/handoff?why=handoff-wait&why-by=pair');
  await panel.locator('tr[data-segment*=" → "]').first().waitFor();
  await page.reload();
  await panel.locator('tr[data-segment*=" → "]').first().waitFor();
  await page.goBack();
  await page.waitForURL('**/boards/handoff?why=handoff-wait');
  await panel.getByRole('button', { name: 'Close' }).focus();
  await page.keyboard.press('Escape');
  await page.waitForURL('**/boards/handoff');
  await panel.waitFor({ state: 'detached' });
  await expect.poll(() => page.evaluate(() => document.activeElement?.textContent)).toBe('Why?');
});

test('a group opens the board with it alone, all other filters kept', async () => {
  const { page } = await site.open('/boards/handoff?grain=month&channel=email&why=handoff-wait&why-by=team');
  const row = page.locator('[data-why="handoff-wait"] tr[data-segment]').first();
  await row.waitFor();
  const team = (await row.getAttribute('data-segment')) ?? '';
  await row.getByRole('link').click();
  await page.waitForURL((url) => url.searchParams.get('team') === team && !url.searchParams.has('why'));
  const { searchParams } = new URL(page.url());
  expect([searchParams.get('grain'), searchParams.get('channel')]).toEqual(['month', 'email']);
});

test('the list of all that weighs has as many entries as the panel says', async () => {
  const { page } = await site.open('/boards/handoff?why=handoff-wait');
  const all = page.locator('[data-why="handoff-wait"] .items > a');
  const count = /([\d,]+) handoffs?/.exec((await all.textContent()) ?? '')?.[1]?.replaceAll(',', '');
  await all.click();
  await page.locator('[data-total]').waitFor();
  expect(await page.locator('[data-total]').getAttribute('data-total')).toBe(count);
});

test('where nobody moved more than chance, nobody is named', async () => {
  const { page } = await site.open('/boards/consistency?why=reopen-rate');
  const panel = page.locator('[data-why="reopen-rate"]');
  await panel.getByText('Nobody stands out').waitFor();
  expect(await panel.locator('table').count()).toBe(0);
});

test('what failed says so in the panel and can be tried again', async () => {
  const { page } = await site.open('/boards/consistency');
  let isBroken = true;
  await page.route('**/api/charts/reopen-rate/why*', (route) =>
    isBroken ? route.fulfill({ status: 500, json: { message: 'The disk is full.' } }) : route.continue(),
  );
  await page.locator('[data-chart="reopen-rate"] a.why').click();
  const panel = page.locator('[data-why="reopen-rate"]');
  await panel.getByText('The disk is full.').waitFor();
  const again = panel.getByRole('button', { name: 'Try again' });
  expect(await again.count()).toBe(1);
  isBroken = false;
  // News of the server may have asked again by itself.
  await again.evaluateAll((buttons) => buttons.forEach((button) => (button as HTMLButtonElement).click()));
  await panel.locator('.summary').waitFor();
});

test.each(['en', 'tr', 'fa', 'hy'])('fits a narrow phone, in %s', async (lang) => {
  const { page } = await site.open(`/boards/handoff?why=handoff-wait&lang=${lang}`, { viewport: { width: 320, height: 700 } });
  await page.locator('[data-why="handoff-wait"] table').waitFor();
  expect(await tooWide(page)).toEqual([]);
});
