import { type ChildProcess, fork } from 'node:child_process';
import type { Socket } from 'node:net';
import { extname } from 'node:path';
import { fileURLToPath } from 'node:url';

/** Starting anew takes a tenth of a second; keeping one costs some forty megabytes. */
const idleMs = 60_000;
const mostIdle = 2;

/** Rows wait in buffers outside of this heap; what does not fit is a query gone wrong, and ends alone. */
const heapMegabytes = 128;

/** The space for new objects, whole from the start: as small as Node begins with, a fifth of the time of a file goes to collecting them. */
const newMegabytes = 16;

const idle: { child: ChildProcess; timer: NodeJS.Timeout }[] = [];

/** A process that runs a query, for one query; nobody else has it until it is given back. */
export function takeChild(): ChildProcess {
  const kept = idle.pop();
  const child = kept?.child ?? start();
  if (kept) clearTimeout(kept.timer);
  child.removeAllListeners();
  child.ref();
  child.channel?.ref();
  fileWay(child).ref();
  return child;
}

/** For a process whose query has ended as it should; any other is to be killed. */
export function giveBack(child: ChildProcess): void {
  child.removeAllListeners();
  if (!child.connected || idle.length >= mostIdle) {
    child.kill('SIGKILL');
    return;
  }
  child.unref();
  child.channel?.unref();
  fileWay(child).unref();
  child.on('error', () => drop(child));
  child.on('exit', () => drop(child));
  idle.push({ child, timer: setTimeout(() => drop(child), idleMs).unref() });
}

/** The way its files come. */
export function fileWay({ stdio }: ChildProcess): Socket {
  return stdio[4] as Socket;
}

/** Ends those that wait for a query. */
export function closeChildren(): void {
  for (const { child } of [...idle]) drop(child);
}

function drop(child: ChildProcess): void {
  const at = idle.findIndex((kept) => kept.child === child);
  if (at < 0) return;
  const [kept] = idle.splice(at, 1);
  clearTimeout(kept?.timer);
  child.kill('SIGKILL');
}

function start(): ChildProcess {
  const extension = extname(import.meta.url);
  const fileOf = (name: string) => new URL(`./${name}${extension}`, import.meta.url);
  const loader = extension === '.ts' ? ['--import', fileOf('from-sources').href] : [];
  const child = fork(fileURLToPath(fileOf('run-child')), {
    execArgv: [
      `--max-old-space-size=${heapMegabytes}`,
      `--min-semi-space-size=${newMegabytes}`,
      `--max-semi-space-size=${newMegabytes}`,
      ...loader,
    ],
    serialization: 'advanced',
    stdio: ['ignore', 'ignore', 'inherit', 'ipc', 'pipe'],
    // Nothing of the environment: it holds the program's own secrets.
    env: {},
  });
  // Its end tells enough.
  fileWay(child).on('error', () => undefined);
  return child;
}
