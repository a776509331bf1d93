import { createHash, randomUUID } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { beforeEach, expect, test } from 'vitest';
import { ownerOfTheMachine, type Principal } from '#server/access/principal.js';
import type { ExportDestination } from '#server/api.js';
import {
  addExportSchedule,
  readExportSchedule,
  readExportSchedules,
  type ExportContent,
} from '#server/export-schedules/export-schedules.js';
import { ExportRunner, type ExportRunnerOptions } from '#server/export-schedules/run-exports.js';
import { tellExportOwners } from '#server/export-schedules/tell-export-owners.js';
import { Refusal } from '#server/refusal.js';
import { testDatabase } from '../../support/database.js';
import { temporaryDirectory } from '../../support/temporary-directory.js';
import { TrialClock } from '../mail/outbox-trial.js';

const { pool } = await testDatabase();
const directory = await temporaryDirectory('exports');
const vault = async () => ({ id: 'test', bytes: Buffer.alloc(32, 7) });
let clock: TrialClock;

beforeEach(async () => {
  await pool.query('delete from app.export_schedule; delete from app.mail; delete from app.account');
  // Monday, an hour before it is due.
  clock = new TrialClock(new Date('2026-03-02T07:00:00Z'));
});

const body: Omit<ExportContent, 'ownerId'> = {
  name: 'Items of the week',
  source: { kind: 'view', view: 'item' },
  format: 'csv',
  isRaw: false,
  destination: { kind: 'folder' },
  rhythm: { kind: 'weekly', weekday: 1, at: '08:00' },
  zone: 'UTC',
  owner: 'Ada',
  ownerAddress: 'ada@company.test',
};

function scheduled(told: Partial<ExportContent> = {}, asker: Principal = ownerOfTheMachine): Promise<string> {
  return addExportSchedule(pool, vault, { ...body, ownerId: asker.id, ...told }, clock.now());
}

function runner(told: Partial<ExportRunnerOptions> = {}): ExportRunner {
  return new ExportRunner(pool, {
    directory,
    rowsOf: async () => Readable.from([Buffer.from('a,b\n'), Buffer.from('1,2\n')]),
    upload: async () => {
      throw new Error('There is no bucket here.');
    },
    publicUrl: 'https://throughline.company.test',
    now: clock.now,
    ...told,
  });
}

async function due(told?: Partial<ExportRunnerOptions>): Promise<number> {
  const one = runner(told);
  await one.runDue();
  clock.passMinutes(60);
  return one.runDue();
}

async function lastRun(id: string) {
  return (await readExportSchedule(pool, ownerOfTheMachine, clock.now(), { id })).lastRun;
}

async function mails() {
  const { rows } = await pool.query<{ recipient: string; subject: string; text_body: string; files: string[] }>(
    `select recipient, subject, text_body,
      (select coalesce(array_agg(file_name), '{}') from app.mail_attachment attached where attached.mail_id = mail.id) as files
    from app.mail order by recipient`,
  );
  return rows;
}

test('a file is written when it is due, whole, under a name of the server', async () => {
  const id = await scheduled();
  expect(await due()).toBe(1);
  expect(await readdir(join(directory, id))).toEqual(['throughline-item-2026-03-02.csv']);
  expect(await readFile(join(directory, id, 'throughline-item-2026-03-02.csv'), 'utf8')).toBe('a,b\n1,2\n');
  expect(await lastRun(id)).toMatchObject({
    status: 'made',
    localDue: '2026-03-02T08:00',
    file: { name: 'throughline-item-2026-03-02.csv', bytes: 8, place: `exports/${id}/throughline-item-2026-03-02.csv` },
  });
  const { rows } = await pool.query(`select object, outcome, detail from app.audit where object = $1`, [id]);
  expect(rows).toEqual([{ object: id, outcome: 'done', detail: { schedule: 'Items of the week', account: null, to: 'folder', bytes: 8 } }]);
});

test('two servers make it once', async () => {
  await scheduled();
  const [one, other] = [runner(), runner()];
  await one.runDue();
  clock.passMinutes(60);
  expect((await Promise.all([one.runDue(), other.runDue()])).sort()).toEqual([0, 1]);
});

