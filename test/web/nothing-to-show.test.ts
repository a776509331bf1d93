import { afterAll, beforeAll, expect, test } from 'vitest';
import type { ChartResponse, StateResponse } from '#server/api.js';
import { brokenRules, chartsDrawn, openSharedSite, type Site } from './browser.js';

let site: Site;

beforeAll(async () => {
  site = await openSharedSite();
});

afterAll(async () => site?.close());

test('loading, empty, filtered to nothing, not measurable, stale and failed are six pictures, each with the next step', async () => {
  const { page } = await site.open('/data');
  const lines = '**/api/boards/delay/charts*';
  const firstChart = (change: Partial<ChartResponse>) =>
    page.route(lines, async (route) => {
      const response = await route.fetch();
      const [head, first, ...others] = (await response.text()).split('\n');
      const { chart } = JSON.parse(first ?? '') as { chart: ChartResponse };
      await route.fulfill({ response, body: [head, JSON.stringify({ chart: { ...chart, ...change } }), ...others].join('\n') });
    });
  const first = page.locator('article[data-chart]').first();

  // Loading: grey shapes, said to those who do not see them; it ends by itself.
  let goOn: () => void = () => undefined;
  const held = new Promise<void>((resolve) => (goOn = resolve));
  await page.route(lines, async (route) => {
    await held;
    await route.continue();
  });
  await page.goto(`${site.address}/boards/delay`);
  await page.getByRole('status', { name: 'Loading…' }).waitFor();
  goOn();
  await chartsDrawn(page);
  await page.unroute(lines);

  for (const [state, reason, step, leadsTo] of [
    ['empty', 'There is nothing to show in this period.', 'Show the last year', '/boards/delay?period=52-weeks'],
    ['not-measurable', 'Not measurable: the tool tells no dates', 'See what each source tells', '/data'],
  ] as const) {
    await firstChart({ state, summary: reason, spec: null, table: [] });
    await page.goto(`${site.address}/boards/delay`);
    await first.locator(`[data-nothing="${state}"]`).waitFor();
    expect(await first.locator('[data-nothing] p').textContent()).toBe(reason);
    expect(await first.getByRole('link', { name: step }).getAttribute('href')).toBe(leadsTo);
    expect(await brokenRules(page)).toEqual([]);
    await page.unroute(lines);
  }

  // Filtered to nothing: of the whole board, and of each chart.
  await page.goto(`${site.address}/boards/delay?type=shoe`);
  await page.getByText('Nothing matches these filters in this period.').waitFor();
  await expect.poll(() => page.locator('[data-nothing="filtered-empty"]').count()).toBeGreaterThan(3);
  await first.getByRole('link', { name: 'Clear all filters' }).click();
  await page.waitForURL((url) => url.search === '');
  await chartsDrawn(page);

  // Stale: what could not be read and since when, on every page, with the way to the connection.
  await page.route('**/api/state', async (route) => {
    const response = await route.fetch();
    const told = (await response.json()) as StateResponse;
    const [connection] = told.connections;
    if (connection) connection.stale = { failures: 3, isRefused: false, error: 'no answer' };
    await route.fulfill({ response, json: told });
  });
  await page.goto(`${site.address}/boards/delay`);
  await page.locator('[data-stale]').waitFor();
  expect(await page.locator('[data-stale] a').getAttribute('href')).toMatch(/^\/connections\//);
  await page.unroute('**/api/state');

  // Failed: in the words of the server, with a button that tries again.
  await page.route(lines, (route) => route.fulfill({ status: 500, json: { message: 'The disk is full.' } }));
  await page.goto(`${site.address}/boards/delay`);
  await page.getByRole('alert').getByText('The disk is full.').waitFor();
  await page.unroute(lines);
  await page.getByRole('button', { name: 'Try again' }).click();
  await chartsDrawn(page);
});

test('a new choice draws chart after chart: those that are answered are there, the others stay and say that they are old', async () => {
  const { page } = await site.open('/boards/delay');
  await chartsDrawn(page);
  const lines = '**/api/boards/delay/charts*';
  let answered: unknown;
  await page.route(lines, async (route) => {
    const response = await route.fetch();
    const [head, first = ''] = (await response.text()).split('\n');
    answered = JSON.parse(first).chart.id;
    await route.fulfill({ response, body: `${head}\n${first}\n` });
  });
  const cards = page.locator('article[data-chart]');
  const charts = () => cards.evaluateAll((all) => all.map((card) => [card.getAttribute('data-chart'), getComputedStyle(card).opacity]));
  const known = (await charts()).map(([id]) => id);
  await page.getByLabel('In steps of').selectOption('month');
  await page.getByRole('alert').waitFor();
  expect(known).toContain(answered);
  await expect.poll(charts).toEqual(known.map((id) => [id, id === answered ? '1' : '0.6']));
  await page.unroute(lines);
  await page.getByRole('button', { name: 'Try again' }).click();
  await page.locator('.charts[aria-busy="false"]').waitFor();
  await expect.poll(() => cards.evaluateAll((all) => all.filter((card) => card.matches('.is-awaited')).length)).toBe(0);
});
