import type { Page } from 'playwright-core';
import { chartsDrawn, type Site } from '../web/browser.js';
import { watchFirstView } from '../web/first-view.js';
import { quantile, type Figure } from './figures.js';

const visits = 7;

/** First views of a board in a browser that has nothing cached, on a processor four times slower. */
export async function benchFirstView(site: Site): Promise<Figure[]> {
  const paints: number[] = [];
  for (let visit = 0; visit < visits; visit += 1) {
    const { page } = await site.open('/no-such-page');
    const context = page.context();
    const cold = await context.newPage();
    await page.close();
    const devtools = await context.newCDPSession(cold);
    await devtools.send('Network.setCacheDisabled', { cacheDisabled: true });
    await devtools.send('Emulation.setCPUThrottlingRate', { rate: 4 });
    paints.push((await watchFirstView(cold, `${site.address}/boards/delay`)).largestPaint);
    await context.close();
  }
  return [
    {
      work: `largest text of a board on the sample, processor slowed four times, median of ${visits}`,
      value: quantile(paints, 0.5),
      unit: 'ms',
      most: 1_200,
    },
  ];
}

/** From a box of a filter being ticked to the charts in sight being drawn anew, each choice for the first time. */
export async function benchFilter(site: Site, path: string, filter: string): Promise<Figure[]> {
  const { page } = await site.open(path);
  await chartsDrawn(page);
  await page.getByRole('button', { name: new RegExp(`^${filter}:`) }).click();
  await page.locator('.panel input[type="checkbox"]').first().waitFor();
  const boxes = await page.locator('.panel input[type="checkbox"]').count();
  const times: number[] = [];
  // Each tick adds a name, each one after them takes one away: no choice comes twice but the last.
  for (let tick = 0; tick < 2 * (boxes - 1); tick += 1) times.push(await redrawn(page, tick % (boxes - 1)));
  await page.context().close();
  return [
    { work: `a filter, from the click to the charts in sight, median of ${times.length}`, value: quantile(times, 0.5), unit: 'ms' },
    {
      work: `a filter, from the click to the charts in sight, p95 of ${times.length}`,
      value: quantile(times, 0.95),
      unit: 'ms',
      most: 300,
    },
  ];
}

function redrawn(page: Page, box: number): Promise<number> {
  return page.evaluate(async (index) => {
    const drawings = () =>
      [...document.querySelectorAll('.drawing')].filter((drawing) => {
        const { top, bottom } = drawing.getBoundingClientRect();
        return bottom > 0 && top < innerHeight;
      });
    const before = new Set(document.querySelectorAll('.drawing svg'));
    const isDone = () =>
      document.querySelector('.charts')?.getAttribute('aria-busy') === 'false' &&
      drawings().every((drawing) => {
        const svg = drawing.querySelector('svg');
        return svg !== null && !before.has(svg);
      });
    const begin = performance.now();
    document.querySelectorAll<HTMLInputElement>('.panel input[type="checkbox"]')[index]?.click();
    while (!isDone()) await new Promise(requestAnimationFrame);
    return performance.now() - begin;
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
  return [
    { work: 'items in the list that is scrolled', value: total, unit: 'n', least: 100_000 },
    { work: `a frame while scrolling it, p95 of ${frames.length}`, value: quantile(frames, 0.95), unit: 'ms', most: 34 },
    { work: 'rows of it in the page at most', value: rows, unit: 'n', most: 60 },
  ];
}
