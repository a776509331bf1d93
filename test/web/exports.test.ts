import { readFile } from 'node:fs/promises';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { ExportSchedule } from '#server/api.js';
import { brokenRules, openSite, tooWide, type Site } from './browser.js';

let site: Site;

beforeAll(async () => {
  site = await openSite();
});

afterAll(async () => site?.close());

/** The page, its views told. A browser that asks where to put a large file would wait for a person. */
async function openExports(search = '', options: Parameters<Site['open']>[1] = {}) {
  const opened = await site.open(`/exports${search}`, options);
  await opened.page.evaluate(() => Object.assign(window, { showSaveFilePicker: undefined }));
  await opened.page.locator('[data-view="item"]').waitFor();
  return opened;
}

async function taken(page: Page, take: () => Promise<void>): Promise<{ name: string; bytes: Buffer }> {
  const [file] = await Promise.all([page.waitForEvent('download'), take()]);
  return { name: file.suggestedFilename(), bytes: await readFile(await file.path()) };
}

test('a view is taken as a whole file of the kind that is chosen, and its size is told', async () => {
  const { page, faults } = await openExports();
  const csv = await taken(page, () => page.getByRole('button', { name: 'Download CSV: team' }).click());
  expect(csv.name).toBe('throughline-team.csv');
  const direct = await (await fetch(`${site.address}/api/exports/team?format=csv`)).text();
  expect(csv.bytes.toString()).toBe(direct);
  await page.getByText(/^throughline-team\.csv is complete: [\d.,]+ (byte|kB)\.$/).waitFor();
  await page.getByLabel('Parquet').check();
  const parquet = await taken(page, () => page.getByRole('button', { name: 'Download Parquet: team' }).click());
  expect(parquet.bytes.subarray(0, 4).toString()).toBe('PAR1');
  expect(parquet.bytes.subarray(-4).toString()).toBe('PAR1');
  expect(faults).toEqual([]);
});

test('a file that breaks off is no file, and the page says so', async () => {
  const { page } = await openExports();
  let downloads = 0;
  page.on('download', () => (downloads += 1));
  await page.evaluate(() => {
    const whole = window.fetch;
    const broken = () => {
      let isBegun = false;
      return new ReadableStream<Uint8Array>({
        pull(controller) {
          if (isBegun) controller.error(new TypeError('network error'));
          else controller.enqueue(new TextEncoder().encode('customer,items\n'));
          isBegun = true;
        },
      });
    };
    window.fetch = async (asked, options) =>
      String(asked).includes('/exports/customer?') ? new Response(broken()) : whole(asked, options);
  });
  await page.getByRole('button', { name: 'Download CSV: customer' }).click();
  await page.locator('[data-view="customer"]').getByRole('alert').getByText('No file: network error').waitFor();
  await page.route('**/api/exports/team?*', (route) =>
    route.fulfill({ status: 403, contentType: 'application/json', body: '{"statusCode":403,"message":"You may not take files."}' }),
  );
  await page.getByRole('button', { name: 'Download CSV: team' }).click();
  await page.getByText('No file: You may not take files.').waitFor();
  expect(downloads).toBe(0);
});

test('a download on its way is cancelled, and leaves nothing', async () => {
  const { page } = await openExports();
  let downloads = 0;
  page.on('download', () => (downloads += 1));
  // Never answered: only cancelling ends it.
  await page.route('**/api/exports/event?*', () => undefined);
  const view = page.locator('[data-view="event"]');
  await view.getByRole('button', { name: 'Download CSV: event' }).click();
  await view.getByRole('progressbar').waitFor();
  await view.getByRole('button', { name: 'Cancel' }).click();
  await view.getByText('Cancelled; no file was kept.').waitFor();
  expect(downloads).toBe(0);
});

test('the lines for curl and for the command line name the view and the kind of file', async () => {
  const { page } = await openExports('', { permissions: ['clipboard-read', 'clipboard-write'] });
  await page.getByLabel('Arrow').check();
  const view = page.locator('[data-view="handoff"]');
  await view.getByText('Columns and command lines').click();
  await view.getByRole('button', { name: /curl$/ }).click();
  await view.getByText('Copied.').waitFor();
  expect(await page.evaluate(() => navigator.clipboard.readText())).toBe(
    `curl --fail -OJ -H 'Authorization: Bearer TOKEN' '${site.address}/api/exports/handoff?format=arrow'`,
  );
  await view.getByText('npm run -s throughline -- export --view handoff --format arrow --out handoff.arrow').waitFor();
  await view
    .getByRole('rowheader', { name: 'team_handoffs' })
    .or(view.getByRole('rowheader', { name: 'item_id' }))
    .first()
    .waitFor();
});

