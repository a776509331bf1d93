import { afterAll, beforeAll, expect, test } from 'vitest';
import { brokenRules, chartsDrawn, openSharedSite, type Site } from './browser.js';
import { turns } from './every-page.js';

let site: Site;

beforeAll(async () => {
  site = await openSharedSite();
});

afterAll(async () => site?.close());

const every = ['en', 'tr', 'fa', 'hy'].flatMap((lang) => (['light', 'dark'] as const).map((scheme) => [lang, scheme] as const));

test('open panels and the table keep the rules too', async () => {
  const { page } = await site.open('/boards/delay');
  await chartsDrawn(page);
  await page.locator('[data-chart="silence"]').getByRole('button', { name: 'Show the table' }).click();
  for (const name of [/^Customer/, /^Period/, /^What is/]) {
    await page.getByRole('button', { name }).first().click();
    await page.locator('.panel').waitFor();
    expect(await brokenRules(page)).toEqual([]);
    await page.keyboard.press('Escape');
  }
});

test('Why, the form of a note, the SQL, the palette, the keys and the views keep the rules while they are open', async () => {
  const { page } = await site.open('/boards/handoff?why=handoff-wait');
  await page.locator('[data-why="handoff-wait"] .summary').waitFor();
  expect(await brokenRules(page)).toEqual([]);

  const card = page.locator('[data-chart="handoffs"]');
  await card.getByRole('button', { name: 'Note an event' }).click();
  await card.getByLabel('What happened').waitFor();
  expect(await brokenRules(page)).toEqual([]);
  await page.keyboard.press('Escape');

  await card.getByRole('button', { name: /^What is/ }).click();
  await page.getByRole('button', { name: 'Show the SQL' }).click();
  await page.getByRole('region', { name: /^SQL of/ }).waitFor();
  expect(await brokenRules(page)).toEqual([]);
  await page.keyboard.press('Escape');

  await page.getByRole('button', { name: 'Views' }).click();
  await page.getByLabel('Name of the view').waitFor();
  expect(await brokenRules(page)).toEqual([]);
  await page.keyboard.press('Escape');

  for (const key of ['Control+k', '?']) {
    await page.keyboard.press(key);
    await page.locator('dialog[open]').waitFor();
    expect(await brokenRules(page), key).toEqual([]);
    await page.keyboard.press('Escape');
    await page.locator('dialog[open]').waitFor({ state: 'hidden' });
  }
});

test.each(
  turns(every, [
    ['fa', 'dark'],
    ['hy', 'light'],
  ]),
)(
  'a note that is written, the SQL of a number, its table and an item being handled keep the rules, in %s, %s',
  async (lang, colorScheme) => {
    const { page } = await site.open(`/boards/handoff?lang=${lang}`, { colorScheme });
    await chartsDrawn(page);
    const card = page.locator('[data-chart="handoffs"]');
    await card.locator('.add-note').click();
    await card.locator('form input').first().waitFor();
    expect(await brokenRules(page), 'the form of a note').toEqual([]);
    await page.keyboard.press('Escape');

    await card.locator('footer button').first().click();
    await card.locator('tbody').waitFor();
    await card.locator('.more button').first().click();
    await card.locator('.explanation button').first().click();
    await card.locator('.explanation pre').waitFor();
    expect(await brokenRules(page), 'the SQL and the table').toEqual([]);

    await page.goto(`${site.address}/watch?lang=${lang}`);
    await page.locator('.acts .disclosure button').first().click();
    await page.locator('.panel textarea').waitFor();
    expect(await brokenRules(page), 'the form of handling').toEqual([]);
    await page.context().close();
  },
);
