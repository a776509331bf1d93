import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { chartsDrawn, openSite, type Site } from './browser.js';

let site: Site;

beforeAll(async () => {
  site = await openSite();
});

afterAll(async () => site?.close());

/** Presses Tab until what has the focus answers to the name. */
async function tabTo(page: Page, name: RegExp, most = 250): Promise<void> {
  for (let press = 0; press < most; press += 1) {
    await page.keyboard.press('Tab');
    if (name.test(await focused(page))) return;
  }
  throw new Error(`${most} presses of Tab lead to nothing that is called ${name}.`);
}

/** What a screen reader calls what has the focus, near enough: its label, or its text. */
function focused(page: Page): Promise<string> {
  return page.evaluate(() => {
    const { activeElement: element } = document;
    if (!element) return '';
    const labels = element instanceof HTMLInputElement || element instanceof HTMLTextAreaElement ? [...(element.labels ?? [])] : [];
    const named = labels.map((label) => label.textContent).join(' ');
    return element.getAttribute('aria-label') ?? (named || (element.textContent ?? '')).replace(/\s+/g, ' ').trim();
  });
}

test('a board is opened, filtered, drilled, read, asked why, noted, kept and a call marked, by keyboard alone', async () => {
  const { page, faults } = await site.open('/');
  await page.locator('[data-watch-total]').waitFor();

  // A board, from the menu.
  await tabTo(page, /^Delay$/);
  await page.keyboard.press('Enter');
  await chartsDrawn(page);

  // A filter: opened, ticked, closed.
  await tabTo(page, /^Channel/);
  await page.keyboard.press('Enter');
  await tabTo(page, /^email$/);
  await page.keyboard.press('Space');
  await page.waitForURL(/channel=email/);
  await page.keyboard.press('Escape');
  await page.locator('.charts[aria-busy="false"]').waitFor();
  await chartsDrawn(page);

  // From a mark to its items, to the story of one, and back.
  await tabTo(page, /Open the items\.$/);
  await page.keyboard.press('ArrowRight');
  await page.keyboard.press('Enter');
  await page.locator('[data-total]').waitFor();
  await page.locator('tbody a').first().waitFor();
  await page.locator('tbody a').first().focus();
  await page.keyboard.press('Enter');
  await page.locator('.lanes').waitFor();
  // The browser's own key for going back is not sent to the page.
  await page.goBack();
  await page.locator('[data-total]').waitFor();
  await page.goBack();
  await chartsDrawn(page);
  expect(new URL(page.url()).searchParams.get('channel')).toBe('email');

  // Why.
  await tabTo(page, /^Why\?|^Why did/);
  await page.keyboard.press('Enter');
  await page.locator('[data-why] .summary, [data-why] p').first().waitFor();
  await page.keyboard.press('Escape');
  await page.locator('[data-why]').waitFor({ state: 'detached' });

  // A note, changed and removed.
  await tabTo(page, /^Note an event$/);
  await page.keyboard.press('Enter');
  await page.keyboard.type('By keyboard alone');
  await page.keyboard.press('Enter');
  await page.locator('[data-notes] li', { hasText: 'By keyboard alone' }).first().waitFor();
  await tabTo(page, /^Remove the note By keyboard alone$/, 400);
  await page.keyboard.press('Enter');
  await page.getByText('Remove “By keyboard alone” for everybody?').first().waitFor();
  await page.keyboard.press('Enter');
  await page.locator('[data-notes] li', { hasText: 'By keyboard alone' }).first().waitFor({ state: 'detached' });

  // A view.
  await page.goto(`${site.address}/boards/delay?channel=email`);
  await chartsDrawn(page);
  await tabTo(page, /^Views/);
  await page.keyboard.press('Enter');
  await tabTo(page, /^Name of the view/);
  await page.keyboard.type('E-mail only');
  await tabTo(page, /^Your name/);
  await page.keyboard.type('Ann');
  await page.keyboard.press('Enter');
  await page.getByRole('link', { name: 'E-mail only' }).waitFor();

  // The list of calls, by its keys, and one call marked.
  await page.keyboard.press('Escape');
  await page.keyboard.press('g');
  await page.keyboard.press('w');
  await page.locator('[data-item]').first().waitFor();
  const total = Number(await page.locator('[data-total]').getAttribute('data-total'));
  await tabTo(page, /Handled…: /);
  await page.keyboard.press('Enter');
  await page.keyboard.type('Called');
  await tabTo(page, /^Your name/, 5);
  await page.keyboard.press('Control+a');
  await page.keyboard.type('Ann');
  await page.keyboard.press('Enter');
  await page.locator(`[data-total="${total - 1}"]`).waitFor();
  expect(faults).toEqual([]);
});
