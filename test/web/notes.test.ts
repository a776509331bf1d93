import { afterAll, beforeAll, expect, test } from 'vitest';
import { chartsDrawn, openSite, type Site } from './browser.js';

let site: Site;

beforeAll(async () => {
  site = await openSite();
}, 300_000);

afterAll(async () => site?.close());

test('an event is noted by key on a mark, drawn in every chart over time, and taken away again', async () => {
  const { page, faults } = await site.open('/boards/delay');
  await chartsDrawn(page);
  const card = page.locator('[data-chart="silence"]');
  await card.locator('[class*="open_marks"] > *').nth(5).focus();
  await page.keyboard.press('n');
  await page.getByLabel('What happened').fill('New price list');
  await page.getByLabel('Kind').selectOption('other');
  await page.keyboard.press('Enter');
  await card.locator('[data-notes] li', { hasText: 'New price list' }).waitFor();
  await page.locator('[data-chart="on-time"] [data-notes] li', { hasText: 'New price list' }).waitFor();
  expect(await card.locator('[class*="open_marks"] > *').nth(5).getAttribute('aria-label')).toContain('New price list');
  await card.getByRole('button', { name: 'Remove the note New price list' }).click();
  await card.locator('[data-notes] li', { hasText: 'New price list' }).waitFor({ state: 'detached' });
  expect(faults).toEqual([]);
});

test('the button opens the form, Escape closes it and gives the focus back', async () => {
  const { page } = await site.open('/boards/consistency');
  await chartsDrawn(page);
  const button = page.locator('[data-chart="reopen-rate"]').getByRole('button', { name: 'Note an event' });
  await button.click();
  await page.getByLabel('What happened').waitFor();
  await page.getByLabel('Last day').fill('2020-01-01');
  await page.getByLabel('What happened').fill('Long ago');
  await page.getByRole('button', { name: 'Keep it' }).click();
  await page.getByText('The last day is before the first.').waitFor();
  await page.keyboard.press('Escape');
  await page.getByLabel('What happened').waitFor({ state: 'detached' });
  expect(await button.evaluate((element) => element === document.activeElement)).toBe(true);
});
