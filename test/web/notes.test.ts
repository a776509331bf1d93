import { afterAll, beforeAll, expect, test } from 'vitest';
import { chartsDrawn, openSite, type Site } from './browser.js';

let site: Site;

beforeAll(async () => {
  site = await openSite();
});

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
  await expect.poll(() => card.locator('[class*="open_marks"] > *').nth(5).getAttribute('aria-label')).toContain('New price list');
  await card.getByRole('button', { name: 'Change the note New price list' }).focus();
  await page.keyboard.press('Enter');
  await card.getByLabel('What happened').fill('Newer price list');
  await page.keyboard.press('Enter');
  await page.locator('[data-chart="on-time"] [data-notes] li', { hasText: 'Newer price list' }).waitFor();
  const row = card.locator('[data-notes] li', { hasText: 'Newer price list' });
  await row.getByRole('button', { name: /^Remove/ }).click();
  await row.getByText('Remove “Newer price list” for everybody?').waitFor();
  await row.getByRole('button', { name: 'Cancel' }).click();
  const remove = row.getByRole('button', { name: /^Remove/ });
  await expect.poll(() => remove.evaluate((button) => button === document.activeElement)).toBe(true);
  await page.keyboard.press('Enter');
  await page.keyboard.press('Enter');
  await row.waitFor({ state: 'detached' });
  expect(faults).toEqual([]);
});

test('a note about what is filtered says so when it is changed, and can be made one about everything', async () => {
  const { page } = await site.open('/boards/delay?channel=email');
  await chartsDrawn(page);
  const card = page.locator('[data-chart="silence"]');
  await card.getByRole('button', { name: 'Note an event' }).click();
  await page.getByLabel('What happened').fill('Mail server moved');
  await page.getByLabel('Only about what is filtered now').check();
  await page.getByRole('button', { name: 'Keep it' }).click();
  await card.getByRole('button', { name: 'Change the note Mail server moved' }).click();
  await expect.poll(() => card.getByLabel('Only about email').isChecked()).toBe(true);
  await card.getByLabel('Only about email').uncheck();
  await card.getByRole('button', { name: 'Keep it' }).click();
  await card.getByLabel('What happened').waitFor({ state: 'detached' });
  const kept = await page.evaluate(async () => (await (await fetch('/api/notes')).json()) as { text: string; scope: object }[]);
  expect(kept.find(({ text }) => text === 'Mail server moved')?.scope).toEqual({});
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
  await expect.poll(() => button.evaluate((element) => element === document.activeElement)).toBe(true);
});
