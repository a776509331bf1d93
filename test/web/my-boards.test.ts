import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { PersonalBoard } from '#server/api.js';
import { directionOf, moved, placeAfter, resized } from '../../web/src/lib/my-boards/arrange.js';
import { brokenRules, chartsDrawn, openSite, tooWide, type Site } from './browser.js';

let site: Site;

beforeAll(async () => {
  site = await openSite();
});

afterAll(async () => site?.close());

const placed = (widths: ('half' | 'full')[]) => widths.map((width, at) => ({ board: 'delay', chart: String(at), width }));

test('a chart moves by one place, or by one row of a wide screen', () => {
  // Rows: 0 1 / 2 / 3 4 / 5
  const charts = placed(['half', 'half', 'full', 'half', 'half', 'half']);
  expect(placeAfter(charts, 1, 'earlier')).toBe(0);
  expect(placeAfter(charts, 0, 'earlier')).toBe(0);
  expect(placeAfter(charts, 5, 'later')).toBe(5);
  expect(placeAfter(charts, 1, 'down')).toBe(2);
  expect(placeAfter(charts, 2, 'down')).toBe(3);
  expect(placeAfter(charts, 4, 'down')).toBe(5);
  expect(placeAfter(charts, 3, 'up')).toBe(2);
  expect(placeAfter(charts, 0, 'up')).toBe(0);
  expect(moved(charts, 0, 2).map(({ chart }) => chart)).toEqual(['1', '2', '0', '3', '4', '5']);
  expect(resized(charts, 1, 'full').map(({ width }) => width)).toEqual(['half', 'full', 'full', 'half', 'half', 'half']);
});

test('arrow keys go the way the language reads', () => {
  expect([directionOf('ArrowLeft', 'ltr'), directionOf('ArrowLeft', 'rtl')]).toEqual(['earlier', 'later']);
  expect([directionOf('ArrowDown', 'rtl'), directionOf('x', 'ltr')]).toEqual(['down', null]);
});

/** Makes a board as a script does. */
async function make(board: object): Promise<PersonalBoard> {
  const headers = { 'content-type': 'application/json', origin: site.address };
  const answer = await fetch(`${site.address}/api/personal-boards`, { method: 'POST', headers, body: JSON.stringify(board) });
  expect(answer.status).toBe(201);
  return (await answer.json()) as PersonalBoard;
}

const kept = async (id: string) => (await (await fetch(`${site.address}/api/personal-boards/${id}`)).json()) as PersonalBoard;
const charts = [
  { board: 'delay', chart: 'on-time' },
  { board: 'delay', chart: 'slip' },
  { board: 'handoff', chart: 'wait-causes' },
];

async function openAs(person: string, path: string, options: Parameters<Site['open']>[1] = {}): Promise<{ page: Page; faults: string[] }> {
  const { page, faults } = await site.open('/data', options);
  await page.evaluate((name) => localStorage.setItem('throughline.person', name), person);
  await page.goto(site.address + path);
  await page.locator('h1').first().waitFor();
  return { page, faults };
}

test('a chart is put on a new board from its menu, and drawn there with the same choice, drill and Why', async () => {
  const { page, faults } = await site.open('/boards/delay?period=13-weeks');
  await chartsDrawn(page);
  const card = page.locator('[data-chart="on-time"]');
  await card.getByRole('button', { name: /^More of/ }).click();
  await card.getByRole('button', { name: 'On a new board' }).click();
  await card.getByLabel('Title of the board').fill('Stand-up');
  await card.getByLabel('Your name').fill('Dora');
  await card.getByRole('button', { name: 'Make it' }).click();
  await card.getByRole('status').getByText('Now on “Stand-up”.').waitFor();
  await card.getByRole('link', { name: 'On “Stand-up” already' }).click();
  await page.getByRole('heading', { level: 1, name: 'Stand-up' }).waitFor();

  await page.goto(`${page.url()}?period=13-weeks`);
  await chartsDrawn(page);
  expect(await page.locator('[data-chart]').evaluateAll((cards) => cards.map((one) => one.getAttribute('data-chart')))).toEqual([
    'on-time',
  ]);
  const mark = page.locator('[data-chart="on-time"] [class*="open_marks"] > *').first();
  const count = /([\d,]+) promises/.exec((await mark.getAttribute('aria-label')) ?? '')?.[1];
  await mark.focus();
  await page.keyboard.press('Enter');
  await page.locator('[data-total]').waitFor();
  expect(await page.locator('[data-total]').getAttribute('data-total')).toBe(count);
  await page.goBack();
  await page.getByRole('link', { name: /^Why/ }).first().click();
  await page.waitForURL(/\/my\/.+why=on-time/);
  await page.getByRole('heading', { name: /^Why/ }).or(page.locator('[data-segment]')).first().waitFor();
  expect(faults).toEqual([]);
});

