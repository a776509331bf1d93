import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { sqlConnector } from '#etl/connectors/sql/connector.js';
import { startMariadb, whyNot, type Mariadb } from './mariadb.js';
import { contextWith, idsOf, logConfig, mapped, readAll } from './reading.js';

const password = 'canary-password';
const query = 'select id, item, at, status, changed from ticket_change';

describe.skipIf(whyNot !== null)(`a query against MariaDB${whyNot === null ? '' : `, skipped: ${whyNot}`}`, () => {
  let mariadb: Mariadb;
  let address: string;

  beforeAll(async () => {
    mariadb = await startMariadb('--default-time-zone=-07:00', '--local-infile=1');
    address = `mysql://reader@127.0.0.1:${mariadb.port}/desk`;
    for (const sql of [
      'create database desk',
      'use desk',
      'create table ticket_change (id varchar(40), item varchar(20), at timestamp(6) null, status text, changed timestamp(6) null, index (changed))',
      'create table local_change (id varchar(40), item varchar(20), at datetime null, status text, changed datetime null)',
      `create user reader@'127.0.0.1' identified by '${password}'`,
      `grant select on desk.* to reader@'127.0.0.1'`,
      `set time_zone = '+00:00'`,
      `set sql_mode = ''`,
    ])
      await mariadb.root.query(sql);
  });

  afterAll(() => mariadb?.stop());

  beforeEach(async () => {
    await mariadb.root.query('truncate ticket_change');
    await mariadb.root.query('truncate local_change');
  });

  const insert = (id: string, changed: string | null, status = 'Open') =>
    mariadb.root.query('insert into ticket_change values (?, ?, ?, ?, ?)', [id, 'T1', changed ?? '2026-03-02 08:00:00', status, changed]);

  test('a TIMESTAMP is the instant it is, whatever the zone of the server', async () => {
    await insert('a', '2026-03-02 07:00:00.123456');
    const config = logConfig(address, query);
    expect(mapped(config, await readAll(config, password))).toEqual([
      {
        item: { externalId: 'T1', asOfAt: '2026-03-02T07:00:00.123456Z', asOfSeq: 4, type: 'ticket', finishIsExplicit: false },
        events: [{ externalId: 'a', kind: 'changed', at: '2026-03-02T07:00:00.123456Z', seq: 4, status: 'Open' }],
      },
    ]);
  });

  test('a DATETIME is read in the zone of the mapping, and one of zeros says nothing', async () => {
    await mariadb.root.query(`insert into local_change values ('a', 'T1', '2026-07-02 09:00:00', 'Open', '0000-00-00 00:00:00')`);
    const config = logConfig(address, 'select * from local_change', {
      mapping: { ...logConfig(address, query).mapping, times: { format: 'iso', zone: 'Europe/Berlin' } },
    });
    const pages = await readAll(config, password);
    expect(mapped(config, pages)[0]?.events?.[0]?.at).toBe('2026-07-02T07:00:00Z');
    expect(pages.at(-1)?.next.state).toMatchObject({ reached: null });
  });

  test('the next sync begins fifteen minutes before where the last one ended, that very instant among it', async () => {
    await insert('early', '2026-03-02 08:44:59');
    await insert('edge', '2026-03-02 08:45:00');
    await insert('last', '2026-03-02 09:00:00');
    await insert('none', null);
    const config = logConfig(address, query);
    const first = await readAll(config, password);
    expect(idsOf(first)).toEqual(['none', 'early', 'edge', 'last']);
    await insert('late', '2026-03-02 08:50:00');
    expect(idsOf(await readAll(config, password, first.at(-1)?.next)).sort()).toEqual(['edge', 'last', 'late', 'none']);
  });

  test('12,000 rows of one instant come whole, in pages', async () => {
    await mariadb.root.query(
      `insert into ticket_change select concat('e', seq), 'T1', '2026-03-02 09:00:00', 'Open', '2026-03-02 09:00:00' from seq_1_to_12000`,
    );
    const config = logConfig(address, query);
    const pages = await readAll(config, password);
    expect(pages.map((page) => [page.records.length, page.done])).toEqual([
      [5_000, false],
      [5_000, false],
      [2_000, true],
    ]);
    expect(new Set(idsOf(pages)).size).toBe(12_000);
    expect(idsOf(await readAll(config, password, pages[0]?.next))).toHaveLength(12_000);
  });

  test('numbers beyond 2^53, decimals and bits come as they stand', async () => {
    await mariadb.root.query(`create table odd as select '1' as id, 9007199254740993 as item, '2026-03-02' as at, 0.10 as status`);
    await mariadb.root.query(`alter table odd add changed bit(3) default b'101'`);
    const sql = 'select * from odd';
    const { cursor: _cursor, ...config } = logConfig(address, sql);
    const [page] = await readAll(config, password);
    expect(page?.records[0]).toMatchObject({ payload: { cells: ['1', '9007199254740993', '2026-03-02', '0.10', '5'] } });
  });

  test('the check finds the index, and warns where there is none and where the user may write', async () => {
    const check = (asked: string, user = 'reader') =>
      sqlConnector.check(logConfig(address.replace('reader', user), asked), contextWith(user === 'reader' ? password : ''));
    expect(await check(query)).toEqual({
      ok: true,
      findings: [
        expect.stringMatching(/^Opened MariaDB \d+\.\d+\.\d+, desk on 127\.0\.0\.1:\d+ as "reader", without TLS\.$/) as string,
        'The query has 5 columns, among them all that the mapping names.',
      ],
    });
    expect((await check('select * from local_change')).findings).toContain(
      'No index begins with the cursor column "changed", so every sync reads the whole table; ask for one.',
    );
    expect((await check(query, 'root')).findings.join()).toContain('The role can do more than read: it may ALL PRIVILEGES on *.*');
  });

  test.each([
    ['a second statement', 'select 1) as x; drop table ticket_change; select * from (select 1', /error in your SQL syntax/],
    ['a function that writes', 'select nextval(desk.n) as id, item, at, status, changed from ticket_change', /READ ONLY|denied/],
  ])('%s is refused by the database itself', async (_what, broken, reason) => {
    await mariadb.root.query('create sequence if not exists desk.n');
    await insert('a', '2026-03-02 09:00:00');
    await expect(readAll(logConfig(address, broken), password)).rejects.toThrow(reason);
  });

  test('a statement that takes too long is ended by the database', async () => {
    await insert('a', '2026-03-02 09:00:00');
    const config = logConfig(address, `${query} where sleep(30) = 0`, { timeoutSeconds: 1 });
    await expect(readAll(config, password)).rejects.toThrow(/max_statement_time|interrupted/);
  });

  test('a wrong password is said, never shown', async () => {
    const { ok, findings } = await sqlConnector.check(logConfig(address, query), contextWith('another-canary'));
    expect(ok).toBe(false);
    expect(findings.join()).toContain("Access denied for user 'reader'");
    expect(findings.join()).not.toContain('another-canary');
  });
});
