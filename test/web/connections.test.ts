import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Page } from 'playwright-core';
import { zendeskTool } from '../etl/connectors/zendesk/tool.js';
import { makeHistory } from '../support/scripted-source/history.js';
import { serveTool, type ScriptedServer } from '../support/scripted-source/server.js';
import { ScriptedSource } from '../support/scripted-source/source.js';
import { brokenRules, closeContext, openSite, type Site } from './browser.js';
import { turns } from './every-page.js';

const token = 'a-token-that-is-long-enough';
let tool: ScriptedServer;
let site: Site;

beforeAll(async () => {
  const history = makeHistory({
    seed: 4,
    items: 60,
    events: 14,
    fields: ['status', 'team', 'person', 'due'],
    hasComments: true,
    start: '2026-03-02T08:00:00Z',
    spanMs: 20 * 86_400_000,
    grainMs: 1000,
  });
  // One event is of a form that nobody knows: its record goes into quarantine.
  const at = '2026-03-30T08:00:00Z';
  history[3]?.events.push({ id: 9_000, at, visibleAt: at, actor: 11, kind: 'odd' });
  const source = new ScriptedSource(history, '2026-04-01T12:00:00Z');
  tool = await serveTool(zendeskTool, () => source, token);
  site = await openSite({ THROUGHLINE_ALLOW_HOSTS: tool.host });
});

afterAll(async () => {
  await site?.close();
  await tool?.close();
});

/** The page is told of a held census until somebody believes it. Gives what was confirmed. */
async function holdCensus(page: Page): Promise<unknown[]> {
  const examples = [{ externalId: '17', title: 'The printer', url: null }];
  const asked: unknown[] = [];
  await page.route('**/api/connections/Help%20desk', async (route) => {
    const answer = await route.fetch();
    const heldCensus = asked.length > 0 ? null : { takenAt: '2026-04-01T00:00:00.000Z', items: 60, missing: 7, examples };
    await route.fulfill({ response: answer, json: { ...((await answer.json()) as object), heldCensus } });
  });
  await page.route('**/census/confirm', async (route) => {
    asked.push(route.request().postDataJSON());
    await route.fulfill({ json: {} });
  });
  return asked;
}

test('a person connects a tool, tests it, and sees it being read', async () => {
  const { page, faults } = await site.open('/data');
  await page.getByRole('link', { name: 'Connect a tool' }).click();
  await page.getByLabel('Tool', { exact: true }).selectOption('zendesk');
  await page.getByLabel('Name of this connection').fill('Help desk');
  await page.getByLabel('Address', { exact: true }).fill(tool.address);
  await page.getByLabel('E-mail address of the account').fill('someone@example.com');
  await page.getByLabel('Secret: token').fill('a-wrong-token-altogether');
  await page.getByRole('button', { name: 'Test', exact: true }).click();
  await page.locator('[data-test="failed"]').waitFor();
  await page.getByLabel('Secret: token').fill(token);
  await page.getByRole('button', { name: 'Test', exact: true }).click();
  await page.locator('[data-test="ok"]').waitFor();
  await page.getByText('60 tickets').waitFor();
  await page.getByRole('button', { name: 'Save and read' }).click();
  await page.getByRole('heading', { name: /Help desk/ }).waitFor();
  await page.getByRole('row', { name: /updates/ }).waitFor();
  await page.getByRole('row', { name: /updates.*complete/ }).waitFor();
  expect(await page.content()).not.toContain(token);
  expect(faults).toEqual([]);
});

test('the meaning of a status is corrected after its effect was seen', async () => {
  const { page } = await site.open('/connections/Help%20desk');
  const meaning = page.getByLabel('Means: pending');
  await expect.poll(() => meaning.inputValue()).toBe('customer');
  await meaning.selectOption('third_party');
  await page.getByRole('button', { name: 'Show the effect' }).click();
  await page.locator('[data-effect]').waitFor();
  await expect.poll(() => page.locator('[data-effect] tbody tr').count()).toBe(10);
  expect(await page.locator('[data-effect] tbody').textContent()).toContain('third party');
  await page.getByRole('button', { name: 'Save the meanings' }).click();
  await page.getByText('Saved; the numbers follow.').waitFor();
  await page.reload();
  await expect.poll(() => page.getByLabel('Means: pending').inputValue()).toBe('third_party');
});

