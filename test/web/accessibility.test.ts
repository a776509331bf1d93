import { afterAll, beforeAll, expect, test } from 'vitest';
import { brokenRules, chartsDrawn, openSite, type Site } from './browser.js';
import { everyPage, withParameters } from './every-page.js';

let site: Site;
let pages: string[];

beforeAll(async () => {
  site = await openSite();
  pages = await everyPage(site);
}, 300_000);

afterAll(async () => site?.close());

test.each(['en', 'tr', 'fa', 'hy'].flatMap((lang) => (['light', 'dark'] as const).map((scheme) => [lang, scheme] as const)))(
  'no page breaks a rule of WCAG 2.2 AA, in %s, %s',
  async (lang, colorScheme) => {
    const found: string[] = [];
    for (const path of pages) {
      const address = withParameters(path, { lang });
      const { page } = await site.open(address, { colorScheme });
      await page.waitForLoadState('networkidle');
      if (path.startsWith('/boards') && !path.includes('items')) await chartsDrawn(page);
      found.push(...(await brokenRules(page)).map((broken) => `${address} ${broken}`));
      await page.context().close();
    }
    expect(found).toEqual([]);
  },
  300_000,
);

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
