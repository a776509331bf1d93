import { spawn } from 'node:child_process';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { ended, removeDirectory, temporaryDirectory } from '../support/built-server.js';
import { repositoryRoot } from '../support/import-directions.js';

const lock = join(repositoryRoot, '.cache', 'install-and-build.lock');

test('commands that start at the same time install and build one after another, and a dead one does not stop them', async () => {
  const directory = await temporaryDirectory();
  const counter = join(directory, 'counter');
  await writeFile(counter, '0');
  await mkdir(join(repositoryRoot, '.cache'), { recursive: true });
  // A process that is gone holds it; no system gives this number.
  await writeFile(lock, '2147483646', { flag: 'wx' }).catch((error: NodeJS.ErrnoException) => {
    if (error.code !== 'EEXIST') throw error;
  });
  // Reads, waits and writes: two at once would lose a count.
  const script = `
    import { readFileSync, writeFileSync } from 'node:fs';
    import { underLock } from ${JSON.stringify(join(repositoryRoot, 'scripts', 'run', 'lock.mjs'))};
    await underLock(async () => {
      const count = Number(readFileSync(${JSON.stringify(counter)}, 'utf8'));
      await new Promise((resolve) => setTimeout(resolve, 50));
      writeFileSync(${JSON.stringify(counter)}, String(count + 1));
    });`;
  const codes = await Promise.all(
    Array.from({ length: 6 }, () => ended(spawn(process.execPath, ['--input-type=module', '--eval', script], { stdio: 'ignore' }))),
  );
  expect(codes).toEqual([0, 0, 0, 0, 0, 0]);
  expect(await readFile(counter, 'utf8')).toBe('6');
  await removeDirectory(directory);
});
