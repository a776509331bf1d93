import { afterAll, beforeAll, expect, test } from 'vitest';
import { receiver } from '../server/channels/receiver.js';
import { brokenRules, openSite, tooWide, type Site } from './browser.js';

let site: Site;
const hook = await receiver();

beforeAll(async () => {
  site = await openSite({ THROUGHLINE_ALLOW_HOSTS: hook.host });
});

afterAll(async () => site?.close());

test('with nothing watched there are examples, and one of them becomes an alert by key, which fires', async () => {
  const { page, faults } = await site.open('/alerts');
  const example = page.getByRole('button', { name: 'Items late, and the customer not told' });
  await example.waitFor();
  await example.focus();
  await page.keyboard.press('Enter');
  const form = page.locator('[data-alert-form]');
  await form.getByLabel('Name, as messages will call it').fill('Nobody told them');
  await form.getByLabel('Your name').fill('Ann');
  await form.getByRole('button', { name: 'Show what would come' }).click();
  await form.locator('[data-message]').waitFor();
  const preview = await form.locator('[data-message]').innerText();
  expect(preview).toContain('Alert: Nobody told them');
  expect(preview).toMatch(/\d+ of \d+ open items/);
  await form.getByRole('button', { name: 'Watch it' }).click();
  const card = page.locator('[data-alert="Nobody told them"]');
  await card.locator('[data-status="firing"]').waitFor();
  await expect.poll(() => new URL(page.url()).search).toBe('');
  expect(preview).toContain((await card.locator('.reading strong').innerText()).trim());
  expect(faults).toEqual([]);
});

test('a channel is added, tried, and told a test that says what comes', async () => {
  const { page, faults } = await site.open('/alerts');
  await page.getByRole('button', { name: 'New channel' }).click();
  const form = page.locator('[data-channel-form]');
  await form.getByLabel('Kind').selectOption('webhook');
  await form.getByLabel('Name of the channel').fill('Ops');
  await form.getByLabel('Web address').fill(`${hook.origin}/in?token=abc`);
  await form.getByLabel('Secret').fill('a secret of some length');
  await form.getByLabel('Your name').fill('Ann');
  await form.getByRole('button', { name: 'Add it' }).click();
  const channel = page.locator('[data-channel="Ops"]');
  await channel.waitFor();
  expect(await channel.innerText()).not.toContain('abc');
  await channel.getByRole('button', { name: 'Send a test: Ops' }).click();
  await channel.getByText('Ops has taken it.').waitFor();
  expect(hook.received.at(-1)?.body).toContain('"isTest":true');
  hook.answer = (response) => void response.writeHead(410).end();
  await channel.getByRole('button', { name: 'Send a test: Ops' }).click();
  await channel.getByText(/Ops did not take it: .* answered 410/).waitFor();
  hook.answer = (response) => void response.end();
  expect(faults).toEqual([]);
});

test('a number is watched from its chart, with the filters that were chosen', async () => {
  const { page } = await site.open('/boards/delay?type=Incident&connection=Sample%20helpdesk');
  const card = page.locator('[data-chart="on-time"]');
  await card.locator('header button').last().click();
  await card.getByRole('link', { name: 'Watch this number' }).click();
  const form = page.locator('[data-alert-form]');
  await form.waitFor();
  await expect.poll(() => form.getByRole('combobox', { name: /^Number/ }).inputValue()).toMatch(/^on-time/);
  await form.getByText('Incident').first().waitFor();
  await form.getByRole('combobox', { name: /^Side/ }).selectOption('below');
  await form.getByLabel('Limit, in percent').fill('۹۹٫۹');
  await form.getByLabel('Name, as messages will call it').fill('On time');
  await form.getByLabel('Your name').fill('Ann');
  await form.getByRole('checkbox', { name: 'Ops' }).check();
  await form.getByRole('button', { name: 'Watch it' }).click();
  const watched = page.locator('[data-alert="On time"]');
  await watched.waitFor();
  expect(await watched.innerText()).toContain('below 99.9 %');
  expect(await watched.innerText()).toContain('Told on Ops');
});

test('an alert is muted with a reason, told again, written about, and removed when asked twice', async () => {
  const { page, faults } = await site.open('/alerts');
  const card = page.locator('[data-alert="Nobody told them"]');
  await card.getByRole('button', { name: 'Mute: Nobody told them' }).click();
  await card.getByLabel('Why').fill('Stock-taking');
  await card.getByLabel('Your name').fill('Ben');
  await card.getByRole('button', { name: 'Mute it' }).click();
  await card.locator('[data-status="muted"]').waitFor();
  expect(await card.innerText()).toContain('by Ben: Stock-taking');
  await card.getByRole('link', { name: 'History: Nobody told them' }).click();
  await page.getByRole('heading', { level: 1, name: 'History of “Nobody told them”' }).waitFor();
  await page.locator('[data-episodes]').getByText('Fires still.').waitFor();
  await page.getByLabel('What was done about it').fill('Called them all');
  await page.getByRole('button', { name: 'Keep it' }).click();
  await page.locator('[data-remarks]').getByText('Called them all').waitFor();
  await page.getByRole('button', { name: 'Tell it again: Nobody told them' }).click();
  await page.locator('[data-status="firing"]').waitFor();
  await page.getByRole('link', { name: 'All alerts' }).click();
  await card.getByRole('button', { name: 'Remove: Nobody told them' }).click();
  await card.getByText('with its history, for everybody?').waitFor();
  await card.getByRole('button', { name: 'Cancel' }).click();
  await card.getByRole('button', { name: 'Remove: Nobody told them' }).click();
  await card.getByRole('button', { name: 'Remove', exact: true }).click();
  await card.waitFor({ state: 'detached' });
  expect(faults).toEqual([]);
});

test.each([
  ['fa', true],
  ['hy', false],
])('the form, open, is fit for everybody and for a narrow screen in %s', async (lang, isDark) => {
  const { page } = await site.open(`/alerts?new=threshold&lang=${lang}`, {
    viewport: { width: 320, height: 700 },
    colorScheme: isDark ? 'dark' : 'light',
  });
  await page.locator('[data-alert-form]').waitFor();
  expect(await tooWide(page)).toEqual([]);
  expect(await brokenRules(page)).toEqual([]);
});
