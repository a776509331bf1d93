import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openSite, type Site } from './browser.js';
import { everyPage, turns, withParameters } from './every-page.js';

/** A language whose words are 40 % longer, made of the English one on the page itself, so that texts of the server are longer too. */
const longer = 0.4;

let site: Site;
let pages: string[];

beforeAll(async () => {
  site = await openSite();
  pages = await everyPage(site);
}, 300_000);

afterAll(async () => site?.close());

test.each([320, 1_366])(
  'texts that are 40 % longer are neither cut nor wider than the page, %i pixels wide',
  async (width) => {
    expect(await cutOn(pages, width, 'en', (page) => lengthen(page, longer))).toEqual([]);
  },
  300_000,
);

test.each(turns(['tr', 'fa', 'hy'], ['fa']))(
  'the texts of %s are neither cut nor wider than a telephone',
  async (locale) => {
    expect(await cutOn(pages, 390, locale)).toEqual([]);
  },
  300_000,
);

test('longer texts of what opens on a board are not cut on a telephone either', async () => {
  const found: string[] = [];
  const { page } = await site.open('/boards/delay?lang=en', { viewport: { width: 390, height: 900 } });
  await page.waitForLoadState('networkidle');
  const openers = page.locator('main button[aria-expanded="false"]:visible');
  const names = await openers.evaluateAll((buttons) => buttons.map((button) => button.ariaLabel ?? button.textContent.trim()));
  expect(names.length).toBeGreaterThan(3);
  for (const [index, name] of names.entries()) {
    await page.reload();
    await page.waitForLoadState('networkidle');
    await openers.nth(index).click();
    await page.locator('main button[aria-expanded="true"]').first().waitFor();
    await lengthen(page, longer);
    found.push(...(await cutTexts(page)).map((one) => `${name}: ${one}`));
  }
  await page.context().close();
  expect(found).toEqual([]);
}, 300_000);

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

/** What is cut on the pages at a width, in a language, after something was done to each. */
async function cutOn(paths: string[], width: number, lang: string, change?: (page: Page) => Promise<void>): Promise<string[]> {
  const found: string[] = [];
  for (const path of paths) {
    const { page } = await site.open(withParameters(path, { lang }), { viewport: { width, height: 900 } });
    await page.waitForLoadState('networkidle');
    await change?.(page);
    found.push(...(await cutTexts(page)).map((one) => `${path} ${one}`));
    await page.context().close();
  }
  return found;
}

/** Words get longer by repeating their end; charts are drawn by measure and stay. */
async function lengthen(page: Page, by: number): Promise<void> {
  await page.evaluate((share) => {
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    const texts: Text[] = [];
    for (let node = walker.nextNode(); node !== null; node = walker.nextNode()) texts.push(node as Text);
    for (const text of texts) {
      if (text.parentElement?.closest('svg, script, style')) continue;
      text.data = text.data.replace(/[\p{L}\p{N}]+/gu, (word) => word + word.slice(-Math.ceil(word.length * share)));
    }
  }, by);
}

/** What a reader cannot read whole: text wider than its box that hides it, and boxes beyond the edge of the page. */
async function cutTexts(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const found: string[] = [];
    // The lanes of a story are drawn to scale like a chart; what does not fit in is told below them.
    const drawn = '.unseen, .skip, .lanes';
    const root = document.documentElement;
    if (root.scrollWidth > root.clientWidth) found.push(`the page is ${root.scrollWidth - root.clientWidth} pixels too wide`);
    const scrolls = (element: Element) => /auto|scroll/.test(getComputedStyle(element).overflowX);
    const isInScroller = (element: Element): boolean =>
      element.parentElement !== null && (scrolls(element.parentElement) || isInScroller(element.parentElement));
    for (const element of document.querySelectorAll<HTMLElement>('body *:not(svg, svg *, option, script, style)')) {
      const own = [...element.childNodes].some((node) => node.nodeType === Node.TEXT_NODE && node.textContent?.trim());
      const style = getComputedStyle(element);
      if (!own || !element.checkVisibility() || style.clipPath !== 'none' || element.closest(drawn)) continue;
      const box = element.getBoundingClientRect();
      const name = `${element.localName} "${(element.textContent ?? '').trim().slice(0, 40)}"`;
      const hides = (overflow: string) => overflow === 'hidden' || overflow === 'clip';
      if (hides(style.overflowX) && element.scrollWidth > element.clientWidth + 1) found.push(`${name} is cut`);
      else if (hides(style.overflowY) && element.scrollHeight > element.clientHeight + 2) found.push(`${name} is cut below`);
      else if (style.display !== 'inline' && element.clientWidth > 0 && element.scrollWidth > element.clientWidth + 1 && !scrolls(element))
        found.push(`${name} is wider than its box`);
      else if (!isInScroller(element) && (box.left < -1 || box.right > root.clientWidth + 1)) found.push(`${name} is beyond the edge`);
    }
    return found;
  });
}
