import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { hasCode } from '#etl/error-code.js';
import { StartError } from '../start-error.js';
import { ProcessLock } from './process-lock.js';

/** Whoever started a server that was killed needs a moment to notice and stop it; a server that is stopping needs longer. */
const patienceMs = 3_000;
const stoppingPatienceMs = 65_000;

/** The one place of a server in a data directory. */
export interface ServerSeat {
  /** Tells a start that waits that it is worth waiting. */
  announceLeaving(): void;
  release(): void;
}

/** Takes the place. Throws `StartError` with the number of the process that has it. */
export async function takeServerSeat(dataDirectory: string): Promise<ServerSeat> {
  const note = join(dataDirectory, 'server.pid');
  const path = join(dataDirectory, 'server.lock');
  let lock = await ProcessLock.exclusive(path, patienceMs);
  if (!lock && readNote(note).endsWith('stopping')) lock = await ProcessLock.exclusive(path, stoppingPatienceMs);
  if (!lock) {
    throw new StartError(
      `Another Throughline (process ${readNote(note)}) already runs on ${dataDirectory}; use that one, stop it, or set DATA_DIR to another directory.`,
    );
  }
  const held = lock;
  writeFileSync(note, `${process.pid}\n`);
  return {
    announceLeaving: () => writeFileSync(note, `${process.pid} stopping\n`),
    release: () => {
      rmSync(note, { force: true });
      held.release();
    },
  };
}

function readNote(path: string): string {
  try {
    return readFileSync(path, 'utf8').trim();
  } catch (error) {
    if (hasCode(error, 'ENOENT')) return 'of unknown number';
    throw error;
  }
}
