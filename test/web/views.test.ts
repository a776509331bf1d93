import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { chartsDrawn, openSite, type Site } from './browser.js';

let site: Site;

beforeAll(async () => {
  site = await openSite();
});

afterAll(async () => site?.close());

/** Keeps a view as the page does, from its own origin. */
function keep(page: Page, view: object): Promise<number> {
  return page.evaluate(async (body) => {
    const headers = { 'content-type': 'application/json' };
    return (await fetch('/api/views', { method: 'POST', headers, body: JSON.stringify(body) })).status;
  }, view);
}

test('a choice is kept under a name, opened again, made the first one, renamed and removed', async () => {
  const { page, faults } = await site.open('/boards/delay?period=26-weeks&by=team');
  await chartsDrawn(page);
  await page.getByRole('button', { name: 'Views' }).click();
  await page.getByLabel('Name of the view').fill('Half a year by team');
  await page.getByLabel('Your name').fill('Ann');
  await page.getByRole('button', { name: 'Keep' }).click();
  await page.getByRole('link', { name: 'Half a year by team' }).waitFor();
  await page.getByText('Keep what is chosen now').waitFor({ state: 'detached' });
  await page.getByRole('button', { name: 'Open this page with “Half a year by team”' }).click();
  await page.locator('button[aria-pressed="true"]').waitFor();

  await page.goto(`${site.address}/boards/delay`);
  await page.waitForURL('**/boards/delay?period=26-weeks&by=team');

  await page.getByRole('button', { name: 'Half a year by team' }).click();
  await page.getByRole('button', { name: 'Rename “Half a year by team”' }).click();
  await page.getByLabel('Name of the view').first().fill('By team');
  await page.getByRole('button', { name: 'Keep' }).first().click();
  await page.getByRole('link', { name: 'By team' }).waitFor();
  await page.getByRole('button', { name: 'Remove “By team”' }).click();
  await page.getByRole('button', { name: 'Remove', exact: true }).click();
  await page.getByText('No view of this page is kept yet.').waitFor();

  await page.goto(`${site.address}/boards/delay`);
  await chartsDrawn(page);
  expect(new URL(page.url()).search).toBe('');
  expect(faults).toEqual([]);
});

test('others see whose a view is, and may open it but not change it', async () => {
  const { page } = await site.open('/boards/delay');
  expect(await keep(page, { name: 'Ben’s weeks', owner: 'Ben', path: '/boards/delay', query: 'period=4-weeks' })).toBe(201);
  await page.reload();
  await page.getByRole('button', { name: 'Views' }).click();
  await page.getByText('Of others').waitFor();
  expect(await page.getByRole('button', { name: 'Remove “Ben’s weeks”' }).count()).toBe(0);
  await page.getByRole('link', { name: 'Ben’s weeks' }).click();
  await page.waitForURL('**/boards/delay?period=4-weeks');
});

test('a name that is taken is told, and nothing is lost', async () => {
  const { page } = await site.open('/boards/handoff?period=4-weeks');
  await page.evaluate(() => localStorage.setItem('throughline.person', 'Cem'));
  expect(await keep(page, { name: 'Month', owner: 'Cem', path: '/boards/handoff', query: '' })).toBe(201);
  await page.reload();
  await page.getByRole('button', { name: 'Views' }).click();
  await page.getByLabel('Name of the view').fill('Month');
  await page.getByRole('button', { name: 'Keep' }).click();
  await page.getByRole('alert').waitFor();
  expect(await page.getByRole('alert').textContent()).toContain('Cem has a view "Month" of /boards/handoff already');
  expect(await page.getByLabel('Name of the view').inputValue()).toBe('Month');
});
