import type { Page } from 'playwright-core';
import { chartsDrawn, type Site } from '../web/browser.js';
import { gzipped, scriptsOf, watchFirstView, type FirstView } from '../web/first-view.js';
import { quantile, type Figure } from './figures.js';

const visits = 7;

/** Between two pictures of a usual screen. */
const frameMs = 1_000 / 60;

/** First views of a board in a browser that has nothing cached, on a processor four times slower: what a newcomer waits for. */
export async function benchFirstView(site: Site): Promise<Figure[]> {
  const views: FirstView[] = [];
  let firstScripts = 0;
  for (let visit = 0; visit < visits; visit += 1) {
    const { page } = await site.open('/no-such-page');
    const context = page.context();
    const cold = await context.newPage();
    await page.close();
    const devtools = await context.newCDPSession(cold);
    await devtools.send('Network.setCacheDisabled', { cacheDisabled: true });
    await devtools.send('Emulation.setCPUThrottlingRate', { rate: 4 });
    views.push(await watchFirstView(cold, `${site.address}/boards/delay`));
    if (visit === 0) firstScripts = gzipped((await scriptsOf(cold)).filter(({ isFirst }) => isFirst));
    await context.close();
  }
  const slowed = `of a board on the sample, processor slowed four times, median of ${visits}`;
  const median = (read: (view: FirstView) => number) => quantile(views.map(read), 0.5);
  return [
    { work: `first text ${slowed}`, value: median(({ firstPaint }) => firstPaint), unit: 'ms' },
    { work: `largest text ${slowed}`, value: median(({ largestPaint }) => largestPaint), unit: 'ms', most: 1_200 },
    { work: 'what moved meanwhile at most', value: Math.max(...views.map(({ shift }) => shift)), unit: '×', most: 0.05 },
    { work: 'scripts run before the first text, gzip', value: firstScripts / 1_000, unit: 'kB', most: 200 },
  ];
}

/** From a box of a filter being ticked to charts drawn anew, each choice for the first time. */
export async function benchFilter(site: Site, size: string, path: string, filter: string): Promise<Figure[]> {
  const { page } = await site.open(path);
  await chartsDrawn(page);
  await page.getByRole('button', { name: new RegExp(`^${filter}\\b`) }).click();
  await page.locator('.panel input[type="checkbox"]').first().waitFor();
  const boxes = await page.locator('.panel input[type="checkbox"]').count();
  const times: Redrawn[] = [];
  // Each tick adds a name, each one after them takes one away: no choice comes twice but the last.
  for (let tick = 0; tick < 2 * (boxes - 1); tick += 1) times.push(await redrawn(page, tick % (boxes - 1)));
  await page.context().close();
  const p95 = (read: (one: Redrawn) => number) => quantile(times.map(read), 0.95);
  const work = `${size}: a filter, from the click to`;
  return [
    { work: `${work} the first chart, p95 of ${times.length}`, value: p95(({ first }) => first), unit: 'ms', most: 300 },
    { work: `${work} the charts in sight, p95 of ${times.length}`, value: p95(({ inSight }) => inSight), unit: 'ms', most: 300 },
    {
      work: `${work} the whole board, median of ${times.length}`,
      value: quantile(
        times.map(({ whole }) => whole),
        0.5,
      ),
      unit: 'ms',
    },
    { work: `${work} the whole board, p95 of ${times.length}`, value: p95(({ whole }) => whole), unit: 'ms' },
  ];
}

/** When they were drawn anew, in ms since the click. */
interface Redrawn {
  first: number;
  inSight: number;
  whole: number;
}

function redrawn(page: Page, box: number): Promise<Redrawn> {
  return page.evaluate(async (index) => {
    const before = new Set(document.querySelectorAll('.drawing svg'));
    const isNew = (drawing: Element) => {
      const svg = drawing.querySelector('svg');
      return svg !== null && !before.has(svg);
    };
    const isSeen = (drawing: Element) => {
      const { top, bottom } = drawing.getBoundingClientRect();
      return bottom > 0 && top < innerHeight;
    };
    const begin = performance.now();
    const seen: Record<string, number> = {};
    document.querySelectorAll<HTMLInputElement>('.panel input[type="checkbox"]')[index]?.click();
    // The question is asked before the next frame.
    for (await new Promise(requestAnimationFrame); ; await new Promise(requestAnimationFrame)) {
      const drawings = [...document.querySelectorAll('.drawing')];
      const now = performance.now() - begin;
      if (drawings.some(isNew)) seen['first'] ??= now;
      const cards = [...document.querySelectorAll('[data-chart]')].filter(isSeen);
      const isSettled = cards.every(
        (card) => card.getAttribute('aria-busy') === 'false' && [...card.querySelectorAll('.drawing')].every(isNew),
      );
      if (isSettled && seen['first'] !== undefined) seen['inSight'] ??= now;
      if (document.querySelector('.charts')?.getAttribute('aria-busy') === 'false' && drawings.every(isNew))
        return { first: seen['first'] ?? now, inSight: seen['inSight'] ?? now, whole: now };
    }
  }, box);
}

/** A long list scrolled through for three seconds: how long its frames took, and how many rows the page held at most. */
export async function benchScroll(site: Site, path: string): Promise<Figure[]> {
  const { page } = await site.open(path);
  await page.locator('tbody a').first().waitFor();
  const total = Number(await page.locator('[data-total]').getAttribute('data-total'));
  const { frames, rows } = await page.evaluate(async () => {
    const region = document.querySelector('table')?.closest('[role="region"]');
    if (!region) throw new Error('The list has no frame to scroll in.');
    const frames: number[] = [];
    let rows = 0;
    let last = await new Promise(requestAnimationFrame);
    for (const end = last + 3_000; last < end;) {
      region.scrollTop += 260;
      const now = await new Promise(requestAnimationFrame);
      frames.push(now - last);
      rows = Math.max(rows, document.querySelectorAll('tr[data-row]').length);
      last = now;
    }
    return { frames, rows };
  });
  await page.context().close();
  const dropped = frames.reduce((sum, frame) => sum + Math.max(0, Math.round(frame / frameMs) - 1), 0);
  return [
    { work: 'items in the list that is scrolled', value: total, unit: 'n', least: 100_000 },
    { work: `frames dropped while scrolling it, of ${frames.length + dropped}`, value: dropped, unit: 'n' },
    { work: `a frame while scrolling it, p95 of ${frames.length}`, value: quantile(frames, 0.95), unit: 'ms', most: 34 },
    { work: 'rows of it in the page at most', value: rows, unit: 'n', most: 60 },
  ];
}
