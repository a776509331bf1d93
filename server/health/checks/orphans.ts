import { readdir, readFile, readlink } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { isRunningPostgres } from '../../database/processes.js';
import { fine, type Check } from '../check.js';

/** What every process that uses an embedded database holds open, in the directory above the database's own. */
const usersFile = 'database-users.lock';

/**
 * Embedded databases that were left running: PostgreSQL in the directory of a Throughline whose lock no process holds. Told by what Linux
 * says of processes; elsewhere, and of other people's processes, nothing is known.
 */
export async function orphanChecks(): Promise<Check[]> {
  const subject = { key: 'subject.others' } as const;
  const databases = await embeddedDatabases();
  const held = databases.length === 0 ? new Set<string>() : await heldLocks();
  const orphans = databases.filter(({ directory }) => !held.has(join(dirname(directory), usersFile)));
  if (orphans.length === 0) return [fine('others', subject, { key: 'others.none' })];
  return orphans.map(({ pid, directory }) => ({
    id: 'others',
    subject,
    state: 'warning',
    found: { key: 'others.orphan', values: { pid: String(pid), directory } },
    remedies: [{ key: 'others.orphan.do' }],
  }));
}

async function embeddedDatabases(): Promise<{ pid: number; directory: string }[]> {
  const found: { pid: number; directory: string }[] = [];
  for (const pid of await processes()) {
    const words = (await quietly(readFile(`/proc/${pid}/cmdline`, 'utf8')))?.split('\0') ?? [];
    const directory = words[words.indexOf('-D') + 1];
    if (!words[0]?.endsWith('postgres') || !words.includes('-D') || !directory || !isRunningPostgres(pid)) continue;
    if ((await quietly(readFile(join(dirname(directory), usersFile)))) !== null) found.push({ pid, directory });
  }
  return found;
}

async function heldLocks(): Promise<Set<string>> {
  const held = new Set<string>();
  for (const pid of await processes()) {
    for (const file of (await quietly(readdir(`/proc/${pid}/fd`))) ?? []) {
      const path = await quietly(readlink(`/proc/${pid}/fd/${file}`));
      if (path?.endsWith(usersFile)) held.add(path);
    }
  }
  return held;
}

async function processes(): Promise<number[]> {
  return ((await quietly(readdir('/proc'))) ?? []).map(Number).filter((pid) => pid > 0);
}

/** Null where it is gone, or not ours to read. */
function quietly<T>(asked: Promise<T>): Promise<T | null> {
  return asked.catch((error: NodeJS.ErrnoException) => {
    if (['ENOENT', 'EACCES', 'EPERM', 'ESRCH', 'ENOTDIR'].includes(error.code ?? '')) return null;
    throw error;
  });
}
