import { log } from './console.js';
import { StartError } from './start-error.js';
import { onStopSignals } from './stop-signals.js';

/** Between the signal and the end: a query that ignores the signal must not keep the terminal. A database on a busy disk stops slowly. */
const patienceMs = 60_000;

/** One life of the process: what is to be closed at its end, in reverse order, whatever ends it. */
export class Lifetime {
  private readonly stopped = new AbortController();
  private readonly closers: (() => Promise<void> | void)[] = [];
  private ending: Promise<void> | null = null;
  private work: Promise<void> = Promise.resolve();

  /** Aborted as soon as the end has begun. */
  readonly signal = this.stopped.signal;

  constructor() {
    onStopSignals(() => void this.end(0));
    // Nobody reads what we print any more; that is no reason to stop. A terminal that closes says so by a signal.
    for (const output of [process.stdout, process.stderr]) output.on('error', () => undefined);
    for (const event of ['uncaughtException', 'unhandledRejection'] as const) {
      process.on(event, (error: unknown) => {
        log(`ended by an error nobody handled: ${error instanceof Error ? error.stack : String(error)}`);
        void this.end(1);
      });
    }
  }

  /** Starts. The end waits for it: what is opened meanwhile is closed too. A start that fails says why in one line and ends the process. */
  start(work: (signal: AbortSignal) => Promise<void>): void {
    this.work = work(this.signal).catch((error: unknown) => {
      if (!this.signal.aborted) process.stderr.write(`Throughline cannot start: ${reasonOf(error)}\n`);
      void this.end(this.signal.aborted ? 0 : 1);
    });
  }

  atEnd(closer: () => Promise<void> | void): void {
    this.closers.push(closer);
  }

  /** Closes everything, then ends the process. Again while it runs: joins it. */
  end(exitCode: number): Promise<void> {
    this.ending ??= this.close(exitCode);
    return this.ending;
  }

  private async close(exitCode: number): Promise<void> {
    this.stopped.abort();
    setTimeout(() => {
      log(`stopping took longer than ${patienceMs / 1000} s; ended without waiting`);
      process.exit(1);
    }, patienceMs).unref();
    let code = exitCode;
    await this.work;
    for (const closer of this.closers.splice(0).reverse()) {
      try {
        await closer();
      } catch (error) {
        code = 1;
        log(`closing failed: ${reasonOf(error)}`);
      }
    }
    process.exit(code);
  }
}

/** What we did not foresee comes with its stack. */
function reasonOf(error: unknown): string {
  if (error instanceof StartError) return error.message;
  return error instanceof Error ? (error.stack ?? error.message) : String(error);
}
