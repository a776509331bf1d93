import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { StateResponse, WatchResponse } from '#server/api.js';
import { brokenRules, openSite, tooWide, type Site } from './browser.js';

let site: Site;

beforeAll(async () => {
  site = await openSite();
});

afterAll(async () => site?.close());

const ready = (page: Page) => page.locator('[data-watch-total]').waitFor();
const totalOf = async (page: Page) => Number(await page.locator('[data-total]').getAttribute('data-total'));

/** A customer with open items, none of which is late, silent or likely to be late. */
async function calmCustomer(): Promise<string> {
  const ask = async <Answer>(path: string): Promise<Answer> => (await fetch(site.address + path)).json() as Promise<Answer>;
  const { filters } = await ask<StateResponse>('/api/state');
  for (const customer of filters['customer'] ?? []) {
    const { open, total } = await ask<WatchResponse>(`/api/watch?customer=${encodeURIComponent(customer)}`);
    if (open > 0 && total === 0) return customer;
  }
  throw new Error('Every customer of the sample with open items has one to look after.');
}

test('the first page says what changed, with its signs, the leading numbers and whom to call', async () => {
  const { page, faults } = await site.open('/');
  await ready(page);
  expect(await page.locator('.said').textContent()).toMatch(/numbers got worse.*late or silent without a word to the customer/);
  expect(await page.locator('[data-sentence].worse .sign').first().textContent()).toMatch(/!\s*Worse/);
  expect(await page.locator('[data-sentence="week calm"]').textContent()).toMatch(/stayed within the usual range: noise/);
  expect(await page.locator('[data-board]').count()).toBe(3);
  expect(await page.locator('[data-item]').count()).toBe(10);
  expect(await brokenRules(page)).toEqual([]);
  expect(faults).toEqual([]);
});

test('a sentence opens to as many items as it says, to its chart, and to why', async () => {
  const { page } = await site.open('/');
  await ready(page);
  const sentence = page.locator('[data-sentence^="period"].worse').filter({ hasText: 'Site installation' }).first();
  const [, rows] = /\(([\d,]+) promises\)/.exec((await sentence.locator('p').first().textContent()) ?? '') ?? [];
  expect(await sentence.getByRole('link', { name: /^Why/ }).getAttribute('href')).toMatch(/^\/boards\/delay\?why=slip/);
  expect(await sentence.getByRole('link', { name: /^Chart/ }).getAttribute('href')).toMatch(/^\/boards\/delay#chart-slip/);
  await sentence.getByRole('link', { name: /promises behind/ }).click();
  await page.locator('[data-total]').waitFor();
  expect(await totalOf(page)).toBe(Number(rows?.replaceAll(',', '')));
});

test('the watch list filters, sorts and counts in its address, and a reload gives the same', async () => {
  const { page, faults } = await site.open('/');
  await ready(page);
  const total = Number(await page.locator('[data-watch-total]').getAttribute('data-watch-total'));
  await page.locator('[data-watch-total]').click();
  await page.locator('[data-total]').waitFor();
  expect(await totalOf(page)).toBe(total);
  const silent = page.locator('[data-reason="silent-untold"]');
  const count = Number(await silent.locator('.n').textContent());
  await silent.click();
  await page.waitForURL(/reason=silent-untold/);
  await page.locator(`[data-total="${count}"]`).waitFor();
  expect(await page.locator('[data-item]').count()).toBe(count);
  await page.getByLabel('Sorted by').selectOption('silence');
  await page.waitForURL('**/watch?reason=silent-untold&sort=silence');
  await page.reload();
  await page.locator(`[data-total="${count}"]`).waitFor();
  expect(await page.locator('[data-item]').count()).toBe(count);
  await page.getByRole('combobox', { name: /^Show/ }).selectOption('customers');
  await page.locator('[data-customer]').first().waitFor();
  expect(await brokenRules(page)).toEqual([]);
  expect(faults).toEqual([]);
});

test('an item is handled with a note, by keyboard, and brought back; who comes second hears who was first', async () => {
  const { page } = await site.open('/watch?reason=late-untold');
  await page.locator('[data-item]').first().waitFor();
  const total = await totalOf(page);
  const id = (await page.locator('[data-item]').first().getAttribute('data-item')) ?? '';
  const { page: other } = await site.open('/watch?reason=late-untold');
  await other.locator(`[data-item="${id}"]`).waitFor();

  await page
    .locator(`[data-item="${id}"]`)
    .getByRole('button', { name: /^Handled…: / })
    .focus();
  await page.keyboard.press('Enter');
  await page.keyboard.type('Called, new date on Friday');
  await page.keyboard.press('Tab');
  await page.keyboard.type('Ada');
  await page.keyboard.press('Enter');
  await page.locator(`[data-total="${total - 1}"]`).waitFor();
  expect(await page.locator(`[data-item="${id}"]`).count()).toBe(0);

  await other
    .locator(`[data-item="${id}"]`)
    .getByRole('button', { name: /^Handled…: / })
    .click();
  await other.getByLabel('What was done').fill('Called too');
  await other.getByLabel('Your name').fill('Grace');
  await other.getByRole('button', { name: 'Take it off the list' }).click();
  expect(await other.getByRole('alert').textContent()).toMatch(/^Ada has handled this already.*Called, new date on Friday/);

  await page.goto(`${site.address}/watch?handled=only`);
  await page.locator(`[data-item="${id}"]`).waitFor();
  expect(await page.locator(`[data-item="${id}"] .mark`).textContent()).toMatch(/Handled by Ada.*Called, new date on Friday/s);
  await page.getByRole('button', { name: /^Bring back/ }).click();
  await page.locator('[data-total="0"]').waitFor();
});

test('the link into the tool is copied as it is', async () => {
  const { page } = await site.open('/watch?lang=fa', { permissions: ['clipboard-read', 'clipboard-write'] });
  const item = page.locator('[data-item]').first();
  await item.waitFor();
  const href = await item.locator('a[target="_blank"]').getAttribute('href');
  await item.locator('.acts button').nth(1).click();
  await item.getByText('✓').first().waitFor();
  expect(await page.evaluate(() => navigator.clipboard.readText())).toBe(href);
  expect(href).toMatch(/^https?:\/\/[\x21-\x7e]+$/);
});

test('nothing to do is good news, and filtered to nothing says how to clear the filters', async () => {
  const { page: calm } = await site.open(`/watch?customer=${encodeURIComponent(await calmCustomer())}`);
  await calm.locator('[data-nothing]').waitFor();
  expect(await calm.locator('[data-nothing]').getAttribute('data-nothing')).toBe('good');
  const { page } = await site.open('/watch?team=Nobody');
  await page.locator('[data-nothing="filtered"]').waitFor();
  await page.locator('[data-nothing="filtered"] button').click();
  await page.waitForURL('**/watch');
  await page.locator('[data-item]').first().waitFor();
});

test.each([
  ['fa', 390],
  ['tr', 320],
  ['hy', 768],
])('in %s at %i pixels nothing scrolls sideways and nothing is wrong', async (lang, width) => {
  for (const path of ['/', '/watch', '/watch?view=customers']) {
    const joint = path.includes('?') ? '&' : '?';
    const { page, faults } = await site.open(`${path}${joint}lang=${lang}`, { viewport: { width, height: 800 }, colorScheme: 'dark' });
    await page.locator('[data-item], [data-customer]').first().waitFor();
    expect(await tooWide(page), `${path} ${lang}`).toEqual([]);
    expect(await brokenRules(page), `${path} ${lang}`).toEqual([]);
    expect(faults).toEqual([]);
    await page.context().close();
  }
});
