import { afterAll, beforeAll, expect, test } from 'vitest';
import type { HandledResponse, WatchResponse } from '#server/api.js';
import { brokenRules, chartsDrawn, openSite, type Site } from './browser.js';

let site: Site;

beforeAll(async () => {
  site = await openSite();
});

afterAll(async () => site?.close());

test('early warning tells what became of the items handled, leads to them, and brings them back', async () => {
  const { page, faults } = await site.open('/watch?reason=likely-late');
  const before = await page.evaluate(async () => (await (await fetch('/api/watch/handled')).json()) as HandledResponse);
  const item = await page.evaluate(async () => {
    const { items } = (await (await fetch('/api/watch?reason=likely-late')).json()) as WatchResponse;
    const first = items[0];
    if (!first) throw new Error('Nothing of the sample is likely to be late.');
    const body = JSON.stringify({ note: 'Asked for a new date', by: 'Ada' });
    await fetch(`/api/watch/${first.id}/handled`, { method: 'POST', headers: { 'content-type': 'application/json' }, body });
    return { id: first.id, name: first.title ?? first.externalId };
  });

  await page.goto(`${site.address}/boards/expectation`);
  await chartsDrawn(page);
  const handled = page.locator('[data-chart="early-warning"] [data-handled]');
  await handled.waitFor();
  expect(await handled.getAttribute('data-handled')).toBe(String(before.total + 1));
  expect(await handled.textContent()).toMatch(/still ahead/);
  expect(await handled.locator('.people').textContent()).toContain('Ada');
  await handled.locator('summary').focus();
  await page.keyboard.press('Enter');
  const mark = handled.locator('li[data-outcome="ahead"]', { hasText: item.name });
  await mark.getByText('Asked for a new date').waitFor();
  expect(await brokenRules(page)).toEqual([]);

  await mark.getByRole('link').click();
  await page.locator('.lanes').waitFor();
  expect(page.url()).toContain(item.id);
  await page.goBack();
  await chartsDrawn(page);
  await handled.locator('summary').click();
  await mark.getByRole('button', { name: `Bring back: ${item.name}` }).click();
  await page.locator(`[data-handled="${before.total}"]`).waitFor();
  expect(faults).toEqual([]);
});
