import { createHash } from 'node:crypto';
import { existsSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { underLock } from './lock.mjs';
import { Failure, root, runQuietly, say } from './process.mjs';

const modules = join(root, 'node_modules');
const lockFile = join(root, 'package-lock.json');
const stamp = join(modules, '.installed-lock');

/** Installs the packages of the lock file, unless they are those of the last time. */
export async function install() {
  if (isInstalled()) return;
  await underLock(async () => {
    if (isInstalled()) return;
    const started = Date.now();
    say(existsSync(modules) ? 'installing (the lock file has changed) …' : 'installing (the first time, about a minute) …');
    const npm = process.env.npm_execpath;
    const options = ['ci', '--no-audit', '--no-fund', '--ignore-scripts', '--loglevel=error'];
    if (npm && existsSync(npm)) await runQuietly('npm ci', process.execPath, [npm, ...options]);
    else await runQuietly('npm ci', 'npm', options);
    if (!existsSync(modules)) throw new Failure('npm ci made no node_modules; run it by hand and look at its output.');
    writeFileSync(stamp, fingerprint());
    say(`installed in ${Math.round((Date.now() - started) / 1000)} s`);
  });
}

function isInstalled() {
  if (existsSync(stamp)) return readFileSync(stamp, 'utf8') === fingerprint();
  // Someone ran npm by hand: it writes its own record last.
  const record = join(modules, '.package-lock.json');
  if (!existsSync(record) || statSync(record).mtimeMs < statSync(lockFile).mtimeMs) return false;
  writeFileSync(stamp, fingerprint());
  return true;
}

function fingerprint() {
  return createHash('sha256').update(readFileSync(lockFile)).digest('hex');
}
