import type { MigrationInterface, QueryRunner } from 'typeorm';

const tables = [
  'item', 'cycle', 'interval', 'ownership', 'handoff', 'promise', 'turn', 'rating', 'silence', 'word', 'handoff_word', 'delay',
]; // prettier-ignore

/** Gives each table of facts one partition that holds all its rows, so that a rebuild can fill another and put it in its place. */
export class FactPartitions1763700000085 implements MigrationInterface {
  name = 'FactPartitions1763700000085';

  async up(runner: QueryRunner): Promise<void> {
    const views = (await runner.query(
      `select distinct v.oid::regclass::text as name, pg_get_viewdef(v.oid) as definition
       from pg_depend d
       join pg_rewrite r on d.classid = 'pg_rewrite'::regclass and r.oid = d.objid
       join pg_class v on v.oid = r.ev_class and v.relkind = 'v'
       join pg_class t on t.oid = d.refobjid and t.relnamespace = 'facts'::regnamespace
       where t.relname = any($1)`,
      [tables],
    )) as { name: string; definition: string }[];
    for (const table of tables) {
      await runner.query(`
        alter table facts.${table} rename to ${table}_v0;
        alter table facts.${table}_v0 rename constraint ${table}_pkey to ${table}_v0_pkey;
        create table facts.${table} (like facts.${table}_v0 including all) partition by range (item_id);
        alter table facts.${table} attach partition facts.${table}_v0 default;
      `);
      const [described] = (await runner.query(`select obj_description('facts.${table}_v0'::regclass) as comment`)) as {
        comment: string | null;
      }[];
      if (described?.comment) await runner.query(`comment on table facts.${table} is '${described.comment.replaceAll("'", "''")}'`);
    }
    for (const { name, definition } of views) await runner.query(`create or replace view ${name} as ${definition}`);
  }

  async down(): Promise<void> {
    throw new Error('Facts are derived: drop the schema and rebuild.');
  }
}
