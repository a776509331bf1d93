import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { delimiter, dirname, join } from 'node:path';
import { underLock } from './lock.mjs';
import { nodeIn, nodePackage } from './node.mjs';
import { Failure, root, runQuietly, say } from './process.mjs';

const modules = join(root, 'node_modules');
const lockFile = join(root, 'package-lock.json');
const stamp = join(modules, '.installed-lock');
const quiet = ['--no-audit', '--no-fund', '--ignore-scripts', '--loglevel=error'];

/** Installs the packages of the lock file, unless they are those of the last time. */
export async function install() {
  if (isInstalled()) return;
  await underLock(async () => {
    if (isInstalled()) return;
    const started = Date.now();
    say(existsSync(modules) ? 'installing (the lock file has changed) …' : 'installing (the first time, about a minute) …');
    await npm('npm ci', ['ci', ...quiet], await nodeForNpm());
    if (!existsSync(modules)) throw new Failure('npm ci made no node_modules; run it by hand and look at its output.');
    writeFileSync(stamp, fingerprint());
    say(`installed in ${Math.round((Date.now() - started) / 1000)} s`);
  });
}

/**
 * npm leaves out optional packages, native parts of the build among them, that ask for a later Node than the one it runs on.
 * On such a Node the pinned one is fetched first, and npm runs on that.
 */
async function nodeForNpm() {
  const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
  const isEnough = (major === 20 && minor >= 19) || (major === 22 && minor >= 13) || major >= 24;
  const { name, version } = nodePackage();
  if (isEnough || version === undefined) return process.execPath;
  const home = join(root, '.cache', 'node');
  const node = nodeIn(join(home, 'node_modules'));
  if (!existsSync(node)) {
    say(`fetching Node ${version} …`);
    mkdirSync(home, { recursive: true });
    await npm(
      'fetching Node',
      ['install', '--prefix', home, '--no-save', '--no-package-lock', ...quiet, `${name}@${version}`],
      process.execPath,
    );
  }
  return node;
}

/** Runs npm on the given Node. */
function npm(what, options, node) {
  const env = { ...process.env, PATH: `${dirname(node)}${delimiter}${process.env.PATH}` };
  const program = process.env.npm_execpath;
  if (program && existsSync(program)) return runQuietly(what, node, [program, ...options], { env });
  return runQuietly(what, 'npm', options, { env });
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
