import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openSite, type Site } from './browser.js';
import { everyPage, withParameters } from './every-page.js';

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
    const found: string[] = [];
    for (const path of pages) {
      const { page } = await site.open(withParameters(path, { lang: 'en' }), { viewport: { width, height: 900 } });
      await page.waitForLoadState('networkidle');
      await lengthen(page, longer);
      found.push(...(await cutTexts(page)).map((one) => `${path} ${one}`));
      await page.context().close();
    }
    expect(found).toEqual([]);
  },
  300_000,
);

test('a text that is cut is found', async () => {
  const { page } = await site.open('/data');
  await page.evaluate(() => {
    document.body.innerHTML = '<p style="width: 4rem; overflow: hidden; white-space: nowrap">cut in the middle of it</p>';
  });
  expect(await cutTexts(page)).toEqual(['p "cut in the middle of it" is cut']);
});

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
      else if (element.localName === 'button' && element.scrollWidth > element.clientWidth + 1)
        found.push(`${name} is wider than its button`);
      else if (!isInScroller(element) && (box.left < -1 || box.right > root.clientWidth + 1)) found.push(`${name} is beyond the edge`);
    }
    return found;
  });
}
