import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { BoardResponse, StateResponse } from '#server/api.js';
import { readWall, turned, wallLayout } from '../../web/src/lib/wall/wall.js';
import { brokenRules, chartsDrawn, openSharedSite, type Site } from './browser.js';

let site: Site;

beforeAll(async () => {
  site = await openSharedSite();
});

afterAll(async () => site?.close());

test('a larger screen shows the same larger, a small one fewer charts', () => {
  expect(wallLayout(1920, 1080)).toEqual({ zoom: 1.5, columns: 2, rows: 2 });
  expect(wallLayout(3840, 2160)).toEqual({ zoom: 3, columns: 2, rows: 2 });
  expect(wallLayout(390, 844)).toEqual({ zoom: 1, columns: 1, rows: 1 });
});

test('sheets turn through the charts of each board and through the boards, both ways', () => {
  const pages = (board: number) => [2, 1, 3][board] ?? 1;
  expect(turned({ board: 0, page: 0 }, pages, 3, 1)).toEqual({ board: 0, page: 1 });
  expect(turned({ board: 0, page: 1 }, pages, 3, 1)).toEqual({ board: 1, page: 0 });
  expect(turned({ board: 2, page: 2 }, pages, 3, 1)).toEqual({ board: 0, page: 0 });
  expect(turned({ board: 0, page: 0 }, pages, 3, -1)).toEqual({ board: 2, page: 2 });
});

test('a time nobody can follow is told, not obeyed', () => {
  const read = (query: string) => readWall(new URLSearchParams(query));
  expect(read('every=30')).toEqual({ every: 30, unknown: [] });
  expect(read('')).toEqual({ every: null, unknown: [] });
  for (const every of ['1', 'soon', '-5', '99999']) expect(read(`every=${every}`)).toEqual({ every: null, unknown: [`every=${every}`] });
});

const sheetOf = (page: Page) => page.locator('[data-sheet]').getAttribute('data-sheet');

/** Opens a wall whose clock the test turns. */
async function openWall(path: string, options: Parameters<Site['open']>[1] = {}): Promise<{ page: Page; faults: string[] }> {
  const { page, faults } = await site.open('/data', options);
  await page.clock.install();
  await page.goto(site.address + path);
  await chartsDrawn(page);
  await page.evaluate(() => document.fonts.ready.then(() => undefined));
  return { page, faults };
}

/** What the server tells from now on. */
async function tell(
  page: Page,
  state: (told: StateResponse) => StateResponse,
  board: (told: BoardResponse) => BoardResponse,
): Promise<void> {
  await page.route('**/api/state', async (route) => route.fulfill({ json: state((await (await route.fetch()).json()) as StateResponse) }));
  await page.route('**/api/boards/*?*', async (route) =>
    route.fulfill({ json: board((await (await route.fetch()).json()) as BoardResponse) }),
  );
}

const later = (told: StateResponse): StateResponse => ({
  ...told,
  connections: told.connections.map((one) => ({ ...one, asOf: '2026-11-20T07:30:00Z' })),
});

test('F fills the screen with the board and the same choice, without menus; Escape leads back', async () => {
  const { page, faults } = await site.open('/boards/delay?period=13-weeks');
  await chartsDrawn(page);
  await page.keyboard.press('f');
  await page.waitForURL('**/wall/delay?period=13-weeks');
  await page.locator('[data-sheet] [data-chart]').first().waitFor();
  expect(await page.locator('nav, header.top, [data-filters]').count()).toBe(0);
  await page.getByRole('button', { name: 'Leave the wall screen' }).click();
  await page.waitForURL('**/boards/delay?period=13-weeks');
  await page.goto(`${site.address}/wall/delay?period=13-weeks`);
  await page.locator('[data-sheet] [data-chart]').first().waitFor();
  await page.keyboard.press('Escape');
  await page.waitForURL('**/boards/delay?period=13-weeks');
  expect(faults).toEqual([]);
});

