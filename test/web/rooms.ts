import type { Page, Request } from 'playwright-core';
import { expect } from 'vitest';

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
  const pending = new Set<Request>();
  let refused: string[] = [];
  page.on('request', (request) => pending.add(request));
  page.on('requestfinished', (request) => pending.delete(request));
  page.on('requestfailed', (request) => pending.delete(request));
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
    await expect.poll(async () => pending.size === 0 && (await isDrawn(page)) && pending.size === 0, { message: path }).toBe(true);
    const controls = await page.locator('main').locator('button:enabled:visible, a[href]:visible').allInnerTexts();
    const closed = page.locator('[data-closed]');
    seen.push({ path, controls, refused, closed: (await closed.count()) > 0 ? await closed.getAttribute('data-closed') : null });
  }
  return seen;
}

/** Looks when what was answered has been drawn, and has asked for more where it does. */
function isDrawn(page: Page): Promise<boolean> {
  return page.evaluate(async () => {
    await new Promise((resolve) => requestAnimationFrame(() => setTimeout(resolve)));
    return document.querySelector('main h1') !== null && !document.querySelector('.skeleton');
  });
}
