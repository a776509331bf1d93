import { gzipSync } from 'node:zlib';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Ended, removeDirectory, runCommand, temporaryDirectory } from '../support/built-server.js';
import { testDatabase } from '../support/database.js';

const { url } = await testDatabase();
let directory: string;
let file: string;
let mapping: string;

beforeAll(async () => {
  directory = await temporaryDirectory();
  file = join(directory, 'tickets.csv');
  mapping = join(directory, 'tickets.yaml');
  await writeFile(
    file,
    [
      'id,at,status',
      'T1,2026-03-02T08:00:00Z,New',
      'T1,2026-03-02T09:00:00Z,Done',
      'T2,2026-03-02T08:00:00Z,New',
      'T2,yesterday,Done',
      'T3,2026-03-02T08:00:00Z,Parked',
    ].join('\n'),
  );
  await writeFile(
    mapping,
    `rows: events
times: { format: iso, zone: UTC }
item: { id: id, type: { value: ticket } }
event: { at: at, status: status }
statuses: { New: ours_active, Done: done }
`,
  );
});

afterAll(() => removeDirectory(directory));

function throughline(...command: string[]): Promise<Ended> {
  return runCommand(['throughline', ...command], { DATABASE_URL: url, DATA_DIR: join(directory, 'data') });
}

test('an import ends with its ledger, again changes nothing, and what could not be read is listed', async () => {
  const first = await throughline('import', file, '--mapping', mapping);
  expect(first.stderr).toBe('');
  expect(first.stdout.split('\n').slice(0, 5)).toEqual([
    'tickets: complete',
    '  5 fetched = 4 inserted + 0 updated + 0 unchanged + 0 duplicate + 1 quarantined',
    '  data to 2026-03-02T09:00:00.000Z',
    '  records that could not be read are listed by: throughline quarantine list',
    '  statuses the mapping gives no meaning, counted as waiting with us: Parked',
  ]);
  expect(first.code).toBe(0);

  const again = await throughline('import', file, '--mapping', mapping, '--json');
  expect(JSON.parse(again.stdout)).toMatchObject({
    state: 'complete',
    fetched: 5,
    inserted: 0,
    updated: 0,
    unchanged: 4,
    quarantined: 1,
    items: 3,
    unmappedStatuses: ['Parked'],
  });

  const waiting = await throughline('quarantine', '--connection', 'tickets');
  expect(waiting.stdout).toMatch(/^tickets, .*line 5: .*yesterday/);

  const status = await throughline('status', '--json');
  expect(JSON.parse(status.stdout)).toMatchObject({ isDeriving: false, connections: [{ name: 'tickets', items: 3, quarantined: 1 }] });

  const doctor = await throughline('doctor');
  expect(doctor.code).toBe(1);
  expect(doctor.stdout).toContain('Give these statuses a meaning in its mapping: Parked.');
});

test('a file that breaks off leaves what was loaded and exit code 1', async () => {
  const rows = Array.from({ length: 30_000 }, (_, n) => `C${n},2026-03-02T08:00:00Z,New,${Math.sin(n)}`);
  const cut = join(directory, 'cut.csv.gz');
  const whole = gzipSync(['id,at,status,noise', ...rows].join('\n'));
  await writeFile(cut, whole.subarray(0, whole.length - 20_000));
  const { code, stderr } = await throughline('import', cut, '--mapping', mapping);
  expect(code).toBe(1);
  expect(stderr).toMatch(/^error: cut, .*\n$/);
});

test('what is asked wrongly is one line and exit code 2', async () => {
  for (const command of [['nonsense'], ['status', '--nonsense'], ['import', file], ['quarantine', 'list', '--limit', '0']]) {
    const { code, stdout, stderr } = await throughline(...command);
    expect({ command, code, stdout }).toEqual({ command, code: 2, stdout: '' });
    expect(stderr).toMatch(/^error: .*\nAdd --help to see what the command takes\.\n$/);
  }
});

test('a connection that does not exist is one line and exit code 1', async () => {
  const { code, stderr } = await throughline('sync', 'tickest');
  expect(code).toBe(1);
  expect(stderr).toMatch(/^error: .*tickest.*tickets.*\n$/);
});

test('every level has help', async () => {
  for (const command of [
    [],
    ['import'],
    ['sync'],
    ['status'],
    ['quarantine'],
    ['quarantine', 'retry'],
    ['metric'],
    ['export'],
    ['report'],
    ['rebuild'],
    ['sample'],
    ['sample', 'load'],
    ['doctor'],
  ]) {
    const { code, stdout, stderr } = await throughline(...command, '--help');
    expect({ command, code, stderr }).toEqual({ command, code: 0, stderr: '' });
    expect(stdout).toMatch(/^Usage: throughline/);
  }
});
