import { expect, test } from 'vitest';
import { CopyRows, Texts } from '#server/metrics/facts/copy/copy-rows.js';
import { CopyWriter } from '#server/metrics/facts/copy/copy-writer.js';
import { receiveCopy, sendCopy } from '#server/metrics/facts/copy/copy.js';
import { Ids, nobody } from '#server/metrics/facts/copy/ids.js';
import { testDatabase } from '../../../support/database.js';

const { pool } = await testDatabase();

const key = '00000000-0000-4000-8000-00000000000a';
const owner = 'ffffffff-0000-4000-8000-00000000000b';

test('every kind of value is read from a binary COPY as it stands, null included', async () => {
  const client = await pool.connect();
  const ids = new Ids();
  const bytes = await receiveCopy(
    client,
    `copy (values (
      '${key}'::uuid, '${owner}'::uuid, null::uuid, '1999-12-31T23:59:59.999999Z'::timestamptz, 'infinity'::timestamptz,
      '-infinity'::timestamptz, null::timestamptz, 9007199254740993::bigint, 0.5::real, true, 'rated'::text, 'ağ'::text
    )) to stdout (format binary)`,
  );
  client.release();
  const rows = new CopyRows(bytes, ids);
  expect(rows.next()).toBe(true);
  expect(ids.read(rows.view, rows.place())).toBe(ids.parse(key));
  expect(rows.id()).toBe(ids.parse(owner));
  expect([rows.id(), rows.instant(), rows.instant(), rows.instant(), rows.instant()]).toEqual([null, -1, Infinity, -Infinity, null]);
  expect(rows.bigint()).toBe(9_007_199_254_740_993n);
  expect([rows.real(), rows.boolean()]).toEqual([0.5, true]);
  expect(rows.oneOf(new Texts(['said', 'rated']))).toBe('rated');
  expect(rows.text()).toBe('ağ');
  expect(rows.next()).toBe(false);
});

test('every kind of value is written as it is, in rows of any length', async () => {
  const client = await pool.connect();
  const ids = new Ids();
  const place = new DataView(new ArrayBuffer(16));
  ids.write(ids.parse(key), place, 0);
  const long = Buffer.from('ş'.repeat(100_000));
  const writer = new CopyWriter(ids, 12);
  for (let n = 0; n < 3; n++)
    writer
      .row(place, 0)
      .id(ids.parse(owner))
      .id(null)
      .instant(-1)
      .instant(Infinity)
      .instant(-Infinity)
      .bigint(-9_007_199_254_740_991)
      .int(n)
      .double(0.1)
      .boolean(false)
      .word('ours_active')
      .utf8(long);
  await client.query(`create temp table taken_in (
    item_id uuid, owner uuid, none uuid, before timestamptz, never timestamptz, ever timestamptz, least bigint, n int, share float8,
    is_so boolean, court text, body text)`);
  await sendCopy(client, 'copy taken_in from stdin (format binary)', writer.rows() ?? Buffer.alloc(0));
  const { rows } = await client.query(
    `select item_id, owner, none, to_char(before at time zone 'UTC', 'YYYY-MM-DD HH24:MI:SS.US') as before, never::text, ever::text,
       least, n, share, is_so, court, md5(body) = md5(repeat('ş', 100000)) as is_same
     from taken_in order by n`,
  );
  client.release();
  const row = {
    item_id: key,
    owner,
    none: null,
    before: '1999-12-31 23:59:59.999999',
    never: 'infinity',
    ever: '-infinity',
    least: '-9007199254740991',
    share: 0.1,
    is_so: false,
    court: 'ours_active',
    is_same: true,
  };
  expect(rows).toEqual([0, 1, 2].map((n) => ({ ...row, n })));
  writer.clear();
  expect(writer.rows()).toBeNull();
});

test('rows are received past whatever else the server tells, into memory that is used again', async () => {
  const client = await pool.connect();
  await client.query(
    `create function pg_temp.told(n int) returns int language plpgsql as $$ begin raise notice 'row %', n; return n; end $$`,
  );
  const received = await receiveCopy(client, `copy (select repeat('x', 100000) from generate_series(1, 5)) to stdout (format binary)`);
  const { bytes } = received;
  await receiveCopy(client, 'copy (select pg_temp.told(n)::bigint from generate_series(1, 3) n) to stdout (format binary)', received);
  client.release();
  const rows = new CopyRows(received, new Ids());
  const found: bigint[] = [];
  while (rows.next()) found.push(rows.bigint());
  expect(found).toEqual([1n, 2n, 3n]);
  expect(received.bytes).toBe(bytes);
});

test('a COPY that fails after some rows says why, and its connection goes on', async () => {
  const client = await pool.connect();
  const failing = receiveCopy(client, 'copy (select 6 / (3 - n) from generate_series(1, 9) n) to stdout (format binary)');
  await expect(failing).rejects.toThrow('division by zero');
  await expect(receiveCopy(client, 'copy nothing to stdout')).rejects.toThrow('relation "nothing" does not exist');
  expect((await client.query('select 1 as one')).rows).toEqual([{ one: 1 }]);
  client.release();
});

test('a text that no checked column holds is an error that names it', async () => {
  const client = await pool.connect();
  const bytes = await receiveCopy(client, `copy (select 'merged'::text) to stdout (format binary)`);
  client.release();
  const rows = new CopyRows(bytes, new Ids());
  rows.next();
  expect(() => rows.oneOf(new Texts(['said', 'rated']))).toThrow('None of said, rated begins with "me"');
});

test('equal ids have one number and different ones do not, be they ever so many and alike', () => {
  const ids = new Ids();
  const uuids = Array.from({ length: 5_000 }, (_, n) => `${n.toString(16).padStart(4, '0')}0000-0000-0000-0000-000000000001`);
  const numbers = uuids.map((uuid) => ids.parse(uuid));
  expect(new Set(numbers).size).toBe(5_000);
  expect(uuids.map((uuid) => ids.parse(uuid))).toEqual(numbers);
  expect(ids.parse('00000000-0000-0000-0000-000000000000')).toBe(nobody);
});

test('a text that is no id is refused', () => {
  expect(() => new Ids().parse('12')).toThrow('"12" is not a UUID.');
});
