import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { freePort, removeDirectory, startServer, temporaryDirectory, type RunningServer } from '../support/built-server.js';
import type { TestDatabase } from '../support/database.js';
import { sampleDatabase } from '../support/sample-company.js';
import { brokenRules, browse, type Site } from './browser.js';

let server: RunningServer;
let site: Site;
let directory: string;
let pool: TestDatabase['pool'];
const password = 'correct horse battery';

beforeAll(async () => {
  const database = await sampleDatabase();
  ({ pool } = database);
  directory = await temporaryDirectory();
  server = await startServer({
    DATABASE_URL: database.url,
    DATA_DIR: directory,
    PORT: String(await freePort()),
    THROUGHLINE_SIGN_IN: 'required',
  });
  site = await browse(server);
});

afterAll(async () => {
  await site?.close();
  await removeDirectory(directory);
});

async function signIn(page: Page, email: string): Promise<void> {
  await page.getByLabel('E-mail address').fill(email);
  await page.getByLabel('Password', { exact: true }).fill(password);
  await page.getByRole('button', { name: 'Sign in' }).click();
}

test('a guest sees the sample; the printed link makes the first administrator, who signs out and in again', async () => {
  const { page } = await site.open('/');
  await page.locator('[data-board="delay"] .value').waitFor();
  await page.getByRole('link', { name: 'Sign in' }).click();
  await page.getByRole('heading', { name: 'There is no administrator yet' }).waitFor();
  await page.getByRole('link', { name: 'Back to the first page' }).click();
  await page.locator('[data-board="delay"] .value').waitFor();

  const [, link = ''] = /Make the first administrator: (\S+)/.exec(server.output()) ?? [];
  await page.goto(link);
  await page.getByLabel('Name').fill('Ada');
  await page.getByLabel('E-mail address').fill('ada@company.test');
  await page.getByLabel('New password').fill('Password1234!');
  expect(page.url()).toBe(`${site.address}/welcome`);
  expect(await brokenRules(page)).toEqual([]);
  await page.getByRole('button', { name: 'Save' }).click();
  await page.getByText('This password is among those that are tried first').waitFor();
  await page.getByLabel('New password').fill(password);
  await page.getByRole('button', { name: 'Save' }).click();
  await page.locator('[data-board="delay"] .value').waitFor();

  await page.getByRole('button', { name: 'Ada' }).click();
  await page.getByRole('button', { name: 'Sign out' }).click();
  await page.waitForURL('**/sign-in');
  await page.goto(`${site.address}/boards/delay?team=Billing`);
  await page.waitForURL(/\/sign-in\?next=/);
  await page.getByRole('heading', { name: 'Sign in' }).waitFor();
  expect(await brokenRules(page)).toEqual([]);
  await page.getByLabel('E-mail address').fill('ada@company.test');
  await page.getByLabel('Password', { exact: true }).fill('wrong horse battery');
  await page.getByRole('button', { name: 'Sign in' }).click();
  await page.getByText('This address and password do not belong together.').waitFor();
  await signIn(page, 'ada@company.test');
  await page.waitForURL('**/boards/delay?team=Billing');
  await page.locator('article[data-chart]').first().waitFor();
  await page.context().close();
});