test('new data is shown by itself in the same places', async () => {
  const { page, faults } = await openWall('/wall/delay');
  const boxes = () =>
    page.locator('[data-sheet] [data-chart]').evaluateAll((cards) => cards.map((card) => JSON.stringify(card.getBoundingClientRect())));
  const before = await boxes();
  expect(before).toHaveLength(4);
  await tell(page, later, (told) => ({
    ...told,
    charts: told.charts.map((chart) => ({ ...chart, headline: chart.headline && { ...chart.headline, value: '77 %' } })),
  }));
  await page.clock.fastForward(61_000);
  await page.getByText('77 %').first().waitFor();
  await page.getByText('Data to 20 Nov 2026').waitFor();
  await expect.poll(boxes).toEqual(before);
  expect(faults).toEqual([]);
});

test('an answer that says the same redraws nothing', async () => {
  const { page } = await openWall('/wall/delay');
  await page
    .locator('.drawing svg')
    .first()
    .evaluate((svg) => svg.setAttribute('data-seen', 'yes'));
  await tell(page, later, (told) => told);
  const asked = page.waitForResponse('**/api/boards/delay?*');
  await page.clock.fastForward(61_000);
  await asked;
  await page.getByText('Data to 20 Nov 2026').waitFor();
  expect(await page.locator('.drawing svg').first().getAttribute('data-seen')).toBe('yes');
});

test('a board that is not there is told, and no numbers of a server gone', async () => {
  const { page } = await site.open('/wall/nowhere');
  await page.getByText('There is no board "nowhere"').waitFor();
  expect(await page.locator('footer').textContent()).not.toContain('does not answer');
});

test('it goes through all boards if asked, and stops where the reader says so', async () => {
  const { page } = await openWall('/wall?every=3000', { reducedMotion: 'reduce' });
  expect(await sheetOf(page)).toBe('consistency 0');
  await page.clock.fastForward(3_000_000);
  await page.locator('[data-sheet="consistency 1"]').waitFor();
  await page.keyboard.press(' ');
  await page.getByRole('button', { name: 'Go on changing' }).waitFor();
  await page.clock.fastForward(12_000_000);
  expect(await sheetOf(page)).toBe('consistency 1');
  await page.keyboard.press('ArrowLeft');
  await page.keyboard.press('ArrowLeft');
  await page.locator('[data-sheet^="expectation"]').waitFor();
  await page.getByRole('heading', { level: 1, name: 'Expectation' }).waitFor();
});

test('a source that could not be read, and a server that is gone, are told beside the last numbers', async () => {
  const { page } = await openWall('/wall/delay');
  await tell(
    page,
    (told) => ({
      ...told,
      connections: told.connections.map((one, at) =>
        at === 0 ? { ...one, stale: { failures: 3, isRefused: false, error: 'timeout' } } : one,
      ),
    }),
    (told) => told,
  );
  await page.clock.fastForward(61_000);
  await page.locator('[data-stale]').waitFor();
  await page.unroute('**/api/state');
  await page.route('**/api/state', (route) => route.abort());
  await page.clock.fastForward(61_000);
  await page.getByText(/^The server does not answer; these are the numbers of/).waitFor();
  expect(await page.locator('[data-sheet] [data-chart]').count()).toBe(4);
});

test.each([
  ['en', 'light', 1920, 1080],
  ['fa', 'dark', 1920, 1080],
  ['hy', 'dark', 320, 640],
] as const)('in %s, %s, %i by %i it keeps the rules and nothing is wider than the screen', async (lang, colorScheme, width, height) => {
  const { page } = await site.open(`/wall/handoff?lang=${lang}&every=3600`, { colorScheme, viewport: { width, height } });
  await page.locator('[data-sheet] .drawing svg').first().waitFor();
  expect(await brokenRules(page)).toEqual([]);
  await expect
    .poll(() => page.evaluate(() => [document.documentElement.scrollWidth, document.documentElement.scrollHeight]))
    .toEqual([width, height]);
});
