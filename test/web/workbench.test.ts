import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { brokenRules, openSite, tooWide, type Site } from './browser.js';

let site: Site;

beforeAll(async () => {
  site = await openSite();
});

afterAll(async () => site?.close());

const mayCopy = { permissions: ['clipboard-read', 'clipboard-write'] };

/** The page, once its editor is there. */
async function openWorkbench(search = '', options: Parameters<Site['open']>[1] = {}) {
  const opened = await site.open(`/workbench${search}`, options);
  await opened.page.locator('.editor[data-ready="true"]').waitFor();
  return opened;
}

/** Writes a query by keyboard, in place of what is there. */
async function write(page: Page, text: string): Promise<void> {
  await page.locator('.cm-content').focus();
  await page.keyboard.press('Control+a');
  await page.keyboard.insertText(text);
}

async function run(page: Page, text: string, ends: 'done' | 'failed' = 'done'): Promise<void> {
  await write(page, text);
  await page.keyboard.press('Control+Enter');
  await page.locator(`[data-run="${ends}"]`).waitFor();
}

const byTeam = `select team, count(*) as items, min(created_at)::date as since
from analytics.item
where team is not null
group by team
order by team`;

test('a query runs from the keyboard; its rows are sorted, copied as cells and drawn, and no policy is in the way', async () => {
  const { page, faults } = await openWorkbench('', mayCopy);
  await page.getByRole('heading', { name: 'Nothing asked yet' }).waitFor();
  await run(page, byTeam);
  await page.locator('tbody td[data-at="0"]').first().waitFor();
  const teams = await page.locator('tbody td[data-at="0"]').allTextContents();
  expect(teams.length).toBeGreaterThan(3);
  expect(teams).toEqual([...teams].sort());
  await page.getByText(new RegExp(`^${teams.length} rows in `)).waitFor();

  await page.getByRole('button', { name: 'items' }).press('Enter');
  const items = (await page.locator('tbody td[data-at="1"]').allTextContents()).map(Number);
  expect(items).toEqual(items.toSorted((one, other) => one - other));

  await page.locator('[data-row="0"] [data-at="0"]').focus();
  await page.keyboard.press('Shift+ArrowRight');
  await page.keyboard.press('Shift+ArrowDown');
  await page.keyboard.press('Control+c');
  await page.getByText('4 cells copied').waitFor();
  const copied = await page.evaluate(() => navigator.clipboard.readText());
  expect(copied.split('\n').map((line) => line.split('\t').length)).toEqual([2, 2]);
  expect(copied.split(/[\t\n]/).filter((cell) => /^\d+$/.test(cell))).toEqual(items.slice(0, 2).map(String));

  await page.getByRole('button', { name: 'Chart', exact: true }).press('Enter');
  await page.locator('.drawing svg').waitFor();
  await page.locator('.choices select').first().selectOption('bar');
  await page.locator('.drawing svg', { hasText: teams[0] ?? '' }).waitFor();
  expect(faults).toEqual([]);
});

test('views and columns are completed with what they mean', async () => {
  const { page } = await openWorkbench();
  await write(page, 'select * from analytics.hando');
  await page.keyboard.press('Control+Space');
  await page.locator('.cm-completionInfo', { hasText: 'One row per change of owner' }).waitFor();
  await page.getByRole('option', { name: 'handoff', exact: true }).click();
  await page.locator('.cm-line', { hasText: 'select * from analytics.handoff' }).waitFor();
});

test('a fault is underlined where it is, with SQLSTATE, line and character', async () => {
  const { page } = await openWorkbench();
  await run(page, 'select team,\n  nme\nfrom analytics.item', 'failed');
  await page.getByRole('alert').getByText('column "nme" does not exist').waitFor();
  await page.getByText('Line 2, character 3.').waitFor();
  await page.getByText('SQLSTATE 42703').waitFor();
  expect(await page.locator('.cm-lintRange-error').textContent()).toBe('nme');
  await write(page, 'select team from analytics.item');
  await page.locator('.cm-lintRange-error').waitFor({ state: 'detached' });
});

test('Tab indents, and after Escape it leaves the editor', async () => {
  const { page } = await openWorkbench();
  await write(page, 'select 1');
  await page.keyboard.press('Tab');
  await expect.poll(() => page.locator('.cm-line').first().textContent()).toMatch(/^\s+select 1$/);
  await page.keyboard.press('Escape');
  await page.keyboard.press('Tab');
  await expect.poll(() => page.evaluate(() => document.activeElement?.textContent?.trim())).toBe('Run');
});

test('a plan is a tree of steps with rows and costs', async () => {
  const { page } = await openWorkbench();
  await write(page, 'select team, count(*) from analytics.item group by team');
  await page.getByRole('button', { name: 'Explain' }).click();
  await page.getByRole('heading', { name: 'Plan' }).waitFor();
  await page
    .getByText(/about [\d,]+ rows? · cost [\d,]+/)
    .first()
    .waitFor();
  await page.getByText('Group Key: ').first().waitFor();
  expect(await page.getByText('"Node Type"').count()).toBe(0);
});

test('a query on its way is cancelled', async () => {
  const { page } = await openWorkbench();
  await write(page, 'select count(*) from analytics.event a, analytics.event b, analytics.event c');
  await page.keyboard.press('Control+Enter');
  await page.locator('[data-run="running"]').waitFor();
  await page.getByRole('button', { name: 'Cancel' }).click();
  await page.locator('[data-run="failed"]').getByText('Cancelled').first().waitFor();
  await page.getByRole('button', { name: 'Run' }).waitFor();
});

