import { expect, test } from 'vitest';
import { freePort, removeDirectory, startServer, temporaryDirectory } from '../support/built-server.js';

/** What a newcomer waits for, without the installation and the build. */
const mostSeconds = 30;

test('a first start is ready in time', { timeout: 300_000 }, async () => {
  const directory = await temporaryDirectory();
  const environment = { DATA_DIR: directory, PORT: String(await freePort()) };
  const seconds = async (): Promise<number> => {
    const startedAt = performance.now();
    const server = await startServer(environment);
    const taken = (performance.now() - startedAt) / 1000;
    await server.stop();
    return taken;
  };
  const first = await seconds();
  const second = await seconds();
  await removeDirectory(directory);
  process.stdout.write(`first start: ${first.toFixed(1)} s (at most ${mostSeconds} s); second start: ${second.toFixed(1)} s\n`);
  expect(first).toBeLessThan(mostSeconds);
});
