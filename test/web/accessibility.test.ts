import { AxeBuilder } from '@axe-core/playwright';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { chartsDrawn, openSite, type Site } from './browser.js';

let site: Site;
let item: string;

beforeAll(async () => {
  site = await openSite();
  const response = await fetch(`${site.address}/api/metrics/handoffs/items?grain=all&bucket=all&limit=1`);
  const { items } = (await response.json()) as { items: { id: string }[] };
  item = items[0]?.id ?? '';
}, 300_000);

afterAll(async () => site?.close());

const pages = [
  '/',
  '/boards/consistency',
  '/boards/delay',
  '/boards/handoff',
  '/boards/handoff/items?metric=handoffs&mark-grain=all&bucket=all',
  '/items/:item',
  '/data',
  '/data/quality',
];

test.each([
  ['en', 'light'],
  ['en', 'dark'],
  ['fa', 'light'],
  ['fa', 'dark'],
  ['tr', 'light'],
  ['hy', 'dark'],
] as const)(
  'no page breaks a rule of WCAG 2.2 AA, in %s, %s',
  async (lang, colorScheme) => {
    for (const path of pages) {
      const address = `${path.replace(':item', item)}${path.includes('?') ? '&' : '?'}lang=${lang}`;
      const { page } = await site.open(address, { colorScheme });
      await page.waitForLoadState('networkidle');
      if (path.startsWith('/boards') && !path.includes('items')) await chartsDrawn(page);
      const { violations } = await new AxeBuilder({ page }).withTags(['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa']).analyze();
      const found = violations.map(
        (violation) =>
          `${violation.id}: ${violation.nodes
            .map((node) => node.html)
            .slice(0, 3)
            .join(' | ')}`,
      );
      expect(found, `${address} ${colorScheme}`).toEqual([]);
      await page.context().close();
    }
  },
  180_000,
);

test('open panels and the table keep the rules too', async () => {
  const { page } = await site.open('/boards/delay');
  await chartsDrawn(page);
  await page.locator('[data-chart="silence"]').getByRole('button', { name: 'Show the table' }).click();
  for (const name of [/^Customer/, /^Period/, /^What is/]) {
    await page.getByRole('button', { name }).first().click();
    await page.locator('.panel').waitFor();
    const { violations } = await new AxeBuilder({ page }).withTags(['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa']).analyze();
    expect(violations.map((violation) => `${violation.id}: ${violation.nodes[0]?.html}`)).toEqual([]);
    await page.keyboard.press('Escape');
  }
});
