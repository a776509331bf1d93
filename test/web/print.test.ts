import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { chartsDrawn, openSite, type Site } from './browser.js';
import { everyPage, turns, withParameters } from './every-page.js';

let site: Site;
let pages: string[];

beforeAll(async () => {
  site = await openSite();
  pages = await everyPage(site);
}, 300_000);

afterAll(async () => site?.close());

/** CSS pixels of the printed part of a sheet: 96 to the inch, margins of 10 mm left out. */
const sheets = {
  A4: { width: 718, height: 1_047 },
  Letter: { width: 740, height: 980 },
};

/** What a reader of the paper does not see whole: boxes beyond its edge, and texts wider than the box that hides them. */
async function clipped(page: Page): Promise<string[]> {
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
async function breakable(page: Page, height: number): Promise<string[]> {
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

async function openPrinted(path: string, format: keyof typeof sheets, scheme: 'light' | 'dark' = 'light'): Promise<Page> {
  const { page } = await site.open(path, { viewport: { width: 1366, height: 900 }, colorScheme: scheme });
  await page.waitForLoadState('networkidle', { timeout: 120_000 });
  if ((await page.locator('article[data-chart]').count()) > 0) await chartsDrawn(page);
  await page.emulateMedia({ media: 'print' });
  await page.setViewportSize(sheets[format]);
  await page.waitForFunction(() => [...document.querySelectorAll('.drawing')].every((drawing) => drawing.querySelector('svg') !== null));
  return page;
}

const english = ['A4', 'en'] as const;
const persian = ['A4', 'fa'] as const;
const armenian = ['Letter', 'hy'] as const;

test.each(turns<readonly [keyof typeof sheets, string]>([english, persian, armenian], [persian, armenian]))(
  'on %s in %s no page clips anything, and no chart is cut by a page break',
  async (format, lang) => {
    const found: string[] = [];
    for (const path of pages) {
      const page = await openPrinted(withParameters(path, { lang }), format);
      found.push(...[...(await clipped(page)), ...(await breakable(page, sheets[format].height))].map((one) => `${path} ${one}`));
      await page.context().close();
    }
    expect(found).toEqual([]);
  },
  300_000,
);

test('what is clipped or cut is found', async () => {
  const { page } = await site.open('/data');
  await page.waitForLoadState('networkidle', { timeout: 120_000 });
  await page.emulateMedia({ media: 'print' });
  await page.evaluate(() => {
    document.body.innerHTML =
      '<div style="width: 4rem; overflow: hidden; white-space: nowrap">cut in the middle</div><div class="chart" style="break-inside: auto"></div>';
  });
  expect(await clipped(page)).toEqual(['div. "cut in the middle" is cut']);
  expect(await breakable(page, 1_000)).toEqual(['a chart may be cut by a page break']);
});

test('on paper there is nothing to press, the ground is white in dark colours too, and links lead on without their addresses', async () => {
  const page = await openPrinted('/boards/delay', 'A4', 'dark');
  expect(await page.locator('button:visible, select:visible').count()).toBe(0);
  expect(await page.evaluate(() => getComputedStyle(document.body).backgroundColor)).toBe('rgb(255, 255, 255)');
  expect(
    await page.locator('a:visible').evaluateAll((links) => links.map((link) => getComputedStyle(link, '::after').content)),
  ).not.toContain('attr(href)');
  const pdf = await page.pdf({ format: 'A4' });
  expect(pdf.subarray(0, 5).toString()).toBe('%PDF-');
  expect((await page.pdf({ format: 'Letter' })).byteLength).toBeGreaterThan(10_000);
});

test('a printed board says what was chosen, and a printed list which rows are on the paper', async () => {
  const board = await openPrinted('/boards/delay?team=Delivery+North&by=type', 'A4');
  expect((await board.locator('ul.on-paper li').allInnerTexts()).map((text) => text.replace(/\s+/g, ' ').trim())).toEqual([
    expect.stringMatching(/^Period \d+ \w+ 2026 – \d+ \w+ 2026$/),
    'In steps of weeks',
    'Broken down by Type',
    'Team Delivery North',
  ]);
  await board.context().close();
  const list = await openPrinted('/boards/handoff/items?metric=handoffs&mark-grain=all&bucket=all', 'A4');
  const [rows = ''] = await list.locator('p.on-paper').allInnerTexts();
  const [, from, to, total] = (/^Rows ([\d,]+) to ([\d,]+) of ([\d,]+) are on this paper/.exec(rows) ?? []).map((text) =>
    Number(text.replaceAll(',', '')),
  );
  expect([from, await list.locator('tbody tr[data-row]').count()]).toEqual([1, to]);
  expect(total).toBeGreaterThan(to ?? 0);
  await list.context().close();
});
