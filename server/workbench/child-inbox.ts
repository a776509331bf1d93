import type { ChildProcess } from 'node:child_process';
import type { Readable } from 'node:stream';
import type { ChildAnswer } from './child-messages.js';
import { fileWay } from './children.js';

/** A part of the file. */
export interface FileBytes {
  kind: 'bytes';
  bytes: Buffer;
}

/** Bytes of a file that wait to be taken; there is no reading on while there are more. */
const mostWaiting = 2 ** 20;

/** What a process says and the parts of the file it writes, its last word after the last of them; null once it has ended. */
export class Inbox {
  private readonly answers: (ChildAnswer | FileBytes | null)[] = [];
  private readonly file: Readable;
  private wake: (() => void) | null = null;
  private received = 0;
  private waiting = 0;
  private end: Extract<ChildAnswer, { kind: 'end' }> | null = null;

  constructor(child: ChildProcess) {
    this.file = fileWay(child);
    this.file.on('data', (bytes: Buffer) => {
      this.received += bytes.length;
      this.waiting += bytes.length;
      if (this.waiting > mostWaiting) this.file.pause();
      this.put({ kind: 'bytes', bytes });
      this.endIfWhole();
    });
    child.on('message', (message) => {
      const answer = message as ChildAnswer;
      if (answer.kind === 'end') this.end = answer;
      else this.put(answer);
      this.endIfWhole();
    });
    child.on('exit', () => this.put(null));
    child.on('error', () => this.put(null));
    this.file.resume();
  }

  async next(): Promise<ChildAnswer | FileBytes | null> {
    while (this.answers.length === 0) await new Promise<void>((resolve) => (this.wake = resolve));
    const answer = this.answers.shift() ?? null;
    if (answer?.kind === 'bytes') {
      this.waiting -= answer.bytes.length;
      if (this.waiting <= mostWaiting) this.file.resume();
    }
    return answer;
  }

  /** Hears no more. */
  close(): void {
    this.file.removeAllListeners('data');
    this.file.pause();
  }

  private put(answer: ChildAnswer | FileBytes | null): void {
    this.answers.push(answer);
    this.wake?.();
  }

  private endIfWhole(): void {
    if (this.end === null || this.received < this.end.written) return;
    this.put(this.end);
    this.end = null;
  }
}
