import { afterAll, beforeAll, expect, test } from 'vitest';
import { openSharedSite, type Site } from './browser.js';
import { gzipped, scriptsOf, seenOf, watchFirstView } from './first-view.js';

let site: Site;

beforeAll(async () => {
  site = await openSharedSite();
});

afterAll(async () => site?.close());

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
  await watchFirstView(page, `${site.address}/data`);
  // Told a moment after it was seen.
  await expect.poll(async () => (await seenOf(page)).shift).toBeGreaterThan(0.05);
});

test('what a board runs before its first paint is under 200 KB compressed, and Vega comes later', async () => {
  const { page } = await site.open('/no-such-page');
  // A paint is told late where the machine is busy; charts that are there at once would ask for Vega before.
  await page.route('**/api/boards/delay/charts*', async (route) => {
    await page.waitForFunction(() => performance.getEntriesByName('first-contentful-paint').length > 0);
    await route.continue();
  });
  await watchFirstView(page, `${site.address}/boards/delay`);
  const scripts = await scriptsOf(page);
  const first = scripts.filter(({ isFirst }) => isFirst);
  expect(first.length).toBeGreaterThan(3);
  expect(gzipped(first)).toBeLessThan(200_000);
  expect(scripts.filter(({ text }) => text.includes('vega-lite')).map(({ isFirst }) => isFirst)).toEqual([false]);
});