test('a query is exported with its values, beyond what is shown', async () => {
  const { page } = await site.open('/workbench');
  await page.locator('.editor[data-ready="true"]').waitFor();
  await page.locator('.cm-content').focus();
  await page.keyboard.insertText('select team, $1::int as n from analytics.team order by 1 limit 2');
  await page.getByRole('group', { name: 'Parameter 1' }).getByLabel('Type').selectOption('integer');
  await page.getByRole('group', { name: 'Parameter 1' }).getByLabel('Value').fill('7');
  await page.getByRole('button', { name: 'Export' }).click();
  const { name, bytes } = await taken(page, () => page.getByRole('button', { name: 'NDJSON' }).click());
  expect(name).toBe('throughline-query.ndjson');
  const rows = bytes.toString().trimEnd().split('\n');
  expect(rows).toHaveLength(2);
  expect(rows.map((row) => (JSON.parse(row) as { n: number }).n)).toEqual([7, 7]);
});

test('an export is put on a schedule, made now, paused, changed with its history kept, and removed', async () => {
  const { page } = await openExports();
  await page.getByText('Nothing is exported by schedule yet.').waitFor();
  await page.getByRole('button', { name: 'New export schedule' }).click();
  await page.getByLabel('Name', { exact: true }).fill('Teams every Monday');
  await page.getByLabel('Whose it is').fill('Ann');
  await page.locator('form select:has(option[value="team"])').selectOption('team');
  await page.locator('form select:has(option[value="parquet"])').selectOption('csv');
  await page.getByRole('button', { name: 'Save' }).click();
  const card = page.getByRole('article', { name: 'Teams every Monday' });
  await card.getByText('view team').waitFor();
  await card.getByText('every Monday at 06:00').waitFor();
  await card.getByRole('button', { name: 'Make it now' }).click();
  await card.getByText('It is made within a minute').waitFor();
  await card.getByRole('button', { name: 'Pause' }).click();
  await card.getByText('Paused').waitFor();
  const { id } = ((await (await fetch(`${site.address}/api/export-schedules`)).json()) as ExportSchedule[])[0] ?? { id: '' };

  await card.getByRole('button', { name: 'Change' }).click();
  const form = page.locator('form', { has: page.getByRole('heading', { name: 'Change “Teams every Monday”' }) });
  expect(await form.locator('select:has(option[value="team"])').inputValue()).toBe('team');
  await form.getByLabel('Name', { exact: true }).fill('Late ones every Monday');
  await form.locator('select:has(option[value="watch"])').selectOption('watch');
  await form.getByRole('group', { name: 'Filters' }).getByRole('button').first().click();
  await form.getByRole('checkbox').first().check();
  await form.locator('select:has(option[value="bucket"])').selectOption('bucket');
  await form.getByLabel('Address of the storage').fill('https://storage.company.test');
  await form.getByLabel('Bucket', { exact: true }).fill('exports');
  await form.getByLabel('Access key id').fill('A1');
  await form.getByLabel('Secret access key').fill('s3cret');
  await form.getByRole('button', { name: 'Save' }).click();
  const changed = page.getByRole('article', { name: 'Late ones every Monday' });
  await changed.getByText(/^the watch list \(.+\) · CSV · into the bucket exports$/).waitFor();

  // Again, without the secret: the one that is there stays, and so do the filters.
  await changed.getByRole('button', { name: 'Change' }).click();
  await page.getByText('Leave it empty to keep the key that is there').waitFor();
  await page.getByLabel('Before the name').fill('late/');
  await page.getByRole('button', { name: 'Save' }).click();
  await page.locator('form').waitFor({ state: 'detached' });
  const after = (await (await fetch(`${site.address}/api/export-schedules/${id}`)).json()) as ExportSchedule;
  expect([after.name, after.isPaused, after.destination]).toEqual([
    'Late ones every Monday',
    true,
    {
      kind: 'bucket',
      endpoint: 'https://storage.company.test/',
      region: 'us-east-1',
      bucket: 'exports',
      prefix: 'late/',
      accessKeyId: 'A1',
    },
  ]);
  expect(Object.values(after.source.kind === 'watch' ? after.source.filters : {}).flat()).toHaveLength(1);

  page.once('dialog', (dialog) => void dialog.accept());
  await changed.getByRole('button', { name: 'Remove' }).click();
  await page.getByText('Nothing is exported by schedule yet.').waitFor();
});

test.each([
  ['en', 1366, 'light'],
  ['fa', 390, 'dark'],
  ['tr', 320, 'light'],
] as const)(
  'views, command lines and the form are free of faults of access in %s, %i pixels wide, %s',
  async (lang, width, colorScheme) => {
    const { page } = await openExports(`?lang=${lang}`, { viewport: { width, height: 900 }, colorScheme });
    await page.locator('[data-view="team"] summary').click();
    await page.locator('section > header button').click();
    await page.locator('form select:has(option[value="bucket"])').selectOption('bucket');
    await page.locator('form ol li').first().waitFor();
    expect(await brokenRules(page)).toEqual([]);
    expect(await tooWide(page)).toEqual([]);
  },
);