test('a record that could not be read is shown with its reason, and dismissed', async () => {
  const { page } = await site.open('/connections/Help%20desk');
  const quarantine = page.locator('[data-quarantine]');
  await quarantine.getByRole('listitem').getByText('updates: ').waitFor();
  await quarantine.getByText('As it came').click();
  await quarantine.locator('pre').getByText('ticket_id').waitFor();
  await quarantine.getByRole('button', { name: /^Dismiss updates/ }).click();
  await quarantine.getByText('1 record dismissed').waitFor();
  await page.getByText('Dismissed records').waitFor();
  await quarantine.getByLabel('Which records').selectOption('Dismissed');
  await quarantine.getByRole('listitem').getByText('updates: ').waitFor();
});

test('a held census shows what is missing, and asks before it is believed', async () => {
  const { page } = await site.open('/data');
  const asked = await holdCensus(page);
  await page.goto(`${site.address}/connections/Help%20desk`);
  const census = page.locator('[data-census]');
  await census.getByText('Of 60 items 7 were missing').waitFor();
  await census.getByText('The printer').waitFor();
  await census.getByRole('button', { name: 'They are gone: mark 7 items deleted' }).click();
  await census.waitFor({ state: 'detached' });
  expect(asked).toEqual([{ missing: 7 }]);
});

const themes = ['light', 'dark'] as const;
const every = ['en', 'tr', 'fa', 'hy'].flatMap((lang) => themes.map((scheme) => [lang, scheme] as const));

test('the pages of connections, a held census and an open record among them, keep the rules of WCAG 2.2 AA and fit 320 pixels, in four languages', async () => {
  for (const [lang, colorScheme] of turns(every, [
    ['en', 'light'],
    ['fa', 'dark'],
    ['tr', 'light'],
    ['hy', 'dark'],
  ])) {
    for (const path of ['/connections/Help%20desk', '/connections/new?of=Help%20desk']) {
      const address = `${path}${path.includes('?') ? '&' : '?'}lang=${lang}`;
      const { page } = await site.open('/data', { colorScheme, viewport: { width: 320, height: 700 } });
      await holdCensus(page);
      await page.goto(site.address + address);
      await page.locator(path.includes('new') ? '#secret-token' : '[data-meanings]').waitFor();
      if (!path.includes('new')) {
        await page.locator('[data-census] li').waitFor();
        const quarantine = page.locator('[data-quarantine]');
        await quarantine.locator('select').first().selectOption({ index: 1 });
        await quarantine.locator('summary').first().click();
        await quarantine.locator('pre').first().waitFor();
      }
      expect(await brokenRules(page), address).toEqual([]);
      const wide = await page.evaluate(() => {
        const room = document.documentElement.clientWidth;
        if (document.documentElement.scrollWidth <= room) return [];
        return [...document.querySelectorAll('main *')]
          .filter((one) => !one.closest('.scroll') && (one.getBoundingClientRect().right > room || one.getBoundingClientRect().left < 0))
          .map((one) => one.outerHTML.slice(0, 120));
      });
      expect(wide, address).toEqual([]);
      await closeContext(page.context());
    }
  }
});

test('a connection is paused, and removed with its data', async () => {
  const { page } = await site.open('/connections/Help%20desk');
  await page.getByRole('button', { name: 'Pause', exact: true }).click();
  await page.getByRole('button', { name: 'Resume' }).waitFor();
  await page.getByRole('button', { name: 'Remove', exact: true }).click();
  await page.getByRole('button', { name: 'Remove it with its data' }).click();
  await page.getByRole('heading', { name: 'Where the numbers come from' }).waitFor();
  await page.locator('[data-connection]').first().waitFor();
  await page.locator('[data-connection="Help desk"]').waitFor({ state: 'detached' });
});
