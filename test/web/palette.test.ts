import { afterAll, beforeAll, expect, test } from 'vitest';
import { chartsDrawn, openSharedSite, type Site } from './browser.js';

let site: Site;

beforeAll(async () => {
  site = await openSharedSite();
});

afterAll(async () => site?.close());

test('the palette leads to boards, charts, filters and items, by keyboard alone', async () => {
  const { page, faults } = await site.open('/boards/consistency?period=26-weeks');
  await chartsDrawn(page);
  const input = page.getByRole('combobox', { name: 'Go to, find or do' });

  await page.keyboard.press('Control+k');
  await input.waitFor();
  await page.keyboard.type('handof');
  await page.getByRole('option', { name: /^Handoffs/, selected: true }).waitFor();
  await page.keyboard.press('Enter');
  await page.waitForURL('**/boards/handoff?period=26-weeks');

  await page.keyboard.press('Control+k');
  await input.waitFor();
  await page.keyboard.type('came back');
  await page.getByRole('option', { name: /^Work that came back/, selected: true }).waitFor();
  await page.keyboard.press('Enter');
  await page.waitForURL('**/boards/consistency?period=26-weeks#chart-reopen-rate');

  const team = await page.evaluate(
    async () => ((await (await fetch('/api/state')).json()) as { filters: { team: string[] } }).filters.team[0],
  );
  await page.keyboard.press('Control+k');
  await input.waitFor();
  await page.keyboard.type(String(team).toLowerCase());
  await page
    .getByRole('option', { name: `${team}` })
    .filter({ hasText: 'Team' })
    .first()
    .waitFor();
  for (let step = 0; step < 20; step += 1) {
    const chosen = page.locator('[role="option"][aria-selected="true"]');
    if ((await chosen.textContent())?.includes('Team')) break;
    await page.keyboard.press('ArrowDown');
  }
  await page.keyboard.press('Enter');
  await page.waitForURL((url) => url.searchParams.get('team') === team && url.searchParams.get('period') === '26-weeks');

  await page.keyboard.press('Control+k');
  await input.waitFor();
  await page.keyboard.type('no such thing at all');
  await page.getByText('Nothing of that name.').waitFor();
  await page.keyboard.press('Escape');
  await expect.poll(() => page.locator('dialog[open]').count()).toBe(0);
  expect(faults).toEqual([]);
});

test('single keys lead about, leave fields alone, and can be switched off', async () => {
  const { page } = await site.open('/boards/delay?period=4-weeks');
  await chartsDrawn(page);
  await page.keyboard.press('[');
  await page.waitForURL('**/boards/delay?from=*&to=*');
  const first = new URL(page.url()).searchParams.get('from');
  await page.keyboard.press(']');
  await page.waitForURL((url) => url.searchParams.get('from') !== first);

  await page.keyboard.press('/');
  await page.waitForFunction(() => document.activeElement?.closest('[data-filters]'));

  await page.locator('h1').click();
  await page.keyboard.press('g');
  await page.keyboard.press('1');
  await page.waitForURL('**/boards/consistency?*');

  await page.keyboard.press('?');
  await page.getByRole('heading', { name: 'Keys' }).waitFor();
  await page.getByLabel('Single keys are on').uncheck();
  await page.keyboard.press('Escape');
  const before = page.url();
  await page.keyboard.press('g');
  await page.keyboard.press('t');
  await page.keyboard.press('?');
  expect(page.url()).toBe(before);
  expect(await page.locator('dialog[open]').count()).toBe(0);
  await page.keyboard.press('Control+k');
  await page.locator('dialog[open]').waitFor();
});
