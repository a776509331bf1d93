import { allProbes } from '#server/workbench/probes.js';

/** Numbers in [0, 1), the same for the same seed. https://en.wikipedia.org/wiki/Linear_congruential_generator */
export function sequence(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
}

const views = [
  'item',
  'analytics.item',
  'analytics.event',
  'analytics.message',
  'analytics.team',
  'analytics.customer',
  'analytics.handoff',
  'analytics.connection',
];
const hidden = [
  'core.item',
  'core.person',
  'core.message',
  'core.team',
  'core.customer',
  'facts.item',
  'measured.team',
  'ingest.connection',
  'ingest.secret',
  'ingest.raw_record',
  'app.setting',
  'app.query',
  'app.audit',
  'app.analyst_role',
  'public.throughline_migration',
  'pg_authid',
  'pg_stats',
  'pg_stat_activity',
  'pg_largeobject',
  'pg_class',
  'pg_proc',
];
const columns = [
  '*',
  'item_id',
  'team',
  'customer',
  'service',
  'external_id',
  'url',
  'body',
  'name',
  'title',
  'config',
  'value',
  'ctid',
  'tableoid::regclass',
  't',
  't::text',
  't.*',
];
/** Valid over every relation. */
const plain = ['*', 't', 't::text', 't.*', 'count(*)', `string_agg(t::text, ',')`, 'jsonb_agg(t)', 'row_to_json(t)', 'now()'];
const functions = [
  'count(*)',
  'now()',
  'random()',
  `set_config('role', 'none', false)`,
  `set_config('transaction_read_only', 'off', false)`,
  `current_setting('data_directory', true)`,
  `query_to_xml('select * from core.person', true, true, '')`,
  `table_to_xml('core.person', true, true, '')`,
  `database_to_xml(true, true, '')`,
  `ts_stat('select name::tsvector from core.person')`,
  `pg_read_file('PG_VERSION')`,
  `lo_from_bytea(0, 'a')`,
  'lo_create(0)',
  `pg_notify('a', 'b')`,
  `pg_logical_emit_message(true, 'a', 'b')`,
  'pg_current_xact_id()',
  'txid_current()',
  'pg_advisory_lock(1)',
  `nextval('app.query_run_id_seq')`,
  `pg_get_viewdef('analytics.item'::regclass)`,
  `has_table_privilege('core.person', 'select')`,
  `to_regclass('core.person')`,
  `pg_input_is_valid('1', 'int')`,
  `string_agg(t::text, ',')`,
  'jsonb_agg(t)',
  `(select string_agg(name, ',') from core.person)`,
  'row_to_json(t)',
  '1 / 0',
  `'a'::int`,
  `('x' || t::text)::int`,
  `cast(team as int)`,
];
const tails = [
  '',
  '',
  '',
  ' where true',
  ' where team is not null',
  ` where team::int = 1`,
  ` where 1 / (length(team) - 6) > 0`,
  ` where team like '%canary%' and team::date is null`,
  ' group by 1',
  ' order by 1',
  ' limit 5',
  ' for update',
  ' for share',
  ' offset 1',
  ' union all select null',
  ' tablesample system (50)',
  ' into x',
  ' returning *',
];
const splinters = [
  ';',
  '; commit',
  '; drop table core.item',
  '--',
  '/*',
  '*/',
  `'`,
  '"',
  '$$',
  '$a$',
  ')',
  '(',
  '\\',
  '\n',
  '\t',
  '\u00a0',
  '\u2028',
  '\ufeff',
  'É',
  `U&'\\0027'`,
  `E'\\''`,
  `B'01'`,
  '::regclass',
  '$1',
  '${}',
  ':name',
  '?',
  '@@',
  'null',
  'into t',
  'returning 1',
  'with hold',
  'for select',
  'cursor',
  'union',
  'lateral',
  'only',
];
const writes = [
  `insert into app.setting (name, value) values ('fuzz', '1') returning name`,
  `update core.person set name = name returning name`,
  'delete from core.person returning name',
  `merge into app.setting s using (select 1) x on true when matched then delete returning s.name`,
];

/** A text somebody may send: a query, an attack, or what is left of them after an accident. */
export function randomSql(next: () => number): string {
  const one = <T>(list: readonly T[]): T => list[Math.floor(next() * list.length)] as T;
  const cell = (): string => one(one([plain, plain, plain, columns, functions]));
  const source = (depth: number): string => {
    const kind = next();
    if (depth > 0 && kind < 0.15) return `(${query(depth - 1)})`;
    if (kind < 0.2) return `(values (1), (2))`;
    return kind < 0.75 ? one(views) : one(hidden);
  };
  const query = (depth: number): string => {
    const head = next() < 0.1 ? `with x as (${next() < 0.5 ? one(writes) : query(0)}) ` : '';
    const list = [cell(), ...(next() < 0.25 ? [cell()] : [])].join(', ');
    const join = next() < 0.2 ? ` cross join lateral (${query(0)}) j` : '';
    return `${head}select ${list} from ${source(depth)} t${join}${next() < 0.5 ? '' : one(tails)}`;
  };
  let text = next() < 0.7 ? query(2) : one(allProbes).text;
  for (let wounds = Math.max(0, Math.floor(next() * 4) - 1); wounds > 0; wounds -= 1) {
    const at = Math.floor(next() * (text.length + 1));
    const kind = next();
    if (kind < 0.5) text = `${text.slice(0, at)}${next() < 0.5 ? ' ' : ''}${one(splinters)}${text.slice(at)}`;
    else if (kind < 0.7) text = `${text}${one(splinters)} ${one(allProbes).text}`;
    else if (kind < 0.85) text = text.slice(0, at) + text.slice(at + 1);
    else text = `${one(splinters)}${text}`;
  }
  return text;
}
