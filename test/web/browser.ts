import { existsSync } from 'node:fs';
import { setTimeout as pause } from 'node:timers/promises';
import { AxeBuilder } from '@axe-core/playwright';
import { chromium, type Browser, type BrowserContext, type BrowserContextOptions, type Locator, type Page } from 'playwright-core';
import { freePort, removeDirectory, startServer, temporaryDirectory } from '../support/built-server.js';
import { bundledBrowser } from '../support/bundled-browser.js';
import { sampleDatabase, sharedServer } from '../support/sample-company.js';

/** The built page on the sample company, and a browser to use it. */
export interface Site {
  address: string;
  /** A new page in a context of its own. What it logs as wrong and what the policy blocks is in `faults`. */
  open(path: string, options?: BrowserContextOptions): Promise<{ page: Page; faults: string[] }>;
  /** An empty page in a context of its own. */
  blank(options?: BrowserContextOptions): Promise<Page>;
  close(): Promise<void>;
}

/** What is waited for comes, or the test is wrong: on a machine with too much to do it comes late. */
const patienceMs = 120_000;

/** A page that is made anew in another width, or fades, is wrong for a moment: what stays wrong for so long is. */
const settlesWithinMs = 20_000;

/** A busy machine may take all of that time for one look. */
const fewestLooks = 5;

const systemBrowsers = ['/usr/bin/google-chrome', '/usr/bin/chromium', '/usr/bin/chromium-browser'];

export async function launchBrowser(): Promise<Browser> {
  const executablePath = process.env['CHROMIUM_PATH'] ?? systemBrowsers.find((path) => existsSync(path)) ?? (await bundledBrowser());
  return chromium.launch({
    executablePath,
    timeout: patienceMs,
    args: ['--no-sandbox', '--disable-gpu', '--disable-background-networking'],
  });
}

/** On a server of the test file's own. */
export async function openSite(environment: Record<string, string> = {}): Promise<Site> {
  return browse(await startOnSample(environment));
}

/**
 * On the one server that all files of the run look at, several at once, or on the one whose address is in THROUGHLINE_SITE: for
 * tests that change nothing others see.
 */
export async function openSharedSite(): Promise<Site> {
  const address = process.env['THROUGHLINE_SITE'] ?? (await sharedServer());
  return browse({ address, stop: async () => undefined });
}

/** The page of a server that runs; both are ended together. */
export async function browse(server: { address: string; stop(): Promise<unknown> }): Promise<Site> {
  const browser = await launchBrowser();
  const blank = async (options: BrowserContextOptions = {}): Promise<Page> => {
    const context = await browser.newContext({ viewport: { width: 1366, height: 900 }, locale: 'en-GB', ...options });
    context.setDefaultTimeout(patienceMs);
    return context.newPage();
  };
  return {
    address: server.address,
    blank,
    async open(path, options = {}) {
      const page = await blank(options);
      const faults: string[] = [];
      page.on('console', (message) => {
        if (message.type() === 'error' || message.type() === 'warning') faults.push(message.text());
      });
      page.on('pageerror', (error) => faults.push(String(error)));
      await page.goto(server.address + path);
      await page.locator('h1').first().waitFor();
      return { page, faults };
    },
    async close() {
      await Promise.all(browser.contexts().map(closeContext));
      await browser.close();
      await server.stop();
    },
  };
}

/** What a page asks for while it closes is not answered any more: a route that a test laid for it would fail after the test. */
export async function closeContext(context: BrowserContext): Promise<void> {
  for (const page of context.pages()) await page.unrouteAll({ behavior: 'ignoreErrors' });
  await context.close();
}

async function startOnSample(environment: Record<string, string>): Promise<{ address: string; stop(): Promise<void> }> {
  const database = await sampleDatabase();
  const directory = await temporaryDirectory();
  const server = await startServer({ DATABASE_URL: database.url, DATA_DIR: directory, PORT: String(await freePort()), ...environment });
  return {
    address: server.address,
    async stop() {
      await server.stop();
      await removeDirectory(directory);
    },
  };
}

/** Waits until every chart of a board has drawn its marks. */
export async function chartsDrawn(page: Page): Promise<void> {
  await page.locator('article[data-chart]').first().waitFor();
  await page.waitForFunction(() => {
    const drawings = [...document.querySelectorAll('.drawing')];
    const isWhole = document.querySelector('.charts[aria-busy="true"]') === null;
    return isWhole && drawings.length > 0 && drawings.every((drawing) => drawing.querySelector('svg') !== null);
  });
}

/** What opens from a chart by pointer and keyboard. */
export function marks(page: Page, chart: string): Locator {
  return page.locator(`[data-chart="${chart}"] [class*="open_marks"] > *`);
}

/** `n` of a mark, as it is read out: `12 Jan: 4 %; 123 items`. */
export async function countOf(mark: Locator): Promise<number> {
  const label = (await mark.getAttribute('aria-label')) ?? '';
  return Number(/([\d,]+) (?:items?|handoffs?|promises?|resolutions?|messages?|ratings?|journeys?)/.exec(label)?.[1]?.replaceAll(',', ''));
}

/** What a look at a page finds wrong, and goes on finding. */
export async function lasting(look: () => Promise<string[]>): Promise<string[]> {
  const begun = performance.now();
  for (let looks = 1; ; looks += 1) {
    const found = await look();
    if (found.length === 0 || (looks >= fewestLooks && performance.now() - begun > settlesWithinMs)) return found;
    await pause(500);
  }
}

/** Says by how much the page is wider than its window, where it stays so. */
export function tooWide(page: Page): Promise<string[]> {
  return lasting(async () => {
    const excess = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
    return excess > 0 ? [`the page is ${excess} pixels too wide`] : [];
  });
}

/** Rules of WCAG 2.2 AA that the page breaks as it stands, each with the first places. */
export function brokenRules(page: Page): Promise<string[]> {
  return lasting(() => brokenNow(page));
}

async function brokenNow(page: Page): Promise<string[]> {
  const tags = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'];
  // The page has no frames; without this each look opens a second, empty page to put the parts together.
  const { violations } = await new AxeBuilder({ page })
    .options({ resultTypes: ['violations'] })
    .withTags(tags)
    .setLegacyMode()
    .analyze();
  return violations.map(({ id, nodes }) => {
    const places = nodes.slice(0, 2).map((node) => node.html);
    return `${id}: ${places.join(' | ')}`;
  });
}
