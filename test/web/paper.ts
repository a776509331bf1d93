import type { Page } from 'playwright-core';

/** CSS pixels of the printed part of a sheet: 96 to the inch, margins of 10 mm left out. */
export const sheets = {
  A4: { width: 718, height: 1_047 },
  Letter: { width: 740, height: 980 },
};

/** What a reader of the paper does not see whole: boxes beyond its edge, and texts wider than the box that hides them. */
export async function clipped(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const found: string[] = [];
    const root = document.documentElement;
    if (root.scrollWidth > root.clientWidth + 1) found.push(`the page is ${root.scrollWidth - root.clientWidth} pixels too wide`);
    for (const element of document.querySelectorAll<HTMLElement>('body *:not(option, script, style)')) {
      const style = getComputedStyle(element);
      if (!element.checkVisibility() || style.clipPath !== 'none' || element.closest('.unseen, .skip')) continue;
      const box = element.getBoundingClientRect();
      const name = `${element.localName}.${element.getAttribute('class') ?? ''} "${(element.textContent ?? '').trim().slice(0, 40)}"`;
      const own = [...element.childNodes].some((node) => node.nodeType === Node.TEXT_NODE && node.textContent?.trim());
      const isDrawn = element instanceof SVGElement && element.localName !== 'svg';
      // The lanes of a story are drawn to scale; what does not fit in is told below them.
      if (element.closest('.lanes') || isDrawn) continue;
      if (box.width > 0 && (box.left < -1 || box.right > root.clientWidth + 1)) found.push(`${name} is beyond the edge`);
      if (style.overflowX !== 'visible' && element.scrollWidth > element.clientWidth + 1 && element.clientWidth > 0)
        found.push(`${name} is cut`);
      if (own && style.overflowY === 'hidden' && element.scrollHeight > element.clientHeight + 2) found.push(`${name} is cut below`);
    }
    return found;
  });
}

/** Drawings and cards with them that a page break may go through, and tables whose heads do not come again. */
export async function breakable(page: Page, height: number): Promise<string[]> {
  return page.evaluate((most) => {
    const found: string[] = [];
    for (const drawing of document.querySelectorAll('.chart')) {
      const card = drawing.closest('[data-chart], .card') ?? drawing;
      const holder = [card, drawing].find((one) => getComputedStyle(one).breakInside === 'avoid');
      const name = card.getAttribute('data-chart') ?? 'a chart';
      if (!holder) found.push(`${name} may be cut by a page break`);
      else if (drawing.getBoundingClientRect().height > most) found.push(`${name} is higher than a page`);
    }
    for (const head of document.querySelectorAll('thead')) {
      if (getComputedStyle(head).display !== 'table-header-group') found.push(`a table has no head on its second page`);
    }
    return found;
  }, height);
}

/** Turns a page that stands into the one that comes on paper. */
export async function print(page: Page, format: keyof typeof sheets): Promise<void> {
  await page.emulateMedia({ media: 'print' });
  await page.setViewportSize(sheets[format]);
  await page.waitForFunction(() => [...document.querySelectorAll('.drawing')].every((drawing) => drawing.querySelector('svg') !== null));
}
