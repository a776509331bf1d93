import pg from 'pg';

/** Functions that change or answer differently each time, and yet tell and do nothing that matters. All others of the kind are closed. */
const harmless = [
  'array_sample',
  'array_shuffle',
  'clock_timestamp',
  'gen_random_uuid',
  'pg_database_size',
  'pg_indexes_size',
  'pg_is_in_recovery',
  'pg_relation_size',
  'pg_table_size',
  'pg_tablespace_size',
  'pg_total_relation_size',
  'random',
  'random_normal',
  'setseed',
  'timeofday',
  'uuidv4',
  'uuidv7',
];

/**
 * Functions that Postgres takes for harmless: they read whatever a text names, take a transaction number, or show what others do.
 * https://www.postgresql.org/docs/current/functions-xml.html
 */
const harmful =
  '^(table|schema|database)_to_xml|^(txid_current|pg_current_xact_id|pg_listening_channels|pg_cursor|pg_prepared_statement|pg_relation_filepath)$' +
  '|^pg_stat_get_(activity|backend_.*|progress_info|wal_senders|wal_receiver|replication_slot|subscription)$|^pg_get_replication_slots$';

/** What everybody may execute and should not. Functions of our own and of extensions: all. */
const openFunctions = `
  select p.oid, n.nspname as schema, p.proname as name, p.oid::regprocedure::text as signature, p.prokind as kind
  from pg_proc p
  join pg_namespace n on n.oid = p.pronamespace
  where n.nspname <> 'information_schema'
    and exists (select from aclexplode(coalesce(p.proacl, acldefault('f', p.proowner))) a where a.grantee = 0)
    and (
      n.nspname <> 'pg_catalog'
      or p.provolatile = 'v' and p.prokind in ('f', 'p') and p.proname <> all($1)
        and p.prorettype not in ('trigger'::regtype, 'event_trigger'::regtype, 'internal'::regtype, 'index_am_handler'::regtype,
          'table_am_handler'::regtype, 'language_handler'::regtype, 'fdw_handler'::regtype, 'tsm_handler'::regtype)
      or p.proname ~ $2
    )
    and not (n.nspname = 'pg_catalog' and p.prorettype = 'trigger'::regtype)`;

/** Schemas a reader may look into. `information_schema` shows everyone what he may see already. */
const readable = ['analytics', 'information_schema', 'pg_catalog'];

/**
 * Takes from everybody what would let a reader do more than read: in this database alone. `app` keeps what it could do.
 * Only a superuser can; within a transaction.
 */
export async function closeDatabase(admin: pg.ClientBase, app: string): Promise<void> {
  const owned = await admin.query<{ statement: string }>(
    `select format('grant %s to %I', privilege, $1::text) as statement
    from (
      select privilege || ' on database ' || quote_ident(current_database()) as privilege
      from unnest(array['connect', 'temporary', 'create']) privilege
      where has_database_privilege($1, current_database(), privilege)
      union all
      select privilege || ' on schema public'
      from unnest(array['usage', 'create']) privilege
      where to_regnamespace('public') is not null and has_schema_privilege($1, 'public', privilege)
      union all
      select 'usage on language ' || quote_ident(lanname)
      from pg_language
      where lanpltrusted and has_language_privilege($1, oid, 'usage')
    ) kept`,
    [app],
  );
  for (const { statement } of owned.rows) await admin.query(statement);
  const closed = await admin.query<{ statement: string }>(`
    select format('revoke all on database %I from public', current_database()) as statement
    union all
    select 'revoke all on schema public from public' where to_regnamespace('public') is not null
    union all
    select format('revoke usage on language %I from public', lanname) from pg_language where lanpltrusted`);
  for (const { statement } of closed.rows) await admin.query(statement);
  const open = await admin.query<{ signature: string }>(`select format('%s', f.signature) as signature from (${openFunctions}) f`, [
    harmless,
    harmful,
  ]);
  if (open.rows.length === 0) return;
  const list = open.rows.map(({ signature }) => signature).join(', ');
  await admin.query(`grant execute on routine ${list} to ${pg.escapeIdentifier(app)}`);
  await admin.query(`revoke execute on routine ${list} from public`);
}

/** What a role can do beyond reading, each a few words; none where the policy holds. Cheap: it is asked again and again. */
export async function gapsOf(client: pg.Pool | pg.ClientBase, role: string): Promise<string[]> {
  const { rows } = await client.query<{ gap: string }>(
    `select 'it may execute ' || signature as gap from (${openFunctions}) f
    union all
    select 'it may use the schema ' || nspname
    from pg_namespace
    where nspname <> all($4) and nspname !~ '^pg_(temp|toast)' and has_schema_privilege($3, oid, 'usage')
    union all
    select 'it may create in the schema ' || nspname from pg_namespace where has_schema_privilege($3, oid, 'create')
    union all
    select 'it may use the language ' || lanname
    from pg_language where lanpltrusted and has_language_privilege($3, oid, 'usage')
    union all
    select 'it may ' || privilege || ' in the database'
    from unnest(array['create', 'temporary']) privilege
    where has_database_privilege($3, current_database(), privilege)
    union all
    select 'it may change analytics.' || relname
    from pg_class
    where relnamespace = 'analytics'::regnamespace and has_table_privilege($3, oid, 'insert, update, delete, truncate, references, trigger')
    union all
    select 'it is a member of ' || roleid::regrole
    from pg_auth_members where member = (select oid from pg_roles where rolname = $3)
    union all
    select 'it is more than a reader'
    from pg_roles
    where rolname = $3 and (rolsuper or rolcreaterole or rolcreatedb or rolreplication or rolbypassrls or rolinherit)
    order by 1`,
    [harmless, harmful, role, readable],
  );
  return rows.map(({ gap }) => gap);
}