test('one that breaks off leaves no file, is tried twice more, and its owner is told once', async () => {
  const id = await scheduled();
  const broken = {
    rowsOf: async () =>
      Readable.from(
        (async function* () {
          yield Buffer.from('a,b\n');
          await Promise.resolve();
          throw new Error('division by zero');
        })(),
      ),
  };
  await due(broken);
  expect(await lastRun(id)).toMatchObject({ status: 'planned', reason: 'making', attempts: 1, detail: 'division by zero' });
  for (const minutes of [1, 5]) {
    clock.passMinutes(minutes);
    await runner(broken).runDue();
  }
  expect(await lastRun(id)).toMatchObject({ status: 'failed', reason: 'making', attempts: 3, file: null });
  expect(await readdir(join(directory, id))).toEqual([]);
  expect([await tellExportOwners(pool, 'https://x.test'), await tellExportOwners(pool, 'https://x.test')]).toEqual([1, 0]);
  expect((await mails()).map(({ recipient, subject }) => [recipient, subject])).toEqual([
    ['ada@company.test', 'Not exported: Items of the week'],
  ]);
  expect((await mails())[0]?.text_body).toContain(`could not be made: division by zero`);
});

test('what is refused is not tried again', async () => {
  const id = await scheduled();
  await due({
    rowsOf: async () => {
      throw new Refusal('Unknown view "item"; known: none.');
    },
  });
  expect(await lastRun(id)).toMatchObject({ status: 'failed', reason: 'refused', attempts: 1 });
});

const mail: ExportDestination = { kind: 'mail', recipients: ['bob@company.test', 'cem@company.test'], locale: 'en' };

test('by mail each gets the file attached', async () => {
  await scheduled({ destination: mail });
  await due();
  expect((await mails()).map(({ recipient, subject, files }) => [recipient, subject, files])).toEqual([
    ['bob@company.test', 'Export: Items of the week', ['throughline-item-2026-03-02.csv']],
    ['cem@company.test', 'Export: Items of the week', ['throughline-item-2026-03-02.csv']],
  ]);
});

test('by mail a file of more than ten megabytes is a link', async () => {
  const id = await scheduled({ destination: mail });
  await due({ rowsOf: async () => Readable.from([Buffer.alloc(10 * 2 ** 20 + 1)]) });
  const [first] = await mails();
  expect(first?.files).toEqual([]);
  expect(first?.text_body).toContain(`https://throughline.company.test/api/export-schedules/runs/${(await lastRun(id))?.id}/file`);
});

async function account(told: { email: string; role?: string; scope?: unknown; isDisabled?: boolean }): Promise<string> {
  const { rows } = await pool.query<{ id: string }>(
    `insert into app.account (email, name, role, scope, disabled_at) values ($1, $1, $2, $3, case when $4 then now() end) returning id`,
    [told.email, told.role ?? 'analyst', told.scope === undefined ? null : JSON.stringify(told.scope), told.isDisabled ?? false],
  );
  return rows[0]?.id ?? '';
}

test('nobody gets by mail what the account of that address may not see', async () => {
  await account({ email: 'cem@company.test', scope: { team: ['Billing'] } });
  await scheduled({ destination: mail });
  await due();
  expect((await mails()).map(({ recipient }) => recipient)).toEqual(['bob@company.test']);
});

test.each([
  ['may not sign in any more', { isDisabled: true }],
  ['may not take such files any more', { role: 'viewer' }],
  ['may not sign in any more', { isRemoved: true }],
])('an account that %s exports nothing, and what it had by schedule stays (%j)', async (reason, changed) => {
  const email = `${randomUUID()}@company.test`;
  const asker: Principal = { ...ownerOfTheMachine, id: await account({ email }), role: 'analyst', by: 'session' };
  const id = await scheduled({}, asker);
  await pool.query('update app.account set role = coalesce($1, role), disabled_at = case when $2 then now() end', [
    'role' in changed ? changed.role : null,
    'isDisabled' in changed,
  ]);
  if ('isRemoved' in changed) await pool.query('delete from app.account');
  await due();
  expect(await lastRun(id)).toMatchObject({ status: 'failed', reason: 'refused' });
  expect((await lastRun(id))?.detail).toContain(reason);
});