test('what is cut at a limit says so, and a hundred thousand rows take no more of the page than those in sight', async () => {
  const { page } = await openWorkbench();
  await run(page, 'select n, n % 7 as day from generate_series(1, 150000) n');
  await page.getByText('Cut at 100,000 rows: there are more.').waitFor();
  expect(await page.locator('tbody tr[data-row]').count()).toBeLessThan(80);
  await page.locator('[data-row="0"] [data-at="0"]').focus();
  await page.keyboard.press('Control+End');
  await page.locator('[data-row="99999"] [data-at="1"]:focus').waitFor();
  expect(await page.locator('[data-row="99999"] [data-at="0"]').textContent()).toBe('100000');
});

test('no rows are told from a fault', async () => {
  const { page } = await openWorkbench();
  await run(page, "select item_id from analytics.item where team = 'nobody at all'");
  await page.getByText('No rows: the query is right').waitFor();
  await page.getByText('Its columns would be: item_id.').waitFor();
});

test('a query is kept with its parameter, and its link opens it with the value', async () => {
  const { page } = await openWorkbench('', mayCopy);
  await write(page, 'select count(*) as items from analytics.item where team = $1');
  const parameter = page.getByRole('group', { name: 'Parameter 1' });
  await parameter.getByLabel('Name').fill('team');
  await parameter.getByLabel('Value').fill('Billing');
  await page.getByRole('button', { name: 'Save' }).click();
  await page.getByLabel('Title').fill('Items of a team');
  await page.getByRole('button', { name: 'Save as new' }).click();
  await page.getByText('“Items of a team” is kept.').waitFor();
  await parameter.getByLabel('Value').fill("Access'; drop table");
  await page.getByRole('button', { name: 'Copy the link' }).click();
  await page.getByText('The link is copied').waitFor();
  const link = new URL(await page.evaluate(() => navigator.clipboard.readText()));

  const { page: other } = await openWorkbench(link.search);
  await other.getByRole('heading', { name: 'Items of a team' }).waitFor();
  expect(await other.getByRole('group', { name: 'Parameter 1' }).getByLabel('Value').inputValue()).toBe("Access'; drop table");
  await other.getByRole('button', { name: 'Run' }).click();
  await other.locator('[data-run="done"]').waitFor();
  expect(await other.locator('[data-row="0"] [data-at="0"]').textContent()).toBe('0');
  await other.getByText('Your runs').click();
  await other.getByRole('button', { name: 'where team = $1' }).first().waitFor();
  await other.getByText('Kept queries').click();
  other.once('dialog', (dialog) => void dialog.accept());
  await other.getByRole('button', { name: 'Remove “Items of a team”' }).click();
  await other.getByText('Nothing is kept yet.').waitFor();
});

test('names are put into the query by a click, and examples are ready to run', async () => {
  const { page } = await openWorkbench();
  await write(page, 'select count(*) from ');
  await page.getByLabel('Search views and columns').fill('due_moves');
  await page
    .getByRole('button', { name: /^Insert analytics\./ })
    .first()
    .click();
  await expect.poll(() => page.locator('.cm-line').first().textContent()).toMatch(/^select count\(\*\) from analytics\.\w+$/);
  await page.getByText('Examples', { exact: true }).click();
  await page.getByRole('button', { name: 'oldest open items' }).last().click();
  await page.getByRole('button', { name: 'Run' }).click();
  await page.locator('[data-run="done"]').waitFor();
});

test('a workbench that is off says why', async () => {
  const { page } = await site.open('/data');
  await page.route('**/api/workbench/state', async (route) => {
    const answer = await route.fetch();
    const reason = 'Query “write by a function” was allowed. Run throughline workbench setup.';
    await route.fulfill({ response: answer, json: { ...(await answer.json()), isOn: false, isChecking: false, reason } });
  });
  await page.getByRole('navigation', { name: 'Main' }).getByRole('button', { name: 'Data' }).click();
  await page.getByRole('link', { name: 'SQL' }).click();
  await page.getByRole('heading', { name: 'The workbench is off' }).waitFor();
  await page.getByText('Run throughline workbench setup.').waitFor();
  expect(await brokenRules(page)).toEqual([]);
});

test.each([
  ['en', 1366, 'light'],
  ['fa', 390, 'dark'],
  ['hy', 320, 'light'],
] as const)('editor, rows, chart and plan are free of faults of access in %s, %i pixels wide, %s', async (lang, width, colorScheme) => {
  const { page } = await openWorkbench(`?lang=${lang}`, { viewport: { width, height: 900 }, colorScheme });
  await run(page, byTeam.replace('is not null', 'is distinct from $1'));
  await page.locator('aside > details').evaluateAll((parts: HTMLDetailsElement[]) => parts.forEach((part) => (part.open = true)));
  expect(await brokenRules(page)).toEqual([]);
  await page.locator('[aria-pressed="false"]').click();
  await page.locator('.drawing svg').waitFor();
  expect(await brokenRules(page)).toEqual([]);
  await page.locator('.actions > button').nth(1).click();
  await page.locator('.step').first().waitFor();
  expect(await brokenRules(page)).toEqual([]);
  expect(await tooWide(page)).toEqual([]);
});
