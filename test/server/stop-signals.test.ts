import { type ChildProcessByStdio, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import { setTimeout as passed } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { repositoryRoot } from '../support/import-directions.js';

interface Listening {
  child: ChildProcessByStdio<null, Readable, null>;
  ended: Promise<number | null>;
}

/** A process that listens for signals; `stop` is what it does at the first. It says when it listens. */
async function listening(stop: string): Promise<Listening> {
  const child = spawn(
    process.execPath,
    [
      '--input-type=module-typescript',
      '--eval',
      `import { onStopSignals } from ${JSON.stringify(join(repositoryRoot, 'server', 'stop-signals.ts'))};
      onStopSignals(() => { ${stop} });
      setInterval(() => {}, 1_000);
      process.stdout.write('listening');`,
    ],
    { stdio: ['ignore', 'pipe', 'inherit'] },
  );
  const ended = once(child, 'exit').then(([code]) => code as number | null);
  await once(child.stdout, 'data');
  return { child, ended };
}

test('a Ctrl-C that comes again while the process is busy is an echo, however late it is heard', async () => {
  const { child, ended } = await listening(`
    setImmediate(() => {
      process.kill(process.pid, 'SIGINT');
      for (const until = performance.now() + 3_200; performance.now() < until;);
      setTimeout(() => process.exit(0), 100);
    });`);
  child.kill('SIGINT');
  expect(await ended).toBe(0);
});

test('a Ctrl-C pressed again later ends the process at once; a SIGTERM does not', async () => {
  const { child, ended } = await listening(`process.stdout.write('stopping');`);
  child.kill('SIGINT');
  await once(child.stdout, 'data');
  await passed(3_500);
  child.kill('SIGTERM');
  await passed(300);
  expect(child.exitCode).toBe(null);
  // Where the process was kept from its clock, the first of these is an echo still.
  const again = setInterval(() => child.kill('SIGINT'), 500);
  child.kill('SIGINT');
  expect(await ended).toBe(130);
  clearInterval(again);
});
