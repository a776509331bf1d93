import { DatabaseSync } from 'node:sqlite';
import { setTimeout as pause } from 'node:timers/promises';

/**
 * A lock between processes on one machine, kept in an empty SQLite file: the operating system holds it and lets go of it
 * when the process ends in whatever way, so there is nothing stale to judge. Node has no `flock` of its own.
 */
export class ProcessLock {
  private constructor(private readonly file: DatabaseSync) {}

  /** Nobody else holds it, shared or exclusive. Null when it is not free within `waitMs`. */
  static exclusive(path: string, waitMs = 0): Promise<ProcessLock | null> {
    return ProcessLock.take(path, 'begin exclusive', waitMs);
  }

  /** Many may hold it together, none exclusively. Null when it is not free within `waitMs`. */
  static shared(path: string, waitMs = 0): Promise<ProcessLock | null> {
    return ProcessLock.take(path, 'begin; select count(*) from sqlite_schema', waitMs);
  }

  private static async take(path: string, statement: string, waitMs: number): Promise<ProcessLock | null> {
    const deadline = performance.now() + waitMs;
    for (;;) {
      const file = new DatabaseSync(path, { timeout: 0 });
      try {
        file.exec(`pragma journal_mode = memory; ${statement}`);
        return new ProcessLock(file);
      } catch (error) {
        file.close();
        if (!isBusy(error)) throw error;
      }
      if (performance.now() >= deadline) return null;
      await pause(50);
    }
  }

  release(): void {
    if (this.file.isOpen) this.file.close();
  }
}

const sqliteBusy = 5;

function isBusy(error: unknown): boolean {
  return error instanceof Error && 'errcode' in error && error.errcode === sqliteBusy;
}
