import { type ChildProcess, fork } from 'node:child_process';
import { createRequire } from 'node:module';
import { extname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { reasonOf } from '#etl/error-code.js';

const require = createRequire(import.meta.url);

const fontFiles = [
  '@expo-google-fonts/noto-sans/400Regular/NotoSans_400Regular.ttf',
  '@expo-google-fonts/noto-sans/600SemiBold/NotoSans_600SemiBold.ttf',
  '@expo-google-fonts/noto-sans-armenian/400Regular/NotoSansArmenian_400Regular.ttf',
  '@expo-google-fonts/noto-sans-armenian/600SemiBold/NotoSansArmenian_600SemiBold.ttf',
  'vazirmatn/fonts/ttf/Vazirmatn-Regular.ttf',
  'vazirmatn/fonts/ttf/Vazirmatn-SemiBold.ttf',
].map((file) => require.resolve(file));

/** A summary takes a tenth of a second; whatever takes this long will never end. */
const deadlineMs = 30_000;
/** Starting anew takes a fifth of a second; keeping it costs some hundred megabytes. */
const idleMs = 60_000;

export interface PrintJob {
  /** Typst. */
  template: string;
  inputs: Record<string, string>;
  /** By name, at the root of the template. */
  images: [name: string, bytes: string | Uint8Array][];
  fontFiles: string[];
}

export type PrintAnswer = { pdf: Uint8Array } | { error: string };

/** Prints one job after the other in a process of its own, which is ended when a job fails to end or nothing is printed for a minute. */
export class Printer {
  private child: ChildProcess | null = null;
  private last: Promise<unknown> = Promise.resolve();
  private idle: NodeJS.Timeout | undefined;

  constructor(private readonly deadline = deadlineMs) {}

  /** Throws where it cannot be laid out, and where the process crashed or took longer than the deadline: then it may be tried again. */
  print(job: Omit<PrintJob, 'fontFiles'>): Promise<Uint8Array> {
    const printed = this.last.then(() => this.run({ ...job, fontFiles }));
    this.last = printed.catch(() => undefined);
    return printed;
  }

  /** The process that prints now; null between jobs that lie far apart. */
  get pid(): number | undefined {
    return this.child?.pid;
  }

  /** Ends its process. */
  close(): void {
    clearTimeout(this.idle);
    if (this.child) this.end(this.child);
  }

  private async run(job: PrintJob): Promise<Uint8Array> {
    clearTimeout(this.idle);
    const child = (this.child ??= this.start());
    child.ref();
    child.channel?.ref();
    try {
      const answer = await this.answer(child, job);
      if ('error' in answer) throw new Error(`The report could not be laid out: ${answer.error}`);
      return answer.pdf;
    } finally {
      child.unref();
      child.channel?.unref();
      this.idle = setTimeout(() => this.end(child), idleMs).unref();
    }
  }

  private answer(child: ChildProcess, job: PrintJob): Promise<PrintAnswer> {
    return new Promise((resolve, reject) => {
      const timer = setTimeout(() => fail(`took longer than ${this.deadline / 1_000} s`), this.deadline);
      const done = () => {
        clearTimeout(timer);
        child.off('message', answered).off('exit', ended).off('error', fail);
      };
      const answered = (answer: unknown) => {
        done();
        resolve(answer as PrintAnswer);
      };
      const fail = (reason: unknown) => {
        done();
        this.end(child);
        reject(new Error(`The report was not printed: its process ${reasonOf(reason)}. Try again.`));
      };
      const ended = (code: number | null, signal: NodeJS.Signals | null) => fail(`ended with ${signal ?? code}`);
      child.on('message', answered).on('exit', ended).on('error', fail);
      child.send({ job });
    });
  }

  private start(): ChildProcess {
    const file = fileURLToPath(new URL(`./print-child${extname(import.meta.url)}`, import.meta.url));
    return fork(file, { execArgv: [], serialization: 'advanced', stdio: ['ignore', 'ignore', 'ignore', 'ipc'] });
  }

  private end(child: ChildProcess): void {
    if (this.child === child) this.child = null;
    child.kill('SIGKILL');
  }
}

/** That of this process. */
export const printer = new Printer();
