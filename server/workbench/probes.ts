/** `query`: as a text of the workbench. `login`: as a statement of its own, as somebody may send with a tool of his own. */
type Way = 'query' | 'login';

/** `refused`: for a reason that is the text's. `answers`: it gives a row. `nothing`: it gives none, or only empty ones. */
export type ProbeOutcome = 'refused' | 'answers' | 'nothing';

export interface Probe {
  way: Way;
  text: string;
  expected: ProbeOutcome;
}

function probes(way: Way, expected: ProbeOutcome, texts: string[]): Probe[] {
  return texts.map((text) => ({ way, text, expected }));
}

/** Nothing but a query is one. */
const noQueries = [
  'select 1; drop table core.item',
  'select 1; commit',
  'commit',
  'rollback',
  'begin',
  'savepoint a',
  'set role none',
  'reset role',
  'set session authorization default',
  'set transaction read write',
  'set statement_timeout = 0',
  'reset all',
  'show all',
  'copy (select 1) to stdout',
  `copy (select 1) to program 'true'`,
  `copy analytics.item to '/tmp/item'`,
  `select 1) to program 'true'`,
  ') select 1',
  'listen app',
  'notify app',
  'prepare p as select 1',
  'execute p',
  'deallocate all',
  'discard all',
  'do $$ begin end $$',
  'call pg_catalog.now()',
  'create temp table t (a int)',
  'create table analytics.t (a int)',
  'create view analytics.v as select 1',
  'select 1 as a into analytics.t',
  'select 1 as a into temp t',
  'with x as (insert into app.setting values (1) returning 1) select 1 from x',
  'with x as (update app.setting set name = name returning 1) select 1 from x',
  'with x as (delete from app.setting returning 1) select 1 from x',
  'insert into app.setting values (1)',
  'update app.setting set name = name',
  'delete from app.setting',
  'merge into app.setting s using (select 1) x on true when matched then delete',
  'truncate app.setting',
  'drop view analytics.item',
  'alter role current_user superuser',
  'grant all on schema app to current_user',
  'vacuum',
  'analyze',
  'checkpoint',
  'lock table analytics.item',
  'explain analyze select 1',
  'explain select 1',
  'fetch all from c',
  'close c',
  'declare d cursor with hold for select 1',
  `load 'dblink'`,
  `create extension dblink`,
  `alter system set log_statement = 'all'`,
  'select 1 from analytics.item for update',
];

/** What an analyst may not read. */
const hidden = [
  'select * from core.item',
  'select * from core.person',
  'select * from core.message',
  'select * from facts.item',
  'select * from measured.item',
  'select * from ingest.secret',
  'select * from ingest.raw_record',
  'select * from app.setting',
  'select * from app.analyst_role',
  'select * from app.reader',
  'select * from public.throughline_migration',
  'select * from pg_catalog.pg_authid',
  'select * from pg_catalog.pg_shadow',
  'select * from pg_catalog.pg_statistic',
  'select * from pg_catalog.pg_largeobject',
  'select * from pg_catalog.pg_user_mapping',
  'select subconninfo from pg_catalog.pg_subscription',
  'select * from pg_catalog.pg_stat_activity',
  'select * from pg_catalog.pg_locks',
  'select * from pg_catalog.pg_hba_file_rules',
  'select * from pg_catalog.pg_file_settings',
  'select * from pg_catalog.pg_config',
  'select * from pg_catalog.pg_prepared_xacts',
  `select current_setting('data_directory')`,
  `select pg_read_file('PG_VERSION')`,
  `select pg_read_binary_file('PG_VERSION')`,
  `select pg_ls_dir('.')`,
  `select * from pg_stat_file('PG_VERSION')`,
  `select * from pg_ls_logdir()`,
  `select query_to_xml('select 1', true, true, '')`,
  `select query_to_xmlschema('select 1', true, true, '')`,
  `select table_to_xml('analytics.item', true, true, '')`,
  `select schema_to_xml('analytics', true, true, '')`,
  `select database_to_xml(true, true, '')`,
  `select cursor_to_xml('c', 1, true, true, '')`,
  `select * from ts_stat('select null::tsvector')`,
  `select ts_rewrite('a'::tsquery, 'select null::tsquery, null::tsquery')`,
  `select lo_get(1)`,
  `select lo_import('/etc/hostname')`,
  `select pg_stat_get_activity(null)`,
  `select pg_stat_get_backend_activity(1)`,
];

