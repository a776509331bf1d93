import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { FastifyReply } from 'fastify';
import { afterAll, expect, test, vi } from 'vitest';
import { locales } from '#dashboards/i18n/messages.js';
import type { HealthResponse, ReadinessResponse } from '#server/api.js';
import { clockCheck } from '#server/health/checks/database.js';
import { factsChecks } from '#server/health/checks/facts.js';
import { judgeDisk, keyCheck } from '#server/health/checks/machine.js';
import { orphanChecks } from '#server/health/checks/orphans.js';
import { HealthController } from '#server/health/health.controller.js';
import type { HealthService } from '#server/health/health.service.js';
import { rightsCheck } from '#server/health/checks/rights.js';
import { workbenchCheck } from '#server/health/checks/workbench.js';
import { zoneCheck } from '#server/health/checks/zones.js';
import { en } from '#server/health/texts/en.js';
import { sayHealth } from '#server/health/texts/index.js';
import type { HealthTexts } from '#server/health/texts/catalog.js';
import { readConfig } from '#server/config.js';
import { besidesDisk } from '../../support/built-server.js';
import { testDatabase } from '../../support/database.js';
import { temporaryDirectory } from '../../support/temporary-directory.js';
import { testServer } from '../dashboards/test-server.js';

const database = await testDatabase();
const { pool } = database;
const server = await testServer(database);
const now = new Date('2026-03-01T12:00:00Z');
const gibibyte = 1024 ** 3;

const readyz = async () => {
  const { status, text } = await server.get('/readyz');
  return { code: status, ...(JSON.parse(text) as ReadinessResponse) };
};

test('is alive, and ready where the database answers with the tables of this program', async () => {
  expect((await server.get('/livez')).text).toBe('{"status":"alive"}');
  const { code, status, factsVersion, reasons } = await readyz();
  expect([factsVersion, besidesDisk(reasons)]).toEqual([0, []]);
  expect([code, status]).toEqual(reasons.length === 0 ? [200, 'ready'] : [503, 'not-ready']);
});

test('tells nobody from outside what could be made use of, and looks once for all who ask at a time', async () => {
  const warnings = ['version', 'disk', 'workbench'].map((id) => ({
    id,
    subject: { key: 'subject.version' as const },
    state: 'warning' as const,
    found: { key: 'version.old' as const, values: { version: '18.4', floor: '18.7' } },
    remedies: [],
  }));
  const service = { readiness: () => Promise.resolve({ factsVersion: 1, checks: warnings }) } as unknown as HealthService;
  const told = await new HealthController(service).ready({ code: () => undefined } as unknown as FastifyReply);
  expect(told).toMatchObject({ status: 'ready', warnings: ['less than 10 % or 2 GiB of the disk is free', 'the SQL workbench is off'] });
  const asked = vi.spyOn(pool, 'query');
  await Promise.all(Array.from({ length: 40 }, readyz));
  expect(asked.mock.calls.filter(([text]) => String(text).includes('pg_database_size')).length).toBeLessThan(20);
  asked.mockRestore();
});

test('is not ready where the tables are not those of this program, and says so', async () => {
  const { rows } = await pool.query(`delete from public.throughline_migration where name = 'Audit1763700000181' returning *`);
  const { code, status, reasons } = await readyz();
  expect([code, status]).toEqual([503, 'not-ready']);
  expect(besidesDisk(reasons)).toEqual(['the schema of the database is not the one of this program']);
  const [{ timestamp, name }] = rows;
  await pool.query('insert into public.throughline_migration (timestamp, name) values ($1, $2)', [timestamp, name]);
  await pool.query(`insert into public.throughline_migration (timestamp, name) values (9, 'Later')`);
  expect((await readyz()).code).toBe(503);
  const { checks } = await server.json<HealthResponse>('/api/health');
  expect(checks.find(({ id }) => id === 'schema')).toEqual({
    id: 'schema',
    subject: 'schema',
    state: 'failing',
    found: 'the database has migrations unknown here: Later',
    instant: null,
    remedies: ['Update the program; a newer one has used this database.'],
  });
  await pool.query(`delete from public.throughline_migration where name = 'Later'`);
});

test('tells everything it looks at in each language, without a gap', async () => {
  for (const locale of locales) {
    const { checks } = await server.json<HealthResponse>(`/api/health?lang=${locale}`);
    expect(checks.map((check) => check.id)).toEqual(
      expect.arrayContaining(['database', 'disk', 'clock', 'zones', 'mail', 'key', 'sign-in']),
    );
    for (const { subject, found } of checks) expect(`${subject}${found}`).not.toMatch(/[{}]|undefined|null/);
  }
  expect((await server.get('/api/health?lang=xx')).status).toBe(400);
});

test('a login of more rights than need be is told, with the two lines that mend it', () => {
  const say = sayHealth('en');
  expect(rightsCheck({ isLeast: true, app: 'a', etl: 'e' }).state).toBe('ok');
  const told = rightsCheck({ isLeast: false, user: 'plain', why: 'forbidden', reason: 'plain may make no roles' });
  expect([told.state, say(told.found)]).toEqual(['warning', 'works as plain, who may do more than is needed']);
  expect(told.remedies.map(say).join()).toMatch(/ALTER ROLE plain CREATEROLE;.* ALTER ROLE plain NOCREATEROLE;/);
});

