import { execFileSync } from 'node:child_process';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { ItemsResponse, ReportListed, ReportResponse } from '#server/api.js';
import { summaryHtml } from '#server/reports/summary-html.js';
import { readPageFiles } from '#server/page/page-files.js';
import { removeDirectory, temporaryDirectory } from '../support/built-server.js';
import { testDatabase } from '../support/database.js';
import { launchBrowser } from '../web/browser.js';
import { scripts } from './corpus/scripts.js';
import { loadHostileCompany } from './hostile-company.js';
import { wholeServer } from './whole-server.js';

const isEvery = process.env['THROUGHLINE_SECURITY'] === 'every';
const database = await testDatabase();
let directory: string;
let address: string;
let browser: Browser;

beforeAll(async () => {
  directory = await temporaryDirectory();
  await loadHostileCompany(database.pool, directory, scripts);
  ({ address } = await wholeServer(database, {}, readPageFiles()));
  browser = await launchBrowser();
});

const seen = { texts: scripts.length, pages: 0, files: 0, executions: [] as string[], violations: 0 };

afterAll(async () => {
  const { executions, ...counts } = seen;
  console.log(
    `stored scripts: ${Object.entries(counts)
      .map(([name, n]) => `${name}=${n}`)
      .join(' ')} executions=${executions.length}`,
  );
  await browser?.close();
  await removeDirectory(directory);
});

/** Opens a page in which every script that ran, every dialog and every blocked thing is counted. */
async function look(path: string): Promise<Page> {
  const page = await (await browser.newContext({ viewport: { width: 1366, height: 900 } })).newPage();
  page.setDefaultTimeout(120_000);
  await watched(page, path);
  await visit(page, path);
  return page;
}

async function visit(page: Page, path: string): Promise<void> {
  await page.goto(address + path);
  await page.locator('h1').first().waitFor();
  await page.waitForLoadState('networkidle');
  seen.pages += 1;
}

async function watched(page: Page, place: string): Promise<void> {
  page.on('dialog', (dialog) => {
    seen.executions.push(`${place}: a dialog`);
    void dialog.dismiss();
  });
  page.on('request', (request) => {
    if (request.url().includes('evil.example')) seen.executions.push(`${place} asked for ${request.url()}`);
  });
  await page.exposeFunction('hit', (n: number) => seen.executions.push(`${place}: ${scripts[n] ?? n}`));
  await page.exposeFunction('blocked', () => (seen.violations += 1));
  await page.addInitScript(() =>
    document.addEventListener('securitypolicyviolation', () => (window as unknown as { blocked(): void }).blocked()),
  );
}

async function json<T>(path: string): Promise<T> {
  return (await (await fetch(address + path)).json()) as T;
}

test.each([
  '/boards/delay?from=2026-03-02&to=2026-06-01',
  '/boards/handoff?from=2026-03-02&to=2026-06-01&by=team',
  '/boards/handoff/items?metric=handoffs&mark-grain=all&bucket=all',
  '/watch',
  '/watch?view=customers',
  '/data',
  `/boards/delay?team=${encodeURIComponent(scripts[1] ?? '')}`,
])('nothing runs on %s', async (path) => {
  const page = await look(path);
  expect(await page.locator('body').innerText()).not.toBe('');
  await page.context().close();
  expect(seen.executions).toEqual([]);
});

test('nothing runs where lists name all of them', async () => {
  const page = await look('/watch');
  const list = '/boards/consistency/items?from=2026-03-02&to=2026-06-01&metric=lead-time&mark-grain=all&bucket=all';
  for (let offset = 0; offset < (isEvery ? 300 : 100); offset += 50) await visit(page, `${list}&offset=${offset}`);
  await page.context().close();
  expect(seen.executions).toEqual([]);
});

test('nothing runs in the stories of items', async () => {
  const query = 'grain=all&bucket=all&limit=200&from=2026-03-02&to=2026-06-01';
  const { items } = await json<ItemsResponse>(`/api/metrics/lead-time/items?${query}`);
  expect(items.length).toBeGreaterThan(150);
  const page = await look('/watch');
  for (const { id } of items.slice(0, isEvery ? 200 : 6)) {
    await visit(page, `/items/${id}`);
    const protocols = await page.locator('a[href]').evaluateAll((links) => links.map((link) => (link as HTMLAnchorElement).protocol));
    expect(protocols.filter((protocol) => !['http:', 'https:'].includes(protocol))).toEqual([]);
  }
  await page.context().close();
  expect(seen.executions).toEqual([]);
});

test('nothing runs in what is searched for and found', async () => {
  const page = await look('/watch');
  const input = page.getByRole('combobox', { name: 'Go to, find or do' });
  await page.keyboard.press('Control+k');
  await input.waitFor();
  for (const text of scripts.slice(0, isEvery ? 60 : 6)) {
    await input.fill(text.slice(0, 190));
    await page.waitForLoadState('networkidle');
  }
  await input.fill('onerror');
  await page
    .getByRole('option', { name: /onerror/ })
    .first()
    .waitFor();
  await page.context().close();
  expect(seen.executions).toEqual([]);
});

test('nothing runs in charts as files, opened without any policy', async () => {
  const page = await (await browser.newContext()).newPage();
  await watched(page, 'svg');
  for (const chart of [
    'handoff/charts/handover-flow',
    'handoff/charts/handover-matrix',
    'delay/charts/on-time',
    'handoff/charts/returns',
  ]) {
    const answer = await fetch(`${address}/api/boards/${chart}.svg?from=2026-03-02&to=2026-06-01`);
    expect([chart, answer.status, answer.headers.get('content-disposition')?.startsWith('attachment')]).toEqual([chart, 200, true]);
    const svg = await answer.text();
    const file = join(directory, 'chart.svg');
    await writeFile(file, svg);
    await page.goto(`file://${file}`);
    await page.goto('about:blank');
    await page.setContent(svg);
    seen.files += 1;
  }
  await page.context().close();
  expect(seen.executions).toEqual([]);
});

test('nothing runs in a summary as mail, opened without any policy, and its PDF has no actions', async () => {
  const headers = { 'content-type': 'application/json', origin: address };
  const body = JSON.stringify({
    boards: ['handoff'],
    period: { from: '2026-03-02', to: '2026-06-01' },
    filters: { team: [scripts[1], scripts[2], scripts[3]] },
  });
  const made = await fetch(`${address}/api/reports`, { method: 'POST', headers, body });
  expect(made.status).toBe(201);
  const { id } = (await made.json()) as ReportListed;
  const { document } = await json<ReportResponse>(`/api/reports/${id}`);
  const page = await (await browser.newContext()).newPage();
  await watched(page, 'mail');
  await page.setContent(summaryHtml(document));
  expect(await page.locator('body').innerText()).not.toBe('');
  await page.context().close();
  const pdf = Buffer.from(await (await fetch(`${address}/api/reports/${id}/pdf`)).arrayBuffer());
  const file = join(directory, 'summary.pdf');
  await writeFile(file, pdf);
  expect(pdf.toString('latin1')).not.toMatch(/\/(JavaScript|JS|Launch|OpenAction|AA|EmbeddedFile)\b/);
  expect(textOf(file)).toMatch(/\S/);
  seen.files += 2;
  expect(seen.executions).toEqual([]);
});

/** The text of a PDF where a reader of it is installed. */
function textOf(file: string): string {
  try {
    return execFileSync('pdftotext', [file, '-'], { encoding: 'utf8' });
  } catch {
    return 'no reader of PDF is installed';
  }
}
