import { readFileSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { ReadinessResponse } from '#server/api.js';
import { isRunningPostgres } from '#server/database/processes.js';
import {
  besidesDisk,
  ended,
  freePort,
  removeDirectory,
  type RunningServer,
  runCommand,
  startServer,
  temporaryDirectory,
} from '../support/built-server.js';

let directory: string;
const running: RunningServer[] = [];

beforeAll(async () => {
  directory = await temporaryDirectory();
});

afterAll(async () => {
  for (const server of running) await server.stop('SIGTERM');
  await removeDirectory(directory);
});

async function start(environment: Record<string, string>): Promise<RunningServer> {
  const server = await startServer(environment);
  running.push(server);
  return server;
}

function postmaster(): number {
  return Number(readFileSync(join(directory, 'postgres', 'postmaster.pid'), 'utf8').split('\n')[0]);
}

test(
  'a first start shows a sample company, survives being killed, refuses a second copy and stops at Ctrl-C',
  { timeout: 1_800_000 },
  async () => {
    const environment = { DATA_DIR: directory, PORT: String(await freePort()) };

    const first = await start(environment);
    expect(first.output()).toMatch(/database .* embedded PostgreSQL, new/);
    expect(first.output()).toMatch(/sample .* made-up company/);
    expect(first.address).toBe(`http://127.0.0.1:${environment.PORT}`);
    const page = await fetch(first.address);
    expect(page.status).toBe(200);
    expect(page.headers.get('content-type')).toBe('text/html; charset=utf-8');
    expect(page.headers.get('content-security-policy')).toMatch(/^default-src 'none'; script-src 'self' 'sha256-/);
    const { factsVersion, reasons } = (await (await fetch(`${first.address}/readyz`)).json()) as ReadinessResponse;
    expect(factsVersion).toBe(1);
    expect(besidesDisk(reasons)).toEqual([]);

    const second = await runCommand(['start'], { ...environment, PORT: String(await freePort()) });
    expect(second.code).toBe(1);
    expect(second.stderr).toContain(`Another Throughline (process ${first.pid()}) already runs on ${directory}`);

    const database = postmaster();
    process.kill(first.pid(), 'SIGKILL');
    await ended(first.process);
    expect(isRunningPostgres(database)).toBe(true);

    const third = await start(environment);
    expect(third.output()).toMatch(/database .* embedded PostgreSQL, joined/);
    expect(third.output()).not.toMatch(/sample/);
    expect(postmaster()).toBe(database);

    // A command joins the running database and leaves it running.
    const status = await runCommand(['throughline', 'status', '--json'], environment);
    expect(status.stderr).toBe('');
    expect(JSON.parse(status.stdout)).toMatchObject({ connections: [{ isSample: true }, { isSample: true }, { isSample: true }] });

    // What a command loads shows on the page by itself.
    const log = join(directory, 'log.csv');
    const mapping = join(directory, 'log.yaml');
    await writeFile(log, 'id,at,status\nT1,2026-03-02T08:00:00Z,New\nT1,2026-03-02T09:00:00Z,Done\n');
    await writeFile(
      mapping,
      'rows: events\ntimes: { format: iso, zone: UTC }\nitem: { id: id, type: { value: ticket } }\nevent: { at: at, status: status }\nstatuses: { New: ours_active, Done: done }\n',
    );
    expect(await runCommand(['throughline', 'import', log, '--mapping', mapping], environment)).toMatchObject({ code: 0, stderr: '' });
    await expect
      .poll(async () => ((await (await fetch(`${third.address}/readyz`)).json()) as ReadinessResponse).factsVersion, { timeout: 120_000 })
      .toBeGreaterThan(1);
    await expect
      .poll(
        async () => (await fetch(`${third.address}/api/metrics/lead-time?from=2026-03-01&to=2026-04-01&grain=all&type=ticket`)).json(),
        { timeout: 120_000 },
      )
      .toMatchObject({ rows: [{ n: 1 }] });

    // As a terminal does: to everyone at once.
    process.kill(third.pid(), 'SIGINT');
    expect(await third.stop('SIGINT')).toBe(0);
    // A moment after its file is gone, which is what whoever stops it waits for.
    await expect.poll(() => isRunningPostgres(database)).toBe(false);

    // Without a server a command starts the database and stops it again.
    const removed = await runCommand(['throughline', 'sample', 'remove'], environment);
    expect(removed.stdout).toBe('Removed: Sample CRM, Sample helpdesk, Sample projects.\n');
    await expect.poll(() => isRunningPostgres(postmasterOrZero())).toBe(false);

    const fourth = await start(environment);
    expect(fourth.output()).not.toMatch(/sample/);
    fourth.process.kill('SIGKILL');
    // The script is gone without a word: the server notices and stops, and the next start waits for that.
    await expect.poll(() => seatOf(directory), { timeout: 120_000 }).toMatch(/^$|stopping/);
    const fifth = await start(environment);
    expect(await fifth.stop('SIGTERM')).toBe(0);
  },
);

/** What the server notes of itself; nothing: none is there. */
function seatOf(data: string): string {
  try {
    return readFileSync(join(data, 'server.pid'), 'utf8');
  } catch {
    return '';
  }
}

function postmasterOrZero(): number {
  try {
    return postmaster();
  } catch {
    return 0;
  }
}
