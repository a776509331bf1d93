import type { Page } from 'playwright-core';
import { vi } from 'vitest';

/** What a page offered, and which of its requests were refused. */
export interface Visit {
  path: string;
  /** Names of the buttons and links that can be used. */
  controls: string[];
  /** `403 GET /api/…`. */
  refused: string[];
  /** The permission that is said to be missing; null: the page is open. */
  closed: string | null;
}

/** Goes through pages as a reader does, without loading the page anew, and waits on each until nothing is asked for any more. */
export async function visits(page: Page, paths: readonly string[]): Promise<Visit[]> {
  let pending = 0;
  let refused: string[] = [];
  page.on('request', () => (pending += 1));
  page.on('requestfinished', () => (pending -= 1));
  page.on('requestfailed', () => (pending -= 1));
  page.on('response', (response) => {
    const { pathname } = new URL(response.url());
    if (response.status() === 403) refused.push(`${response.status()} ${response.request().method()} ${pathname}`);
  });
  const seen: Visit[] = [];
  for (const path of paths) {
    refused = [];
    await page.evaluate((to) => {
      const link = Object.assign(document.createElement('a'), { href: to });
      document.body.append(link);
      link.click();
      link.remove();
    }, path);
    await page.waitForURL((url) => url.pathname === path.split('?')[0]);
    await vi.waitFor(
      async () => {
        const isThere = await page.evaluate(() => document.querySelector('main h1') !== null && !document.querySelector('.skeleton'));
        if (pending > 0 || !isThere) throw new Error(`${path} is not there yet: ${pending} requests are on their way.`);
      },
      { timeout: 30_000, interval: 50 },
    );
    const controls = await page.locator('main').locator('button:enabled:visible, a[href]:visible').allInnerTexts();
    const closed = page.locator('[data-closed]');
    seen.push({ path, controls, refused, closed: (await closed.count()) > 0 ? await closed.getAttribute('data-closed') : null });
  }
  return seen;
}
