import { execFile } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { mkdtemp, rename, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { repositoryRoot } from './import-directions.js';

const run = promisify(execFile);
const unpack = join(import.meta.dirname, 'unpack-browser.mjs');

/**
 * The browser of the package, unpacked once a machine and version. The package takes a file that is there for a whole one, also while
 * another process still writes it or after one that was killed: so it is unpacked aside and moved into place.
 */
export async function bundledBrowser(shared = tmpdir()): Promise<string> {
  const { version } = JSON.parse(readFileSync(join(repositoryRoot, 'node_modules/@sparticuz/chromium/package.json'), 'utf8')) as {
    version: string;
  };
  const place = join(shared, `throughline-browser-${version}`);
  const browser = join(place, 'chromium');
  if (existsSync(browser)) return browser;
  const aside = await mkdtemp(`${place}-`);
  try {
    await run(process.execPath, [unpack], { env: { ...process.env, TMPDIR: aside } });
    // Another process may have been sooner: its own is as good.
    await rename(aside, place).catch((error: unknown) => {
      if (!existsSync(browser)) throw error;
    });
  } finally {
    await rm(aside, { recursive: true, force: true });
  }
  return browser;
}