test('every text takes the same values in each language', () => {
  const values = (text: string) => [...text.matchAll(/\{(\w+)\}/g)].map(([, name]) => name).sort();
  for (const locale of locales) {
    const marked = Object.fromEntries(
      ['version', 'where', 'size', 'reason', 'floor', 'count', 'names', 'minutes', 'engine', 'facts', 'free', 'directory', 'seconds', 'way',
       'failed', 'waiting', 'items', 'asOf', 'state', 'error', 'days', 'pid', 'platform', 'name', 'user', 'place', 'command', 'gaps', 'texts'].map((name) => [name, `{${name}}`]),
    ); // prettier-ignore
    const say = sayHealth(locale);
    for (const key of Object.keys(en) as (keyof HealthTexts)[]) {
      expect(values(say({ key, values: marked })), `${locale} ${key}`).toEqual(values(en[key]));
    }
  }
});

test('fails below 2 GiB of free disk, and warns below a tenth', () => {
  const state = (free: number, size: number) => judgeDisk('/data', { free: free * gibibyte, size: size * gibibyte }).state;
  expect([state(2, 20), state(1.9, 10), state(9, 100), state(10, 100)]).toEqual(['ok', 'failing', 'warning', 'ok']);
});

test('says that facts stand still when nothing was derived for a quarter of an hour, not before', () => {
  const checks = (minutes: number) =>
    factsChecks({ version: 7, dirty: 3, waitingSince: new Date(now.getTime() - minutes * 60_000), engine: null }, now)[0];
  expect(checks(14)).toMatchObject({ state: 'warning' });
  expect(checks(15)).toMatchObject({ state: 'failing', found: { key: 'facts.stalled', values: { version: '7', count: 3, minutes: 15 } } });
  const engine = { name: 'DuckDB', version: 6, behindSince: new Date(now.getTime() - 20 * 60_000) };
  expect(factsChecks({ version: 7, dirty: 0, waitingSince: null, engine }, now).map(({ state }) => state)).toEqual(['ok', 'failing']);
});

test('says that the workbench is off and why, which is no failure', () => {
  expect(workbenchCheck({ state: 'on', reason: null, why: null }).state).toBe('ok');
  const off = workbenchCheck({ state: 'off', reason: 'A probe came through.', why: null });
  expect(off.state).toBe('warning');
  expect(off.remedies.map(sayHealth('en'))).toEqual(['A probe came through.']);
  const why = { key: 'workbench.gaps.own.do', values: { gaps: 'reads core.item' } } as const;
  const told = workbenchCheck({ state: 'off', reason: 'In English.', why });
  expect(told.remedies.map(sayHealth('tr'))).toEqual(['Hesabının yetkisi fazla: reads core.item. Bu yetkileri geri alın.']);
});

test('writes instants in the zone and calendar of the reader, and in ISO 8601 for a script', () => {
  const found = { key: 'connection.read', values: { items: 1524, asOf: new Date('2026-11-15T23:00:00Z') } } as const;
  const stopped = { key: 'connection.run.do', values: { state: { key: 'run.failed' } } } as const;
  const zone = 'Europe/Berlin';
  expect(sayHealth('en')(found)).toBe('1524 items, data to 2026-11-15T23:00:00.000Z');
  expect(sayHealth('en', { zone })(found)).toBe('1524 items, data to 16 Nov 2026, 00:00');
  expect(sayHealth('fa', { zone, digits: 'latn' })(found)).toContain('25 آبان 1405');
  expect(sayHealth('tr')(stopped)).toContain('başarısız');
});

test('compares clocks, and leaves the way there and back out of it', async () => {
  expect((await clockCheck(pool, Date.now)).state).toBe('ok');
  const hourAhead = await clockCheck(pool, () => Date.now() + 3_600_000);
  expect(hourAhead.state).toBe('warning');
  expect(Math.round(Number(hourAhead.found.values?.['seconds']) / 10) * 10).toBe(3_600);
});

test('compares the hours of days with the database, zone by zone', async () => {
  expect(await zoneCheck(pool, now)).toMatchObject({ state: 'ok', found: { values: { count: 12 } } });
  await pool.query(
    `insert into ingest.connection (id, name, connector, config, settings, capabilities, map_version)
    values ('00000000-0000-0000-0000-000000000001', 'desk', 'csv', '{}', '{"timeZone": "EST5EDT4,M3.2.0,M11.1.0"}', '{}', 1)`,
  );
  expect(await zoneCheck(pool, now)).toMatchObject({
    state: 'warning',
    found: { key: 'zones.differ', values: { names: 'EST5EDT4,M3.2.0,M11.1.0' } },
  });
  await pool.query('delete from ingest.connection');
});

test('tells the age of the key, and advises a new one after a year', async () => {
  const directory = await temporaryDirectory('health');
  const config = readConfig({ DATA_DIR: directory });
  expect((await keyCheck(config, new Date())).found.key).toBe('key.none');
  await writeFile(join(directory, 'secrets.key'), '');
  expect((await keyCheck(config, new Date())).state).toBe('ok');
  expect((await keyCheck(config, new Date(Date.now() + 401 * 86_400_000))).state).toBe('warning');
});

test.runIf(process.platform === 'linux')('finds an embedded database that nobody uses', async () => {
  const home = await temporaryDirectory('health');
  const directory = join(home, 'postgres');
  await mkdir(directory);
  await writeFile(join(home, 'database-users.lock'), '');
  await symlink('/bin/sh', join(home, 'old-postgres'));
  const left = spawn(join(home, 'old-postgres'), ['-c', 'echo started; read end', 'postgres', '-D', directory]);
  afterAll(() => void left.kill('SIGKILL'));
  await once(left.stdout, 'data');
  const found = (await orphanChecks()).find(({ found: { values } }) => values?.['directory'] === directory);
  expect(found).toMatchObject({ state: 'warning', found: { key: 'others.orphan', values: { pid: String(left.pid) } } });
  left.kill('SIGKILL');
  await once(left, 'exit');
  expect((await orphanChecks()).some(({ found: { values } }) => values?.['directory'] === directory)).toBe(false);
});
