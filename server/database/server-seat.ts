import { readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { StartError } from '../start-error.js';
import { ProcessLock } from './process-lock.js';

/** A server that was told to stop may need this long; a new start waits for it. */
const patienceMs = 3_000;

export interface ServerSeat {
  release(): Promise<void>;
}

/** The one place of a server in a data directory. Throws `StartError` with the number of the process that sits there. */
export async function takeServerSeat(dataDirectory: string): Promise<ServerSeat> {
  const note = join(dataDirectory, 'server.pid');
  const lock = await ProcessLock.exclusive(join(dataDirectory, 'server.lock'), patienceMs);
  if (!lock) {
    const pid = (await readFile(note, 'utf8').catch(() => 'unknown')).trim();
    throw new StartError(
      `Another Throughline (process ${pid}) already runs on ${dataDirectory}; use that one, stop it, or set DATA_DIR to another directory.`,
    );
  }
  await writeFile(note, `${process.pid}\n`);
  return {
    release: async () => {
      await rm(note, { force: true });
      lock.release();
    },
  };
}
