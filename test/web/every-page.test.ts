import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { brokenRules, lasting, openSharedSite, type Site } from './browser.js';
import { cutTexts, lengthen } from './cut-texts.js';
import { everyPage, turns } from './every-page.js';
import { watchFirstView } from './first-view.js';
import { narrowed } from './narrowed.js';
import { breakable, clipped, print, sheets } from './paper.js';

let site: Site;
let pages: string[];

beforeAll(async () => {
  site = await openSharedSite();
  pages = await everyPage(site);
});

afterAll(async () => site?.close());

/** One way to look at every page. All is looked at while a page is there: to open it costs more than to look. */
interface Walk {
  lang: 'en' | 'tr' | 'fa' | 'hy';
  colorScheme: 'light' | 'dark';
  width: number;
  /** Nothing moves while it comes, or is beyond its sides in this width: of 1,366 pixels 200 % of zoom leave 683, and 400 % of 1,280 320. */
  narrow?: number;
  /** Are the texts of the language whole at the width, or, made longer, at these widths? */
  texts?: 'as they are' | number[];
  sheet?: keyof typeof sheets;
}

const usual: Walk[] = [
  { lang: 'en', colorScheme: 'light', width: 1_366, narrow: 683, texts: [320, 1_366] },
  { lang: 'tr', colorScheme: 'dark', width: 1_366 },
  { lang: 'fa', colorScheme: 'dark', width: 390, narrow: 320, texts: 'as they are', sheet: 'A4' },
  { lang: 'hy', colorScheme: 'light', width: 1_366, sheet: 'Letter' },
];

const every: Walk[] = [
  ...usual,
  { lang: 'en', colorScheme: 'dark', width: 1_366, sheet: 'A4' },
  { lang: 'tr', colorScheme: 'light', width: 390, texts: 'as they are' },
  { lang: 'fa', colorScheme: 'light', width: 1_366 },
  { lang: 'hy', colorScheme: 'dark', width: 390, texts: 'as they are' },
];

async function resize(page: Page, width: number): Promise<void> {
  await page.setViewportSize({ width, height: 850 });
  // Charts are drawn anew in the other width.
  await page.waitForFunction(() => document.documentElement.scrollWidth <= document.documentElement.clientWidth);
}

/** Of the height of the screen, as CLS counts. */
const mostShift = 0.05;

/** Letters that a busy machine brings late move a page now and then: a fault moves it each time. */
async function movesAgain(open: () => Promise<Page>, path: string): Promise<boolean> {
  for (let look = 0; look < 3; look += 1) {
    const page = await open();
    const { shift } = await watchFirstView(page, site.address + path);
    await page.context().close();
    if (shift <= mostShift) return false;
  }
  return true;
}

/** What is wrong with a page: it moves, breaks a rule of WCAG 2.2 AA, cuts a text or is cut on paper. */
async function wrongWith(path: string, { lang, colorScheme, width, narrow, texts, sheet }: Walk): Promise<string[]> {
  const open = async (): Promise<Page> => {
    const page = await site.blank({ colorScheme, viewport: { width, height: 850 } });
    await page.addInitScript((locale) => localStorage.setItem('throughline.lang', locale), lang);
    return page;
  };
  const page = await open();
  const view = await watchFirstView(page, site.address + path);
  const wrong: string[] = [];
  if (narrow) {
    if (view.shift > mostShift && (await movesAgain(open, path))) wrong.push(`moves by ${view.shift.toFixed(3)}: ${view.moved}`);
    wrong.push(...(await narrowed(page, narrow)));
    await resize(page, width);
  }
  wrong.push(...(await brokenRules(page)));
  if (texts === 'as they are') wrong.push(...(await lasting(() => cutTexts(page))));
  for (const other of Array.isArray(texts) ? texts : []) {
    await resize(page, other);
    await lengthen(page);
    wrong.push(...(await lasting(() => cutTexts(page))).map((one) => `longer, ${other} pixels wide: ${one}`));
  }
  if (sheet) {
    await print(page, sheet);
    const { height } = sheets[sheet];
    const onPaper = await lasting(async () => [...(await clipped(page)), ...(await breakable(page, height))]);
    wrong.push(...onPaper.map((one) => `on ${sheet}: ${one}`));
  }
  await page.context().close();
  return wrong.map((one) => `${path} ${one}`);
}

// Side by side: the browser works on one page while another waits for its server.
test.concurrent.each(turns(every, usual))(
  'no page moves, breaks a rule of WCAG 2.2 AA, cuts a text or is cut on paper: $lang, $colorScheme, $width pixels wide',
  async (walk) => {
    const found: string[] = [];
    for (const path of pages) found.push(...(await wrongWith(path, walk)));
    expect(found).toEqual([]);
  },
  1_800_000,
);
