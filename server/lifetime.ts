import { log } from './console.js';

/** Between the signal and the end: a query that ignores the signal must not keep the terminal. */
const patienceMs = 20_000;

/** One life of the process: what is to be closed at its end, in reverse order, whatever ends it. */
export class Lifetime {
  private readonly stopped = new AbortController();
  private readonly closers: (() => Promise<void>)[] = [];
  private ending: Promise<void> | null = null;
  private work: Promise<unknown> = Promise.resolve();

  /** Aborted as soon as the end has begun. */
  readonly signal = this.stopped.signal;

  constructor() {
    for (const name of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
      process.on(name, () => {
        // The second Ctrl-C does not wait; an embedded database left running is joined by the next start.
        if (name === 'SIGINT' && this.signal.aborted) process.exit(130);
        void this.end(0);
      });
    }
    if (process.channel) {
      process.on('disconnect', () => void this.end(0));
      process.channel.unref();
    }
    for (const event of ['uncaughtException', 'unhandledRejection'] as const) {
      process.on(event, (error: unknown) => {
        log(`ended by an error nobody handled: ${error instanceof Error ? error.stack : String(error)}`);
        void this.end(1);
      });
    }
  }

  /** Does the work of this life. The end waits for it: what it opens meanwhile is closed too. */
  async run(work: (signal: AbortSignal) => Promise<void>): Promise<void> {
    const running = work(this.signal);
    this.work = running.catch(() => undefined);
    await running;
  }

  atEnd(closer: () => Promise<void>): void {
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
      await closer().catch((error: unknown) => {
        code = 1;
        log(`closing failed: ${error instanceof Error ? error.stack : String(error)}`);
      });
    }
    process.exit(code);
  }
}
