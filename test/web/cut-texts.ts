import type { Page } from 'playwright-core';

/**
 * A language whose words are 40 % longer, made of the English one on the page itself, so that texts of the server are longer too.
 * Words repeat their end, once however often this is asked for; charts are drawn by measure and stay.
 */
export async function lengthen(page: Page): Promise<void> {
  await page.evaluate((share) => {
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    const texts: Text[] = [];
    for (let node = walker.nextNode(); node !== null; node = walker.nextNode()) texts.push(node as Text);
    const known = window as unknown as { lengthened?: WeakMap<Text, string> };
    known.lengthened ??= new WeakMap();
    for (const text of texts) {
      if (text.parentElement?.closest('svg, script, style') || known.lengthened.get(text) === text.data) continue;
      text.data = text.data.replace(/[\p{L}\p{N}]+/gu, (word) => word + word.slice(-Math.ceil(word.length * share)));
      known.lengthened.set(text, text.data);
    }
  }, 0.4);
}

/** What a reader cannot read whole: text wider than its box that hides it, and boxes beyond the edge of the page. */
export async function cutTexts(page: Page): Promise<string[]> {
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
