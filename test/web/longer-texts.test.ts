import { afterAll, beforeAll, expect, test } from 'vitest';
import { chartsDrawn, lasting, openSharedSite, type Site } from './browser.js';
import { cutTexts, lengthen } from './cut-texts.js';

let site: Site;

beforeAll(async () => {
  site = await openSharedSite();
});

afterAll(async () => site?.close());

test('longer texts of what opens on a board are not cut on a telephone either', async () => {
  const found: string[] = [];
  const { page } = await site.open('/boards/delay?lang=en', { viewport: { width: 390, height: 900 } });
  await chartsDrawn(page);
  const openers = page.locator('main button[aria-expanded="false"]:visible');
  const names = await openers.evaluateAll((buttons) => buttons.map((button) => button.ariaLabel ?? button.textContent.trim()));
  expect(names.length).toBeGreaterThan(3);
  for (const [index, name] of names.entries()) {
    await page.reload();
    await chartsDrawn(page);
    await openers.nth(index).click();
    await page.locator('main button[aria-expanded="true"]').first().waitFor();
    await lengthen(page);
    found.push(...(await lasting(() => cutTexts(page))).map((one) => `${name}: ${one}`));
  }
  await page.context().close();
  expect(found).toEqual([]);
});

test('a text that is cut, or runs out of its box, is found', async () => {
  const { page } = await site.open('/data');
  const found = async (html: string) => {
    await page.evaluate((body) => (document.body.innerHTML = body), html);
    return cutTexts(page);
  };
  const narrow = 'display: block; width: 4rem; white-space: nowrap';
  expect(await found(`<p style="${narrow}; overflow: hidden">cut in the middle of it</p>`)).toEqual(['p "cut in the middle of it" is cut']);
  expect(await found(`<h3 style="${narrow}">longer than its box</h3>`)).toEqual(['h3 "longer than its box" is wider than its box']);
  expect(await found(`<button style="${narrow}; padding: 0">longer than its button</button>`)).toEqual([
    'button "longer than its button" is wider than its box',
  ]);
  await page.context().close();
});
