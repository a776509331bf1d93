import { afterAll, beforeAll, expect, test } from 'vitest';
import type { ReportResponse, ReportsResponse } from '#server/api.js';
import { brokenRules, openSite, tooWide, type Site } from './browser.js';

let site: Site;

beforeAll(async () => {
  site = await openSite();
});

afterAll(async () => site?.close());

async function ask<Answer>(path: string): Promise<Answer> {
  return (await fetch(site.address + path)).json() as Promise<Answer>;
}

test('a summary is made by keyboard with the choice of the address, shown, and kept in the list', async () => {
  const { page, faults } = await site.open('/reports?period=last-month');
  await page.getByLabel('Delay').check();
  await page.getByRole('button', { name: 'Make the summary' }).press('Enter');
  await page.locator('article[data-report] h1').waitFor();
  expect(await page.locator('article h1').textContent()).toBe('Service summary');
  expect(await page.getByRole('heading', { name: 'Delay', exact: true }).count()).toBe(1);
  expect(await brokenRules(page)).toEqual([]);
  await page.getByRole('link', { name: 'All reports' }).click();
  await page.locator('li[data-report]').first().waitFor();
  const { reports } = await ask<ReportsResponse>('/api/reports');
  expect(await page.locator('li[data-report] > a').allTextContents()).toEqual(reports.map(({ subject }) => subject));
  expect(await brokenRules(page)).toEqual([]);
  expect(faults).toEqual([]);
});

test('the page of a summary says every text of it, and its PDF is that of the list', async () => {
  const { reports } = await ask<ReportsResponse>('/api/reports');
  const [listed] = reports;
  const { document } = await ask<ReportResponse>(`/api/reports/${listed?.id}`);
  const { page } = await site.open(`/reports/${listed?.id}`);
  await page.locator('article[data-report]').waitFor();
  const shown = ((await page.locator('article').textContent()) ?? '').replace(/\s+/g, ' ');
  const texts = [
    ...document.verdict,
    ...document.headlines.rows.flatMap(({ value, basis, against }) => [value, basis, ...against.map(({ text }) => text)]),
    ...[document.changes, document.best, document.actions].flatMap(({ lines }) => lines.map(({ text }) => text)),
    ...[document.customers, document.moved].flatMap(({ rows }) => rows.flatMap(({ cells }) => cells)),
  ];
  for (const text of texts) expect(shown).toContain(text.replace(/\s+/g, ' '));
  const pdf = await fetch(`${site.address}/api/reports/${listed?.id}/pdf`);
  expect([pdf.headers.get('content-type'), (await pdf.arrayBuffer()).byteLength]).toEqual(['application/pdf', listed?.bytes]);
});

test('a step of a summary leads to as many rows as it says', async () => {
  const { reports } = await ask<ReportsResponse>('/api/reports');
  const { page } = await site.open(`/reports/${reports[0]?.id}`);
  const moved = page.locator('section', { has: page.getByRole('heading', { name: 'Promises moved after they had passed' }) });
  const [, all] = /of (\d+)\./.exec((await moved.locator('p').first().textContent()) ?? '') ?? [];
  await moved.getByRole('link', { name: 'list' }).click();
  await page.locator('[data-total]').waitFor();
  expect(await page.locator('[data-total]').getAttribute('data-total')).toBe(all);
});

test('a summary that cannot be made says why and leaves the form as it was', async () => {
  const { page } = await site.open('/reports');
  await page.route('**/api/reports', (route) =>
    route.request().method() === 'POST'
      ? route.fulfill({
          status: 500,
          json: { statusCode: 500, message: 'The report was not printed: its process took longer than 30 s. Try again.', errorId: 'x' },
        })
      : route.continue(),
  );
  await page.getByLabel('Paper').selectOption('letter');
  await page.getByRole('button', { name: 'Make the summary' }).click();
  expect(await page.getByRole('alert').textContent()).toBe(
    'The summary was not made: The report was not printed: its process took longer than 30 s. Try again.',
  );
  expect(await page.getByLabel('Paper').inputValue()).toBe('letter');
  await expect.poll(() => page.getByRole('button', { name: 'Make the summary' }).isEnabled()).toBe(true);
});

test('a Persian summary runs from right to left on an English page, at 320 pixels without sideways scrolling', async () => {
  const answer = await fetch(`${site.address}/api/reports`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', origin: site.address },
    body: JSON.stringify({ locale: 'fa' }),
  });
  const { id } = (await answer.json()) as { id: string };
  const { page } = await site.open(`/reports/${id}`, { viewport: { width: 320, height: 800 } });
  await page.locator('article[data-report]').waitFor();
  expect(await page.locator('article').getAttribute('dir')).toBe('rtl');
  expect(await tooWide(page)).toEqual([]);
  expect(await brokenRules(page)).toEqual([]);
});