test('rows are read with the scope that the account has when it is due, which stays with the file', async () => {
  const asker: Principal = { ...ownerOfTheMachine, id: await account({ email: 'ada@company.test' }), role: 'analyst', by: 'session' };
  await scheduled({ source: { kind: 'watch', filters: {} } }, asker);
  await pool.query(`update app.account set scope = '{"team": ["Billing"]}'`);
  const asked: unknown[] = [];
  await due({
    rowsOf: async (_source, as) => {
      asked.push(as.scope);
      return Readable.from([Buffer.from('x')]);
    },
  });
  expect(asked).toEqual([{ team: ['Billing'] }]);
  const { rows } = await pool.query(`select file -> 'scope' as scope from app.export_due where status = 'made'`);
  expect(rows).toEqual([{ scope: { team: ['Billing'] } }]);
});

test('each sees his own schedules, and whoever manages sees all', async () => {
  const [ada, bob] = [await account({ email: 'ada@company.test' }), await account({ email: 'bob@company.test' })];
  const asker: Principal = { ...ownerOfTheMachine, id: ada, role: 'analyst', by: 'session' };
  await scheduled({}, asker);
  const namesOf = async (as: Principal) => (await readExportSchedules(pool, as, clock.now())).map(({ name }) => name);
  expect(await namesOf(asker)).toEqual(['Items of the week']);
  expect(await namesOf({ ...asker, id: bob })).toEqual([]);
  expect(await namesOf({ ...asker, id: bob, role: 'admin' })).toEqual(['Items of the week']);
});

test('a folder keeps the thirty newest files', async () => {
  const id = await scheduled({ rhythm: { kind: 'cron', expression: '0 8 * * *' } });
  const one = runner();
  clock.passMinutes(61);
  for (let day = 0; day < 32; day += 1) {
    await one.runDue();
    clock.passMinutes(24 * 60);
  }
  const names = (await readdir(join(directory, id))).sort();
  expect([names.length, names[0], names.at(-1)]).toEqual([30, 'throughline-item-2026-03-04.csv', 'throughline-item-2026-04-02.csv']);
});

test('the secret key of a bucket is sealed, taken to the bucket alone, and the file is not kept here', async () => {
  const destination: ExportDestination = {
    kind: 'bucket',
    endpoint: 'https://storage.company.test/',
    region: 'eu-1',
    bucket: 'exports',
    prefix: 'daily/',
    accessKeyId: 'AKIA1',
  };
  await expect(scheduled({ destination })).rejects.toThrow('A bucket needs its secret key');
  const id = await scheduled({ destination, secretAccessKey: 'canary-of-the-bucket' });
  const taken: string[] = [];
  await due({
    upload: async ({ secret }, path, name) => {
      taken.push(
        `${String(secret?.sealed.length)} ${createHash('sha256')
          .update(await readFile(path))
          .digest('hex')
          .slice(0, 8)} ${name}`,
      );
      return `s3://exports/daily/${name}`;
    },
  });
  // 20 bytes sealed and the tag of 16; the digest of "a,b\n1,2\n".
  expect(taken).toEqual([`36 ${createHash('sha256').update('a,b\n1,2\n').digest('hex').slice(0, 8)} throughline-item-2026-03-02.csv`]);
  expect((await lastRun(id))?.file?.place).toBe('s3://exports/daily/throughline-item-2026-03-02.csv');
  expect(await readdir(join(directory, id))).toEqual([]);
  const { rows } = await pool.query<{ row: string }>('select row_to_json(schedule)::text as row from app.export_schedule schedule');
  expect(rows[0]?.row).not.toContain('canary');
  expect(JSON.stringify(await readExportSchedules(pool, ownerOfTheMachine, clock.now()))).not.toContain('canary');
});
