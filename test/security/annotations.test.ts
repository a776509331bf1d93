import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { seenName } from '#server/access/account-name.js';
import { addAccount, freeName } from '#server/access/accounts.js';
import type { Principal } from '#server/access/principal.js';
import { listTokens, makeToken, principalOfToken } from '#server/access/token.js';
import { recordAudit } from '#server/audit/audit.js';
import { parseAddress } from '#server/mail/address.js';
import { folderDelivery } from '#server/mail/folder.js';
import { composeLetter } from '#server/mail/letter.js';
import { Refusal } from '#server/refusal.js';
import { noteRun } from '#server/workbench/history.js';
import { makePersonLogin } from '#server/workbench/person-logins.js';
import { declaration, openSession } from '#server/workbench/session.js';
import { analysts } from '../server/workbench/analysts.js';
import { testDatabase } from '../support/database.js';
import { hostileAddresses, hostileNames, mark } from './corpus/names.js';

const isEvery = process.env['THROUGHLINE_SECURITY'] === 'every';
const seed = Number(process.env['THROUGHLINE_SEED'] ?? 1);
const names = hostileNames(isEvery ? 10_000 : 120, seed);
const now = new Date('2026-03-02T08:00:00Z');

const database = await testDatabase();
const { pool } = database;
const [login] = await analysts(database);
if (!login) throw new Error('There is no login.');
const folder = await mkdtemp(join(tmpdir(), 'throughline-annotations-'));
afterAll(() => rm(folder, { recursive: true, force: true }));

/** Everything that was said to the database, with its values left out. */
const statements = new Set<string>();
beforeAll(() => {
  const query = vi.spyOn(pg.Client.prototype, 'query');
  query.mockImplementation(function (this: pg.Client, ...given: unknown[]) {
    const [asked] = given;
    statements.add(typeof asked === 'string' ? asked : (asked as { text: string }).text);
    return unspied.apply(this, given as never);
  });
});
const unspied = pg.Client.prototype.query;
afterAll(() => void vi.restoreAllMocks());

/** What a name could have changed beside the rows it was written to. */
async function fingerprint(): Promise<unknown> {
  const { rows } = await pool.query(`
    select
      (select count(*)::int from pg_class) as relations, (select count(*)::int from pg_proc) as functions,
      (select string_agg(rolname, ',' order by rolname) from pg_roles where rolname like '%' || (select oid from pg_database where datname = current_database()) || '%') as roles,
      (select string_agg(distinct application_name, ',') from pg_stat_activity where datname = current_database()) as applications,
      (select md5(string_agg(t::text, '' order by t::text)) from app.setting t) as settings`);
  return rows[0];
}

test(`${names.length} names reach the database as values alone: nothing else of it changes, and every one is kept as it was given`, async () => {
  const isKept = async (name: string, email: string): Promise<boolean> => {
    // An account has no signs that nobody sees; all other places take them.
    const own = await freeName(pool, seenName(name), email);
    const { id } = await addAccount(pool, { name: own, email, role: 'analyst', scope: null, seesNames: false });
    const asker: Principal = { id, name, role: 'analyst', scope: null, seesNames: false, by: 'session', only: null };
    const { key } = await makeToken(pool, { ...asker, id }, { name, permissions: ['query'], scope: null, days: 1 }, now);
    await recordAudit(pool, { asker, action: 'query', object: name, detail: { name }, address: '203.0.113.9' });
    const application = await noteRun(pool, asker, { text: 'select $1', parameters: [{ type: 'text', value: name }] });
    const { rows } = await pool.query<{ name: string; value: string; told: string[] }>(
      `select account.name, run.parameters -> 0 ->> 'value' as value, array[audit.name, audit.object, audit.detail ->> 'name'] as told
      from app.account account, app.audit audit, app.query_run run
      where account.id = $1 and audit.account = $1 and run.account = $1`,
      [id],
    );
    const [token] = await listTokens(pool, id);
    const bearer = await principalOfToken(pool, key, now);
    const kept = [rows[0]?.value, token?.name].every((one) => one === name) && [rows[0]?.name, bearer?.name].every((one) => one === own);
    const isTold = rows[0]?.told.every((one) => one === name.replace(/\p{Cc}/gu, ' '));
    // What the server calls a session is the number of its query. A name opens nothing, and the log of what was done has no control characters.
    return kept && isTold === true && /^\d+$/.test(application) && (await principalOfToken(pool, name, now)) === null;
  };
  expect(await isKept('Ann', 'ann@company.test')).toBe(true);
  const [before, said] = [await fingerprint(), statements.size];
  const wrong: string[] = [];
  for (const [n, name] of names.entries()) if (!(await isKept(name, `person${n}@company.test`))) wrong.push(name);
  const marked = [...statements].filter((text) => text.includes(mark));
  console.log(
    `annotations: names=${names.length} wrong=${wrong.length} statements=${statements.size} statements with a name=${marked.length}`,
  );
  expect({ wrong, marked, said: statements.size }).toEqual({ wrong: [], marked: [], said });
  expect(await fingerprint()).toEqual(before);
}, 1_800_000);

