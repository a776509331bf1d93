import { afterAll, beforeAll, expect, test } from 'vitest';
import { chartsDrawn, openSharedSite, type Site } from './browser.js';

let site: Site;

beforeAll(async () => {
  site = await openSharedSite();
});

afterAll(async () => site?.close());

test('a period in words stands in the address as the word, and means the dates of the calendar in use', async () => {
  const { page, faults } = await site.open('/boards/growth?lang=en');
  await page.getByRole('button', { name: /^Period/ }).click();
  await page.getByRole('button', { name: 'last quarter', exact: true }).click();
  await page.waitForURL('**/boards/growth?period=last-quarter');
  await expect.poll(() => page.getByRole('button', { name: /^Period/ }).textContent()).toContain('1 Jul 2026 – 30 Sept 2026');
  await page.getByRole('button', { name: /^Period/ }).click();
  await page.getByRole('combobox', { name: /^Calendar/ }).selectOption('jalali');
  await page.waitForURL('**/boards/growth?period=last-quarter&calendar=jalali');
  await expect.poll(() => page.getByRole('button', { name: /^Period/ }).textContent()).toContain('1 Tir 1405 – 31 Shahrivar 1405');
  expect(faults).toEqual([]);
});

test('a Persian reader has the Jalali calendar without asking, and types its days with any digits', async () => {
  const { page, faults } = await site.open('/boards/growth?lang=fa');
  await page.getByRole('button', { name: /^دوره/ }).click();
  const from = page.getByRole('textbox', { name: /^از/ });
  await from.fill('۱۴۰۵/۰۷/۳۱');
  // Mehr has 30 days.
  await expect.poll(() => page.getByRole('alert').textContent()).toContain('۱۴۰۵/۰۷/۳۱');
  await expect.poll(() => page.getByRole('button', { name: 'اعمال' }).isDisabled()).toBe(true);
  await from.fill('۱۴۰۵/۰۷/۰۱');
  await page.getByRole('textbox', { name: /^تا/ }).fill('1405/07/30');
  await page.getByRole('button', { name: 'اعمال' }).click();
  await page.waitForURL(/from=2026-09-23&to=2026-10-23/);
  await page.getByLabel('رقم‌ها').selectOption('latn');
  await expect.poll(() => page.getByRole('button', { name: /^دوره/ }).textContent()).toContain('1 مهر 1405 – 30 مهر 1405');
  expect(faults).toEqual([]);
});

test('quarters of the Jalali calendar are the steps, and a mark opens to its items', async () => {
  const { page } = await site.open('/boards/delay?lang=fa&period=this-year&grain=quarter');
  await chartsDrawn(page);
  const mark = page.locator('[data-chart="silence"] [class*="open_marks"] > *').nth(1);
  expect(await mark.getAttribute('aria-label')).toMatch(/^سه‌ماههٔ دوم ۱۴۰۵/);
  const [, count] = /· ([۰-۹٬]+) /.exec((await mark.getAttribute('aria-label')) ?? '') ?? [];
  await mark.click({ force: true });
  await page.locator('[data-total]').waitFor();
  const digits = (count ?? '').replace(/[۰-۹]/g, (digit) => String((digit.codePointAt(0) ?? 0) & 0xf)).replace('٬', '');
  expect(await page.locator('[data-total]').getAttribute('data-total')).toBe(digits);
  expect(page.url()).toContain('period=this-year&grain=quarter');
});

test('a year before is drawn behind where that is asked, and the address keeps it', async () => {
  const { page } = await site.open('/boards/consistency?lang=en&period=13-weeks');
  await chartsDrawn(page);
  await page.getByLabel('Compared with').selectOption('year');
  await page.waitForURL('**/boards/consistency?period=13-weeks&compare=year');
  await page.locator('[data-chart="lead-time"] path[stroke-dasharray="4,3"]').first().waitFor();
  await page.locator('[data-chart="lead-time"] .summary', { hasText: 'The dashed line is' }).waitFor();
});

test('the business clock is asked of the charts that have it, and the others say that they have none', async () => {
  const { page } = await site.open('/boards/consistency?lang=en&clock=business');
  await chartsDrawn(page);
  expect(await page.locator('[data-chart="lead-time"] h2').textContent()).toContain('business clock');
  expect(await page.locator('[data-chart="reopen-rate"] .summary').textContent()).toContain('this number has no business reading');
});

test('a customer is looked for as it is typed, set, shown as a chip and removed', async () => {
  const { page, faults } = await site.open('/boards/growth?lang=en');
  await page.getByRole('button', { name: /^Customer(?! group)/ }).click();
  const first = (await page.locator('.panel li bdi').first().textContent()) ?? '';
  await page.getByRole('searchbox', { name: 'Search Customer' }).fill(first.toUpperCase());
  await page.getByRole('checkbox', { name: first, exact: true }).check();
  await page.waitForURL(new RegExp(`customer=${encodeURIComponent(first).replaceAll('%20', '\\+')}`));
  await page.keyboard.press('Escape');
  await page.getByRole('button', { name: `Remove the filter Customer: ${first}` }).click();
  await page.waitForURL('**/boards/growth');
  expect(faults).toEqual([]);
});