test('an administrator adds a viewer, whose link sets a password, and who is kept from the users', async () => {
  const { page, faults } = await site.open('/sign-in?next=/users');
  await signIn(page, 'ada@company.test');
  await page.waitForURL('**/users');
  await page.getByRole('button', { name: 'Add an account' }).click();
  await page.getByLabel('E-mail address').fill('vera@company.test');
  await page.getByRole('textbox', { name: 'Name' }).fill('Vera');
  await page.getByRole('button', { name: /^Team/ }).click();
  await page.getByRole('checkbox', { name: 'Billing' }).check();
  await page.getByRole('button', { name: /^Team/ }).click();
  expect(await brokenRules(page)).toEqual([]);
  await page.getByRole('button', { name: 'Save' }).click();
  const link = (await page.locator('[data-link]').textContent()) ?? '';
  expect(await page.locator('[data-user="vera@company.test"]').textContent()).toMatch(/viewer · Sees: Team: Billing/);
  expect(await brokenRules(page)).toEqual([]);
  expect(faults).toEqual([]);
  await page.context().close();

  const { page: hers } = await site.open(link.replace(site.address, ''));
  await hers.getByText('For the account vera@company.test.').waitFor();
  await hers.getByLabel('New password').fill(password);
  await hers.getByRole('button', { name: 'Save' }).click();
  await hers.waitForURL('**/sign-in');
  await signIn(hers, 'vera@company.test');
  await hers.locator('[data-board="delay"]').waitFor();
  await hers.getByRole('button', { name: 'Vera' }).click();
  expect(await hers.getByRole('link', { name: 'Users' }).count()).toBe(0);
  await hers.goto(`${site.address}/users`);
  await hers.getByRole('heading', { name: 'This page is not for your role' }).waitFor();
  await hers.getByText('Open to: administrator. Your role: viewer.').waitFor();
  await hers.goto(`${site.address}/account`);
  await hers.getByText('this browser').waitFor();
  expect(await brokenRules(hers)).toEqual([]);
  await hers.context().close();
});

test('a link that was used says so, and an address of another site is not gone on to', async () => {
  const { page } = await site.open('/welcome#key=used');
  await page.getByRole('heading', { name: 'This link works no more' }).waitFor();
  await page.goto(`${site.address}/sign-in?next=https://evil.example/`);
  await signIn(page, 'ada@company.test');
  await page.waitForURL(`${site.address}/`);
  await page.context().close();
});

test('whoever is signed in is asked for no name, and an administrator hands what goes on by itself to another account', async () => {
  const { page } = await site.open('/sign-in?next=/exports');
  await signIn(page, 'ada@company.test');
  await page.waitForURL(`${site.address}/exports`);
  const answers = await page.evaluate(async () => {
    const post = async (path: string, body: object) => {
      const headers = { 'content-type': 'application/json' };
      return (await fetch(path, { method: 'POST', headers, body: JSON.stringify(body) })).status;
    };
    return [
      await post('/api/users', { email: 'lea@company.test', name: 'Lea', role: 'lead' }),
      await post('/api/alerts', { name: 'Stale', rule: { kind: 'stale', hours: 4 }, delivery: { zone: 'UTC' } }),
    ];
  });
  expect(answers).toEqual([201, 201]);
  await page.getByRole('button', { name: 'New export schedule' }).click();
  await page.getByLabel('Name', { exact: true }).fill('All items');
  expect(await page.getByLabel('Whose it is').count()).toBe(0);
  await page.getByRole('button', { name: 'Save' }).click();
  const card = page.getByRole('article', { name: 'All items' });
  await card.getByText('Ada').waitFor();
  await card.getByRole('button', { name: 'Change' }).click();
  await page.getByLabel('Whose it is').selectOption('Lea');
  await page.getByRole('button', { name: 'Save' }).click();
  await card.getByText('Lea').waitFor();

  await page.goto(`${site.address}/alerts`);
  const alert = page.locator('[data-alert="Stale"]');
  await alert.getByRole('button', { name: 'Hand over: Stale' }).click();
  await alert.getByLabel('Whose it is').selectOption('Lea');
  await alert.getByRole('button', { name: 'Hand over', exact: true }).click();
  await alert.locator('p', { hasText: 'Lea' }).waitFor();
  await page.context().close();
});

test('what nobody owns is listed under the users and given to an account', async () => {
  await pool.query(`insert into app.saved_view (name, owner, path, query) values ('Mondays', 'Omar', '/boards/delay', 'team=Billing')`);
  const { page } = await site.open('/sign-in?next=/users');
  await signIn(page, 'ada@company.test');
  const list = page.getByRole('region', { name: 'Without an owner' });
  await list.getByText('Mondays').waitFor();
  expect(await list.locator('li').innerText()).toMatch(/Mondays · view · kept by Omar/);
  await list.getByLabel('Give to').selectOption('Ada');
  expect(await brokenRules(page)).toEqual([]);
  await list.getByRole('button', { name: 'Give: Mondays' }).click();
  await list.getByText('“Mondays” now belongs to Ada.').waitFor();
  await list.locator('li').waitFor({ state: 'detached' });
  await page.context().close();
});
