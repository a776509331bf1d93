import { mkdir, writeFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:net';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { freePort, removeDirectory, runCommand, temporaryDirectory } from '../support/built-server.js';
import { testDatabase } from '../support/database.js';

const { url, pool } = await testDatabase();
let directory: string;

beforeAll(async () => {
  directory = await temporaryDirectory();
});

afterAll(() => removeDirectory(directory));

/** Exit code and the one line of a start that is refused. */
async function refusal(environment: Record<string, string>): Promise<{ code: number | null; line: string }> {
  const { code, stderr } = await runCommand(['start'], { DATA_DIR: join(directory, 'data'), PORT: '0', ...environment });
  const lines = stderr.trim().split('\n');
  expect(lines).toHaveLength(1);
  return { code, line: lines[0] ?? '' };
}

test('a taken port is named, with the remedy', async () => {
  const port = await freePort();
  const occupant = await listening(port);
  expect(await refusal({ PORT: String(port), DATABASE_URL: url })).toEqual({
    code: 1,
    line: `Throughline cannot start: Port ${port} on 127.0.0.1 is taken by another program; choose another: PORT=${port + 1} npm start`,
  });
  occupant.close();
});

test('a database that nobody serves is named without its password', async () => {
  const port = await freePort();
  expect(await refusal({ DATABASE_URL: `postgres://someone:secret@127.0.0.1:${port}/work` })).toEqual({
    code: 1,
    line: `Throughline cannot start: The database someone@127.0.0.1:${port}/work cannot be used: nothing listens there; start it or correct DATABASE_URL.`,
  });
});

test('a wrong password is said to be one', async () => {
  const wrong = url.replace(/:[^:@]+@/, ':wrong@');
  expect((await refusal({ DATABASE_URL: wrong })).line).toMatch(/cannot be used: wrong user or password; correct DATABASE_URL\.$/);
});

test('a database newer than the program is refused with what is unknown', async () => {
  await pool.query(`insert into throughline_migration (timestamp, name) values (9999999999999, 'Tomorrow9999999999999')`);
  expect(await refusal({ DATABASE_URL: url })).toEqual({
    code: 1,
    line: 'Throughline cannot start: The database is newer than this program: migrations unknown here: Tomorrow9999999999999; update the program.',
  });
  await pool.query(`delete from throughline_migration where name = 'Tomorrow9999999999999'`);
});

test('a data directory that cannot be written is named', async () => {
  const file = join(directory, 'a-file');
  await writeFile(file, '');
  expect((await refusal({ DATA_DIR: join(file, 'data') })).line).toBe(
    `Throughline cannot start: DATA_DIR=${join(file, 'data')} cannot be written (ENOTDIR); make it writable or choose another with DATA_DIR.`,
  );
});

test.skipIf(process.platform !== 'linux')('a data directory on a file system that takes none is named (Linux only)', async () => {
  expect((await refusal({ DATA_DIR: '/proc/throughline' })).line).toBe(
    'Throughline cannot start: DATA_DIR=/proc/throughline cannot be written (ENOENT); make it writable or choose another with DATA_DIR.',
  );
});

test('an address others can reach is refused with the reason', async () => {
  const outside = { HOST: '0.0.0.0', DATABASE_URL: url };
  expect((await refusal({ ...outside, THROUGHLINE_SIGN_IN: 'required' })).line).toMatch(
    /HOST=0\.0\.0\.0 is refused: passwords would cross/,
  );
  expect((await refusal({ ...outside, THROUGHLINE_SIGN_IN: 'off' })).line).toMatch(
    /THROUGHLINE_SIGN_IN=off is refused with HOST=0\.0\.0\.0/,
  );
});

test('a port that is none is refused', async () => {
  expect((await refusal({ PORT: 'http' })).line).toBe(
    'Throughline cannot start: PORT=http is not valid; it must be a port from 0 to 65535.',
  );
});

test('files of an older PostgreSQL are refused', async () => {
  const data = join(directory, 'old');
  await mkdir(join(data, 'postgres'), { recursive: true });
  await writeFile(join(data, 'database.json'), JSON.stringify({ directory: 'postgres', password: 'x' }));
  await writeFile(join(data, 'postgres', 'PG_VERSION'), '14\n');
  expect((await refusal({ DATA_DIR: data })).line).toMatch(/is of PostgreSQL 14, this program brings 18/);
});

function listening(port: number): Promise<Server> {
  return new Promise((resolve) => {
    const server = createServer();
    server.listen(port, '127.0.0.1', () => resolve(server));
  });
}
