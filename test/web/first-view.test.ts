import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openSite, type Site } from './browser.js';
import { everyPage } from './every-page.js';
import { gzipped, scriptsOf, watchFirstView } from './first-view.js';

let site: Site;
let pages: string[];

beforeAll(async () => {
  site = await openSite();
  pages = await everyPage(site);
}, 300_000);

afterAll(async () => site?.close());

/** What a page that stands does wrong where it becomes as narrow as this, for a reader who wants no motion. */
async function narrowed(page: Page, width: number): Promise<string[]> {
  await page.emulateMedia({ reducedMotion: 'reduce' });
  await page.setViewportSize({ width, height: 600 });
  const excess = () => document.documentElement.scrollWidth - document.documentElement.clientWidth;
  // Charts are drawn anew in the other width.
  const fits = await page.waitForFunction(`(${excess.toString()})() <= 0`, undefined, { timeout: 10_000 }).then(
    () => true,
    () => false,
  );
  const running = await page.evaluate(() => document.getAnimations().filter(({ playState }) => playState === 'running').length);
  return [
    ...(fits ? [] : [`is ${await page.evaluate(excess)} pixels wider than ${width}`]),
    ...(running > 0 ? [`has ${running} animations for who wants none`] : []),
  ];
}

// At 1,366 pixels 200 % of zoom leave 683, and 400 % of 1,280 leave 320.
test.each([
  [1_366, 'en', 683],
  [390, 'fa', 320],
])(
  'nothing moves while a page comes, %i pixels wide, in %s, and in %i nothing is beyond its sides',
  async (width, lang, narrow) => {
    const moved: string[] = [];
    for (const path of pages) {
      const { page } = await site.open('/no-such-page', { viewport: { width, height: 850 } });
      await page.evaluate((locale) => localStorage.setItem('throughline.lang', locale), lang);
      const view = await watchFirstView(page, site.address + path);
      if (view.shift > 0.05) moved.push(`${path} ${view.shift.toFixed(3)}: ${view.moved}`);
      moved.push(...(await narrowed(page, narrow)).map((wrong) => `${path} ${wrong}`));
      await page.context().close();
    }
    expect(moved).toEqual([]);
  },
  300_000,
);

test('a shift is found', async () => {
  const { page } = await site.open('/no-such-page');
  await page.route('**/api/state', async (route) => {
    const response = await route.fetch();
    await new Promise((resolve) => setTimeout(resolve, 300));
    await route.fulfill({ response });
  });
  await page.addInitScript(() =>
    new MutationObserver((_, observer) => {
      const header = document.querySelector('header.top');
      if (!header || !document.querySelector('footer.bottom')) return;
      observer.disconnect();
      requestAnimationFrame(() =>
        requestAnimationFrame(() => header.before(Object.assign(document.createElement('div'), { style: 'height: 300px' }))),
      );
    }).observe(document, { childList: true, subtree: true }),
  );
  expect((await watchFirstView(page, `${site.address}/data`)).shift).toBeGreaterThan(0.05);
});

test('what a board runs before its first paint is under 200 KB compressed, and Vega comes later', async () => {
  const { page } = await site.open('/no-such-page');
  await watchFirstView(page, `${site.address}/boards/delay`);
  const scripts = await scriptsOf(page);
  const first = scripts.filter(({ isFirst }) => isFirst);
  expect(first.length).toBeGreaterThan(3);
  expect(gzipped(first)).toBeLessThan(200_000);
  expect(scripts.filter(({ text }) => text.includes('vega-lite')).map(({ isFirst }) => isFirst)).toEqual([false]);
});
