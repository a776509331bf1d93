import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { hasCode } from '#etl/error-code.js';

/** Whether a PostgreSQL of this number runs. One that has ended but is still listed, because nobody waits for it, does not. */
export function isRunningPostgres(pid: number): boolean {
  if (!isListed(pid)) return false;
  if (process.platform === 'win32') return true;
  if (process.platform === 'linux') {
    // `pid (name) state …`; Z and X have ended.
    const [, name, state] = /^\d+ \((.*)\) (\S)/s.exec(statLine(pid)) ?? [];
    return name !== undefined && name.includes('postgres') && state !== 'Z' && state !== 'X';
  }
  const listed = spawnSync('ps', ['-o', 'state=,comm=', '-p', String(pid)], { encoding: 'utf8' });
  return listed.status === 0 && listed.stdout.includes('postgres') && !listed.stdout.startsWith('Z');
}

function isListed(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return hasCode(error, 'EPERM');
  }
}

function statLine(pid: number): string {
  try {
    return readFileSync(`/proc/${pid}/stat`, 'utf8');
  } catch {
    // It has ended between the two questions.
    return '';
  }
}