/** What an analyst may not do by a function. */
const doings = [
  `select set_config('statement_timeout', '0', false)`,
  `select set_config('role', 'none', false)`,
  `select set_config('transaction_read_only', 'off', true)`,
  'select pg_sleep(0)',
  `select pg_sleep_for('0')`,
  'select pg_advisory_lock(1)',
  'select pg_try_advisory_xact_lock(1)',
  `select pg_notify('app', '')`,
  `select pg_logical_emit_message(false, 'a', 'b')`,
  'select pg_current_xact_id()',
  'select txid_current()',
  `select nextval('app.query_run_id_seq')`,
  `select setval('app.query_run_id_seq', 1)`,
  'select lo_create(0)',
  `select lo_from_bytea(0, 'a')`,
  `select lo_export(1, '/tmp/a')`,
  'select lo_unlink(1)',
  'select pg_terminate_backend(0)',
  'select pg_cancel_backend(0)',
  'select pg_export_snapshot()',
  'select pg_switch_wal()',
  `select pg_create_restore_point('a')`,
  'select pg_reload_conf()',
  'select pg_rotate_logfile()',
  'select pg_stat_reset()',
  'select pg_stat_clear_snapshot()',
  'select pg_promote()',
  `select pg_create_physical_replication_slot('a')`,
  `select pg_replication_origin_create('a')`,
  `select pg_import_system_collations('analytics')`,
  `select pg_log_backend_memory_contexts(0)`,
  `select gin_clean_pending_list('core.item')`,
  `select dblink('', 'select 1')`,
];

/** What nobody can keep from a reader, and tells nothing that matters: names in the catalogue, of which what they hold stays closed. */
const harmless = [
  'select 1',
  'select session_user',
  'select random()',
  'select clock_timestamp()',
  'select gen_random_uuid()',
  'select pg_is_in_recovery()',
  `select current_setting('server_version')`,
  'select count(*) from analytics.item',
  'select count(*) from item',
  'select relname from pg_catalog.pg_class limit 1',
  'select rolname from pg_catalog.pg_roles limit 1',
  'select table_name from information_schema.tables limit 1',
];

/** Of what is hidden these tell nothing. */
const silent = [
  `select * from pg_catalog.pg_stats where schemaname in ('app', 'core', 'facts', 'ingest')`,
  `select * from information_schema.tables where table_schema in ('app', 'core', 'facts', 'ingest', 'measured')`,
  'select umoptions from pg_catalog.pg_user_mappings',
  'select body from analytics.message where body is not null',
];

/** What a login of its own may not do either; there the text is a statement. */
const statements = [
  'set role pg_read_all_data',
  'set session authorization postgres',
  'create temp table t (a int)',
  'create table analytics.t (a int)',
  'create table public.t (a int)',
  'create schema s',
  'create function analytics.f() returns int language sql as $$ select 1 $$',
  'do $$ begin end $$',
  'create role r',
  'create database d',
  'create extension dblink',
  'create publication p for all tables',
  'alter role current_user superuser',
  'alter role current_user connection limit -1',
  `alter system set log_statement = 'all'`,
  `copy (select 1) to '/tmp/a'`,
  `copy (select 1) to program 'true'`,
  'lock table core.item in access share mode',
  'lock table analytics.item in access exclusive mode',
  'insert into analytics.team (team) values (null)',
  'delete from analytics.team',
  'truncate app.setting',
  'drop view analytics.item',
  `set temp_file_limit = '-1'`,
  'checkpoint',
];

/** What is tried at each start with the analyst's login, and what must come of it. */
export const allProbes: readonly Probe[] = [
  ...probes('query', 'refused', [...noQueries, ...hidden, ...doings]),
  ...probes('query', 'answers', harmless),
  ...probes('query', 'nothing', silent),
  ...probes('login', 'refused', statements),
];
