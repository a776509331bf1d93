import { Secret, TOTP } from 'otpauth';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { freePort, removeDirectory, startServer, temporaryDirectory, type RunningServer } from '../support/built-server.js';
import { sampleDatabase } from '../support/sample-company.js';
import { brokenRules, browse, type Site } from './browser.js';

let server: RunningServer;
let site: Site;
let directory: string;
/** Signed in as the administrator. */
let page: Page;
let faults: string[];
const email = 'ada@company.test';
const password = 'correct horse battery';

beforeAll(async () => {
  const database = await sampleDatabase();
  directory = await temporaryDirectory();
  server = await startServer({
    DATABASE_URL: database.url,
    DATA_DIR: directory,
    PORT: String(await freePort()),
    THROUGHLINE_SIGN_IN: 'required',
    THROUGHLINE_SHARE_LINKS: 'on',
  });
  site = await browse(server);
  const [, link = ''] = /Make the first administrator: (\S+)/.exec(server.output()) ?? [];
  ({ page, faults } = await site.open(new URL(link).pathname + new URL(link).search));
  await page.getByLabel('Name').fill('Ada');
  await page.getByLabel('E-mail address').fill(email);
  await page.getByLabel('New password').fill(password);
  await page.getByRole('button', { name: 'Save' }).click();
  await page.locator('[data-board="delay"] .value').waitFor();
}, 300_000);

afterAll(async () => {
  await site?.close();
  await removeDirectory(directory);
});

const copied = async (nth = 0) => (await page.locator('[data-copy]').nth(nth).textContent()) ?? '';

test('a token is made with what was chosen, opens for a script and opens nothing once it is revoked', async () => {
  await page.getByRole('button', { name: 'Ada' }).click();
  await page.getByRole('link', { name: 'API tokens' }).click();
  await page.getByRole('button', { name: 'Make a token' }).click();
  await page.getByLabel('What it is for').fill('nightly');
  await page.getByLabel('take rows out as files').check();
  await page.getByLabel('Ends after').selectOption({ label: '30 days' });
  expect(await brokenRules(page)).toEqual([]);
  await page.getByRole('button', { name: 'Make a token' }).click();
  await page.locator('[data-token="nightly"]').waitFor();
  const key = await copied();
  expect(key).toMatch(/^tl_[A-Za-z0-9_-]{43}$/);
  expect(await brokenRules(page)).toEqual([]);
  const status = async (path: string) => (await fetch(site.address + path, { headers: { authorization: `Bearer ${key}` } })).status;
  expect([await status('/api/boards/delay'), await status('/api/users'), await status(`/api/state?key=${key}`)]).toEqual([200, 403, 400]);
  await page.reload();
  await page.locator('[data-token="nightly"]').getByText('last used').waitFor();
  expect(await page.locator('[data-copy]').count()).toBe(0);
  await page.getByRole('button', { name: 'Revoke: nightly' }).click();
  await page.getByRole('button', { name: 'Revoke', exact: true }).click();
  await page.getByText('There is no token yet.').waitFor();
  expect(await status('/api/boards/delay')).toBe(401);
});

test('a share link shows its board to somebody without an account, and nothing else', async () => {
  await page.goto(`${site.address}/boards/delay?team=Billing`);
  await page.getByRole('button', { name: 'Share' }).click();
  await page.getByLabel('What it shows').fill('For the steering group');
  await page.getByRole('button', { name: 'Make a link' }).click();
  await page.locator('[data-copy]').waitFor();
  const link = await copied();
  const visitor = await site.open(link.replace(site.address, ''));
  await visitor.page.waitForURL('**/boards/delay?team=Billing');
  await visitor.page.locator('article[data-chart]').first().waitFor();
  expect(visitor.page.url()).not.toContain('#');
  expect(await visitor.page.getByRole('navigation', { name: 'Main' }).getByRole('link').count()).toBe(0);
  expect(await visitor.page.getByRole('button', { name: /Note an event|Set a target/ }).count()).toBe(0);
  expect(await brokenRules(visitor.page)).toEqual([]);
  expect(visitor.faults).toEqual([]);
  await visitor.page.goto(`${site.address}/alerts`);
  await visitor.page.waitForURL('**/boards/delay?team=Billing');
  await visitor.page.context().close();

  await page.goto(`${site.address}/account/shares`);
  await page.locator('[data-share="For the steering group"]').getByText('last opened').waitFor();
  expect(await brokenRules(page)).toEqual([]);
  await page.getByRole('button', { name: 'Revoke: For the steering group' }).click();
  await page.getByRole('button', { name: 'Revoke', exact: true }).click();
  await page.getByText('There is no share link.').waitFor();
  const late = await site.open(link.replace(site.address, ''));
  await late.page.getByRole('heading', { name: 'This link does not open' }).waitFor();
  expect(await brokenRules(late.page)).toEqual([]);
  await late.page.context().close();
});

test('a second factor is set up by its key, and asked for after the password', async () => {
  await page.goto(`${site.address}/account/second-factor`);
  await page.getByLabel('Present password').fill(password);
  await page.getByRole('button', { name: 'Set up' }).click();
  await page.getByRole('img', { name: 'QR code of the key' }).waitFor();
  expect(await brokenRules(page)).toEqual([]);
  const totp = new TOTP({ secret: Secret.fromBase32(await copied()) });
  await page.getByLabel('Code of the app').fill(totp.generate());
  await page.getByRole('button', { name: 'Switch on' }).click();
  await page.getByRole('heading', { name: 'Recovery codes' }).waitFor();
  const codes = (await copied()).split('\n');
  expect(codes).toHaveLength(10);
  expect(await brokenRules(page)).toEqual([]);
  await page.getByRole('button', { name: 'I have kept them' }).click();
  await page.getByText('Recovery codes left: 10.').waitFor();
  expect(await brokenRules(page)).toEqual([]);

  await page.getByRole('button', { name: 'Ada' }).click();
  await page.getByRole('button', { name: 'Sign out' }).click();
  await page.waitForURL('**/sign-in');
  await page.getByLabel('E-mail address').fill(email);
  await page.getByLabel('Password', { exact: true }).fill(password);
  await page.getByRole('button', { name: 'Sign in' }).click();
  await page.getByText('Type the code your app shows now.').waitFor();
  expect(await brokenRules(page)).toEqual([]);
  expect(faults).toEqual([]);
  await page.getByLabel('Code of the app').fill('000000');
  await page.getByRole('button', { name: 'Sign in' }).click();
  await page.getByText('This code is not right').waitFor();
  await page.getByLabel('Code of the app').fill(codes[0] ?? '');
  await page.getByRole('button', { name: 'Sign in' }).click();
  await page.locator('[data-board="delay"] .value').waitFor();
});
