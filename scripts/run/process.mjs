import { spawn } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const root = dirname(dirname(dirname(fileURLToPath(import.meta.url))));

/** Something the reader can act on: shown without a stack. */
export class Failure extends Error {}

/** Progress, on standard error: standard output belongs to the command that is run. */
export function say(line) {
  process.stderr.write(`${line}\n`);
}

/** Path of a program that came with a package; started with Node itself, so that no shell and no `.cmd` file is in between. */
export function tool(name, path) {
  const file = join(root, 'node_modules', name, path);
  if (!existsSync(file)) throw new Failure(`${file} is missing; remove node_modules and run the command again.`);
  return file;
}

/**
 * Runs a program in the foreground and gives its exit code. Signals sent to us are passed on. A supervised program also hears
 * when we are gone without a word: its channel to us closes.
 */
export async function run(program, options, { cwd = root, isSupervised = false, before } = {}) {
  await before?.();
  return new Promise((resolve, reject) => {
    const child = spawn(program, options, {
      cwd,
      stdio: isSupervised ? ['inherit', 'inherit', 'inherit', 'ipc'] : 'inherit',
      env: { ...process.env, THROUGHLINE_SUPERVISED: isSupervised ? '1' : '' },
    });
    // Ctrl-C reaches a supervised program from the terminal too: said again, and late, it would be taken for a second wish.
    const passOn = (signal) => child.kill(isSupervised && signal === 'SIGINT' ? 'SIGTERM' : signal);
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, passOn);
    const watch = watchParents(() => child.kill('SIGTERM'));
    child.on('error', reject);
    child.on('exit', (code, signal) => {
      clearInterval(watch);
      resolve(code ?? (signal === 'SIGINT' ? 130 : 1));
    });
  });
}

/**
 * npm that is killed outright leaves us behind, or us and the shell between; what we started must not go on without anyone who
 * could stop it.
 */
function watchParents(onGone) {
  if (!process.env.npm_lifecycle_event || process.platform === 'win32') return undefined;
  const parent = process.ppid;
  const grandparent = parentOf(parent);
  return setInterval(() => {
    if (process.ppid !== parent || parentOf(parent) !== grandparent) onGone();
  }, 250);
}

/** Null where `/proc` does not tell. */
function parentOf(pid) {
  try {
    return / \d+/.exec(readFileSync(`/proc/${pid}/stat`, 'utf8').replace(/^.*\) \S/s, ''))?.[0] ?? null;
  } catch {
    return null;
  }
}

/** Runs a program silently; its output is shown only when it fails. */
export function runQuietly(what, program, options, { cwd = root, env = process.env } = {}) {
  return new Promise((resolve, reject) => {
    const child = spawn(program, options, {
      cwd,
      env,
      stdio: ['ignore', 'pipe', 'pipe'],
      shell: program === 'npm' && process.platform === 'win32',
    });
    const output = [];
    child.stdout.on('data', (chunk) => output.push(chunk));
    child.stderr.on('data', (chunk) => output.push(chunk));
    child.on('error', (error) => reject(new Failure(`${what} failed: ${error.message}`)));
    child.on('close', (code) => {
      if (code === 0) resolve();
      else reject(new Failure(`${Buffer.concat(output).toString().trim()}\n${what} failed with exit code ${code}; see above.`));
    });
  });
}
