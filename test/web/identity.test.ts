import { Secret, TOTP } from 'otpauth';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Role, Scope } from '#server/access/principal.js';
import { openSession } from '#server/access/sessions.js';
import { freePort, removeDirectory, startServer, temporaryDirectory, type RunningServer } from '../support/built-server.js';
import type { TestDatabase } from '../support/database.js';
import { sampleDatabase } from '../support/sample-company.js';
import { brokenRules, browse, type Site } from './browser.js';
import { everyPage } from './every-page.js';
import { visits } from './rooms.js';

let database: TestDatabase;
let server: RunningServer;
let site: Site;
let directory: string;
/** Signed in as the administrator. */
let page: Page;
let faults: string[];
const email = 'ada@company.test';
const password = 'correct horse battery';

beforeAll(async () => {
  database = await sampleDatabase();
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
  ({ page, faults } = await site.open(new URL(link).pathname + new URL(link).hash));
  await page.getByLabel('Name').fill('Ada');
  await page.getByLabel('E-mail address').fill(email);
  await page.getByLabel('New password').fill(password);
  await page.getByRole('button', { name: 'Save' }).click();
  await page.locator('[data-board="delay"] .value').waitFor();
});

afterAll(async () => {
  await site?.close();
  await removeDirectory(directory);
});

/** A page of somebody with an account of that role, signed in. */
async function openAs(role: Role, path: string, scope: Scope | null = null) {
  const { rows } = await database.pool.query<{ id: string }>(
    'insert into app.account (email, name, role, scope) values ($1, $2, $3, $4) returning id',
    [`${role}-${path.length}-${scope !== null}@company.test`, `A ${role} of ${path}`, role, scope && JSON.stringify(scope)],
  );
  const session = await openSession(database.pool, rows[0]?.id ?? '', { address: '127.0.0.1', agent: 'test' }, new Date());
  const cookie = { name: 'throughline', value: session, domain: new URL(site.address).hostname, path: '/', expires: -1 };
  const storageState = { cookies: [{ ...cookie, httpOnly: true, secure: false, sameSite: 'Lax' as const }], origins: [] };
  return site.open(path, { storageState });
}

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
  await page.locator('[data-grant="nightly"]').waitFor();
  const key = await copied();
  expect(key).toMatch(/^tl_[A-Za-z0-9_-]{43}$/);
  expect(await brokenRules(page)).toEqual([]);
  const status = async (path: string) => (await fetch(site.address + path, { headers: { authorization: `Bearer ${key}` } })).status;
  expect([await status('/api/boards/delay'), await status('/api/users'), await status(`/api/state?key=${key}`)]).toEqual([200, 403, 400]);
  await page.reload();
  await page.locator('[data-grant="nightly"]').getByText('last used').waitFor();
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
  await page.locator('[data-grant="For the steering group"]').getByText('last opened').waitFor();
  expect(await brokenRules(page)).toEqual([]);
  await page.getByRole('button', { name: 'Revoke: For the steering group' }).click();
  await page.getByRole('button', { name: 'Revoke', exact: true }).click();
  await page.getByText('There is no share link.').waitFor();
  const late = await site.open(link.replace(site.address, ''));
  await late.page.getByRole('heading', { name: 'This link does not open' }).waitFor();
  expect(await brokenRules(late.page)).toEqual([]);
  await late.page.context().close();
});

/** A control, a page that has it, and what it takes. */
const controls: [name: string, page: string, permission: string][] = [
  ['New alert', '/alerts', 'steer'],
  ['Mute', '/alerts/', 'steer'],
  ['New channel', '/alerts', 'manage'],
  ['Make the summary', '/reports', 'steer'],
  ['New schedule', '/reports/schedules', 'steer'],
  ['Note an event', '/boards/delay', 'steer'],
  ['Set a target', '/boards/delay', 'steer'],
  ['Handled…', '/watch', 'steer'],
  ['Arrow ↓', '/watch', 'export'],
  ['Arrow ↓', '/boards/handoff/items', 'export'],
  ['Make it', '/my', 'keep'],
  ['Connect a tool', '/data', 'manage'],
  ['Open the exports', '/data', 'export'],
];

/** Closed to those who may not. */
const rooms = [
  ['/workbench', 'query'],
  ['/exports', 'export'],
  ['/account/shares', 'steer'],
  ['/audit', 'manage'],
  ['/connections/', 'manage'],
  ['/health', 'manage'],
  ['/privacy', 'manage'],
  ['/users', 'manage'],
] as const;

test.each([
  { role: 'viewer' as const, may: [] as string[] },
  { role: 'executive' as const, may: ['keep', 'export'] },
  { role: 'admin' as const, may: ['keep', 'steer', 'export', 'query', 'manage'] },
])('nothing a page offers or asks for is refused to the role $role', async ({ role, may }) => {
  const cookies = await page.context().cookies();
  const cookie = cookies.map(({ name, value }) => `${name}=${value}`).join('; ');
  const paths = (await everyPage(site, { cookie })).filter(
    (path) => !/^\/(boards\/(?!delay$|.*items)|wall|sign-in|welcome|share$)/.test(path),
  );
  const begins = (start: string) => paths.find((path) => path === start) ?? paths.find((path) => path.startsWith(start)) ?? '';
  const offering = controls.map(([, start]) => begins(start));
  const reader = await openAs(role, '/account');
  // Whoever may do everything goes where the controls are: that they are found there at all.
  const seen = await visits(reader.page, role === 'admin' ? [...new Set(offering)] : paths);

  expect(seen.filter(({ refused }) => refused.length > 0).map(({ path, refused }) => [path, ...refused])).toEqual([]);
  const closed = rooms
    .filter(([, permission]) => !may.includes(permission))
    .flatMap(([start, permission]) => paths.filter((path) => path.startsWith(start)).map((path) => `${path} ${permission}`));
  expect(seen.flatMap((visit) => (visit.closed === null ? [] : [`${visit.path} ${visit.closed}`])).sort()).toEqual(closed.sort());
  for (const [place, [name, , permission]] of controls.entries()) {
    const visit = seen.find(({ path }) => path === offering[place]);
    const isOffered = visit?.controls.some((control) => control.trim().startsWith(name));
    expect([name, visit?.path, isOffered]).toEqual([name, offering[place], may.includes(permission)]);
  }
  expect(reader.faults).toEqual([]);
  await reader.page.context().close();
});

test('somebody who sees a part is told which, and what lies beyond it is not offered', async () => {
  await database.pool.query(
    `insert into app.note (from_on, to_on, kind, body, scope)
    select (max(created_at) - interval '30 days')::date, (max(created_at) - interval '29 days')::date, 'release', 'New till', '{}' from core.item`,
  );
  const reader = await openAs('lead', '/boards/delay?lang=tr', { team: ['Billing'], service: ['Connectivity', ''] });
  await reader.page.locator('article[data-chart]').first().waitFor();
  expect((await reader.page.locator('[data-sees]').innerText()).replace(/\s+/g, ' ')).toBe(
    'Gördükleriniz: Ekip Billing Hizmet Connectivity (yok)',
  );
  const note = reader.page.locator('[data-notes] li').filter({ hasText: 'New till' }).first();
  await note.getByText('görmediğiniz şeylerle de ilgili').waitFor();
  expect(await note.getByRole('button').count()).toBe(0);
  expect(reader.faults).toEqual([]);
  await reader.page.context().close();
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