test(`${names.length} names are values of a query as an analyst asks it, and come back as they are`, async () => {
  const { wire } = await openSession(login.address, '7', 4_000_000_000);
  const wrong: string[] = [];
  for (const name of names) {
    const told: string[] = [];
    await wire.command('begin read only');
    await wire.run({ text: declaration('select $1 as name'), types: [25], values: [name] });
    await wire.run({ text: 'fetch forward 1 from c' }, (body) => told.push(body.toString('utf8', 6)));
    await wire.command('rollback');
    if (told.length !== 1 || told[0] !== name) wrong.push(name);
  }
  const { rows } = await pool.query(`select application_name as name from pg_stat_activity where usename = $1`, [
    new URL(login.address).username,
  ]);
  wire.close();
  expect({ wrong, sessions: rows }).toEqual({ wrong: [], sessions: [{ name: '7' }] });
}, 1_800_000);

test('no such name becomes a login of the database', async () => {
  const client = await pool.connect();
  try {
    for (const name of names) {
      await expect(makePersonLogin(client, 'app', { name, scope: null })).rejects.toThrow('is no name of a login');
    }
  } finally {
    client.release();
  }
});

test(`no address made of them is taken but plain ones, and no letter to or of them has another header, recipient or file name`, async () => {
  const taken = hostileAddresses(names).filter((text) => {
    try {
      return parseAddress(text).address !== '';
    } catch (error) {
      if (error instanceof Refusal) return false;
      throw error;
    }
  });
  const wrong: string[] = [];
  for (const [n, name] of names.entries()) {
    const { to, from, bytes } = await composeLetter(
      {
        to: parseAddress('ann@company.test', name),
        subject: name,
        text: name,
        html: '<p>x</p>',
        attachments: [{ fileName: `${name}.pdf`, contentType: 'application/pdf', bytes: new Uint8Array([1]) }],
      },
      { from: parseAddress('reports@company.test', name), messageId: `<${n}@company.test>`, sentAt: now },
    );
    const headers = bytes.toString('latin1').split('\r\n\r\n')[0]?.replace(/\r\n[ \t]+/g, ' ').split('\r\n') ?? []; // prettier-ignore
    const called = headers.map((line) => line.split(':')[0]).sort();
    if (to !== 'ann@company.test' || from !== 'reports@company.test' || called.join() !== letterHeaders) wrong.push(name);
  }
  console.log(`annotations: addresses=${names.length} taken=${taken.length} letters=${names.length} wrong=${wrong.length}`);
  expect(wrong).toEqual([]);
  expect(taken.filter((text) => !/^[a-z0-9!#$%&'*+/=?^_`{|}~.-]+@[a-z0-9.-]+$/i.test(text))).toEqual([]);
}, 1_800_000);

const letterHeaders = 'Auto-Submitted,Content-Type,Date,From,MIME-Version,Message-ID,Subject,To';

test('a letter is put into the folder of letters, whatever it is called', async () => {
  const delivery = folderDelivery(join(folder, 'mail'));
  for (const name of names.slice(0, 200)) {
    await delivery.deliver(
      { from: 'a@b.test', to: 'c@d.test', messageId: `<${name}@company.test>`, bytes: Buffer.from('x') },
      async () => {},
    );
  }
  expect(await readdir(folder)).toEqual(['mail']);
  expect((await readdir(join(folder, 'mail'))).filter((file) => !/^[0-9a-z-]+\.eml$/i.test(file))).toEqual([]);
});
