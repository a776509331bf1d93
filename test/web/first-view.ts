import { gzipSync } from 'node:zlib';
import type { Page } from 'playwright-core';

/** What moves on a page that nobody touches, and when its largest text stood there. Times in ms since the address was asked for. */
export interface FirstView {
  firstPaint: number;
  largestPaint: number;
  /** Sum of all shifts, as CLS counts them, without the grouping into windows: never less than it. */
  shift: number;
  /** What moved most. */
  moved: string;
}

/** Opens an address with nothing cached and watches it until nothing has been asked for half a second and all charts are drawn. */
export async function watchFirstView(page: Page, address: string): Promise<FirstView> {
  await page.addInitScript(() => {
    const seen = { firstPaint: 0, largestPaint: 0, shift: 0, moved: '', most: 0 };
    Object.assign(window, { seen });
    const observe = (type: string, hear: (entry: PerformanceEntry) => void) =>
      new PerformanceObserver((list) => list.getEntries().forEach(hear)).observe({ type, buffered: true });
    observe('paint', ({ name, startTime }) => {
      if (name === 'first-contentful-paint') seen.firstPaint = startTime;
    });
    observe('largest-contentful-paint', ({ startTime }) => (seen.largestPaint = startTime));
    observe('layout-shift', (entry) => {
      const { value, sources } = entry as PerformanceEntry & { value: number; sources: { node: Node | null }[] };
      seen.shift += value;
      if (value <= seen.most) return;
      seen.most = value;
      seen.moved = sources
        .map(({ node }) => (node instanceof Element ? `${node.tagName} ${node.className}` : (node?.textContent ?? '')))
        .join(', ');
    });
  });
  await page.goto(address);
  await page.locator('h1').first().waitFor();
  await page.waitForLoadState('networkidle');
  await page.waitForFunction(() => [...document.querySelectorAll('.drawing')].every((drawing) => drawing.querySelector('svg') !== null));
  // Texts are as wide as their letters once these have come.
  await page.evaluate(() => document.fonts.ready.then(() => undefined));
  return seenOf(page);
}

/** What was seen so far on a page that is watched. */
export function seenOf(page: Page): Promise<FirstView> {
  return page.evaluate(() => (window as unknown as { seen: FirstView }).seen);
}

/** A script of a page that stands. First: it was asked for before anything was painted. */
export interface Script {
  isFirst: boolean;
  text: string;
}

export async function scriptsOf(page: Page): Promise<Script[]> {
  const scripts = await page.evaluate(() => {
    const firstPaint = performance.getEntriesByName('first-contentful-paint')[0]?.startTime ?? 0;
    const entries = performance.getEntriesByType('resource').filter(({ name }) => name.endsWith('.js'));
    return entries.map(({ name, startTime }) => ({ name, isFirst: startTime <= firstPaint }));
  });
  return Promise.all(scripts.map(async ({ name, isFirst }) => ({ isFirst, text: await (await fetch(name)).text() })));
}

/** Bytes of some scripts as they travel. */
export function gzipped(scripts: readonly Script[]): number {
  return scripts.reduce((sum, { text }) => sum + gzipSync(text).length, 0);
}
