import { linkSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { root, say } from './process.mjs';

const folder = join(root, '.cache');
const file = join(folder, 'install-and-build.lock');

/** Two commands at the same time must not both install or build. A lock whose process is gone is taken over. */
export async function underLock(work) {
  mkdirSync(folder, { recursive: true });
  let isToldToWait = false;
  while (!take()) {
    if (!isToldToWait) say(`waiting for another command that installs or builds (process ${holder()}) …`);
    isToldToWait = true;
    await pause(200);
  }
  try {
    return await work();
  } finally {
    rmSync(file, { force: true });
  }
}

function take() {
  // Written aside and linked into place, so that nobody ever reads a lock without its number.
  const mine = join(folder, `lock-${process.pid}`);
  writeFileSync(mine, String(process.pid));
  try {
    linkSync(mine, file);
    return true;
  } catch (error) {
    if (error.code !== 'EEXIST') throw error;
  } finally {
    rmSync(mine, { force: true });
  }
  const pid = holder();
  if (pid === null || isAlive(pid)) return false;
  removeLockOf(pid);
  return false;
}

/** Between the look and the removal another may have taken it over: then it is put back. */
function removeLockOf(pid) {
  const aside = join(folder, `stale-${process.pid}`);
  try {
    renameSync(file, aside);
    if (Number(readFileSync(aside, 'utf8')) !== pid) linkSync(aside, file);
  } catch (error) {
    if (error.code !== 'ENOENT' && error.code !== 'EEXIST') throw error;
  } finally {
    rmSync(aside, { force: true });
  }
}

function holder() {
  try {
    return Number(readFileSync(file, 'utf8'));
  } catch (error) {
    if (error.code === 'ENOENT') return null;
    throw error;
  }
}

function isAlive(pid) {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error.code === 'EPERM';
  }
}