test('its owner arranges it by keys and by buttons, and it stays so', async () => {
  const { id } = await make({ title: 'Arranged', owner: 'Ann', charts });
  const { page, faults } = await openAs('Ann', `/my/${id}`);
  await chartsDrawn(page);
  await page.getByRole('button', { name: 'Arrange' }).click();
  await page
    .getByRole('button', { name: /^Move “On time/ })
    .first()
    .focus();
  await page.keyboard.press('ArrowRight');
  await page.getByText(/is now 2 of 3/).waitFor({ state: 'attached' });
  await page.waitForFunction(() => document.activeElement?.getAttribute('aria-label')?.startsWith('Move “On time'));
  await page.keyboard.press('w');
  await page.getByText(/has the full width/).waitFor({ state: 'attached' });
  await page
    .getByRole('button', { name: /^Later: “How far|^Later: “/ })
    .first()
    .click();
  await expect
    .poll(async () => (await kept(id)).charts)
    .toEqual([
      { board: 'delay', chart: 'on-time', width: 'full' },
      { board: 'delay', chart: 'slip', width: 'half' },
      { board: 'handoff', chart: 'wait-causes', width: 'half' },
    ]);
  await page
    .getByRole('button', { name: /^Take “.*” off/ })
    .nth(1)
    .click();
  await expect.poll(async () => (await kept(id)).charts.map(({ chart }) => chart)).toEqual(['on-time', 'wait-causes']);
  await page.waitForFunction(() => document.activeElement?.classList.contains('handle'));
  await page.reload();
  await chartsDrawn(page);
  expect(await page.locator('[data-placed]').evaluateAll((cells) => cells.map((one) => one.getAttribute('data-placed')))).toEqual([
    'delay/on-time',
    'handoff/wait-causes',
  ]);
  expect(faults).toEqual([]);
});

test('a chart is dragged to another place', async () => {
  const { id } = await make({ title: 'Dragged', owner: 'Ann', charts });
  const { page } = await openAs('Ann', `/my/${id}`, { viewport: { width: 1366, height: 1800 } });
  await chartsDrawn(page);
  await page.getByRole('button', { name: 'Arrange' }).click();
  await page
    .locator('[data-placed="handoff/wait-causes"] .arrange')
    .dragTo(page.locator('[data-placed="delay/on-time"] .arrange'), { sourcePosition: { x: 300, y: 10 } });
  await expect.poll(async () => (await kept(id)).charts.map(({ chart }) => chart)).toEqual(['wait-causes', 'on-time', 'slip']);
});

test('it is renamed, duplicated, removed and brought back', async () => {
  const { id } = await make({ title: 'First name', owner: 'Eve', charts });
  const { page, faults } = await openAs('Eve', `/my/${id}`);
  await page.getByRole('button', { name: 'Rename' }).click();
  await page.getByLabel('Title of the board').fill('Second name');
  await page.getByRole('button', { name: 'Keep' }).click();
  await page.getByRole('heading', { level: 1, name: 'Second name' }).waitFor();
  await page.getByRole('button', { name: 'Duplicate' }).click();
  await page.getByRole('heading', { level: 1, name: 'Second name (copy)' }).waitFor();
  await page.getByRole('button', { name: 'Remove', exact: true }).click();
  await page.getByText('“Second name (copy)” was removed.').waitFor();
  await page.getByRole('link', { name: 'Second name (copy)' }).waitFor({ state: 'detached' });
  await page.getByRole('button', { name: 'Undo' }).click();
  await page.getByRole('heading', { level: 1, name: 'Second name (copy)' }).waitFor();
  expect(faults).toEqual([]);
});

test('somebody else reads it and duplicates it, but has nothing to change it with', async () => {
  const { id } = await make({ title: 'Of Ann', owner: 'Ann', charts });
  const { page } = await openAs('Ben', `/my/${id}`);
  await chartsDrawn(page);
  expect(await page.getByRole('button', { name: 'Arrange' }).count()).toBe(0);
  expect(await page.getByRole('button', { name: 'Remove', exact: true }).count()).toBe(0);
  await page.getByRole('button', { name: 'Duplicate' }).click();
  await page.getByRole('heading', { level: 1, name: 'Of Ann (copy)' }).waitFor();
  await page.getByText('Board of Ben').waitFor();
});

test('a chart nobody knows any more is told in its place', async () => {
  const { id } = await make({ title: 'Old', owner: 'Ann', charts });
  const { page } = await openAs('Ann', `/my/${id}`);
  await page.route('**/api/personal-boards/*/charts?*', async (route) => {
    const answer = (await (await route.fetch()).json()) as { charts: { answer: unknown }[] };
    await route.fulfill({ json: { ...answer, charts: answer.charts.map((one, at) => (at === 1 ? { ...one, answer: null } : one)) } });
  });
  await page.reload();
  await page.getByText('The chart “slip” of the board “delay” is no longer known.').waitFor();
});

test('every board of people is in the palette, and the list keeps the rules while one is arranged', async () => {
  const { id } = await make({ title: 'Quartal', owner: 'Ann', charts });
  const { page } = await openAs('Ann', `/my/${id}?lang=fa`, { viewport: { width: 320, height: 800 } });
  await chartsDrawn(page);
  await page.getByRole('button', { name: 'چیدن' }).click();
  await page.locator('.arrange').first().waitFor();
  expect(await brokenRules(page)).toEqual([]);
  expect(await tooWide(page)).toEqual([]);
  await page.keyboard.press('Control+k');
  await page.locator('dialog[open] input').first().fill('Quart');
  await page.getByRole('option', { name: /Quartal/ }).click();
  await page.waitForURL(`**/my/${id}**`);
});
