import { type ChildProcessByStdio, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import { setTimeout as passed } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { repositoryRoot } from '../support/import-directions.js';

type Listening = ChildProcessByStdio<null, Readable, null>;

/** A process that needs `endsAfterMs` to stop, and is busy for the first `busyMs` of them. It says when it listens and when it stops. */
async function listening(busyMs: number, endsAfterMs: number): Promise<Listening> {
  const child = spawn(
    process.execPath,
    [
      '--input-type=module-typescript',
      '--eval',
      `import { onStopSignals } from ${JSON.stringify(join(repositoryRoot, 'server', 'stop-signals.ts'))};
      onStopSignals(() => {
        process.stdout.write('stopping');
        setTimeout(() => process.exit(0), ${endsAfterMs});
        setImmediate(() => { const until = performance.now() + ${busyMs}; while (performance.now() < until); });
      });
      setInterval(() => {}, 1_000);
      process.stdout.write('listening');`,
    ],
    { stdio: ['ignore', 'pipe', 'inherit'] },
  );
  await once(child.stdout, 'data');
  return child;
}

async function ended(child: Listening): Promise<number | null> {
  const [code] = (await once(child, 'exit')) as [number | null];
  return code;
}

test('a Ctrl-C that comes again while the process is busy is an echo, however late it is heard', { timeout: 30_000 }, async () => {
  const child = await listening(3_200, 3_600);
  child.kill('SIGINT');
  await once(child.stdout, 'data');
  child.kill('SIGINT');
  expect(await ended(child)).toBe(0);
});

test('a Ctrl-C pressed again later ends the process at once; a SIGTERM does not', { timeout: 30_000 }, async () => {
  const child = await listening(0, 20_000);
  child.kill('SIGINT');
  await once(child.stdout, 'data');
  await passed(3_500);
  child.kill('SIGTERM');
  await passed(300);
  expect(child.exitCode).toBe(null);
  child.kill('SIGINT');
  expect(await ended(child)).toBe(130);
});
