import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll } from 'vitest';

/** A new directory, gone after the tests of the file. Call it at the top of a test file. */
export async function temporaryDirectory(purpose: string): Promise<string> {
  const directory = await mkdtemp(join(tmpdir(), `throughline-${purpose}-`));
  afterAll(() => rm(directory, { recursive: true, force: true }));
  return directory;
}
