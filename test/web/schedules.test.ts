import { afterAll, beforeAll, expect, test } from 'vitest';
import { brokenRules, openSite, tooWide, type Site } from './browser.js';

let site: Site;

beforeAll(async () => {
  site = await openSite();
});

afterAll(async () => site?.close());

test('a schedule is made, previewed, tested, paused, changed and removed, and says where messages go', async () => {
  const { page, faults } = await site.open('/reports/schedules');
  await page.getByText('Nothing is sent by schedule yet.').waitFor();
  await page.getByText('No mail server is set').waitFor();
  await page.getByRole('button', { name: 'New schedule' }).click();
  await page.getByLabel('Name', { exact: true }).first().fill('Leads on Monday');
  await page.getByLabel('Whose it is').fill('Ann');
  await page.getByLabel('E-mail address').fill('ada@company.test');
  await page.getByLabel('Time zone').fill('Asia/Tehran');
  await page.getByText('Due next (Asia/Tehran)').waitFor();
  expect(await page.locator('form ol li').count()).toBe(5);
  await page.getByRole('button', { name: 'Preview' }).click();
  await page.getByRole('link', { name: 'Open the summary' }).waitFor();
  await page.getByRole('button', { name: 'Save' }).click();
  const card = page.getByRole('article', { name: 'Leads on Monday' });
  await card.getByText('every Monday at 08:00').waitFor();
  await card.getByText('Asia/Tehran').first().waitFor();

  await card.getByRole('button', { name: 'Send a test to me' }).click();
  await card.getByLabel('Your address').fill('olga@company.test');
  await card.getByRole('button', { name: 'Send the test' }).click();
  await card.getByText('The test to olga@company.test is in the outbox.').waitFor();
  await page.getByRole('rowheader', { name: 'olga@company.test' }).first().waitFor();

  await card.getByRole('button', { name: 'Pause' }).click();
  await card.getByText('Paused').waitFor();
  await card.getByRole('button', { name: 'Change' }).click();
  await page.getByRole('heading', { name: 'Change “Leads on Monday”' }).waitFor();
  await page.locator('select', { has: page.locator('option[value="cron"]') }).selectOption('cron');
  await page.getByLabel('Cron expression').fill('0 8,16 * * *');
  await page.getByText('is due more than once a day').waitFor();
  await page.getByRole('button', { name: 'Save' }).click();
  await page.getByRole('alert').waitFor();
  expect(await page.getByLabel('Cron expression').inputValue()).toBe('0 8,16 * * *');
  await page.getByLabel('Cron expression').fill('0 8 * * 1-5');
  await page.getByRole('button', { name: 'Save' }).click();
  await card.getByText('by cron: 0 8 * * 1-5').waitFor();

  page.once('dialog', (dialog) => void dialog.accept());
  await card.getByRole('button', { name: 'Remove' }).click();
  await page.getByText('Nothing is sent by schedule yet.').waitFor();
  // A refused save answers 400, which the browser logs.
  expect(faults.filter((fault) => !fault.includes('400'))).toEqual([]);
});

test.each([
  ['en', 1366, 'light'],
  ['fa', 390, 'dark'],
  ['hy', 320, 'light'],
] as const)('form and list are free of faults of access in %s, %i pixels wide, %s', async (lang, width, colorScheme) => {
  const { page } = await site.open(`/reports/schedules?lang=${lang}`, { viewport: { width, height: 900 }, colorScheme });
  await page.evaluate(async () => {
    const body = {
      name: `For axe ${location.search} ${innerWidth}`,
      owner: 'Ann',
      rhythm: { kind: 'weekly', weekday: 1, at: '08:00' },
      spec: { boards: [], filters: {}, locale: 'en', paper: 'a4', period: 'default' },
      recipients: [{ name: 'Ada', address: 'ada@company.test', zone: 'Europe/Berlin', locale: 'en' }],
    };
    await fetch('/api/schedules', { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) });
  });
  await page.reload();
  await page.locator('article details summary').first().click();
  await page.locator('header button.primary').click();
  await page.locator('form ol li').first().waitFor();
  expect(await brokenRules(page)).toEqual([]);
  expect(await tooWide(page)).toEqual([]);
});
