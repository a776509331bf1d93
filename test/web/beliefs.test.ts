import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { BeliefState } from '#server/api.js';
import { brokenRules, chartsDrawn, openSite, type Site } from './browser.js';

let site: Site;

beforeAll(async () => {
  site = await openSite();
});

afterAll(async () => site?.close());

/** The delay board as somebody opens it who has told his name here. */
async function openAs(person: string, address = '/boards/delay'): Promise<Page> {
  const { page } = await site.open('/data');
  await page.evaluate((name) => localStorage.setItem('throughline.person', name), person);
  await page.goto(site.address + address);
  await chartsDrawn(page);
  return page;
}

const cardOf = (page: Page) => page.locator('[data-chart="on-time"]');
const isAsked = async (page: Page) => (await cardOf(page).locator('[data-belief="asked"]').count()) === 1;

test('asks before the number is there for eye or ear, and the rest of the board stays to be read', async () => {
  const page = await openAs('Ann');
  await page.getByText('Before you look').waitFor();
  expect(await cardOf(page).locator('.headline').isVisible()).toBe(false);
  expect(await cardOf(page).ariaSnapshot()).not.toMatch(/interval|2,\d{3} promises|Show the table/);
  expect(await cardOf(page).ariaSnapshot()).toContain('On time: by the first date');
  expect(await page.locator('[data-chart="goalpost-gap"] .headline').isVisible()).toBe(true);
  expect(await brokenRules(page)).toEqual([]);
});

test('on paper the number is there, and the question is not', async () => {
  const page = await openAs('Ann');
  await page.getByText('Before you look').waitFor();
  await page.emulateMedia({ media: 'print' });
  expect(await cardOf(page).locator('.headline').isVisible()).toBe(true);
  expect(await page.getByText('Before you look').isVisible()).toBe(false);
});

test('an answer is kept by keyboard alone, shown beside the number, and asked for once', async () => {
  const page = await openAs('Bea');
  await page.getByLabel('Your answer in percent').focus();
  await page.keyboard.type('180');
  await page.keyboard.press('Enter');
  await cardOf(page).getByRole('alert').waitFor();
  expect(await cardOf(page).getByRole('alert').textContent()).toContain('the value lies between 0 % and 100 %');
  expect(await cardOf(page).locator('.headline').isVisible()).toBe(false);

  await page.getByLabel('Your answer in percent').fill('80 %');
  await page.keyboard.press('Enter');
  const told = cardOf(page).getByRole('table', { name: 'Believed and measured' });
  await told.waitFor();
  expect(await told.locator('tbody tr').innerText()).toMatch(/^Q\d 20\d\d\s+80 %\s+[\d.]+ %\s+[\d.]+ % – [\d.]+ %\s+[+−][\d.]+ pp$/);
  await cardOf(page).locator('.headline').waitFor();
  expect(await brokenRules(page)).toEqual([]);

  await page.reload();
  await chartsDrawn(page);
  await cardOf(page).locator('.headline').waitFor();
  expect(await isAsked(page)).toBe(false);
});

test('passed over, it is not asked again', async () => {
  const page = await openAs('Cora');
  await cardOf(page).getByRole('button', { name: 'Skip' }).click();
  await cardOf(page).locator('.headline').waitFor();
  const state = await fetch(`${site.address}/api/beliefs/question?board=delay&person=Cora`);
  expect(((await state.json()) as BeliefState).question).toBeNull();
  await page.reload();
  await cardOf(page).locator('.headline').waitFor();
  expect(await isAsked(page)).toBe(false);
});

test('somebody who wants no such questions is asked none, until he does', async () => {
  const page = await openAs('Dora');
  await cardOf(page).getByRole('button', { name: 'Do not ask again' }).click();
  await cardOf(page).locator('.headline').waitFor();
  await page.goto(`${site.address}/boards/expectation`);
  await chartsDrawn(page);
  expect(await page.getByText('Before you look').count()).toBe(0);

  await page.keyboard.press('Control+k');
  await page.locator('dialog[open] input').fill('Ask what I believe');
  await page.getByRole('option', { name: /^Ask what I believe/, selected: true }).waitFor();
  await page.keyboard.press('Enter');
  await page.goto(`${site.address}/boards/delay`);
  await page.getByText('Before you look').waitFor();
});

test.each([
  ['a link to a chart', '/boards/delay#chart-on-time'],
  ['a link to why', '/boards/delay?why=on-time'],
  ['filtered numbers', '/boards/delay?channel=phone'],
])('%s is not kept back by a question', async (_what, address) => {
  const page = await openAs('Eva', address);
  await cardOf(page).locator('.headline').waitFor();
  expect(await isAsked(page)).toBe(false);
});

test('nobody is asked without a name', async () => {
  const { page } = await site.open('/boards/delay');
  await chartsDrawn(page);
  expect(await cardOf(page).locator('.headline').isVisible()).toBe(true);
  expect(await isAsked(page)).toBe(false);
});

test('in Persian the quarter is that of the Jalali calendar, and the answer has its digits', async () => {
  const page = await openAs('Farah', '/boards/delay?lang=fa');
  await page.getByText('پیش از دیدن').waitFor();
  expect(await cardOf(page).locator('.asked').textContent()).toContain('۱۴۰۵');
  await cardOf(page).locator('input').fill('۷۵٫۵');
  await page.keyboard.press('Enter');
  await cardOf(page).getByText('۷۵٫۵٪').waitFor();
});
