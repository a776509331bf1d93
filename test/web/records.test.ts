import { afterAll, beforeAll, expect, test } from 'vitest';
import { brokenRules, openSite, type Site } from './browser.js';

let site: Site;

beforeAll(async () => {
  site = await openSite();
});

afterAll(async () => site?.close());

async function send(method: string, path: string, body: object): Promise<Response> {
  const headers = { 'content-type': 'application/json', origin: site.address };
  return fetch(`${site.address}${path}`, { method, headers, body: JSON.stringify(body) });
}

test('the audit log shows what was done, leaves out what is not asked for, and keeps the question in the address', async () => {
  expect((await send('POST', '/api/notes', { from: '2026-01-05', kind: 'release', text: 'New till' })).status).toBe(201);
  const { page, faults } = await site.open('/audit?lang=en');
  const rows = page.locator('tbody tr');
  await rows.first().waitFor();
  expect(await rows.first().innerText()).toMatch(/Note added[\s\S]*done[\s\S]*from: 2026-01-05, kind: release/);
  await page.getByLabel('Action').selectOption('sign-in');
  await page.getByText('Nothing of that kind is in the log.').waitFor();
  expect(new URL(page.url()).searchParams.get('action')).toBe('sign-in');
  await page.getByLabel('Action').selectOption({ label: 'Note added' });
  await rows.first().waitFor();
  await page.getByLabel('Outcome').selectOption({ label: 'refused' });
  await page.getByText('Nothing of that kind is in the log.').waitFor();
  await page.getByLabel('Outcome').selectOption({ label: 'done' });
  await rows.first().waitFor();
  expect(await page.getByRole('link', { name: 'CSV' }).getAttribute('href')).toBe(
    '/api/audit/download?action=note.add&outcome=done&format=csv',
  );
  await page.getByRole('combobox', { name: 'Language' }).selectOption('hy');
  await rows.getByText('Նշման ավելացում').first().waitFor();
  expect(faults).toEqual([]);
  await page.close();
});

test('the page of health puts first what is to be done, and says what', async () => {
  const { page, faults } = await site.open('/health?lang=en');
  const first = page.locator('li[data-check]').first();
  await first.waitFor();
  expect(await first.getAttribute('data-state')).not.toBe('ok');
  const signIn = page.locator('li[data-check="sign-in"]');
  expect(await signIn.innerText()).toContain('Leave THROUGHLINE_SIGN_IN out where others use it too.');
  await page.getByRole('button', { name: 'Look again' }).click();
  await first.waitFor();
  expect(faults).toEqual([]);
  await page.close();
});

test('a limit says what it would take away before it is set, and is paused', async () => {
  const { page, faults } = await site.open('/privacy?lang=en');
  const card = page.locator('[data-retention]').first();
  await card.getByText('Texts are kept always.').waitFor();
  await card.getByRole('button', { name: /^Change: / }).click();
  await card.getByLabel('Days; empty: always').fill('30');
  await card.getByLabel('Days; empty: always').press('Tab');
  await card.getByText(/would empty [\d,]+ messages, the oldest of/).waitFor();
  expect(await brokenRules(page)).toEqual([]);
  await card.getByRole('button', { name: 'Save' }).click();
  await card.getByText('Texts are kept for 30 days.').waitFor();
  await card.getByRole('button', { name: /^Pause/ }).click();
  await card.getByText('Paused: nothing is taken away.').waitFor();
  expect(faults).toEqual([]);
  await page.close();
});

test('somebody is found by a part of the name, and erased once the whole name is typed', async () => {
  const { people } = (await (await fetch(`${site.address}/api/privacy/erased`)).json()) as { people: object[] };
  expect(people).toEqual([]);
  const { page, faults } = await site.open('/privacy?lang=en');
  await page.getByLabel('Part of a name, id or address').fill('an');
  await page.getByRole('button', { name: 'Search' }).click();
  const found = page.locator('[data-found]').first();
  const name = (await found.getAttribute('data-found')) ?? '';
  await found.getByRole('button', { name: `See what is held: ${name}` }).click();
  await page.getByRole('table', { name: `What is held of ${name}` }).waitFor();
  const erase = page.getByRole('button', { name: 'Erase for ever' });
  expect(await erase.isDisabled()).toBe(true);
  expect(await brokenRules(page)).toEqual([]);
  await page.getByLabel('To erase, type').fill(name);
  await erase.click();
  await page.getByText(/stands for the person from now on/).waitFor();
  await page.getByRole('rowheader', { name: /^Erased [0-9a-f]{8}$/ }).waitFor();
  expect(await page.locator('main').innerText()).not.toContain(name);
  await page.getByLabel('Days you keep backups').fill('90');
  await page.getByLabel('Days you keep backups').press('Enter');
  await page.getByText(/no backup holds anybody who was erased so far/).waitFor();
  expect(faults).toEqual([]);
  await page.close();
});

/** Last: it takes the data away from the tests above. */
test('the sample goes with one click, and the page says how to begin', async () => {
  const { page } = await site.open('/');
  await page.getByRole('button', { name: 'Remove the sample data' }).click();
  await page.getByRole('heading', { name: 'No data yet' }).waitFor();
  await page.getByText('This is a made-up company').waitFor({ state: 'detached' });
});
