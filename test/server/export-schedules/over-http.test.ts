import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { beforeAll, expect, test } from 'vitest';
import type { ExportRun, ExportSchedule } from '#server/api.js';
import { testDatabase } from '../../support/database.js';
import { temporaryDirectory } from '../../support/temporary-directory.js';
import { testServer, type TestServer } from '../dashboards/test-server.js';

const database = await testDatabase();
const { pool } = database;
const directory = await temporaryDirectory('export-schedules');
let server: TestServer;

beforeAll(async () => {
  server = await testServer(database, { DATA_DIR: directory });
});

const body = {
  name: 'Items',
  source: { kind: 'view', view: 'item' },
  format: 'parquet',
  destination: { kind: 'folder' },
  rhythm: { kind: 'weekly', weekday: 1, at: '08:00' },
  zone: 'Europe/Berlin',
  owner: 'Ada',
};

async function added(told: Record<string, unknown>): Promise<ExportSchedule> {
  const { status, body: schedule } = await server.post<ExportSchedule>('/api/export-schedules', { ...body, ...told });
  expect([status, schedule]).toEqual([201, expect.anything()]);
  return schedule;
}

async function refusal(method: 'POST' | 'PATCH', path: string, told: Record<string, unknown>): Promise<string> {
  const { status, text } = await server.send(method, path, { ...body, ...told });
  return `${status} ${(JSON.parse(text) as { message: string }).message}`;
}

test('one is added, listed with when it is due, paused, run, and removed', async () => {
  const { id, next, isPaused } = await added({ name: 'First' });
  expect([next?.localDue.slice(10), isPaused]).toEqual(['T08:00', false]);
  expect((await server.json<ExportSchedule[]>('/api/export-schedules')).map(({ name }) => name)).toContain('First');
  const { text: paused } = await server.send('PATCH', `/api/export-schedules/${id}/pause`, { isPaused: true });
  expect(JSON.parse(paused)).toMatchObject({ isPaused: true, next: null });
  expect((await server.send('POST', `/api/export-schedules/${id}/run`)).status).toBe(202);
  const { rows } = await pool.query(`select status, next_at <= now() as is_now from app.export_due where schedule_id = $1`, [id]);
  expect(rows).toEqual([{ status: 'planned', is_now: true }]);
  expect(await server.delete(`/api/export-schedules/${id}`)).toBe(204);
  expect((await server.get(`/api/export-schedules/${id}`)).status).toBe(404);
});

const bucket = {
  kind: 'bucket',
  endpoint: 'https://storage.company.test',
  region: 'eu-1',
  bucket: 'exports',
  prefix: 'a/',
  accessKeyId: 'A1',
};

test('the secret key of a bucket is told by no answer, and asked for again where the bucket is another one', async () => {
  const schedule = await added({ name: 'Bucket', destination: bucket, secretAccessKey: 'canary-secret' });
  expect(JSON.stringify(schedule)).not.toContain('canary');
  const path = `/api/export-schedules/${schedule.id}`;
  const elsewhere = { ...bucket, endpoint: 'https://elsewhere.company.test' };
  expect(await refusal('PATCH', path, { name: 'Bucket', destination: elsewhere })).toBe(
    '400 The bucket is another one, so its secret key is needed again: give secretAccessKey.',
  );
  const { status } = await server.send('PATCH', path, { ...body, name: 'Bucket', destination: { ...bucket, prefix: 'b/' } });
  expect(status).toBe(200);
});

test.each([
  [{ name: 'Items', source: { kind: 'view', view: 'secrets' } }, /^400 Unknown view "secrets"; known: connection/],
  [{ format: 'pdf' }, /^400 .*format/],
  [{ isRaw: true }, /^400 isRaw is of CSV alone/],
  [{ zone: 'Nowhere' }, /^400 .*no time zone/],
  [{ destination: bucket }, /^400 A bucket needs its secret key/],
  [{ destination: { ...bucket, prefix: '../up/' } }, /^400 .*no folder/],
  [{ destination: { ...bucket, endpoint: 'file:///etc' } }, /^400 .*not spoken/],
  [{ destination: { ...bucket, bucket: '../x' } }, /^400 .*no name of a bucket/],
  [{ destination: { kind: 'mail', recipients: ['a@b.test\r\nRCPT TO:<c@d.test>'], locale: 'en' } }, /^400 .*is no address/],
  [{ destination: { kind: 'folder', path: '/etc' } }, /^400 .*path/],
  [{ source: { kind: 'query', savedQuery: '00000000-0000-4000-8000-000000000000' } }, /^404 There is no query/],
])('refuses %j', async (told, message) => {
  expect(await refusal('POST', '/api/export-schedules', told)).toMatch(message);
});

test('a name is given once', async () => {
  await added({ name: 'Twice' });
  expect(await refusal('POST', '/api/export-schedules', { name: 'Twice' })).toMatch(/^409 There is a scheduled export "Twice" already/);
});

test('the file of a run is given while it is kept', async () => {
  const { id } = await added({ name: 'Kept', format: 'csv' });
  const { rows } = await pool.query<{ id: string }>(
    `insert into app.export_due (schedule_id, zone, local_due, due_at, next_at, status, finished_at, file)
    values ($1, 'UTC', '2026-03-02 08:00', now(), now(), 'made', now(), '{"name": "throughline-item-2026-03-02.csv", "bytes": 4, "place": "x"}')
    returning id`,
    [id],
  );
  const path = `/api/export-schedules/runs/${rows[0]?.id}/file`;
  expect((await server.get(path)).status).toBe(404);
  await mkdir(join(directory, 'exports', id), { recursive: true });
  await writeFile(join(directory, 'exports', id, 'throughline-item-2026-03-02.csv'), 'a,b\n');
  const { status, text, headers } = await server.get(path);
  expect([status, text, headers['content-disposition']]).toEqual([200, 'a,b\n', 'attachment; filename="throughline-item-2026-03-02.csv"']);
  const [run] = await server.json<ExportRun[]>(`/api/export-schedules/${id}/runs`);
  expect(run).toMatchObject({ status: 'made', localDue: '2026-03-02T08:00', file: { bytes: 4 } });
});
