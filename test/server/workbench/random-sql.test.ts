import { afterAll, beforeAll, expect, test } from 'vitest';
import { beginning, declaration, openSession, planOf } from '#server/workbench/session.js';
import { WireError } from '#server/workbench/wire.js';
import { testDatabase } from '../../support/database.js';
import { ids, loadSmallCompany } from '../exports/small-company.js';
import { analysts } from './analysts.js';
import { randomSql, sequence } from './random-sql.js';

const texts = Number(process.env['THROUGHLINE_QUERIES'] ?? 300);
const seed = Number(process.env['THROUGHLINE_SEED'] ?? 1);

const database = await testDatabase();
const { pool } = database;
await loadSmallCompany(pool);
const [login] = await analysts(database, [{ team: ['Desk'] }]);
if (!login) throw new Error('There is no login.');
const session = await openSession(login.address, '0', 4_000_000_000);
afterAll(() => session.wire.close());

const canary = (n: number) => `canary-${String(n).padStart(2, '0')}`;

/** One in each place the login must not reach: what is hidden, and what is another team's. */
beforeAll(async () => {
  const places = [
    [`update core.person set name = $1`],
    [`update core.person set external_id = $1`],
    [`update core.message set body = $1`],
    [`update core.item set title = $1`],
    [`update ingest.connection set config = to_jsonb($1::text)`],
    [`update ingest.connection set settings = settings || jsonb_build_object('note', $1::text)`],
    [`insert into app.setting (name, value) values ('fuzz-test', to_jsonb($1::text))`],
    [`insert into app.setting (name, value) values ($1, '1')`],
    [`insert into app.query (owner, title, text, parameters, is_shared) values ($1, 'a', 'b', '[]', true)`],
    [`insert into app.query (owner, title, text, parameters, is_shared) values ('a', 'a', $1, '[]', true)`],
    [`insert into app.query_run (text, parameters) values ($1, '[]')`],
    [`insert into app.saved_view (owner, name, path, query) values ('a', 'b', '/', $1)`],
    [`insert into app.audit (name, role, by, action, outcome, detail) values ($1, 'admin', 'open', 'query', 'done', '{}')`],
    [`update core.team set name = $1 where id = '${ids.field}'`],
    [`update core.team set external_id = $1 where id = '${ids.field}'`],
    [`update core.item set external_id = $1 where item_id = '${ids.second}'`],
    [`update core.item set url = 'https://desk.example/' || $1 where item_id = '${ids.second}'`],
    [`update facts.item set service = $1 where item_id = '${ids.second}'`],
    [`update facts.item set channel = $1 where item_id = '${ids.second}'`],
    [`insert into core.customer (id, connection_id, external_id, name) values (gen_random_uuid(), '${ids.connection}', 'other', $1)`],
  ] as const;
  expect(places).toHaveLength(20);
  for (const [index, [statement]] of places.entries()) await pool.query(statement, [canary(index + 1)]);
});

/** Everything a text could have changed. */
async function fingerprint(): Promise<unknown> {
  const { rows } = await pool.query(`
    select
      (select md5(string_agg(t::text, '' order by t::text)) from app.setting t) as settings,
      (select md5(string_agg(t::text, '' order by t::text)) from core.person t) as people,
      (select md5(string_agg(t::text, '' order by t::text)) from core.item t) as items,
      (select count(*) from pg_class where relnamespace <> 'pg_toast'::regnamespace) as relations,
      (select count(*) from pg_proc) as functions,
      (select count(*) from pg_namespace) as schemas,
      (select count(*) from pg_largeobject_metadata) as objects,
      (select last_value from app.query_run_id_seq) as sequence`);
  return rows[0];
}

async function hasTransactionNumber(): Promise<boolean> {
  const { rows } = await pool.query<{ has: boolean }>('select backend_xid is not null as has from pg_stat_activity where pid = $1', [
    session.processId,
  ]);
  return rows[0]?.has ?? true;
}

test(`${texts} texts of all kinds write nothing and tell nothing that is hidden`, async () => {
  const before = await fingerprint();
  const next = sequence(seed);
  const writes: string[] = [];
  const leaks: string[] = [];
  let answered = 0;
  for (let n = 0; n < texts; n += 1) {
    const text = randomSql(next);
    const told: string[] = [];
    const hear = (body: Buffer) => void told.push(body.toString('latin1'));
    await session.wire.command(beginning(2_000, login.serverNumber >= 170_000));
    try {
      if (n % 4 === 0) await session.wire.run({ text: planOf(text) }, hear);
      else {
        await session.wire.run({ text: declaration(text) });
        await session.wire.run({ text: 'fetch forward 100 from c' }, hear);
      }
      answered += 1;
    } catch (error) {
      if (!(error instanceof WireError)) throw error;
      told.push(error.message);
    }
    if (await hasTransactionNumber()) writes.push(text);
    await session.wire.command('rollback');
    if (told.some((words) => /canary-\d\d/.test(words))) leaks.push(text);
  }
  process.stdout.write(
    `${texts} texts (seed ${seed}): ${answered} answered, ${writes.length} writes, ${leaks.length} leaks of 20 canaries\n`,
  );
  expect({ writes, leaks }).toEqual({ writes: [], leaks: [] });
  expect(await fingerprint()).toEqual(before);
  // Otherwise the texts would prove nothing.
  expect(answered).toBeGreaterThan(texts / 20);
});
