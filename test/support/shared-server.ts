import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { TestProject } from 'vitest/node';
import { freePort, removeDirectory, type RunningServer, startServer, temporaryDirectory } from './built-server.js';

declare module 'vitest' {
  interface ProvidedContext {
    /** Answers with the address of the server that test files share; the body of the request is the database it is to show. */
    sharedServerUrl: string;
  }
}

/** One built server for all test files that only look at it, started when the first asks for it: each start costs nine seconds of processor. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  let started: Promise<RunningServer> | null = null;
  const directory = await temporaryDirectory();
  const door = createServer((request, response) => {
    let databaseUrl = '';
    request.on('data', (chunk: Buffer) => (databaseUrl += chunk.toString()));
    request.on('end', () => {
      started ??= startOn(databaseUrl, directory);
      started.then(
        ({ address }) => response.end(address),
        (error: unknown) => response.writeHead(500).end(String(error)),
      );
    });
  });
  project.provide('sharedServerUrl', await listen(door));
  return async () => {
    door.close();
    await started?.then(
      (server) => server.stop(),
      () => undefined,
    );
    await removeDirectory(directory);
  };
}

async function startOn(databaseUrl: string, directory: string): Promise<RunningServer> {
  return startServer({ DATABASE_URL: databaseUrl, DATA_DIR: directory, PORT: String(await freePort()) });
}

function listen(server: Server): Promise<string> {
  return new Promise((resolve, reject) => {
    server.on('error', reject);
    server.listen(0, '127.0.0.1', () => resolve(`http://127.0.0.1:${(server.address() as AddressInfo).port}`));
  });
}
