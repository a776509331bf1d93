import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Target } from '#server/api.js';
import { brokenRules, chartsDrawn, openSite, type Site } from './browser.js';

let site: Site;

beforeAll(async () => {
  site = await openSite();
});

afterAll(async () => site?.close());

async function targets(): Promise<Target[]> {
  return (await (await fetch(`${site.address}/api/targets`)).json()) as Target[];
}

test('a target is set, told, changed and removed by keyboard alone', async () => {
  const { page, faults } = await site.open('/boards/delay');
  await chartsDrawn(page);
  const card = page.locator('[data-chart="slip-after-due"]');
  await card.getByRole('button', { name: 'Set a target' }).focus();
  await page.keyboard.press('Enter');
  await page.getByLabel('Value').waitFor();
  await expect.poll(() => page.getByLabel('Value').evaluate((input) => input === document.activeElement)).toBe(true);

  await page.keyboard.type('130 %');
  await page.getByLabel('Your name').fill('Ann');
  await page.keyboard.press('Enter');
  await card.getByRole('alert').waitFor();
  expect(await card.getByRole('alert').textContent()).toBe('“130 %” cannot be reached: the value lies between 0 % and 100 %.');
  expect(await targets()).toEqual([]);

  await page.getByLabel('Value').fill('1 %');
  await page.getByLabel('Why (may stay empty)').fill('A try');
  await page.keyboard.press('Enter');
  await card.locator('[data-target="missed"]').waitFor();
  expect(await card.locator('[data-target]').innerText()).toMatch(/Target 1\s%: missed by [\d.]+\spp/);
  await card.locator('.summary', { hasText: 'The dotted line is the target: 1 % from' }).waitFor();
  const opener = card.getByRole('button', { name: 'Target', exact: true });
  await expect.poll(() => opener.evaluate((button) => button === document.activeElement)).toBe(true);

  await page.keyboard.press('Enter');
  await card.getByText('A try').waitFor();
  expect(await brokenRules(page)).toEqual([]);
  await page.keyboard.press('Enter');
  await page.getByLabel('Value').fill('99 %');
  await page.keyboard.press('Enter');
  await card.locator('[data-target="met"]').waitFor();
  const [kept] = await targets();
  expect(kept).toMatchObject({ metric: 'slip-after-due', scope: {}, ratchet: null });
  expect(kept?.moves.map(({ value, by }) => [value, by])).toEqual([
    [1, 'Ann'],
    [99, 'Ann'],
  ]);

  await page.keyboard.press('Enter');
  await card.getByRole('button', { name: 'Remove', exact: true }).waitFor();
  await page.keyboard.press('Tab');
  await page.keyboard.press('Enter');
  await card.getByText('Remove it?').waitFor();
  await page.keyboard.press('Enter');
  await card.getByRole('button', { name: 'Set a target' }).waitFor();
  await expect.poll(targets).toEqual([]);
  // The browser notes the refusal of 130 %.
  expect(faults.filter((fault) => !fault.includes('400 (Bad Request)'))).toEqual([]);
});

test('a number of one type has a target of that type, in words and digits of the language', async () => {
  const { page } = await site.open('/boards/delay?lang=fa');
  await chartsDrawn(page);
  const card = page.locator('[data-chart="first-response"]');
  await card.locator('.add-target').click();
  await page.getByLabel('مقدار').fill('۲ ساعت و ۳۰ دقیقه');
  await page.getByLabel('نام شما').fill('Cem');
  await page.keyboard.press('Enter');
  await card.locator('[data-target]').waitFor();
  expect(await card.locator('[data-target]').innerText()).toMatch(/هدف ۲٫۵\sساعت/);
  const [kept] = await targets();
  expect(kept).toMatchObject({ metric: 'first-response', part: 'p50', moves: [{ value: 9_000 }] });
  expect(Object.keys(kept?.scope ?? {})).toEqual(['type']);

  // The same number, broken off by a filter that leaves other items, has none.
  await page.goto(`${site.address}/boards/delay?lang=fa&channel=phone`);
  await chartsDrawn(page);
  expect(await card.locator('[data-target]').count()).toBe(0);
});

test('a ratchet begins with the level that lasted, and a number without better and worse says why it can have no target', async () => {
  const { page } = await site.open('/boards/delay');
  await chartsDrawn(page);
  const card = page.locator('[data-chart="silence"]');
  await card.getByRole('button', { name: 'Set a target' }).click();
  await page.getByLabel('by what was reached').check();
  await page.getByLabel('Your name').fill('Ann');
  await page.getByRole('button', { name: 'Keep', exact: true }).click();
  await card.locator('[data-target]').waitFor();
  await card.getByRole('button', { name: 'Target', exact: true }).click();
  expect(await card.locator('[data-target-moves] li').first().innerText()).toContain('moved to the median of 13 weeks');

  await page.goto(`${site.address}/boards/growth`);
  await chartsDrawn(page);
  const load = page.locator('[data-chart="load"]');
  await load.getByRole('button', { name: 'Set a target' }).click();
  await load.getByText('has no better and no worse, so there is nothing to aim at.').waitFor();
  await page.keyboard.press('Escape');
  await load.getByText('has no better and no worse').waitFor({ state: 'detached' });
});
