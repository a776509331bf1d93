import { afterAll, beforeAll, expect, test } from 'vitest';
import { brokenRules, chartsDrawn, countOf, marks, openSharedSite, tooWide, type Site } from './browser.js';

let site: Site;

beforeAll(async () => {
  site = await openSharedSite();
});

afterAll(async () => site?.close());

/** What leaders believe is drawn once somebody has said it. */
const notYet = ['belief-gap'];

test.each(['visibility', 'growth', 'expectation'])('on the %s board every mark opens to as many as it says, by keyboard', async (board) => {
  const { page, faults } = await site.open(`/boards/${board}`);
  await chartsDrawn(page);
  const ids = await page.locator('article[data-chart]').evaluateAll((cards) => cards.map((card) => card.getAttribute('data-chart') ?? ''));
  expect(ids.length).toBeGreaterThan(4);
  for (const id of ids.filter((one) => !notYet.includes(one))) {
    const all = marks(page, id);
    const mark = all.nth(Math.floor((await all.count()) / 2));
    const count = await countOf(mark);
    await mark.focus();
    await page.keyboard.press('Enter');
    await page.locator('[data-total]').waitFor();
    expect(await page.locator('[data-total]').getAttribute('data-total'), id).toBe(String(count));
    await page.goBack();
    await chartsDrawn(page);
  }
  expect(faults).toEqual([]);
  await page.context().close();
});

test.each([
  ['handoff', 'handover-flow'],
  ['handoff', 'wait-causes'],
  ['delay', 'promise-survival'],
  ['consistency', 'level-spread'],
  ['consistency', 'lead-time-by-type'],
])('on the %s board %s opens from its drawing, and can be read as a table', async (board, chart) => {
  const { page, faults } = await site.open(`/boards/${board}`);
  await chartsDrawn(page);
  const card = page.locator(`[data-chart="${chart}"]`);
  await card.getByRole('button', { name: 'Show the table' }).click();
  await expect.poll(() => card.locator('tbody tr').count()).toBeGreaterThan(1);
  await card.getByRole('button', { name: 'Show the chart' }).click();
  const mark = marks(page, chart).first();
  await mark.waitFor({ state: 'attached' });
  const count = await countOf(mark);
  await mark.dispatchEvent('click');
  await page.locator('[data-total]').waitFor();
  expect(await page.locator('[data-total]').getAttribute('data-total')).toBe(String(count));
  expect(faults).toEqual([]);
  await page.context().close();
});

test('the menu names every board in the language of the reader, behind one button on a phone', async () => {
  const { page, faults } = await site.open('/boards/growth?lang=hy&period=4-weeks', { viewport: { width: 320, height: 700 } });
  const names = page.locator('header nav a');
  expect(await names.count()).toBe(0);
  await page.getByRole('button', { name: 'Ընտրացանկ' }).click();
  await names.getByText('Սպասելիքներ').waitFor();
  expect(await page.locator('header nav a[href^="/boards/"]').count()).toBe(6);
  expect(await page.locator('header nav a[aria-current="page"]').textContent()).toBe('Աճ');
  expect(await tooWide(page)).toEqual([]);
  expect(await brokenRules(page)).toEqual([]);
  await page.keyboard.press('Escape');
  await expect.poll(() => names.count()).toBe(0);
  await page.getByRole('button', { name: 'Ընտրացանկ' }).press('Enter');
  await names.getByText('Սպասելիքներ').press('Enter');
  await page.waitForURL('**/boards/expectation?period=4-weeks');
  await expect.poll(() => names.count()).toBe(0);
  expect(faults).toEqual([]);
  await page.context().close();
});

test('the menu stands in one row in every language, and marks the group one is in', async () => {
  const { page, faults } = await site.open('/data/quality');
  for (const [language, group] of [
    ['English', 'Data'],
    ['Türkçe', 'Veri'],
    ['فارسی', 'داده'],
    ['Հայերեն', 'Տվյալներ'],
  ] as const) {
    await page.getByRole('combobox').first().selectOption({ label: language });
    await page.locator('header nav button[aria-current="true"]').filter({ hasText: group }).waitFor();
    // Two rows are higher; the letters of a language may come a moment after its words.
    const height = () => page.locator('header.top').evaluate((header) => header.getBoundingClientRect().height);
    await expect.poll(height, { message: language }).toBeLessThan(62);
  }
  await page.locator('header nav button[aria-current]').click();
  expect(await page.locator('header nav a[aria-current="page"]').getAttribute('href')).toBe('/data/quality');
  expect(await brokenRules(page)).toEqual([]);
  expect(faults).toEqual([]);
  await page.context().close();
});

test('a drawing is as high as its card leaves room, and the last of an odd number has the row for itself', async () => {
  const { page } = await site.open('/boards/delay', { viewport: { width: 1_280, height: 900 } });
  await chartsDrawn(page);
  const look = () =>
    page.locator('article[data-chart]').evaluateAll((cards) =>
      cards.flatMap((card) => {
        const box = card.querySelector('.drawing svg')?.getBoundingClientRect();
        const foot = card.querySelector('footer')?.getBoundingClientRect();
        const isEmptyBelow = box && foot && box.height < 520 && foot.top - box.bottom > 20;
        return isEmptyBelow ? [`${card.getAttribute('data-chart')}: ${Math.round(foot.top - box.bottom)} pixels below`] : [];
      }),
    );
  await expect.poll(look).toEqual([]);
  const cards = page.locator('article[data-chart]');
  expect((await cards.count()) % 2).toBe(1);
  const widths = await cards.evaluateAll((all) => all.map((card) => card.getBoundingClientRect().width));
  expect(widths.at(-1)).toBeGreaterThan(1.9 * (widths[0] ?? 0));
  // In a lower card the drawing gets lower again.
  await page.setViewportSize({ width: 700, height: 900 });
  await expect
    .poll(() => page.locator('[data-chart="promise-survival"] .drawing svg').evaluate((svg) => svg.getBoundingClientRect().height))
    .toBeLessThan(330);
  await page.context().close();
});

test('on a telephone the second column of a list is in sight, and no name is cut', async () => {
  const { page } = await site.open('/boards/handoff/items?metric=handoffs&mark-grain=all&bucket=all', {
    viewport: { width: 360, height: 800 },
  });
  await page.locator('tbody tr[data-row] a').first().waitFor();
  const second = await page
    .locator('thead th')
    .nth(1)
    .evaluate((head) => head.getBoundingClientRect().left);
  expect(second).toBeLessThan(300);
  const cut = await page
    .locator('tbody a')
    .evaluateAll((links) => links.filter((link) => link.scrollHeight > link.clientHeight + 2).length);
  expect(cut).toBe(0);
  const heights = await page
    .locator('tbody tr[data-row]')
    .evaluateAll((rows) => [...new Set(rows.map((row) => Math.round(row.getBoundingClientRect().height)))]);
  expect(heights).toEqual([108]);
  await page.context().close();
});
